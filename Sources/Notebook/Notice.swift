import Datasets
import Programs

/// What a page says at its head, below the title, before anybody reads on.
enum Notice {
  /// Which images the page is about, if they are not those that the lesson was written for.
  static func ownImages(_ own: OwnImages) -> Prose.Block {
    quote([
      .strong([.text("Computed on other images than the lesson was written for")]), .text(": \(own.summary). "),
      .text(
        "Numbers, tables, figures and their captions are those of these images. The text around them was written for the "
          + "embedded digits, and where it says “digits” it may mean these."),
    ])
  }

  /// Which checks and lines of derivations do not hold; `nil` if all do.
  static func failures(_ page: Page) -> Prose.Block? {
    guard !page.passed else { return nil }
    let checks = page.checks.filter { !$0.passed }
    let lines = page.derivations.flatMap { derivation in
      derivation.steps.indices.filter { !derivation.steps[$0].passed }.map { (derivation, $0 + 1) }
    }
    let counts = [
      checks.isEmpty ? nil : "\(checks.count) of \(counted(page.checks.count, "check"))",
      lines.isEmpty
        ? nil
        : "\(lines.count) of \(counted(page.derivations.reduce(0) { $0 + $1.steps.count }, "line")) of derivations",
    ].compactMap(\.self)
    let items =
      checks.map { $0.claim.spans + [.text(": \($0.statement)")] }
      + lines.map { derivation, number in derivation.title.spans + [.text(": line (\(number))")] }
    return .quote([
      .paragraph(
        .init(spans: [
          .strong([.text("\(counts.joined(separator: " and ")) do not hold on this page")]),
          .text(". What the text says of them is not borne out here:"),
        ])), .bulletList(items.map { [.paragraph(.init(spans: $0))] }),
    ])
  }

  private static func quote(_ spans: [Prose.Span]) -> Prose.Block { .quote([.paragraph(.init(spans: spans))]) }
}

extension Prose {
  /// A text of these blocks.
  init(blocks: [Block]) { self.blocks = blocks }
}

extension Page {
  /// Puts `notices` below the title.
  mutating func head(with notices: [Prose.Block]) {
    guard !notices.isEmpty, case .prose(var prose)? = blocks.first else { return }
    prose.blocks.insert(contentsOf: notices, at: min(1, prose.blocks.count))
    blocks[0] = .prose(prose)
  }
}
