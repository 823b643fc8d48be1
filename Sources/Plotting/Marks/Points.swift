/// A scatter of the data (xᵢ, yᵢ).
///
/// The points are one path, a dozen bytes each; points that fall on the same spot of the page are drawn once.
public struct Points: Mark {
  public let x: [Double]
  public let y: [Double]
  public let name: String?
  public let color: SeriesColor?
  public let marker: Marker?
  /// How large a point is in pixels; by default the smaller, the more there are.
  public let size: Double?
  public let categories: [String]?

  public init(
    x: [Double], y: [Double], name: String? = nil, color: SeriesColor? = nil, marker: Marker? = nil,
    size: Double? = nil
  ) {
    precondition(x.count == y.count, "Points \(name ?? ""): \(x.count) values of x, but \(y.count) of y")
    self.x = x
    self.y = y
    self.name = name
    self.color = color
    self.marker = marker
    self.size = size
    categories = nil
  }

  /// A point over each of `names`: unlike a bar it needs no zero to rise from, so it suits a logarithmic axis.
  public init(
    _ names: [String], y: [Double], name: String? = nil, color: SeriesColor? = nil, marker: Marker? = nil,
    size: Double? = nil
  ) {
    precondition(names.count == y.count, "Points \(name ?? ""): \(names.count) names, but \(y.count) values")
    x = (0..<names.count).map(Double.init)
    self.y = y
    self.name = name
    self.color = color
    self.marker = marker
    self.size = size
    categories = names
  }

  public var coordinates: [Coordinates] { [Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y)] }

  public var readings: (x: [Double], y: [Double]) { (x, y) }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let places = Thinning.distinct(frame.points(x, y), spacing: x.count > 2000 ? 0.5 : 0.1)
    let size = size ?? (x.count > 2000 ? 2.2 : x.count > 300 ? 3.2 : 5.5)
    (marker ?? style.marker).draw(at: places, size: size, color: style.color.rawValue, on: &canvas)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    (marker ?? style.marker).draw(at: [box.center], size: 6.5, color: style.color.rawValue, on: &canvas)
  }
}
