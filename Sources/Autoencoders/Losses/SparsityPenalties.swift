import LinearAlgebra

extension Penalty {
  /// Sparsity by the mean activation: Ω = β Σ_j KL(ρ‖ρ̂_j), where ρ̂_j = 1/N Σ_n h_nj is unit j's mean over the batch.
  ///
  /// KL(ρ‖ρ̂) = ρ log(ρ/ρ̂) + (1−ρ) log((1−ρ)/(1−ρ̂)), in nats: summed over units, of means over examples. The codes
  /// must be in (0, 1), so the code layer must be a sigmoid. For a unit so saturated that its ρ̂ rounds to
  /// 0 or 1 the penalty is that of a ρ̂ just inside, and finite; but its slope h (1 − h) has vanished, so no gradient moves it.
  ///
  /// - Parameters:
  ///   - ρ: the wanted mean activation, in (0, 1).
  ///   - β: the penalty's weight.
  /// - Throws: ``ParameterError`` if ρ or β is out of range.
  public static func sparsity(ρ: Element, β: Element) throws(ParameterError) -> Penalty {
    try ParameterError.check("sparsity target ρ", ρ, "between 0 and 1, both excluded") { $0 > 0 && $0 < 1 }
    try ParameterError.check("sparsity weight β", β, "at least 0") { $0 >= 0 && $0.isFinite }
    return .onCodes("KL sparsity", activation: .sigmoid) { H, gradient in
      meanActivationDivergence(H, ρ, β, &gradient)
    }
  }

  /// Sparsity by a Laplace prior on the codes, p(h) = Π_j λ/2 e^{−λ|h_j|}: Ω = λ · 1/N Σ_n Σ_j |h_nj|, summed over
  /// units, averaged over examples.
  ///
  /// It is −log p(h) up to the constant −K log(λ/2). The subgradient at h = 0 is taken as 0.
  ///
  /// - Throws: ``ParameterError`` if λ is negative or not finite.
  public static func laplace(_ λ: Element) throws(ParameterError) -> Penalty {
    try ParameterError.check("Laplace rate λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    return .onCodes("Laplace prior") { H, gradient in sumOfMagnitudes(H, λ / Element(H.rows), &gradient) }
  }
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func meanActivationDivergence<Element: Scalar>(
  _ H: Matrix<Element>, _ ρ: Element, _ β: Element, _ gradient: inout Matrix<Element>
) -> Element {
  let (N, K) = (H.rows, H.columns)
  precondition(
    gradient.rows == N && gradient.columns == K,
    "a gradient of \(gradient.rows) × \(gradient.columns) for codes of \(N) × \(K)")
  let (smallest, largest) = (Element.leastNormalMagnitude / Element.ulpOfOne, 1 - Element.ulpOfOne / 2)
  // ρ̂_j = 1/N Σ_n h_nj
  let ρ̂ = H.columnMeans.map { min(max($0, smallest), largest) }
  // Ω = β Σ_j ρ log(ρ/ρ̂_j) + (1−ρ) log((1−ρ)/(1−ρ̂_j))
  var logarithms = Matrix(rows: 2, columns: K, elements: ρ̂.map { ρ / $0 } + ρ̂.map { (1 - ρ) / (1 - $0) })
  logarithms.applyLog()
  var Ω: Element = 0
  logarithms.withUnsafeElements { log in for j in 0..<K { Ω += β * (ρ * log[j] + (1 - ρ) * log[K + j]) } }
  // ∂Ω/∂h_nj = β/N (−ρ/ρ̂_j + (1−ρ)/(1−ρ̂_j)), the same for every example
  let scale = β / Element(N)
  gradient.addToEachRow(ρ̂.map { scale * ((1 - ρ) / (1 - $0) - ρ / $0) })
  return Ω
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func sumOfMagnitudes<Element: Scalar>(
  _ H: Matrix<Element>, _ scale: Element, _ gradient: inout Matrix<Element>
) -> Element {
  // ∂Ω/∂h = scale · sign(h)
  gradient.mapInPlace(with: H) { gradient, h in gradient + (h > 0 ? scale : h < 0 ? -scale : 0) }
  // Ω = scale · Σ |h|
  return scale * H.sumOfMagnitudes()
}
