import LinearAlgebra
import Testing

@Suite struct SequenceReductionsTests {
  @Test func leastAndGreatestAreWhatTheySay() {
    #expect([3.0, -1, 2].least() == -1)
    #expect([3.0, -1, 2].greatest() == 3)
    #expect([Float(0.1), 0.2].sum() == Float(0.1) + Float(0.2))
  }

  @Test func aNaNAnywhereIsNotSkipped() {
    for values in [[Double.nan, 1, 2], [1, .nan, 2], [1, 2, .nan]] {
      #expect(values.least().isNaN)
      #expect(values.greatest().isNaN)
    }
  }

  @Test func ofNothingThereIsNoLeast() {
    #expect([Double]().least().isNaN)
    #expect([Double]().greatest().isNaN)
  }
}
