import Programs

/// The page on a terminal: the same blocks, formulas in Unicode. Code cells stay in `main.swift`, which the student may
/// have open; a line says where, unless they are to be shown.
struct TerminalPage {
  let style: TerminalStyle
  let width: Int
  var showsCode = false

  /// Lines of text longer than this are hard to read, however wide the terminal; tables and code may be wider.
  private static let widestText = 100

  private var textWidth: Int { min(width, TerminalPage.widestText) }

  /// What stands between two blocks: a blank line, but checks that follow one another stand together.
  static func gap(between previous: Block?, and next: Block) -> String {
    switch (previous, next) {
    case (nil, _), (.check, .check): ""
    default: "\n"
    }
  }

  /// Whether the block is printed: what only weaves the page is code on request.
  func shows(_ block: Block) -> Bool {
    if case .code(let cell) = block { showsCode || cell.kind != .scaffolding } else { true }
  }

  func render(_ block: Block) -> String {
    switch block {
    case .prose(let prose): prose.terminal(width: textWidth, tableWidth: width, style: style)
    case .code(let cell): render(cell)
    case .question(let question): render(question)
    case .derivation(let derivation): render(derivation)
    case .check(let check): render(check)
    case .table(let table): render(table)
    case .figure(let figure):
      text(("Figure", [.bold]), (" \(figure.file): ", []), then: figure.finding, hanging: 2)
    case .slider(let slider):
      text(
        ("Figures", [.bold]), (" \(slider.frames.map(\.illustration.file).joined(separator: ", ")): ", []),
        then: slider.finding, hanging: 2)
    case .undrawn(let figure): text(("✗ ", [.red]), then: figure.sentence, hanging: 2)
    case .exercises(let sheet): render(sheet)
    case .opening(let opening):
      style.bold("Afterwards you can") + "\n"
        + opening.goals.terminal(width: textWidth, tableWidth: width, style: style)
    case .finding(let sentence): text(("Finding. ", [.bold]), then: sentence, hanging: 2)
    case .symbols: style.dim("(symbols: the page has a table of them)".wrapped(to: textWidth))
    case .sources(let references):
      references.map { text(("• ", []), then: $0.full, hanging: 2) }.joined(separator: "\n")
    }
  }

  private func render(_ cell: CodeCell) -> String {
    let title = cell.title.map { " · \($0)" } ?? ""
    let (first, last) = (cell.lines.lowerBound, cell.lines.upperBound)
    let lines = first == last ? "\(first)" : "\(first)–\(last)"
    let place = style.dim("── \(cell.file):\(lines)\(title)".wrapped(to: textWidth, hanging: 3))
    return showsCode ? place + "\n" + cell.text.code(width: width, style: style) : place
  }

  private func render(_ question: Question) -> String {
    let text = question.text.terminal(width: textWidth - 4, tableWidth: width - 4, style: style)
    return
      "\(style.bold("Question \(question.number)."))\n\(indented(text))\n\(style.dim("    (the page has the answer)"))"
  }

  private func render(_ sheet: ExerciseSheet) -> String {
    let entries = sheet.entries.map { entry in
      let title = Prose.Inline(spans: entry.title.spans + [.text(" (\(entry.exercise.worth))")])
      return """
        \(text(("Exercise \(entry.exercise.name).", [.bold]), (" ", []), then: title, hanging: 2))
        \(indented(entry.statement.terminal(width: textWidth - 4, tableWidth: width - 4, style: style)))
        \(entry.signature.code(width: width, style: .plain))
        """
    }
    let advice = "Answers go into \(sheet.path); \(sheet.command) marks them."
    return (entries + [advice.wrapped(to: textWidth)]).joined(separator: "\n\n")
  }

