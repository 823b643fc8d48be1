/// Reads the markup within a block.
struct ProseInlineParser {
  private let characters: [Character]
  private let firstLine: Int
  private var position = 0
  /// How many links and emphases are open where the parser stands.
  private var depth = 0

  private static let deepest = 20

  /// How a dollar sign is written where GitHub would take it for the beginning of a formula.
  static let dollar = "<span>$</span>"

  /// What ends the spans being read.
  private enum Closer: Hashable {
    case end, emphasis, strong, bracket
  }

  init(_ text: String, firstLine: Int) {
    characters = Array(text.trimmingBlanks)
    self.firstLine = firstLine
  }

  mutating func inline() throws(ProseError) -> [Prose.Span] { try spans(until: .end, openedAt: 0) }

  private mutating func spans(until closer: Closer, openedAt opening: Int) throws(ProseError) -> [Prose.Span] {
    guard depth <= ProseInlineParser.deepest else {
      let problem = ProseError.Problem.tooDeep("links and emphases", limit: ProseInlineParser.deepest)
      throw ProseError(line: line(at: opening), problem: problem)
    }
    depth += 1
    defer { depth -= 1 }
    var spans: [Prose.Span] = []
    var text = ""
    func flush() {
      if !text.isEmpty { spans.append(.text(text)) }
      text = ""
    }
    while let next = peek() {
      switch next {
      case "\\":
        if peek(1) == "\n" {
          flush()
          spans.append(.hardBreak)
          position += 2
        } else {
          text.append(try escaped())
        }
      case "\n":
        let isHard = text.hasSuffix("  ")
        while text.last == " " { text.removeLast() }
        flush()
        spans.append(isHard ? .hardBreak : .softBreak)
        position += 1
      case "`":
        flush()
        spans.append(.code(try code()))
      case "$":
        flush()
        spans.append(.formula(try formula()))
      case "*":
        if closes(closer) {
          flush()
          return spans
        }
        flush()
        spans.append(try emphasis())
      case "[":
        flush()
        spans.append(try link())
      case "]" where closer == .bracket:
        position += 1
        flush()
        return spans
      default:
        text.append(try plain(next))
        position += 1
      }
    }
    flush()
    guard closer == .end else {
      let markup = [Closer.emphasis: "*", .strong: "**", .bracket: "["][closer]
      throw ProseError(line: line(at: opening), problem: .unclosed(markup ?? ""))
    }
    return spans
  }

