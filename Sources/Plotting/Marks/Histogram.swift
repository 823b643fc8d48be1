/// The shares of the values in equal bins: a step outline with a light fill, so that several stay legible on one axis.
///
/// The height of bin k is the number of values v with eₖ ≤ v < eₖ₊₁ (the last bin also holds its upper edge), divided by
/// the number of all values, so heights add to 1; say so on the vertical axis. Values outside `range` are counted in the
/// first and last bin, and the legend says how many. Empty bins have no outline, which is what a logarithmic axis needs.
/// Histograms to be compared want one `range`.
///
/// ```swift
/// Histogram(codes, bins: 24, range: 0...1, name: "sparse")
/// ```
public struct Histogram: Mark {
  public let values: [Double]
  /// The bins' edges e₀ < e₁ < …, one more than bins.
  public let edges: [Double]
  /// The share of the values in each bin.
  public let shares: [Double]
  /// The name it was given, with the number of values outside the range if there are any.
  public let name: String?
  public let color: SeriesColor?
  /// The range that it was given.
  private let range: ClosedRange<Double>?

  /// The shares of `values` in `bins` equal parts of `range`, by default of the range from the least to the greatest.
  public init(
    _ values: [Double], bins: Int = 20, range: ClosedRange<Double>? = nil, name: String? = nil,
    color: SeriesColor? = nil
  ) {
    precondition(bins >= 1, "Histogram \(name ?? ""): \(bins) bins")
    self.values = values
    self.color = color
    self.range = range
    let isDrawable = values.allSatisfy { $0.magnitude <= 1e300 } && range.map(Histogram.isDrawable) != false
    guard isDrawable, let first = values.first else {
      // Without values there is nothing to draw; for one that is no number, or such a range, the plot throws an error.
      (edges, shares, self.name) = ([], [], name)
      return
    }
    let least = values.reduce(first) { min($0, $1) }
    let greatest = values.reduce(first) { max($0, $1) }
    var (low, high) = (range?.lowerBound ?? least, range?.upperBound ?? greatest)
    if range == nil && DataRange.isSingle(low, high, scale: .linear) { (low, high) = DataRange.around(low) }
    let edges = (0...bins).map { $0 == bins ? high : low + (high - low) * Double($0) / Double(bins) }
    var counts = [Int](repeating: 0, count: bins)
    for value in values { counts[Histogram.bin(of: value, edges: edges)] += 1 }
    self.edges = edges
    shares = counts.map { Double($0) / Double(values.count) }
    let outside = values.count { $0 < low || $0 > high }
    let confession = "\(outside) of \(values.count) beyond, in the end bins"
    self.name = outside == 0 ? name : name.map { "\($0) (\(confession))" } ?? confession
  }

  private static func isDrawable(_ range: ClosedRange<Double>) -> Bool {
    (try? PlotError.requireDrawable(range, panel: "", of: "")) != nil
  }

  public func check(panel: String, series: String) throws(PlotError) {
    if let range { try PlotError.requireDrawable(range, panel: panel, of: "the bins of \"\(series)\"") }
  }

  /// The last bin that does not begin above `value`, by comparison with the edges themselves.
  private static func bin(of value: Double, edges: [Double]) -> Int {
    let last = edges.count - 2
    let position = (value - edges[0]) / (edges[last + 1] - edges[0]) * Double(last + 1)
    var bin = Int(min(max(position, 0), Double(last)))
    while bin > 0 && value < edges[bin] { bin -= 1 }
    while bin < last && value >= edges[bin + 1] { bin += 1 }
    return bin
  }

  public var layer: MarkLayer { .middle }
  public var coordinates: [Coordinates] {
    [
      Coordinates(.value, "value", values), Coordinates(.horizontal, "bin's edge", edges),
      Coordinates(.vertical, "share", shares.filter { $0 > 0 }, startsAtZero: true),
    ]
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    var areas = Path()
    var outlines = Path()
    var start = 0
    while start < shares.count {
      let run = shares[start...].prefix { $0 > 0 }
      if !run.isEmpty {
        var corners = [Point(x: frame.x(edges[start]), y: frame.baseline)]
        for bin in run.indices {
          let y = frame.y(shares[bin])
          corners += [Point(x: frame.x(edges[bin]), y: y), Point(x: frame.x(edges[bin + 1]), y: y)]
        }
        corners.append(Point(x: frame.x(edges[run.endIndex]), y: frame.baseline))
        let visible = Thinning.simplified(corners)
        areas.lines(through: visible)
        areas.close()
        outlines.lines(through: visible)
      }
      start = run.endIndex + 1
    }
    canvas.fill(areas, color: style.color.rawValue, opacity: Histogram.opacity)
    canvas.stroke(outlines, color: style.color.rawValue, width: Histogram.lineWidth, dash: style.dash)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    let third = box.width / 3
    let steps = [(0, 1.0), (0, 0.45), (1, 0.45), (1, 0), (2, 0), (2, 0.6), (3, 0.6), (3, 1)].map {
      Point(x: box.left + $0.0 * third, y: box.top + $0.1 * box.height)
    }
    var path = Path()
    path.lines(through: steps)
    canvas.fill(path, color: style.color.rawValue, opacity: Histogram.opacity)
    canvas.stroke(path, color: style.color.rawValue, width: Histogram.lineWidth, dash: style.dash)
  }

  private static let opacity = 0.18
  private static let lineWidth = 1.5
}