  /// Formula, value and mark of each line side by side; where they do not fit, the latter two below the formula.
  private func render(_ derivation: Derivation) -> String {
    var lines = [text(("Derivation. ", [.bold]), then: derivation.title, hanging: 2)]
    let rows = derivation.steps.enumerated().map { i, step in
      (
        step: step, formula: "\(step.relation?.rawValue ?? " ") \(step.formula.unicode)",
        end: end(of: step, showing: derivation.news(at: i))
      )
    }
    let room = width - 4 - (rows.map { terminalWidth(of: $0.end) }.max() ?? 0)
    let column = rows.map { terminalWidth(of: $0.formula) }.filter { $0 <= room }.max() ?? 0
    for (step, formula, end) in rows {
      let length = terminalWidth(of: formula)
      if length <= column {
        lines.append("  \(formula)\(String(repeating: " ", count: column + 2 - length))\(end)")
      } else {
        var broken = StyledText()
        broken.append(formula, [], keptTogether: length <= width - 2)
        lines += broken.lines(width: width - 2, hanging: 4, style: style).map { "  " + $0 }
        lines.append("      " + end)
      }
      if let reason = step.reason {
        let basis = step.isProved ? "because " : "measured, not proved: "
        let because = text((basis, [.dim]), then: reason, [.dim], indent: 6, hanging: 2)
        lines.append(because)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The value of a line of a derivation, and whether it holds.
  private func end(of step: Derivation.Step, showing news: String?) -> String {
    guard let residual = step.residual else { return news ?? "" }
    let (measured, allowed) = step.residualAgainstTolerance
    let mark = step.passed ? style.green("✓ \(Numeral.residual(residual))") : style.red("✗ \(measured) > \(allowed)")
    return [news, mark].compactMap(\.self).joined(separator: "  ")
  }

  private func render(_ check: Check) -> String {
    var line = StyledText()
    line.append(check.passed ? "✓" : "✗", [check.passed ? .green : .red])
    line.append(" ", [])
    line.append(check.claim, width: textWidth, style: style)
    line.append(": ", [])
    // A comparison is read at one glance.
    let parts = check.statement.split(separator: ", ").map(String.init)
    for (index, part) in parts.enumerated() {
      if index > 0 { line.append(", ", []) }
      line.append(part, [], keptTogether: terminalWidth(of: part) <= textWidth - 2)
    }
    let claim = line.lines(width: textWidth, hanging: 2, style: style).joined(separator: "\n")
    guard let reason = check.reason else { return claim }
    return claim + "\n" + text(("bound: ", [.dim]), then: reason, [.dim], indent: 6, hanging: 2)
  }

  private func render(_ table: Table) -> String {
    let alignments = table.columns.indices.map { $0 == 0 ? Prose.Table.Alignment.left : .right }
    let cells = Prose.Table(alignments: alignments, header: table.columns, rows: table.rows.map { $0.map(\.text) })
    let lines = cells.terminalLines(width: width - 2, style: style).map { "  " + $0 }
    return ([text(then: table.caption, [.bold], hanging: 2)] + lines).joined(separator: "\n")
  }

  /// `parts` and `inline` in lines of the text's width, indented, all but the first by `hanging` more.
  private func text(
    _ parts: (String, [TerminalAttribute])..., then inline: Prose.Inline, _ attributes: [TerminalAttribute] = [],
    indent: Int = 0, hanging: Int
  ) -> String {
    var text = StyledText()
    for (part, attributes) in parts { text.append(part, attributes) }
    text.append(inline, attributes, width: textWidth - indent, style: style)
    let blanks = String(repeating: " ", count: indent)
    return text.lines(width: textWidth - indent, hanging: hanging, style: style).map { blanks + $0 }
      .joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
      .joined(separator: "\n")
  }
}

extension String {
  /// Lines of code, indented by 4; one wider than the terminal is broken at a blank and goes on further right.
  func code(width: Int, style: TerminalStyle) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.allSatisfy(\.isWhitespace)
        ? ""
        : "    \(line)".wrapped(to: width, hanging: 4).split(separator: "\n").map { line in
          let blanks = line.prefix { $0 == " " }
          return blanks + style.cyan(String(line.dropFirst(blanks.count)))
        }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
