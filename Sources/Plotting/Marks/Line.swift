/// A curve through the data (xᵢ, yᵢ), in their order.
///
/// Points too dense to be seen are left out: see ``Thinning``. A single point is a dot.
public struct Line: Mark {
  public let x: [Double]
  public let y: [Double]
  public let name: String?
  public let color: SeriesColor?
  public let dash: Dash?
  /// Drawn at each datum, where there are few; a line without length has a circle in any case.
  public let marker: Marker?
  public let width: Double

  public init(
    x: [Double], y: [Double], name: String? = nil, color: SeriesColor? = nil, dash: Dash? = nil,
    marker: Marker? = nil, width: Double = 1.8
  ) {
    precondition(x.count == y.count, "Line \(name ?? ""): \(x.count) values of x, but \(y.count) of y")
    self.x = x
    self.y = y
    self.name = name
    self.color = color
    self.dash = dash
    self.marker = marker
    self.width = width
  }

  public var coordinates: [Coordinates] { [Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y)] }

  public var readings: (x: [Double], y: [Double]) { (x, y) }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let points = frame.points(x, y)
    let isDot = Path.isOnePlace(points)
    var path = Path()
    if !isDot { path.lines(through: Thinning.visible(points)) }
    canvas.stroke(path, color: style.color.rawValue, width: width, dash: dash ?? style.dash)
    let marker = marker ?? (isDot ? .circle : nil)
    marker?.draw(at: points, size: Line.markerSize, color: style.color.rawValue, on: &canvas)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    path.lines(through: [Point(x: box.left, y: box.center.y), Point(x: box.right, y: box.center.y)])
    canvas.stroke(path, color: style.color.rawValue, width: width, dash: dash ?? style.dash)
    marker?.draw(at: [box.center], size: Line.markerSize, color: style.color.rawValue, on: &canvas)
  }

  private static let markerSize = 6.0
}
