import LinearAlgebra

/// A mixture of Gaussians: a density of which everything a denoiser should learn is known exactly.
///
/// p(x) = Σ_k π_k N(x; μ_k, C_k), x of D numbers.
///
/// ```swift
/// let data = GaussianMixture.circle()
/// let X = data.sample(1000, using: &stream)        // 1000 × 2
/// let noisy = data.smoothed(σ: 0.3)                // the density of x + σε
/// let field = noisy.score(at: X)                   // ∇ log p_σ, 1000 × 2
/// ```
///
/// Points are rows. Each evaluation takes O(N K D²) operations for N points and K components, O(N K D) if the components
/// are round. Sums over components are taken relative to the largest term, so that points far out, where every density
/// underflows, have their score as well, to rounding relative to its length.
public struct GaussianMixture: Sendable {
  /// The probabilities π_k of the components; they add to 1.
  public let weights: [Double]
  /// The means μ_k, one a row: K × D.
  public let means: Matrix<Double>
  /// The covariances C_k.
  let spreads: [Spread]

  /// A covariance by its principal axes: C = Q diag(v) Qᵀ.
  struct Spread: Sendable {
    /// The variances v along the axes.
    let variances: [Double]
    /// The axes as columns of Q; nil if they are the coordinate axes.
    let axes: Matrix<Double>?

    /// The coordinates of each row of X along the axes, X Q.
    func coordinates(of X: Matrix<Double>) -> Matrix<Double> { axes.map { X * $0 } ?? X }

    /// The points whose coordinates are the rows of Y, Y Qᵀ.
    func points(at Y: Matrix<Double>) -> Matrix<Double> {
      guard let axes else { return Y }
      var X = Matrix<Double>(rows: Y.rows, columns: Y.columns)
      multiply(Y, axes, transposeB: true, into: &X)
      return X
    }
  }

  init(weights: [Double], means: Matrix<Double>, spreads: [Spread]) {
    precondition(means.rows > 0 && means.columns > 0, "a mixture of no components is not a density")
    precondition(
      weights.count == means.rows && spreads.count == means.rows,
      "\(weights.count) weights and \(spreads.count) covariances for \(means.rows) means")
    precondition(
      weights.least() >= 0 && weights.sum() > 0 && weights.sum().isFinite,
      "the weights of a mixture are not negative, and one is positive, unlike \(weights)")
    precondition(means.elements.allSatisfy(\.isFinite), "a mean has a NaN or an infinity")
    let total = weights.sum()
    self.weights = weights.map { $0 / total }
    self.means = means
    self.spreads = spreads
  }

  /// The mixture of the given means, K × D, and symmetric covariances, D × D, none of which has a negative eigenvalue.
  ///
  /// An eigenvalue that is 0 but for rounding, at most D·ε times the largest, counts as 0: along its axis the component is
  /// flat, and has a density only after ``smoothed(σ:)``.
  ///
  /// - Parameter weights: how likely the components are, in proportion; all the same if nil.
  public init(weights: [Double]? = nil, means: Matrix<Double>, covariances: [Matrix<Double>]) {
    self.init(
      weights: weights ?? Array(repeating: 1, count: means.rows), means: means,
      spreads: covariances.map { C in
        precondition(
          C.rows == means.columns && C.columns == means.columns,
          "a covariance of \(C.rows) × \(C.columns) for points of \(means.columns) numbers")
        let eigen = SymmetricEigen(C)
        precondition(
          eigen.values.least() >= -1e-12 * eigen.values[0], "a covariance has the eigenvalue \(eigen.values.least())")
        let rounding = Double(C.rows) * .ulpOfOne * eigen.values[0]
        return Spread(variances: eigen.values.map { $0 > rounding ? $0 : 0 }, axes: eigen.vectors)
      })
  }

  /// The mixture of round Gaussians N(μ_k, σ²I) about the given means, K × D; with σ = 0 the points themselves, which
  /// have a density only after ``smoothed(σ:)``.
  ///
  /// - Parameter weights: how likely the components are, in proportion; all the same if nil.
  public init(weights: [Double]? = nil, means: Matrix<Double>, σ: Double) {
    precondition(σ == 0 || σ > 0 && (σ * σ).isNormal, "a standard deviation cannot be \(σ), nor a variance \(σ * σ)")
    self.init(
      weights: weights ?? Array(repeating: 1, count: means.rows), means: means,
      spreads: Array(
        repeating: Spread(variances: Array(repeating: σ * σ, count: means.columns), axes: nil), count: means.rows))
  }

  /// How many numbers a point has, D.
  public var dimensions: Int { means.columns }

  /// The density of x + σε, ε ~ N(0, I): again a mixture, with the covariances C_k + σ²I.
  public func smoothed(σ: Double) -> GaussianMixture {
    precondition(σ == 0 || σ > 0 && (σ * σ).isNormal, "a noise level cannot be \(σ), nor a variance \(σ * σ)")
    return GaussianMixture(
      weights: weights, means: means,
      spreads: spreads.map { Spread(variances: $0.variances.map { $0 + σ * σ }, axes: $0.axes) })
  }

  /// E[x] = Σ_k π_k μ_k.
  public var mean: [Double] {
    (0..<dimensions).map { i in (0..<weights.count).map { weights[$0] * means[$0, i] }.sum() }
  }

  /// Cov[x] = Σ_k π_k (C_k + (μ_k − E[x])(μ_k − E[x])ᵀ), D × D.
  public var covariance: Matrix<Double> {
    let centre = mean
    var C = Matrix<Double>(rows: dimensions, columns: dimensions)
    for (k, spread) in spreads.enumerated() {
      let Q = spread.axes ?? .identity(dimensions)
      let d = Matrix(rows: dimensions, columns: 1) { i, _ in means[k, i] - centre[i] }
      C += weights[k] * (Q * .diagonal(spread.variances) * Q.T + d * d.T)
    }
    return C
  }

  /// `count` independent points, one a row: `count` × D. Each takes one uniform number and D normal ones.
  public func sample(_ count: Int, using stream: inout RandomStream) -> Matrix<Double> {
    precondition(count > 0, "cannot draw \(count) points")
    var X = Matrix<Double>(rows: count, columns: dimensions)
    for n in 0..<count {
      let k = component(at: stream.uniform())
      let y = Matrix(rows: 1, columns: dimensions) { _, i in spreads[k].variances[i].squareRoot() * stream.normal() }
      let displacement = spreads[k].points(at: y)
      for i in 0..<dimensions { X[n, i] = means[k, i] + displacement[0, i] }
    }
    return X
  }

  /// The component whose share of [0, 1) holds u.
  private func component(at u: Double) -> Int {
    var passed = 0.0
    for (k, weight) in weights.enumerated() {
      passed += weight
      if u < passed { return k }
    }
    // The shares may add to a little less than 1.
    return weights.lastIndex { $0 > 0 } ?? 0
  }
}
