/// Why a figure could not be drawn.
public enum PlotError: Error, Hashable, CustomStringConvertible {
  /// The figure has no panels.
  case noPanels(figure: String)
  /// Nothing in the panel has any data.
  case nothingToDraw(panel: String)
  /// A value is NaN, infinite, or beyond 10³⁰⁰: `value` as text (a NaN equals nothing, not even itself).
  case notFinite(panel: String, series: String, coordinate: String, index: Int, value: String)
  /// A value is not positive (or below 10⁻³⁰⁰) on a logarithmic axis.
  case notPositive(panel: String, series: String, coordinate: String, index: Int, value: Double)
  /// A range has no width that numbers can divide, or an end beyond what can be drawn: `of` says whose it is.
  case badRange(panel: String, of: String, low: String, high: String)
  /// Arrows or ellipses are to be shown so many times as large.
  case badScale(panel: String, series: String, scale: String)
  /// The places of a grid's rows or columns do not ascend.
  case notAscending(panel: String, series: String, coordinate: String, index: Int)

  public var description: String {
    switch self {
    case .noPanels(let figure):
      "The figure \"\(figure)\" has no panels; put a Plot, an ImageGrid or a Heatmap between its braces."
    case .nothingToDraw(let panel):
      "The panel \"\(panel)\" has no data to draw."
    case .notFinite(let panel, let series, let coordinate, let index, let value):
      "In the panel \"\(panel)\", \(coordinate)[\(index)] of \"\(series)\" is \(value), which cannot be drawn; "
        + "look where it was computed."
    case .notPositive(let panel, let series, let coordinate, let index, let value):
      "In the panel \"\(panel)\", \(coordinate)[\(index)] of \"\(series)\" is \(value), which has no place on a "
        + "logarithmic axis; leave it out or use a linear axis."
    case .badRange(let panel, let whose, let low, let high):
      "In the panel \"\(panel)\", the range of \(whose) is \(low) to \(high), which cannot be drawn; a range is at "
        + "least a billionth of its ends wide, within ±10³⁰⁰ and, on a logarithmic axis, positive. Widen it, or leave it "
        + "to the data."
    case .badScale(let panel, let series, let scale):
      "In the panel \"\(panel)\", \"\(series)\" is to be shown \(scale) times as large; a scale lies between 10⁻²⁹⁰ and "
        + "10³⁰⁰. Look where it was computed."
    case .notAscending(let panel, let series, let coordinate, let index):
      "In the panel \"\(panel)\", \(coordinate)[\(index)] of \"\(series)\" is not above the one before it; sort the "
        + "grid's places and leave out those that occur twice."
    }
  }

  /// Throws if `range`, which is that of `whose`, cannot be divided into ticks, bins or cells.
  static func requireDrawable(
    _ range: ClosedRange<Double>, scale: Axis.Scale = .linear, panel: String, of whose: String
  ) throws(PlotError) {
    let (low, high) = (range.lowerBound, range.upperBound)
    // As for data: what is narrower counts as a single value.
    guard max(low.magnitude, high.magnitude) <= 1e300, !DataRange.isSingle(low, high, scale: scale),
      scale == .linear || low >= 1e-300
    else { throw .badRange(panel: panel, of: whose, low: "\(low)", high: "\(high)") }
  }

  /// Throws if one of `values` is not a finite number of drawable size.
  static func requireFinite(
    _ values: [Double], panel: String, series: String, coordinate: String
  ) throws(PlotError) {
    // Differences of larger numbers would overflow.
    guard let index = values.firstIndex(where: { !($0.magnitude <= 1e300) }) else { return }
    throw .notFinite(
      panel: panel, series: series, coordinate: coordinate, index: index, value: "\(values[index])")
  }
}
