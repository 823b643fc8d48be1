import LinearAlgebra

/// The random choices that make one input. They come of the seed, the reader's name and the input's number alone, so that
/// any input can be made again by itself.
struct Chance {
  private var stream: RandomStream

  init(seed: UInt64, reader: String, input: Int) {
    stream = RandomStream(seed: seed, name: reader).substream("\(input)")
  }

  /// A whole number from 0 below `bound`.
  mutating func below(_ bound: Int) -> Int { stream.integer(below: bound) }

  /// True once in `rarity` times.
  mutating func once(in rarity: Int) -> Bool { below(rarity) == 0 }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A length: mostly small, rarely up to `longest`.
  mutating func length(upTo longest: Int) -> Int {
    let limit = once(in: 1000) ? longest : once(in: 20) ? 200 : 8
    return below(min(limit, longest) + 1)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(below(256)) } }

  // MARK: Numbers

  /// Numbers at which something ends: of whole numbers, of exponents, of what can be divided or squared.
  static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, 3, 10, 16, 64, 100, 255, 0.1, 1e-9, 1 + 1e-9, 1 + 2.3e-16, .nan, .infinity, -.infinity,
    .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude / 1e12, 1e-308, 1e-300, 1e-290, -1e-290,
    1e-280, 1e-21, 1e-17, 1e19, 1e154, 1e155, 1e299, 1e300, -1e300, 1e308, -1e308, .greatestFiniteMagnitude, 1e15,
    1e16, 9.3e18, 123456789.123,
  ]

  mutating func number() -> Double {
    switch below(4) {
    case 0: Chance.numbers[below(Chance.numbers.count)]
    case 1: Double(bitPattern: stream.next())
    case 2: Double(below(20))
    default: stream.normal()
    }
  }

  mutating func integer() -> Int {
    switch below(4) {
    case 0: one(of: [.max, .min, .max - 1, 1 << 32, 1 << 31, -(1 << 31), 1 << 62, -1, 0])
    case 1: Int(bitPattern: UInt(stream.next()))
    default: below(12)
    }
  }

  /// A number as somebody may write it, or what looks like one.
  mutating func numeral() -> String {
    switch below(6) {
    case 0: String(repeating: one(of: ["0", "1", "9"]), count: length(upTo: 20_000)) + one(of: ["", "7", ".5", "e9"])
    case 1: one(of: ["nan", "inf", "-0", "0x1p3", "+1", "1e400", "1e-400", "٣", "²", "1_000", " 1", "", ".", "1."])
    case 2: "\(integer())"
    default: "\(number())"
    }
  }

  // MARK: Texts

  static let texts = [
    "", "a", "λ = 0.5", "<&>\"'", "\u{0}", "\u{1B}[31m", "\r\n", "\n", "\t", "\u{FFFE}", "e\u{301}\u{301}", "👩‍👩‍👧",
    "\u{202E}x",
    "p_", "_", "a|b", "$x$", "`", "\\", "*", "]]>", "-->", "word ", "W", "1.", "\u{200B}",
  ]

  mutating func text() -> String {
    let piece = one(of: Chance.texts)
    return once(in: 4) ? String(repeating: piece, count: length(upTo: 2000)) : piece + one(of: Chance.texts)
  }
}
