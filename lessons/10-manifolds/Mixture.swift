import LinearAlgebra

/// A mixture of Gaussians with full covariance matrices, fitted by expectation and maximisation.
struct FittedMixture {
  private(set) var weights: [Double]
  private(set) var means: [[Double]]
  private(set) var covariances: [Matrix<Double>]

  /// Ten rounds of k-means from random points, then so many of expectation and maximisation;
  /// ridge² is added to each covariance's diagonal.
  init(_ X: Matrix<Double>, components: Int, ridge: Double, rounds: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "mixture \(components)")
    weights = Array(repeating: 1 / Double(components), count: components)
    means = stream.permutation(X.rows).prefix(components).map { X.row($0) }
    covariances = Array(repeating: .identity(X.columns), count: components)
    for round in -10..<rounds {
      let shares = logShares(at: X).map { row in
        let top = row.greatest()
        let p = row.map { round < 0 ? ($0 == top ? 1 : 0) : Double.exp($0 - top) }
        return p.map { $0 / p.sum() }
      }
      for k in 0..<components {
        let r = shares.map { $0[k] }
        let n = max(r.sum(), 1e-300)
        if round >= -1 { weights[k] = r.sum() / Double(X.rows) }
        means[k] = (1 / n) .* (X.T * r)
        let Z = X.subtractingFromEachRow(means[k])
        let weighted = Matrix(rows: Z.rows, columns: Z.columns) { r[$0] / n * Z[$0, $1] }
        // K-means: all alike, so that the nearest mean has the greatest density.
        if round >= -1 { covariances[k] = Z.T * weighted + ridge * ridge * .identity(X.columns) }
      }
    }
  }

  /// log p(x) of each row.
  func logDensity(at X: Matrix<Double>) -> [Double] {
    logShares(at: X).map { row in
      let top = row.greatest()
      return top + Double.log(row.map { Double.exp($0 - top) }.sum())
    }
  }

  /// log π_k N(x; μ_k, C_k), a row for each x.
  private func logShares(at X: Matrix<Double>) -> [[Double]] {
    let columns = weights.indices.map { k in
      let eigen = SymmetricEigen(covariances[k])
      let Z = X.subtractingFromEachRow(means[k]) * eigen.vectors
      let constant =
        Double.log(max(weights[k], 1e-300))
        - 0.5 * eigen.values.map { Double.log(2 * .pi * $0) }.sum()
      return ((Z ⊙ Z) * eigen.values.map { -0.5 / $0 }).map { constant + $0 }
    }
    return (0..<X.rows).map { n in columns.map { $0[n] } }
  }

  /// The best on validation points of so many components, and its nats on test points.
  static func best(
    _ parts: Parts, components: [Int], ridges: [Double], rounds: Int, seed: UInt64
  ) -> (components: Int, test: [Double]) {
    let fits = components.flatMap { k in
      ridges.map { ridge -> (components: Int, validation: Double, test: [Double]) in
        let mixture = FittedMixture(
          parts.training, components: k, ridge: ridge, rounds: rounds, seed: seed)
        return (
          k, mean(mixture.logDensity(at: parts.validation)), mixture.logDensity(at: parts.test)
        )
      }
    }
    let chosen = fits.dropFirst().reduce(fits[0]) { $1.validation > $0.validation ? $1 : $0 }
    return (chosen.components, chosen.test)
  }
}
