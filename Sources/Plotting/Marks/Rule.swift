/// A reference line across the whole plot: a bound, a floor, a place on the axis.
///
/// Its position is always in the axis' range, unless the axis was given one.
public struct Rule: Mark {
  /// The height of a horizontal rule, or nil.
  public let y: Double?
  /// The place of a vertical rule, or nil.
  public let x: Double?
  public let name: String?
  public let color: SeriesColor?
  public let dash: Dash?

  /// The horizontal line at height `y`.
  public init(y: Double, name: String? = nil, color: SeriesColor? = nil, dash: Dash? = nil) {
    (self.x, self.y, self.name, self.color, self.dash) = (nil, y, name, color, dash)
  }

  /// The vertical line at `x`.
  public init(x: Double, name: String? = nil, color: SeriesColor? = nil, dash: Dash? = nil) {
    (self.x, self.y, self.name, self.color, self.dash) = (x, nil, name, color, dash)
  }

  public var role: MarkRole { .reference }
  public var layer: MarkLayer { .middle }
  public var coordinates: [Coordinates] {
    (x.map { [Coordinates(.horizontal, "x", [$0])] } ?? []) + (y.map { [Coordinates(.vertical, "y", [$0])] } ?? [])
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    var path = Path()
    if let y {
      path.lines(through: [Point(x: frame.box.left, y: frame.y(y)), Point(x: frame.box.right, y: frame.y(y))])
    }
    if let x {
      path.lines(through: [Point(x: frame.x(x), y: frame.box.bottom), Point(x: frame.x(x), y: frame.box.top)])
    }
    // A seam of paper keeps it visible on bars and bands.
    canvas.stroke(path, color: Ink.paper, width: 3.5, opacity: 0.7)
    canvas.stroke(path, color: style.color.rawValue, width: 1.4, dash: dash ?? style.dash)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    // Level also for a vertical rule: upright there is no room for its dashes.
    var path = Path()
    path.lines(through: [Point(x: box.left, y: box.center.y), Point(x: box.right, y: box.center.y)])
    canvas.stroke(path, color: style.color.rawValue, width: 1.4, dash: dash ?? style.dash)
  }
}
