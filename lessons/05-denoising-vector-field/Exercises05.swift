// Exercises of lesson 05, the denoising autoencoder's vector field. Replace a line `throw Exercise.notAttempted` by
// your answer; you may add functions of your own. Then ask for marks: swift test --filter Lesson05
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
import Exercises
import LinearAlgebra

/// Masking, salt and pepper.
///
/// The corrupted copy of the examples `X` (N × D), for given draws. Component (n, i) is spoilt where `u[n, i] < ν`. A
/// spoilt component becomes 1 where `v[n, i] < s`, and 0 otherwise; all others stay exactly what they were, whatever
/// `v` is. So `s` = ½ is salt and pepper, and `s` = 0 is masking. `u` and `v` are N × D, uniform from 0, which may
/// occur, to 1, which may not; 0 ≤ `ν` ≤ 1 and 0 ≤ `s` ≤ 1, ends included. The components of `X` may be any numbers.
func saltAndPepper(
  _ X: Matrix<Double>, ν: Double, salt s: Double, u: Matrix<Double>, v: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The loss of a denoising autoencoder.
///
/// The mean over the N examples of `‖x − x̂‖²`, a sum over the D components, without a factor ½. Here `x` is an example,
/// a row of `X`; the network is given `x̃ = x + σε`, with the same row of `ε`, and returns `x̂ = sigmoid(Wᵀh + c)`, where
/// `h = tanh(Wx̃ + b)`. `X` and `ε` are N × D, `W` is H × D, `b` has H numbers and `c` has D; N ≥ 1 and `σ` ≥ 0.
func denoisingLoss(
  _ X: Matrix<Double>, noise ε: Matrix<Double>, σ: Double, W: Matrix<Double>, b: [Double],
  c: [Double]
) throws -> Double {
  throw Exercise.notAttempted
}

/// The best denoiser of a set of examples.
///
/// For each noisy point, a row x̃ of `X̃` (M × D), the mean `E[x | x̃]` of the clean examples that may be behind it. The
/// clean examples are the N rows xₙ of `X` (N × D), one as likely as another, and `x̃ = x + σε` with `ε ~ N(0, I)`; so
/// xₙ has a probability proportional to `exp(−‖x̃ − xₙ‖² / 2σ²)`. The result is M × D. N ≥ 1, M ≥ 1, and `σ` > 0 may be
/// so small, or x̃ so far from all examples, that each of these exponentials is rounded to 0; the result is to be right
/// there too.
func optimalDenoiser(
  _ X: Matrix<Double>, σ: Double, at X̃: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The score of a mixture of Gaussians.
///
/// The D components of `∇ log p(x)` at one point `x`, for `p(x) = Σ_k w_k N(x; μ_k, σ_k² I)`, a sum over K Gaussians
/// `N(x; μ, σ²I) = (2πσ²)^(−D/2) exp(−‖x − μ‖² / 2σ²)`. The means `μ` are K × D, one in each row; `σ` are K standard
/// deviations, all greater than 0, in general different; `w` are K weights, all greater than 0, with the sum 1. K ≥ 1
/// and D ≥ 1. `x` may be so far from all means that p(x) is rounded to 0; the score is to be right there too.
func mixtureScore(
  at x: [Double], means μ: Matrix<Double>, σ: [Double], weights w: [Double]
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The slope of the best denoiser.
///
/// The D × D matrix with `∂r_i / ∂x̃_k` in row i and column k, at one noisy point `x̃`. Here `r(x̃) = E[x | x̃]` is the
/// best denoiser of the exercise `optimalDenoiser`: x is one of the N rows of `X` (N × D), one as likely as another,
/// and `x̃ = x + σε` with `ε ~ N(0, I)`. The derivative is to be exact; differences lose too many digits if `σ` is
/// small. N ≥ 1 and D ≥ 1. Again `σ` > 0 may be so small that all `exp(−‖x̃ − xₙ‖² / 2σ²)` are rounded to 0; the result
/// is to be right there too.
func denoiserSlope(_ X: Matrix<Double>, σ: Double, at x̃: [Double]) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
