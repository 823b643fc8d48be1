/// The page on a terminal: the same blocks, formulas in Unicode. Code cells stay in `main.swift`, which the student has
/// open; a line says where.
struct TerminalPage {
  let style: TerminalStyle
  let width: Int

  func render(_ block: Block) -> String {
    switch block {
    case .prose(let prose): prose.terminal(width: width, style: style)
    case .code(let cell): style.dim("── main.swift:\(cell.lines.lowerBound)–\(cell.lines.upperBound)")
    case .question(let question): render(question)
    case .derivation(let derivation): render(derivation)
    case .check(let check): render(check)
    case .table(let table): render(table)
    case .figure(let figure): render(figure)
    case .exercises(let sheet): render(sheet)
    }
  }

  private func render(_ question: Question) -> String {
    let text = question.text.terminal(width: width - 4, style: style)
    return
      "\(style.bold("Question \(question.number)."))\n\(indented(text))\n\(style.dim("    (the page has the answer)"))"
  }

  private func render(_ sheet: ExerciseSheet) -> String {
    let entries = sheet.entries.map { entry in
      """
      \(style.bold("Exercise \(entry.exercise.name).")) \(inline(entry.title)) (\(entry.exercise.worth))
      \(indented(entry.statement.terminal(width: width - 4, style: style)))
      \(indented(entry.signature))
      """
    }
    return (entries + ["Answers go into \(sheet.path); \(sheet.command) marks them."]).joined(separator: "\n\n")
  }

  private func render(_ derivation: Derivation) -> String {
    var lines = [style.bold("Derivation. ") + inline(derivation.title)]
    let formulas = derivation.steps.map { step in "\(step.relation?.rawValue ?? " ") \(step.formula.unicode)" }
    let column = min(formulas.map { terminalWidth(of: $0) }.max() ?? 0, width - 36)
    for (step, formula) in zip(derivation.steps, formulas) {
      let gap = String(repeating: " ", count: max(1, column + 2 - terminalWidth(of: formula)))
      lines.append("  \(formula)\(gap)\(step.value.summary)  \(mark(step))")
      if let reason = step.reason { lines.append(style.dim("      because \(inline(reason))")) }
    }
    return lines.joined(separator: "\n")
  }

  private func mark(_ step: Derivation.Step) -> String {
    guard let residual = step.residual else { return "" }
    return step.passed
      ? style.green("✓ \(Numeral.residual(residual))")
      : style.red("✗ \(Numeral.residual(residual)) > \(Numeral.residual(step.tolerance))")
  }

  private func render(_ check: Check) -> String {
    "\(check.passed ? style.green("✓") : style.red("✗")) \(inline(check.claim)): \(check.statement)"
  }

  private func render(_ table: Table) -> String {
    let rows = [table.columns.map(inline)] + table.rows.map { $0.map(inline) }
    let widths = table.columns.indices.map { j in rows.map { terminalWidth(of: $0[j]) }.max() ?? 0 }
    let lines = rows.map { row in
      "  "
        + row.indices.map { j in
          let space = String(repeating: " ", count: widths[j] - terminalWidth(of: row[j]))
          return j == 0 ? row[j] + space : space + row[j]
        }.joined(separator: "  ")
    }
    let rule = "  " + widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([style.bold(inline(table.caption)), lines[0], style.dim(rule)] + lines.dropFirst()).joined(separator: "\n")
  }

  private func render(_ figure: Illustration) -> String {
    "\(style.bold("Figure")) \(figure.file): \(inline(figure.finding))"
  }

  private func inline(_ text: Prose.Inline) -> String { text.terminal(style: style) }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n")
  }
}
