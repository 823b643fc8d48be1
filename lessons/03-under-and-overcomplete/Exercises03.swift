// Exercises of lesson 03, under- and overcomplete. Replace a line `throw Exercise.notAttempted` by your answer; you may
// add functions of your own. Then ask for marks: swift test --filter Lesson03
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The compression ratio in bits.
///
/// The bits of `N` raw images, `D` pixels of `p` bits each, over those of the coded ones: `k` units of `b` bits an image
/// and, once, the decoder `x̂ = W* h + c`, `W*` (D × k) and `c` (D), at 32 bits a number. All arguments are positive.
func compressionRatio(
  images N: Int, pixels D: Int, bitsPerPixel p: Int, units k: Int, bitsPerUnit b: Int
) throws -> Double {
  throw Exercise.notAttempted
}

/// Copying weights that use every unit.
///
/// `W` and `W*` (`Wˢ`) of a linear autoencoder, `h = W x` and `x̂ = W* h`: each row of `W` (K × D) has one 1 among zeros,
/// and so copies one input. Each input is copied at least once, by units of your choice, and `x̂_i` is the mean of all
/// copies of `x_i`, so that `W* W = I`. `K` ≥ `D` ≥ 1.
func copyingWeights(inputs D: Int, units K: Int) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// An orthonormal basis of cosines.
///
/// The n × n matrix Q of the DCT-II with `Q Qᵀ = I`. Row u = 0, …, n − 1 has the wave `cos(πu(x + ½)/n)` in columns
/// x = 0, …, n − 1, scaled to length 1. `n` ≥ 1.
func cosineBasis(_ n: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A decoder that memorises.
///
/// The weights `a_j` with which the decoder `g(h) = x_0 + Σ_j a_j max(h − t_j, 0)`, j = 0, …, N − 2, gives back N images:
/// `g(t_n) = x_n` for n = 0, …, N − 1. Row n of `X` (N × D) is `x_n`; row j of the result, (N − 1) × D, is `a_j`. The
/// codes `t_0 < t_1 < …` have different gaps, and `t_0` need not be 0. N ≥ 2.
func memorisingWeights(_ X: Matrix<Double>, codes t: [Double]) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// A codec of the lowest frequencies.
///
/// An `image` (m × n) of which only `k` DCT coefficients `c_vu = Σ_y Σ_x P_vy Q_ux image_yx` are kept: those with the
/// smallest u + v, of equal ones those with the smaller v first. Row v of P (m × m) is `cos(πv(y + ½)/m)` and row u of Q
/// (n × n) is `cos(πu(x + ½)/n)`, each scaled to length 1; all indices begin at 0. With the others 0, the result is
/// `x̂_yx = Σ_v Σ_u P_vy Q_ux c_vu`. 0 ≤ `k` ≤ m·n.
func lowestFrequencies(of image: Matrix<Double>, keeping k: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
