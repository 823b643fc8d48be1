/// An axis with its range and ticks chosen.
struct ScaledAxis {
  private(set) var low: Double
  private(set) var high: Double
  private(set) var ticks: [Tick] = []
  private let axis: Axis
  private let isIntegral: Bool
  /// Free pixels before `low` and after `high`.
  private let inset: (start: Double, end: Double)
  private var hasNames = false

  /// The axis for `coordinates`, with `inset` free pixels at both ends, save where bars stand.
  init(_ axis: Axis, _ coordinates: [Coordinates], inset: Double) {
    self.axis = axis
    let data = DataRange(coordinates, scale: axis.scale)
    low = axis.range?.lowerBound ?? data?.low ?? (axis.scale == .log ? 1 : 0)
    high = axis.range?.upperBound ?? data?.high ?? (axis.scale == .log ? 10 : 1)
    isIntegral = data?.isIntegral ?? false
    let stands = data?.standsOnZero ?? false
    self.inset = (stands && low == 0 ? 0 : inset, stands && high == 0 ? 0 : inset)
  }

  /// The texts of the labelled ticks.
  var labels: [String] { ticks.compactMap(\.label) }

  /// Whether all values of `coordinates` are within the range.
  func shows(_ coordinates: [Coordinates]) -> Bool {
    coordinates.allSatisfy { $0.values.allSatisfy { low <= $0 && $0 <= high } }
  }

  /// Makes this an axis of `count` names at 0, 1, 2, …, each with a slot one wide.
  mutating func setCategories(count: Int) {
    (low, high) = (-0.5, Double(count) - 0.5)
    hasNames = true
  }

  /// Chooses about `wanted` ticks; unless it was given, the range is rounded out to those close to it.
  mutating func chooseTicks(wanted: Int) {
    guard !hasNames else { return }
    if let places = axis.ticks {
      ticks = places.map { Tick(value: $0, label: DecimalNumber($0).text) }
      if axis.range == nil {
        low = places.reduce(low) { min($0, $1) }
        high = places.reduce(high) { max($0, $1) }
      }
      ticks = ticks.filter { (low...high).contains($0.value) }
    } else if axis.scale == .log {
      ticks = LogTicks.within(low, high, wanted: wanted)
    } else {
      // A tick further outside would leave a good part of the frame empty.
      let margin = axis.range == nil ? 0.06 * (high - low) : 0
      var numbers = LinearTicks.covering(low, high, wanted: wanted, integral: isIntegral).filter {
        (low - margin...high + margin).contains($0.value)
      }
      if numbers.count < 2 { numbers = LinearTicks.within(low, high, wanted: wanted, integral: isIntegral) }
      // A range that was given may hold no two whole numbers.
      if numbers.count < 2 && isIntegral { numbers = LinearTicks.within(low, high, wanted: wanted) }
      if axis.range == nil {
        low = numbers.reduce(low) { min($0, $1.value) }
        high = numbers.reduce(high) { max($0, $1.value) }
      }
      ticks = zip(numbers, DecimalNumber.texts(of: numbers)).map { Tick(value: $0.value, label: $1) }
    }
  }

  /// Chooses as many ticks as fit on `length` pixels with their labels side by side.
  mutating func chooseTicks(length: Double) {
    let range = (low, high)
    for wanted in stride(from: 2 + Int(length / 80), through: 2, by: -1) {
      (low, high) = range
      chooseTicks(wanted: wanted)
      if labelsFit(length: length) { return }
    }
  }

  /// Removes labels until the rest fit on `length` pixels: every second, every third, ….
  mutating func thinTicks(length: Double) {
    let labelled = ticks.filter { $0.label != nil }
    for step in 2..<max(3, labelled.count + 1) where !labelsFit(length: length) {
      let kept = Set(stride(from: 0, to: labelled.count, by: step).map { labelled[$0] })
      ticks = ticks.map { $0.label == nil || kept.contains($0) ? $0 : Tick(value: $0.value, label: nil) }
    }
  }

  /// Whether no two labels come closer than 8 pixels on an axis `length` pixels long.
  private func labelsFit(length: Double) -> Bool {
    let map = map(from: 0, to: length)
    let places = ticks.compactMap { tick in tick.label.map { (map(tick.value), TextMetrics.width(of: $0)) } }
    return zip(places, places.dropFirst()).allSatisfy { $1.0 - $0.0 >= ($0.1 + $1.1) / 2 + 8 }
  }

  /// Widens the range evenly until it takes `pixels` at `unit` pixels a unit.
  ///
  /// - Returns: `pixels`
  mutating func widen(toPixels pixels: Double, unit: Double) -> Double {
    let margin = (pixels / unit - (high - low)) / 2
    (low, high) = (low - margin, high + margin)
    return pixels
  }

  /// The map of the range to the pixels from `start` to `end`.
  func map(from start: Double, to end: Double) -> AxisMap {
    let direction: Double = start < end ? 1 : -1
    let free = hasNames ? (start: 0, end: 0) : inset
    return AxisMap(
      scale: hasNames ? .linear : axis.scale, low: low, high: high, start: start + direction * free.start,
      end: end - direction * free.end)
  }
}
