import Foundation

/// Numbers as the pages show them. C's formatting is correctly rounded on every platform, so the text is the same
/// everywhere.
public enum Numeral {
  /// `significant` digits, or fewer if the number has no more, without an exponent between 10⁻³ and 10⁶: `0.1235`,
  /// `12.35`, `0.5`, `3.142e−16`.
  public static func short(_ x: Double, significant: Int = 4) -> String {
    guard x.isFinite else { return x.isNaN ? "NaN" : x < 0 ? "−∞" : "∞" }
    if x == x.rounded(), abs(x) < 1e6 { return minus(String(Int(x))) }
    let scientific = String(format: "%.\(significant - 1)e", x)
    guard let mark = scientific.lastIndex(of: "e"), let exponent = Int(scientific[scientific.index(after: mark)...])
    else { return scientific }
    if exponent < -3 || exponent >= 6 {
      return minus(trimmed(String(scientific[..<mark]))) + "e" + minus(String(exponent))
    }
    let plain = String(format: "%.\(max(0, significant - 1 - exponent))f", x)
    return minus(Double(plain) == x ? trimmed(plain) : plain)
  }

  /// `decimals` digits after the point: `−3.50`.
  public static func fixed(_ x: Double, decimals: Int) -> String {
    guard x.isFinite else { return short(x) }
    let text = String(format: "%.\(decimals)f", x)
    return text.contains { $0 != "-" && $0 != "0" && $0 != "." } ? minus(text) : text.replacing("-", with: "")
  }

  /// A share as per cent: `0.1234` is `12.3 %`.
  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    "\(fixed(100 * share, decimals: decimals)) %"
  }

  /// Two numbers with `significant` digits, or with as many more as show that they differ: `0.50001` and `0.5`.
  public static func distinct(_ a: Double, _ b: Double, significant: Int = 4) -> (String, String) {
    // Seventeen digits tell any two numbers apart.
    for digits in significant..<17 {
      let texts = (short(a, significant: digits), short(b, significant: digits))
      if a == b || a.isNaN || b.isNaN || value(of: texts.0) != value(of: texts.1) { return texts }
    }
    return (short(a, significant: 17), short(b, significant: 17))
  }

  /// The number that a text of ``short(_:significant:)`` shows.
  private static func value(of text: String) -> Double? { Double(text.replacing("−", with: "-")) }

  /// A residual to two digits: `3.1e−16`.
  public static func residual(_ x: Double) -> String { short(x, significant: 2) }

  // Without the zeros at the end of the decimals.
  private static func trimmed(_ text: String) -> String {
    text.contains(".") ? text.replacing(/\.?0+$/, with: "") : text
  }

  // A true minus sign: a hyphen is shorter, and a line may end after it.
  private static func minus(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }
}
