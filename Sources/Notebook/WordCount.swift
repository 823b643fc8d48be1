/// The words of a text in Markdown, without code, tables and comments; a formula counts as one.
struct WordCount {
  private(set) var words = 0

  /// Counts what stands in the open, outside of `<details>`.
  init(unfolded markdown: String) { self.init(markdown, countsFolded: false) }

  /// Counts all of it.
  init(everything markdown: String) { self.init(markdown, countsFolded: true) }

  private init(_ markdown: String, countsFolded: Bool) {
    var depth = 0
    var isCode = false
    for line in markdown.split(separator: "\n") {
      if line.hasPrefix("```") { isCode.toggle() }
      if line == "</details>" { depth -= 1 }
      if !isCode, depth == 0 || countsFolded, !["```", "|", "<", "!["].contains(where: { line.hasPrefix($0) }) {
        words += line.replacing(/\$`[^`]*`\$/, with: "x").replacing(/\]\([^)]*\)/, with: "")
          .split(separator: " ").count { $0.contains { $0.isLetter || $0.isNumber } }
      }
      if line == "<details>" { depth += 1 }
    }
  }
}
