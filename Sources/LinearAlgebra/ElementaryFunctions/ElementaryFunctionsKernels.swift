// The kernels of the elementary functions, one text for both formats. They stand in one file because a debug build
// compiles file by file, and only within a file is generic code specialised; elsewhere it would be 1000 times slower.

/// What the kernels need to know of a format.
private protocol Kernels: ElementaryFunctions {
  // Comparisons and bit operations become vector instructions only where the compiler knows the type.

  /// Lane by lane: `a` where x < y, else `b`, also where x or y is NaN. Here −0 is less than 0.
  ///
  /// By integers: comparisons of floating-point vectors, or `replacing(with:where:)`, are compiled lane by lane in some
  /// places, and then take 20 times as long.
  static func select(_ a: Self, _ b: Self, where x: Self, isLessThan y: Self) -> Self

  /// |x|.
  var absolute: Self { get }

  /// x times the sign of `other`.
  func signed(like other: Self) -> Self

  /// 2ᵏ for integers k whose power is a normal number.
  static func powerOfTwo(_ k: Self) -> Self

  /// x = 2ᵏ·m with an integer k and √½ ≤ m < √2, for normal numbers x > 0.
  static func splitExponent(_ x: Self) -> (k: Self, m: Self)

  /// The sine and the cosine of an angle, k quarter turns further on; `shifted` is k + `rounder`.
  static func turn(_ sine: Self, _ cosine: Self, shifted: Self) -> (sine: Self, cosine: Self)

  /// 1.5 · 2ᵖ, p the number of bits of the fraction: x + `rounder` has x, rounded to an integer, in its low bits.
  static var rounder: Scalar { get }

  /// A power of two that makes subnormal numbers normal, and its exponent.
  static var normaliser: (power: Scalar, exponent: Scalar) { get }

  /// At both ends of this range eˣ is beyond the format: 0 and ∞.
  static var exponentRange: (lower: Scalar, upper: Scalar) { get }

  /// ln 2 as a sum; `high` has so few bits that its product with any exponent is exact.
  static var ln2: (high: Scalar, low: Scalar) { get }

  /// π/2 as a sum of three numbers, each the rest rounded.
  static var halfPi: (Scalar, Scalar, Scalar) { get }

  // Polynomials, from the highest power to the lowest: minimax in relative error by the Remez exchange, computed with
  // mpmath at 40 digits and then rounded.

  /// q of eʳ ≈ 1 + r + r²·q(r), |r| ≤ ½ ln 2. Weight r²/eʳ; error at most 2⁻⁶⁰·³ (`Double`), 2⁻²⁹·⁸ (`Float`).
  static var exponentialTail: [Scalar] { get }

  /// R of 2 artanh s ≈ 2s + s³·R(s²), |s| ≤ 3 − 2√2. Weight s²/2; error at most 2⁻⁵⁸·⁹, 2⁻³⁰·¹.
  static var logarithmTail: [Scalar] { get }

  /// S of sin r ≈ r + r³·S(r²), |r| ≤ π/4. Weight r²; error at most 2⁻⁵⁶·⁴, 2⁻²⁸·².
  static var sineTail: [Scalar] { get }

  /// C of cos r ≈ 1 − r²/2 + r⁴·C(r²), |r| ≤ π/4. Weight r⁴/cos r; error at most 2⁻⁵⁹, 2⁻³²·³.
  static var cosineTail: [Scalar] { get }
}

// MARK: The two formats

extension SIMD8: ElementaryFunctions where Scalar == Double {
  public mutating func formExp() { self = Self.exponential(self).high }
  public mutating func formLog() { self = Self.logarithm(self) }
  public mutating func formTanh() { self = Self.hyperbolicTangent(self) }
  public mutating func formSigmoid() { self = Self.logisticSigmoid(self) }
  public mutating func formSoftplus() { self = Self.softRectifier(self) }
  public mutating func formSin() { self = Self.sineAndCosine(ofMagnitude: self).sine.signed(like: self) }
  public mutating func formCos() { self = Self.sineAndCosine(ofMagnitude: self).cosine }
  public static var largestAngle: Double { 0x1p30 }
  public static func apply(
    _ function: ElementaryFunction, _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, count: Int
  ) { applyKernel(function, source, into: target, count: count) }

