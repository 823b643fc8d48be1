// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func countingGradient(_ A: Matrix<Double>, counts X: Matrix<Double>) throws -> Matrix<Double> {
  // −log p = softplus(a) + x softplus(−a)
  Matrix(rows: A.rows, columns: A.columns) { n, i in
    (Double.sigmoid(A[n, i]) - X[n, i] * Double.sigmoid(-A[n, i])) / Double(A.rows)
  }
}

func chainStep(
  _ X: Matrix<Double>, W: Matrix<Double>, b: [Double], c: [Double], ν: Double, u: Matrix<Double>, v: Matrix<Double>
) throws -> Matrix<Double> {
  let X̃ = Matrix(rows: X.rows, columns: X.columns) { n, i in
    u[n, i] < ν / 2 ? 0 : u[n, i] < ν ? 1 : X[n, i]
  }
  var A = X̃ * W.T
  A.addToEachRow(b)
  var Â = tanh(A) * W
  Â.addToEachRow(c)
  let X̂ = sigmoid(Â)
  return Matrix(rows: X.rows, columns: X.columns) { n, i in v[n, i] < X̂[n, i] ? 1 : 0 }
}

func denoisingChain(
  corruption C: Matrix<Double>, denoiser P: Matrix<Double>
) throws -> (T: Matrix<Double>, stationary: [Double]) {
  let T = C * P
  let S = T.rows
  // (I − Tᵀ) π = 0, its last equation replaced by Σ π = 1.
  let equations = Matrix<Double>(rows: S, columns: S) { i, j in
    i == S - 1 ? 1 : (i == j ? 1 : 0) - T[j, i]
  }
  let π = try equations.solve((0..<S).map { $0 == S - 1 ? 1 : 0 })
  return (T, π)
}

func jointDistribution(encoder: Matrix<Double>, decoder: Matrix<Double>) throws -> Matrix<Double> {
  let (S, K) = (encoder.rows, encoder.columns)
  let ratio = Matrix(rows: S, columns: K) { encoder[$0, $1] / decoder[$1, $0] }
  for x in 0..<S {
    for h in 0..<K where abs(ratio[x, h] * ratio[0, 0] / (ratio[x, 0] * ratio[0, h]) - 1) > 1e-6 {
      return Matrix(rows: 0, columns: 0)
    }
  }
  let total = (0..<S).map { 1 / ratio[$0, 0] }.sum()
  return Matrix(rows: S, columns: K) { x, h in encoder[x, h] / (ratio[x, 0] * total) }
}
