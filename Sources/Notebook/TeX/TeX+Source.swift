/// The tree as TeX that GitHub shows, in canonical spacing.
extension [TeXNode] {
  /// - Parameter compact: whether only the necessary spaces are written, as in a script.
  func texSource(compact: Bool = false) -> String {
    var result = ""
    var previous = ""
    for (i, node) in enumerated() {
      let next = node.texSource(compact: compact)
      if i > 0, needsSpace(at: i, compact: compact, left: previous, right: next) { result += " " }
      result += next
      previous = next
    }
    return result
  }

  private func needsSpace(at i: Int, compact: Bool, left: String, right: String) -> Bool {
    if left.endsInCommand, right.first?.isLetter == true { return true }
    let (previous, next) = (self[i - 1], self[i])
    // Two numbers side by side would be read as one.
    if right.first?.isDigit == true, left.last.map({ $0.isDigit || $0 == "." }) == true { return true }
    if compact || previous.isSymbol(.opening) || isSign(at: i - 1) { return false }
    if previous.isSymbol(.binary) || previous.isSymbol(.relation) || previous.isSymbol(.punctuation) { return true }
    if next.isSymbol(.binary) || next.isSymbol(.relation) { return true }
    if left.last == "/" || right.first.map(")],;/".contains) == true { return false }
    switch previous {
    case .scripts(let scripts): return right.first != "(" || scripts.base.isOperator
    default: return right.first != "(" && (left.last == "}" || left.endsInCommand || right.first == "\\")
    }
  }

  /// Whether the node is an operator without a left operand, as the − of −x.
  private func isSign(at i: Int) -> Bool {
    guard self[i].isSymbol(.binary) else { return false }
    return i == 0 || [.binary, .relation, .opening, .punctuation].contains { self[i - 1].isSymbol($0) }
  }

  /// As the argument of a script, without braces around a single mark.
  fileprivate var texScript: String {
    if count == 1 {
      switch self[0] {
      case .symbol(let symbol) where symbol.source.count == 1 || symbol.role == .ordinary: return symbol.source
      case .number(let digits) where digits.count == 1: return digits
      default: break
      }
    }
    return "{" + texSource(compact: true) + "}"
  }
}

extension TeXNode {
  fileprivate func texSource(compact: Bool) -> String {
    func braced(_ nodes: [TeXNode]) -> String { "{" + nodes.texSource(compact: compact) + "}" }
    switch self {
    case .symbol(let symbol): return symbol.source
    case .number(let digits): return digits
    case .function(let function): return "\\" + function.name
    case .operatorName(let body): return #"\mathop{\mathrm"# + braced(body) + "}"
    case .text(let content, let command): return "\\" + command + "{" + content.texEscaped + "}"
    case .space(let command): return command
    case .group(let body): return braced(body)
    case .scripts(let scripts): return scripts.texSource(compact: compact)
    case .fraction(let over, let under, let command): return "\\" + command + braced(over) + braced(under)
    case .root(let body, let index):
      return #"\sqrt"# + (index.map { "[" + $0.texSource(compact: true) + "]" } ?? "") + braced(body)
    case .accent(let body, let command), .font(let body, let command), .brace(let body, let command),
      .classed(let body, let command), .arrow(let body, let command):
      return "\\" + command + braced(body)
    case .fenced(let left, let body, let right):
      let content = body.isEmpty ? "" : body.texSource(compact: compact) + " "
      return #"\left"# + (left?.source ?? ".") + " " + content + #"\right"# + (right?.source ?? ".")
    case .sized(let symbol, let command): return "\\" + command + symbol.source
    case .stack(let mark, let base, let command): return "\\" + command + braced(mark) + braced(base)
    case .boxed(let body): return #"\boxed"# + braced(body)
    case .tag(let content): return #"\tag{"# + content.texEscaped + "}"
    case .style(let name): return "\\" + name
    case .substack(let rows):
      return #"\substack{"# + rows.map { $0.texSource(compact: true) }.joined(separator: #" \\ "#) + "}"
    case .environment(let environment): return environment.texSource
    }
  }

  fileprivate func isSymbol(_ role: TeXRole) -> Bool {
    if case .symbol(let symbol) = self { symbol.role == role } else { false }
  }

  /// Whether this is Σ or the name of a function.
  fileprivate var isOperator: Bool {
    switch self {
    case .function, .operatorName: true
    default: isSymbol(.largeOperator)
    }
  }
}

extension TeXScripts {
  fileprivate func texSource(compact: Bool) -> String {
    var result = [base].texSource(compact: compact)
    result += placement.map { "\\" + $0 } ?? ""
    var rest = upper ?? []
    while rest.first == .symbol(TeXTable.prime) {
      result += "'"
      rest.removeFirst()
    }
    if let lower { result += "_" + lower.texScript }
    if !rest.isEmpty || upper?.isEmpty == true { result += "^" + rest.texScript }
    return result
  }
}

extension TeXEnvironment {
  fileprivate var texSource: String {
    let lines = rows.map { row in
      row.enumerated().map { j, cell in
        let separator = j == 0 ? "" : cell.isEmpty || cell[0].isSymbol(.relation) ? "&" : "& "
        return separator + cell.texSource()
      }.joined(separator: " ").trimmingBlanks
    }
    let isMultiline = kind.breaksLines
    let opening = "\\begin{\(kind.rawValue)}" + (columns.isEmpty ? "" : "{\(columns)}")
    let body = lines.joined(separator: isMultiline ? " \\\\\n" : #" \\ "#)
    let separator = isMultiline ? "\n" : " "
    return opening + separator + body + separator + "\\end{\(kind.rawValue)}"
  }
}

extension String {
  /// Whether the last token is a command spelt in letters, which a letter after it would lengthen.
  fileprivate var endsInCommand: Bool {
    var head = self[...]
    while let last = head.last, last.isASCII, last.isLetter { head.removeLast() }
    return head.endIndex < endIndex && head.last == "\\" && !head.hasSuffix(#"\\"#)
  }

  /// Plain text as the argument of `\text`.
  fileprivate var texEscaped: String {
    map { "%#_&{}".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
