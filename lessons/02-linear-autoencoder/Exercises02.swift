// Exercises of lesson 02, a linear autoencoder is PCA. Replace a line `throw Exercise.notAttempted` by your answer; you
// may add functions of your own. Then ask for marks: swift test --filter Lesson02
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The normalisation, also of new examples.
///
/// Every row y of `Y` becomes `(y − μ) / √N`, as if it were a training example: `μ` is the mean of the training examples,
/// the rows of `X`, and N their number. `X` is N × D, `Y` and the result are M × D; N, M ≥ 1.
func normalisedExamples(_ Y: Matrix<Double>, training X: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The best linear autoencoder with white codes.
///
/// Without biases: an encoder `W`, k × D, and a decoder `W*`, D × k. The examples are the rows of `X`, N × D, their
/// codes those of `H = X Wᵀ`, their reconstructions those of `X̂ = H W*ᵀ`. The result is a pair with the smallest
/// `½ ‖X − X̂‖_F²` of all pairs and with white codes, `HᵀH / N = I`; any such pair is right. Nothing is to be centred.
/// `k` is from 1 to the rank of `X`; N < D may occur.
func whiteAutoencoder(
  _ X: Matrix<Double>, units k: Int
) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// The direction that is farthest away.
///
/// In the column space of `A`, the unit vector v that is farthest from the column space of `B`: `‖v‖ = 1`, `v = A y`
/// for some y, and `min_z ‖v − B z‖`, the sine of the largest principal angle, is as large as it can be. `A` is D × p and
/// `B` is D × q with 1 ≤ p ≤ q < D; the columns of each are independent, not orthonormal. v and −v are both right.
func farthestDirection(of A: Matrix<Double>, from B: Matrix<Double>) throws -> [Double] {
  throw Exercise.notAttempted
}

/// Ways down from a critical point.
///
/// With k units and D inputs, `L(W, W*) = ½ tr (I − W*W) C (I − W*W)ᵀ`. `C` has orthonormal eigenvectors `v_0, …,
/// v_(D−1)` with the eigenvalues `γ` ≥ 0, largest first; some may be equal, some 0. At a critical point r units hold one
/// `v_i` each, as a column of `W*` and a row of `W`; the weights of the other k − r are 0. `chosen` are the i held,
/// ascending; 0 ≤ r ≤ k ≤ D. The result is the `loss` there and `down`, the number of negative eigenvalues of the
/// Hessian of `L` in all 2kD weights.
func criticalPoint(
  eigenvalues γ: [Double], chosen: [Int], units k: Int
) throws -> (loss: Double, down: Int) {
  throw Exercise.notAttempted
}
