/// One axis of a ``Plot``: its label, its scale, and its range if that is not left to the data.
///
/// A string literal is a linear axis of that label: `x: "epoch"`.
public struct Axis: Sendable, ExpressibleByStringInterpolation {
  public enum Scale: Sendable {
    case linear
    /// Equal distances are equal ratios; every number must be positive.
    case log
  }

  public var label: String
  public var scale: Scale
  /// What the axis shows; by default all data, rounded out to a tick where one is close. What lies outside is cut off.
  public var range: ClosedRange<Double>?
  /// Where the labelled ticks stand; by default at round numbers.
  public var ticks: [Double]?

  public init(
    _ label: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil, ticks: [Double]? = nil
  ) {
    self.label = label
    self.scale = scale
    self.range = range
    self.ticks = ticks
  }

  public init(stringLiteral label: String) { self.init(label) }
}
