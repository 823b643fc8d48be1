/// Lines of equal value of a function f(x, y) known on a rectangular grid.
///
/// Between the nodes of the grid f is taken to be linear (see ``IsoLines``), so lines are as smooth as the grid is fine:
/// sixty nodes a side do for a panel. The legend states the levels beside the name.
///
/// ```swift
/// Contours(x: x, y: y, values: y.flatMap { y in x.map { x in logDensity(x, y) } }, name: "log p")
/// ```
public struct Contours: Mark {
  public let x: [Double]
  public let y: [Double]
  /// f(xᵢ, yⱼ) at j · x.count + i: row after row, from the first y.
  public let values: [Double]
  /// The values of f that have a line, ascending.
  public let levels: [Double]
  /// The name it was given, with the levels.
  public let name: String?
  public let color: SeriesColor?

  /// The contours of the function with the given `values`, row after row: row j belongs to y[j], column i to x[i].
  ///
  /// - Parameters:
  ///   - x: the places of the columns, ascending, two at least; `y` those of the rows.
  ///   - levels: by default about eight round numbers between the least and the greatest value.
  public init(
    x: [Double], y: [Double], values: [Double], levels: [Double]? = nil, name: String? = nil,
    color: SeriesColor? = nil
  ) {
    precondition(
      x.count >= 2 && y.count >= 2,
      "Contours \(name ?? ""): a grid of \(y.count) rows and \(x.count) columns has no cells")
    precondition(
      values.count == x.count * y.count,
      "Contours \(name ?? ""): a grid of \(y.count) rows and \(x.count) columns has \(x.count * y.count) values, not "
        + "\(values.count)")
    self.x = x
    self.y = y
    self.values = values
    self.levels = levels.map { $0.sorted() } ?? Contours.roundLevels(of: values)
    self.color = color
    let statement = Contours.statement(of: self.levels)
    self.name = name.map { statement.isEmpty ? $0 : "\($0): \(statement)" }
  }

  public func check(panel: String, series: String) throws(PlotError) {
    for (label, places) in [("x", x), ("y", y)] {
      // A NaN passes here; the plot says where it is.
      if let last = places.indices.dropLast().first(where: { places[$0] >= places[$0 + 1] }) {
        throw .notAscending(panel: panel, series: series, coordinate: label, index: last + 1)
      }
    }
  }

  public var layer: MarkLayer { .middle }
  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y), Coordinates(.value, "value", values),
      Coordinates(.value, "level", levels),
    ]
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let isoLines = IsoLines(x: x, y: y, values: values)
    var path = Path()
    for line in levels.flatMap(isoLines.lines(at:)) {
      let points = line.points.map { frame.point($0.x, $0.y) }
      let visible = Thinning.simplified(line.isClosed ? points + [points[0]] : points)
      path.lines(through: line.isClosed ? visible.dropLast() : visible)
      if line.isClosed { path.close() }
    }
    canvas.stroke(path, color: style.color.rawValue, width: Contours.lineWidth)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    var path = Path()
    path.lines(through: [Point(x: box.left, y: box.center.y), Point(x: box.right, y: box.center.y)])
    canvas.stroke(path, color: style.color.rawValue, width: Contours.lineWidth)
  }

  private static let lineWidth = 1.1

  /// About eight round numbers between the least and the greatest of `values`; none if those are all the same, or no
  /// numbers.
  private static func roundLevels(of values: [Double]) -> [Double] {
    guard values.allSatisfy({ $0.magnitude <= 1e300 }) else { return [] }
    let low = values.reduce(.infinity) { min($0, $1) }
    let high = values.reduce(-.infinity) { max($0, $1) }
    guard high - low > max(1e-9 * max(low.magnitude, high.magnitude), DataRange.smallest) else { return [] }
    return LinearTicks.within(low, high, wanted: 9).map(\.value).filter { low < $0 && $0 < high }
  }

  /// The levels in words, with as many digits as tell them apart; many equidistant ones as
  /// `"levels −14, −12, …, −2"`.
  private static func statement(of levels: [Double]) -> String {
    guard let first = levels.first, let last = levels.last, levels.allSatisfy({ $0.magnitude <= 1e300 }) else {
      return ""
    }
    let gaps = zip(levels, levels.dropFirst()).map { $1 - $0 }.filter { $0 > DataRange.smallest }
    let finest = gaps.min().map { Decimals.exponent(of: $0) - 1 }
    let numbers = levels.map { level in
      guard level.magnitude >= DataRange.smallest else { return DecimalNumber(mantissa: 0, exponent: 0) }
      let leading = Decimals.exponent(of: level.magnitude)
      // Three digits, more if neighbours need them, at most fifteen.
      let unit = max(min(finest ?? leading, leading - 2), leading - 14)
      return DecimalNumber(level, exponent: unit, .toNearestOrAwayFromZero)
    }
    let step = (last - first) / Double(max(1, levels.count - 1))
    let isEven = levels.enumerated().allSatisfy {
      ($0.element - first - Double($0.offset) * step).magnitude <= 1e-9 * (last - first)
    }
    // Decimals in common suit a scale, not numbers of many magnitudes.
    let exponents = numbers.filter { $0.mantissa != 0 }.map(\.exponent)
    let span = (exponents.max() ?? 0) - (exponents.min() ?? 0)
    let isScale = isEven && max(first.magnitude, last.magnitude) <= 1e4 * step && span <= 6
    let texts = isScale ? DecimalNumber.texts(of: numbers) : numbers.map(\.text)
    if levels.count <= 4 { return (levels.count == 1 ? "level " : "levels ") + texts.joined(separator: ", ") }
    if isEven { return "levels \(texts[0]), \(texts[1]), …, \(texts[texts.count - 1])" }
    return levels.count <= 8
      ? "levels " + texts.joined(separator: ", ")
      : "\(levels.count) levels from \(texts[0]) to \(texts[texts.count - 1])"
  }
}
