/// The tree as a line of Unicode.
extension [TeXNode] {
  /// - Parameters:
  ///   - compact: whether the line is a script, without spaces around operators.
  ///   - role: what stands before the line, if anything.
  func unicode(compact: Bool = false, after role: TeXRole? = nil) -> String {
    pieces(compact: compact).resolved(after: role).joined(compact: compact)
  }

  fileprivate func pieces(compact: Bool) -> [UnicodePiece] { flatMap { $0.pieces(compact: compact) } }

  /// Whether the nodes, which are written `text`, are one word, which stays a word without braces around it.
  fileprivate func isWord(_ text: String) -> Bool {
    guard count == 1 else { return false }
    switch self[0] {
    case .text, .font, .function, .operatorName: return text.allSatisfy { $0.isLetter || $0.isNumber }
    default: return false
    }
  }
}

extension TeXNode {
  /// - Parameter compact: whether scripts of this line are scripts of a script.
  fileprivate func pieces(compact: Bool) -> [UnicodePiece] {
    func line(_ nodes: [TeXNode]) -> String { nodes.unicode(compact: compact) }
    func ordinary(_ text: String) -> [UnicodePiece] { [UnicodePiece(text: text, role: .ordinary)] }
    switch self {
    case .symbol(let symbol): return [symbol.piece]
    case .number(let digits): return ordinary(digits)
    case .function(let function):
      let names = ["liminf": "lim inf", "limsup": "lim sup"]
      let text = names[function.name] ?? function.name
      return [UnicodePiece(text: text, role: .function, takesLimits: function.limits)]
    case .operatorName(let body): return [UnicodePiece(text: line(body), role: .function, takesLimits: true)]
    case .text(let content, _): return ordinary(content)
    case .space(let command):
      let blanks = [#"\!"#: "", #"\quad"#: "  ", #"\qquad"#: "    "]
      return [UnicodePiece(text: blanks[command] ?? " ", role: .space)]
    case .group(let body), .boxed(let body): return body.pieces(compact: compact)
    case .scripts(let scripts): return scripts.pieces(compact: compact)
    case .fraction(let over, let under, let command):
      if command == "binom" { return ordinary("(\(line(over)) choose \(line(under)))") }
      return fraction(over, under, compact: compact)
    case .root(let body, let index): return [root(body, index: index, compact: compact)]
    case .accent(let body, let command): return accent(command, on: body, compact: compact)
    case .font(let body, let command): return letters(body, font: command, compact: compact)
    case .fenced(let left, let body, let right):
      let ends = [(left, TeXRole.opening), (right, .closing)].map { delimiter, role in
        UnicodePiece(text: delimiter?.unicode ?? "", role: role, isBar: delimiter?.role == .bar)
      }
      return [ends[0]] + body.pieces(compact: compact).resolved() + [ends[1]]
    case .sized(let symbol, _):
      return [UnicodePiece(text: symbol.unicode, role: symbol.role, isBar: "|‖".contains(symbol.unicode))]
    case .brace(let body, let command):
      var pieces = body.pieces(compact: compact).resolved()
      if pieces.isEmpty || !pieces.isFactor { pieces = pieces.enclosed() }
      pieces[pieces.count - 1].text += command == "underbrace" ? "⏟" : "⏞"
      return pieces
    case .stack(let mark, let base, let command):
      let isBelow = command == "underset"
      let scripts = TeXScripts(base: .group(base), lower: isBelow ? mark : nil, upper: isBelow ? nil : mark)
      return scripts.pieces(compact: compact)
    case .arrow(let label, let command):
      return [UnicodePiece(text: (command == "xleftarrow" ? "←" : "→") + "[\(line(label))]", role: .relation)]
    case .tag(let content): return [UnicodePiece(text: "    ", role: .space)] + ordinary("(\(content))")
    case .style: return []
    case .classed(let body, let command): return [UnicodePiece(text: line(body), role: TeXRole(ofClass: command))]
    case .substack(let rows): return ordinary(rows.map { line($0) }.joined(separator: "; "))
    case .environment(let environment): return environment.pieces()
    }
  }

  private func fraction(_ over: [TeXNode], _ under: [TeXNode], compact: Bool) -> [UnicodePiece] {
    let (top, bottom) = (over.pieces(compact: compact).resolved(), under.pieces(compact: compact).resolved())
    let (numerator, denominator) = (top.joined(compact: compact), bottom.joined(compact: compact))
    if let single = UnicodeScripts.fraction(numerator, denominator) {
      return [UnicodePiece(text: single, role: .ordinary)]
    }
    let left = top.isTerm ? numerator : "(\(numerator))"
    let right = bottom.isFactor ? denominator : "(\(denominator))"
    return [UnicodePiece(text: left + "/" + right, role: .ordinary, isFraction: true)]
  }

  private func root(_ body: [TeXNode], index: [TeXNode]?, compact: Bool) -> UnicodePiece {
    let degree = index?.unicode(compact: true) ?? ""
    let sign =
      switch degree {
      case "3": "∛"
      case "4": "∜"
      default: (UnicodeScripts.superscript(degree) ?? "(\(degree))") + "√"
      }
    let radicand = body.unicode(compact: compact)
    // A root without parentheses is of one number or letter; √x² could be either square.
    let isPlain =
      if body.count == 1, case .number = body[0] { true } else { radicand.count == 1 }
    return UnicodePiece(text: sign + (isPlain ? radicand : "(\(radicand))"), role: .ordinary, isLoose: isPlain)
  }

  private func accent(_ accent: String, on body: [TeXNode], compact: Bool) -> [UnicodePiece] {
    let mark = UnicodeScripts.combiningMark(of: accent)
    var pieces = body.pieces(compact: compact).resolved()
    if accent == "overline" || accent == "underline" {
      let text = pieces.joined(compact: compact).map { String($0) + mark }.joined()
      return [UnicodePiece(text: text, role: .ordinary)]
    }
    if pieces.count == 1, let first = pieces[0].text.first {
      pieces[0].text = String(first) + mark + pieces[0].text.dropFirst()
      return pieces
    }
    pieces = pieces.enclosed()
    pieces[pieces.count - 1].text += mark
    return pieces
  }

  private func letters(_ body: [TeXNode], font: String, compact: Bool) -> [UnicodePiece] {
    let pieces = body.pieces(compact: compact)
    let isWord = pieces.count > 1 && pieces.allSatisfy { $0.role == .ordinary && $0.text.allSatisfy(\.isLetter) }
    if isWord && ["mathrm", "mathit", "mathsf", "mathtt"].contains(font) {
      return [UnicodePiece(text: pieces.map(\.text).joined(), role: .ordinary, isWord: true)]
    }
    return pieces.map { piece in
      var piece = piece
      piece.text = piece.text.map { UnicodeScripts.letter($0, font: font) }.joined()
      return piece
    }
  }
}

extension TeXSymbol {
  fileprivate var piece: UnicodePiece {
    UnicodePiece(
      text: unicode, role: role, isBar: unicode == "|" || unicode == "‖", takesLimits: role == .largeOperator)
  }
}

extension [UnicodePiece] {
  /// In parentheses, unless it is one piece or is enclosed already.
  fileprivate func enclosed() -> Self {
    let pieces = resolved()
    if pieces.isEnclosed || (pieces.count == 1 && !pieces[0].isFraction) { return pieces }
    return [UnicodePiece(text: "(", role: .opening)] + pieces + [UnicodePiece(text: ")", role: .closing)]
  }
}

extension TeXScripts {
  fileprivate func pieces(compact: Bool) -> [UnicodePiece] {
    if case .brace = base { return labelled(compact: compact) }
    var pieces = [base].pieces(compact: compact).enclosedBase()
    var last = pieces.removeLast()
    if placement == "nolimits" { last.takesLimits = false }
    // Each is rendered once: twice at each level would be a million times twenty levels deep.
    let (lowerText, upperText) = (lower?.unicode(compact: true), upper?.unicode(compact: true))
    var (below, isBelowUnicode) = script(lower, lowerText, mark: "_", UnicodeScripts.subscript)
    var (above, isAboveUnicode) = script(upper, upperText, mark: "^", UnicodeScripts.superscript)
    if last.takesLimits, lower != nil, upper != nil, isBelowUnicode != isAboveUnicode {
      // Limits are alike: Σ_{t′=1}^T, because Σ_{t′=1}ᵀ would look like a transpose.
      (below, isBelowUnicode) = script(lower, lowerText, mark: "_") { _ in nil }
      (above, isAboveUnicode) = script(upper, upperText, mark: "^") { _ in nil }
    }
    last.text += isAboveUnicode && !isBelowUnicode ? above + below : below + above
    last.hasLimit = last.takesLimits && lower != nil
    last.isLoose = !isBelowUnicode || !isAboveUnicode || above.hasSuffix("*")
    return pieces + [last]
  }

