/// Text for a terminal.
extension Prose {
  /// The text in lines of `width` columns, formulas in Unicode, tables aligned, comments dropped, one blank line
  /// between blocks. No newline at the end.
  public func terminal(width: Int, style: TerminalStyle) -> String {
    blocks.terminalLines(width: max(width, 20), style: style).joined(separator: "\n")
  }
}

extension Prose.Inline {
  /// The text on one line, formulas in Unicode.
  public func terminal(style: TerminalStyle) -> String {
    styled(width: .max / 2, style: style).lines(width: .max, style: style).joined(separator: " ")
  }
}

extension [Prose.Block] {
  fileprivate func terminalLines(width: Int, style: TerminalStyle, isTight: Bool = false) -> [String] {
    var lines: [String] = []
    for block in self {
      let next = block.terminalLines(width: width, style: style)
      if !lines.isEmpty && !next.isEmpty && !isTight { lines.append("") }
      lines += next
    }
    return lines
  }
}

extension Prose.Block {
  fileprivate func terminalLines(width: Int, style: TerminalStyle) -> [String] {
    switch self {
    case .heading(let level, let title):
      let lines = title.styled([.bold], width: width, style: style).lines(width: width, style: style)
      guard level <= 2 else { return lines }
      let columns = lines.map { terminalWidth(of: $0) }.max() ?? 0
      return lines + [style.dim(String(repeating: level == 1 ? "═" : "─", count: columns))]
    case .paragraph(let inline): return inline.styled(width: width, style: style).lines(width: width, style: style)
    case .bulletList(let items): return lines(of: items, width: width, style: style) { _ in "• " }
    case .numberedList(let start, let items):
      let digits = String(start + items.count - 1).count
      return lines(of: items, width: width, style: style) { i in
        let number = String(start + i)
        return String(repeating: " ", count: digits - number.count) + number + ". "
      }
    case .quote(let blocks):
      return blocks.terminalLines(width: width - 2, style: style).map { style.dim("│") + ($0.isEmpty ? "" : " " + $0) }
    case .code(_, let content):
      return content.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + style.cyan(String($0)) }
    case .table(let table): return table.terminalLines(width: width, style: style)
    case .formula(let formula):
      return formula.unicodeLines.flatMap { line in
        var text = StyledText()
        text.append(line, [], keptTogether: terminalWidth(of: line) <= width - 4)
        return text.lines(width: width - 4, hanging: 4, style: style).map { "    " + $0 }
      }
    case .rule: return [style.dim(String(repeating: "─", count: width))]
    case .comment: return []
    }
  }

  private func lines(
    of items: [[Prose.Block]], width: Int, style: TerminalStyle, marker: (Int) -> String
  ) -> [String] {
    let isTight = items.allSatisfy(\.isTightItem)
    var lines: [String] = []
    for (i, item) in items.enumerated() {
      let marker = marker(i)
      let content = item.terminalLines(width: width - marker.count, style: style, isTight: isTight)
      let indent = String(repeating: " ", count: marker.count)
      if i > 0 && !isTight { lines.append("") }
      lines += content.enumerated().map { j, line in j == 0 ? marker + line : line.isEmpty ? "" : indent + line }
    }
    return lines
  }
}

extension Prose.Table {
  /// Columns two blanks apart; if they are wider than `width`, cells of the widest are broken into lines.
  fileprivate func terminalLines(width: Int, style: TerminalStyle) -> [String] {
    let cells = ([header] + rows).map { row in row.map { terminalWidth(of: $0.terminal(style: style)) } }
    var widths = alignments.indices.map { j in cells.map { $0[j] }.max() ?? 0 }
    let available = max(width - 2 * (widths.count - 1), 8 * widths.count)
    while widths.reduce(0, +) > available, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      widths[widest] -= 1
    }
    let rule = style.dim(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    return lines(of: header, [.bold], widths, style) + [rule] + rows.flatMap { lines(of: $0, [], widths, style) }
  }

  private func lines(
    of row: [Prose.Inline], _ attributes: [TerminalAttribute], _ widths: [Int], _ style: TerminalStyle
  ) -> [String] {
    let cells = zip(row, widths).map { cell, width in
      cell.styled(attributes, width: width, style: style).lines(width: width, style: style)
    }
    return (0..<(cells.map(\.count).max() ?? 0)).map { i in
      var line = ""
      for (j, cell) in cells.enumerated() {
        let text = i < cell.count ? cell[i] : ""
        let blanks = max(0, widths[j] - terminalWidth(of: text))
        let before =
          switch alignments[j] {
          case .automatic, .left: 0
          case .center: blanks / 2
          case .right: blanks
          }
        line += String(repeating: " ", count: before + (j > 0 ? 2 : 0)) + text
        line += String(repeating: " ", count: blanks - before)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
