import LinearAlgebra

/// A mixture of products of Bernoulli distributions: a share and a mean image for each component.
struct BernoulliMixture {
  private(set) var shares: [Double]
  private(set) var means: Matrix<Double>

  /// Fitted to the rows of X by expectation-maximisation, from random responsibilities; half an
  /// image of each value is added to every component, so that no mean is 0 or 1.
  init(_ X: Matrix<Double>, components K: Int, rounds: Int, using stream: inout RandomStream) {
    var R = softmax(3 * .normal(rows: X.rows, columns: K, using: &stream))
    (shares, means) = ([], Matrix(rows: K, columns: X.columns))
    for _ in 0..<rounds {
      // Maximisation: each component's weighted mean image.
      let weights = R.columnSums
      let sums = R.T * X
      shares = weights.map { $0 / Double(X.rows) }
      means = Matrix(rows: K, columns: X.columns) { (sums[$0, $1] + 0.5) / (weights[$0] + 1) }
      // Expectation: p(k|x) ∝ share · Π μ^x (1 − μ)^(1 − x), log-linear in x.
      let (ones, zeros) = (log(means), log(means.map { 1 - $0 }))
      var L = X * (ones - zeros).T
      L.addToEachRow(zip(shares, zeros.rowSums).map { Double.log($0 + 1e-300) + $1 })
      for n in 0..<X.rows {
        let greatest = (0..<K).map { L[n, $0] }.greatest()
        for k in 0..<K { L[n, k] -= greatest }
      }
      R = softmax(L)
    }
  }

  /// Bits drawn from it.
  func sample(_ count: Int, using stream: inout RandomStream) -> Matrix<Double> {
    let chosen = (0..<count).map { _ in draw(shares, stream.uniform()) }
    return drawn(Matrix(rows: count, columns: means.columns) { means[chosen[$0], $1] }, &stream)
  }
}
