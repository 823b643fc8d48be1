import LinearAlgebra

/// A density that is a Gaussian at each of N points, all of the same weight: round ones, or flat ones along the surface that
/// the points lie on.
///
/// p(x) = 1/N Σₙ N(x; xₙ, Cₙ) with Cₙ = σ² I + Vₙ Λₙ Vₙᵀ, where the d columns of Vₙ are orthonormal; d = 0 for round windows.
///
/// Log-densities never need the D × D matrices: zᵀC⁻¹z = ‖z − VVᵀz‖²/σ² + Σᵢ (vᵢ·z)²/(λᵢ + σ²), a sum in which nothing cancels
/// however narrow the windows are, and log det C = (D − d) log σ² + Σᵢ log(λᵢ + σ²). O(N D d) for each x.
public struct ParzenWindows: Sendable {
  private struct Window: Sendable {
    /// D × d.
    let axes: Matrix<Double>
    /// λᵢ.
    let variances: [Double]

    /// zᵀC⁻¹z = ‖z − VVᵀz‖²/σ² + Σᵢ (vᵢ·z)²/(λᵢ + σ²) for z = x − centre.
    func square(_ x: [Double], _ centre: Slice<UnsafeBufferPointer<Double>>, _ σ²: Double) -> Double {
      let d = variances.count
      var across = zip(x, centre).map { $0 - $1 }
      var (along, square) = ([Double](repeating: 0, count: d), 0.0)
      axes.withUnsafeElements { v in
        for j in across.indices { for i in 0..<d { along[i] += v[j * d + i] * across[j] } }
        for j in across.indices { for i in 0..<d { across[j] -= v[j * d + i] * along[i] } }
      }
      for j in across.indices { square += across[j] * across[j] }
      square /= σ²
      for i in 0..<d { square += along[i] * along[i] / (variances[i] + σ²) }
      return square
    }
  }

  private let points: Matrix<Double>
  private let σ²: Double
  private let windows: [Window]

  /// Round windows of the standard deviation σ at the rows of X (N × D): Parzen's density.
  ///
  /// - Throws: ``ManifoldError`` unless σ² is a normal number, and for a NaN or infinity.
  public init(_ X: Matrix<Double>, width σ: Double) throws(ManifoldError) {
    let round = Window(axes: Matrix(rows: X.columns, columns: 0), variances: [])
    try self.init(X, σ, Array(repeating: round, count: X.rows))
  }

  /// Flat windows, "pancakes", at the rows of X (N × D): Λₙ and Vₙ are the d leading variances and axes of the differences
  /// xⱼ − xₙ to the k nearest other points, (1/k) Σⱼ (xⱼ − xₙ)(xⱼ − xₙ)ᵀ, and σ is the width across.
  ///
  /// Reference: P. Vincent and Y. Bengio, *Manifold Parzen windows* (2003).
  ///
  /// - Throws: ``ManifoldError`` unless σ² is a normal number, 1 ≤ k < N and 1 ≤ d ≤ min(k, D), and for a NaN or infinity.
  public init(
    _ X: Matrix<Double>, neighbours k: Int, dimensions d: Int, width σ: Double
  ) throws(ManifoldError) {
    guard d >= 1, d <= min(k, X.columns) else { throw .dimensions(d, most: min(k, X.columns)) }
    let nearest = try nearestNeighbours(of: X, among: X, count: k, excludingItself: true)
    let windows = nearest.enumerated().map { n, row in
      let svd = SVD(X.rows(row.map(\.index)).subtractingFromEachRow(X.row(n))).truncated(to: d)
      return Window(axes: svd.V, variances: svd.σ.map { $0 * $0 / Double(k) })
    }
    try self.init(X, σ, windows)
  }

  private init(_ X: Matrix<Double>, _ σ: Double, _ windows: [Window]) throws(ManifoldError) {
    precondition(X.rows > 0, "a density needs at least one point")
    guard σ > 0, (σ * σ).isNormal else { throw .width(σ) }
    try requireFinite(X)
    (points, σ², self.windows) = (X, σ * σ, windows)
  }

  /// log p(x) in nats for each row of X (M × D), relative to its largest term, so that it is finite where p underflows; −∞
  /// where it is itself beyond the range of the numbers.
  public func logDensity(at X: Matrix<Double>) -> [Double] {
    precondition(X.columns == points.columns, "\(X.rows) × \(X.columns) for a density in \(points.columns) dimensions")
    let D = Double(points.columns)
    let constants = windows.map { window in
      -0.5 * ((D - Double(window.variances.count)) * Double.log(σ²) + D * Double.log(2 * .pi))
        - 0.5 * window.variances.map { Double.log($0 + σ²) }.sum()
    }
    return (0..<X.rows).map { m in
      let x = X.row(m)
      let squares = squaredDistances(from: x, to: points)
      let terms = points.withUnsafeElements { p in
        windows.indices.map { n in
          let square =
            squares[n] < .infinity && !windows[n].variances.isEmpty
            ? windows[n].square(x, p[n * x.count..<(n + 1) * x.count], σ²) : squares[n] / σ²
          return constants[n] - square / 2
        }
      }
      let largest = terms.greatest()
      if largest == -.infinity { return largest }
      // Below e⁻⁴⁵ of the largest, a thousand terms do not change the sum's last digit.
      let sum = terms.map { $0 < largest - 45 ? 0 : Double.exp($0 - largest) }.sum()
      return largest + Double.log(sum / Double(terms.count))
    }
  }
}