  /// Replaces u, 0 ≤ u ≤ 1, by cos 2πu; returns sin 2πu in `sine`.
  mutating func formCosine(ofTurnsWithSine sine: inout Self) { (sine, self) = Self.circle(self) }
}

extension SIMD16: ElementaryFunctions where Scalar == Float {
  public mutating func formExp() { self = Self.exponential(self).high }
  public mutating func formLog() { self = Self.logarithm(self) }
  public mutating func formTanh() { self = Self.hyperbolicTangent(self) }
  public mutating func formSigmoid() { self = Self.logisticSigmoid(self) }
  public mutating func formSoftplus() { self = Self.softRectifier(self) }
  public mutating func formSin() { self = Self.sineAndCosine(ofMagnitude: self).sine.signed(like: self) }
  public mutating func formCos() { self = Self.sineAndCosine(ofMagnitude: self).cosine }
  public static var largestAngle: Float { 0x1p15 }
  public static func apply(
    _ function: ElementaryFunction, _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, count: Int
  ) { applyKernel(function, source, into: target, count: count) }
}

extension SIMD8: Kernels where Scalar == Double {
  @inline(__always) fileprivate static func select(_ a: Self, _ b: Self, where x: Self, isLessThan y: Self) -> Self {
    let mask = x.order.less(than: y.order) & x.absolute.bits.less(than: firstNaN) & y.absolute.bits.less(than: firstNaN)
    return Self(bits: (a.bits & mask) | (b.bits & ~mask))
  }

  /// The bits as integers that are ordered like the numbers.
  @inline(__always) private var order: SIMD8<Int64> {
    bits ^ ((bits &>> SIMD8<Int64>(repeating: 63)) & ~Self.signBit)
  }

  @inline(__always) private static var firstNaN: SIMD8<Int64> { SIMD8<Int64>(repeating: 0x7ff0_0000_0000_0001) }

  @inline(__always) fileprivate var absolute: Self { Self(bits: bits & ~Self.signBit) }

  @inline(__always) fileprivate func signed(like other: Self) -> Self { Self(bits: bits ^ (other.bits & Self.signBit)) }

  @inline(__always) fileprivate static func powerOfTwo(_ k: Self) -> Self {
    Self(bits: (k + Self(repeating: rounder + 1023)).bits &<< SIMD8<Int64>(repeating: 52))
  }

  @inline(__always) fileprivate static func splitExponent(_ x: Self) -> (k: Self, m: Self) {
    // The exponent field of x / √½, from the difference of the bit patterns.
    let exponent = (x.bits &- Self(repeating: 0x1.6a09e667f3bcdp-1).bits) &>> SIMD8<Int64>(repeating: 52)
    let k = Self(bits: Self(repeating: rounder).bits &+ exponent) - Self(repeating: rounder)
    return (k, Self(bits: x.bits &- (exponent &<< SIMD8<Int64>(repeating: 52))))
  }

  @inline(__always) fileprivate static func turn(_ sine: Self, _ cosine: Self, shifted: Self)
    -> (sine: Self, cosine: Self)
  {
    // A quarter turn makes the cosine of a sine and the negative sine of a cosine.
    let one = SIMD8<Int64>(repeating: 1)
    let odd = SIMD8<Int64>.zero &- (shifted.bits & one)
    let exchanged = (sine.bits ^ cosine.bits) & odd
    let top = SIMD8<Int64>(repeating: 62)
    let signs = ((shifted.bits &<< top) & signBit, ((shifted.bits &+ one) &<< top) & signBit)
    return (Self(bits: sine.bits ^ exchanged ^ signs.0), Self(bits: cosine.bits ^ exchanged ^ signs.1))
  }

