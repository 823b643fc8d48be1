import Programs

/// Writes the sections of a page, and numbers what links lead to.
struct HTMLWriter {
  let page: Page
  /// The headings, spelt as GitHub does, so that a link to a section holds in both editions.
  private var headings = Anchor.Register()
  // Headings hold no point, so `check.3` is the id of nothing else.
  var derivations = 0
  var checks = 0
  private(set) var questions: [Question] = []

  init(page: Page) { self.page = page }

  /// The list of contents, in the margin.
  func contents(_ sections: [PageSection]) -> String {
    sections.filter { $0.title != nil }.map { section in
      let title =
        section.isDeep ? String((section.title ?? "").dropFirst(PageSection.deeper.count)) : section.title ?? ""
      let link = Markup.element("a", ["href": "#\(section.anchor)"], title.escapedMarkup)
      return Markup.element("li", ["class": section.isDeep ? "deep" : "core"], link)
    }.joined(separator: "\n")
  }

  /// A section. Of a deep one the heading and the first paragraph stand in the open.
  mutating func html(_ section: PageSection) -> String {
    guard section.isDeep, case .prose(let prose)? = section.blocks.first else {
      return Markup.element("section", rows(section.blocks))
    }
    let head = HTMLWriter.row(html(Prose(blocks: Array(prose.blocks.prefix(2)))), "")
    let rest = [.prose(Prose(blocks: Array(prose.blocks.dropFirst(2))))] + section.blocks.dropFirst()
    let content = HTMLWriter.folded("Read on", rows(rest), ["class": "depth"])
    return Markup.element("section", ["class": "deep"], head + content)
  }

  // MARK: Rows

  /// Text with the code beside it: what was written, computed and drawn at the left, the Swift it comes from at the right
  /// or, on a narrow screen, below. Checks stand together at the end, then the code that weaves.
  private mutating func rows(_ blocks: [Block]) -> String {
    var rows: [String] = []
    var (text, code): ([String], [String]) = ([], [])
    var checks: [Check] = []
    var scaffolding: [CodeCell] = []
    func flush() {
      if !text.isEmpty || !code.isEmpty {
        rows.append(HTMLWriter.row(text.joined(separator: "\n"), code.joined(separator: "\n")))
      }
      (text, code) = ([], [])
    }
    for block in blocks {
      switch block {
      case .check(let check): checks.append(check)
      case .code(let cell) where cell.kind == .scaffolding: scaffolding.append(cell)
      case .code(let cell): code.append(cell.html)
      default:
        if !code.isEmpty { flush() }
        let content = html(block)
        if !content.isEmpty { text.append(content) }
      }
    }
    if !checks.isEmpty {
      if !code.isEmpty { flush() }
      text.append(html(checks))
    }
    if !scaffolding.isEmpty {
      let listing = CodeCell.listing(scaffolding.map(\.text).joined(separator: "\n\n"))
      code.append(HTMLWriter.folded("What shows and checks this", listing, ["class": "code scaffolding"]))
    }
    flush()
    return rows.joined(separator: "\n")
  }

  private static func row(_ text: String, _ code: String) -> String {
    let cells =
      Markup.element("div", ["class": "text"], text)
      + (code.isEmpty ? "" : Markup.element("div", ["class": "cells"], code))
    return Markup.element("div", ["class": "row"], cells)
  }

  static func folded(_ title: String, _ content: String, _ attributes: KeyValuePairs<String, String>) -> String {
    Markup.element("details", attributes, Markup.element("summary", title) + content)
  }

  // MARK: Headings

  mutating func html(_ prose: Prose) -> String {
    var texts: [String] = []
    // One block at a time, because a heading moves the register on.
    for block in prose.blocks {
      if case .heading(let level, let inline) = block {
        texts.append(heading(level, inline))
      } else {
        texts.append([block].html { Markup.element("h\($0)", $1.html) })
      }
    }
    return texts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private mutating func heading(_ level: Int, _ inline: Prose.Inline) -> String {
    let anchor = headings.anchor(for: inline.plainText)
    let mark =
      level == 1
      ? ""
      : " " + Markup.element("a", ["class": "anchor", "href": "#\(anchor)", "aria-label": "Link to this section"], "#")
    return Markup.element("h\(level)", ["id": anchor], inline.html + mark)
  }

  mutating func note(_ question: Question) { questions.append(question) }

  /// The answers once more, for paper, where nothing unfolds.
  var answers: String {
    guard !questions.isEmpty else { return "" }
    let items = questions.map { question in
      Markup.element(
        "div", ["class": "answer"],
        "<p><strong>Question \(question.number).</strong></p>"
          + question.answer.blocks.html { Markup.element("h\($0)", $1.html) })
    }
    return Markup.element("section", ["class": "answers"], "<h2>Answers</h2>" + items.joined(separator: "\n"))
  }
}
