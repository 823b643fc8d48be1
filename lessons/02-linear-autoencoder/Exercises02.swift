// Exercises of lesson 02, a linear autoencoder is PCA. Replace a line `throw Exercise.notAttempted` by your answer; you
// may add functions of your own. Then ask for marks: swift test --filter Lesson02
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
import Exercises
import LinearAlgebra

/// The normalisation, also of new examples.
///
/// The examples `Y`, normalised as the training examples `X` are: every row y of `Y` becomes `(y − μ) / √T`, where `μ`
/// is the mean of the training examples, D numbers, and T is how many training examples there are. Examples are rows:
/// `X` is T × D, `Y` and the result are N × D. T and N are at least 1.
func normalisedExamples(_ Y: Matrix<Double>, training X: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The best linear autoencoder with white codes.
///
/// An encoder `W`, k × D, and a decoder `W*`, D × k, without biases. Examples are rows: `X` is N × D, the codes of its
/// rows are the rows of `H = X Wᵀ`, and their reconstructions are those of `X̂ = H W*ᵀ`. The result is a pair with the
/// smallest `½ ‖X − X̂‖_F²` of all pairs, and with white codes on top of that: `HᵀH / N = I`, the k × k identity. The
/// mean of `X` need not be zero, and nothing is to be centred. `k` is at least 1 and at most the rank of `X`; N may be
/// smaller than D. The pair is not unique; each one with these properties is right.
func whiteAutoencoder(_ X: Matrix<Double>, units k: Int) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// The direction that is farthest away.
///
/// In the column space of `A`, the unit vector v that is farthest from the column space of `B`: `‖v‖ = 1`, `v = A y`
/// for some y, and the distance `min_z ‖v − B z‖` is as large as it can be. That distance is the sine of the largest
/// principal angle between the two spaces. `A` is D × p and `B` is D × q with 1 ≤ p ≤ q < D. The columns of each are
/// linearly independent, but neither orthogonal nor of unit length. The result has D numbers; v and −v are both right.
func farthestDirection(of A: Matrix<Double>, from B: Matrix<Double>) throws -> [Double] {
  throw Exercise.notAttempted
}

/// Ways down from a critical point.
///
/// The loss of a linear autoencoder with k units and D inputs is `L(W, W*) = ½ tr (I − W*W) C (I − W*W)ᵀ`, a function
/// of all 2kD weights. `C` has the orthonormal eigenvectors `u_0, …, u_(D−1)` with the eigenvalues `λ`, at least 0, the
/// largest first; some may be equal, and some may be 0. At a critical point r of the units hold one eigenvector `u_i`
/// each, as a column of `W*` and as a row of `W`. The other k − r units are off: all their weights, in `W` and in `W*`,
/// are 0. The numbers i of the eigenvectors held, counted from 0, are `chosen`: r different ones in ascending order.
/// 0 ≤ r ≤ k ≤ D. The result is the `loss` at that point, and `down`, the number of negative eigenvalues of the Hessian
/// of `L` there.
func criticalPoint(eigenvalues λ: [Double], chosen: [Int], units k: Int) throws -> (loss: Double, down: Int) {
  throw Exercise.notAttempted
}
