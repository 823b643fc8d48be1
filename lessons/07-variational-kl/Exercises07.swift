// Exercises of lesson 07, the variational autoencoder's KL. Replace a line
// `throw Exercise.notAttempted` by your answer; you may add functions of your own, and use one
// answer in another. Then ask for marks: swift test --filter Lesson07
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of
// a matrix, exp(A), tanh(A).
import Exercises
import LinearAlgebra

/// A sample of each code.
///
/// The codes `z = μ + σ ⊙ ε`, N × k, one example a row. What the encoder gives are `μ` and
/// `logσ²`, both N × k: the means and the natural logarithms of the *variances*, any numbers.
/// `ε`, N × k, holds numbers drawn from N(0, 1).
func reparameterisedSample(
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>, noise ε: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The divergence from the prior.
///
/// The mean over N examples of `KL(q‖p) = E_q log (q(z) / p(z))`, in nats: exactly, not from
/// samples. Example n has `q = N(μ_n, diag σ_n²)` over codes of k numbers, and `p = N(0, I)` for
/// all. `μ` and `logσ²` are N × k, one example a row: the means and the natural logarithms of the
/// variances, any numbers. Nothing is averaged over the k numbers of a code.
func divergenceFromPrior(
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>
) throws -> Double {
  throw Exercise.notAttempted
}

/// The evidence lower bound.
///
/// The mean over N examples of `log p(x|z) − KL(q‖p)`, in nats and with all constants: the bound
/// itself, not a loss. Row n of `X` (N × D) is an image x, row n of `X̂` (N × D) what the decoder
/// makes of the one code z that was drawn for it, and `p(x|z) = N(x̂, vI)` with the variance `v`
/// > 0. The divergence is that of the exercise before, from `μ` and `logσ²` (N × k):
/// `q = N(μ_n, diag σ_n²)`, `p = N(0, I)`. Nothing is averaged over pixels or over the numbers of
/// a code.
func evidenceBound(
  _ X: Matrix<Double>, reconstructions X̂: Matrix<Double>, variance v: Double,
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>
) throws -> Double {
  throw Exercise.notAttempted
}

/// The importance-weighted bound.
///
/// For each of N examples `log (1/S · Σ_s w_s)`, with the weights
/// `w_s = p(x|z_s) p(z_s) / q(z_s|x)` of S ≥ 1 codes drawn from `q(z|x)`: N numbers. The three
/// arguments are N × S, one example a row, one code a column, and hold natural logarithms: of
/// `p(x|z_s)`, of `p(z_s)`, and of `q(z_s|x)`. The logarithms of the weights may lie anywhere
/// between −2000 and 2000, where the weights themselves overflow or vanish; the answer is finite
/// and as accurate there as elsewhere.
func importanceWeightedBound(
  logLikelihood: Matrix<Double>, logPrior: Matrix<Double>, logEncoder: Matrix<Double>
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The gradients in mean and log-variance.
///
/// The derivatives `∂F/∂μ` and `∂F/∂logσ²` (each N × k) of the loss
/// `F = R(Z) + β · 1/N · Σ_n KL(q_n‖p)` in the encoder's outputs `μ` and `logσ²`, N × k, with the
/// codes `Z = μ + σ ⊙ ε`, whose noise `ε` (N × k) is held fixed, and the divergence of
/// exercise 2. `R` is some function of the codes; `G` (N × k) holds its derivatives at `Z`,
/// `G = ∂R/∂Z`.
/// If `R` averages over examples, `G` has the 1/N already. `logσ²` are natural logarithms of
/// variances, `β` ≥ 0.
func gradientsThroughSample(
  _ G: Matrix<Double>, mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>,
  noise ε: Matrix<Double>, β: Double
) throws -> (μ: Matrix<Double>, logσ²: Matrix<Double>) {
  throw Exercise.notAttempted
}
