import LinearAlgebra
import Testing

@testable import Grading

/// What `expect` takes for right, and what it says of the rest.
@Suite("Expectations of an answer")
struct ExpectationTests {
  /// What is found of `got` where `expected` is right; `nil` if nothing is wrong.
  private func found(_ got: [Double], _ expected: [Double], within tolerance: Double = 1e-10) throws -> Finding? {
    do {
      try expect("x", got, equals: expected, within: tolerance)
      return nil
    } catch let finding as Finding {
      return finding
    }
  }

  @Test func `the tolerance is relative to the largest number expected, or to 1`() throws {
    // 0.25 · 8 = 2, and the bound belongs to what is right.
    #expect(try found([10, 0], [8, 0], within: 0.25) == nil && found([8, 2], [8, 0], within: 0.25) == nil)
    #expect(try found([8, 2.5], [8, 0], within: 0.25) != nil)
    // 0.25 · max(1, 0.5), so that a right answer near 0 has room.
    #expect(try found([0.75], [0.5], within: 0.25) == nil && found([0.875], [0.5], within: 0.25) != nil)
    // What was got does not widen it.
    #expect(try found([2], [1], within: 0.5) != nil)
  }

  @Test func `an infinity is right where it is expected, and excuses nothing beside it`() throws {
    #expect(try found([.infinity, -.infinity, 1], [.infinity, -.infinity, 1]) == nil)
    let beside = try #require(try found([.infinity, 2], [.infinity, 1]))
    #expect(beside == Finding("entry 1 of x", expected: "1", got: "2", tolerance: "1e-10"))
    #expect(try found([.infinity], [-.infinity]) != nil && found([1], [.infinity]) != nil)
  }

  @Test func `NaN is never right`() throws {
    #expect(try found([.nan], [1])?.got == "NaN" && found([.nan], [.nan]) != nil)
    #expect(try found([1, -.nan], [1, 1])?.subject == "entry 1 of x")
    #expect(throws: Finding.self) { try expect("x", .nan, isAtLeast: 0) }
  }

  @Test func `the entry that is most wrong is named, by row and column in a matrix`() throws {
    #expect(try found([1.1, 5, 1.2], [1, 1, 1])?.subject == "entry 1 of x")
    let finding = #expect(throws: Finding.self) {
      try expect("A", [[1, 2, 3], [4, 5, 7]] as Matrix<Double>, equals: [[1, 2, 3], [4, 5, 6]])
    }
    #expect(finding?.description == "entry (1, 2) of A: expected 6, got 7, tolerance 6e-10")
  }

  @Test func `two numbers that differ are shown to differ`() throws {
    let finding = try #require(try found([1 + 1e-9], [1]))
    #expect(finding.expected == "1.0" && finding.got == "\(1 + 1e-9)")
    #expect(try found([1.25], [1])?.got == "1.25")
  }

  @Test func `other sizes are told, not compared`() throws {
    #expect(try found([1], [1, 2]) == Finding("x", expected: "2 numbers", got: "1", property: .shape))
    let shape = #expect(throws: Finding.self) {
      try expect("A", Matrix(rows: 2, columns: 3), equals: Matrix(rows: 3, columns: 2))
    }
    #expect(shape == Finding("A", expected: "a 3 × 2 matrix", got: "2 × 3", property: .transposed))
  }

  @Test func `what the answer has in common with the right one is seen`() throws {
    func property(_ got: Matrix<Double>, _ expected: Matrix<Double>) throws -> Finding.Property? {
      let finding = #expect(throws: Finding.self) { try expect("A", got, equals: expected) }
      return finding?.property
    }
    let A: Matrix<Double> = [[1, 2], [3, 4.5]]
    #expect(try property(-1 * A, A) == .sign)
    #expect(try property(7 * A, A) == .factor(7) && property(A / 4, A) == .factor(0.25))
    #expect(try property(A.T, A) == .transposed)
    #expect(try property(A, [[1, 2], [2, 1]]) == .symmetric)
    #expect(try property(A.map { $0 == 2 ? .nan : $0 }, A) == .finite)
    #expect(try property(A.map { $0 + 1 }, A) == nil && property(0 * A, A) == nil)
    // One number is always a multiple of another; that is said all the same.
    #expect(try found([14], [2])?.property == .factor(7))
  }

  @Test func `a factor is named in full feedback, and its kind in a hint`() {
    func full(_ factor: Double) -> String { Finding.Property.factor(factor).full }
    #expect(full(7) == "7 times the expected: a sum for a mean, or a factor of a definition?")
    #expect(full(0.25) == "1/4 of the expected: a mean for a sum, or a factor of a definition?")
    #expect(full(-2.5) == "-2.5 times the expected throughout")
    // No count of anything, and beyond all whole numbers: what is left of an answer that cancels, or overflows.
    #expect(
      full(1e300) == "1e+300 times the expected throughout" && full(2e6) == "2000000 times the expected throughout")
    #expect(
      full(1e-20) == "1e-20 times the expected throughout"
        && full(5e-324) == "4.94065646e-324 times the expected throughout")
    #expect(!Finding.Property.factor(7).hint.contains("7"))
  }

  @Test func `a bound may be missed by the tolerance times its size, or times 1`() throws {
    try expect("x", 990, isAtLeast: 1000, within: 0.01)
    try expect("x", -0.01, isAtLeast: 0, within: 0.01)
    let missed = #expect(throws: Finding.self) { try expect("x", 989, isAtLeast: 1000, within: 0.01) }
    #expect(missed == Finding("x", expected: "at least 1000", got: "989"))
    #expect(throws: Finding.self) { try expect("x", -0.02, isAtLeast: 0, within: 0.01) }
  }

  @Test func `whole numbers and truths are right or wrong`() throws {
    try expect("k", 3, equals: 3)
    try expect("b", true, equals: true)
    try expect("p", [2, 0, 1], equals: [2, 0, 1])
    let wrong = #expect(throws: Finding.self) { try expect("p", [2, 1, 0], equals: [2, 0, 1]) }
    #expect(wrong == Finding("p", expected: "[2, 0, 1]", got: "[2, 1, 0]"))
    #expect(throws: Finding("k", expected: "3", got: "4")) { try expect("k", 4, equals: 3) }
    #expect(throws: Finding("b", expected: "true", got: "false")) { try expect("b", false, equals: true) }
  }
}
