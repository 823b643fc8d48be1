// Exercises of lesson 08, stochastic encoders and decoders, and sampling. Replace a line `throw
// Exercise.notAttempted` by your answer; you may add functions of your own. Then ask for marks:
// swift test --filter Lesson08 The README says what an answer may use; of one number,
// Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// A new type of input: how often until it fails.
///
/// Each input counts successes before the first failure, `p(x|μ) = (1 − μ) μ^x` for x = 0,
/// 1, 2, …, and the decoder gives `μ = sigmoid(a)`. The result is the gradient of `L = 1/N
/// Σₙ Σᵢ −log p(xₙᵢ|μₙᵢ)` with respect to `A`, the outputs before the sigmoid. `A`, the
/// counts `X` and the result are N × D, one example a row; N ≥ 1.
func countingGradient(_ A: Matrix<Double>, counts X: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// One step of a chain of bits.
///
/// From the states `X` (N × D, zeros and ones) to the next ones, with given random numbers.
/// First corrupt: where `u` < ν/2 the bit becomes 0, where ν/2 ≤ `u` < ν it becomes 1,
/// elsewhere it stays. Then `h = tanh(W x̃ + b)` and `x̂ = sigmoid(Wᵀ h + c)`. Then draw:
/// the next bit is 1 where `v` < x̂, else 0. `u` and `v` are N × D, `W` is K × D.
func chainStep(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double], c: [Double], ν: Double,
  u: Matrix<Double>, v: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The chain of a corruption and a denoiser.
///
/// `C` is S × R with `C(x̃|x)` in row x and column x̃, `P` is R × S with `P(x|x̃)` in row
/// x̃ and column x; entries are positive and rows add to 1. The results are the S × S
/// transition matrix of the chain x → x̃ → x, with the probability of x′ after x in row x and
/// column x′, and its stationary distribution, to 10⁻¹⁰. P need not be a posterior, and a few
/// thousand steps of the chain are not always enough. S ≥ 1.
func denoisingChain(
  corruption C: Matrix<Double>, denoiser P: Matrix<Double>
) throws -> (T: Matrix<Double>, stationary: [Double]) {
  throw Exercise.notAttempted
}

/// The joint of two conditionals.
///
/// `encoder` is S × K with `p(h|x)` in row x and column h, `decoder` is K × S with `p(x|h)`
/// in row h and column x; all entries are positive and rows add to 1. If both are conditionals
/// of one joint distribution, return it: S × K, `p(x, h)` in row x and column h. If there is
/// none, return a matrix of 0 × 0. Compatible tables agree up to rounding; others are off by
/// more than 10⁻³ in some cross-ratio.
func jointDistribution(
  encoder: Matrix<Double>, decoder: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
