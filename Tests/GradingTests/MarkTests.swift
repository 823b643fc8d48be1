import Exercises
import Testing

@testable import Grading

/// What is said of an answer, whatever its code has said.
@Suite("Marks and their remarks")
struct MarkTests {
  private let exercise = Exercise.ofLesson(1)[1]
  private var advice: String { "read again: \"\(exercise.section)\" in lesson 1" }

  private func mark(_ verdict: Verdict, printed: String = "") -> Mark {
    Mark(exercise: exercise, verdict: verdict, printed: printed)
  }

  @Test func `only a right answer has points`() {
    #expect(mark(.passed).points == exercise.points && exercise.points > 0)
    for verdict in [.notAttempted, .missing("m"), .failed("f"), .notCompiled("n"), .wrong(Finding("w"))] as [Verdict] {
      #expect(mark(verdict).points == 0)
    }
  }

  @Test func `an attempt is what was handed in`() {
    for verdict in [.passed, .wrong(Finding("w")), .failed("f"), .notCompiled("n")] as [Verdict] {
      #expect(verdict.isAttempt)
    }
    #expect(!Verdict.notAttempted.isAttempt && !Verdict.missing("m").isAttempt)
  }

  @Test func `who fails is told what was printed and what to read`() {
    #expect(mark(.passed, printed: "p").remarks.isEmpty)
    #expect(mark(.notAttempted).remarks == ["not attempted"])
    #expect(mark(.missing("no file")).remarks == ["no file"])
    #expect(mark(.failed("crashed")).remarks == ["crashed", advice])
    #expect(mark(.wrong(Finding("x")), printed: "1\n2").remarks == ["x", "it printed:", "  1", "  2", advice])
    #expect(mark(.notCompiled("e:1\ne:2")).remarks == ["does not compile; that costs this file only:", "e:1", "e:2"])
  }

  @Test func `a remark has 6000 characters at most, and says that there were more`() {
    let longest = String(repeating: "x", count: 6000)
    #expect(mark(.missing(longest)).remarks == [longest])
    #expect(mark(.missing(longest + "y")).remarks == [longest, "… and so on"])
    // One character for Swift, however many marks it carries.
    let tower = "x" + String(repeating: "\u{301}", count: 9000)
    #expect(mark(.missing(tower)).remarks.map(\.unicodeScalars.count) == [6000, 11])
  }

  @Test func `nothing is in a remark that a terminal or an editor would obey`() {
    // An escape code, a bell, a right-to-left override, a zero-width joiner; of line ends only the end of a line is left.
    let remarks = mark(.missing("a\u{1B}[2Jb\u{7}c\u{202E}d\u{200D}e\r\nf\u{2028}g")).remarks
    #expect(remarks == ["a [2Jb c d e", "f", "g"])
  }

  @Test func `a finding says what was expected, what came, and how exactly`() {
    #expect(Finding("x").description == "x")
    #expect(
      Finding("x", expected: "1", got: "2", tolerance: "1e-10").description
        == "x: expected 1, got 2, tolerance 1e-10")
    #expect(Finding("x", got: "2").description == "x: got 2")
  }
}
