import Programs

/// Matrices, cases and aligned rows in Unicode.
extension TeXEnvironment {
  /// On one line: `[1 2; 3 4]`.
  func pieces() -> [UnicodePiece] {
    switch kind {
    case .aligned, .gathered, .array:
      return [UnicodePiece(text: rowsOnOneLine, role: .inner)]
    case .cases:
      let lines = zip(rows, cells).map { row, cells in
        // “0 if x < 0”, but “0, x < 0”.
        let startsWithText = if row.count > 1, case .text? = row[1].first { true } else { false }
        return cells.joined(separator: startsWithText || cells[0].hasSuffix(",") ? " " : ", ")
      }
      return bracketed(lines.joined(separator: "; "), "{", "}")
    case .matrix: return [UnicodePiece(text: matrix, role: .inner)]
    case .pmatrix: return bracketed(matrix, "(", ")")
    case .bmatrix: return bracketed(matrix, "[", "]")
    case .Bmatrix: return bracketed(matrix, "{", "}")
    case .vmatrix: return bracketed(matrix, "|", "|")
    case .Vmatrix: return bracketed(matrix, "‖", "‖")
    }
  }

  /// One line a row. In `aligned`, columns are flush right and flush left in turn, so that the relations behind `&`
  /// stand under each other.
  func unicodeLines() -> [String] {
    let cells = cells
    let columns = cells.map(\.count).max() ?? 0
    let widths = (0..<columns).map { j in cells.map { j < $0.count ? terminalWidth(of: $0[j]) : 0 }.max() ?? 0 }
    return cells.map { row in
      var line = ""
      for (j, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[j] - terminalWidth(of: cell))
        let isFlushRight = kind == .aligned && j.isMultiple(of: 2)
        if j > 0 { line += isFlushRight ? "   " : " " }
        line += isFlushRight ? blanks + cell : cell + blanks
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private var cells: [[String]] {
    rows.map { row in
      row.enumerated().map { j, cell in
        // Behind an &, as in TeX, an operator has a left operand.
        cell.unicode(after: kind == .aligned && j % 2 == 1 ? .ordinary : nil)
      }
    }
  }

  private var rowsOnOneLine: String {
    cells.map { row in row.filter { !$0.isEmpty }.joined(separator: " ") }.joined(separator: "; ")
  }

  private var matrix: String {
    let cells = cells
    let separator = cells.contains { $0.contains { $0.contains(" ") } } ? ", " : " "
    return cells.map { $0.joined(separator: separator) }.joined(separator: "; ")
  }

  private func bracketed(_ content: String, _ left: String, _ right: String) -> [UnicodePiece] {
    [
      UnicodePiece(text: left, role: .opening, isBar: left != "(" && left != "[" && left != "{"),
      UnicodePiece(text: content, role: .ordinary),
      UnicodePiece(text: right, role: .closing, isBar: left == "|" || left == "‖"),
    ]
  }
}
