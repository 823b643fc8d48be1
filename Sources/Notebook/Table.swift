/// A table: a caption, column heads and rows of cells, all of them prose of one line.
public struct Table: Sendable {
  public let caption: Prose.Inline
  public let columns: [Prose.Inline]
  public let rows: [[Prose.Inline]]
}

/// One cell: text (Markdown with `$…$` formulas), or a number with its digits.
///
/// ```swift
/// lesson.table("Energy kept", columns: ["$k$", "share"], rows: ks.map { [Cell($0), .percent(share($0))] })
/// ```
public struct Cell: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, Sendable {
  let markdown: String

  public init(stringLiteral text: String) { markdown = text }
  public init(integerLiteral number: Int) { markdown = String(number) }
  public init(_ text: String) { markdown = text }
  public init(_ number: Int) { markdown = String(number) }
  /// A number with `significant` digits.
  public init(_ number: Double, significant: Int = 4) { markdown = Numeral.short(number, significant: significant) }

  /// A number with a fixed number of decimals.
  public static func fixed(_ number: Double, decimals: Int) -> Cell { Cell(Numeral.fixed(number, decimals: decimals)) }
  /// A share in per cent.
  public static func percent(_ share: Double, decimals: Int = 1) -> Cell {
    Cell(Numeral.percent(share, decimals: decimals))
  }
}
