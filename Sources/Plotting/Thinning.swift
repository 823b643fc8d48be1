/// Leaving out what nobody could see, so that files stay small.
enum Thinning {
  /// How far a curve may move, in pixels.
  static let tolerance = 0.1

  /// The corners of a curve that looks like the curve through `points`.
  ///
  /// If the points run from left to right and there are more than four to a pixel, each column of pixels keeps its
  /// first, lowest, highest and last point, which draws the same pixels (Jugel et al., *M4*, VLDB 2014). Then points
  /// within ``tolerance`` of the line between their neighbours go (Ramer 1972; Douglas and Peucker 1973). O(n log n)
  /// as a rule, O(n²) at worst.
  static func visible(_ points: [Point]) -> [Point] { simplified(extremes(points)) }

  /// The first, lowest, highest and last point of each column of pixels.
  static func extremes(_ points: [Point]) -> [Point] {
    guard let first = points.first, let last = points.last, points.count > 4 * Int(max(1, last.x - first.x)) else {
      return points
    }
    guard zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return points }
    var kept: [Point] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      let end = points[start...].firstIndex { $0.x.rounded(.down) > column } ?? points.count
      let highest = (start..<end).min { points[$0].y < points[$1].y } ?? start
      let lowest = (start..<end).max { points[$0].y < points[$1].y } ?? start
      var previous = -1
      for index in [start, highest, lowest, end - 1].sorted() where index != previous {
        kept.append(points[index])
        previous = index
      }
      start = end
    }
    return kept
  }

  /// `points` without those within ``tolerance`` of the chord that replaces them.
  static func simplified(_ points: [Point]) -> [Point] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var chords = [(0, points.count - 1)]
    while let (first, last) = chords.popLast() {
      var farthest = first
      var distance = tolerance * tolerance
      for index in first + 1..<last {
        let squared = squaredDistance(from: points[index], toChord: points[first], points[last])
        if squared > distance { (farthest, distance) = (index, squared) }
      }
      guard farthest != first else { continue }
      isKept[farthest] = true
      if farthest - first > 1 { chords.append((first, farthest)) }
      if last - farthest > 1 { chords.append((farthest, last)) }
    }
    return zip(points, isKept).filter(\.1).map(\.0)
  }

  /// The square of the distance of `point` from the segment between `a` and `b`.
  private static func squaredDistance(from point: Point, toChord a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    let along = length > 0 ? min(max(((point.x - a.x) * dx + (point.y - a.y) * dy) / length, 0), 1) : 0
    let (ex, ey) = (point.x - a.x - along * dx, point.y - a.y - along * dy)
    return ex * ex + ey * ey
  }

  /// `points` moved to a grid of `spacing` pixels, each place once, in the order of first appearance.
  static func distinct(_ points: [Point], spacing: Double) -> [Point] {
    var seen: Set<Point> = []
    return points.map {
      Point(x: ($0.x / spacing).rounded() * spacing, y: ($0.y / spacing).rounded() * spacing)
    }.filter { seen.insert($0).inserted }
  }
}
