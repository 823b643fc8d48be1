import Exercises
import Testing

@testable import Grading

/// What is asked, and what is taken for an answer.
@Suite("Questions and their answers")
struct QuestionTests {
  @Test func `a drawn number may be either end of its range, and depends on seed and function`() {
    func drawn(_ seed: UInt64, _ function: String) -> [Int] {
      var draw = Draw(seed: seed, function: function)
      return (0..<200).map { _ in draw.integer(in: -1...2) }
    }
    #expect(Set(drawn(1, "f")) == [-1, 0, 1, 2])
    #expect(drawn(1, "f") == drawn(1, "f") && drawn(1, "f") != drawn(2, "f") && drawn(1, "f") != drawn(1, "g"))
  }

  @Test func `a function of two results returns two`() throws {
    func answer(_ count: Int) throws -> (Int, Int) {
      try Student { _ in .answered(.list((0..<count).map { .integer($0) })) }(7)
    }
    #expect(try answer(2) == (0, 1))
    for count in [0, 1, 3] {
      let verdict = #expect(throws: Verdict.self) { try answer(count) }
      #expect(verdict == .failed("the function's result is not of the exercise's type; put its first line back"))
    }
  }

  @Test func `a reply that is no answer is a verdict`() throws {
    func verdict(_ reply: Reply) throws -> Verdict? {
      #expect(throws: Verdict.self) { let _: Int = try Student { _ in reply }(7) }
    }
    #expect(try verdict(.notAttempted) == .notAttempted)
    #expect(try verdict(.threw("e")) == .wrong(Finding("the function threw an error", got: "e")))
    guard case .failed(let reason) = try verdict(.otherParameters) else {
      Issue.record("not failed")
      return
    }
    #expect(reason.contains("parameters are not those of the exercise"))
  }
}
