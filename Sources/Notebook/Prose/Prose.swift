/// The text of a lesson: a tree of blocks, read from the subset of Markdown in which lessons are written.
///
/// ```swift
/// let prose = try Prose(markdown: "## Rank $k$\nThe error is $\\sigma_{k+1}$.", firstLine: 12)
/// print(prose.terminal(width: 80, style: .plain))
/// ```
///
/// The subset: headings, paragraphs, bullets (`-`) and numbered lists, quotes, fenced code, tables, displayed formulas
/// (`$$ … $$`), rules (`---`) and comments; within a line `*emphasis*`, `**strong**`, `` `code` ``, `[link](address)`,
/// `$formula$` and hard breaks (a backslash or two blanks at the end of the line). The safe forms of formulas that
/// ``markdown`` writes are read too.
///
/// Nothing is guessed: what is neither markup of the subset nor plain text is an error, so a price is written `\$5`.
public struct Prose: Hashable, Sendable {
  /// The blocks from top to bottom.
  public var blocks: [Block]

  /// Parses Markdown; `firstLine` is the number of its first line in the file it comes from, for errors.
  ///
  /// - Throws: `ProseError`, naming the line and what is wrong on it.
  public init(markdown: String, firstLine: Int = 1) throws(ProseError) {
    var parser = ProseBlockParser(markdown, firstLine: firstLine)
    blocks = try parser.blocks()
  }

  /// One line of text, such as a caption or the reason of a step: `try Prose.inline("keeps $k$ values")`.
  public static func inline(_ markdown: String, line: Int = 1) throws(ProseError) -> Inline {
    try Inline(markdown, line: line)
  }

  /// All formulas, in order.
  public var formulas: [TeX] { blocks.flatMap(\.formulas) }

  /// A paragraph, list, table, …
  public indirect enum Block: Hashable, Sendable {
    /// `level` is 1 … 6.
    case heading(level: Int, Inline)
    case paragraph(Inline)
    case bulletList([[Block]])
    case numberedList(start: Int, [[Block]])
    case quote([Block])
    /// `language` may be empty; the content has no newline at its end.
    case code(language: String, String)
    case table(Table)
    /// A displayed formula.
    case formula(TeX)
    case rule
    /// A comment with its delimiters, `<!-- … -->`: kept in Markdown, dropped on the terminal.
    case comment(String)
  }

  /// Rows of cells under a header.
  public struct Table: Hashable, Sendable {
    /// One a column.
    public var alignments: [Alignment]
    /// As many cells as there are alignments, and so in each row.
    public var header: [Inline]
    public var rows: [[Inline]]

    /// Where the cells of a column stand; `automatic` leaves it to the reader's browser.
    public enum Alignment: Hashable, Sendable {
      case automatic, left, center, right
    }
  }

  /// A run of text with its markup.
  public struct Inline: Hashable, Sendable {
    /// The spans from left to right.
    public var spans: [Span]

    /// Text made of `spans`, which may hold any characters: renderers escape them.
    public init(spans: [Span]) {
      self.spans = spans
    }

    /// Parses Markdown without blocks.
    ///
    /// - Throws: `ProseError`, naming `line`, that of the first character.
    public init(_ markdown: String, line: Int = 1) throws(ProseError) {
      var parser = ProseInlineParser(markdown, firstLine: line)
      spans = try parser.inline()
    }

    /// The text without markup, formulas in Unicode, on one line: for alternative text and JSON.
    public var plainText: String { spans.map(\.plainText).joined() }

    /// All formulas, in order.
    public var formulas: [TeX] { spans.flatMap(\.formulas) }
  }

  /// Text of one kind.
  public indirect enum Span: Hashable, Sendable {
    case text(String)
    case emphasis([Span])
    case strong([Span])
    case code(String)
    case link([Span], destination: String)
    case formula(TeX)
    /// A line ends in the source; a blank when read.
    case softBreak
    case hardBreak

    fileprivate var plainText: String {
      switch self {
      case .text(let text), .code(let text): text
      case .emphasis(let spans), .strong(let spans), .link(let spans, _): spans.map(\.plainText).joined()
      case .formula(let formula): formula.unicode
      case .softBreak, .hardBreak: " "
      }
    }

    fileprivate var formulas: [TeX] {
      switch self {
      case .formula(let formula): [formula]
      case .emphasis(let spans), .strong(let spans), .link(let spans, _): spans.flatMap(\.formulas)
      case .text, .code, .softBreak, .hardBreak: []
      }
    }
  }
}

extension Prose.Block {
  fileprivate var formulas: [TeX] {
    switch self {
    case .heading(_, let inline), .paragraph(let inline): inline.formulas
    case .bulletList(let items), .numberedList(_, let items): items.flatMap { $0.flatMap(\.formulas) }
    case .quote(let blocks): blocks.flatMap(\.formulas)
    case .table(let table): (table.header + table.rows.flatMap { $0 }).flatMap(\.formulas)
    case .formula(let formula): [formula]
    case .code, .rule, .comment: []
    }
  }
}
