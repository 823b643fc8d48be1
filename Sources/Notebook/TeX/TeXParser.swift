/// A recursive-descent parser of the TeX subset.
struct TeXParser {
  private let written: String
  let characters: [Character]
  var position = 0
  /// How many groups and commands are open where the parser stands.
  private var depth = 0

  /// A parser and renderers that call themselves need a stack for each level; no lesson's formula has ten.
  static let deepest = 50

  init(_ formula: String) {
    written = formula
    characters = Array(formula)
  }

  /// The whole formula.
  mutating func formula() throws(TeXError) -> [TeXNode] {
    let nodes = try list()
    guard position == characters.count else { throw error(.unexpected(nextToken())) }
    guard !nodes.isEmpty else { throw error(.empty, at: 0) }
    return nodes
  }

  /// Nodes up to the end, or to whatever closes or separates: `}`, `&`, `\\`, `\right`, `\end`, and `]` in an index.
  mutating func list(endingAtBracket: Bool = false) throws(TeXError) -> [TeXNode] {
    try descend()
    defer { ascend() }
    var nodes: [TeXNode] = []
    while true {
      skipSpaces()
      guard let next = peek() else { return nodes }
      if next == "}" || next == "&" || (endingAtBracket && next == "]") { return nodes }
      if next == "\\", ["\\", "right", "end"].contains(commandName()) { return nodes }
      nodes.append(try scripted())
    }
  }

  /// Enters a group or a command.
  mutating func descend() throws(TeXError) {
    guard depth < TeXParser.deepest else { throw error(.tooDeep(limit: TeXParser.deepest)) }
    depth += 1
  }

  mutating func ascend() { depth -= 1 }

  /// A node with its scripts, if it has any.
  private mutating func scripted() throws(TeXError) -> TeXNode {
    let isUnstarredName = peek() == "\\" && commandName() == "operatorname"
    if let next = peek(), "_^'".contains(next) {
      throw error(.badArgument(of: String(next), expected: "a base before it, such as {}"))
    }
    var scripts = TeXScripts(base: try atom(digits: .max))
    var primes: [TeXNode] = []
    while true {
      skipSpaces()
      switch peek() {
      case "'":
        guard scripts.upper == nil else { throw error(.doubleScript("'")) }
        primes.append(.symbol(TeXTable.prime))
        position += 1
      case "_":
        guard scripts.lower == nil else { throw error(.doubleScript("_")) }
        scripts.lower = try script(behind: "_")
      case "^":
        guard scripts.upper == nil else { throw error(.doubleScript("^")) }
        scripts.upper = try script(behind: "^")
      case "\\" where ["limits", "nolimits"].contains(commandName()):
        scripts.placement = commandName()
        position += 1 + commandName().count
      default:
        if !primes.isEmpty { scripts.upper = primes + (scripts.upper ?? []) }
        guard scripts.lower != nil || scripts.upper != nil || scripts.placement != nil else { return scripts.base }
        if isUnstarredName && scripts.placement == nil { scripts.placement = "nolimits" }
        return .scripts(scripts)
      }
    }
  }

  private mutating func script(behind mark: String) throws(TeXError) -> [TeXNode] {
    position += 1
    let start = position
    let script = try argument(of: mark)
    // TeX reads x^10 as x¹0, which nobody means.
    if case .number? = script.first, characters[position - 1].isDigit, peek()?.isDigit == true {
      throw error(.badArgument(of: mark, expected: "braces around several digits"), at: start)
    }
    return script
  }

  /// One node without scripts; of a number, at most so many digits.
  private mutating func atom(digits: Int) throws(TeXError) -> TeXNode {
    guard let next = peek() else { throw error(.empty) }
    if next == "\\" { return try command() }
    if next == "{" { return .group(try group(of: "{")) }
    if next == "~" {
      position += 1
      return .space("~")
    }
    if next.isDigit { return number(digits: digits) }
    guard let symbol = TeXTable.symbol(for: next) else {
      let command = TeXTable.symbols.first { $0.unicode == String(next) && $0.unicode != String($0.source.dropFirst()) }
      throw error(.unexpectedCharacter(next, advice: command?.source))
    }
    position += 1
    return .symbol(symbol)
  }

  private mutating func number(digits: Int) -> TeXNode {
    let start = position
    while position - start < digits, let next = peek() {
      let isPoint = next == "." && position + 1 < characters.count && characters[position + 1].isDigit
      guard next.isDigit || isPoint else { break }
      position += 1
    }
    return .number(String(characters[start..<position]))
  }

  /// `{…}`, a command with its own arguments, or a single character.
  mutating func argument(of command: String) throws(TeXError) -> [TeXNode] {
    skipSpaces()
    let expected = TeXError.Problem.badArgument(of: command, expected: "an argument")
    guard let next = peek(), !"}&_^'".contains(next) else { throw error(expected) }
    if next == "{" { return try group(of: command) }
    if next == "\\", ["\\", "right", "end"].contains(commandName()) { throw error(expected) }
    // As deep as in the braces with which it is written.
    try descend()
    defer { ascend() }
    return [try atom(digits: 1)]
  }

  /// The content of `{…}`.
  mutating func group(of command: String) throws(TeXError) -> [TeXNode] {
    skipSpaces()
    guard peek() == "{" else { throw error(.badArgument(of: command, expected: "{…}")) }
    let opening = position
    position += 1
    let nodes = try list()
    guard let next = peek() else { throw error(.unclosed("{"), at: opening) }
    guard next == "}" else { throw error(.unexpected(nextToken())) }
    position += 1
    return nodes
  }

  /// The content of `{…}` as it stands.
  mutating func plainGroup(of command: String) throws(TeXError) -> String {
    skipSpaces()
    guard peek() == "{" else { throw error(.badArgument(of: command, expected: "{…}")) }
    let opening = position
    position += 1
    var content = ""
    while let next = peek(), next != "}" {
      if next == "\\" {
        let name = commandName()
        guard name.count == 1, #"%#_&{} "#.contains(name) else {
          throw error(.badArgument(of: command, expected: "plain text, without \\\(name)"))
        }
        content += name
        position += 2
      } else if "${`|%#&~^_".contains(next) {
        throw error(.badArgument(of: command, expected: "plain text, without “\(next)”"))
      } else {
        content.append(next.isWhitespace ? " " : next)
        position += 1
      }
    }
    guard peek() == "}" else { throw error(.unclosed("{"), at: opening) }
    position += 1
    return content
  }

  // MARK: Characters

  func peek() -> Character? { position < characters.count ? characters[position] : nil }

  mutating func skipSpaces() {
    while let next = peek(), next.isWhitespace { position += 1 }
  }

  /// The name of the command at the backslash where the parser stands: letters, or one other character.
  func commandName() -> String {
    let start = position + 1
    guard start < characters.count else { return "" }
    var end = start
    while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
    if end == start { return characters[start].isWhitespace ? " " : String(characters[start]) }
    let name = String(characters[start..<end])
    return name == "operatorname" && end < characters.count && characters[end] == "*" ? name + "*" : name
  }

  /// What the parser stands at, to be named in an error.
  func nextToken() -> String {
    guard let next = peek() else { return "end" }
    return next == "\\" ? "\\" + commandName() : String(next)
  }

  func error(_ problem: TeXError.Problem, at offset: Int? = nil) -> TeXError {
    TeXError(problem: problem, offset: offset ?? position, formula: written)
  }
}

extension Character {
  /// Whether this is one of 0 … 9.
  var isDigit: Bool { isASCII && isNumber }
}
