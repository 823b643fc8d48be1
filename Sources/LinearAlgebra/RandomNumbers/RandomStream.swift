/// A stream of random numbers that is the same on every machine and in every version of Swift.
///
/// ```swift
/// var noise = RandomStream(seed: 7, name: "noise")
/// noise.uniform()                 // in [0, 1)
/// noise.normal()                  // mean 0, variance 1
/// noise.integer(below: 10)        // 0 … 9
/// noise.permutation(5)            // 0 … 4 in random order
/// noise.fillNormal(&A)            // in place, without allocation
/// ```
///
/// The generator is xoshiro256++ (Blackman & Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 47,
/// 2021): period 2²⁵⁶ − 1, equidistributed in three dimensions. Its state comes from the seed by SplitMix64,
/// as its authors recommend. Seed and names, mixed into 64 bits, choose the place in this period where a stream starts. So
/// two streams of different names are the same with a probability of 2⁻⁶⁴, and of 2³² streams some two with one of 0.4;
/// different seeds with the same names, or none, never give the same stream. That two streams which are not the same overlap
/// within 2⁴⁰ numbers has a probability of 2⁻²¹⁵.
///
/// The standard library's own methods, such as `Int.random(in:using:)` and `shuffled(using:)`, work with a stream too,
/// but how they use it may change from one version of Swift to the next. The methods here will not.
public struct RandomStream: RandomNumberGenerator, Equatable, Sendable {
  /// What the stream was seeded with, from which its substreams are derived.
  private let key: UInt64
  private var s0, s1, s2, s3: UInt64
  /// The second number of the last pair of normal numbers, not yet used.
  var spareNormal: Double?

  /// The stream of a seed.
  public init(seed: UInt64) {
    var words = SplitMix64(state: seed)
    key = seed
    (s0, s1, s2, s3) = (words.next(), words.next(), words.next(), words.next())
  }

  /// The stream of a seed and a name: streams of one seed and different names are independent, but for a probability of 2⁻⁶⁴
  /// that they are the same.
  public init(seed: UInt64, name: String) {
    self = RandomStream(seed: seed).substream(name)
  }

  /// The stream of this name below this stream.
  ///
  /// It depends on the seed and the names that led here, not on how many numbers have been drawn.
  public func substream(_ name: String) -> RandomStream {
    RandomStream(seed: SplitMix64.mix(key) ^ fnv1a(name))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotateLeft(s0 &+ s3, 23) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotateLeft(s3, 45)
    return result
  }

  /// A number uniform in [0, 1): a multiple of 2⁻⁵³, each with the same probability.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Fills `count` places with numbers uniform in [0, 1): those of as many calls of ``uniform()``.
  @usableFromInline
  mutating func fillUniform(_ numbers: UnsafeMutablePointer<Double>, count: Int) {
    // A copy, which stays in registers: the compiler cannot know that `numbers` are not the stream itself.
    var stream = self
    for i in 0..<count { numbers[i] = stream.uniform() }
    self = stream
  }
}

@inline(__always)
private func rotateLeft(_ x: UInt64, _ places: UInt64) -> UInt64 { (x << places) | (x >> (64 - places)) }

/// The 64-bit FNV-1a hash of the name's UTF-8 (Fowler, Noll & Vo). The standard library's hash differs in every process.
private func fnv1a(_ name: String) -> UInt64 {
  name.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
}

/// SplitMix64 (Steele, Lea & Flood 2014): a counter, mixed.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return SplitMix64.mix(state)
  }

  /// A one-to-one map of 64 bits in which each bit of the result depends on every bit of z.
  static func mix(_ z: UInt64) -> UInt64 {
    var z = z
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
