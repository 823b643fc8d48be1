// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func saltAndPepper(
  _ X: Matrix<Double>, ν: Double, salt s: Double, u: Matrix<Double>, v: Matrix<Double>
) throws -> Matrix<Double> {
  Matrix(rows: X.rows, columns: X.columns) { n, i in
    guard u[n, i] < ν else { return X[n, i] }
    return v[n, i] < s ? 1 : 0
  }
}

func denoisingLoss(
  _ X: Matrix<Double>, noise ε: Matrix<Double>, σ: Double, W: Matrix<Double>, b: [Double], c: [Double]
) throws -> Double {
  var A = (X + σ * ε) * W.T
  A.addToEachRow(b)
  var B = tanh(A) * W
  B.addToEachRow(c)
  return (X - sigmoid(B)).squaredNorm / Double(X.rows)
}

/// eᵗ over the sum of all eᵗ. Moved by the largest t, which cancels, none of them overflows and one of them is 1.
private func softmax(_ t: [Double]) -> [Double] {
  let largest = t.greatest()
  let powers = t.map { Double.exp($0 - largest) }
  return powers.map { $0 / powers.sum() }
}

/// p(xₙ | x̃) for each row xₙ of X.
private func posterior(_ X: Matrix<Double>, σ: Double, at x̃: [Double]) -> [Double] {
  let differences = X.subtractingFromEachRow(x̃)
  return softmax((differences ⊙ differences).rowSums.map { -$0 / (2 * σ * σ) })
}

func optimalDenoiser(_ X: Matrix<Double>, σ: Double, at X̃: Matrix<Double>) throws -> Matrix<Double> {
  let means = (0..<X̃.rows).flatMap { X.T * posterior(X, σ: σ, at: X̃.row($0)) }
  return Matrix(rows: X̃.rows, columns: X̃.columns, elements: means)
}

func mixtureScore(at x: [Double], means μ: Matrix<Double>, σ: [Double], weights w: [Double]) throws -> [Double] {
  let differences = μ.subtractingFromEachRow(x)
  let variances = σ.map { $0 * $0 }
  let responsibilities = softmax(
    w.indices.map { k in
      let difference = differences.row(k)
      return .log(w[k]) - Double(x.count) * .log(σ[k]) - dot(difference, difference) / (2 * variances[k])
    })
  return differences.T * zip(responsibilities, variances).map { $0 / $1 }
}

func denoiserSlope(_ X: Matrix<Double>, σ: Double, at x̃: [Double]) throws -> Matrix<Double> {
  let p = posterior(X, σ: σ, at: x̃)
  let deviations = X.subtractingFromEachRow(X.T * p)
  return deviations.T * Matrix.diagonal(p) * deviations / (σ * σ)
}
