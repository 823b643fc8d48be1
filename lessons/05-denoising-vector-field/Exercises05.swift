// Exercises of lesson 05, the denoising autoencoder's vector field. Replace a line `throw Exercise.notAttempted` by
// your answer; you may add functions of your own. Then ask for marks: swift test --filter Lesson05
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// Masking, salt and pepper.
///
/// The corrupted copy of `X` (N × D). Component (n, i) is corrupted where `u[n, i] < ν`: it becomes 1 where
/// `v[n, i] < s`, otherwise 0. All others stay. So `s` = ½ is salt and pepper, `s` = 0 masking. `u` and `v` (N × D) are
/// uniform from 0 to below 1; 0 ≤ `ν`, `s` ≤ 1; `X` may hold any numbers, also such as swallow
/// a 1 that is added to them.
func saltAndPepper(
  _ X: Matrix<Double>, ν: Double, salt s: Double, u: Matrix<Double>, v: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The loss of a denoising autoencoder.
///
/// The mean over the N ≥ 1 rows x of `X` of `‖x − x̂‖²`, summed over components, without a factor ½. The network is given
/// `x̃ = x + σε`, with the same row of `ε`, and returns `x̂ = sigmoid(Wᵀh + c)`, where `h = tanh(Wx̃ + b)`. `X` and `ε`
/// are N × D, `W` is H × D, and `σ` ≥ 0.
func denoisingLoss(
  _ X: Matrix<Double>, noise ε: Matrix<Double>, σ: Double, W: Matrix<Double>, b: [Double],
  c: [Double]
) throws -> Double {
  throw Exercise.notAttempted
}

/// The best denoiser of a set of examples.
///
/// `E[x | x̃]` for each row x̃ of `X̃` (M × D), as a matrix M × D. The clean x is one of the rows xₙ of `X` (N × D), all
/// equally likely, and `x̃ = x + σε` with `ε ~ N(0, I)`; so xₙ has a probability proportional to
/// `exp(−‖x̃ − xₙ‖² / 2σ²)`. N, M ≥ 1, `σ` > 0. The result is right even where all of these round to 0.
func optimalDenoiser(
  _ X: Matrix<Double>, σ: Double, at X̃: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The score of a mixture of Gaussians.
///
/// The D components of `∇ log p(x)` at one point `x`, for `p(x) = Σ_k w_k N(x; μ_k, σ_k² I)` with
/// `N(x; μ, σ²I) = (2πσ²)^(−D/2) exp(−‖x − μ‖² / 2σ²)`. The K ≥ 1 means are the rows of `μ` (K × D); the standard
/// deviations `σ` > 0 may differ; the weights `w` > 0 add to 1. The result is right even where p(x) rounds to 0.
func mixtureScore(
  at x: [Double], means μ: Matrix<Double>, σ: [Double], weights w: [Double]
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The slope of the best denoiser.
///
/// The D × D matrix with `∂r_i / ∂x̃_k` in row i and column k, at one point `x̃`, where `r(x̃) = E[x | x̃]` is the best
/// denoiser of exercise 5.3: exact (differences lose too many digits for small `σ`), also where all
/// `exp(−‖x̃ − xₙ‖² / 2σ²)` round to 0.
func denoiserSlope(_ X: Matrix<Double>, σ: Double, at x̃: [Double]) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
