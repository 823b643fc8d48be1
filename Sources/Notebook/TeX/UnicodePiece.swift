/// A part of a formula on a line of text, with what decides the space around it.
struct UnicodePiece {
  var text: String
  var role: TeXRole
  /// A ‖ or |, which wants more room than a parenthesis.
  var isBar = false
  /// A word rather than a letter.
  var isWord = false
  /// Ends in a script that a letter after it would seem to continue, as in `‖A‖_F`.
  var isLoose = false
  /// An operator whose scripts are limits: Σ, min.
  var takesLimits = false
  /// Has a limit below it.
  var hasLimit = false
  /// A fraction `a/b`, still without parentheses.
  var isFraction = false
}

extension [UnicodePiece] {
  /// The pieces with bars turned into opening and closing ones, operators without a left operand into signs, and
  /// fractions parenthesised where a neighbour could be taken for a part of them.
  ///
  /// - Parameter role: what stands before the first piece, if anything.
  func resolved(after role: TeXRole? = nil) -> Self {
    var result: Self = []
    var previous = role
    var open: [String] = []
    for var piece in self {
      let lacksOperand =
        switch previous {
        case nil, .largeOperator, .function, .binary, .sign, .relation, .opening, .punctuation: true
        default: false
        }
      switch piece.role {
      case .bar:
        let kind = String(piece.text.prefix(1))
        if open.last == kind && !lacksOperand {
          open.removeLast()
          piece.role = .closing
        } else {
          open.append(kind)
          piece.role = .opening
        }
      case .binary where lacksOperand: piece.role = .sign
      case .opening: open.append("(")
      // Closes the bars within it too: the one of p(x|z) has no partner.
      case .closing: while let last = open.popLast(), last != "(" {}
      default: break
      }
      result.append(piece)
      if piece.role != .space { previous = piece.role }
    }
    return result.parenthesisingFractions()
  }

  private func parenthesisingFractions() -> Self {
    var result: Self = []
    for (i, piece) in enumerated() {
      guard piece.isFraction else {
        result.append(piece)
        continue
      }
      let before = self[..<i].last { $0.role != .space }
      let after = self[(i + 1)...].first { $0.role != .space }
      let joinsBefore =
        switch before?.role {
        case .ordinary, .closing, .function: true
        default: false
        }
      let joinsAfter =
        switch after?.role {
        case .ordinary, .opening, .largeOperator, .function: true
        default: false
        }
      guard joinsBefore || joinsAfter else {
        result.append(piece)
        continue
      }
      var inner = piece
      inner.isFraction = false
      result += [UnicodePiece(text: "(", role: .opening), inner, UnicodePiece(text: ")", role: .closing)]
    }
    return result
  }

  /// The line of text.
  ///
  /// - Parameter compact: whether operators, relations and commas stand without spaces, as in scripts.
  func joined(compact: Bool) -> String {
    var line = ""
    var previous: UnicodePiece?
    for piece in self where !piece.text.isEmpty {
      if piece.role == .space {
        if !line.hasSuffix(" ") || piece.text.count > 1 { line += piece.text }
        continue
      }
      if let previous, !line.hasSuffix(" "), !piece.text.hasPrefix(" "),
        previous.needsSpace(before: piece, compact: compact)
      {
        line += " "
      }
      line += piece.text
      previous = piece
    }
    return line
  }

  // MARK: What needs parentheses

  /// Whether the first piece opens what the last one closes.
  var isEnclosed: Bool {
    guard first?.role == .opening else { return false }
    var depth = 0
    for (i, piece) in enumerated() {
      if piece.role == .opening { depth += 1 }
      if piece.role == .closing { depth -= 1 }
      if depth == 0 { return i == count - 1 }
    }
    return false
  }

  /// Whether the pieces are one factor: `x²`, `p(x)`, `(a + b)`, `∂x`; the denominator of `a/p(x)`.
  var isFactor: Bool {
    let pieces = filter { $0.role != .space }
    // ∂x is a factor as x is, and so is ∂²x.
    let rest = pieces.dropLast().drop { $0.role == .ordinary && ["∂", "δ", "d"].contains($0.text.prefix(1)) }
    let factor = Array(rest + pieces.suffix(1))
    guard let first = factor.first else { return true }
    if factor.count == 1 { return !first.isFraction && first.role != .function && first.role != .largeOperator }
    if factor.isEnclosed { return true }
    return (first.role == .ordinary || first.role == .function) && Array(factor.dropFirst()).isEnclosed
  }

  /// Whether the pieces are one product, perhaps with a sign: the numerator of `−2x/b`.
  var isTerm: Bool {
    if isFactor { return true }
    var depth = 0
    for (i, piece) in enumerated() {
      if piece.role == .closing { depth -= 1 }
      defer { if piece.role == .opening { depth += 1 } }
      guard depth == 0 else { continue }
      switch piece.role {
      case .binary, .relation, .punctuation, .largeOperator, .function: return false
      case .sign where i > 0: return false
      default: if piece.isFraction || piece.text == "/" { return false }
      }
    }
    return true
  }
}

extension UnicodePiece {
  /// The spaces of TeX, thick and thin alike one blank, and none where a line of text reads better without.
  fileprivate func needsSpace(before next: UnicodePiece, compact: Bool) -> Bool {
    let (left, right) = (role, next.role)
    if right == .closing || right == .punctuation || left == .sign { return false }
    if left == .opening { return false }
    if left == .binary || right == .binary || left == .relation || right == .relation {
      return !compact && !(left == .relation && right == .relation)
    }
    if left == .punctuation { return !compact }
    if right == .largeOperator || right == .function { return true }
    if left == .largeOperator { return true }
    if left == .function { return right != .opening || next.isBar || hasLimit }
    if left == .inner || right == .inner { return !compact }
    if isBar && left == .closing { return right == .ordinary || next.isBar }
    if right == .ordinary { return isLoose || isWord || next.isWord || (left == .closing && next.isLoose) }
    return false
  }
}
