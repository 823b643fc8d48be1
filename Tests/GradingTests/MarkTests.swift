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
    #expect(mark(.passed, printed: "p").remarks().isEmpty)
    #expect(mark(.notAttempted).remarks() == ["not attempted"])
    #expect(mark(.missing("no file")).remarks() == ["no file"])
    #expect(mark(.failed("crashed")).remarks() == ["crashed", advice])
    #expect(mark(.wrong(Finding("x")), printed: "1\n2").remarks() == ["x", "it printed:", "  1", "  2", advice])
    #expect(mark(.notCompiled("e:1\ne:2")).remarks() == ["does not compile:", "e:1", "e:2"])
  }

  @Test func `a question can be asked again by its seed`() {
    let mark = Mark(exercise: exercise, verdict: .wrong(Finding("x")), seed: 7)
    #expect(mark.remarks() == ["x", "ask it again: swift run grade --replay 1.2:7", advice])
  }

  @Test func `a hint has no figure, and bare marks have no reason`() {
    let finding = Finding("entry (1, 2) of A, σ = 0.25, x = [1, 2]", expected: "3.5", got: "7", property: .factor(2))
    let wrong = Mark(exercise: exercise, verdict: .wrong(finding), seed: 7, printed: "secret 3.5")
    let hint =
      "entry (1, 2) of A, σ = …, x = …: all of it is off by one factor; a sum for a mean, or a factor of a definition?"
    #expect(wrong.remarks(.hint) == [hint, advice])
    #expect(wrong.remarks(.marks) == ["wrong"])
    let failed = Mark(
      exercise: exercise, verdict: .failed("the function crashed (x); it was asked with 0.25"), printed: "p")
    #expect(failed.remarks(.hint) == ["the function crashed (x)", advice] && failed.remarks(.marks) == ["no answer"])
    #expect(mark(.notCompiled("e")).remarks(.marks) == ["does not compile"])
  }

  @Test func `a remark has 6000 characters at most, and says that there were more`() {
    let longest = String(repeating: "x", count: 6000)
    #expect(mark(.missing(longest)).remarks() == [longest])
    #expect(mark(.missing(longest + "y")).remarks() == [longest, "… and so on"])
    // One character for Swift, however many marks it carries.
    let tower = "x" + String(repeating: "\u{301}", count: 9000)
    #expect(mark(.missing(tower)).remarks().map(\.unicodeScalars.count) == [6000, 11])
  }

  @Test func `nothing is in a remark that a terminal or an editor would obey`() {
    // An escape code, a bell, a right-to-left override, a zero-width joiner; of line ends only the end of a line is left.
    let remarks = mark(.missing("a\u{1B}[2Jb\u{7}c\u{202E}d\u{200D}e\r\nf\u{2028}g")).remarks()
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
