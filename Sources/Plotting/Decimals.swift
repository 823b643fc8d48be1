/// Decimal logarithms and powers of ten from IEEE operations alone: libm's may differ in the last bit by platform.
enum Decimals {
  /// log₁₀ x for a positive, finite x.
  ///
  /// With x = m · 2ᵉ and √½ ≤ m < √2, ln m = 2 artanh s for s = (m − 1)/(m + 1), |s| < 0.1716; the series of artanh is
  /// cut after s²³/23, where it is off by less than 10⁻¹⁹. Rounding leaves an absolute error below 3 · 10⁻¹⁶ · max(1,
  /// |log₁₀ x|).
  static func log10(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite, "no logarithm of \(x)")
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa /= 2
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    for power in stride(from: 23.0, through: 1, by: -2) { series = series * square + 1 / power }
    let log10of2 = 0.301_029_995_663_981_2
    let log10ofE = 0.434_294_481_903_251_8
    return exponent * log10of2 + 2 * s * series * log10ofE
  }

  /// 10ⁿ, correctly rounded as every decimal literal is; infinity where that is too large.
  static func powerOfTen(_ n: Int) -> Double { Double("1e\(n)") ?? .infinity }

  /// ⌊log₁₀ x⌋, exactly: the n with 10ⁿ ≤ x < 10ⁿ⁺¹.
  static func exponent(of x: Double) -> Int {
    var n = Int(log10(x).rounded(.down))
    if powerOfTen(n) > x { n -= 1 }
    if powerOfTen(n + 1) <= x { n += 1 }
    return n
  }
}
