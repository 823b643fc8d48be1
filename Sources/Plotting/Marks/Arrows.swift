/// Arrows from (xᵢ, yᵢ) to (xᵢ + s·dxᵢ, yᵢ + s·dyᵢ): a vector field, or steps along a line where dy = 0.
///
/// Tails and heads both count for the ranges of the axes. With equal aspect the arrows' directions are true. A `scale`
/// s other than 1 is stated in the legend, even where the arrows have no name: `"score (arrows ×0.1)"`. A head is two
/// fifths of its arrow, at least 4 and at most 9 pixels; arrows shorter than 4 pixels are lines without a head, shorter
/// than 1 pixel dots.
///
/// ```swift
/// Arrows(x: x, y: y, dx: score.map(\.0), dy: score.map(\.1), scale: 0.1, name: "score")
/// ```
public struct Arrows: Mark {
  /// The tails.
  public let x: [Double]
  public let y: [Double]
  /// The vectors, in the units of the axes, before they are scaled.
  public let dx: [Double]
  public let dy: [Double]
  /// How many times longer than its vector an arrow is shown.
  public let scale: Double
  /// The name it was given, with the scale.
  public let name: String?
  public let color: SeriesColor?

  public init(
    x: [Double], y: [Double], dx: [Double], dy: [Double], scale: Double = 1, name: String? = nil,
    color: SeriesColor? = nil
  ) {
    precondition(
      x.count == y.count && x.count == dx.count && x.count == dy.count,
      "Arrows \(name ?? ""): \(x.count) values of x, but \(y.count) of y, \(dx.count) of dx and \(dy.count) of dy")
    self.x = x
    self.y = y
    self.dx = dx
    self.dy = dy
    self.scale = scale
    self.color = color
    self.name = Arrows.name(name, stating: scale, of: "arrows")
  }

  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y),
      Coordinates(.horizontal, "head's x", zip(x, dx).map { $0 + scale * $1 }),
      Coordinates(.vertical, "head's y", zip(y, dy).map { $0 + scale * $1 }),
    ]
  }

  public func check(panel: String, series: String) throws(PlotError) {
    try check(scale: scale, panel: panel, series: series)
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let tails = frame.points(x, y)
    let tips = frame.points(zip(x, dx).map { $0 + scale * $1 }, zip(y, dy).map { $0 + scale * $1 })
    draw(Array(zip(tails, tips)), on: &canvas, color: style.color)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    let ends = (Point(x: box.left, y: box.center.y), Point(x: box.right, y: box.center.y))
    draw([ends], on: &canvas, color: style.color)
  }

  /// Draws arrows from each tail to each tip on the page: all shafts as one path, all heads and dots as another.
  private func draw(_ arrows: [(tail: Point, tip: Point)], on canvas: inout Canvas, color: SeriesColor) {
    var shafts = Path()
    var heads = Path()
    for (tail, tip) in arrows {
      let (dx, dy) = (tip.x - tail.x, tip.y - tail.y)
      let length = (dx * dx + dy * dy).squareRoot()
      if length < Arrows.shortestLine {
        heads.lines(through: Arrows.octagon.map { Point(x: tail.x + $0.x, y: tail.y + $0.y) })
        heads.close()
      } else if length < Arrows.shortestArrow {
        shafts.lines(through: [tail, tip])
      } else {
        let head = min(max(0.4 * length, Arrows.shortestArrow), Arrows.longestHead)
        let half = 0.4 * head
        let along = Point(x: dx / length, y: dy / length)
        let base = Point(x: tip.x - head * along.x, y: tip.y - head * along.y)
        // The shaft ends within the head, so that no gap is seen and the tip stays sharp.
        shafts.lines(through: [tail, Point(x: base.x + 0.3 * head * along.x, y: base.y + 0.3 * head * along.y)])
        heads.lines(through: [
          tip, Point(x: base.x - half * along.y, y: base.y + half * along.x),
          Point(x: base.x + half * along.y, y: base.y - half * along.x),
        ])
        heads.close()
      }
    }
    canvas.stroke(shafts, color: color.rawValue, width: Arrows.shaftWidth)
    canvas.fill(heads, color: color.rawValue)
  }

  private static let shaftWidth = 1.3
  private static let longestHead = 9.0
  private static let shortestArrow = 4.0
  private static let shortestLine = 1.0
  /// A dot, three pixels across.
  private static let octagon = [
    (-0.6, -1.5), (0.6, -1.5), (1.5, -0.6), (1.5, 0.6), (0.6, 1.5), (-0.6, 1.5), (-1.5, 0.6), (-1.5, -0.6),
  ].map { Point(x: $0.0, y: $0.1) }
}
