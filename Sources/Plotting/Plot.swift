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
    let named = marks.compactMap(\.categories)
    precondition(
      named.dropFirst().allSatisfy { $0 == named[0] }, "plot \"\(title)\": its bars stand over different names")
    return named.first
  }

  /// Throws if a coordinate cannot be drawn.
  private func check() throws(PlotError) {
    for (index, mark) in marks.enumerated() {
      let series = mark.name ?? "\(type(of: mark)) \(index + 1)"
      for group in mark.coordinates {
        try PlotError.requireFinite(group.values, panel: title, series: series, coordinate: group.label)
        if group.direction == .value { continue }
        let axis = group.direction == .horizontal ? x : y
        if axis.scale == .log, let bad = group.values.firstIndex(where: { $0 < 1e-300 }) {
          throw .notPositive(
            panel: title, series: series, coordinate: group.label, index: bad, value: group.values[bad])
        }
      }
    }
  }
}