  /// The character where the parser stands, which must not be markup; stands at its last one behind `<span>$</span>`.
  private mutating func plain(_ character: Character) throws(ProseError) -> Character {
    switch character {
    case "]": throw unexpected("]", #"write \]"#)
    case "\t": throw unexpected("tab", "write blanks")
    case "!" where peek(1) == "[": throw unexpected("image", "figures are made by the lesson's code")
    case "_" where !(isWordCharacter(peek(-1)) && isWordCharacter(peek(1))):
      throw unexpected("_", #"write *emphasis*, or \_"#)
    case "<":
      if characters[position...].starts(with: ProseInlineParser.dollar) {
        position += ProseInlineParser.dollar.count - 1
        return "$"
      }
      if let next = peek(1), next.isLetter || "/!?".contains(next) {
        throw unexpected("HTML", #"write \<"#)
      }
    default: break
    }
    return character
  }

  /// The character behind a backslash.
  private mutating func escaped() throws(ProseError) -> Character {
    guard let next = peek(1), next.isASCII, next.isPunctuation || next.isSymbol else {
      throw unexpected("\\", #"write \\ for a backslash, and formulas within $…$"#)
    }
    position += 2
    return next
  }

  private mutating func code() throws(ProseError) -> String {
    let start = position
    let fence = characters[start...].prefix { $0 == "`" }.count
    position += fence
    var content = ""
    while let next = peek() {
      let ticks = characters[position...].prefix { $0 == "`" }.count
      if ticks == fence {
        position += fence
        // As in CommonMark: one blank on each side makes room for backticks.
        let isPadded = content.hasPrefix(" ") && content.hasSuffix(" ") && !content.allSatisfy { $0 == " " }
        return isPadded ? String(content.dropFirst().dropLast()) : content
      }
      content += ticks > 0 ? String(repeating: "`", count: ticks) : next == "\n" ? " " : String(next)
      position += max(ticks, 1)
    }
    throw ProseError(line: line(at: start), problem: .unclosed(String(repeating: "`", count: fence)))
  }

  private mutating func formula() throws(ProseError) -> TeX {
    let start = position
    if let before = peek(-1), isWordCharacter(before) || before == "`" {
      throw unexpected(
        "$ behind “\(before)”", #"GitHub wants a blank or punctuation before a formula; a dollar sign is \$"#)
    }
    if peek(1) == "$" { throw unexpected("$$", "a displayed formula is a block of its own") }
    // The safe form $`…`$ is read as well.
    let isSafeForm = peek(1) == "`"
    position += isSafeForm ? 2 : 1
    var content = ""
    while let next = peek(), isSafeForm ? !(next == "`" && peek(1) == "$") : next != "$" {
      content.append(next == "\n" ? " " : next)
      position += 1
    }
    guard peek() != nil else { throw ProseError(line: line(at: start), problem: .unclosed("$")) }
    position += isSafeForm ? 2 : 1
    if let next = peek(), next == "`" || next == "$" {
      throw unexpected("“\(next)” behind a formula", "GitHub wants a blank between them")
    }
    let formula: TeX
    do {
      formula = try TeX(content)
    } catch {
      throw ProseError(line: line(at: start), problem: .formula(error))
    }
    let source = formula.source
    guard !source.contains("\n"), !source.contains(#"\tag{"#) else {
      throw ProseError(
        line: line(at: start), problem: .unexpected("aligned or tagged formula", advice: "display it, between $$"))
    }
    return formula
  }

  /// Whether the stars where the parser stands close `closer`; if so, it moves behind them.
  private mutating func closes(_ closer: Closer) -> Bool {
    guard closer == .emphasis || closer == .strong else { return false }
    let stars = characters[position...].prefix { $0 == "*" }.count
    let wanted = closer == .strong ? 2 : 1
    let isRightFlanking = peek(-1)?.isWhitespace == false && !isWordCharacter(peek(stars))
    guard isRightFlanking, stars == wanted || stars == 3 else { return false }
    position += wanted
    return true
  }

  private mutating func emphasis() throws(ProseError) -> Prose.Span {
    let start = position
    let stars = characters[start...].prefix { $0 == "*" }.count
    let isLeftFlanking = peek(stars)?.isWhitespace == false && !isWordCharacter(peek(-1))
    guard stars <= 2, isLeftFlanking else {
      throw unexpected(
        String(repeating: "*", count: stars),
        #"write \*; emphasis begins before a word and ends behind one, and bullets are written -"#)
    }
    position += stars
    return stars == 2
      ? .strong(try spans(until: .strong, openedAt: start)) : .emphasis(try spans(until: .emphasis, openedAt: start))
  }

  private mutating func link() throws(ProseError) -> Prose.Span {
    let start = position
    position += 1
    let content = try spans(until: .bracket, openedAt: start)
    guard peek() == "(" else { throw unexpected("[…]", #"write [text](address), or \["#) }
    position += 1
    var destination = ""
    var depth = 0
    while let next = peek(), !(next == ")" && depth == 0) {
      if next.isWhitespace { throw unexpected("blank in an address", "write %20") }
      depth += next == "(" ? 1 : next == ")" ? -1 : 0
      destination.append(next)
      position += 1
    }
    guard peek() != nil else { throw ProseError(line: line(at: start), problem: .unclosed("[…](")) }
    position += 1
    return .link(content, destination: destination)
  }

  // MARK: Characters

  private func peek(_ distance: Int = 0) -> Character? {
    let i = position + distance
    return characters.indices.contains(i) ? characters[i] : nil
  }

  private func isWordCharacter(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }

  private func line(at position: Int) -> Int { firstLine + characters[..<position].count { $0 == "\n" } }

  private func unexpected(_ markup: String, _ advice: String) -> ProseError {
    ProseError(line: line(at: position), problem: .unexpected(markup, advice: advice))
  }
}
