import Testing

@testable import Plotting

@Suite struct TickTests {
  @Test func `the published example gives 8, 10, 12, 14`() {
    #expect(LinearTicks.covering(8.1, 14.1, wanted: 4).map(\.value) == [8, 10, 12, 14])
  }

  @Test(arguments: [
    (0.0, 1.0, 5, [0, 0.25, 0.5, 0.75, 1]), (0.0, 100.0, 5, [0, 25, 50, 75, 100]),
    (-1.0, 1.0, 5, [-1, -0.5, 0, 0.5, 1]),
  ])
  func `unit ranges get the ticks one would draw by hand`(low: Double, high: Double, wanted: Int, ticks: [Double]) {
    #expect(LinearTicks.covering(low, high, wanted: wanted).map(\.value) == ticks)
  }

  @Test func `ticks are evenly spaced by a nice step and cover the range to within a step`() {
    let numbers = Samples.noise(600, seed: 7)
    for trial in 0..<300 {
      let scale = Decimals.powerOfTen(trial % 25 - 12)
      let low = min(numbers[2 * trial], numbers[2 * trial + 1]) * scale
      let high = max(numbers[2 * trial], numbers[2 * trial + 1]) * scale
      let wanted = 2 + trial % 9
      let ticks = LinearTicks.covering(low, high, wanted: wanted)
      #expect(ticks.count >= 2 && ticks.count <= 2 * wanted + 1, "\(ticks.count) ticks where \(wanted) were wanted")
      let steps = Set(zip(ticks, ticks.dropFirst()).map { $1.mantissa - $0.mantissa })
      #expect(steps.count == 1 && Set(ticks.map(\.exponent)).count == 1)
      guard let step = steps.first, let first = ticks.first, let last = ticks.last else { continue }
      let width = DecimalNumber(mantissa: step, exponent: first.exponent).value
      // For the sake of zero, the ticks may begin or end a second step outside.
      #expect(first.value < low + width && first.value > low - 2 * width, "\(low)…\(high): \(ticks.map(\.value))")
      #expect(last.value > high - width && last.value < high + 2 * width, "\(low)…\(high): \(ticks.map(\.value))")
      // A multiple of 1, 2, 2.5, 3, 4 or 5 by a small whole number has at most two digits.
      let digits = String(step).reversed().drop { $0 == "0" }.count
      #expect(digits <= 2, "a step of \(step)")
    }
  }

  @Test func `an index gets whole ticks only`() {
    for last in 2...40 {
      for wanted in 2...10 {
        let ticks = LinearTicks.covering(1, Double(last), wanted: wanted, integral: true).map(\.value)
        #expect(ticks.count >= 2)
        #expect(ticks.allSatisfy { $0 == $0.rounded() }, "1…\(last): \(ticks)")
      }
    }
  }

  @Test func `within a range lie only ticks inside it`() {
    #expect(LinearTicks.within(0.1, 0.9, wanted: 2).map(\.value).allSatisfy { (0.1...0.9).contains($0) })
    #expect(LinearTicks.within(0.1, 0.9, wanted: 2).count >= 2)
    #expect(LinearTicks.within(0, 1, wanted: 5).map(\.value) == [0, 0.25, 0.5, 0.75, 1])
  }

  @Test func `decades are labelled as powers and parted by 2 to 9`() {
    let ticks = LogTicks.within(0.001, 10, wanted: 6)
    #expect(ticks.compactMap(\.label) == ["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"])
    #expect(ticks.count == 4 * 9 + 1)
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
  }

  @Test func `many decades are labelled at even strides`() {
    #expect(LogTicks.within(1e-30, 1, wanted: 4).compactMap(\.label) == ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "10⁰"])
    #expect(LogTicks.within(1e11, 1e19, wanted: 2).compactMap(\.label) == ["10¹²", "10¹⁵", "10¹⁸"])
  }

  @Test func `a range of less than two decades is labelled at 1, 2 and 5, a narrower one at round numbers`() {
    #expect(LogTicks.within(0.3, 7, wanted: 4).compactMap(\.label) == ["0.5", "1", "2", "5"])
    let narrow = LogTicks.within(3.1, 3.9, wanted: 4)
    #expect(narrow.count >= 2 && narrow.allSatisfy { (3.1...3.9).contains($0.value) && $0.label != nil })
  }

  @Test func `the labels of an axis have the same decimals, a true minus, and powers where zeros would fill the page`()
  {
    func texts(_ mantissas: [Int], _ exponent: Int) -> [String] {
      DecimalNumber.texts(of: mantissas.map { DecimalNumber(mantissa: $0, exponent: exponent) })
    }
    #expect(texts([-10, -5, 0, 5, 10], -1) == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    #expect(texts([0, 50, 100], -1) == ["0", "5", "10"])
    #expect(texts([0, 20, 40], 3) == ["0", "20000", "40000"])
    #expect(texts([0, 5, 10], 6) == ["0", "0.5×10⁷", "1.0×10⁷"])
    #expect(texts([0, 2, 4], -5) == ["0", "2×10⁻⁵", "4×10⁻⁵"])
    #expect(texts([1], -12) == ["10⁻¹²"])
    #expect(texts([-1, 0, 1], 300) == ["−10³⁰⁰", "0", "10³⁰⁰"])
    #expect(texts([0, 0], 3) == ["0", "0"])
  }

  @Test(arguments: [
    (0.1, "0.1"), (16, "16"), (-2.5, "−2.5"), (1e-9, "10⁻⁹"), (123456, "123456"), (6.02e23, "6.02×10²³"), (0, "0"),
    (-0.0, "0"),
  ])
  func `a number is written as its shortest decimal`(value: Double, text: String) {
    #expect(DecimalNumber(value).text == text)
  }
}
