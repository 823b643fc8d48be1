/// One picture of a ``Figure``: a plot, a grid of images, a matrix.
public protocol Panel: Sendable {
  /// What stands above it; the figure writes it.
  var title: String { get }
  /// The panel `width` pixels wide, without its title, and as high as it needs.
  func body(width: Double) throws(PlotError) -> Canvas
}

/// Collects the panels written between the braces of a ``Figure``.
@resultBuilder
public enum PanelBuilder {
  public static func buildExpression(_ panel: some Panel) -> [any Panel] { [panel] }
  public static func buildExpression(_ panels: [any Panel]) -> [any Panel] { panels }
  public static func buildBlock(_ parts: [any Panel]...) -> [any Panel] { Array(parts.joined()) }
  public static func buildArray(_ parts: [[any Panel]]) -> [any Panel] { Array(parts.joined()) }
  public static func buildOptional(_ part: [any Panel]?) -> [any Panel] { part ?? [] }
  public static func buildEither(first part: [any Panel]) -> [any Panel] { part }
  public static func buildEither(second part: [any Panel]) -> [any Panel] { part }
}
