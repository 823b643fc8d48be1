/// How a line relates to the line before it, or a check's value to its bound.
public enum Relation: String, Sendable, Codable {
  case equal = "="
  case atLeast = "≥"
  case atMost = "≤"
  case above = ">"
  case below = "<"
  case approximately = "≈"

  /// The relation as TeX.
  var tex: String {
    switch self {
    case .equal: "="
    case .atLeast: #"\ge"#
    case .atMost: #"\le"#
    case .above: ">"
    case .below: "<"
    case .approximately: #"\approx"#
    }
  }
}

/// A derivation whose every line was evaluated and compared with the line before it.
public struct Derivation: Sendable {
  /// One line.
  public struct Step: Sendable {
    public let formula: TeX
    public let reason: Prose.Inline?
    /// Whether the reason is an argument for any numbers, or the line was only evaluated on these.
    public let isProved: Bool
    /// How the line before relates to this one; nil for the first line.
    public let relation: Relation?
    public let value: Quantity
    /// For an equality ‖a − b‖ / max(‖a‖, ‖b‖, scale); for an inequality the amount by which it is violated over the
    /// same size, 0 if it holds; nil for the first line; NaN if the two shapes differ.
    public let residual: Double?
    public let tolerance: Double
    /// Whether the residual is at most the tolerance. A NaN fails.
    public var passed: Bool { residual.map { $0 <= tolerance } ?? true }
    /// Both as texts that show which is larger, where the line does not hold.
    var residualAgainstTolerance: (String, String) {
      Numeral.distinct(residual ?? .nan, tolerance, significant: 2)
    }
  }

  public let title: Prose.Inline
  public let steps: [Step]

  /// What the value of step `i` shows that the one before it did not: nothing where it is the same number or shape.
  func news(at i: Int) -> String? {
    let summary = steps[i].value.summary
    return i > 0 && steps[i - 1].value.summary == summary ? nil : summary
  }
  public var passed: Bool { steps.allSatisfy(\.passed) }
  /// The largest residual of all lines.
  public var worstResidual: Double { steps.compactMap(\.residual).worst }
}

extension [Double] {
  /// The largest of these and 0; NaN if one of them is.
  var worst: Double { reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 } }
}

/// A derivation in the making: the argument of `lesson.derive`.
///
/// ```swift
/// lesson.derive("A projection splits a squared length") { proof in
///   proof.start(#"\lVert A \rVert_F^2"#, A.squaredNorm)
///   proof.equals(#"\lVert PA \rVert_F^2 + \lVert (I - P)A \rVert_F^2"#, because: "Pythagoras", …)
///   proof.atLeast(#"\lVert PA \rVert_F^2"#, because: "a square is not negative", (P * A).squaredNorm)
/// }
/// ```
public struct Proof {
  struct Line {
    let tex: String
    let reason: String?
    var isProved = true
    let relation: Relation?
    let value: Quantity
    let tolerance: Double
    let scale: Double
  }

  let tolerance: Double
  var lines: [Line] = []

  /// The first line: what is to be transformed.
  public mutating func start(_ tex: String, _ value: some Evaluable) {
    precondition(lines.isEmpty, "a derivation starts once; its next line is equals, atLeast or atMost")
    lines.append(
      Line(tex: tex, reason: nil, relation: nil, value: value.quantity, tolerance: tolerance, scale: 0))
  }

  /// A line that equals the one before it.
  ///
  /// - Parameters:
  ///   - within: the relative tolerance of this line, if not the derivation's.
  ///   - scale: a size below which differences are not relative: that of the terms which cancel in the line.
  public mutating func equals(
    _ tex: String, because reason: String, _ value: some Evaluable, within: Double? = nil, scale: Double = 0
  ) {
    add(.equal, tex, reason, value, within, scale)
  }

  /// A line that equals the one before it on these numbers, which is all that is said of it: no argument is given. `measured`
  /// says which numbers these are.
  public mutating func equals(
    _ tex: String, measured place: String, _ value: some Evaluable, within: Double? = nil, scale: Double = 0
  ) {
    add(.equal, tex, place, value, within, scale)
    lines[lines.count - 1].isProved = false
  }

  /// A line that is near to the one before it, to `within`: what the approximation leaves out is not rounding.
  public mutating func approximates(
    _ tex: String, because reason: String, _ value: some Evaluable, within: Double, scale: Double = 0
  ) {
    add(.approximately, tex, reason, value, within, scale)
  }

  /// A line that the one before it is at least as large as.
  public mutating func atLeast(
    _ tex: String, because reason: String, _ value: Double, within: Double? = nil, scale: Double = 0
  ) {
    add(.atLeast, tex, reason, value, within, scale)
  }

  /// A line that the one before it is at most as large as.
  public mutating func atMost(
    _ tex: String, because reason: String, _ value: Double, within: Double? = nil, scale: Double = 0
  ) {
    add(.atMost, tex, reason, value, within, scale)
  }

  private mutating func add(
    _ relation: Relation, _ tex: String, _ reason: String, _ value: some Evaluable, _ within: Double?, _ scale: Double
  ) {
    precondition(!lines.isEmpty, "a derivation begins with start")
    lines.append(
      Line(
        tex: tex, reason: reason, relation: relation, value: value.quantity, tolerance: within ?? tolerance,
        scale: scale))
  }
}

extension Derivation {
  /// Compares each line of `proof` with the one before it.
  ///
  /// - Throws: `TeXError` or `ProseError` if a formula or a reason is not understood.
  init(title: String, proof: Proof) throws {
    precondition(
      proof.lines.count >= 2, "the derivation \"\(title)\" has \(proof.lines.count) lines: nothing to compare")
    self.title = try Prose.Inline(title)
    var steps: [Step] = []
    for line in proof.lines {
      let residual = line.relation.map { relation in
        Derivation.residual(of: line, relation, after: steps.last?.value)
      }
      steps.append(
        Step(
          formula: try TeX(line.tex), reason: try line.reason.map { try Prose.Inline($0) }, isProved: line.isProved,
          relation: line.relation, value: line.value, residual: residual, tolerance: line.tolerance))
    }
    self.steps = steps
  }

  private static func residual(of line: Proof.Line, _ relation: Relation, after previous: Quantity?) -> Double {
    guard let previous, let distance = previous.distance(to: line.value) else { return .nan }
    let size = max(previous.magnitude, line.value.magnitude, line.scale)
    // The largest of 0 and NaN is 0.
    guard size.isFinite, !distance.isNaN else { return .nan }
    let relative = size == 0 ? 0 : distance / size
    switch (relation, previous, line.value) {
    case (.equal, _, _), (.approximately, _, _): return relative
    case (.atLeast, .scalar(let a), .scalar(let b)): return a >= b ? 0 : relative
    case (.atMost, .scalar(let a), .scalar(let b)): return a <= b ? 0 : relative
    default: return .nan
    }
  }
}
