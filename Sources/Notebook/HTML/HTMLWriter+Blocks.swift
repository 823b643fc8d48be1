import Programs

/// Each kind of block as HTML.
extension HTMLWriter {
  mutating func html(_ block: Block) -> String {
    switch block {
    case .prose(let prose): return html(prose)
    case .code(let cell): return cell.html
    case .question(let question): return html(question)
    case .derivation(let derivation): return html(derivation)
    case .check(let check): return html([check])
    case .table(let table): return table.html
    case .figure(let figure): return figure.html(id: "figure.\(figure.name)")
    case .slider(let slider): return slider.html
    case .undrawn(let figure): return "<p class=\"failed\">✗ \(figure.sentence.html)</p>"
    case .exercises(let sheet): return sheet.html
    case .opening(let opening): return html(opening)
    case .finding(let sentence):
      return Markup.element("p", ["class": "finding"], "<strong>Finding.</strong> \(sentence.html)")
    case .symbols(let table): return table.html
    case .sources(let references):
      return Markup.element("ul", references.map { Markup.element("li", $0.full.html) }.joined(separator: "\n"))
    }
  }

  /// What the page promises: its picture, what was found, what a reader will be able to do, and how long it takes.
  private func html(_ opening: Opening) -> String {
    let picture = page.illustrations.first { $0.name == opening.picture }?.html(id: "opening")
    let findings = page.findings.map { sentence, section in
      Markup.element("li", "\(sentence.html) (\(Markup.element("a", ["href": "#\(section.anchor)"], "more")))")
    }
    let (core, all) = page.minutes
    let time =
      "<strong>About \(core) minutes</strong>" + (all > core ? ", \(all) with everything that is folded." : ".")
    return [
      picture,
      findings.isEmpty
        ? nil : "<p><strong>In short</strong></p>" + Markup.element("ul", findings.joined(separator: "\n")),
      "<p><strong>Afterwards you can</strong></p>" + opening.goals.blocks.html { Markup.element("h\($0)", $1.html) },
      Markup.element("p", time),
    ].compactMap(\.self).joined(separator: "\n")
  }

  private mutating func html(_ question: Question) -> String {
    note(question)
    func html(_ prose: Prose) -> String { prose.blocks.html { Markup.element("h\($0)", $1.html) } }
    let text = "<p><strong>Question \(question.number).</strong></p>" + html(question.text)
    let answer = HTMLWriter.folded("Answer", html(question.answer), ["class": "answer"])
    return Markup.element("div", ["class": "question", "id": "question.\(question.number)"], text + answer)
  }

  // MARK: Derivations

  /// The lines of a derivation, relations under each other, each with its reason and an address of its own.
  private mutating func html(_ derivation: Derivation) -> String {
    derivations += 1
    let id = "derivation.\(derivations)"
    let title = "<p class=\"title\"><strong>Derivation.</strong> \(derivation.title.html)</p>"
    let lines = derivation.steps.enumerated().map { i, step in
      line(step, news: derivation.news(at: i), number: i + 1, id: "\(id).\(i + 1)")
    }
    let list = Markup.element("div", ["class": "lines"], lines.joined(separator: "\n"))
    return Markup.element("div", ["class": "derivation", "id": id], title + list)
  }

  private func line(_ step: Derivation.Step, news: String?, number: Int, id: String) -> String {
    let relation = step.relation.map { "<math><mo form=\"infix\">\($0.rawValue.escapedMarkup)</mo></math>" }
    let reason = (step.isProved ? "" : "<em>measured, not proved:</em> ") + (step.reason?.html ?? "")
    let (residual, allowed) = step.residualAgainstTolerance
    let mark = step.residual.map { step.passed ? "✓ \(Numeral.residual($0))" : "✗ \(residual), allowed \(allowed)" }
    let value = [news, mark].compactMap(\.self).joined(separator: ", ").escapedMarkup
    return Markup.element(
      "div", ["class": "line" + (step.passed ? "" : " failed"), "id": id],
      """
      <a class="number" href="#\(id)">(\(number))</a><span class="relation">\(relation ?? "")</span>\
      <span class="side">\(step.formula.mathML(displayed: true))</span>\
      <span class="reason">\(reason)</span><span class="value">\(value)</span>
      """)
  }

  // MARK: Checks

  /// Claims with their figures and bounds.
  mutating func html(_ checks: [Check]) -> String {
    var items: [String] = []
    for check in checks {
      self.checks += 1
      let id = "check.\(self.checks)"
      let why = check.reason.map { " <span class=\"why\">Why this bound: \($0.html)</span>" } ?? ""
      items.append(
        Markup.element(
          "li", ["class": check.passed ? "check" : "check failed", "id": id],
          """
          <a class="mark" href="#\(id)">\(check.passed ? "✓" : "✗")</a> <span class="claim">\(check.claim.html):</span> \
          <span class="value">\(check.statement.escapedMarkup).</span>\(why)
          """))
    }
    return Markup.element(
      "div", ["class": "checks"],
      "<p class=\"title\"><strong>Checked in this run</strong></p>"
        + Markup.element("ul", items.joined(separator: "\n")))
  }
}

extension CodeCell {
  /// Code in Swift's colours.
  static func listing(_ text: String) -> String {
    Markup.element("pre", Markup.element("code", SwiftHighlighting.html(text)))
  }

