/// Marks on a pair of axes.
public struct Plot: Panel {
  /// How the two axes' units compare on the page.
  public enum Aspect: Sendable {
    /// Each axis fills the panel.
    case fill
    /// A unit is as long on one axis as on the other: circles are round.
    case equal
  }

  public let title: String
  public let x: Axis
  public let y: Axis
  public let aspect: Aspect
  /// The height of the area between the axes in pixels; by default it follows the panel's width.
  public let height: Double?
  public let marks: [any Mark]

  public init(
    _ title: String = "", x: Axis = "", y: Axis = "", aspect: Aspect = .fill, height: Double? = nil,
    @MarkBuilder marks: () throws -> [any Mark]
  ) rethrows {
    precondition(
      aspect == .fill || (x.scale == .linear && y.scale == .linear),
      "plot \"\(title)\": logarithmic axes have no equal aspect")
    precondition(
      height.map { (1...10_000).contains($0) } ?? true,
      "plot \"\(title)\": its area cannot be \(height ?? 0) pixels high, only 1 to 10,000")
    self.title = title
    self.x = x
    self.y = y
    self.aspect = aspect
    self.height = height
    self.marks = try marks()
  }

  public func body(width: Double) throws(PlotError) -> Canvas {
    try check()
    return try PlotLayout(self, width: width).draw()
  }

  /// The names along the horizontal axis, if it is not an axis of numbers.
  var categories: [String]? {
    let named = marks.compactMap(\.categories).filter { !$0.isEmpty }
    precondition(
      named.dropFirst().allSatisfy { $0 == named[0] }, "plot \"\(title)\": its bars stand over different names")
    return named.first
  }

  /// Throws if a coordinate, or a range or tick of an axis, cannot be drawn.
  private func check() throws(PlotError) {
    for (axis, name) in [(x, "the horizontal axis"), (y, "the vertical axis")] {
      if let range = axis.range { try PlotError.requireDrawable(range, scale: axis.scale, panel: title, of: name) }
      if let ticks = axis.ticks { try check(ticks, scale: axis.scale, series: name, coordinate: "tick") }
    }
    let categories = categories
    for (index, mark) in marks.enumerated() {
      let series = mark.name ?? "\(type(of: mark)) \(index + 1)"
      try mark.check(panel: title, series: series)
      for group in mark.coordinates {
        let scale: Axis.Scale =
          switch group.direction {
          // Names stand at equal distances, whatever the axis.
          case .horizontal: categories == nil ? x.scale : .linear
          case .vertical: y.scale
          case .value: .linear
          }
        try check(group.values, scale: scale, series: series, coordinate: group.label)
      }
    }
  }

  /// Throws if one of `values` has no place on an axis of this `scale`.
  private func check(
    _ values: [Double], scale: Axis.Scale, series: String, coordinate: String
  ) throws(PlotError) {
    try PlotError.requireFinite(values, panel: title, series: series, coordinate: coordinate)
    if scale == .log, let bad = values.firstIndex(where: { $0 < 1e-300 }) {
      throw .notPositive(panel: title, series: series, coordinate: coordinate, index: bad, value: values[bad])
    }
  }
}
