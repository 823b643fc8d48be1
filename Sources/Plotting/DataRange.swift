/// The range that an axis must show.
struct DataRange {
  var low: Double
  var high: Double
  /// Whether zero is an end because bars stand on it.
  var standsOnZero: Bool
  /// Whether all values are whole numbers (and small enough to be counts).
  var isIntegral: Bool

  /// The range of all `coordinates` of one direction; nil if there are none.
  init?(_ coordinates: [Coordinates], scale: Axis.Scale) {
    var low = Double.infinity
    var high = -Double.infinity
    var isIntegral = true
    var startsAtZero = false
    for group in coordinates {
      for value in group.values {
        low = min(low, value)
        high = max(high, value)
        isIntegral = isIntegral && value == value.rounded() && value.magnitude < 1e15
      }
      startsAtZero = startsAtZero || (group.startsAtZero && !group.values.isEmpty && scale == .linear)
    }
    guard low <= high else { return nil }
    if startsAtZero { (low, high) = (min(low, 0), max(high, 0)) }
    self.low = low
    self.high = high
    self.isIntegral = isIntegral
    standsOnZero = startsAtZero && (low == 0 || high == 0)
    guard DataRange.isSingle(low, high, scale: scale) else { return }
    if scale == .log {
      (self.low, self.high) = (low / 2, high * 2)
    } else if startsAtZero {
      self.high = 1
    } else {
      (self.low, self.high) = DataRange.around((low + high) / 2, isIntegral: isIntegral)
    }
  }

  /// Ranges narrower than this, near the smallest number there is, are shown as a single value.
  static let smallest = 1e-290

  /// Whether the range from `low` to `high` is shown as a single value: narrower than a billionth of its ends, it has no
  /// ticks that a reader could tell apart.
  static func isSingle(_ low: Double, _ high: Double, scale: Axis.Scale) -> Bool {
    high - low <= max(1e-9 * max(low.magnitude, high.magnitude), scale == .log ? 0 : smallest)
  }

  /// A range to show a single `value` in: ±10 %, at least ±1 for whole numbers and zero, within ±10³⁰⁰.
  static func around(_ value: Double, isIntegral: Bool = false) -> (low: Double, high: Double) {
    let margin = value.magnitude < smallest || (isIntegral && value.magnitude < 10) ? 1 : 0.1 * value.magnitude
    return (max(value - margin, -1e300), min(value + margin, 1e300))
  }
}
