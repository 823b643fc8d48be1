/// The area between two curves, low(xᵢ) and high(xᵢ): a spread over seeds, an interval.
///
/// Its name is required, since a band that does not say what it is says nothing: `"min–max of 5 seeds"`. Written
/// after the line it belongs to, it takes that line's colour; it is drawn behind all else. Over a single x it is as wide
/// as a marker.
public struct Band: Mark {
  public let x: [Double]
  public let low: [Double]
  public let high: [Double]
  public let name: String?
  public let color: SeriesColor?

  public init(x: [Double], low: [Double], high: [Double], name: String, color: SeriesColor? = nil) {
    precondition(
      x.count == low.count && x.count == high.count,
      "Band \(name): \(x.count) values of x, but \(low.count) of low and \(high.count) of high")
    self.x = x
    self.low = low
    self.high = high
    self.name = name
    self.color = color
  }

  public var role: MarkRole { .companion }
  public var layer: MarkLayer { .back }
  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "x", x), Coordinates(.vertical, "low", low), Coordinates(.vertical, "high", high),
    ]
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    guard !x.isEmpty else { return }
    let upper = frame.points(x, high)
    let lower = frame.points(x, low)
    var path = Path()
    if upper.allSatisfy({ ($0.x - upper[0].x).magnitude < 0.1 }) {
      let heights = (upper + lower).map(\.y)
      let (top, bottom) = (heights.min() ?? 0, heights.max() ?? 0)
      path.rectangle(
        Box(x: upper[0].x - Band.narrowest / 2, y: top, width: Band.narrowest, height: bottom - top))
    } else {
      path.lines(through: Thinning.visible(upper) + Thinning.visible(lower).reversed())
      path.close()
    }
    canvas.fill(path, color: style.color.rawValue, opacity: Band.opacity)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    path.rectangle(box)
    canvas.fill(path, color: style.color.rawValue, opacity: Band.opacity)
  }

  private static let opacity = 0.22
  private static let narrowest = 6.0
}
