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
      let terms = windows.enumerated().map { n, window -> Double in
        var square = squares[n] / σ²
        if !window.variances.isEmpty, squares[n] < .infinity {
          let z = x .- points.row(n)
          let along = window.axes.T * z
          let across = z .- window.axes * along
          square = dot(across, across) / σ²
          for (a, λ) in zip(along, window.variances) { square += a * a / (λ + σ²) }
        }
        return constants[n] - square / 2
      }
      let largest = terms.greatest()
      if largest == -.infinity { return largest }
      return largest + Double.log(terms.map { Double.exp($0 - largest) }.sum() / Double(terms.count))
    }
  }
}
