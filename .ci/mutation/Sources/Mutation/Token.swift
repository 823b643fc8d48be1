/// A piece of Swift source, as far as faults need to know it.
struct Token: Equatable {
  enum Kind {
    case word, number, string, symbol, attribute, newline
    /// A bracket.
    case opening, closing
    /// A comma, a colon, a semicolon or the dot before a member.
    case comma, colon, semicolon, dot
  }

  var kind: Kind
  var text: String
  /// Its place among the characters of the file.
  var range: Range<Int>
  /// Counted from 0.
  var line: Int
  /// Whether it stands between `#if` and `#endif`: it may not be compiled.
  var isConditional = false
  /// Whether a space or the end of a line is on both of its sides.
  var isSpaced = false
  /// Whether what stands before it is a space or an opening bracket, and what follows is neither.
  var isPrefix = false
}

/// Cuts a Swift file into tokens. Comments are dropped; a string with all that is interpolated in it is one token.
struct Lexer {
  private let characters: [Character]
  private var place = 0
  private var line = 0
  private var conditions = 0
  private var tokens: [Token] = []

  static func tokens(of characters: [Character]) -> [Token] {
    var lexer = Lexer(characters)
    lexer.run()
    return lexer.tokens
  }

  private init(_ characters: [Character]) { self.characters = characters }

  private func peek(_ ahead: Int = 0) -> Character? {
    place + ahead < characters.count ? characters[place + ahead] : nil
  }

  private func follows(_ text: String, at start: Int) -> Bool {
    start + text.count <= characters.count && characters[start..<start + text.count].elementsEqual(text)
  }

  private mutating func run() {
    while let next = peek() {
      if next == "\n" {
        add(.newline, 1)
        line += 1
      } else if next.isWhitespace {
        place += 1
      } else if follows("//", at: place) {
        while let next = peek(), next != "\n" { place += 1 }
      } else if follows("/*", at: place) {
        skipBlockComment()
      } else if let end = endOfString(from: place) ?? endOfRegex() {
        add(.string, end - place)
      } else if next == "#", ["#if", "#else", "#endif"].contains(where: { follows($0, at: place) }) {
        if follows("#if", at: place) { conditions += 1 }
        if follows("#endif", at: place) { conditions -= 1 }
        while let next = peek(), next != "\n" { place += 1 }
      } else {
        addOther(next)
      }
    }
  }

