/// Reads blocks, line by line.
struct ProseBlockParser {
  /// A line without the markup of the lists and quotes around it.
  struct Line {
    var number: Int
    var text: String
  }

  private let lines: [Line]
  private var index = 0
  /// How many lists and quotes these lines are in.
  private let depth: Int

  private static let deepest = 20

  init(_ markdown: String, firstLine: Int) {
    lines = markdown.sourceLines.enumerated().map { i, text in
      Line(number: firstLine + i, text: String(text))
    }
    depth = 0
  }

  /// The blocks of a list's item or a quote at this depth.
  private func blocks(within lines: [Line]) throws(ProseError) -> [Prose.Block] {
    guard depth < ProseBlockParser.deepest else {
      throw ProseError(line: lines[0].number, problem: .tooDeep("lists and quotes", limit: ProseBlockParser.deepest))
    }
    var parser = ProseBlockParser(lines, depth: depth + 1)
    return try parser.blocks()
  }

  private init(_ lines: [Line], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  mutating func blocks() throws(ProseError) -> [Prose.Block] {
    var blocks: [Prose.Block] = []
    while let line = peek() {
      if line.isBlank {
        index += 1
      } else {
        blocks.append(try block(at: line))
      }
    }
    return blocks
  }

  private mutating func block(at line: Line) throws(ProseError) -> Prose.Block {
    if line.text.contains("\t") { throw line.unexpected("tab", "indent with blanks") }
    if line.indent > 0 { throw line.unexpected("indentation", "blocks begin at the margin, code is fenced with ```") }
    switch line.start {
    case .heading(let level):
      index += 1
      let title = line.text.dropFirst(level + 1)
      return .heading(level: level, try Prose.Inline(String(title), line: line.number))
    case .rule:
      index += 1
      return .rule
    case .fence: return try fencedCode(from: line)
    case .formula: return try formula(from: line)
    case .comment: return try comment(from: line)
    case .quote:
      let quoted = takeLines { $0.start == .quote }.map { line in
        Line(number: line.number, text: String(line.text.dropFirst(line.text.hasPrefix("> ") ? 2 : 1)))
      }
      return .quote(try blocks(within: quoted))
    case .bullet: return .bulletList(try items { $0.start == .bullet })
    case .number(let start):
      return .numberedList(start: start, try items { if case .number = $0.start { true } else { false } })
    case .table: return .table(try ProseTableParser(takeLines { $0.start == .table }).table())
    case .text: return try paragraph()
    }
  }

  private mutating func paragraph() throws(ProseError) -> Prose.Block {
    var taken: [Line] = []
    while let line = peek(), !line.isBlank {
      if line.text.contains("\t") { throw line.unexpected("tab", "indent with blanks") }
      if !taken.isEmpty && line.start != .text {
        // Behind a line of text, CommonMark reads --- as an underline, 2. as text and | as either.
        guard line.start.endsParagraph else {
          throw line.unexpected("start of a block", "leave a blank line above it, or reflow the paragraph")
        }
        break
      }
      taken.append(line)
      index += 1
    }
    let text = taken.map { $0.text.trimmingLeadingBlanks }.joined(separator: "\n")
    return .paragraph(try Prose.Inline(text, line: taken[0].number))
  }

  // MARK: Lists

  /// The items of a list whose markers `isMarker` recognises.
  private mutating func items(_ isMarker: (Line) -> Bool) throws(ProseError) -> [[Prose.Block]] {
    var items: [[Prose.Block]] = []
    while let marker = peek(), isMarker(marker) {
      index += 1
      let offset = marker.markerWidth
      var content = [Line(number: marker.number, text: String(marker.text.dropFirst(offset)))]
      while let line = peek() {
        if line.isBlank {
          content.append(Line(number: line.number, text: ""))
        } else if line.indent >= offset {
          content.append(Line(number: line.number, text: String(line.text.dropFirst(offset))))
        } else if isMarker(line) || content.last?.isBlank == true {
          break
        } else {
          throw line.unexpected(
            "end of a list item", "indent by \(offset) to go on, or leave a blank line to end the list")
        }
        index += 1
      }
      items.append(try blocks(within: content))
    }
    return items
  }

  // MARK: Blocks that end with a delimiter

  private mutating func fencedCode(from opening: Line) throws(ProseError) -> Prose.Block {
    let fence = String(opening.text.prefix { $0 == "`" })
    let language = opening.text.dropFirst(fence.count).trimmingBlanks
    index += 1
    let content = takeLines { $0.text.trimmingBlanks != fence }
    guard peek() != nil else { throw ProseError(line: opening.number, problem: .unclosed(fence)) }
    index += 1
    let text = content.map(\.text).joined(separator: "\n")
    return language == "math" ? try displayed(text, line: opening.number + 1) : .code(language: language, text)
  }

  private mutating func formula(from opening: Line) throws(ProseError) -> Prose.Block {
    var content = [Line(number: opening.number, text: String(opening.text.dropFirst(2)))]
    index += 1
    while let last = content.last, !last.text.trimmingBlanks.hasSuffix("$$") {
      guard let line = peek(), !line.isBlank else { throw ProseError(line: opening.number, problem: .unclosed("$$")) }
      content.append(line)
      index += 1
    }
    content[content.count - 1].text = String(content[content.count - 1].text.trimmingBlanks.dropLast(2))
    if content[0].isBlank && content.count > 1 { content.removeFirst() }
    return try displayed(content.map(\.text).joined(separator: "\n"), line: content[0].number)
  }

  private func displayed(_ text: String, line: Int) throws(ProseError) -> Prose.Block {
    do {
      return .formula(try TeX(text))
    } catch {
      let newlines = text.prefix(error.offset).count { $0.isNewline }
      throw ProseError(line: line + newlines, problem: .formula(error))
    }
  }

  private mutating func comment(from opening: Line) throws(ProseError) -> Prose.Block {
    let first = takeLines { !$0.text.contains("-->") }
    guard let last = peek() else { throw ProseError(line: opening.number, problem: .unclosed("<!--")) }
    index += 1
    let text = (first + [last]).map(\.text).joined(separator: "\n").trimmingBlanks
    guard text.hasSuffix("-->") else { throw opening.unexpected("text behind a comment", "give it a line of its own") }
    return .comment(text)
  }

  // MARK: Lines

  private func peek() -> Line? { index < lines.count ? lines[index] : nil }

  private mutating func takeLines(while condition: (Line) -> Bool) -> [Line] {
    let taken = Array(lines[index...].prefix(while: condition))
    index += taken.count
    return taken
  }
}

extension ProseBlockParser.Line {
  /// What a line that begins at the margin begins.
  enum Start: Hashable {
    case heading(level: Int)
    case fence, formula, comment, quote, rule, bullet, table, text
    case number(Int)

