/// A grid after a map has moved its nodes: how the plane is warped.
///
/// Node (row, column) of the grid was moved to (x, y); neighbours in a row and in a column are joined by straight lines,
/// two families of polylines. Fine grids make smooth lines; `every` keeps the nodes and draws only every n-th line of
/// either family. The middle of the grid is not filled, so two meshes can be laid over each other.
///
/// ```swift
/// Mesh(rows: 21, columns: 21, x: warped.column(0), y: warped.column(1), every: 4, name: "r(x)")
/// ```
public struct Mesh: Mark {
  public let rows: Int
  public let columns: Int
  /// The nodes, row after row.
  public let x: [Double]
  public let y: [Double]
  /// Which lines are drawn: those of rows and columns 0, n, 2n, …
  public let every: Int
  public let name: String?
  public let color: SeriesColor?
  public let width: Double

  public init(
    rows: Int, columns: Int, x: [Double], y: [Double], every: Int = 1, name: String? = nil,
    color: SeriesColor? = nil, width: Double = 0.9
  ) {
    precondition(rows >= 2 && columns >= 2, "Mesh \(name ?? ""): a grid of \(rows) rows and \(columns) columns")
    precondition(
      x.count == rows * columns && y.count == rows * columns,
      "Mesh \(name ?? ""): a grid of \(rows) rows and \(columns) columns has \(rows * columns) nodes, not \(x.count) "
        + "values of x and \(y.count) of y")
    precondition(every >= 1, "Mesh \(name ?? ""): every \(every)-th line")
    self.rows = rows
    self.columns = columns
    self.x = x
    self.y = y
    self.every = every
    self.name = name
    self.color = color
    self.width = width
  }

  public var layer: MarkLayer { .middle }
  public var coordinates: [Coordinates] { [Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y)] }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let nodes = frame.points(x, y)
    var path = Path()
    for row in stride(from: 0, to: rows, by: every) {
      path.lines(through: Thinning.simplified((0..<columns).map { nodes[row * columns + $0] }))
    }
    for column in stride(from: 0, to: columns, by: every) {
      path.lines(through: Thinning.simplified((0..<rows).map { nodes[$0 * columns + column] }))
    }
    canvas.stroke(path, color: style.color.rawValue, width: width)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    for share in [0.2, 0.8] {
      let (x, y) = (box.left + share * box.width, box.top + share * box.height)
      path.lines(through: [Point(x: x, y: box.top), Point(x: x, y: box.bottom)])
      path.lines(through: [Point(x: box.left, y: y), Point(x: box.right, y: y)])
    }
    canvas.stroke(path, color: style.color.rawValue, width: width)
  }
}
