// Exercises of lesson 06, the contractive autoencoder's Jacobian. Replace a line
// `throw Exercise.notAttempted` by your answer; you may add functions of your own. Then ask for
// marks: swift test --filter Lesson06
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of
// a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The contractive penalty.
///
/// The mean over the N examples, the rows of `X` (N × D), of `‖J‖_F²`, the sum of the squares of
/// all entries of the Jacobian `J = ∂h / ∂x` of the encoder `h = sigmoid(Wx + b)` at the example.
/// `W` is K × D, `b` has K numbers.
func contractivePenalty(_ X: Matrix<Double>, W: Matrix<Double>, b: [Double]) throws -> Double {
  throw Exercise.notAttempted
}

/// The Jacobian of two layers.
///
/// The K × D matrix with `∂h_j / ∂x_i` in row j and column i, at one input `x` of D numbers, for
/// `z = tanh(W₁x + b₁)`, `h = sigmoid(W₂z + b₂)`: tanh below, sigmoid above. `W₁` is M × D, `W₂`
/// K × M.
func twoLayerJacobian(
  at x: [Double], W₁: Matrix<Double>, b₁: [Double], W₂: Matrix<Double>, b₂: [Double]
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The gradient of the contractive penalty.
///
/// The derivatives of exercise 6.1's penalty, `Ω = 1/N Σₙ ‖J(xₙ)‖_F²`, in the weights, `∂Ω / ∂W_ji`
/// in row j and column i of a K × D matrix, and in the biases, `∂Ω / ∂b_j` as K numbers: without
/// a strength λ and without a factor ½.
func contractiveGradient(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double]
) throws -> (W: Matrix<Double>, b: [Double]) {
  throw Exercise.notAttempted
}

/// How much more one direction counts than another.
///
/// The ratio `Σₙ ‖J(xₙ) u‖ / Σₙ ‖J(xₙ) v‖` of two mean sensitivities, with exercise 6.1's encoder.
/// The norms are Euclidean, of vectors with K numbers, and not squared; the sums are over the
/// rows xₙ of `X`. `u` and `v` have D numbers and length 1; the denominator is not 0.
func sensitivityRatio(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double], along u: [Double], over v: [Double]
) throws -> Double {
  throw Exercise.notAttempted
}

/// What little noise costs.
///
/// The number κ in `E ‖r(x + σε) − x‖² = ‖r(x) − x‖² + κσ² + O(σ⁴)`, where `ε ~ N(0, I)`, at one
/// clean input `x`, for `r(x) = Wᵀh + c` with exercise 6.1's `h`: tied weights, a linear output. The
/// mean is over ε alone; `x` stays fixed, also as the target, and `r(x)` may be far from it. `x`
/// and `c` have D numbers. κ is wanted to 10⁻⁹, more than sampling or simple differences give.
func noiseCost(at x: [Double], W: Matrix<Double>, b: [Double], c: [Double]) throws -> Double {
  throw Exercise.notAttempted
}
