/// The lines of equal value of a function known on a rectangular grid, by marching squares.
///
/// Between neighbouring nodes of the grid the function is taken to be linear. A node whose value is the level counts as
/// above it. In a saddle, a cell whose opposite corners are on one side, the mean of the four corners says whether the
/// two corners above the level are connected.
///
/// Lorensen and Cline, *Marching cubes* (1987), in two dimensions; the rule for saddles is that of Wyvill, McPheeters and
/// Wyvill (1986).
struct IsoLines {
  /// One line; a closed one ends where it begins, and the shared point is written once.
  struct Polyline: Hashable {
    var points: [Point]
    var isClosed: Bool
  }

  private let x: [Double]
  private let y: [Double]
  private let values: [Double]

  /// The function whose value at (xᵢ, yⱼ) is `values`[j · x.count + i].
  init(x: [Double], y: [Double], values: [Double]) {
    (self.x, self.y, self.values) = (x, y, values)
  }

  /// The lines where the function is `level`, in the units of x and y: first those that end on the grid's border, then
  /// the closed ones.
  func lines(at level: Double) -> [Polyline] {
    // A line crosses an edge of the grid at most once, so the edges are the nodes of a graph of degree 2 at most.
    var links = [(Int, Int)](repeating: (-1, -1), count: 2 * values.count)
    func link(_ a: Int, _ b: Int) {
      if links[a].0 < 0 { links[a].0 = b } else { links[a].1 = b }
      if links[b].0 < 0 { links[b].0 = a } else { links[b].1 = a }
    }
    for j in 0..<y.count - 1 {
      for i in 0..<x.count - 1 {
        for (a, b) in segments(i, j, level: level) { link(a, b) }
      }
    }
    var isVisited = [Bool](repeating: false, count: links.count)
    func trace(from start: Int) -> [Int] {
      var trail: [Int] = []
      var edge = start
      while edge >= 0 && !isVisited[edge] {
        isVisited[edge] = true
        trail.append(edge)
        let (a, b) = links[edge]
        edge = a >= 0 && !isVisited[a] ? a : b
      }
      return trail
    }
    var lines: [Polyline] = []
    for isClosed in [false, true] {
      for edge in links.indices where !isVisited[edge] && links[edge].0 >= 0 && (isClosed || links[edge].1 < 0) {
        var points: [Point] = []
        for crossing in trace(from: edge).map({ point(on: $0, level: level) }) where crossing != points.last {
          points.append(crossing)
        }
        if isClosed && points.count > 1 && points.first == points.last { points.removeLast() }
        // A node that only touches the level is no line.
        if points.count > 1 { lines.append(Polyline(points: points, isClosed: isClosed)) }
      }
    }
    return lines
  }

  /// The edges that the line through the cell with the lower left node (`i`, `j`) joins.
  private func segments(_ i: Int, _ j: Int, level: Double) -> [(Int, Int)] {
    let columns = x.count
    let node = j * columns + i
    let corners = (values[node], values[node + 1], values[node + columns + 1], values[node + columns])
    let bottom = node
    let top = node + columns
    let left = values.count + node
    let right = left + 1
    var key = corners.0 >= level ? 1 : 0
    if corners.1 >= level { key += 2 }
    if corners.2 >= level { key += 4 }
    if corners.3 >= level { key += 8 }
    switch key {
    case 1, 14: return [(left, bottom)]
    case 2, 13: return [(bottom, right)]
    case 4, 11: return [(right, top)]
    case 7, 8: return [(top, left)]
    case 3, 12: return [(left, right)]
    case 6, 9: return [(bottom, top)]
    case 5, 10:
      // Quarters, since the sum might overflow.
      let mean = corners.0 / 4 + corners.1 / 4 + corners.2 / 4 + corners.3 / 4
      return (mean >= level) == (key == 5) ? [(bottom, right), (top, left)] : [(left, bottom), (right, top)]
    default: return []
    }
  }

  /// Where the function is `level` on an edge: edge j · columns + i runs from node (i, j) to the right, and the same
  /// number after all those, up.
  private func point(on edge: Int, level: Double) -> Point {
    let isUpright = edge >= values.count
    let node = isUpright ? edge - values.count : edge
    let (i, j) = (node % x.count, node / x.count)
    let (start, end) = (values[node], values[isUpright ? node + x.count : node + 1])
    let t = (level - start) / (end - start)
    return isUpright
      ? Point(x: x[i], y: y[j] + t * (y[j + 1] - y[j])) : Point(x: x[i] + t * (x[i + 1] - x[i]), y: y[j])
  }
}
