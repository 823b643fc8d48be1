/// A Swift file in tokens, and where its expressions begin and end.
struct SourceFile {
  let characters: [Character]
  let lines: [Substring]
  let tokens: [Token]
  /// For each bracket the place of the other one.
  private var partners: [Int: Int] = [:]
  /// For each token the place of the innermost bracket that is open there.
  private var surroundings: [Int?] = []

  init(_ text: String) {
    characters = Array(text)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    tokens = Lexer.tokens(of: characters)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind == .closing, let partner = open.popLast() {
        partners[partner] = index
        partners[index] = partner
      }
      surroundings.append(open.last)
      if token.kind == .opening { open.append(index) }
    }
  }

  func text(_ range: Range<Int>) -> String { String(characters[range]) }

  /// Of the brackets that are opened or closed at `index`.
  func partner(of index: Int) -> Int? { partners[index] }

  /// The innermost bracket that is open at `index`.
  func bracket(around index: Int) -> Int? { surroundings[index] }

  subscript(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

  // MARK: Operators

  private static let precedences: [String: Int] = {
    let levels: [(Int, String)] = [
      (9, "<< >> &<< &>>"), (8, "* / % & &* ⊙ .*"), (7, "+ - | ^ &+ &- .+ .-"), (6, "..< ..."), (4, "??"),
      (3, "< <= > >= == != === !== ~="), (2, "&&"), (1, "||"), (0, "?"),
      (-1, "= += -= *= /= %= &= |= ^= <<= >>= ⊙= &+= &-= &*= ->"),
    ]
    let pairs = levels.flatMap { level, names in names.split(separator: " ").map { (String($0), level) } }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  /// How tightly the operator at `index` binds, if it stands between two operands.
  func precedence(_ index: Int) -> Int? {
    let token = tokens[index]
    guard token.kind == .symbol, let level = Self.precedences[token.text] else { return nil }
    return token.isSpaced || level == 6 ? level : nil
  }

  // MARK: Statements

  private static let declaring: Set = [
    "func", "struct", "enum", "class", "protocol", "extension", "init", "subscript", "typealias", "associatedtype",
    "import", "operator", "case", "actor", "precedencegroup",
  ]
  static let leading: Set = [
    "return", "throw", "try", "await", "in", "if", "guard", "while", "else", "let", "var", "case", "where", "switch",
    "for", "repeat", "do", "catch", "yield", "default", "inout", "some", "any",
  ]

  /// Whether the line break at `index` ends a statement, or an element between brackets.
  func endsStatement(_ index: Int) -> Bool {
    guard let before = tokens[..<index].last(where: { $0.kind != .newline }) else { return true }
    let after = tokens[index...].first { $0.kind != .newline }
    let goesOn = before.kind == .symbol && before.isSpaced || before.kind == .comma
    let isContinued = after.map {
      $0.kind == .dot || $0.kind == .colon || $0.kind == .symbol && $0.isSpaced || $0.text == "where"
    }
    return !goesOn && isContinued != true
  }

  /// The words and symbols before `index` within its statement and its brackets, nearest first; those in brackets beside it
  /// are left out.
  func statementBefore(_ index: Int) -> [Token] {
    var found: [Token] = []
    var place = index - 1
    while place >= 0 {
      let token = tokens[place]
      if token.kind == .opening || token.kind == .semicolon { break }
      if token.kind == .newline, endsStatement(place) { break }
      if token.kind == .closing {
        guard let partner = partner(of: place) else { break }
        place = partner
      } else {
        found.append(token)
      }
      place -= 1
    }
    // What follows `case …:` or `default:` is a statement of its own.
    if ["case", "default"].contains(found.last?.text), let colon = found.lastIndex(where: { $0.kind == .colon }) {
      return Array(found[..<colon])
    }
    return found
  }

  /// Whether `index` stands in the body of an initialiser, where each property has to be given a value.
  func isInInitialiser(_ index: Int) -> Bool {
    var place = index
    while let bracket = bracket(around: place) {
      if statementBefore(bracket).contains(where: { $0.text == "init" }) { return true }
      place = bracket
    }
    return false
  }

  /// Whether `index` stands in a declaration or a pattern, where what looks like an expression is none.
  func isDeclaration(_ index: Int) -> Bool {
    statementBefore(index).contains { $0.kind == .word && Self.declaring.contains($0.text) }
  }

  /// Whether a brace after `index` opens the body of an `if` or its like, and not a closure.
  private func isHeader(_ index: Int) -> Bool {
    statementBefore(index).contains { ["if", "while", "guard", "for", "switch", "catch"].contains($0.text) }
  }

  // MARK: Expressions

  /// The tokens around `index` that make up an expression of operators that bind at least as tightly as `level`, if all of it
  /// stands in one line.
  func expression(around index: Int, level: Int) -> ClosedRange<Int>? {
    guard let first = end(from: index, step: -1, level: level), let last = end(from: index, step: 1, level: level)
    else {
      return nil
    }
    let isOneLine = tokens[first...last].allSatisfy { $0.line == tokens[index].line }
    let length = tokens[last].range.upperBound - tokens[first].range.lowerBound
    return isOneLine && length <= 160 ? first...last : nil
  }

  private func end(from index: Int, step: Int, level: Int) -> Int? {
    var (last, place) = (index, index + step)
    while let token = self[place] {
      switch token.kind {
      case .comma, .colon, .semicolon, .attribute: return last
      case .newline:
        guard endsStatement(place) else { return bracketsEnd(place, step) ? last : nil }
        return last
      case (step < 0 ? .opening : .closing): return last
      case (step < 0 ? .closing : .opening):
        if step > 0, token.text == "{", isHeader(index) { return last }
        guard let partner = partner(of: place) else { return nil }
        place = partner
      case .symbol:
        if let other = precedence(place), other < level { return last }
        if token.isSpaced, precedence(place) == nil { return nil }
      case .word:
        if token.text == "as" || token.text == "is" { return nil }
        if Self.leading.contains(token.text) { return last }
      default: break
      }
      last = place
      place += step
    }
    return last
  }

  /// Whether the line break at `index` stands directly beside a comma or a bracket, on the side that `step` comes from.
  private func bracketsEnd(_ index: Int, _ step: Int) -> Bool {
    let beyond =
      step < 0 ? tokens[..<index].last { $0.kind != .newline } : tokens[index...].first { $0.kind != .newline }
    return beyond.map { $0.kind == .comma || $0.kind == .opening || $0.kind == .closing } ?? true
  }
}
