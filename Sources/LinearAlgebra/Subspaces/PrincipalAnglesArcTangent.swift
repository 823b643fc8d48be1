/// The angle of the point (x, y), in radians from −π to π: the arc tangent of y/x, in the quadrant of the point.
///
/// The angle is negative if y is, −0 included, and that of the origin is ±0, or ±π if x is −0. Made of IEEE operations only,
/// so that it is the same on every machine.
///
/// With c the multiple of 1/8 nearest to y/x ≤ 1, arctan(y/x) = arctan c + arctan t, where t = (y − cx)/(x + cy) and
/// |t| ≤ 1/16. Here y − cx loses nothing, the rounding error of t is computed and added, and arctan c is tabulated to 106 bits.
///
/// **Accuracy.** Less than 0.51 ulp; where the angle itself underflows, half of the smallest positive number.
///
/// - Parameters:
///   - y: a finite number.
///   - x: a finite number.
public func arcTangent(_ y: Double, _ x: Double) -> Double {
  precondition(x.isFinite && y.isFinite, "no angle of the point (\(x), \(y))")
  let (a, b) = (abs(x), abs(y))
  let largest = max(a, b)
  let magnitude: Double
  if largest == 0 {
    magnitude = x.sign == .minus ? π.high : 0
  } else {
    // A power of two brings the larger coordinate to between 1 and 2.
    let short = Double(sign: .plus, exponent: -largest.exponent, significand: min(a, b))
    let long = Double(sign: .plus, exponent: -largest.exponent, significand: largest)
    let angle = arcTangent(ofRatio: short, to: long)
    switch (b > a, x.sign) {
    case (false, .plus): magnitude = angle.high + angle.low
    case (false, .minus): magnitude = sum(π, (-angle.high, -angle.low))
    case (true, .plus): magnitude = sum((π.high / 2, π.low / 2), (-angle.high, -angle.low))
    case (true, .minus): magnitude = sum((π.high / 2, π.low / 2), angle)
    }
  }
  return y.sign == .minus ? -magnitude : magnitude
}

/// A number to some 100 bits, as a sum of two.
private typealias Pair = (high: Double, low: Double)

private let π: Pair = (0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53)

/// arctan(k/8) for k = 0 … 8.
private let arcTangentsOfEighths: [Pair] = [
  (0, 0),
  (0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59),
  (0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57),
  (0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56),
  (0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56),
  (0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58),
  (0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56),
  (0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56),
  (0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55),
]

/// arctan(y/x) for 0 ≤ y ≤ x, where x is between 1 and 2.
private func arcTangent(ofRatio y: Double, to x: Double) -> Pair {
  let k = (8 * y / x).rounded()
  let c = k / 8
  let product = c * x
  let numerator = y - product
  let numeratorError = product.addingProduct(-c, x)
  let denominator = x.addingProduct(c, y)
  let denominatorError = (x - denominator).addingProduct(c, y)
  let t = numerator / denominator
  let remainder = numerator.addingProduct(-t, denominator) + numeratorError.addingProduct(-t, denominatorError)
  // arctan t = t − t³/3 + t⁵/5 − …; the first term left out is below 2⁻⁶⁸ t.
  let square = t * t
  let coefficients: [Double] = [-1.0 / 15, 1.0 / 13, -1.0 / 11, 1.0 / 9, -1.0 / 7, 1.0 / 5, -1.0 / 3]
  let series = coefficients.reduce(0) { $1 + square * $0 }
  let arc = arcTangentsOfEighths[Int(k)]
  let high = arc.high + t
  let rounding = (arc.high - high) + t
  return (high, rounding + (arc.low + remainder / denominator + t * square * series))
}

/// a + b, for a greater than b in magnitude.
private func sum(_ a: Pair, _ b: Pair) -> Double {
  let high = a.high + b.high
  let rounding = (a.high - high) + b.high
  return high + (rounding + (a.low + b.low))
}
