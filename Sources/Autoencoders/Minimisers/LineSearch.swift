import LinearAlgebra

/// A line search that satisfies the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6).
///
/// Along a descent direction p from θ, with φ(α) = f(θ + α p), it looks for a step α with
/// - sufficient decrease: φ(α) ≤ φ(0) + c₁ α φ′(0),
/// - curvature: |φ′(α)| ≤ c₂ |φ′(0)|.
///
/// The second makes sᵀy > 0, which L-BFGS needs.
///
/// What is not finite along the way bounds the step; and where no step satisfies both, what was lower is not lost.
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

  /// How a search ended.
  enum Ending {
    /// The point satisfies both conditions.
    case satisfied
    /// No point was found that does, as where φ has a kink.
    case notSatisfied
    /// φ fell for as long as the budget allowed to lengthen the step, or to −∞.
    case fallsOn
  }

  /// How many times a bracket is shrunk before a lower point that is too steep will do. A cubic finds the minimum of a
  /// smooth φ in fewer.
  private static var patience: Int { 10 }

  /// Finds a step.
  ///
  /// Where φ has a kink, as ReLU and |h| have, φ′ may jump from one steep slope to the other, and no point satisfies the
  /// second condition. Then one will do that has sufficient decrease and φ′(α) ≥ c₂ φ′(0): beyond the kink, so that
  /// sᵀy > 0 as well (Lewis & Overton 2013). If there is none of those either, it is the lowest seen.
  ///
  /// - Parameters:
  ///   - origin: φ(0) and φ′(0) < 0.
  ///   - first: the first α to try.
  ///   - φ: evaluates α; what it evaluated last is the point returned.
  /// - Returns: a point lower than the origin (as low, if it satisfies both conditions to rounding), or nil if none was
  ///   seen.
  func search(from origin: Point, first: Element, _ φ: (Element) -> Point) -> (point: Point?, ending: Ending) {
    var trial = Trial(origin: origin, lowest: origin, beyond: nil, left: maxEvaluations)
    let ending = bracket(&trial, first, φ)
    if case .satisfied = ending { return (trial.last, ending) }
    guard let best = trial.beyond ?? (trial.lowest.α > 0 ? trial.lowest : nil) else { return (nil, ending) }
    return (trial.last?.α == best.α ? best : φ(best.α), ending)
  }

  /// What a search has seen.
  private struct Trial {
    let origin: Point
    /// The lowest point, and the lowest of those that will do at a kink.
    var lowest: Point
    var beyond: Point?
    /// The evaluation before now.
    var last: Point?
    /// How many evaluations are left.
    var left: Int
  }

  /// Evaluates α. A point where something is not finite is as good as infinitely high; −∞ is infinitely low.
  private func evaluate(_ α: Element, _ trial: inout Trial, _ φ: (Element) -> Point) -> Point {
    trial.left -= 1
    var point = φ(α)
    if point.value != -.infinity, !(point.value + point.slope).isFinite {
      point = Point(α: α, value: .infinity, slope: point.slope)
    }
    trial.last = point
    if point.value == -.infinity { return point }
    if point.value < trial.lowest.value { trial.lowest = point }
    if point.value < trial.beyond?.value ?? trial.origin.value, decreases(point, trial.origin),
      point.slope >= c2 * trial.origin.slope
    {
      trial.beyond = point
    }
    return point
  }

  /// Algorithm 3.5: lengthens the step until it brackets an acceptable one.
  private func bracket(_ trial: inout Trial, _ first: Element, _ φ: (Element) -> Point) -> Ending {
    let origin = trial.origin
    var previous = origin
    var α = first
    while trial.left > 0 {
      let point = evaluate(α, &trial, φ)
      if point.value == -.infinity { return .fallsOn }
      if !decreases(point, origin) || (previous.α > 0 && point.value >= previous.value) {
        return zoom(previous, point, &trial, φ)
      }
      if isFlat(point, origin) { return .satisfied }
      if point.slope >= 0 { return zoom(point, previous, &trial, φ) }
      // Between twice and ten times as far, where the cubic through the last two points has its minimum.
      α = clamp(cubicMinimiser(previous, point), 2 * α, 10 * α)
      previous = point
    }
    return .fallsOn
  }

  /// Algorithm 3.6: shrinks a bracket. `low` satisfies sufficient decrease, and has the least value of all points
  /// that do; its slope points towards `high`.
  private func zoom(_ low: Point, _ high: Point, _ trial: inout Trial, _ φ: (Element) -> Point) -> Ending {
    let origin = trial.origin
    var (low, high) = (low, high)
    var patience = Self.patience
    while trial.left > 0, patience > 0 || trial.beyond == nil {
      patience -= 1
      let (left, right) = (min(low.α, high.α), max(low.α, high.α))
      let margin = (right - left) / 10
      // The cubic's minimum, kept away from the ends so that the bracket shrinks by a tenth at least.
      let α = clamp(cubicMinimiser(low, high), left + margin, right - margin)
      guard α > left, α < right else { return .notSatisfied }
      let point = evaluate(α, &trial, φ)
      if point.value == -.infinity { return .fallsOn }
      if !decreases(point, origin) || point.value >= low.value {
        high = point
      } else {
        if isFlat(point, origin) { return .satisfied }
        if point.slope * (high.α - low.α) >= 0 { high = low }
        low = point
      }
    }
    return .notSatisfied
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
    // In two expressions each: Swift 6.2 looks for the types of one for minutes.
    let rise = 3 * (a.value - b.value)
    let d1 = a.slope + b.slope - rise / (a.α - b.α)
    let discriminant = d1 * d1 - a.slope * b.slope
    guard discriminant >= 0 else { return middle }
    let d2 = b.α > a.α ? discriminant.squareRoot() : -discriminant.squareRoot()
    let part = (b.α - a.α) * (b.slope + d2 - d1)
    let α = b.α - part / (b.slope - a.slope + 2 * d2)
    return α.isFinite ? α : middle
  }

  private func clamp(_ α: Element, _ least: Element, _ most: Element) -> Element { min(max(α, least), most) }
}
