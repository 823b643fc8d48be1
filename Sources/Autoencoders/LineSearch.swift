import LinearAlgebra

/// A line search that satisfies the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6).
///
/// Along a descent direction p from θ, with φ(α) = f(θ + α p), it looks for a step α with
/// - sufficient decrease: φ(α) ≤ φ(0) + c₁ α φ′(0),
/// - curvature: |φ′(α)| ≤ c₂ |φ′(0)|.
///
/// The second makes sᵀy > 0, which L-BFGS needs.
struct StrongWolfeLineSearch<Element: Scalar> {
  /// c₁ and c₂, 0 < c₁ < c₂ < 1.
  let c1: Element
  let c2: Element
  /// How many evaluations one search may take.
  let maxEvaluations: Int

  /// A step length with what is known there.
  struct Point {
    let α: Element
    /// φ(α).
    let value: Element
    /// φ′(α) = pᵀ∇f.
    let slope: Element
  }

  /// Finds a step.
  ///
  /// - Parameters:
  ///   - origin: φ(0) and φ′(0) < 0.
  ///   - first: the first α to try.
  ///   - φ: evaluates α; what it evaluated last is the accepted point when the search succeeds.
  /// - Returns: the accepted point, or nil if rounding or the budget left none.
  func search(from origin: Point, first: Element, _ φ: (Element) -> Point) -> Point? {
    var budget = maxEvaluations
    var previous = origin
    var α = first
    // Algorithm 3.5: lengthen the step until it brackets an acceptable one.
    while budget > 0 {
      budget -= 1
      let point = φ(α)
      if !decreases(point, origin) || (previous.α > 0 && point.value >= previous.value) {
        return zoom(previous, point, origin, &budget, φ)
      }
      if isFlat(point, origin) { return point }
      if point.slope >= 0 { return zoom(point, previous, origin, &budget, φ) }
      // Between twice and ten times as far, where the cubic through the last two points has its minimum.
      α = clamp(cubicMinimiser(previous, point), 2 * α, 10 * α)
      previous = point
    }
    return nil
  }

  /// Algorithm 3.6: shrinks a bracket. `low` satisfies sufficient decrease, and has the least value of all points
  /// that do; its slope points towards `high`.
  private func zoom(
    _ low: Point, _ high: Point, _ origin: Point, _ budget: inout Int, _ φ: (Element) -> Point
  ) -> Point? {
    var (low, high) = (low, high)
    while budget > 0 {
      budget -= 1
      let (left, right) = (min(low.α, high.α), max(low.α, high.α))
      let margin = (right - left) / 10
      // The cubic's minimum, kept away from the ends so that the bracket shrinks by a tenth at least.
      let α = clamp(cubicMinimiser(low, high), left + margin, right - margin)
      guard α > left, α < right else { return nil }
      let point = φ(α)
      if !decreases(point, origin) || point.value >= low.value {
        high = point
      } else {
        if isFlat(point, origin) { return point }
        if point.slope * (high.α - low.α) >= 0 { high = low }
        low = point
      }
    }
    return nil
  }

  /// φ(α) ≤ φ(0) + c₁ α φ′(0); false for a NaN.
  private func decreases(_ point: Point, _ origin: Point) -> Bool {
    point.value <= origin.value + c1 * point.α * origin.slope
  }

  /// |φ′(α)| ≤ c₂ |φ′(0)|.
  private func isFlat(_ point: Point, _ origin: Point) -> Bool { abs(point.slope) <= c2 * abs(origin.slope) }

  /// Where the cubic with the values and slopes of two points has its minimum (Nocedal & Wright, eq. 3.59); the
  /// middle if it has none, or if a value is not finite.
  private func cubicMinimiser(_ a: Point, _ b: Point) -> Element {
    let middle = a.α + (b.α - a.α) / 2
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.α - b.α)
    let discriminant = d1 * d1 - a.slope * b.slope
    guard discriminant >= 0 else { return middle }
    let d2 = b.α > a.α ? discriminant.squareRoot() : -discriminant.squareRoot()
    let α = b.α - (b.α - a.α) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    return α.isFinite ? α : middle
  }

  private func clamp(_ α: Element, _ least: Element, _ most: Element) -> Element { min(max(α, least), most) }
}
