import Programs

/// Text for a terminal.
extension Prose {
  /// The text in lines of `width` columns, formulas in Unicode, tables aligned, comments dropped, one blank line
  /// between blocks. No newline at the end.
  ///
  /// - Parameter tableWidth: the columns that tables and code may take, if not those of the text.
  public func terminal(width: Int, tableWidth: Int? = nil, style: TerminalStyle) -> String {
    let widths = ProseWidths(text: width, tables: tableWidth ?? width)
    return blocks.terminalLines(widths, style: style).joined(separator: "\n")
  }
}

extension Prose.Inline {
  /// The text on one line, formulas in Unicode.
  public func terminal(style: TerminalStyle) -> String {
    styled(width: .max / 2, style: style).lines(width: .max, style: style).joined(separator: " ")
  }
}

/// How many columns a page's text may take, and how many its tables and code.
private struct ProseWidths {
  var text: Int
  var tables: Int

  static func - (widths: ProseWidths, columns: Int) -> ProseWidths {
    // However deep a list is, a line has a column left.
    ProseWidths(text: max(1, widths.text - columns), tables: max(1, widths.tables - columns))
  }
}

extension [Prose.Block] {
  fileprivate func terminalLines(_ widths: ProseWidths, style: TerminalStyle, isTight: Bool = false) -> [String] {
    var lines: [String] = []
    for block in self {
      let next = block.terminalLines(widths, style: style)
      if !lines.isEmpty && !next.isEmpty && !isTight { lines.append("") }
      lines += next
    }
    return lines
  }
}

extension Prose.Block {
  fileprivate func terminalLines(_ widths: ProseWidths, style: TerminalStyle) -> [String] {
    let width = widths.text
    switch self {
    case .heading(let level, let title):
      let lines = title.styled([.bold], width: width, style: style).lines(width: width, style: style)
      guard level <= 2 else { return lines }
      let columns = lines.map { terminalWidth(of: $0) }.max() ?? 0
      return lines + [style.dim(String(repeating: level == 1 ? "═" : "─", count: columns))]
    case .paragraph(let inline): return inline.styled(width: width, style: style).lines(width: width, style: style)
    case .bulletList(let items): return lines(of: items, widths, style: style) { _ in "• " }
    case .numberedList(let start, let items):
      let digits = String(start + items.count - 1).count
      return lines(of: items, widths, style: style) { i in
        let number = String(start + i)
        return String(repeating: " ", count: digits - number.count) + number + ". "
      }
    case .quote(let blocks):
      return blocks.terminalLines(widths - 2, style: style).map { style.dim("│") + ($0.isEmpty ? "" : " " + $0) }
    case .code(_, let content):
      return content.code(width: widths.tables, style: style).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    case .table(let table): return table.terminalLines(width: widths.tables, style: style)
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
    of items: [[Prose.Block]], _ widths: ProseWidths, style: TerminalStyle, marker: (Int) -> String
  ) -> [String] {
    let isTight = items.allSatisfy(\.isTightItem)
    var lines: [String] = []
    for (i, item) in items.enumerated() {
      let marker = marker(i)
      let content = item.terminalLines(widths - marker.count, style: style, isTight: isTight)
      let indent = String(repeating: " ", count: marker.count)
      if i > 0 && !isTight { lines.append("") }
      lines += content.enumerated().map { j, line in j == 0 ? marker + line : line.isEmpty ? "" : indent + line }
    }
    return lines
  }
}

extension Prose.Table {
  /// Columns two blanks apart. If they are wider than `width`, cells of the widest are broken into lines, but not within
  /// a word; if even that does not fit, a row is a list: its first cell, and below it the others under their headings.
  func terminalLines(width: Int, style: TerminalStyle) -> [String] {
    let texts = ([header] + rows).map { row in row.map { $0.styled(width: 0, style: style) } }
    let narrowest = alignments.indices.map { j in texts.map { $0[j].longestWord }.max() ?? 0 }
    var widths = alignments.indices.map { j in
      ([header] + rows).map { terminalWidth(of: $0[j].terminal(style: style)) }.max() ?? 0
    }
    let available = width - 2 * (widths.count - 1)
    guard narrowest.reduce(0, +) <= available else { return records(width: width, style: style) }
    // The widest columns are cut to one width, the largest for which all fit, and the last of them keep a column of what
    // is left over.
    func cut(to most: Int) -> [Int] { widths.indices.map { min(widths[$0], max(narrowest[$0], most)) } }
    if widths.reduce(0, +) > available {
      var (fitting, failing) = (0, widths.max() ?? 0)
      while failing - fitting > 1 {
        let middle = (fitting + failing) / 2
        if cut(to: middle).reduce(0, +) <= available { fitting = middle } else { failing = middle }
      }
      let (kept, wider) = (cut(to: fitting), cut(to: failing))
      let spare = available - kept.reduce(0, +)
      let last = Set(widths.indices.filter { wider[$0] > kept[$0] }.suffix(spare))
      widths = widths.indices.map { last.contains($0) ? wider[$0] : kept[$0] }
    }
    let rule = style.dim(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    return lines(of: header, [.bold], widths, style) + [rule] + rows.flatMap { lines(of: $0, [], widths, style) }
  }

  /// Row after row, with a line or more for each cell.
  private func records(width: Int, style: TerminalStyle) -> [String] {
    // Without a row its header is shown, each cell on a line.
    (rows.isEmpty ? [header.map { _ in Prose.Inline(spans: []) }] : rows).flatMap { row in
      zip(header, row).enumerated().flatMap { j, cell in
        var text = StyledText()
        text.append(cell.0, [.bold], width: width, style: style)
        if !cell.0.spans.isEmpty { text.append(": ", []) }
        text.append(cell.1, width: width, style: style)
        let indent = j == 0 ? 0 : 2
        return text.lines(width: width - indent, hanging: 2, style: style).map {
          String(repeating: " ", count: indent) + $0
        }
      }
    }
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
