import Testing

@testable import Plotting

/// The rules by which ticks are chosen and written, where a slightly different rule gives other ticks.
@Suite struct TickRuleTests {
  // from mizani.breaks import breaks_extended          # mizani 0.14.6, after Talbot's own code
  // breaks_extended(n=wanted)((low, high))
  // Ranges where another weight, another order of the steps, no bonus for zero (or one where no tick is at zero), or a
  // bound that ends the search too early gives other ticks, and a thousandth more or less of a weight does not.
  @Test(
    arguments: [
      (15, 32.6, 7, [15, 17.5, 20, 22.5, 25, 27.5, 30, 32.5]), (-34.2, -16.1, 7, [-35, -30, -25, -20, -15]),
      (-39.1, -28.5, 5, [-38, -36, -34, -32, -30, -28]), (13.4, 28.9, 6, [12, 16, 20, 24, 28]),
      (46.5, 66.8, 7, [48, 52, 56, 60, 64, 68]), (-4.8, 46.5, 4, [0, 20, 40]), (-17.4, 74.8, 3, [0, 40, 80]),
      (5.9, 56.6, 7, [0, 10, 20, 30, 40, 50, 60]), (-7.9, 56.6, 6, [-10, 0, 10, 20, 30, 40, 50, 60]),
      (-19.7, -18.2, 9, [-19.8, -19.6, -19.4, -19.2, -19, -18.8, -18.6, -18.4, -18.2]),
      (-42.6, -40, 9, [-42.5, -42.25, -42, -41.75, -41.5, -41.25, -41, -40.75, -40.5, -40.25, -40]),
    ] as [(Double, Double, Int, [Double])])
  func `ticks are those of the published algorithm`(low: Double, high: Double, wanted: Int, ticks: [Double]) {
    #expect(LinearTicks.covering(low, high, wanted: wanted).map(\.value) == ticks)
  }

  @Test func `a first tick that is no whole number is no tick of an index`() {
    for (low, high) in [(0.5, 7.5), (1.5, 20.5), (2.5, 6.5)] {
      for wanted in 2...9 {
        let ticks = LinearTicks.covering(low, high, wanted: wanted, integral: true).map(\.value)
        #expect(ticks.allSatisfy { $0 == $0.rounded() }, "\(low)…\(high): \(ticks)")
      }
    }
  }

  @Test func `an end that rounding has moved is an end all the same`() {
    // 0.1 + 0.2 is a little more than 0.3, and 0.7 − 0.1 a little less than 0.6.
    #expect(LinearTicks.within(0.1 + 0.2, 0.7, wanted: 5).map(\.value).first == 0.3)
    #expect(LinearTicks.within(0.2, 0.7 - 0.1, wanted: 5).map(\.value).last == 0.6)
    // 1/10ⁿ, rounded, is not always the number nearest to 10⁻ⁿ.
    for n in 3...290 {
      let (low, high) = (Decimals.powerOfTen(-n), Decimals.powerOfTen(2 - n))
      #expect(LogTicks.within(low, high, wanted: 4).compactMap(\.label) == [-n, 1 - n, 2 - n].map(DecimalNumber.power))
    }
  }

  @Test func `a narrow range has two ticks as soon as any two round numbers lie in it`() {
    for low in stride(from: 0.0, through: 3, by: 0.07) {
      for wanted in 2...4 {
        #expect(LinearTicks.within(low, low + 0.83, wanted: wanted).count >= 2, "\(low), \(wanted)")
      }
    }
  }

  @Test(
    arguments: [
      // Eight intervals between nine decades, four wanted: every second. Nine intervals: every third.
      (1.0, 1e8, 4, ["10⁰", "10²", "10⁴", "10⁶", "10⁸"]), (1, 1e9, 4, ["10⁰", "10³", "10⁶", "10⁹"]),
    ] as [(Double, Double, Int, [String])])
  func `decades are labelled no more densely than wanted`(
    low: Double, high: Double, wanted: Int, labels: [String]
  ) {
    #expect(LogTicks.within(low, high, wanted: wanted).compactMap(\.label) == labels)
  }

  @Test(arguments: [(1e-200, 1e200), (1e-25, 1e25)])
  func `many decades have no ticks but their labels`(low: Double, high: Double) {
    let ticks = LogTicks.within(low, high, wanted: 4)
    #expect(ticks.allSatisfy { $0.label != nil } && (2...6).contains(ticks.count))
  }

  @Test(arguments: [
    ([999_999], 0, ["999999"]), ([1_000_000, 2_000_000], 0, ["10⁶", "2×10⁶"]), ([1, 2], -3, ["0.001", "0.002"]),
    ([1, 2], -4, ["10⁻⁴", "2×10⁻⁴"]), ([-1, 1], 9, ["−10⁹", "10⁹"]),
  ])
  func `numbers from a million on and below a thousandth are powers`(
    mantissas: [Int], exponent: Int, texts: [String]
  ) {
    let numbers = mantissas.map { DecimalNumber(mantissa: $0, exponent: exponent) }
    #expect(DecimalNumber.texts(of: numbers) == texts)
  }

  @Test func `what rounding has left of a whole number is not rounded up`() {
    #expect(DecimalNumber(3.0.nextUp, exponent: 0, .up).mantissa == 3)
    #expect(DecimalNumber(3.0.nextDown, exponent: 0, .down).mantissa == 3)
    #expect(DecimalNumber(3.001, exponent: 0, .up).mantissa == 4)
    #expect(DecimalNumber(2.999, exponent: 0, .down).mantissa == 2)
  }
}
