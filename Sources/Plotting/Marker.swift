/// The shape of a scatter's points.
public enum Marker: CaseIterable, Sendable {
  case circle
  case square
  case triangle
  case diamond
  case plus
  case cross

  /// Draws the marker at each of `points`, `size` pixels across, all of them as one path.
  func draw(at points: [Point], size: Double, color: String, on canvas: inout Canvas) {
    var path = Path()
    for point in points { add(to: &path, at: point, radius: size / 2) }
    switch self {
    case .circle: canvas.stroke(path, color: color, width: size, cap: .round)
    case .square: canvas.stroke(path, color: color, width: size * 0.9, cap: .square)
    case .triangle, .diamond: canvas.fill(path, color: color)
    case .plus, .cross: canvas.stroke(path, color: color, width: max(1, size * 0.26))
    }
  }

  /// Adds one marker to `path`; the radii differ so that all six look equally large.
  private func add(to path: inout Path, at center: Point, radius r: Double) {
    func corner(_ dx: Double, _ dy: Double) -> Point { Point(x: center.x + dx * r, y: center.y + dy * r) }
    switch self {
    case .circle, .square:
      path.dot(at: center)
    case .triangle:
      path.lines(through: [corner(0, -1.25), corner(1.2, 0.85), corner(-1.2, 0.85)])
      path.close()
    case .diamond:
      path.lines(through: [corner(0, -1.35), corner(1.35, 0), corner(0, 1.35), corner(-1.35, 0)])
      path.close()
    case .plus:
      path.lines(through: [corner(-1.3, 0), corner(1.3, 0)])
      path.lines(through: [corner(0, -1.3), corner(0, 1.3)])
    case .cross:
      path.lines(through: [corner(-1, -1), corner(1, 1)])
      path.lines(through: [corner(-1, 1), corner(1, -1)])
    }
  }
}
