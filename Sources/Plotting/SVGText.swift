/// Text and numbers as SVG files hold them.
enum SVGText {
  /// `text` with the five characters that XML reserves written as entities.
  ///
  /// Tabs and line ends become spaces; other control characters, which XML 1.0 cannot hold at all, become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `text` escaped, the character after each `_` lowered and smaller: `log p_σ`. An underscore at the end stays one.
  static func withSubscripts(_ text: String, size: Double) -> String {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    let (drop, small) = (number(0.2 * size), number(TextMetrics.subscriptSize * size))
    var result = escaped(String(parts[0]))
    // Whether the letters that follow have to be raised again.
    var isLowered = false
    func raised(_ text: Substring) -> String {
      text.isEmpty || !isLowered ? escaped(String(text)) : #"<tspan dy="-\#(drop)">\#(escaped(String(text)))</tspan>"#
    }
    for part in parts.dropFirst() {
      guard let first = part.first else {
        result += raised("_")
        continue
      }
      let dy = isLowered ? "" : #" dy="\#(drop)""#
      result += #"<tspan\#(dy) font-size="\#(small)">\#(escaped(String(first)))</tspan>"#
      isLowered = true
      result += raised(part.dropFirst())
      if part.count > 1 { isLowered = false }
    }
    return result
  }

  /// The largest coordinate written, in pixels: what lies further out is moved here, far outside every panel.
  static let farthest = 1e6

  /// `value` in whole hundredths, ties away from zero.
  static func hundredths(_ value: Double) -> Int {
    precondition(!value.isNaN, "a coordinate is not a number")
    return Int((min(max(value, -farthest), farthest) * 100).rounded())
  }

  /// `value` rounded to two decimals, without trailing zeros, exponent or negative zero: `12.5`, `-0.25`, `0`.
  static func number(_ value: Double) -> String { decimal(hundredths(value), decimals: 2) }

  /// The number `units` / 10^`decimals` without trailing zeros.
  static func decimal(_ units: Int, decimals: Int) -> String {
    var units = units
    var decimals = decimals
    while decimals > 0 && units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    let digits = String(units.magnitude)
    let sign = units < 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
