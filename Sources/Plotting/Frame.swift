/// Where the data of a plot are drawn, and how data become pixels.
public struct Frame: Sendable {
  /// The area between the axes.
  public let box: Box
  public let x: AxisMap
  public let y: AxisMap

  /// The place of the datum (`x`, `y`) on the page.
  public func point(_ x: Double, _ y: Double) -> Point { Point(x: self.x(x), y: self.y(y)) }

  /// The places of the data (`x`ᵢ, `y`ᵢ).
  public func points(_ x: [Double], _ y: [Double]) -> [Point] { zip(x, y).map { point($0, $1) } }

  /// The height on the page from which bars rise: that of zero, or the frame's edge where zero is not on the axis.
  public var baseline: Double { y.scale == .linear ? min(max(y(0), box.top), box.bottom) : box.bottom }
}

/// The map of one axis from data to pixels: affine in v, or in log₁₀ v.
public struct AxisMap: Sendable {
  public let scale: Axis.Scale
  /// The data range that is shown.
  public let low: Double
  public let high: Double
  /// The pixels of `low` and `high`.
  public let start: Double
  public let end: Double

  /// The pixel of the datum `value`; what lies far outside is moved to a million pixels away.
  public func callAsFunction(_ value: Double) -> Double {
    let fraction =
      switch scale {
      case .linear: (value - low) / (high - low)
      case .log: (Decimals.log10(value) - Decimals.log10(low)) / (Decimals.log10(high) - Decimals.log10(low))
      }
    return min(max(start + fraction * (end - start), -SVGText.farthest), SVGText.farthest)
  }
}