  @inline(__always) private var bits: SIMD8<Int64> { unsafeBitCast(self, to: SIMD8<Int64>.self) }
  @inline(__always) private init(bits: SIMD8<Int64>) { self = unsafeBitCast(bits, to: Self.self) }
  @inline(__always) private static var signBit: SIMD8<Int64> { SIMD8<Int64>(repeating: .min) }

  @inline(__always) fileprivate static var rounder: Double { 0x1.8p52 }
  @inline(__always) fileprivate static var normaliser: (power: Double, exponent: Double) { (0x1p54, 54) }
  @inline(__always) fileprivate static var exponentRange: (lower: Double, upper: Double) { (-746, 710) }
  @inline(__always) fileprivate static var ln2: (high: Double, low: Double) {
    (0x1.62e42fefa3800p-1, 0x1.ef35793c76730p-45)
  }

  @inline(__always) fileprivate static var halfPi: (Double, Double, Double) {
    (0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110)
  }

  @inline(__always) fileprivate static var exponentialTail: [Double] {
    [
      0x1.1e3d28fb4f644p-29, 0x1.af6be7d8b9335p-26, 0x1.27e5b4490435bp-22, 0x1.71ddf020d8102p-19,
      0x1.a01a01368e27ep-16, 0x1.a01a01b37e322p-13, 0x1.6c16c16c30491p-10, 0x1.111111110ec5dp-7,
      0x1.5555555555503p-5, 0x1.555555555555bp-3, 0x1p-1,
    ]
  }

  @inline(__always) fileprivate static var logarithmTail: [Double] {
    [
      0x1.2f06346215846p-3, 0x1.39a1a6f78cd2ap-3, 0x1.74663fa24885fp-3, 0x1.c71c5206067bap-3,
      0x1.24924941f4fe6p-2, 0x1.999999997fd77p-2, 0x1.5555555555592p-1,
    ]
  }

  @inline(__always) fileprivate static var sineTail: [Double] {
    [
      0x1.5d8f8c070ec28p-33, -0x1.ae5e5aae46ea1p-26, 0x1.71de35697b2dbp-19, -0x1.a01a019c01d5ap-13,
      0x1.111111110f802p-7, -0x1.5555555555549p-3,
    ]
  }

  @inline(__always) fileprivate static var cosineTail: [Double] {
    [
      -0x1.8fa0871201b6fp-37, 0x1.1ee9d000f1530p-29, -0x1.27e4f7dfb07a0p-22, 0x1.a01a019c7556dp-16,
      -0x1.6c16c16c14efcp-10, 0x1.555555555554ap-5,
    ]
  }
}

extension SIMD8<Int64> {
  /// All ones in the lanes where the number is less than that of `other`, zeros elsewhere.
  @inline(__always) fileprivate func less(than other: Self) -> Self { unsafeBitCast(self .< other, to: Self.self) }
}

extension SIMD16<Int32> {
  /// All ones in the lanes where the number is less than that of `other`, zeros elsewhere.
  @inline(__always) fileprivate func less(than other: Self) -> Self { unsafeBitCast(self .< other, to: Self.self) }
}

extension SIMD16: Kernels where Scalar == Float {
  @inline(__always) fileprivate static func select(_ a: Self, _ b: Self, where x: Self, isLessThan y: Self) -> Self {
    let mask = x.order.less(than: y.order) & x.absolute.bits.less(than: firstNaN) & y.absolute.bits.less(than: firstNaN)
    return Self(bits: (a.bits & mask) | (b.bits & ~mask))
  }

  /// The bits as integers that are ordered like the numbers.
  @inline(__always) private var order: SIMD16<Int32> {
    bits ^ ((bits &>> SIMD16<Int32>(repeating: 31)) & ~Self.signBit)
  }

  @inline(__always) private static var firstNaN: SIMD16<Int32> { SIMD16<Int32>(repeating: 0x7f80_0001) }

  @inline(__always) fileprivate var absolute: Self { Self(bits: bits & ~Self.signBit) }

  @inline(__always) fileprivate func signed(like other: Self) -> Self { Self(bits: bits ^ (other.bits & Self.signBit)) }

