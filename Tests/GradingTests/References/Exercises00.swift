// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func excessCrossEntropy(of X: Matrix<Double>, preActivations A: Matrix<Double>) throws -> Double {
  func xlogx(_ x: Double) -> Double { x == 0 ? 0 : x * Double.log(x) }
  let crossEntropy = softplus(A).sum - dot(X, A)
  let entropy = -X.map { xlogx($0) + xlogx(1 - $0) }.sum
  return (crossEntropy - entropy) / Double(X.rows)
}

func softmaxGradient(counts X: Matrix<Double>, preActivations A: Matrix<Double>) throws -> Matrix<Double> {
  let largest = (0..<A.rows).map { A.row($0).greatest() }
  let E = Matrix(rows: A.rows, columns: A.columns) { n, k in Double.exp(A[n, k] - largest[n]) }
  let (Z, words) = (E.rowSums, X.rowSums)
  return Matrix(rows: A.rows, columns: A.columns) { n, k in (words[n] * E[n, k] / Z[n] - X[n, k]) / Double(X.rows) }
}

func backPropagation(
  _ X: Matrix<Double>, variances: [Double], W: Matrix<Double>, b: [Double], Wˢ: Matrix<Double>, c: [Double]
) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  var A = X * W.T
  A.addToEachRow(b)
  let H = sigmoid(A)
  var X̂ = H * Wˢ.T
  X̂.addToEachRow(c)
  let δˢ = (X̂ - X) * .diagonal(variances.map { 1 / $0 }) / Double(X.rows)
  let δ = (δˢ * Wˢ) ⊙ H.map { $0 * (1 - $0) }
  return (δ.T * X, δˢ.T * H)
}

func deepTiedGradients(
  _ X: Matrix<Double>, W₁: Matrix<Double>, W₂: Matrix<Double>
) throws -> (W₁: Matrix<Double>, W₂: Matrix<Double>) {
  func slope(_ H: Matrix<Double>) -> Matrix<Double> { H.map { $0 * (1 - $0) } }
  let H₁ = sigmoid(X * W₁.T)
  let H₂ = sigmoid(H₁ * W₂.T)
  let H₃ = sigmoid(H₂ * W₂)
  let δ₄ = (sigmoid(H₃ * W₁) - X) / Double(X.rows)
  let δ₃ = (δ₄ * W₁.T) ⊙ slope(H₃)
  let δ₂ = (δ₃ * W₂.T) ⊙ slope(H₂)
  let δ₁ = (δ₂ * W₂) ⊙ slope(H₁)
  return (δ₁.T * X + H₃.T * δ₄, δ₂.T * H₁ + H₂.T * δ₃)
}
