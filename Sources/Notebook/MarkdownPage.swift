import Programs

extension Page {
  /// The page in GitHub's Markdown, formulas in its safe math forms.
  public var markdown: String {
    let sections = sectionsAsRead
    var parts = ["<!-- Written by `\(command)` from lessons/\(slug.prefix { $0 != "+" })/main.swift. Edit that. -->"]
    parts += sections.map { $0.title == nil ? firstScreen($0) : $0.markdown }
    parts += ["---"] + (opening == nil ? [] : [neighbours.markdown])
    parts.append("*This page was computed, figures and all, by* `\(command)`*.*")
    return parts.joined(separator: "\n\n") + "\n"
  }
}

extension PageSection {
  /// The section: its heading, what was said, shown and derived, then its checks together, then the Swift of its files and
  /// the Swift that wove it.
  ///
  /// Of a deep one the first paragraph stands in the open, and within what is folded the checks are not folded again.
  var markdown: String {
    guard isDeep, case .prose(let prose)? = blocks.first else { return markdown(of: blocks) }
    let teaser = prose.blocks.prefix(2)
    var rest = self
    rest.blocks[0] = .prose(Prose(blocks: Array(prose.blocks.dropFirst(2))))
    let content = markdown(of: rest.blocks)
    return [Prose(blocks: Array(teaser)).markdown, folded(rest.summary, content)].joined(separator: "\n\n")
  }

