import Exercises
import Programs
import Testing

@testable import Grading
@testable import grade

/// The three formats as functions of the marks.
@Suite("Reports of marks")
struct ReportTests {
  private let exercises = Exercise.ofLesson(1)

  private func text(_ marks: [Mark]) throws -> String {
    try Report(marks: marks).text(Console(color: false, progress: false))
  }

  @Test func `what was not handed in is no mistake`() throws {
    let verdicts: [Verdict] = [.passed, .notAttempted, .missing("gone"), .failed("crashed"), .wrong(Finding("x"))]
    let lines = try text(zip(exercises, verdicts).map { Mark(exercise: $0, verdict: $1) }).split(separator: "\n")
    #expect(lines.first == "Exercises01.swift: \(exercises[0].points) of 10 points")
    for (exercise, sign) in zip(exercises, ["✓", "–", "–", "✗", "✗"]) {
      #expect(lines.contains { $0.hasPrefix("  \(sign) \(exercise.name) \(exercise.function): ") })
    }
  }

  @Test func `several lessons have a sum, one has not`() throws {
    let marks = [1, 2].flatMap(Exercise.ofLesson).map { Mark(exercise: $0, verdict: .passed) }
    #expect(try text(marks).hasSuffix("\ntogether: 20 of 20 points\n"))
    #expect(try !text(marks.filter { $0.exercise.lesson == 1 }).contains("together"))
  }

  /// As XML 1.0 has it: a line end in an attribute is a reference, and U+FFFE and U+FFFF are no characters.
  @Test func `an attribute of JUnit's holds any remark`() {
    let verdict = Verdict.failed("a\n<b> & \"c\" \u{FFFE}\u{FFFF}")
    let junit = Report(marks: [Mark(exercise: exercises[0], verdict: verdict)]).junit
    let message = "a&#10;&lt;b&gt; &amp; &quot;c&quot; \u{FFFD}\u{FFFD}&#10;read again: &quot;"
    #expect(junit.contains("<failure message=\"\(message)"))
  }
}
