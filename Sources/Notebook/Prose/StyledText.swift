import Programs

/// Text for a terminal: characters, each with its attributes, to be broken into lines.
struct StyledText {
  struct Element: Equatable {
    var character: Character
    var attributes: [TerminalAttribute]
    /// Whether a line may be broken here; the element itself is then a blank.
    var isBreak = false
  }

  private(set) var elements: [Element] = []

  /// Appends text whose blanks are places to break a line, unless it is to be kept on one line.
  mutating func append(_ text: String, _ attributes: [TerminalAttribute], keptTogether: Bool = false) {
    var rest = text[...]
    while let character = rest.popFirst() {
      // A number stays with its per cent.
      let isBreak = character == " " && !keptTogether && rest.first != "%"
      elements.append(Element(character: character, attributes: attributes, isBreak: isBreak))
    }
  }

  /// Appends text with its markup.
  ///
  /// - Parameters:
  ///   - attributes: those of the text around it.
  ///   - width: the columns of a line; a formula is broken only if it takes more than half of them.
  mutating func append(
    _ inline: Prose.Inline, _ attributes: [TerminalAttribute] = [], width: Int, style: TerminalStyle
  ) {
    append(inline.spans, attributes, width: width, style: style)
  }

  /// The columns of the longest word: lines cannot be shorter.
  var longestWord: Int {
    tokens().filter { $0.first?.isBreak == false }.map { terminalWidth(of: String($0.map(\.character))) }.max() ?? 0
  }

  /// The lines of at most `width` columns; only a word that is wider than that is on a longer line, alone.
  ///
  /// - Parameter hanging: the indentation of every line but the first.
  func lines(width: Int, hanging: Int = 0, style: TerminalStyle) -> [String] {
    var lines: [[Element]] = []
    var line: [Element] = []
    var columns = 0
    var blanks: [Element] = []
    func end() {
      lines.append(line)
      line = Array(repeating: Element(character: " ", attributes: []), count: hanging)
      columns = hanging
      blanks = []
    }
    for token in tokens() {
      if token.first?.character == "\n" {
        end()
      } else if token.first?.isBreak == true {
        blanks = token
      } else {
        let wordWidth = terminalWidth(of: String(token.map(\.character)))
        let isFirst = line.count == (lines.isEmpty ? 0 : hanging)
        if !isFirst && columns + blanks.count + wordWidth > width {
          end()
        } else if !isFirst {
          line += blanks
          columns += blanks.count
        }
        line += token
        columns += wordWidth
        blanks = []
      }
    }
    lines.append(line)
    return lines.map { Self.render($0, style) }
  }

  /// Words, runs of blanks, and newlines.
  private func tokens() -> [[Element]] {
    var tokens: [[Element]] = []
    for element in elements {
      let continues =
        tokens.last?.first.map {
          $0.isBreak == element.isBreak && $0.character != "\n" && element.character != "\n"
        } ?? false
      if continues {
        tokens[tokens.count - 1].append(element)
      } else {
        tokens.append([element])
      }
    }
    return tokens
  }

  private static func render(_ line: [Element], _ style: TerminalStyle) -> String {
    var result = ""
    var rest = line[...]
    while let first = rest.first {
      let run = rest.prefix { $0.attributes == first.attributes }
      rest = rest.dropFirst(run.count)
      result += first.attributes.reduce(String(run.map(\.character))) { style.styled($0, $1) }
    }
    return result
  }
}

extension Prose.Inline {
  /// See ``StyledText/append(_:_:width:style:)``.
  func styled(_ attributes: [TerminalAttribute] = [], width: Int, style: TerminalStyle) -> StyledText {
    var text = StyledText()
    text.append(self, attributes, width: width, style: style)
    return text
  }
}

extension StyledText {
  fileprivate mutating func append(
    _ spans: [Prose.Span], _ attributes: [TerminalAttribute], width: Int, style: TerminalStyle
  ) {
    for span in spans {
      switch span {
      case .text(let plain): append(plain, attributes)
      case .emphasis(let spans): append(spans, attributes + [.italic], width: width, style: style)
      case .strong(let spans): append(spans, attributes + [.bold], width: width, style: style)
      // Without colours, backticks tell code from text.
      case .code(let code): append(style == .plain ? "`\(code)`" : code, attributes + [.cyan])
      case .link(let spans, let destination):
        append(spans, attributes + [.underline], width: width, style: style)
        append(" ", attributes)
        append("(\(destination))", attributes + [.dim])
      case .formula(let formula):
        let unicode = formula.unicode
        append(unicode, attributes, keptTogether: 2 * terminalWidth(of: unicode) <= width)
      case .softBreak: append(" ", attributes)
      case .hardBreak: append("\n", attributes)
      }
    }
  }
}
