/// A table: a caption, column heads and rows of cells, all of them prose of one line.
public struct Table: Sendable {
  public let caption: Prose.Inline
  public let columns: [Prose.Inline]
  public let rows: [[Entry]]

  /// What a cell shows, and the number that it is made of, if it is.
  public struct Entry: Sendable {
    public let text: Prose.Inline
    public let number: Double?
  }
}

/// One cell: text (Markdown with `$…$` formulas), or a number with its digits.
///
/// ```swift
/// lesson.table("Energy kept", columns: ["$k$", "share"], rows: ks.map { [Cell($0), .percent(share($0))] })
/// ```
public struct Cell: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, Sendable {
  let markdown: String
  /// What `--json` prints: the number itself, with all its digits.
  let number: Double?

  private init(_ markdown: String, number: Double?) { (self.markdown, self.number) = (markdown, number) }

  public init(stringLiteral text: String) { self.init(text) }
  public init(integerLiteral number: Int) { self.init(number) }
  public init(_ text: String) { self.init(text, number: nil) }
  public init(_ number: Int) { self.init(String(number), number: Double(number)) }
  /// A number with `significant` digits.
  public init(_ number: Double, significant: Int = 4) {
    self.init(Numeral.short(number, significant: significant), number: number)
  }

  /// A number with a fixed number of decimals.
  public static func fixed(_ number: Double, decimals: Int) -> Cell {
    Cell(Numeral.fixed(number, decimals: decimals), number: number)
  }
  /// A share in per cent.
  public static func percent(_ share: Double, decimals: Int = 1) -> Cell {
    Cell(Numeral.percent(share, decimals: decimals), number: share)
  }
}
