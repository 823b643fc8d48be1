/// A place on an axis that is marked; without a label it is a minor tick.
struct Tick: Hashable, Sendable {
  let value: Double
  let label: String?
}

/// Ticks of a logarithmic axis.
enum LogTicks {
  /// About `wanted` labelled ticks between `low` and `high`, with minor ticks between them, in ascending order.
  ///
  /// Where two decades or more lie in the range, they are labelled 10ⁿ (every second, third, … if there are many). In a
  /// narrower range 1, 2 and 5 times a decade are labelled, and where fewer than two of those lie in it, round
  /// numbers by ``LinearTicks``.
  static func within(_ low: Double, _ high: Double, wanted: Int) -> [Tick] {
    precondition(0 < low && low < high, "a logarithmic axis needs a positive range, not \(low)…\(high)")
    let bottom = Decimals.exponent(of: low)
    let top = Decimals.exponent(of: high)
    // The ends themselves are inside, though 10ⁿ may have been rounded on the way.
    let inside = { (number: DecimalNumber) in (low * (1 - 1e-12)...high * (1 + 1e-12)).contains(number.value) }
    let decades = (bottom...top).map { DecimalNumber(mantissa: 1, exponent: $0) }.filter(inside)
    if decades.count >= 2 {
      let needed = (decades.count - 1 + max(wanted, 2) - 1) / max(wanted, 2)
      // The smallest stride that is sparse enough, or the next smaller one that leaves two labels.
      let strides = [1, 2, 3, 5, 10, 20, 50, 100]
      let sparse = strides.firstIndex { $0 >= needed } ?? strides.count - 1
      let stride = strides[...sparse].last { stride in decades.count { $0.exponent % stride == 0 } >= 2 } ?? 1
      return ticks(bottom, top, isLabelled: { $0.mantissa == 1 && $0.exponent % stride == 0 }) {
        inside($0) && (stride == 1 || ($0.mantissa == 1 && (decades.count <= 40 || $0.exponent % stride == 0)))
      } label: {
        DecimalNumber.power($0.exponent)
      }
    }
    let simple = ticks(bottom, top, isLabelled: { [1, 2, 5].contains($0.mantissa) }, isShown: inside) { $0.text }
    if simple.count(where: { $0.label != nil }) >= 2 { return simple }
    let round = LinearTicks.within(low, high, wanted: max(3, wanted))
    return zip(round, DecimalNumber.texts(of: round)).map { Tick(value: $0.value, label: $1) }
  }

  /// The ticks among 1…9 times each decade from `bottom` to `top`.
  private static func ticks(
    _ bottom: Int, _ top: Int, isLabelled: (DecimalNumber) -> Bool, isShown: (DecimalNumber) -> Bool,
    label: (DecimalNumber) -> String
  ) -> [Tick] {
    (bottom...top).flatMap { exponent in
      (1...9).map { DecimalNumber(mantissa: $0, exponent: exponent) }
    }.filter(isShown).map { Tick(value: $0.value, label: isLabelled($0) ? label($0) : nil) }
  }
}
