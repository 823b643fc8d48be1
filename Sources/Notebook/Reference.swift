import Programs

/// A paper, a book or a lecture that pages cite.
public struct Reference: Sendable {
  /// What prose cites it by: `[](@eckart-young-1936)`.
  public let key: String
  /// As it stands in a sentence: `Eckart and Young, 1936`.
  public let short: Prose.Inline
  /// As it stands among the page's sources, with a link to the work, if it has one.
  public let full: Prose.Inline

  /// Where the work is.
  var address: String? {
    full.spans.lazy.compactMap { if case .link(_, let destination) = $0 { destination } else { nil } }.first
  }
}

/// The references of the course, `lessons/SOURCES.md`, and which of them the page has cited so far.
///
/// A citation is a link to the reference's key, `[](@eckart-young-1936)`; it reads as the reference's short form and leads to
/// the work. Between the brackets there may be words of its own: `[the slide](@larochelle)`. What has no address, as a
/// lecture, is named in full where it is first cited, and leads to the page's sources.
struct Bibliography: Sendable {
  private let references: [Reference]
  private(set) var cited: [Reference] = []

  /// No references.
  init() { references = [] }

  /// Reads the table in `markdown`: key, short form, full form.
  ///
  /// - Throws: ``LessonFailure`` if it has no table of three columns; `ProseError`.
  init(markdown: String) throws {
    references = try Prose(markdown: markdown).rows(columns: 3, of: "SOURCES.md").map { cells in
      Reference(key: cells[0].plainText, short: cells[1], full: cells[2])
    }
  }

  /// `prose` with its citations as links.
  ///
  /// - Throws: ``LessonFailure`` if a key is not in the table.
  mutating func resolve(_ prose: Prose) throws -> Prose { Prose(blocks: try prose.blocks.map { try resolve($0) }) }

  /// `inline` with its citations as links.
  mutating func resolve(_ inline: Prose.Inline) throws -> Prose.Inline {
    Prose.Inline(spans: try inline.spans.flatMap { try resolve($0) })
  }

  private mutating func resolve(_ block: Prose.Block) throws -> Prose.Block {
    switch block {
    case .paragraph(let inline): .paragraph(try resolve(inline))
    case .bulletList(let items): .bulletList(try items.map { try $0.map { try resolve($0) } })
    case .numberedList(let start, let items):
      .numberedList(start: start, try items.map { try $0.map { try resolve($0) } })
    case .quote(let blocks): .quote(try blocks.map { try resolve($0) })
    case .table(let table):
      .table(
        Prose.Table(
          alignments: table.alignments, header: try table.header.map { try resolve($0) },
          rows: try table.rows.map { try $0.map { try resolve($0) } }))
    case .heading, .code, .formula, .rule, .comment: block
    }
  }

  private mutating func resolve(_ span: Prose.Span) throws -> [Prose.Span] {
    switch span {
    case .emphasis(let spans): return [.emphasis(try spans.flatMap { try resolve($0) })]
    case .strong(let spans): return [.strong(try spans.flatMap { try resolve($0) })]
    case .link(let words, let destination) where destination.hasPrefix("@"):
      let key = destination.dropFirst()
      guard let reference = references.first(where: { $0.key == key }) else {
        throw LessonFailure("lessons/SOURCES.md has no row for \(key)", code: .badData)
      }
      let isFirst = !cited.contains { $0.key == key }
      if isFirst { cited.append(reference) }
      let text = words.isEmpty ? reference.short.spans : words
      guard let address = reference.address else {
        let link = Prose.Span.link(text, destination: "#sources")
        guard isFirst else { return [link] }
        return [link, .text(" (")] + reference.full.spans + [.text(")")]
      }
      return [.link(text, destination: address)]
    case .text, .code, .link, .formula, .softBreak, .hardBreak: return [span]
    }
  }
}
