/// The outline of a shape: the `d` attribute of an SVG `<path>`.
///
/// Coordinates are rounded to a tenth of a pixel, finer than the eye resolves, and written relative to the point
/// before, which halves the file. The running point is kept in whole tenths, so rounding errors do not add up.
public struct Path: Hashable, Sendable {
  /// The commands so far.
  public private(set) var data = ""
  private var x = 0
  private var y = 0
  private var isDrawing = false

  public init() {}

  /// Whether nothing has been drawn yet.
  public var isEmpty: Bool { data.isEmpty }

  /// `value` in whole tenths of a pixel.
  static func tenths(_ value: Double) -> Int {
    precondition(!value.isNaN, "a coordinate is not a number")
    return Int((min(max(value, -SVGText.farthest), SVGText.farthest) * 10).rounded())
  }

  /// Whether a line through `points` would have no length on the page.
  static func isOnePlace(_ points: [Point]) -> Bool {
    points.allSatisfy { tenths($0.x) == tenths(points[0].x) && tenths($0.y) == tenths(points[0].y) }
  }

  /// Starts a new stroke at `point`.
  public mutating func move(to point: Point) {
    x = Path.tenths(point.x)
    y = Path.tenths(point.y)
    data += "M" + SVGText.decimal(x, decimals: 1) + separated(y)
    isDrawing = false
  }

  /// A straight line from the running point to `point`; nothing if the two fall together on the page.
  public mutating func line(to point: Point) {
    let newX = Path.tenths(point.x)
    let newY = Path.tenths(point.y)
    guard newX != x || newY != y else { return }
    let dx = SVGText.decimal(newX - x, decimals: 1)
    data += isDrawing ? (dx.hasPrefix("-") ? dx : " " + dx) : "l" + dx
    data += separated(newY - y)
    x = newX
    y = newY
    isDrawing = true
  }

  /// Straight lines through `points`, in their order.
  public mutating func lines(through points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 { move(to: point) } else { line(to: point) }
    }
  }

  /// Joins the running point to the start of the stroke.
  public mutating func close() {
    data += "z"
    isDrawing = false
  }

  /// The outline of `box`.
  public mutating func rectangle(_ box: Box) {
    lines(through: [
      Point(x: box.left, y: box.top), Point(x: box.right, y: box.top),
      Point(x: box.right, y: box.bottom), Point(x: box.left, y: box.bottom),
    ])
    close()
  }

  /// A point: a stroke of (almost) no length, which round caps make a disc and square caps a square.
  ///
  /// A dozen bytes each, where a circle of arcs takes forty. (The hundredth of a pixel is for renderers that leave out
  /// strokes of no length at all.)
  public mutating func dot(at point: Point) {
    move(to: point)
    data += "h.01"
    isDrawing = false
  }

  private func separated(_ tenths: Int) -> String {
    let text = SVGText.decimal(tenths, decimals: 1)
    return text.hasPrefix("-") ? text : " " + text
  }
}
