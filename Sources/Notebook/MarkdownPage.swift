extension Page {
  /// The page in GitHub's Markdown, formulas in its safe math forms.
  public var markdown: String {
    var parts = ["<!-- Written by `\(command)` from lessons/\(slug.prefix { $0 != "+" })/main.swift. Edit that. -->"]
    var index = blocks.startIndex
    while index < blocks.endIndex {
      if case .check = blocks[index] {
        // Checks that follow one another make one list.
        let run = blocks[index...].prefix { if case .check = $0 { true } else { false } }
        parts.append(run.compactMap { if case .check(let check) = $0 { check.markdown } else { nil } }.joined("\n"))
        index = run.endIndex
      } else {
        parts.append(blocks[index].markdown)
        index += 1
      }
    }
    parts.append("---\n\n*This page was computed, figures and all, by* `\(command)`*.*")
    return parts.joined("\n\n") + "\n"
  }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}

extension Block {
  fileprivate var markdown: String {
    switch self {
    case .prose(let prose): prose.markdown
    case .code(let cell): cell.markdown
    case .question(let question): question.markdown
    case .derivation(let derivation): derivation.markdown
    case .check(let check): check.markdown
    case .table(let table): table.markdown
    case .figure(let figure): figure.markdown
    case .undrawn(let figure): "❌ \(figure.sentence.markdown)"
    case .exercises(let sheet): sheet.markdown
    }
  }
}

/// A box that opens on a click. GitHub renders Markdown inside only after an empty line.
private func folded(_ title: String, _ content: String) -> String {
  "<details>\n<summary>\(title)</summary>\n\n\(content)\n\n</details>"
}

extension CodeCell {
  fileprivate var markdown: String {
    let fenced = "```swift\n\(text)\n```"
    return fold.map { folded($0, fenced) } ?? fenced
  }
}

extension Question {
  fileprivate var markdown: String {
    "**Question \(number).** \(text.markdown)\n\n\(folded("Answer", answer.markdown))"
  }
}

extension ExerciseSheet {
  fileprivate var markdown: String {
    let entries = entries.map { entry in
      """
      **Exercise \(entry.exercise.name). \(entry.title.markdown)** (\(entry.exercise.worth))

      \(entry.statement.markdown)

      ```swift
      \(entry.signature)
      ```

      \(folded("Hint", entry.hint.markdown))
      """
    }
    let instruction = """
      Write your answers into [`\(file)`](../../\(path)); each throws `Exercise.notAttempted` until you do. \
      [What they may use](../../README.md#how-to-study) is in the course's README. `\(command)` marks them, \(points) points in all; \
      so does this lesson at the end of its run.
      """
    return ([instruction] + entries).joined("\n\n")
  }
}

extension Derivation {
  fileprivate var markdown: String {
    var lines = [
      "**Derivation. \(title.markdown)**", "", "| | | because | value | residual |", "|--:|:--|:--|--:|--:|",
    ]
    for (number, step) in steps.enumerated() {
      let formula = (step.relation.map { "\($0.tex) " } ?? "") + step.formula.source
      let cells = [
        "(\(number + 1))", "$`\(formula)`$", step.reason?.markdown(inTable: true) ?? "", step.value.summary,
        step.residual.map { "\(Numeral.residual($0))\u{A0}\(step.passed ? "✓" : "❌")" } ?? "",
      ]
      lines.append("| \(cells.joined(" | ")) |")
    }
    return lines.joined("\n")
  }
}

extension Check {
  fileprivate var markdown: String { "- \(passed ? "✅" : "❌") \(claim.markdown): \(statement)" }
}

extension Table {
  fileprivate var markdown: String {
    let head = "| \(columns.map { $0.markdown(inTable: true) }.joined(" | ")) |"
    let rule = "|" + columns.indices.map { $0 == 0 ? ":--|" : "--:|" }.joined("")
    let body = rows.map { "| \($0.map { $0.text.markdown(inTable: true) }.joined(" | ")) |" }
    return (["*\(caption.markdown)*", "", head, rule] + body).joined("\n")
  }
}

extension Illustration {
  fileprivate var markdown: String {
    let alternative = finding.plainText.replacing("[", with: "(").replacing("]", with: ")")
    return "![\(alternative)](\(file))\n\n*\(finding.markdown)*"
  }
}
