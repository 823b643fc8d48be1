/// Something drawn on the axes of a ``Plot``: a line, a scatter, a band.
///
/// A new kind of mark is one new file: it names the coordinates it takes, so that the plot can check them and choose
/// its ranges, and draws itself and its key in the legend.
public protocol Mark: Sendable {
  /// What the legend calls it; without a name it is not in the legend.
  var name: String? { get }
  /// Its colour, if it was told; otherwise its ``role`` decides.
  var color: SeriesColor? { get }
  var role: MarkRole { get }
  var layer: MarkLayer { get }
  /// All numbers that the axes must show, and those shown otherwise. The plot throws an error if one of them cannot be
  /// drawn.
  var coordinates: [Coordinates] { get }
  /// The names along the horizontal axis, at 0, 1, 2, …, if it is not an axis of numbers.
  var categories: [String]? { get }
  /// Throws if what the mark was told besides its data, such as a range or a scale, cannot be drawn in `panel`, where
  /// it is called `series`.
  func check(panel: String, series: String) throws(PlotError)
  /// The data that a reader may want to read off, (xᵢ, yᵢ); none by default.
  var readings: (x: [Double], y: [Double]) { get }
  /// Draws the mark; `frame` turns data into pixels.
  func draw(on canvas: inout Canvas, in frame: Frame, style: Style)
  /// Draws a sample of the mark for the legend, filling `box`.
  func drawKey(on canvas: inout Canvas, in box: Box, style: Style)
}

extension Mark {
  public var color: SeriesColor? { nil }
  public var role: MarkRole { .series }
  public var layer: MarkLayer { .front }
  public var categories: [String]? { nil }
  public var readings: (x: [Double], y: [Double]) { ([], []) }
  public func check(panel: String, series: String) throws(PlotError) {}

  /// Throws unless `scale`, how many times as large arrows or ellipses are shown, is a number of drawable size.
  func check(scale: Double, panel: String, series: String) throws(PlotError) {
    guard scale >= DataRange.smallest && scale <= 1e300 else {
      throw .badScale(panel: panel, series: series, scale: "\(scale)")
    }
  }

  /// The name in the legend of a mark whose `things` are shown `scale` times as large: `"score (arrows ×0.1)"`.
  static func name(_ name: String?, stating scale: Double, of things: String) -> String? {
    guard scale != 1, scale >= DataRange.smallest, scale <= 1e300 else { return name }
    let factor = DecimalNumber(scale, digits: 3)
    let note = "\(things) ×\(factor.text)"
    return name.map { "\($0) (\(note))" } ?? note
  }
}

/// How a mark without a colour of its own finds one.
public enum MarkRole: Sendable {
  /// It takes the next colour.
  case series
  /// It belongs to the mark written before it and takes that mark's colour.
  case companion
  /// It is no data, but something to compare data with: grey.
  case reference
  /// It has many colours of its own and takes none.
  case multicolored
}

/// What covers what; marks of one layer cover each other in the order they are written in.
public enum MarkLayer: Int, Sendable { case back, middle, front }

/// Numbers that a mark places along one axis.
public struct Coordinates: Sendable {
  public enum Direction: Sendable {
    case horizontal
    case vertical
    /// Along neither axis: numbers told by colours, contours or counts, which need only be finite.
    case value
  }

  public let direction: Direction
  /// What they are, as an error calls them: `"y"`, `"low"`.
  public let label: String
  public let values: [Double]
  /// Whether a linear axis must also show zero, because lengths are compared and not positions.
  public let startsAtZero: Bool

  public init(_ direction: Direction, _ label: String, _ values: [Double], startsAtZero: Bool = false) {
    self.direction = direction
    self.label = label
    self.values = values
    self.startsAtZero = startsAtZero
  }
}

/// Collects the marks written between the braces of a ``Plot``.
@resultBuilder
public enum MarkBuilder {
  public static func buildExpression(_ mark: some Mark) -> [any Mark] { [mark] }
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  public static func buildBlock(_ parts: [any Mark]...) -> [any Mark] { Array(parts.joined()) }
  public static func buildArray(_ parts: [[any Mark]]) -> [any Mark] { Array(parts.joined()) }
  public static func buildOptional(_ part: [any Mark]?) -> [any Mark] { part ?? [] }
  public static func buildEither(first part: [any Mark]) -> [any Mark] { part }
  public static func buildEither(second part: [any Mark]) -> [any Mark] { part }
}