  private func markdown(of blocks: [Block]) -> String {
    var parts: [String] = []
    var checks: [Check] = []
    var files: [CodeCell] = []
    var scaffolding: [CodeCell] = []
    for block in blocks {
      switch block {
      case .check(let check): checks.append(check)
      case .code(let cell) where cell.kind == .scaffolding: scaffolding.append(cell)
      case .code(let cell) where cell.file != "main.swift": files.append(cell)
      default: parts.append(block.markdown)
      }
    }
    parts += markdown(of: checks) + files.map(\.markdown)
    if !scaffolding.isEmpty {
      let code = scaffolding.map(\.text).joined(separator: "\n\n")
      parts.append(folded("The Swift that weaves this section", "```swift\n\(code)\n```"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// What failed stands in the open; what held is one line that opens.
  private func markdown(of checks: [Check]) -> [String] {
    func list(_ checks: [Check]) -> String { checks.map(\.markdown).joined(separator: "\n") }
    if checks.isEmpty { return [] }
    if isDeep { return ["**Checked in this run**\n\n" + list(checks)] }
    let (held, failed) = (checks.filter(\.passed), checks.filter { !$0.passed })
    let verb = held.count == 1 ? "holds" : "hold"
    return (failed.isEmpty ? [] : ["**Failed in this run**\n\n" + list(failed)])
      + (held.isEmpty ? [] : [folded("✅ \(counted(held.count, "check")) \(verb)", list(held))])
  }

  /// What a folded section holds: `2 derivations, 1 figure and 3 checks, about 4 minutes`.
  private var summary: String {
    func count(_ noun: String, _ matches: (Block) -> Bool) -> String? {
      let n = blocks.count(where: matches)
      return n == 0 ? nil : counted(n, noun)
    }
    let parts = [
      count("derivation") { if case .derivation = $0 { true } else { false } },
      count("figure") { if case .figure = $0 { true } else { false } },
      count("table") { if case .table = $0 { true } else { false } },
      count("check") { if case .check = $0 { true } else { false } },
    ].compactMap(\.self)
    let minutes = max(1, (WordCount(everything: markdown(of: blocks)).words + 75) / 150)
    return "Read on: " + (parts + ["about \(counted(minutes, "minute"))"]).joined(separator: ", ")
  }
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
    case .slider(let slider): slider.markdown
    case .undrawn(let figure): "❌ \(figure.sentence.markdown)"
    case .exercises(let sheet): sheet.markdown
    // The first screen is made of the whole page.
    case .opening: ""
    case .finding(let sentence): "> **Finding.** \(sentence.markdown.replacing("\n", with: "\n> "))"
    case .symbols(let table): table.markdown
    case .sources(let references): references.map { "- \($0.full.markdown)" }.joined(separator: "\n")
    }
  }
}

/// A box that opens on a click. GitHub renders Markdown inside only after an empty line.
func folded(_ title: String, _ content: String) -> String {
  "<details>\n<summary>\(title)</summary>\n\n\(content)\n\n</details>"
}

extension CodeCell {
  fileprivate var markdown: String {
    let fenced = "```swift\n\(text)\n```"
    switch kind {
    case .open, .scaffolding: return fenced
    case .heart(let title): return "**The heart of the lesson: \(title)**\n\n\(fenced)"
    case .folded(let title):
      let text = title.escapedMarkup
      return folded(file == "main.swift" ? text : "<code>\(file.escapedMarkup)</code>: \(text)", fenced)
    }
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
      so does this lesson at the end of its run. A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that \
      is larger, unless the exercise asks for less; compute in `Double`.
      """
    return ([instruction] + entries).joined(separator: "\n\n")
  }
}

extension Derivation {
  /// A step that is proved gives its reason; one that was only evaluated says so.
  fileprivate var markdown: String {
    var lines = ["**Derivation. \(title.markdown)**", "", "| | | because | |", "|--:|:--|:--|--:|"]
    for (i, step) in steps.enumerated() {
      let source = step.formula.source.replacing("\n", with: " ")
      let formula = #"\displaystyle "# + (step.relation.map { "\($0.tex) " } ?? "") + source
      let reason = step.reason?.markdown(inTable: true) ?? ""
      let residual = step.residual.map { "\(step.passed ? "✓" : "❌")\u{A0}\(Numeral.residual($0))" }
      let cells = [
        "(\(i + 1))", "$`\(formula)`$", step.isProved ? reason : "*measured, not proved:* \(reason)",
        [news(at: i), residual].compactMap(\.self).joined(separator: ", "),
      ]
      lines.append("| \(cells.joined(separator: " | ")) |")
    }
    return lines.joined(separator: "\n")
  }
}

extension Check {
  fileprivate var markdown: String {
    let why = reason.map { " *Why this bound:* \($0.markdown)" } ?? ""
    return "- \(passed ? "✅" : "❌") \(claim.markdown): **\(statement)**.\(why)"
  }
}

extension Table {
  fileprivate var markdown: String {
    let head = "| \(columns.map { $0.markdown(inTable: true) }.joined(separator: " | ")) |"
    let rule = "|" + columns.indices.map { $0 == 0 ? ":--|" : "--:|" }.joined()
    let body = rows.map { "| \($0.map { $0.text.markdown(inTable: true) }.joined(separator: " | ")) |" }
    return (["*\(caption.markdown)*", "", head, rule] + body).joined(separator: "\n")
  }
}

extension SymbolTable {
  fileprivate var markdown: String {
    let rows = rows.map { "| \($0.symbol.markdown(inTable: true)) | \($0.meaning.markdown(inTable: true)) |" }
    return folded("Symbols on this page", (["| symbol | meaning |", "|:--|:--|"] + rows).joined(separator: "\n"))
  }
}

extension Slider {
  /// All frames side by side.
  fileprivate var markdown: String {
    let head = frames.map { "\(knob.markdown(inTable: true)) = \($0.value)" }.joined(separator: " | ")
    let images = frames.map { frame in
      let alternative = frame.illustration.alternative.replacing("|", with: #"\|"#)
      return "![\(alternative)](\(frame.illustration.file))"
    }.joined(separator: " | ")
    let rule = frames.map { _ in ":-:" }.joined(separator: "|")
    return "| \(head) |\n|\(rule)|\n| \(images.replacing("\n", with: " ")) |\n\n*\(finding.markdown)*"
  }
}

extension Illustration {
  fileprivate var alternative: String { finding.plainText.replacing("[", with: "(").replacing("]", with: ")") }

  var markdown: String {
    "![\(alternative)](\(file))\n\n*\(finding.markdown)*"
  }
}