  /// A brace with its label: `(a + b)⏟[label]`.
  private func labelled(compact: Bool) -> [UnicodePiece] {
    var pieces = [base].pieces(compact: compact)
    for label in [lower, upper].compactMap({ $0 }) {
      pieces[pieces.count - 1].text += "[\(label.unicode())]"
      pieces[pieces.count - 1].isLoose = true
    }
    return pieces
  }

  /// The script of `nodes`, which are written `text`, and whether it is made of Unicode's own characters.
  private func script(
    _ nodes: [TeXNode]?, _ text: String?, mark: String, _ characters: (String) -> String?
  ) -> (text: String, isUnicode: Bool) {
    guard let nodes, let written = text else { return ("", true) }
    let text = written.replacing("′′′", with: "‴").replacing("′′", with: "″")
    if let mapped = characters(text) { return (mapped, true) }
    return (mark + (text.count == 1 || nodes.isWord(written) ? text : "{\(text)}"), false)
  }
}

extension [UnicodePiece] {
  /// A base for scripts: one piece, or several of which the last one closes the first.
  fileprivate func enclosedBase() -> Self {
    if isEmpty { return [UnicodePiece(text: "", role: .ordinary)] }
    // A lone bar or operator keeps its class for the line that it stands in.
    if count == 1 && !self[0].isFraction { return self }
    if allSatisfy({ $0.role == .function }) {
      return [UnicodePiece(text: joined(compact: false), role: .function, takesLimits: contains(where: \.takesLimits))]
    }
    return enclosed()
  }
}