  /// The cell, folded if it is to be.
  var html: String {
    let listing = CodeCell.listing(text)
    switch kind {
    case .open, .scaffolding: return Markup.element("div", ["class": "code"], listing)
    case .heart(let title):
      let head = "<p class=\"title\"><strong>The heart of the lesson:</strong> \(title.escapedMarkup)</p>"
      return Markup.element("div", ["class": "code heart"], head + listing)
    case .folded(let title):
      let name = file == "main.swift" ? "" : "<code>\(file.escapedMarkup)</code>: "
      return HTMLWriter.folded(name + title.escapedMarkup, listing, ["class": "code"])
    }
  }
}

extension Table {
  fileprivate var html: String {
    func row(_ name: String, _ cells: [Prose.Inline]) -> String {
      Markup.element(
        "tr",
        cells.enumerated().map { j, cell in
          j == 0 ? Markup.element(name, cell.html) : Markup.element(name, ["class": "right"], cell.html)
        }.joined())
    }
    let head = Markup.element("thead", row("th", columns))
    let body = Markup.element("tbody", rows.map { row("td", $0.map(\.text)) }.joined(separator: "\n"))
    let table = Markup.element("table", head + body)
    return Markup.element(
      "figure", ["class": "table"],
      Markup.element("figcaption", caption.html) + Markup.element("div", ["class": "scroll"], table))
  }
}

extension SymbolTable {
  fileprivate var html: String {
    let body = rows.map { row in
      Markup.element("tr", Markup.element("th", row.symbol.html) + Markup.element("td", row.meaning.html))
    }
    let table = Markup.element("table", ["class": "symbols"], body.joined(separator: "\n"))
    return HTMLWriter.folded("Symbols on this page", Markup.element("div", ["class": "scroll"], table), [:])
  }
}

extension Illustration {
  fileprivate func html(id: String) -> String {
    Markup.element(
      "figure", ["class": "drawing", "id": id],
      Markup.element("div", ["class": "scroll"], inlineSVG(prefix: id)) + Markup.element("figcaption", finding.html))
  }
}

extension Slider {
  /// All frames in one place, of which a script shows one.
  fileprivate var html: String {
    guard let name = frames.first?.illustration.name else { return "" }
    let input = Markup.empty(
      "input",
      [
        "type": "range", "min": "0", "max": "\(frames.count - 1)", "value": "\(chosen)", "autocomplete": "off",
        "aria-label": knob.plainText,
      ])
    let setting = Markup.element("span", "\(knob.html) = <output>\(frames[chosen].value.escapedMarkup)</output>")
    let pictures = frames.enumerated().map { index, frame in
      let id = "figure.\(frame.illustration.name)"
      let svg = frame.illustration.inlineSVG(prefix: id)
      return index == chosen
        ? Markup.element("div", ["class": "frame scroll", "data-value": frame.value], svg)
        : Markup.element("div", ["class": "frame scroll", "data-value": frame.value, "hidden": "hidden"], svg)
    }
    return Markup.element(
      "figure", ["class": "drawing", "id": "slider.\(name)"],
      Markup.element("div", ["class": "slider"], setting + input) + pictures.joined(separator: "\n")
        + Markup.element("figcaption", finding.html))
  }
}

extension ExerciseSheet {
  fileprivate var html: String {
    let entries = entries.map { entry in
      """
      <div class="exercise"><p><strong>Exercise \(entry.exercise.name). \(entry.title.html)</strong> \
      (\(entry.exercise.worth))</p>
      \(entry.statement.blocks.html { Markup.element("h\($0)", $1.html) })
      <div class="code statement">\(CodeCell.listing(entry.signature))</div>
      \(HTMLWriter.folded("Hint", Markup.element("p", entry.hint.html), ["class": "hint"]))</div>
      """
    }
    let instruction = """
      <p>Write your answers into <a href="../../\(path)"><code>\(file)</code></a>; each throws \
      <code>Exercise.notAttempted</code> until you do. <code>\(command.escapedMarkup)</code> marks them, \(points) points in \
      all; so does this lesson at the end of its run. A number is right within 10⁻¹⁰ of the largest one expected, or of 1 \
      if that is larger, unless the exercise asks for less; compute in <code>Double</code>.</p>
      """
    return ([instruction] + entries).joined(separator: "\n")
  }
}
