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

      Each lesson is a program; what it derived, measured and drew is its page.

      \(gallery)

      ## The path

      In this order. A page's core is read in about 20 minutes; what it folds can wait.

      | lesson | core | with all that is folded |
      | --- | ---: | ---: |
      \(entries.map(stage).joined(separator: "\n"))

      ## What was checked

      A *step* is a line of a derivation, evaluated on live matrices and compared with the line before it: the residual is
      their relative difference. A *check* is a claim with a figure and the bound that the figure must keep.

      \(counted(entries.count, "lesson")) with \(counts): \(verdict).

      | | lesson | steps | largest residual | checks |
      | --- | --- | ---: | ---: | ---: |
      \(entries.map(row).joined(separator: "\n"))
      \(topics)
      ---

      *All pages were computed, figures and all, by* `\(command)`*.*

      """
  }

  private func row(_ entry: Entry) -> String {
    let report = entry.report
    let residual = report.stepCount == 0 ? "" : Numeral.residual(report.largestResidual)
    let mark = report.passed ? "✓" : "✗"
    return "| \(mark) | \(link(entry)) | \(report.stepCount) | \(residual) | \(report.checks.count) |"
  }

  /// A line of the path: how long a page takes to read.
  private func stage(_ entry: Entry) -> String {
    "| \(link(entry)) | \(entry.report.minutes) min | \(entry.report.minutesInDepth) min |"
  }

  private func link(_ entry: Entry) -> String {
    "[\(heading(entry).replacing("|", with: "\\|"))](\(page(entry)))"
  }

  /// The picture of each lesson with its title and its summary, two in a row.
  private var gallery: String {
    let cells = entries.map(exhibit) + (entries.count.isMultiple(of: 2) ? [] : [""])
    let rows = stride(from: 0, to: cells.count, by: 2).map { "| \(cells[$0]) | \(cells[$0 + 1]) |" }
    return (["| | |", "| --- | --- |"] + rows).joined(separator: "\n")
  }

  /// A lesson in the gallery: the figure that opens its page, or else its first one.
  private func exhibit(_ entry: Entry) -> String {
    let picture = self.picture(entry).map { figure in
      let image = "\(entry.report.lesson)/\(figure.file)"
      return
        "<a href=\"\(page(entry))\"><img src=\"\(escaped(image))\" width=\"400\" alt=\"\(escaped(figure.alt))\"></a>"
    }
    return [picture, "**\(link(entry))**", entry.report.summary.replacing("|", with: "\\|")].compactMap(\.self)
      .joined(separator: "<br>")
  }

  /// The figure that opens a lesson's page, or else its first one.
  func picture(_ entry: Entry) -> Report.Figure? {
    let figures = entry.report.figures
    return figures.first { $0.name == entry.report.picture } ?? figures.first
  }

  /// The table that leads from the lectures' topics to the sections of the lessons at hand; a line break if there are none.
  private var topics: String {
    let pages = entries.map { (lesson: $0.lesson.name, page: page($0), number: $0.lesson.name.prefix(2)) }
    let rows = Topic.all.compactMap { topic -> String? in
      let links = topic.places.compactMap { place in
        pages.first { $0.lesson == place.lesson }.map {
          "[\($0.number) · \(place.section)](\($0.page)#\(Anchor.of(place.section)))"
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
  func heading(_ entry: Entry) -> String {
    let title = entry.report.title
    guard title.first?.isNumber != true, let number = Int(entry.lesson.name.prefix(2)) else { return title }
    return "\(number) · \(title)"
  }

  private func page(_ entry: Entry) -> String { "\(entry.report.lesson)/README.md" }

  /// `text` within the quotes of an HTML attribute.
  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("|", with: "&#124;").replacing("\n", with: " ")
  }

  /// What the index is written as.
  static let files = ["README.md", "index.html"]

  /// Writes the index as ``files`` into `folder`; a reader sees the old ones or the new ones.
  ///
  /// - Throws: ``Failure`` with exit code 73; an index that was there is then unchanged.
  func write(to folder: URL) throws(Failure) {
    var replacement = Replacement()
    for (name, text) in zip(Index.files, [markdown, html]) {
      try replacement.stage(text, for: folder.appending(path: name))
    }
    try replacement.commit()
  }
}
