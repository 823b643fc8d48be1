import Foundation
import Notebook
import Programs

/// The page that leads to all others: `README.md` of the output folder.
///
/// It holds nothing that differs from run to run: no times, dates or paths outside the folder.
struct Index {
  /// A lesson's report with the name of its program.
  typealias Entry = (lesson: LessonProgram, report: Report)

  let entries: [Entry]
  /// The command that writes this index.
  let command: String

  var markdown: String {
    let steps = entries.reduce(0) { $0 + $1.report.stepCount }
    let checks = entries.reduce(0) { $0 + $1.report.checks.count }
    let failed = entries.filter { !$0.report.passed }.count
    let verdict = failed == 0 ? "all of them hold" : "**not all of them hold, see ✗ below**"
    let counts = [counted(steps, "step"), counted(checks, "check")].joined(separator: " and ")
    return """
      <!-- Written by `\(command)`. Edit lessons/*/main.swift. -->

      # Autoencoders, in programs that check themselves

      Each lesson is a program; what it derived, measured and drew is its page. A *step* is a line of a derivation,
      evaluated on live matrices and compared with the line before it: the residual is their relative difference. A
      *check* is a claim with a figure and the bound that the figure must keep.

      \(counted(entries.count, "lesson")) with \(counts): \(verdict).

      | | lesson | steps | largest residual | checks |
      | --- | --- | ---: | ---: | ---: |
      \(entries.map(row).joined(separator: "\n"))

      \(entries.map(section).joined(separator: "\n\n"))
      \(topics)
      ---

      *All pages were computed, figures and all, by* `\(command)`*.*

      """
  }

  private func row(_ entry: Entry) -> String {
    let report = entry.report
    let link = "[\(heading(entry).replacing("|", with: "\\|"))](\(page(entry)))"
    let residual = report.stepCount == 0 ? "" : Numeral.residual(report.largestResidual)
    let mark = report.passed ? "✓" : "✗"
    return "| \(mark) | \(link) | \(report.stepCount) | \(residual) | \(report.checks.count) |"
  }

  private func section(_ entry: Entry) -> String {
    var parts = ["## [\(heading(entry))](\(page(entry)))", entry.report.summary]
    if let figure = entry.report.figures.first {
      let image = "\(entry.report.lesson)/\(figure.file)"
      parts.append(
        "<a href=\"\(page(entry))\"><img src=\"\(escaped(image))\" width=\"360\" alt=\"\(escaped(figure.alt))\"></a>")
    }
    return parts.joined(separator: "\n\n")
  }

  /// The table that leads from the lectures' topics to the sections of the lessons at hand; a line break if there are none.
  private var topics: String {
    let pages = entries.map { (lesson: $0.lesson.name, page: page($0), number: $0.lesson.name.prefix(2)) }
    let rows = Topic.all.compactMap { topic -> String? in
      let links = topic.places.compactMap { place in
        pages.first { $0.lesson == place.lesson }.map {
          "[\($0.number) · \(place.section)](\($0.page)#\(place.anchor))"
        }
      }
      return links.isEmpty ? nil : "| \(topic.name) | \(topic.lectures) | \(links.joined(separator: "<br>")) |"
    }
    guard !rows.isEmpty else { return "" }
    return """

      ## Where the lectures' topics are

      K: Khapra, lecture 7.6. S: Srihari. V: session 19. L: Larochelle. C: section 4 on contractive autoencoders.

      | topic | lectures | sections |
      | --- | --- | --- |
      \(rows.joined(separator: "\n"))

      """
  }

  /// Number and title, as the lesson's own heading has them: `1 · The SVD theorem`.
  private func heading(_ entry: Entry) -> String {
    let title = entry.report.title
    guard title.first?.isNumber != true, let number = Int(entry.lesson.name.prefix(2)) else { return title }
    return "\(number) · \(title)"
  }

  private func page(_ entry: Entry) -> String { "\(entry.report.lesson)/README.md" }

  /// `text` within the quotes of an HTML attribute.
  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("\n", with: " ")
  }

  /// Writes the index as `README.md` into `folder`; a reader sees the old one or the new one.
  ///
  /// - Throws: ``Failure`` with exit code 73; an index that was there is then unchanged.
  func write(to folder: URL) throws(Failure) {
    var replacement = Replacement()
    try replacement.stage(markdown, for: folder.appending(path: "README.md"))
    try replacement.commit()
  }
}
