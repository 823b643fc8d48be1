/// GitHub's Markdown.
extension Prose {
  /// The text as Markdown that GitHub shows as meant: formulas in their safe forms, `` $`…`$ `` and ```` ```math ````,
  /// no bare bar within a table, everything that could be taken for markup escaped, one blank line between blocks.
  ///
  /// Parsing it gives the same tree again. No newline at the end.
  public var markdown: String { blocks.markdown }
}

extension Prose.Inline {
  /// The text as Markdown that GitHub shows as meant.
  public var markdown: String { markdown(inTable: false) }

  func markdown(inTable: Bool) -> String {
    var writer = MarkdownWriter(inTable: inTable)
    writer.write(spans)
    return writer.text
  }
}

extension [Prose.Block] {
  fileprivate var markdown: String { map(\.markdown).joined(separator: "\n\n") }

  /// Whether this is an item of one paragraph, perhaps with lists under it: a list of those has no blank lines. (Only a
  /// number 1 may follow a paragraph without one.)
  var isTightItem: Bool {
    guard case .paragraph? = first else { return false }
    return dropFirst().allSatisfy {
      switch $0 {
      case .bulletList(let items), .numberedList(1, let items): items.allSatisfy(\.isTightItem)
      default: false
      }
    }
  }
}

extension Prose.Block {
  fileprivate var markdown: String {
    switch self {
    case .heading(let level, let title): return String(repeating: "#", count: level) + " " + title.markdown
    case .paragraph(let inline): return inline.markdown
    case .bulletList(let items): return markdown(of: items) { _ in "- " }
    case .numberedList(let start, let items): return markdown(of: items) { "\(min(start + $0, 999_999_999)). " }
    case .quote(let blocks):
      let lines = blocks.markdown.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
    case .code(let language, let content):
      let fence = String(repeating: "`", count: max(3, content.longestRun(of: "`") + 1))
      return fence + language + "\n" + (content.isEmpty ? "" : content + "\n") + fence
    case .table(let table): return table.markdown
    case .formula(let formula): return "```math\n\(formula.source)\n```"
    case .rule: return "---"
    case .comment(let text): return text
    }
  }

  private func markdown(of items: [[Prose.Block]], marker: (Int) -> String) -> String {
    let isTight = items.allSatisfy(\.isTightItem)
    let texts = items.enumerated().map { i, item in
      let marker = marker(i)
      let indent = String(repeating: " ", count: marker.count)
      let lines = item.map(\.markdown).joined(separator: isTight ? "\n" : "\n\n")
        .split(separator: "\n", omittingEmptySubsequences: false)
      return marker + lines.joined(separator: "\n" + indent).replacing("\n\(indent)\n", with: "\n\n")
    }
    return texts.joined(separator: isTight ? "\n" : "\n\n")
  }
}

extension Prose.Table {
  fileprivate var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let marks = alignments.map { alignment in
      switch alignment {
      case .automatic: "---"
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    let body = ([header] + rows).map { row in line(row.map { $0.markdown(inTable: true) }) }
    return ([body[0], line(marks)] + body.dropFirst()).joined(separator: "\n")
  }
}

/// Writes spans one after the other, and escapes what would be markup where it comes to stand.
private struct MarkdownWriter {
  let inTable: Bool
  private(set) var text = ""

  init(inTable: Bool) {
    self.inTable = inTable
  }

  mutating func write(_ spans: [Prose.Span]) {
    for span in spans { write(span) }
  }

  private mutating func write(_ span: Prose.Span) {
    switch span {
    case .text(let plain): write(plain: plain)
    case .emphasis(let spans): write(spans, between: "*", "*")
    case .strong(let spans): write(spans, between: "**", "**")
    case .code(let code):
      let fence = String(repeating: "`", count: code.longestRun(of: "`") + 1)
      // A blank at both ends is taken off when it is read.
      let isStripped = code.hasPrefix(" ") && code.hasSuffix(" ") && !code.allSatisfy { $0 == " " }
      let padding = code.hasPrefix("`") || code.hasSuffix("`") || isStripped ? " " : ""
      let content = inTable ? code.replacing("|", with: #"\|"#) : code
      text += fence + padding + content + padding + fence
    case .link(let spans, let destination):
      // An exclamation mark would make it an image.
      if text.last == "!" { text = text.dropLast() + #"\!"# }
      write(spans, between: "[", "](\(destination))")
    case .formula(let formula): text += "$`" + formula.source + "`$"
    case .softBreak: text += inTable ? " " : "\n"
    case .hardBreak: text += inTable ? " " : "\\\n"
    }
  }

  private mutating func write(_ spans: [Prose.Span], between left: String, _ right: String) {
    text += left
    write(spans)
    text += right
  }

  private mutating func write(plain: String) {
    let characters = Array(plain)
    for (i, character) in characters.enumerated() {
      let next = i + 1 < characters.count ? characters[i + 1] : nil
      if character == "$" {
        text += ProseInlineParser.dollar
      } else {
        if needsBackslash(character, next) { text += "\\" }
        text.append(character)
      }
    }
  }

  private func needsBackslash(_ character: Character, _ next: Character?) -> Bool {
    let startsLine = text.isEmpty || text.last == "\n"
    switch character {
    case "\\", "`", "*", "[", "]", "<", "~": return true
    case "_": return !(isWordCharacter(text.last) && isWordCharacter(next))
    case "&": return next == "#" || isWordCharacter(next)
    case "|": return inTable || startsLine
    case "#", ">", "-", "+", "=": return startsLine
    case ".", ")":
      // Behind a number that begins the line.
      let head = text[...].trimmingSuffix { $0.isASCII && $0.isNumber }
      return !startsLine && (head.isEmpty || head.last == "\n") && (next == nil || next == " ")
    default: return false
    }
  }

  private func isWordCharacter(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }
}

extension Substring {
  /// Without the characters at its end that `condition` holds for.
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, condition(last) { rest.removeLast() }
    return rest
  }
}

extension String {
  fileprivate func longestRun(of character: Character) -> Int {
    var (longest, run) = (0, 0)
    for next in self {
      run = next == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
