/// A number m · 10ᵉ with integers m and e: ticks are decimal numbers, and written from integers they need no rounding.
struct DecimalNumber: Hashable, Sendable {
  var mantissa: Int
  var exponent: Int

  /// The nearest floating-point number (to within a rounding or two where |e| > 22 or |m| > 2⁵³).
  var value: Double {
    exponent >= 0
      ? Double(mantissa) * Decimals.powerOfTen(exponent)
      : Double(mantissa) / Decimals.powerOfTen(-exponent)
  }

  init(mantissa: Int, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// The shortest decimal number that denotes `value`, as in Swift's own description of it.
  init(_ value: Double) {
    precondition(value.isFinite, "\(value) is not a decimal number")
    let parts = value.description.split(separator: "e")
    let digits = parts[0].split(separator: ".")
    let fraction = digits.count > 1 && digits[1] != "0" ? String(digits[1]) : ""
    mantissa = Int(digits[0] + fraction) ?? 0
    exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - fraction.count
    while mantissa != 0 && mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
  }

  /// `value` rounded to a multiple of 10^`exponent`; a billionth of that is not held against it.
  init(_ value: Double, exponent: Int, _ rule: FloatingPointRoundingRule) {
    let slack = rule == .up ? -1e-9 : rule == .down ? 1e-9 : 0
    mantissa = Int((value / Decimals.powerOfTen(exponent) + slack).rounded(rule))
    self.exponent = exponent
  }

  /// `value` in that many significant digits.
  init(_ value: Double, digits: Int) {
    self.init(value)
    while digitCount > digits {
      // All digits at once: to round them one after the other would round 1.2345 to 1.235 and 1.24.
      let unit = (0..<(digitCount - digits)).reduce(1) { power, _ in power * 10 }
      exponent += digitCount - digits
      mantissa = (mantissa + mantissa.signum() * unit / 2) / unit
    }
    while mantissa != 0 && mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
  }

  /// How many digits the mantissa has.
  private var digitCount: Int { String(mantissa.magnitude).count }

  /// `numbers` as texts with the same number of decimals: `0.0`, `0.5`, `1.0`, or `2×10⁻⁵` where zeros would fill the
  /// page.
  ///
  /// A minus is the sign U+2212, as wide as a plus.
  static func texts(of numbers: [DecimalNumber]) -> [String] {
    guard let last = numbers.filter({ $0.mantissa != 0 }).map(\.exponent).min() else { return numbers.map { _ in "0" } }
    var unit = last
    var mantissas = numbers.map { number in
      (0..<max(0, number.exponent - last)).reduce(number.mantissa) { product, _ in product * 10 }
    }
    while mantissas.allSatisfy({ $0 % 10 == 0 }) {
      mantissas = mantissas.map { $0 / 10 }
      unit += 1
    }
    let largest = mantissas.map(\.magnitude).max() ?? 0
    let leading = String(largest).count - 1 + unit
    if leading >= 6 || leading < -3 {
      return mantissas.map { mantissa in
        if mantissa == 0 { return "0" }
        let head = fixed(mantissa, decimals: leading - unit)
        return head == "1" || head == "−1" ? head.dropLast() + power(leading) : head + "×" + power(leading)
      }
    }
    return mantissas.map { mantissa in
      fixed((0..<max(0, unit)).reduce(mantissa) { product, _ in product * 10 }, decimals: max(0, -unit))
    }
  }

  /// This number alone as a text.
  var text: String { DecimalNumber.texts(of: [self])[0] }

  /// 10ⁿ with its exponent raised.
  static func power(_ n: Int) -> String {
    let raised = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return "10" + (n < 0 ? "⁻" : "") + String(n.magnitude).compactMap(\.wholeNumberValue).map { raised[$0] }.joined()
  }

  /// `mantissa` / 10^`decimals` with all its decimals.
  private static func fixed(_ mantissa: Int, decimals: Int) -> String {
    let digits = String(mantissa.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = mantissa < 0 ? "−" : ""
    return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
