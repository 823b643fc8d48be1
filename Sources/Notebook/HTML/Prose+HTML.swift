extension Prose.Inline {
  /// The text as HTML.
  var html: String { spans.html }
}

extension [Prose.Span] {
  /// The spans as HTML. A mark at a formula stays with it: a browser would begin a line with the full stop behind it.
  fileprivate var html: String {
    var result = ""
    var opening = ""
    var taken = 0
    for (i, span) in enumerated() {
      switch span {
      case .text(let text):
        var text = text.dropFirst(taken)
        taken = 0
        opening = ""
        if i + 1 < count, case .formula = self[i + 1] {
          opening = String(text.reversed().prefix { !$0.isWhitespace }.reversed())
        }
        text = text.dropLast(opening.count)
        result += String(text).escapedMarkup
      case .formula(let formula):
        var closing = ""
        if i + 1 < count, case .text(let next) = self[i + 1] { closing = String(next.prefix { !$0.isWhitespace }) }
        taken = closing.count
        result += formula.mathML(between: opening.escapedMarkup, and: closing.escapedMarkup)
        opening = ""
      default:
        result += span.html
      }
    }
    return result
  }
}

extension Prose.Span {
  fileprivate var html: String {
    switch self {
    case .text(let text): text.escapedMarkup
    case .emphasis(let spans): Markup.element("em", spans.html)
    case .strong(let spans): Markup.element("strong", spans.html)
    case .code(let code): Markup.element("code", code.escapedMarkup)
    case .link(let spans, let destination): link(spans.html, destination)
    case .formula(let formula): formula.mathML()
    case .softBreak: "\n"
    case .hardBreak: "<br/>"
    }
  }

  private func link(_ content: String, _ destination: String) -> String {
    // A scheme that runs something is not followed.
    let scheme = destination.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
    let hasScheme = scheme.count < destination.count && destination.dropFirst(scheme.count).first == ":"
    guard !hasScheme || ["http", "https", "mailto"].contains(scheme.lowercased()) else { return content }
    return Markup.element("a", ["href": hasScheme ? destination : destination.leadingToHTML], content)
  }
}

extension String {
  /// A link to another page of the course, `../NN-slug/README.md#section`, as a link to its HTML.
  var leadingToHTML: String {
    wholeMatch(of: /(\.\.\/(?:[0-9]{2}-[^\/#]+\/)?)README\.md(#.*)?/).map { match in
      match.output.1 + "index.html" + (match.output.2 ?? "")
    } ?? self
  }
}

extension [Prose.Block] {
  /// The blocks as HTML; `heading` writes those that are headings.
  func html(heading: (Int, Prose.Inline) -> String) -> String {
    map { $0.html(heading: heading) }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

extension Prose.Block {
  fileprivate func html(heading: (Int, Prose.Inline) -> String) -> String {
    func items(_ items: [[Prose.Block]]) -> String {
      items.map { item in
        // An item of one paragraph is its text.
        if case .paragraph(let inline)? = item.first, item.isTightItem {
          return Markup.element("li", inline.html + Array(item.dropFirst()).html(heading: heading))
        }
        return Markup.element("li", item.html(heading: heading))
      }.joined(separator: "\n")
    }
    switch self {
    case .heading(let level, let inline): return heading(level, inline)
    case .paragraph(let inline): return Markup.element("p", inline.html)
    case .bulletList(let list): return Markup.element("ul", items(list))
    case .numberedList(let start, let list): return Markup.element("ol", ["start": "\(start)"], items(list))
    case .quote(let blocks): return Markup.element("blockquote", blocks.html(heading: heading))
    case .code(let language, let content):
      let code = language == "swift" ? SwiftHighlighting.html(content) : content.escapedMarkup
      return Markup.element("pre", Markup.element("code", code))
    case .table(let table): return table.html
    case .formula(let formula): return formula.displayedHTML
    case .rule: return "<hr/>"
    case .comment: return ""
    }
  }
}

extension TeX {
  /// The formula in a box of its own, its tag at the right.
  fileprivate var displayedHTML: String {
    Markup.element("div", ["class": "display"], mathML(displayed: true))
  }
}

extension Prose.Table {
  fileprivate var html: String {
    func cells(_ name: String, _ row: [Prose.Inline]) -> String {
      zip(alignments, row).map { alignment, cell in
        switch alignment {
        case .automatic, .left: Markup.element(name, cell.html)
        case .center: Markup.element(name, ["class": "center"], cell.html)
        case .right: Markup.element(name, ["class": "right"], cell.html)
        }
      }.joined()
    }
    let head = Markup.element("thead", Markup.element("tr", cells("th", header)))
    let body = Markup.element("tbody", rows.map { Markup.element("tr", cells("td", $0)) }.joined(separator: "\n"))
    return Markup.element("div", ["class": "scroll"], Markup.element("table", head + body))
  }
}
