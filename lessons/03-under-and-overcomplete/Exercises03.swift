// Exercises of lesson 03, under- and overcomplete. Replace a line `throw Exercise.notAttempted` by your answer; you may
// add functions of your own. Then ask for marks: swift test --filter Lesson03
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
import Exercises
import LinearAlgebra

/// The compression ratio in bits.
///
/// The bits of `N` raw images over those of the same images in coded form. A raw image has `D` pixels of `p` bits. The
/// coded form has `k` units of `b` bits for every image and, once for all of them, the linear decoder `x̂ = W* h + c`:
/// `W*` (D × k) and `c`, D biases, at 32 bits a number. All arguments are at least 1.
func compressionRatio(
  images N: Int, pixels D: Int, bitsPerPixel p: Int, units k: Int, bitsPerUnit b: Int
) throws -> Double {
  throw Exercise.notAttempted
}

/// Copying weights that use every unit.
///
/// A linear autoencoder, `h = W x` and `x̂ = W* h`, in which no unit is idle: each row of `W` (K × D) has a single entry
/// 1, and zeros, and so copies one input. Each input is copied at least once, and `x̂_i` is the mean of all the copies of
/// `x_i`, so that `W* W = I`. Which unit copies which input is up to you. The result is `W` and `W*`, called `Wˢ` in
/// Swift. `K` ≥ `D` ≥ 1.
func copyingWeights(inputs D: Int, units K: Int) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// An orthonormal basis of cosines.
///
/// The n × n matrix Q of the DCT-II with `Q Qᵀ = I`. Row u = 0, …, n − 1 is the wave `cos(πu(x + ½)/n)` at the points
/// x = 0, …, n − 1, one a column, times a positive number that makes its length 1. `n` ≥ 1.
func cosineBasis(_ n: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A decoder that memorises.
///
/// The decoder `g(h) = x_0 + Σ_j a_j max(h − t_j, 0)`, j = 0, …, N − 2, of one number h is to give back N images: wanted
/// are the `a_j` for which `g(t_n) = x_n` for n = 0, …, N − 1. Row n of `X` (N × D) is the image `x_n`; row j of the
/// result, (N − 1) × D, is `a_j`. The gaps of the codes `t_0 < t_1 < …` differ, and `t_0` need not be 0. N ≥ 2.
func memorisingWeights(_ X: Matrix<Double>, codes t: [Double]) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A codec of the lowest frequencies.
///
/// What is left of an image of which only `k` DCT coefficients are kept. Entry (y, x) of `image`, and of the result,
/// is the pixel in line y and column x; there are m lines of n pixels. The coefficients are
/// `c_vu = Σ_y Σ_x P_vy Q_ux image_yx`, where row v of P (m × m) is `cos(πv(y + ½)/m)` and row u of Q (n × n) is
/// `cos(πu(x + ½)/n)`, each divided by its length; v and u begin at 0. The `k` coefficients with the smallest u + v are
/// kept, of equal ones those with the smaller v first; all others become 0. Then `x̂_yx = Σ_v Σ_u P_vy Q_ux c_vu`.
/// 0 ≤ `k` ≤ m·n.
func lowestFrequencies(of image: Matrix<Double>, keeping k: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
