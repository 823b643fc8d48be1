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
    }
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
