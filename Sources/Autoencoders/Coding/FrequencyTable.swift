import LinearAlgebra

/// How often each symbol occurs, as an entropy coder uses it: symbol s owns the share f_s / Σf of the interval.
///
/// ```swift
/// let table = FrequencyTable([3, 0, 5])
/// table.bits(for: 2)        // log₂(8 / 5) = 0.678…
/// ```
public struct FrequencyTable: Equatable, Sendable {
  /// The sums of the frequencies before each symbol, and at the end that of all.
  let cumulative: [UInt32]

  /// The largest total: with more, the coder's shares would be rounded too coarsely.
  public static let largestTotal = 1 << 16

  /// A table of the given frequencies, not negative, at least one of them positive. A total above ``largestTotal`` is
  /// scaled down, and no frequency that is positive becomes 0.
  public init(_ frequencies: [Int]) {
    precondition(frequencies.allSatisfy { $0 >= 0 }, "a frequency is negative: \(frequencies)")
    let total = frequencies.reduce(0, +)
    precondition(total > 0, "a frequency table needs one frequency at least that is not 0")
    precondition(
      frequencies.count <= Self.largestTotal / 2,
      "\(frequencies.count) symbols: at most \(Self.largestTotal / 2) fit a frequency table")
    // At most half of the total is scaled, and the +1 of all symbols is the other half.
    let scaled =
      total <= Self.largestTotal
      ? frequencies
      : frequencies.map { f in
        f == 0 ? 0 : Int((Double(f) / Double(total) * Double(Self.largestTotal / 2)).rounded(.down)) + 1
      }
    var sums: [UInt32] = [0]
    for frequency in scaled { sums.append(sums[sums.count - 1] + UInt32(frequency)) }
    cumulative = sums
  }

  /// How many symbols there are, 0 to `count` − 1; those of frequency 0 cannot be coded.
  public var count: Int { cumulative.count - 1 }
  /// The sum of all frequencies.
  public var total: Int { Int(cumulative[count]) }
  /// The frequency of a symbol.
  public func frequency(of symbol: Int) -> Int { Int(cumulative[symbol + 1] - cumulative[symbol]) }

  /// −log₂ of the symbol's share: what an ideal coder takes for it.
  public func bits(for symbol: Int) -> Double {
    (Double.log(Double(total)) - Double.log(Double(frequency(of: symbol)))) / Double.log(2)
  }

  /// The symbol whose part of 0..<total holds `place`.
  func symbol(at place: UInt32) -> Int {
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if cumulative[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }
}
