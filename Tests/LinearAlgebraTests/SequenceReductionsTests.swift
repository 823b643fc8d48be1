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

  @Test func theMeanAndItsStandardError() {
    #expect(mean([1.0, 2, 6]) == 3)
    // The variance of 1, 2, 6 is (4 + 1 + 9)/2 = 7, of their mean 7/3.
    #expect(standardError([1.0, 2, 6]) == (7.0 / 3).squareRoot())
    #expect(standardError([2.0]).isNaN)
    // Nadeau and Bengio: s² = 7, so (1/3 + 1/4) · 7.
    #expect(abs(standardError([1.0, 2, 6], testPerTraining: 0.25) - (49.0 / 12).squareRoot()) < 1e-15)
  }

  @Test func listsOfNumbersAreVectors() {
    #expect([1.0, 2] .+ [10, 20] == [11, 22])
    #expect([1.0, 2] .- [10, 20] == [-9, -18])
    #expect([1.0, 2] .* [10, 20] == [10, 40])
    #expect(3 .* [1.0, 2] == [3, 6])
    // What `+` means for arrays is left as it is.
    #expect([1.0, 2] + [3] == [1, 2, 3])
  }

  @Test func squaredErrorsAreSummedOverColumnsAndAveragedOverRows() {
    let (A, B): (Matrix<Double>, Matrix<Double>) = ([[1, 2, 3], [4, 5, 6]], [[1, 2, 0], [2, 5, 6]])
    #expect(squaredError(A, B) == 6.5)
  }
}