  @inline(__always) fileprivate static func powerOfTwo(_ k: Self) -> Self {
    Self(bits: (k + Self(repeating: rounder + 127)).bits &<< SIMD16<Int32>(repeating: 23))
  }

  @inline(__always) fileprivate static func splitExponent(_ x: Self) -> (k: Self, m: Self) {
    // The exponent field of x / √½, from the difference of the bit patterns.
    let exponent = (x.bits &- Self(repeating: 0x1.6a09e6p-1).bits) &>> SIMD16<Int32>(repeating: 23)
    let k = Self(bits: Self(repeating: rounder).bits &+ exponent) - Self(repeating: rounder)
    return (k, Self(bits: x.bits &- (exponent &<< SIMD16<Int32>(repeating: 23))))
  }

  @inline(__always) fileprivate static func turn(_ sine: Self, _ cosine: Self, shifted: Self)
    -> (sine: Self, cosine: Self)
  {
    // A quarter turn makes the cosine of a sine and the negative sine of a cosine.
    let one = SIMD16<Int32>(repeating: 1)
    let odd = SIMD16<Int32>.zero &- (shifted.bits & one)
    let exchanged = (sine.bits ^ cosine.bits) & odd
    let top = SIMD16<Int32>(repeating: 30)
    let signs = ((shifted.bits &<< top) & signBit, ((shifted.bits &+ one) &<< top) & signBit)
    return (Self(bits: sine.bits ^ exchanged ^ signs.0), Self(bits: cosine.bits ^ exchanged ^ signs.1))
  }

  @inline(__always) private var bits: SIMD16<Int32> { unsafeBitCast(self, to: SIMD16<Int32>.self) }
  @inline(__always) private init(bits: SIMD16<Int32>) { self = unsafeBitCast(bits, to: Self.self) }
  @inline(__always) private static var signBit: SIMD16<Int32> { SIMD16<Int32>(repeating: .min) }

  @inline(__always) fileprivate static var rounder: Float { 0x1.8p23 }
  @inline(__always) fileprivate static var normaliser: (power: Float, exponent: Float) { (0x1p25, 25) }
  @inline(__always) fileprivate static var exponentRange: (lower: Float, upper: Float) { (-105, 89) }
  @inline(__always) fileprivate static var ln2: (high: Float, low: Float) { (0x1.62e4p-1, 0x1.7f7d1cp-20) }
  @inline(__always) fileprivate static var halfPi: (Float, Float, Float) {
    (0x1.921fb6p0, -0x1.777a5cp-25, -0x1.ee59dap-50)
  }

  @inline(__always) fileprivate static var exponentialTail: [Float] {
    [0x1.9f0898p-13, 0x1.6d8d06p-10, 0x1.11127p-7, 0x1.55548ep-5, 0x1.555554p-3, 0x1p-1]
  }

  @inline(__always) fileprivate static var logarithmTail: [Float] { [0x1.31e34cp-2, 0x1.995eb6p-2, 0x1.55557ap-1] }
  @inline(__always) fileprivate static var sineTail: [Float] {
    [0x1.6cd35cp-19, -0x1.a00f88p-13, 0x1.111108p-7, -0x1.555556p-3]
  }
  @inline(__always) fileprivate static var cosineTail: [Float] { [0x1.99e538p-16, -0x1.6c0c1ep-10, 0x1.55554ap-5] }
}

// MARK: Bits, and sums without error

extension Kernels {
  /// An unevaluated sum `high` + `low` of two numbers, |`low`| ≪ |`high`|: twice the digits of one.
  fileprivate typealias Expansion = (high: Self, low: Self)

  /// a + b = high + low exactly, provided |a| ≥ |b| or a = 0 (Dekker 1971).
  @inline(__always) fileprivate static func fastTwoSum(_ a: Self, _ b: Self) -> Expansion {
    let sum = a + b
    return (sum, (a - sum) + b)
  }

  /// a + b = high + low exactly (Knuth, TAOCP 2, §4.2.2).
  @inline(__always) fileprivate static func twoSum(_ a: Self, _ b: Self) -> Expansion {
    let sum = a + b
    let bRounded = sum - a
    return (sum, (a - (sum - bRounded)) + (b - bRounded))
  }

