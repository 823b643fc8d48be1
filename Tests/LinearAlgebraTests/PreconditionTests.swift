import LinearAlgebra
import Testing

/// A shape that does not fit ends the program with a message that says which; the optimised build keeps it.
@Suite struct PreconditionTests {
  @Test func aProductThatDoesNotFitNamesBothShapes() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let A = Matrix<Double>(rows: 3, columns: 4)
        let B = Matrix<Double>(rows: 5, columns: 2)
        _ = A * B
      })
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains("3 × 4"))
    #expect(message.contains("5 × 2"))
  }

  @Test func equationsWithANaNAreRefusedWithItsPlace() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try ([[4, .nan], [0, 1]] as Matrix<Double>).solve([1, 2])
      })
    #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("entry (0, 1) is nan"))
  }

  @Test func aSumThatDoesNotFitNamesBothShapes() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Matrix<Float>(rows: 3, columns: 4) + Matrix<Float>(rows: 4, columns: 3)
      })
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains("3 × 4"))
    #expect(message.contains("4 × 3"))
  }
}
