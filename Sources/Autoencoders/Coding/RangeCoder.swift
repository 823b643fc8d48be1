/// An entropy coder: a message becomes a number in an interval that every symbol narrows to its share (Martin 1979; with
/// carries as in Schindler's and Pavlov's coders).
///
/// ```swift
/// var encoder = RangeEncoder()
/// for symbol in message { encoder.encode(symbol, by: table) }
/// let bytes = encoder.finished()
///
/// var decoder = RangeDecoder(bytes)
/// let again = try message.map { _ in try decoder.decode(by: table) }      // the message
/// ```
///
/// The interval is low ..< low + range. A symbol with the share f / T of it, after shares of F / T, makes it
///
/// - r ← ⌊range / T⌋
/// - low ← low + r F
/// - range ← r f
///
/// and whenever range < 2²⁴ the top byte of low is as good as settled and goes out: both are multiplied by 2⁸. A carry
/// may still pass through it, so a byte, and all bytes 255 behind it, wait until none can.
///
/// **Length.** For n symbols with tables of at most 2¹⁶, the bytes have at least ⌈ideal bits / 8⌉ − 1 … and at most
/// ideal bits + n log₂(1 / (1 − 2⁻⁸)) + 16 bits: the rounding of range / T loses less than T / 2²⁴ of the interval, and the
/// end is at most two bytes. Different tables may be used from symbol to symbol, the same ones in the decoder.
public struct RangeEncoder: Sendable {
  private var low: UInt64 = 0
  private var range: UInt32 = .max
  /// A byte through which a carry may still pass, and how many bytes 255 are behind it.
  private var waiting: UInt8?
  private var full = 0
  private var bytes: [UInt8] = []

  public init() {}

  /// Narrows the interval to that of `symbol`, whose frequency must not be 0.
  public mutating func encode(_ symbol: Int, by table: FrequencyTable) {
    precondition(
      symbol >= 0 && symbol < table.count && table.frequency(of: symbol) > 0,
      "symbol \(symbol) has no frequency in a table of \(table.count) symbols: it cannot be coded")
    let share = range / table.cumulative[table.count]
    low += UInt64(share) * UInt64(table.cumulative[symbol])
    range = share * (table.cumulative[symbol + 1] - table.cumulative[symbol])
    while range < 1 << 24 {
      range <<= 8
      shift()
    }
  }

  /// Ends the message: its bytes.
  public consuming func finished() -> [UInt8] {
    // range ≥ 2²⁴, so a multiple of 2²⁴ lies in the interval: its lower bytes are zeros, which nobody need write.
    low = (low + 0xFF_FFFF) & ~0xFF_FFFF
    shift()
    shift()
    return bytes
  }

  /// The top byte of low goes out, or waits.
  private mutating func shift() {
    let (carry, top) = (UInt8(truncatingIfNeeded: low >> 32), UInt8(truncatingIfNeeded: low >> 24))
    if carry == 0, top == 0xFF {
      full += 1
    } else {
      if let waiting { bytes.append(waiting &+ carry) }
      bytes += Array(repeating: 0xFF &+ carry, count: full)
      (waiting, full) = (top, 0)
    }
    low = (low & 0xFF_FFFF) << 8
  }
}

/// Why bytes cannot be decoded.
public enum CodingError: Error, Equatable, CustomStringConvertible {
  /// The message ended too early.
  case truncated(bytes: Int)

  public var description: String {
    switch self {
    case .truncated(let bytes): "the coded message ends after \(bytes) bytes, before its last symbol: is it complete?"
    }
  }
}

/// Reads what a ``RangeEncoder`` wrote, with the same tables in the same order.
public struct RangeDecoder: Sendable {
  private let bytes: [UInt8]
  private var next = 0
  /// Where the message lies in the interval: message − low.
  private var place: UInt32 = 0
  private var range: UInt32 = .max

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for _ in 0..<4 { place = place << 8 | byte() }
  }

  /// The next symbol.
  ///
  /// - Throws: ``CodingError/truncated(bytes:)`` if the bytes end before it. Bytes that are wrong are not noticed: they are
  ///   another message.
  public mutating func decode(by table: FrequencyTable) throws(CodingError) -> Int {
    let total = table.cumulative[table.count]
    let share = range / total
    // What rounding leaves beyond the last symbol's part is never written; a foreign message may be there.
    let symbol = table.symbol(at: min(place / share, total - 1))
    place &-= share * table.cumulative[symbol]
    range = share * (table.cumulative[symbol + 1] - table.cumulative[symbol])
    while range < 1 << 24 {
      range <<= 8
      place = place << 8 | byte()
    }
    // The last three bytes of a message are zeros that were not written.
    guard next <= bytes.count + 3 else { throw .truncated(bytes: bytes.count) }
    return symbol
  }

  private mutating func byte() -> UInt32 {
    defer { next += 1 }
    return next < bytes.count ? UInt32(bytes[next]) : 0
  }
}
