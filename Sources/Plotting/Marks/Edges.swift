/// The edges of a graph: a straight line between (xᵢ, yᵢ) and (xⱼ, yⱼ) for each pair (i, j).
///
/// All edges are one path; edges that fall together on the page, among them an edge and its reverse, are drawn once. They
/// lie behind the points of the same plot, which are drawn by ``Points``.
///
/// ```swift
/// Plot {
///   Edges(x: x, y: y, joining: [(0, 1), (1, 2)], name: "neighbours")
///   Points(x: x, y: y)
/// }
/// ```
public struct Edges: Mark {
  /// Where the nodes are.
  public let x: [Double]
  public let y: [Double]
  /// The nodes that each edge joins.
  public let pairs: [(Int, Int)]
  public let name: String?
  public let color: SeriesColor?
  public let width: Double

  public init(
    x: [Double], y: [Double], joining pairs: [(Int, Int)], name: String? = nil, color: SeriesColor? = nil,
    width: Double = 0.5
  ) {
    precondition(x.count == y.count, "Edges \(name ?? ""): \(x.count) values of x, but \(y.count) of y")
    for (i, j) in pairs {
      precondition(
        x.indices.contains(i) && x.indices.contains(j),
        "Edges \(name ?? ""): no edge (\(i), \(j)) among \(x.count) nodes")
    }
    self.x = x
    self.y = y
    self.pairs = pairs
    self.name = name
    self.color = color
    self.width = width
  }

  public var role: MarkRole { .reference }
  public var layer: MarkLayer { .middle }

  public var coordinates: [Coordinates] { [Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y)] }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let nodes = frame.points(x, y)
    let places = nodes.map { Place(x: Path.tenths($0.x), y: Path.tenths($0.y)) }
    var drawn: Set<[Place]> = []
    var path = Path()
    for (i, j) in pairs where places[i] != places[j] {
      let ends = places[i] < places[j] ? [places[i], places[j]] : [places[j], places[i]]
      if drawn.insert(ends).inserted { path.lines(through: [nodes[i], nodes[j]]) }
    }
    canvas.stroke(path, color: style.color.rawValue, width: width)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    path.lines(through: [Point(x: box.left, y: box.center.y), Point(x: box.right, y: box.center.y)])
    canvas.stroke(path, color: style.color.rawValue, width: max(width, 1))
  }

  /// A spot of the page, in tenths of a pixel.
  private struct Place: Hashable, Comparable {
    let x: Int
    let y: Int

    static func < (a: Place, b: Place) -> Bool { (a.x, a.y) < (b.x, b.y) }
  }
}