  /// a · b = high + low exactly, but for underflow.
  @inline(__always) fileprivate static func twoProduct(_ a: Self, _ b: Self) -> Expansion {
    let product = a * b
    return (product, (-product).addingProduct(a, b))
  }

  /// (a.high + a.low) / (b.high + b.low), rounded once but for some thousandths of an ulp.
  @inline(__always) fileprivate static func quotient(_ a: Expansion, _ b: Expansion) -> Self {
    let reciprocal = 1 / b.high
    let estimate = a.high * reciprocal
    let residual = a.high.addingProduct(-estimate, b.high) + a.low.addingProduct(-estimate, b.low)
    return estimate.addingProduct(residual, reciprocal)
  }

  /// c₀xⁿ + c₁xⁿ⁻¹ + … + cₙ by Horner's rule.
  @inline(__always) fileprivate static func polynomial(_ c: [Scalar], at x: Self) -> Self {
    var sum = Self(repeating: c[0])
    for i in 1..<c.count { sum = Self(repeating: c[i]).addingProduct(sum, x) }
    return sum
  }
}

// MARK: Many vectors

extension Kernels {
  @inline(__always)
  fileprivate static func applyKernel(
    _ function: ElementaryFunction, _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, count: Int
  ) {
    @inline(__always) func each(_ kernel: (Self) -> Self) {
      for i in 0..<count {
        let offset = i &* MemoryLayout<Self>.stride
        target.storeBytes(
          of: kernel(source.loadUnaligned(fromByteOffset: offset, as: Self.self)), toByteOffset: offset, as: Self.self)
      }
    }
    switch function {
    case .exp: each { exponential($0).high }
    case .log: each { logarithm($0) }
    case .tanh: each { hyperbolicTangent($0) }
    case .sigmoid: each { logisticSigmoid($0) }
    case .softplus: each { softRectifier($0) }
    case .sin: each { sineAndCosine(ofMagnitude: $0).sine.signed(like: $0) }
    case .cos: each { sineAndCosine(ofMagnitude: $0).cosine }
    }
  }
}

// MARK: The exponential and its kin

extension Kernels {
  /// x = k ln 2 + r with an integer k and |r| ≤ ½ ln 2, and eʳ = 1 + r + tail.
  ///
  /// x − k·ln2.high is exact, the difference of multiples of one unit of which it is a small multiple. The rounding
  /// error of r is found and goes, times eʳ ≈ 1 + r, into the tail.
  @inline(__always) private static func reduceExponent(_ x: Self) -> (k: Self, r: Self, tail: Self) {
    let shifted = Self(repeating: rounder).addingProduct(x, Self(repeating: 0x1.71547652b82fep0))  // log₂ e
    let k = shifted - Self(repeating: rounder)
    let exact = x.addingProduct(-k, Self(repeating: ln2.high))
    let r = exact.addingProduct(-k, Self(repeating: ln2.low))
    let error = (exact - r).addingProduct(-k, Self(repeating: ln2.low))
    return (k, r, (r * r * polynomial(exponentialTail, at: r)).addingProduct(error, 1 + r))
  }

  /// eˣ = high + low.
  @inline(__always) fileprivate static func exponential(_ x: Self) -> Expansion {
    let upper = Self(repeating: exponentRange.upper)
    return exponential(nonpositive: select(upper, x, where: upper, isLessThan: x))
  }

  /// The same for x ≤ 0, or at least not above the range.
  @inline(__always) fileprivate static func exponential(nonpositive x: Self) -> Expansion {
    let lower = Self(repeating: exponentRange.lower)
    let (k, r, tail) = reduceExponent(select(lower, x, where: x, isLessThan: lower))
    let sum = fastTwoSum(Self(repeating: 1), r)
    let power = fastTwoSum(sum.high, sum.low + tail)
    // Two factors, each a normal number even where 2ᵏ overflows or is subnormal.
    let half = Self(repeating: rounder).addingProduct(k, Self(repeating: 0.5)) - Self(repeating: rounder)
    let (a, b) = (powerOfTwo(half), powerOfTwo(k - half))
    return (power.high * a * b, power.low * a * b)
  }

