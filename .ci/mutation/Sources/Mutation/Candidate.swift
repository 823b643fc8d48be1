/// A place where a fault can be planted.
struct Candidate: Equatable {
  enum Kind: String, CaseIterable {
    case arithmetic, comparison, logic, extremum, ternary, condition, assignment, statement, sign, negation, literal
    case boolean
  }

  var kind: Kind
  /// Counted from 0.
  var line: Int
  /// The line without its indentation, as it is and with the fault.
  var original: String
  var faulty: String
  /// The characters of the file that `edit` takes the place of.
  var range: Range<Int>
  /// The same with a fault that can be switched on; `#` is its number.
  var edit: String
}

/// Finds where faults can be planted in a file.
struct Candidates {
  private let file: SourceFile
  private var found: [Candidate] = []

  /// Those of `text`, in the order in which they stand there.
  static func all(in text: String) -> [Candidate] {
    var candidates = Candidates(file: SourceFile(text))
    for (index, token) in candidates.file.tokens.enumerated() where !token.isConditional {
      candidates.visit(token, index)
    }
    return candidates.found
  }

  private init(file: SourceFile) { self.file = file }

  private static let operators: [String: (Candidate.Kind, String)] = [
    "+": (.arithmetic, "-"), "-": (.arithmetic, "+"), "*": (.arithmetic, "+"), "/": (.arithmetic, "*"),
    "%": (.arithmetic, "/"), "&+": (.arithmetic, "&-"), "&-": (.arithmetic, "&+"), "&*": (.arithmetic, "&+"),
    ">>": (.arithmetic, "<<"), "<<": (.arithmetic, ">>"), "&": (.arithmetic, "|"), "|": (.arithmetic, "&"),
    "^": (.arithmetic, "|"), ".+": (.arithmetic, ".-"), ".-": (.arithmetic, ".+"), "⊙": (.arithmetic, "+"),
    "<": (.comparison, "<="), "<=": (.comparison, "<"), ">": (.comparison, ">="), ">=": (.comparison, ">"),
    "==": (.comparison, "!="), "!=": (.comparison, "=="), "&&": (.logic, "||"), "||": (.logic, "&&"),
  ]
  private static let assignments = ["+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=", "&=": "|="]

  private mutating func visit(_ token: Token, _ index: Int) {
    switch token.kind {
    case .symbol: visitSymbol(token, index)
    case .number: visitNumber(token, index)
    case .word:
      switch token.text {
      case "true", "false":
        guard !file.isDeclaration(index) || file[index - 1]?.text == "=" else { return }
        let other = token.text == "true" ? "false" : "true"
        add(.boolean, index...index, swapping: index, for: other)
      case "min", "max":
        guard file[index - 1]?.kind != .dot, file[index - 1]?.text != "func", file[index + 1]?.text == "(",
          let end = file.partner(of: index + 1)
        else { return }
        add(.extremum, index...end, swapping: index, for: token.text == "min" ? "max" : "min")
      case "if", "while", "guard": visitConditions(token, index)
      default: break
      }
    default: break
    }
    visitStatement(index)
  }

  // MARK: Kinds of faults

  private mutating func visitSymbol(_ token: Token, _ index: Int) {
    guard !file.isDeclaration(index) else { return }
    if let level = file.precedence(index) {
      if let (kind, other) = Self.operators[token.text] {
        // A string, or a list that another is joined to, has no difference.
        let isText =
          ["+", "*"].contains(token.text) && ([index - 1, index + 1].contains { file[$0]?.kind == .string })
          || file[index + 1]?.text == "["
        guard !isText, let range = file.expression(around: index, level: level) else { return }
        add(kind, range, swapping: index, for: other)
      } else if let other = Self.assignments[token.text], let range = statement(around: index) {
        let (old, new) = (text(range), text(range, swapping: index, for: other))
        add(.assignment, range, "if faultIsOn(#) { \(new) } else { \(old) }", faulty: new)
      } else if token.text == "?", let range = file.expression(around: index, level: 1), range.lowerBound < index {
        let condition = range.lowerBound...index - 1
        add(.ternary, condition, "(\(text(condition))) != faultIsOn(#)", faulty: "!(\(text(condition)))")
      }
    } else if token.isPrefix, token.text == "-" || token.text == "!", let range = operand(after: index) {
      let new = text(index + 1...range.upperBound)
      add(token.text == "-" ? .sign : .negation, range, "(faultIsOn(#) ? \(new) : \(text(range)))", faulty: new)
    }
  }

  private mutating func visitNumber(_ token: Token, _ index: Int) {
    let digits = token.text.filter { $0 != "_" }
    guard file[index - 1]?.kind != .dot, file[index - 1]?.kind != .attribute,
      digits.allSatisfy({ $0.isNumber || $0 == "." })
    else { return }
    let isRawValue = file.statementBefore(index).contains { $0.text == "case" }
    guard !isRawValue, !file.isDeclaration(index) else { return }
    let new: String
    if let number = Int(digits) {
      new = "\(number + 1)"
    } else if let number = Double(digits) {
      new = number == 0 ? "1.0" : "\(2 * number)"
    } else {
      return
    }
    add(.literal, index...index, swapping: index, for: new)
  }

