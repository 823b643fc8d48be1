// Exercises of lesson 09, depth. Replace a line `throw Exercise.notAttempted` by your answer; you
// may add functions of your own. Then ask for marks: swift test --filter Lesson09
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid.
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The kinks of a folded line.
///
/// A tent with its peak at `p`, where 0 < p < 1, rises from 0 to 1 and falls back to 0: it is `x
/// / p` for x ≤ p and `(1 − x) / (1 − p)` for x ≥ p. The function f applies one tent
/// after the other, that of `peaks[0]` first. Return, ascending, all x with 0 < x < 1 at which
/// the slope of f jumps; f at each of them is to be right within 10⁻⁹. Without peaks there are none.
func foldedKinks(peaks: [Double]) throws -> [Double] {
  throw Exercise.notAttempted
}

/// Count the pieces.
///
/// A network of one variable: `W[l]` and `b[l]` are the weights and biases of layer l; `W[0]` has
/// one column. All layers are followed by ReLU except for the last, which is linear and may have
/// several outputs. Return the least number of intervals into which `start`…`end` can be cut so
/// that every output is linear on each. Its kinks are at least 10⁻⁵ apart and as far from both
/// ends, and slopes jump there by more than 10⁻⁶.
func countPieces(
  W: [Matrix<Double>], b: [[Double]], from start: Double, to end: Double
) throws -> Int {
  throw Exercise.notAttempted
}

/// How strong the gradient is in each layer.
///
/// The Frobenius norms `‖∂L/∂W_l‖` of all layers, from the first to the last, for `L =
/// 1/N Σₙ ½‖x̂ₙ − xₙ‖²`. The xₙ are the rows of `X`, N ≥ 1. `W[l]` and `b[l]` are the weights
/// and biases of layer l; all layers are followed by ReLU except for the last, which is linear
/// and gives x̂. No pre-activation is 0.
func gradientNorms(_ X: Matrix<Double>, W: [Matrix<Double>], b: [[Double]]) throws -> [Double] {
  throw Exercise.notAttempted
}

/// What each layer of a greedy stack costs.
///
/// A stack of pairs has been trained greedily. Pair l encodes by `h = sigmoid(W h′ + b)` with
/// `W = encoders[l]`, `b = encoderBiases[l]`, where h′ is the code of the pairs below, or x for
/// the first; it decodes by `sigmoid(W* h + c)` with `W* = decoders[l]`, `c = decoderBiases[l]`,
/// but the first pair, whose output is x̂, by `W* h + c`. Return for each m = 1, 2, … the loss
/// `1/N Σₙ ½‖x̂ₙ − xₙ‖²` of the autoencoder that consists of the first m pairs,
/// unrolled: m layers up, and the same m layers down. The xₙ are the rows of `X`, N ≥ 1.
func stackLosses(
  _ X: Matrix<Double>, encoders: [Matrix<Double>], encoderBiases: [[Double]],
  decoders: [Matrix<Double>], decoderBiases: [[Double]]
) throws -> [Double] {
  throw Exercise.notAttempted
}
