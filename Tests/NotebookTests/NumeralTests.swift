import Testing

@testable import Notebook

@Suite struct NumeralTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (3, "3"), (-3, "−3"), (999_999, "999999"), (0.123456, "0.1235"), (12.3456, "12.35"),
    (1234.56, "1235"), (123456.7, "123457"), (1_234_567.8, "1.235e6"),
    (0.001, "0.001"), (1.00004, "1.000"), (0.9, "0.9"), (60, "60"),
    (0.000999949, "9.999e−4"), (3.14159e-16, "3.142e−16"),
    (-2.5e9, "−2.5e9"), (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "NaN"),
  ])
  func shortNumbersHaveFourSignificantDigits(x: Double, text: String) {
    #expect(Numeral.short(x) == text)
  }

  @Test func fixedNumbersHaveNoNegativeZero() {
    #expect(Numeral.fixed(-0.001, decimals: 2) == "0.00")
    #expect(Numeral.fixed(-0.006, decimals: 2) == "−0.01")
    #expect(Numeral.percent(0.12345) == "12.3 %")
  }

  @Test(arguments: [
    (4.0, 5.0, "4", "5"), (0.5, 0.500001, "0.5", "0.500001"), (1, 1, "1", "1"), (.nan, 1, "NaN", "1"),
    (1, 1.000_000_001, "1", "1.000000001"),
    (0.3, 0.1 + 0.2, "0.29999999999999999", "0.30000000000000004"), (-1e-5, -1.00001e-5, "−1e−5", "−1.00001e−5"),
  ])
  func numbersThatDifferAreShownToDiffer(a: Double, b: Double, shownA: String, shownB: String) {
    #expect(Numeral.distinct(a, b) == (shownA, shownB))
  }

  // Mean 2.5 and √(5 / 12) = 0.6455 for 1, 2, 3, 4.
  @Test func severalNumbersAreShownByTheirMeanAndItsError() {
    let x: [Double] = [4, 1, 3, 2]
    #expect(Numeral.meanAndError(x, .decimals(3)) == "2.500 ± 0.645")
    #expect(Numeral.meanAndError(x, .significant(3), ofError: .significant(1), signed: true) == "+2.5 ± 0.6")
    #expect(Numeral.meanAndError([-4, -1, -3, -2], .decimals(1), signed: true) == "−2.5 ± 0.6")
    #expect(Numeral.meanAndError([0, 0], .significant(2), signed: true) == "0 ± 0")
    #expect(Numeral.meanAndError([7.25], .decimals(1), signed: true) == "+7.2")
    // √((1/4 + 1/3) 5/3) = 0.9860
    #expect(Numeral.meanAndError(x, .decimals(3), testPerTraining: 1.0 / 3) == "2.500 ± 0.986")
  }

  @Test func aCellHasFourDigitsUnlessItIsToldAnother() {
    #expect(Cell(Double.pi).markdown == "3.142")
    #expect(Cell(Double.pi, significant: 2).markdown == "3.1")
    #expect(Cell(Double.pi).number == Double.pi)
  }

  @Test func severalNumbersAreShownByTheirMeanAndRange() {
    #expect(Numeral.meanAndRange([4, 1, 3, 2], .decimals(1)) == "2.5 (1.0 to 4.0)")
    #expect(Numeral.meanAndRange([-0.5, 0.25], .significant(3)) == "−0.125 (−0.5 to 0.25)")
    #expect(Numeral.meanAndRange([0.25], .significant(3)) == "0.25")
  }
}