  /// The parts of a condition, each for itself: never met, and where no loop becomes endless, always.
  private mutating func visitConditions(_ token: Token, _ index: Int) {
    var start = index + 1
    var place = start
    while let next = file[place] {
      let isEnd = next.text == "{" && next.kind == .opening || next.text == "else" || next.kind == .comma
      if isEnd {
        if place > start { addCondition(token.text, start...place - 1) }
        guard next.kind == .comma else { return }
        start = place + 1
      } else if next.kind == .opening {
        guard let partner = file.partner(of: place) else { return }
        place = partner
      }
      place += 1
    }
  }

  private mutating func addCondition(_ keyword: String, _ part: ClosedRange<Int>) {
    let tokens = file.tokens[part].drop { $0.kind == .newline }
    guard let first = tokens.first, let last = tokens.last(where: { $0.kind != .newline }), first.line == last.line,
      !["let", "var", "case", "try", "await", "_"].contains(first.text), first.text.first != "#"
    else { return }
    let range = tokens.startIndex...(file.tokens[part].lastIndex { $0.kind != .newline } ?? part.upperBound)
    let condition = text(range)
    if keyword != "guard" {
      add(.condition, range, "!faultIsOn(#) && (\(condition))", faulty: "false")
    }
    if keyword != "while" {
      add(.condition, range, "(faultIsOn(#) || (\(condition)))", faulty: "true")
    }
  }

  /// A call or an assignment in a line of its own, left out.
  private mutating func visitStatement(_ index: Int) {
    guard let token = file[index], token.kind == .word, file[index - 1]?.kind == .newline,
      !SourceFile.leading.subtracting(["try"]).contains(token.text), file.endsStatement(index - 1),
      let range = statement(around: index), range.lowerBound == index, range.count > 2,
      !file.isDeclaration(range.upperBound), !file.isInInitialiser(index)
    else { return }
    let words = file.tokens[range]
    let isAssignment = range.contains { file.precedence($0) == -1 && file.tokens[$0].text != "->" }
    let isCall = words.last?.text == ")" && file[range.lowerBound + 1].map { $0.text == "(" || $0.kind == .dot } == true
    let follows = file.tokens[..<index].last { $0.kind != .newline }?.text != "{"
    let declares = words.contains { ["let", "var", "func", "init", "case"].contains($0.text) }
    guard !declares, isAssignment || isCall && follows else { return }
    add(.statement, range, "if !faultIsOn(#) { \(text(range)) }", faulty: "")
  }

  // MARK: Ranges of tokens

  /// The statement that `index` stands in, if it is alone in its line or in its braces.
  private func statement(around index: Int) -> ClosedRange<Int>? {
    guard let bracket = file.bracket(around: index), file[bracket]?.text == "{",
      let range = file.expression(around: index, level: -1)
    else { return nil }
    guard let before = file[range.lowerBound - 1], let after = file[range.upperBound + 1] else { return nil }
    let begins = before.kind == .newline || before.text == "{" || before.text == "in" || before.kind == .semicolon
    let ends = after.kind == .newline || after.text == "}" || after.kind == .semicolon
    return begins && ends ? range : nil
  }

  /// The prefix operator at `index` and what it applies to.
  private func operand(after index: Int) -> ClosedRange<Int>? {
    guard let range = file.expression(around: index + 1, level: 10), range.upperBound > index else { return nil }
    return range.lowerBound == index ? range : nil
  }

  // MARK: Text

  private func characters(_ range: ClosedRange<Int>) -> Range<Int> {
    file.tokens[range.lowerBound].range.lowerBound..<file.tokens[range.upperBound].range.upperBound
  }

  private func text(_ range: ClosedRange<Int>) -> String { file.text(characters(range)) }

  private func text(_ range: ClosedRange<Int>, swapping index: Int, for other: String) -> String {
    let (whole, token) = (characters(range), file.tokens[index].range)
    return file.text(whole.lowerBound..<token.lowerBound) + other + file.text(token.upperBound..<whole.upperBound)
  }

  private mutating func add(_ kind: Candidate.Kind, _ range: ClosedRange<Int>, swapping index: Int, for other: String) {
    let new = text(range, swapping: index, for: other)
    add(kind, range, "(faultIsOn(#) ? \(new) : \(text(range)))", faulty: new)
  }

  private mutating func add(_ kind: Candidate.Kind, _ range: ClosedRange<Int>, _ edit: String, faulty: String) {
    let (place, line) = (characters(range), file.tokens[range.lowerBound].line)
    let start = file.characters[..<place.lowerBound].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = file.characters[place.upperBound...].firstIndex(of: "\n") ?? file.characters.count
    let broken = file.text(start..<place.lowerBound) + faulty + file.text(place.upperBound..<end)
    guard !file.text(place).contains("\n") else { return }
    found.append(
      Candidate(
        kind: kind, line: line, original: String(file.lines[line]).trimmed, faulty: broken.trimmed, range: place,
        edit: edit))
  }
}

extension String {
  /// Without the spaces around it.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