  /// tanh x = E / (E + 2) with E = e²ˣ − 1, for x ≥ 0; the other half by symmetry.
  ///
  /// Near 0 it is E that must be accurate, relative to itself: with 2x = k ln 2 + r, E = (2ᵏ − 1) + 2ᵏr + 2ᵏ·tail,
  /// whose first two terms are added without error.
  @inline(__always) fileprivate static func hyperbolicTangent(_ x: Self) -> Self {
    let saturation = Self(repeating: 22)  // there tanh x rounds to 1
    let a = select(saturation, x.absolute, where: saturation, isLessThan: x.absolute)
    let (k, r, tail) = reduceExponent(a + a)
    let power = powerOfTwo(k)
    let main = fastTwoSum(power - 1, power * r)
    let E = fastTwoSum(main.high, main.low.addingProduct(power, tail))
    let denominator = twoSum(E.high, Self(repeating: 2))
    return quotient(E, (denominator.high, denominator.low + E.low)).signed(like: x)
  }

  /// σ(x) = 1 / (1 + t) for x ≥ 0, t / (1 + t) for x < 0, with t = e^{−|x|} ≤ 1.
  @inline(__always) fileprivate static func logisticSigmoid(_ x: Self) -> Self {
    let (zero, one) = (Self(repeating: 0), Self(repeating: 1))
    let t = exponential(nonpositive: -x.absolute)
    let sum = fastTwoSum(one, t.high)
    let numerator = (
      high: select(t.high, one, where: x, isLessThan: zero), low: select(t.low, zero, where: x, isLessThan: zero)
    )
    return quotient(numerator, (sum.high, sum.low + t.low))
  }
}

// MARK: The logarithm

extension Kernels {
  /// k ln 2 + log(1 + f.high + f.low) = high + low, for an integer k and f from √½ − 1 to √2 − 1.
  ///
  /// With s = f / (2 + f) and h = f²/2: log(1 + f) = 2 artanh s = f − h + s·(h + s²·R(s²)), as in fdlibm. There the
  /// rounding of f − h costs most; here it is found, with that of h, and added to the small terms.
  @inline(__always) private static func logarithm(k: Self, f: Expansion) -> Expansion {
    let f1 = f.high
    let s = f1 / (2 + f1)
    let z = s * s
    let h = twoProduct(Self(repeating: 0.5) * f1, f1)
    let main = fastTwoSum(f1, -h.high)
    // The derivative of log(1 + f) is 1 / (1 + f), for which (1 − s)² is near enough.
    let correction = main.low - h.low + f.low * (1 - s) * (1 - s)
    let tail = correction.addingProduct(s, h.high.addingProduct(z, polynomial(logarithmTail, at: z)))
    let sum = fastTwoSum(k * Self(repeating: ln2.high), main.high)
    return (sum.high, sum.low + tail.addingProduct(k, Self(repeating: ln2.low)))
  }

  /// The natural logarithm of x.
  @inline(__always) fileprivate static func logarithm(_ x: Self) -> Self {
    let zero = Self(repeating: 0)
    let leastNormal = Self(repeating: Scalar.leastNormalMagnitude)
    let normal = select(x * Self(repeating: normaliser.power), x, where: x, isLessThan: leastNormal)
    let shift = select(Self(repeating: normaliser.exponent), zero, where: x, isLessThan: leastNormal)

    let (k, m) = splitExponent(normal)
    let sum = logarithm(k: k - shift, f: (m - 1, zero))
    let finite = select(sum.high + sum.low, x, where: x, isLessThan: Self(repeating: .infinity))
    let least = Self(repeating: Scalar.leastNonzeroMagnitude)
    let nonnegative = select(Self(repeating: -.infinity), finite, where: x, isLessThan: least)
    return select(Self(repeating: .nan), nonnegative, where: x, isLessThan: Self(repeating: -0.0))
  }

