import LinearAlgebra

/// The energy distance of two samples, with its standard error.
///
/// E = 2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖, which is 0 exactly if both have one distribution (Székely and Rizzo 2013). Each mean
/// is taken over different points, so that the estimate has no bias, and can be negative where the two are equal.
///
/// The standard error is the jackknife's: of each sample, one point after the other is left out. O((N + M)² D).
public struct EnergyDistance: Sendable {
  public let value: Double
  public let standardError: Double

  /// The distance of the rows of X (N × D) to those of Y (M × D); at least three of each.
  public init(_ X: Matrix<Double>, _ Y: Matrix<Double>) {
    precondition(X.columns == Y.columns, "points of \(X.columns) and \(Y.columns) numbers have no distance")
    precondition(X.rows >= 3 && Y.rows >= 3, "\(X.rows) and \(Y.rows) points: at least three of each are needed")
    let (N, M) = (Double(X.rows), Double(Y.rows))
    let (xx, yy, xy) = (sums(X, X), sums(Y, Y), sums(X, Y))
    let (within, across, other) = (xx.rows.sum(), xy.rows.sum(), yy.rows.sum())
    /// Of n points and m, from the sums of their distances.
    func energy(_ n: Double, _ m: Double, across: Double, within: Double, other: Double) -> Double {
      2 * across / (n * m) - within / (n * (n - 1)) - other / (m * (m - 1))
    }
    value = energy(N, M, across: across, within: within, other: other)
    let withoutX = (0..<X.rows).map { i in
      energy(N - 1, M, across: across - xy.rows[i], within: within - 2 * xx.rows[i], other: other)
    }
    let withoutY = (0..<Y.rows).map { j in
      energy(N, M - 1, across: across - xy.columns[j], within: within, other: other - 2 * yy.rows[j])
    }
    func variance(_ values: [Double]) -> Double {
      let (n, centre) = (Double(values.count), mean(values))
      return (n - 1) / n * values.map { ($0 - centre) * ($0 - centre) }.sum()
    }
    standardError = (variance(withoutX) + variance(withoutY)).squareRoot()
  }
}

/// The sums over each row and each column of the distances ‖aᵢ − bⱼ‖.
private func sums(_ A: Matrix<Double>, _ B: Matrix<Double>) -> (rows: [Double], columns: [Double]) {
  let D = A.columns
  var (rows, columns) = ([Double](repeating: 0, count: A.rows), [Double](repeating: 0, count: B.rows))
  A.withUnsafeElements { a in
    B.withUnsafeElements { b in
      for i in 0..<A.rows {
        for j in 0..<B.rows {
          var square = 0.0
          for k in 0..<D {
            let difference = a[i * D + k] - b[j * D + k]
            square += difference * difference
          }
          let distance = square.squareRoot()
          rows[i] += distance
          columns[j] += distance
        }
      }
    }
  }
  return (rows, columns)
}
