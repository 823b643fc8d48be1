// Exercises of lesson 13, a museum of real bugs: each has a sick program in its description. Copy
// it into the function, repair it, and delete `throw Exercise.notAttempted`. Then ask for marks:
// swift test --filter Lesson13
// The README says what an answer may use; of one number, Double.exp(x), .log; of a matrix,
// tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// An error in batches.
///
/// The mean over all N examples of `‖xₙ − x̂ₙ‖²`, whatever the batch; rows of `X` and
/// `X̂` are examples, N is at least 1 and need not be a multiple of `batch`, which is at least 1.
/// A sick program:
///
/// ```swift
/// var (total, batches) = (0.0, 0)
/// for first in stride(from: 0, to: X.rows, by: batch) {
///   let rows = first..<min(first + batch, X.rows)
///   total += (X[rows: rows] - X̂[rows: rows]).squaredNorm / Double(batch)
///   batches += 1
/// }
/// return total / Double(batches)
/// ```
func heldOutError(
  _ X: Matrix<Double>, _ X̂: Matrix<Double>, batch: Int
) throws -> Double {
  throw Exercise.notAttempted
}

/// Where Adam goes.
///
/// The parameters after a step of Adam for each row of `gradients` (T × P, T at least 1), from
/// `start` (P numbers), with rate `η`, `β₁ = 0.9`, `β₂ = 0.99` (here) and `ε = 10⁻⁸`. A sick program:
///
/// ```swift
/// let (β1, β2) = (0.9, 0.99)
/// var (θ, m, v) = (start, start.map { _ in 0.0 }, start.map { _ in 0.0 })
/// var (p1, p2) = (1.0, 1.0)
/// for t in 0..<gradients.rows {
///   (p1, p2) = (p1 * β1, p1 * β2)
///   for i in θ.indices {
///     let g = gradients[t, i]
///     m[i] = β1 * m[i] + (1 - β1) * g
///     v[i] = β2 * v[i] + (1 - β2) * g * g
///     θ[i] -= η * m[i] / (1 - p1) / ((v[i] / (1 - p2)).squareRoot() + 1e-8)
///   }
/// }
/// return θ
/// ```
func adamPath(
  from start: [Double], gradients: Matrix<Double>, rate η: Double
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// Contraction of tanh units.
///
/// The gradient in `W` (K × D) and `b` (K) of `Ω = (1/N) Σₙ ‖∂h/∂x‖_F²` at the rows
/// of `X`, for the code `h = tanh(W x + b)`. A sick program, ported from a sigmoid layer:
///
/// ```swift
/// var A = X * W.T
/// A.addToEachRow(b)
/// let H = tanh(A)
/// let S = H.map { 1 - $0 * $0 }
/// let scale = 2 / Double(X.rows)
/// let turned = H.map { 1 - 2 * $0 }
/// let δ = scale * (S ⊙ S ⊙ turned * Matrix.diagonal((W ⊙ W).rowSums))
/// return (δ.T * X + scale * (Matrix.diagonal((S ⊙ S).columnSums) * W), δ.columnSums)
/// ```
func tanhContraction(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double]
) throws -> (W: Matrix<Double>, b: [Double]) {
  throw Exercise.notAttempted
}

/// A decoder that learns its noise.
///
/// `L = −(1/N) Σₙ log N(xₙ; x̂ₙ, eˢ I)` in nats and `∂L/∂s`, where one number, `s`,
/// the logarithm of the pixels' variance, is learnt; `X` and `X̂` are N × D. A sick program,
/// right up to a constant while s was fixed:
///
/// ```swift
/// let squares = (X - X̂).squaredNorm / Double(X.rows)
/// let loss = squares / (2 * .exp(s)) + Double(X.columns) / 2 * .log(2 * .pi)
/// return (loss, -squares / (2 * .exp(s)))
/// ```
func noiseLoss(
  _ X: Matrix<Double>, _ X̂: Matrix<Double>, logVariance s: Double
) throws -> (loss: Double, slope: Double) {
  throw Exercise.notAttempted
}
