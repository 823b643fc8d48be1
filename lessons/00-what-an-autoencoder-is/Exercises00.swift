// Exercises of lesson 00, what an autoencoder is. Replace a line `throw Exercise.notAttempted` by your answer; you may
// add functions of your own. Then ask for marks: swift test --filter Lesson00
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The loss above its floor.
///
/// How far the cross-entropy of grey pixels lies above its least value, the entropy of the image:
/// `(1/N) Σ_n Σ_i [x_ni log(x_ni / x̂_ni) + (1 − x_ni) log((1 − x_ni) / (1 − x̂_ni))]`, with the sigmoid `x̂_ni = s(a_ni)`,
/// natural logarithms and `0 log 0 = 0`. The pixels `X`, from 0 to 1 inclusive, and the pre-activations `A`, from −1000 to
/// 1000, are N × D: examples are rows. The result is always finite.
func excessCrossEntropy(
  of X: Matrix<Double>, preActivations A: Matrix<Double>
) throws -> Double {
  throw Exercise.notAttempted
}

/// The softmax gradient of counts.
///
/// Row n of `X` counts how often each of K words occurs in document n; a whole row may be 0. The loss is
/// `L = −(1/N) Σ_n Σ_k x_nk log μ_nk` with the softmax `μ_nk = exp(a_nk) / Σ_m exp(a_nm)` of the pre-activations `A`,
/// from −1000 to 1000. Wanted is `∂L/∂a_nk`, always finite; `X`, `A` and the result are N × K.
func softmaxGradient(
  counts X: Matrix<Double>, preActivations A: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// Back-propagation with a variance for each pixel.
///
/// Row x of `X` (N × D) has the code `h = s(W x + b)`, with the sigmoid s, and the reconstruction `x̂ = W* h + c`. Pixel i
/// is normal with mean `x̂_i` and variance `σ_i²` > 0: up to a constant, `L = (1/N) Σ_n Σ_i (x_ni − x̂_ni)² / (2 σ_i²)`.
/// The result is the matrices `∂L/∂W_ji` and `∂L/∂W*_ij`. `variances` are the D numbers `σ_i²`; `W` is k × D, and
/// `Wˢ`, D × k, is `W*`.
func backPropagation(
  _ X: Matrix<Double>, variances: [Double], W: Matrix<Double>, b: [Double],
  Wˢ: Matrix<Double>, c: [Double]
) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// Tied weights, two layers deep.
///
/// Row x of `X` passes through two layers and back through the same weights, without biases: `h₁ = s(W₁ x)`,
/// `h₂ = s(W₂ h₁)`, `h₃ = s(W₂ᵀ h₂)`, `x̂ = s(W₁ᵀ h₃)`, with the sigmoid s. The loss is the cross-entropy
/// `L = −(1/N) Σ_n Σ_i [x_ni log x̂_ni + (1 − x_ni) log(1 − x̂_ni)]`. The result is the gradient of `L(W₁, W₂)` in
/// `W₁` (p × D) and in `W₂` (q × p); each matrix acts in two places. `X` is N × D, with pixels from 0 to 1.
func deepTiedGradients(
  _ X: Matrix<Double>, W₁: Matrix<Double>, W₂: Matrix<Double>
) throws -> (W₁: Matrix<Double>, W₂: Matrix<Double>) {
  throw Exercise.notAttempted
}
