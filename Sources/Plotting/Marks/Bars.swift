/// Bars from zero, or another base, to each height, over names or over places on a horizontal axis of numbers.
///
/// Several `Bars` in one plot stand side by side, in groups. On a logarithmic axis, which has no zero, bars without a base
/// rise from the frame's edge, and their lengths mean nothing: ratios should stand on 1.
public struct Bars: Mark {
  /// The bars' places: 0, 1, 2, … where they have names.
  public let x: [Double]
  public let heights: [Double]
  /// Where all bars begin; zero if nil.
  public let base: Double?
  /// The ends of a whisker on each bar; the name should say what they are ("mean ± standard error").
  public let whiskers: [ClosedRange<Double>]
  public let categories: [String]?
  public let name: String?
  public let color: SeriesColor?
  /// The width of a group of bars, in units of x.
  public let width: Double

  /// A bar for each of `names`.
  public init(
    _ names: [String], heights: [Double], from base: Double? = nil, whiskers: [ClosedRange<Double>] = [],
    name: String? = nil, color: SeriesColor? = nil
  ) {
    precondition(names.count == heights.count, "Bars \(name ?? ""): \(names.count) names, but \(heights.count) heights")
    self.init(
      x: (0..<names.count).map(Double.init), heights: heights, base: base, whiskers: whiskers, categories: names,
      name: name, color: color, width: 0.76)
  }

  /// A bar at each of the places `x`; `width` is 0.9 of the least distance between two places unless given.
  public init(
    x: [Double], heights: [Double], from base: Double? = nil, whiskers: [ClosedRange<Double>] = [],
    name: String? = nil, color: SeriesColor? = nil, width: Double? = nil
  ) {
    precondition(x.count == heights.count, "Bars \(name ?? ""): \(x.count) places, but \(heights.count) heights")
    let sorted = x.sorted()
    let distances = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    self.init(
      x: x, heights: heights, base: base, whiskers: whiskers, categories: nil, name: name, color: color,
      width: width ?? 0.9 * (distances.min() ?? 1))
  }

  private init(
    x: [Double], heights: [Double], base: Double?, whiskers: [ClosedRange<Double>], categories: [String]?,
    name: String?, color: SeriesColor?, width: Double
  ) {
    precondition(
      whiskers.isEmpty || whiskers.count == heights.count,
      "Bars \(name ?? ""): \(whiskers.count) whiskers, but \(heights.count) heights")
    self.x = x
    self.heights = heights
    self.base = base
    self.whiskers = whiskers
    self.categories = categories
    self.name = name
    self.color = color
    self.width = width
  }

  public var layer: MarkLayer { .middle }
  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "left edge", x.map { $0 - width / 2 }),
      Coordinates(.horizontal, "right edge", x.map { $0 + width / 2 }),
      Coordinates(.vertical, "height", heights, startsAtZero: base == nil),
      Coordinates(.vertical, "base", base.map { [$0] } ?? []),
      Coordinates(.vertical, "whisker's lower end", whiskers.map(\.lowerBound)),
      Coordinates(.vertical, "whisker's upper end", whiskers.map(\.upperBound)),
    ]
  }

  public var readings: (x: [Double], y: [Double]) { (x, heights) }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let breadth = width / Double(style.siblings)
    let floor = base.map { frame.y($0) } ?? frame.baseline
    var bars = Path()
    var lines = Path()
    for (index, height) in heights.enumerated() {
      let start = x[index] - width / 2 + Double(style.rank) * breadth
      let left = frame.x(start)
      let right = frame.x(start + breadth)
      // A hair's breadth of paper keeps neighbours apart.
      let gap = min(1, 0.1 * (right - left))
      let top = frame.y(height)
      bars.rectangle(
        Box(
          x: left + gap / 2, y: min(top, floor), width: right - left - gap, height: (floor - top).magnitude))
      guard !whiskers.isEmpty else { continue }
      let center = (left + right) / 2
      let cap = min(4, (right - left) / 4)
      let ends = [frame.y(whiskers[index].lowerBound), frame.y(whiskers[index].upperBound)]
      lines.lines(through: ends.map { Point(x: center, y: $0) })
      for end in ends { lines.lines(through: [Point(x: center - cap, y: end), Point(x: center + cap, y: end)]) }
    }
    canvas.fill(bars, color: style.color.rawValue)
    canvas.stroke(lines, color: Ink.title, width: 1.2)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    path.rectangle(Box(x: box.center.x - 6, y: box.center.y - 6, width: 12, height: 12))
    canvas.fill(path, color: style.color.rawValue)
  }
}