  /// log(1 + eˣ) = max(x, 0) + log(1 + t) with t = e^{−|x|} ≤ 1.
  ///
  /// For t > √2 − 1 the logarithm is ln 2 + log(1 + f) with f = (t − 1) / 2.
  @inline(__always) fileprivate static func softRectifier(_ x: Self) -> Self {
    let (zero, half) = (Self(repeating: 0), Self(repeating: 0.5))
    let t = exponential(nonpositive: -x.absolute)
    let halved = fastTwoSum(-half, half * t.high)
    let limit = Self(repeating: 0x1.a827999fcef34p-2)  // √2 − 1
    let k = select(Self(repeating: 1), zero, where: limit, isLessThan: t.high)
    let f = (
      high: select(halved.high, t.high, where: limit, isLessThan: t.high),
      low: select(halved.low.addingProduct(half, t.low), t.low, where: limit, isLessThan: t.high)
    )
    let log = logarithm(k: k, f: f)
    let positive = select(x, zero, where: zero, isLessThan: x)
    let sum = twoSum(positive, log.high)
    // Far out log(1 + t) is below half an ulp of x; at ∞ the sum would meet ∞ − ∞.
    return select(positive, sum.high + (sum.low + log.low), where: Self(repeating: 40), isLessThan: x)
  }
}

// MARK: Sine and cosine

extension Kernels {
  /// sin(k·π/2 + r) and cos(k·π/2 + r), |r| ≤ π/4; `shifted` is k + `rounder`.
  @inline(__always) private static func sineAndCosine(shifted: Self, r: Expansion) -> (sine: Self, cosine: Self) {
    let r1 = r.high
    let (z, zLow) = twoProduct(r1, r1)
    let main = fastTwoSum(Self(repeating: 1), Self(repeating: -0.5) * z)
    let mainLow = main.low.addingProduct(Self(repeating: -0.5), zLow)
    let cosine = main.high + (mainLow + (z * z * polynomial(cosineTail, at: z)).addingProduct(-r1, r.low))
    let sine = r1 + (r1 * z * polynomial(sineTail, at: z)).addingProduct(cosine, r.low)
    return turn(sine, cosine, shifted: shifted)
  }

  /// sin |x| and cos |x|; NaN beyond ``largestAngle``.
  ///
  /// |x| = k·π/2 + r after Cody & Waite (1980), with three full words of π/2 instead of short ones: the fused
  /// multiply-add makes the first difference exact, because |x| and k·π₁ are multiples of one unit of which r is a small
  /// multiple, and the second product is taken as two words.
  @inline(__always) fileprivate static func sineAndCosine(ofMagnitude x: Self) -> (sine: Self, cosine: Self) {
    let limit = Self(repeating: largestAngle)
    let a = select(Self(repeating: .nan), x.absolute, where: limit, isLessThan: x.absolute)
    let shifted = Self(repeating: rounder).addingProduct(a, Self(repeating: 0x1.45f306dc9c883p-1))  // 2/π
    let k = shifted - Self(repeating: rounder)
    let second = twoProduct(-k, Self(repeating: halfPi.1))
    let sum = twoSum(a.addingProduct(-k, Self(repeating: halfPi.0)), second.high)
    let low = (sum.low + second.low).addingProduct(-k, Self(repeating: halfPi.2))
    return sineAndCosine(shifted: shifted, r: fastTwoSum(sum.high, low))
  }

  /// sin 2πu and cos 2πu for 0 ≤ u ≤ 1: 4u = k + v exactly, and the angle is k·π/2 + v·π/2.
  @inline(__always) fileprivate static func circle(_ u: Self) -> (sine: Self, cosine: Self) {
    let shifted = Self(repeating: rounder).addingProduct(u, Self(repeating: 4))
    let v = (Self(repeating: rounder) - shifted).addingProduct(u, Self(repeating: 4))
    let r = twoProduct(v, Self(repeating: halfPi.0))
    return sineAndCosine(shifted: shifted, r: (r.high, r.low.addingProduct(v, Self(repeating: halfPi.1))))
  }
}
