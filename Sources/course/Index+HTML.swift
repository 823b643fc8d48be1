import Notebook
import Programs

/// The same index for reading offline: `index.html` of the output folder.
extension Index {
  var html: String {
    let sections = [
      ("The path", path), ("What was checked", counts), ("Where the lectures' topics are", topics),
    ].filter { !$0.1.isEmpty }
    let contents = sections.map { title, _ in
      Markup.element("li", Markup.element("a", ["href": "#\(Anchor.of(title))"], title.escapedMarkup))
    }
    let title = "Autoencoders, in programs that check themselves"
    let intro = "<p>Each lesson is a program; what it derived, measured and drew is its page.</p>"
    let parts =
      [Markup.element("h1", ["id": Anchor.of(title)], title), intro, gallery]
      + sections.map { Markup.element("h2", ["id": Anchor.of($0)], $0.escapedMarkup) + $1 }
    let frame = HTMLFrame(title: title, way: "", contents: contents.joined(separator: "\n"), hasCode: false)
    let text = Markup.element("div", ["class": "text"], parts.joined(separator: "\n"))
    let footer = "<p>All pages were computed, figures and all, by <code>\(command.escapedMarkup)</code>.</p>"
    return frame.html(body: Markup.element("div", ["class": "row"], text), footer: footer)
  }

  private func link(_ entry: Entry) -> String {
    Markup.element("a", ["href": "\(entry.report.lesson)/index.html"], heading(entry).escapedMarkup)
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    func row(_ name: String, _ cells: [String]) -> String {
      Markup.element("tr", cells.map { Markup.element(name, $0) }.joined())
    }
    let body = Markup.element("tbody", rows.map { row("td", $0) }.joined(separator: "\n"))
    return Markup.element(
      "div", ["class": "scroll"], Markup.element("table", Markup.element("thead", row("th", head)) + body))
  }

  private var gallery: String {
    let exhibits = entries.map { entry in
      let image = picture(entry).map { figure in
        Markup.empty("img", ["src": "\(entry.report.lesson)/\(figure.file)", "alt": figure.alt])
      }
      return Markup.element(
        "figure",
        (image ?? "")
          + Markup.element("figcaption", "<strong>\(link(entry))</strong> \(entry.report.summary.escapedMarkup)"))
    }
    return Markup.element("div", ["class": "gallery"], exhibits.joined(separator: "\n"))
  }

  private var path: String {
    let rows = entries.map { [link($0), "\($0.report.minutes) min", "\($0.report.minutesInDepth) min"] }
    return "<p>In this order. A page's core is read in about 20 minutes; what it folds can wait.</p>"
      + table(["lesson", "core", "with all that is folded"], rows)
  }

  private var counts: String {
    let rows = entries.map { entry in
      let report = entry.report
      let mark = report.passed ? "✓" : "<span class=\"failed\">✗</span>"
      let residual = report.stepCount == 0 ? "" : Numeral.residual(report.largestResidual)
      return [mark, link(entry), "\(report.stepCount)", residual, "\(report.checks.count)"]
    }
    return """
      <p>A <em>step</em> is a line of a derivation, evaluated on live matrices and compared with the line before it: the \
      residual is their relative difference. A <em>check</em> is a claim with a figure and the bound that the figure must \
      keep.</p>
      """ + table(["", "lesson", "steps", "largest residual", "checks"], rows)
  }

  private var topics: String {
    let rows = Topic.all.compactMap { topic -> [String]? in
      let links = topic.places.compactMap { place in
        entries.first { $0.lesson.name == place.lesson }.map { entry in
          let address = "\(entry.report.lesson)/index.html#\(Anchor.of(place.section))"
          let text = "\(place.lesson.prefix(2)) · \(place.section)"
          return Markup.element("a", ["href": address], text.escapedMarkup)
        }
      }
      return links.isEmpty
        ? nil : [topic.name.escapedMarkup, topic.lectures.escapedMarkup, links.joined(separator: "<br/>")]
    }
    guard !rows.isEmpty else { return "" }
    return
      "<p>K: Khapra, lecture 7.6. S: Srihari. V: session 19. L: Larochelle. C: section 4 on contractive autoencoders.</p>"
      + table(["topic", "lectures", "sections"], rows)
  }
}
