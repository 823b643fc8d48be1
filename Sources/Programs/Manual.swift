/// What `--help` prints: paragraphs, and tables of what one can type and what it does.
package struct Manual {
  package enum Part {
    case paragraph(String)
    /// Terms with their explanations, of which some may be empty.
    case terms(String, [(term: String, meaning: String)])
  }

  package let parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// The text in lines of `width` columns.
  package func text(width: Int) -> String {
    parts.map { part in
      switch part {
      case .paragraph(let text): text.wrapped(to: width)
      case .terms(let title, let terms): title + "\n" + Manual.lines(of: terms, width: width).joined(separator: "\n")
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// Explanations stand in a column of their own, beside their terms or, where a term is too long, below it.
  private static func lines(of terms: [(term: String, meaning: String)], width: Int) -> [String] {
    let longest = terms.filter { !$0.meaning.isEmpty }.map(\.term.count).max() ?? 0
    let column = min(longest, max(8, 2 * width / 5 - 4))
    let indent = String(repeating: " ", count: column + 4)
    return terms.map { term, meaning in
      let head = "  \(term)".wrapped(to: width, hanging: 2)
      guard !meaning.isEmpty else { return head }
      let body = (indent + meaning).wrapped(to: width)
      return term.count <= column ? head + body.dropFirst(term.count + 2) : head + "\n" + body
    }
  }
}
