// Exercises of lesson 07, the variational autoencoder's KL. Replace a line
// `throw Exercise.notAttempted` by your answer; you may add functions of your own, and use one
// answer in another. Then ask for marks: swift test --filter Lesson07
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of
// a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// A sample of each code.
///
/// The codes `z = μ + σ ⊙ ε`, N × k, one example a row. The encoder gives `μ` and `logσ²`, both
/// N × k: the means and the natural logarithms of the *variances*. `ε`, N × k, holds numbers
/// drawn from N(0, 1).
func reparameterisedSample(
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>, noise ε: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The divergence from the prior.
///
/// The mean over N examples of `KL(q‖p) = E_q log (q(z) / p(z))`, in nats: exactly, not from
/// samples, and summed over the k numbers of a code. Example n has `q = N(μ_n, diag σ_n²)`, and
/// `p = N(0, I)` for all. `μ` and `logσ²` are N × k, as before.
func divergenceFromPrior(
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>
) throws -> Double {
  throw Exercise.notAttempted
}

/// The evidence lower bound.
///
/// The mean over N examples of `log p(x|z) − KL(q‖p)`, in nats and with all constants: the bound
/// itself, not a loss, summed over pixels. Row n of `X` (N × D) is an image x, row n of `X̂`
/// (N × D) what the decoder makes of the one code drawn for it, and `p(x|z) = N(x̂, τ²I)`. The
/// divergence is that of exercise 7.2.
func evidenceBound(
  _ X: Matrix<Double>, reconstructions X̂: Matrix<Double>, variance τ²: Double,
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>
) throws -> Double {
  throw Exercise.notAttempted
}

/// The importance-weighted bound.
///
/// For each of N examples `log (1/S · Σ_s ω_s)`, with the weights
/// `ω_s = p(x|z_s) p(z_s) / q(z_s|x)` of S ≥ 1 codes drawn from `q(z|x)`: N numbers. The three
/// arguments are N × S, one example a row, one code a column, and hold the natural logarithms of
/// `p(x|z_s)`, `p(z_s)` and `q(z_s|x)`. The logarithms of the weights may lie anywhere between
/// −2000 and 2000, where the weights themselves overflow or vanish; the answer is finite and as
/// accurate there as elsewhere.
func importanceWeightedBound(
  logLikelihood: Matrix<Double>, logPrior: Matrix<Double>, logEncoder: Matrix<Double>
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The gradients in mean and log-variance.
///
/// The derivatives `∂F/∂μ` and `∂F/∂logσ²`, each N × k, of the loss
/// `F = R(Z) + β · 1/N · Σ_n KL(q_n‖p)`, with the codes `Z = μ + σ ⊙ ε`, whose noise `ε` is held
/// fixed, and the divergence of exercise 7.2. `R` is some function of the codes, and `G = ∂R/∂Z`
/// (N × k) its derivative; if `R` averages over examples, `G` has the 1/N already. `β` ≥ 0. 10⁻⁶ is
/// exact enough.
func gradientsThroughSample(
  _ G: Matrix<Double>, mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>,
  noise ε: Matrix<Double>, β: Double
) throws -> (μ: Matrix<Double>, logσ²: Matrix<Double>) {
  throw Exercise.notAttempted
}
