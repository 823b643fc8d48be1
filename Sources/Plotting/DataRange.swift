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
    guard high - low <= max(1e-9 * max(low.magnitude, high.magnitude), scale == .log ? 0 : DataRange.smallest) else {
      return
    }
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

  /// A range to show a single `value` in: ±10 %, at least ±1 for whole numbers and zero.
  static func around(_ value: Double, isIntegral: Bool = false) -> (low: Double, high: Double) {
    let margin = value.magnitude < smallest || (isIntegral && value.magnitude < 10) ? 1 : 0.1 * value.magnitude
    return (value - margin, value + margin)
  }
}
