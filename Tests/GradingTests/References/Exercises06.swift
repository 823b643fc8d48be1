// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

/// h of each row of X, N × K.
private func activations(_ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double]) -> Matrix<Double> {
  var A = X * W.T
  A.addToEachRow(b)
  return sigmoid(A)
}

func contractivePenalty(_ X: Matrix<Double>, W: Matrix<Double>, b: [Double]) throws -> Double {
  let S = activations(X, W, b).map { $0 * (1 - $0) }
  return dot((S ⊙ S).columnMeans, (W ⊙ W).rowSums)
}

func twoLayerJacobian(
  at x: [Double], W₁: Matrix<Double>, b₁: [Double], W₂: Matrix<Double>, b₂: [Double]
) throws -> Matrix<Double> {
  let z = zip(W₁ * x, b₁).map { Double.tanh($0 + $1) }
  let h = zip(W₂ * z, b₂).map { Double.sigmoid($0 + $1) }
  let (D₁, D₂) = (Matrix.diagonal(z.map { 1 - $0 * $0 }), Matrix.diagonal(h.map { $0 * (1 - $0) }))
  return D₂ * W₂ * D₁ * W₁
}

func contractiveGradient(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double]
) throws -> (W: Matrix<Double>, b: [Double]) {
  let H = activations(X, W, b)
  let S = H.map { $0 * (1 - $0) }
  let lengths = (W ⊙ W).rowSums
  // The derivative with respect to the pre-activations.
  let δ = Matrix(rows: X.rows, columns: W.rows) { n, j in
    2 * S[n, j] * S[n, j] * (1 - 2 * H[n, j]) * lengths[j] / Double(X.rows)
  }
  return (2 * (Matrix.diagonal((S ⊙ S).columnMeans) * W) + δ.T * X, δ.columnSums)
}

func sensitivityRatio(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double], along u: [Double], over v: [Double]
) throws -> Double {
  let S = activations(X, W, b).map { $0 * (1 - $0) }
  func sensitivity(_ direction: [Double]) -> Double {
    let steps = W * direction
    return (0..<S.rows).map { n in norm(zip(S.row(n), steps).map { $0 * $1 }) }.sum()
  }
  return sensitivity(u) / sensitivity(v)
}

func noiseCost(at x: [Double], W: Matrix<Double>, b: [Double], c: [Double]) throws -> Double {
  let h = zip(W * x, b).map { Double.sigmoid($0 + $1) }
  let s = h.map { $0 * (1 - $0) }
  let curvatures = zip(zip(s, h), (W ⊙ W).rowSums).map { $0.0 * (1 - 2 * $0.1) * $1 }
  let ρ = zip(zip(W.T * h, c), x).map { $0.0 + $0.1 - $1 }
  return (W.T * Matrix.diagonal(s) * W).squaredNorm + dot(ρ, W.T * curvatures)
}