    /// Whether CommonMark, too, ends a paragraph above it without a blank line.
    var endsParagraph: Bool {
      switch self {
      case .heading, .fence, .formula, .comment, .quote, .bullet, .number(1): true
      case .number, .rule, .table, .text: false
      }
    }
  }

  var isBlank: Bool { text.allSatisfy { $0 == " " } }

  var indent: Int { text.prefix { $0 == " " }.count }

  var start: Start {
    let hashes = text.prefix { $0 == "#" }.count
    if (1...6).contains(hashes) && text.dropFirst(hashes).first == " " { return .heading(level: hashes) }
    if text.hasPrefix("```") { return .fence }
    if text.hasPrefix("$$") { return .formula }
    if text.hasPrefix("<!--") { return .comment }
    if text.hasPrefix(">") { return .quote }
    if text.hasPrefix("|") { return .table }
    let trimmed = text.trimmingBlanks
    if trimmed.count >= 3 && trimmed.allSatisfy({ $0 == "-" }) { return .rule }
    if text.hasPrefix("- ") { return .bullet }
    // CommonMark, too, reads no more than nine digits as the number of an item.
    if markerWidth <= 11, let number = Int(text.prefix { $0.isASCII && $0.isNumber }),
      text.dropFirst(markerWidth - 2).hasPrefix(". ")
    {
      return .number(number)
    }
    return .text
  }

  /// The characters of the marker of a list, with the blank behind it.
  var markerWidth: Int { text.hasPrefix("- ") ? 2 : text.prefix { $0.isASCII && $0.isNumber }.count + 2 }

  func unexpected(_ markup: String, _ advice: String) -> ProseError {
    ProseError(line: number, problem: .unexpected(markup, advice: advice))
  }
}

extension StringProtocol {
  var trimmingLeadingBlanks: String { String(drop { $0 == " " }) }

  var trimmingBlanks: String {
    var result = drop { $0.isWhitespace }
    while result.last?.isWhitespace == true { result.removeLast() }
    return String(result)
  }
}
