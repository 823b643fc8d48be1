/// The commands, each with its arguments.
extension TeXParser {
  /// The command at the backslash where the parser stands.
  mutating func command() throws(TeXError) -> TeXNode {
    try descend()
    defer { ascend() }
    let start = position
    let name = commandName()
    guard let command = TeXTable.commands[name] else {
      if let advice = TeXTable.advice(forRefused: name) {
        throw error(.refusedByGitHub("\\" + name, advice: advice))
      }
      throw error(.unknownCommand("\\" + name))
    }
    position += 1 + name.count
    let written = "\\" + name
    switch command {
    case .symbol(let symbol): return .symbol(symbol)
    case .function(let function): return .function(function)
    case .space: return .space(written)
    case .style: return .style(name)
    case .text: return .text(try plainGroup(of: written), command: name)
    case .tag: return .tag(try plainGroup(of: written))
    case .boxed: return .boxed(try group(of: written))
    case .accent: return .accent(try argument(of: written), command: name)
    case .font: return .font(try argument(of: written), command: name)
    case .brace: return .brace(try group(of: written), command: name)
    case .arrow: return .arrow(label: try group(of: written), command: name)
    case .classed: return .classed(try argument(of: written), command: name)
    case .operatorName: return .operatorName(try group(of: written))
    case .mathop:
      let content = try group(of: written)
      guard content.count == 1, case .font(let body, "mathrm") = content[0] else {
        throw error(.badArgument(of: written, expected: #"{\mathrm{…}}"#), at: start)
      }
      return .operatorName(body)
    case .fraction:
      let over = try argument(of: written)
      return .fraction(over, try argument(of: written), command: name)
    case .stack:
      let mark = try argument(of: written)
      return .stack(mark: mark, base: try argument(of: written), command: name)
    case .root: return try root()
    case .left: return try fenced(from: start)
    case .sized(let role):
      guard var symbol = try delimiter(of: written) else {
        throw error(.badArgument(of: written, expected: "a delimiter"))
      }
      symbol.role = role
      return .sized(symbol, command: name)
    case .substack: return .substack(try rows(of: written, from: start))
    case .begin: return try environment(from: start)
    }
  }

  private mutating func root() throws(TeXError) -> TeXNode {
    skipSpaces()
    guard peek() == "[" else { return .root(try argument(of: #"\sqrt"#), index: nil) }
    let opening = position
    position += 1
    let index = try list(endingAtBracket: true)
    guard peek() == "]" else { throw error(.unclosed("["), at: opening) }
    position += 1
    return .root(try argument(of: #"\sqrt"#), index: index)
  }

  private mutating func fenced(from start: Int) throws(TeXError) -> TeXNode {
    let left = try delimiter(of: #"\left"#)
    let content = try list()
    guard peek() == "\\", commandName() == "right" else {
      if peek() == nil { throw error(.unclosed(#"\left"#), at: start) }
      throw error(.unexpected(nextToken()))
    }
    position += 1 + "right".count
    return .fenced(left: left, content, right: try delimiter(of: #"\right"#))
  }

  /// A delimiter; nil for the invisible one, `.`.
  private mutating func delimiter(of command: String) throws(TeXError) -> TeXSymbol? {
    skipSpaces()
    let expected = TeXError.Problem.badArgument(of: command, expected: "a delimiter such as ( or . for none")
    guard let next = peek() else { throw error(expected) }
    var symbol: TeXSymbol?
    var length = 1
    if next == "\\" {
      let name = commandName()
      if case .symbol(let known)? = TeXTable.commands[name] { symbol = known }
      length += name.count
    } else if next == "." {
      position += 1
      return nil
    } else {
      symbol = TeXTable.symbol(for: next)
    }
    guard let symbol else { throw error(expected) }
    let isDelimiter =
      switch symbol.role {
      case .opening, .closing, .bar: !"!?".contains(symbol.unicode)
      default: ["/", "\\", "↑", "↓"].contains(symbol.unicode)
      }
    guard isDelimiter else { throw error(expected) }
    position += length
    return symbol
  }

  /// The rows of `\substack{…}`.
  private mutating func rows(of command: String, from start: Int) throws(TeXError) -> [[TeXNode]] {
    skipSpaces()
    guard peek() == "{" else { throw error(.badArgument(of: command, expected: "{…}")) }
    position += 1
    var rows = [try list()]
    while peek() == "\\", commandName() == "\\" {
      position += 2
      rows.append(try list())
    }
    guard peek() == "}" else {
      if peek() == nil { throw error(.unclosed(command), at: start) }
      throw error(.unexpected(nextToken()))
    }
    position += 1
    return rows
  }

  private mutating func environment(from start: Int) throws(TeXError) -> TeXNode {
    let name = try plainGroup(of: #"\begin"#)
    guard let kind = TeXEnvironment.Kind(rawValue: name) else { throw error(.unknownEnvironment(name), at: start) }
    var environment = TeXEnvironment(kind: kind, columns: "", rows: [])
    if kind == .array {
      environment.columns = try plainGroup(of: #"\begin{array}"#)
      guard environment.columns.allSatisfy({ "lcr".contains($0) }) else {
        throw error(.badArgument(of: #"\begin{array}"#, expected: "columns of l, c and r"))
      }
    }
    var row: [[TeXNode]] = []
    while true {
      row.append(try list())
      switch nextToken() {
      case "&": position += 1
      case #"\\"#:
        position += 2
        environment.rows.append(row)
        row = []
      case #"\end"#:
        // A row break before \end does not begin another row, nor do several.
        environment.rows.append(row)
        while environment.rows.last == [[]] { environment.rows.removeLast() }
        let end = position
        position += 1 + "end".count
        guard try plainGroup(of: #"\end"#) == name else { throw error(.unexpected(#"\end"#), at: end) }
        guard !environment.rows.isEmpty else {
          throw error(.badArgument(of: "\\begin{\(name)}", expected: "a row"), at: start)
        }
        return .environment(environment)
      case "end" where peek() == nil: throw error(.unclosed("\\begin{\(name)}"), at: start)
      default: throw error(.unexpected(nextToken()))
      }
    }
  }
}
