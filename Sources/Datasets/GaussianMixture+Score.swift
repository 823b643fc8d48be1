import LinearAlgebra

extension GaussianMixture {
  /// log p(x) of each point of X, N × D; −∞ where it is beyond the range of the numbers.
  public func logDensity(at X: Matrix<Double>) -> [Double] {
    let terms = logTerms(at: X)
    return (0..<X.rows).map { n in GaussianMixture.logSum(terms.row(n)) }
  }

  /// The score ∇ log p(x) at each point of X: N × D.
  ///
  /// ∇ log p(x) = −Σ_k r_k(x) C_k⁻¹ (x − μ_k), with the ``responsibilities(at:)`` r_k. NaN where x is not finite, as all of
  /// these functions are, but the density of round components, which is 0 at infinity.
  public func score(at X: Matrix<Double>) -> Matrix<Double> {
    average(at: X) { k, Y in spreads[k].points(at: Y.scaledColumns(spreads[k].variances.map { -1 / $0 })) }
  }

  /// Δ log p(x), the divergence of the score, at each point of X.
  ///
  /// Δ log p = Σ_k r_k (‖s_k‖² − tr C_k⁻¹) − ‖s‖², with the scores s_k = −C_k⁻¹ (x − μ_k) of the components and s of the
  /// mixture. Where components far apart share a point, digits are lost to the difference of the squares.
  public func scoreDivergence(at X: Matrix<Double>) -> [Double] {
    let R = responsibilities(at: X)
    let s = score(at: X)
    var sums = [Double](repeating: 0, count: X.rows)
    for k in 0..<weights.count {
      let precisions = spreads[k].variances.map { 1 / $0 }
      let Y = coordinates(of: X, in: k)
      let trace = precisions.sum()
      for n in 0..<X.rows where R[n, k] != 0 {
        var square = 0.0
        for i in 0..<dimensions { square += precisions[i] * Y[n, i] * (precisions[i] * Y[n, i]) }
        sums[n] += R[n, k] * (square - trace)
      }
    }
    return sums.enumerated().map { n, sum in sum - dot(s.row(n), s.row(n)) }
  }

  /// How likely each component is to have made each point of X: r_k(x) = π_k N(x; μ_k, C_k) / p(x), N × K. Rows add
  /// to 1.
  public func responsibilities(at X: Matrix<Double>) -> Matrix<Double> {
    let terms = logTerms(at: X)
    var R = terms
    for n in 0..<X.rows {
      let logDensity = GaussianMixture.logSum(terms.row(n))
      if logDensity == -.infinity {
        for (k, share) in farResponsibilities(at: X[rows: n..<n + 1]).enumerated() { R[n, k] = share }
        continue
      }
      for k in 0..<weights.count { R[n, k] = Double.exp(terms[n, k] - logDensity) }
    }
    return R
  }

  /// The responsibilities at one point x so far out that all log-densities overflow: there the components of the least
  /// (x − μ_k)ᵀ C_k⁻¹ (x − μ_k) share it, in units in which these distances are near 1.
  private func farResponsibilities(at x: Matrix<Double>) -> [Double] {
    let present = weights.indices.filter { weights[$0] > 0 }
    let Y = present.map { coordinates(of: x, in: $0).row(0) }
    let size = Y.map { $0.map(abs).greatest() }.greatest()
    let Z = zip(present, Y).map { k, y in zip(y, spreads[k].variances).map { $0 / size / $1.squareRoot() } }
    let unit = Z.map { $0.map(abs).greatest() }.least()
    let distances = Z.map { z in z.map { ($0 / unit) * ($0 / unit) }.sum() }
    let least = distances.least()
    var terms = [Double](repeating: -.infinity, count: weights.count)
    for (k, distance) in zip(present, distances) where distance == least {
      terms[k] = Double.log(weights[k]) - 0.5 * spreads[k].variances.map { Double.log($0) }.sum()
    }
    let total = GaussianMixture.logSum(terms)
    return terms.map { Double.exp($0 - total) }
  }

  /// The best guess at the clean point behind each noisy point of X̃, N × D: E[x | x̃] where x̃ = x + σε, ε ~ N(0, I).
  ///
  /// E[x|x̃] = Σ_k r_k(x̃) (μ_k + C_k (C_k + σ²I)⁻¹ (x̃ − μ_k)), the r_k being those of the density of x̃: within a
  /// component it is linear regression, and the components are weighed by how likely they are. No function r has a
  /// smaller E‖x − r(x̃)‖².
  public func posteriorMean(given X̃: Matrix<Double>, σ: Double) -> Matrix<Double> {
    smoothed(σ: σ).average(at: X̃) { k, Y in
      var guess = spreads[k].points(at: Y.scaledColumns(spreads[k].variances.map { $0 / ($0 + σ * σ) }))
      guess.addToEachRow(means.row(k))
      return guess
    }
  }

  /// Σ_k r_k(x) f_k(y) at each point of X, where y = Qᵀ(x − μ_k) are its coordinates along the axes of component k.
  private func average(
    at X: Matrix<Double>, of f: (_ k: Int, _ Y: Matrix<Double>) -> Matrix<Double>
  ) -> Matrix<Double> {
    let R = responsibilities(at: X)
    var sum = Matrix<Double>(rows: X.rows, columns: dimensions)
    for k in 0..<weights.count {
      let value = f(k, coordinates(of: X, in: k))
      for n in 0..<X.rows {
        // (A value may be infinite where it has no share. A share that is NaN counts: the average is NaN then.)
        guard R[n, k] != 0 else { continue }
        for i in 0..<dimensions { sum[n, i] += R[n, k] * value[n, i] }
      }
    }
    return sum
  }

  /// The coordinates of each point of X along the axes of component k, from its mean: N × D.
  private func coordinates(of X: Matrix<Double>, in k: Int) -> Matrix<Double> {
    spreads[k].coordinates(of: X.subtractingFromEachRow(means.row(k)))
  }

  /// log (π_k N(x; μ_k, C_k)) of each point of X and each component, N × K.
  private func logTerms(at X: Matrix<Double>) -> Matrix<Double> {
    precondition(
      X.columns == dimensions, "points of \(X.rows) × \(X.columns) for a density of \(dimensions) dimensions")
    var terms = Matrix<Double>(rows: X.rows, columns: weights.count)
    for k in 0..<weights.count {
      let variances = spreads[k].variances
      precondition(variances.least() > 0, "component \(k + 1) is flat and has no density: smooth the mixture first")
      let logDeterminant = variances.map { Double.log(2 * .pi * $0) }.sum()
      let logWeight = weights[k] > 0 ? Double.log(weights[k]) : -.infinity
      let Y = coordinates(of: X, in: k)
      for n in 0..<X.rows {
        var distance = 0.0
        for i in 0..<dimensions { distance += Y[n, i] * Y[n, i] / variances[i] }
        terms[n, k] = logWeight - 0.5 * (distance + logDeterminant)
      }
    }
    return terms
  }

  /// log Σ eᵗ over the terms t; −∞ if they all are.
  private static func logSum(_ terms: [Double]) -> Double {
    let largest = terms.greatest()
    guard largest > -.infinity else { return largest }
    return largest + Double.log(terms.map { Double.exp($0 - largest) }.sum())
  }
}

extension Matrix<Double> {
  /// Column j times `factors[j]`.
  fileprivate func scaledColumns(_ factors: [Double]) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns) { i, j in self[i, j] * factors[j] }
  }
}
