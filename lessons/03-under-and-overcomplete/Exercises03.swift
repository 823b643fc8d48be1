// Exercises of lesson 03, under- and overcomplete. Replace a line `throw Exercise.notAttempted` by your answer; you may
// add functions of your own. Then ask for marks: swift test --filter Lesson03
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
import Exercises
import LinearAlgebra

/// The compression ratio in bits.
///
/// The bits of `N` raw images over the bits of the same images in coded form. A raw image has `D` pixels of `p` bits
/// each. The coded form is a code of `k` units of `b` bits each for every image and, once for all images together, the
/// linear decoder `x̂ = W* h + c`: its weights `W*` (D × k) and its D biases `c`, at 32 bits a number. Nothing else is
/// counted. All arguments are at least 1.
func compressionRatio(
  images N: Int, pixels D: Int, bitsPerPixel p: Int, units k: Int, bitsPerUnit b: Int
) throws -> Double {
  throw Exercise.notAttempted
}

/// Copying weights that use every unit.
///
/// The weights of a linear autoencoder, `h = W x` and `x̂ = W* h`, in which no unit is idle. Each unit copies one
/// input: each row of `W` (K × D) has a single entry 1, and zeros. Each input is copied by one unit at least, and
/// `x̂_i` is the mean of all the units that copy `x_i`, so that `W* W = I`; `W*` is D × K. Which unit copies which
/// input is up to you. The result is `W` and, called `Wˢ` in Swift, `W*`. `K` ≥ `D` ≥ 1.
func copyingWeights(inputs D: Int, units K: Int) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// An orthonormal basis of cosines.
///
/// The n × n matrix Q of the DCT-II with `Q Qᵀ = I`. Row u, u = 0, …, n − 1, is the wave `cos(πu(x + ½)/n)` at the
/// points x = 0, …, n − 1, one a column, times a positive number that makes its length 1. `n` ≥ 1.
func cosineBasis(_ n: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A decoder that memorises.
///
/// The weights of a decoder of one number h that gives back N images. It has N − 1 rectifiers,
/// `g(h) = x_0 + Σ_j a_j max(h − t_j, 0)` with j = 0, …, N − 2, and image n has the code `t_n`: wanted are the `a_j`
/// for which `g(t_n) = x_n` for all n = 0, …, N − 1. Row n of `X` (N × D) is the image `x_n`; the result has N − 1 rows
/// and D columns, and row j is `a_j`. The codes `t` are N numbers, `t_0 < t_1 < …`; their gaps differ, and `t_0` need
/// not be 0. N ≥ 2.
func memorisingWeights(_ X: Matrix<Double>, codes t: [Double]) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A codec of the lowest frequencies.
///
/// What is left of an image of which only `k` DCT coefficients are kept. Entry (y, x) of `image`, and of the result,
/// is the pixel in line y and column x; there are m lines of n pixels. The coefficients are
/// `c_vu = Σ_y Σ_x P_vy Q_ux image_yx`, where P (m × m) and Q (n × n) are orthonormal: row v of P is
/// `cos(πv(y + ½)/m)` and row u of Q is `cos(πu(x + ½)/n)`, each divided by its length; v and u begin at 0. The `k`
/// coefficients with the smallest u + v are kept, and where u + v is equal those with the smaller v come first; all
/// others become 0. Then `x̂_yx = Σ_v Σ_u P_vy Q_ux c_vu`. 0 ≤ `k` ≤ m·n.
func lowestFrequencies(of image: Matrix<Double>, keeping k: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