  /// Others may lie within it.
  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      let step = follows("/*", at: place) ? 1 : follows("*/", at: place) ? -1 : 0
      if peek() == "\n" { line += 1 }
      depth += step
      place += step == 0 ? 1 : 2
    } while depth > 0 && place < characters.count
  }

  private mutating func addOther(_ next: Character) {
    switch next {
    case "(", "[", "{": add(.opening, 1)
    case ")", "]", "}": add(.closing, 1)
    case ",": add(.comma, 1)
    case ":": add(.colon, 1)
    case ";": add(.semicolon, 1)
    case ".": peek(1).map(\.isOperator) == true ? addSymbol() : add(.dot, 1)
    case "@":
      var end = endOfWord(from: place + 1)
      if end < characters.count, characters[end] == "(" { end = endOfBrackets(from: end) }
      add(.attribute, end - place)
    case "0"..."9": add(.number, endOfNumber - place)
    default: next.isOperator ? addSymbol() : add(.word, max(1, endOfWord(from: place) - place))
    }
  }

  private mutating func addSymbol() {
    var end = place + 1
    while end < characters.count, characters[end].isOperator || characters[place] == "." && characters[end] == "." {
      end += 1
    }
    add(.symbol, end - place)
  }

  private mutating func add(_ kind: Token.Kind, _ length: Int) {
    let range = place..<place + length
    let before = place == 0 ? "\n" : characters[place - 1]
    let after = range.upperBound < characters.count ? characters[range.upperBound] : "\n"
    tokens.append(
      Token(
        kind: kind, text: String(characters[range]), range: range, line: line, isConditional: conditions > 0,
        isSpaced: before.isWhitespace && after.isWhitespace,
        isPrefix: (before.isWhitespace || "([{".contains(before)) && !after.isWhitespace))
    line += kind == .string || kind == .attribute ? characters[range].count { $0 == "\n" } : 0
    place = range.upperBound
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while end < characters.count, characters[end].isPartOfWord { end += 1 }
    return end
  }

  private var endOfNumber: Int {
    var end = place
    while end < characters.count {
      let isSign = "+-".contains(characters[end]) && "eE".contains(characters[end - 1]) && !follows("0x", at: place)
      let isPoint = characters[end] == "." && end + 1 < characters.count && characters[end + 1].isNumber
      guard characters[end].isPartOfWord || isSign || isPoint else { break }
      end += 1
    }
    return end
  }

  /// Where the brackets end that are opened at `start`.
  private func endOfBrackets(from start: Int) -> Int {
    var (end, depth) = (start, 0)
    repeat {
      if let past = endOfString(from: end) {
        end = past
        continue
      }
      if "([{".contains(characters[end]) { depth += 1 }
      if ")]}".contains(characters[end]) { depth -= 1 }
      end += 1
    } while depth > 0 && end < characters.count
    return end
  }

  /// Where the string ends that begins at `start`; `nil` if none does.
  private func endOfString(from start: Int) -> Int? {
    var opening = start
    while opening < characters.count, characters[opening] == "#" { opening += 1 }
    guard opening < characters.count, characters[opening] == "\"" else { return nil }
    let hashes = String(repeating: "#", count: opening - start)
    let quotes = follows("\"\"\"", at: opening) ? "\"\"\"" : "\""
    var end = opening + quotes.count
    while end < characters.count, !follows(quotes + hashes, at: end) {
      if follows("\\" + hashes + "(", at: end) {
        end = endOfBrackets(from: end + 1 + hashes.count)
      } else {
        end += follows("\\" + hashes, at: end) ? 2 + hashes.count : 1
      }
    }
    return min(characters.count, end + quotes.count + hashes.count)
  }

  /// Where the regular expression ends that begins here; `nil` if none does.
  private func endOfRegex() -> Int? {
    let isExtended = follows("#/", at: place)
    guard isExtended || peek() == "/" && peek(1)?.isWhitespace == false else { return nil }
    let last = tokens.last { $0.kind != .newline }
    guard isExtended || last.map({ [.opening, .comma, .colon].contains($0.kind) || $0.text == "=" }) == true else {
      return nil
    }
    var end = place + (isExtended ? 2 : 1)
    while end < characters.count, !follows(isExtended ? "/#" : "/", at: end) {
      end += characters[end] == "\\" ? 2 : 1
    }
    return min(characters.count, end + (isExtended ? 2 : 1))
  }
}

extension Character {
  /// Whether operators are made of it, after the grammar of Swift.
  var isOperator: Bool {
    if "/=-+!*%<>&|^~?".contains(self) { return true }
    switch unicodeScalars.first?.value ?? 0 {
    case 0xA1...0xA7, 0xA9, 0xAB, 0xAC, 0xAE, 0xB0, 0xB1, 0xB6, 0xBB, 0xBF, 0xD7, 0xF7, 0x2016, 0x2017, 0x2020...0x2027,
      0x2030...0x203E, 0x2041...0x2053, 0x2055...0x205E, 0x2190...0x23FF, 0x2500...0x2775, 0x2794...0x2BFF,
      0x2E00...0x2E7F, 0x3001...0x3003, 0x3008...0x3020, 0x3030:
      return true
    default: return false
    }
  }

  /// Whether names and numbers are made of it.
  var isPartOfWord: Bool {
    !isWhitespace && !isOperator && !"()[]{},:;.@\"\\".contains(self)
  }
}
