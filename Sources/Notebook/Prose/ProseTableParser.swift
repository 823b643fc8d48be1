/// Reads a table from its lines, each from bar to bar.
struct ProseTableParser {
  private let lines: [ProseBlockParser.Line]

  init(_ lines: [ProseBlockParser.Line]) {
    self.lines = lines
  }

  func table() throws(ProseError) -> Prose.Table {
    guard lines.count >= 2 else { throw problem("a table needs a header and a row such as |---|:--|--:|", lines[0]) }
    let header = try row(lines[0])
    var alignments: [Prose.Table.Alignment] = []
    for cell in try cells(of: lines[1]) { alignments.append(try alignment(cell, lines[1])) }
    guard alignments.count == header.count else {
      throw problem("\(header.count) headings, but \(alignments.count) columns", lines[1])
    }
    var rows: [[Prose.Inline]] = []
    for line in lines.dropFirst(2) {
      let row = try row(line)
      guard row.count == header.count else {
        throw problem("\(row.count) cells in a table of \(header.count) columns", line)
      }
      rows.append(row)
    }
    return Prose.Table(alignments: alignments, header: header, rows: rows)
  }

  private func row(_ line: ProseBlockParser.Line) throws(ProseError) -> [Prose.Inline] {
    var row: [Prose.Inline] = []
    for cell in try cells(of: line) { row.append(try Prose.Inline(cell, line: line.number)) }
    return row
  }

  private func alignment(
    _ cell: String, _ line: ProseBlockParser.Line
  ) throws(ProseError) -> Prose.Table.Alignment {
    let dashes = cell.drop { $0 == ":" }.prefix { $0 == "-" }
    guard !dashes.isEmpty, [":", ""].contains(cell.prefix(upTo: dashes.startIndex)),
      [":", ""].contains(cell.suffix(from: dashes.endIndex))
    else { throw problem("the second row of a table is made of cells such as ---, :--, --: and :-:", line) }
    switch (cell.hasPrefix(":"), cell.hasSuffix(":")) {
    case (true, true): return .center
    case (true, false): return .left
    case (false, true): return .right
    case (false, false): return .automatic
    }
  }

  /// The texts between the bars, but for bars in code and formulas.
  private func cells(of line: ProseBlockParser.Line) throws(ProseError) -> [String] {
    let text = Array(line.text.trimmingBlanks)
    guard text.count > 1, text.last == "|" else { throw problem("a row of a table ends with |", line) }
    var cells: [String] = []
    var cell = ""
    /// The code or formula that the scan is in: backticks, or a dollar sign.
    var delimiter = ""
    var i = 1
    while i < text.count {
      let character = text[i]
      if character == "\\" && i + 1 < text.count {
        // In the code of a cell a bar is written \|, because GitHub divides cells first.
        let isBarInCode = delimiter.hasPrefix("`") && text[i + 1] == "|"
        cell += isBarInCode ? "|" : delimiter.hasPrefix("`") ? "\\" : "\\\(text[i + 1])"
        i += isBarInCode || !delimiter.hasPrefix("`") ? 2 : 1
        continue
      }
      if character == "`" && delimiter != "$" {
        let ticks = String(text[i...].prefix { $0 == "`" })
        delimiter = delimiter == ticks ? "" : delimiter.isEmpty ? ticks : delimiter
        cell += ticks
        i += ticks.count
        continue
      }
      // A dollar sign in its safe form begins no formula.
      if delimiter.isEmpty, text[i...].starts(with: ProseInlineParser.dollar) {
        cell += ProseInlineParser.dollar
        i += ProseInlineParser.dollar.count
        continue
      }
      if character == "$" && !delimiter.hasPrefix("`") { delimiter = delimiter.isEmpty ? "$" : "" }
      if character == "|" && delimiter.isEmpty {
        cells.append(cell.trimmingBlanks)
        cell = ""
      } else {
        cell.append(character)
      }
      i += 1
    }
    guard delimiter.isEmpty else { throw ProseError(line: line.number, problem: .unclosed(delimiter)) }
    return cells
  }

  private func problem(_ message: String, _ line: ProseBlockParser.Line) -> ProseError {
    ProseError(line: line.number, problem: .table(message))
  }
}
