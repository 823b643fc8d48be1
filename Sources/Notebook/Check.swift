/// A claim, the figure that was measured for it and the bound that the figure must keep.
public struct Check: Sendable {
  public let claim: Prose.Inline
  public let value: Double
  public let relation: Relation
  public let bound: Double
  /// Why the bound is what it is: where it comes from, so that a reader can tell a tuned one.
  public let reason: Prose.Inline?
  /// How many values were compared; the worst of them is the one shown.
  public let count: Int
  /// For an equality, the largest |value − bound| relative to the sizes compared, and what it may be.
  public let deviation: (measured: Double, allowed: Double)?
  public let passed: Bool

  /// A value below, above, at most or at least a bound. NaN keeps no bound.
  init(claim: Prose.Inline, value: Double, relation: Relation, bound: Double, reason: Prose.Inline? = nil) {
    self.claim = claim
    self.value = value
    self.relation = relation
    self.bound = bound
    self.reason = reason
    count = 1
    deviation = nil
    switch relation {
    case .below: passed = value < bound
    case .above: passed = value > bound
    case .atMost: passed = value <= bound
    case .atLeast: passed = value >= bound
    case .equal, .approximately: passed = value == bound
    }
  }

  /// Every value equals its expectation: |vᵢ − eᵢ| ≤ `tolerance` · max(|vᵢ|, |eᵢ|, `scale`). The pair that deviates
  /// most is the one shown.
  init(
    claim: Prose.Inline, values: [Double], equal expected: [Double], within tolerance: Double, scale: Double,
    reason: Prose.Inline? = nil
  ) {
    precondition(
      values.count == expected.count && !values.isEmpty, "\(values.count) values against \(expected.count) expected")
    var worst = (index: 0, deviation: -1.0)
    for (index, (value, target)) in zip(values, expected).enumerated() {
      let size = max(abs(value), abs(target), scale)
      let deviation = value == target ? 0 : abs(value - target) / size
      if !(deviation <= worst.deviation) { worst = (index, deviation) }
      if deviation.isNaN { break }
    }
    self.claim = claim
    value = values[worst.index]
    relation = .equal
    bound = expected[worst.index]
    self.reason = reason
    count = values.count
    deviation = (worst.deviation, tolerance)
    passed = worst.deviation <= tolerance
  }

  /// `0.31 < 0.5`, or for an equality `1.9 = 1.9 to 2e-16, allowed 1e-12`, of several `63 values, at worst to 2e-16, allowed
  /// 1e-12`; if it does not hold, `0.61, which is not < 0.5` or `4, which is not 5: deviation 0.2, allowed 1e-12`.
  public var statement: String {
    // As many digits as show which is the larger, where that is what is claimed or denied.
    let isCompared = !passed || relation == .below || relation == .above
    let (value, bound) =
      isCompared ? Numeral.distinct(value, bound) : (Numeral.short(value), Numeral.short(bound))
    guard let deviation else {
      return passed ? "\(value) \(relation.rawValue) \(bound)" : "\(value), which is not \(relation.rawValue) \(bound)"
    }
    let (measured, allowed) = Numeral.distinct(deviation.measured, deviation.allowed, significant: 2)
    guard passed else { return "\(value), which is not \(bound): deviation \(measured), allowed \(allowed)" }
    let limit = deviation.allowed > 0 ? ", allowed \(allowed)" : ""
    let isExact = deviation.measured == 0
    if count > 1 {
      return "\(count) values, " + (isExact ? "all to the last bit" : "at worst to \(measured)") + limit
    }
    if isExact, self.value == 0 { return "exactly 0" + limit }
    return "\(value) = \(bound) " + (isExact ? "to the last bit" : "to \(measured)") + limit
  }
}
