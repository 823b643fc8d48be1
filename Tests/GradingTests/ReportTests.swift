import Exercises
import Foundation
import Programs
import Testing

@testable import Grading
@testable import grade

/// The three formats as functions of the marks.
@Suite("Reports of marks")
struct ReportTests {
  private let exercises = Exercise.ofLesson(1)

  private func text(_ marks: [Mark]) -> String {
    Report(marks: marks, isPractice: false).text(Console(fileOfWidth: 80))
  }

  @Test func `what was not handed in is no mistake`() {
    let verdicts: [Verdict] = [.passed, .notAttempted, .missing("gone"), .failed("crashed"), .wrong(Finding("x"))]
    let lines = text(zip(exercises, verdicts).map { Mark(exercise: $0, verdict: $1) }).split(separator: "\n")
    #expect(lines.first == "Exercises01.swift: \(exercises[0].points) of 10 points")
    for (exercise, sign) in zip(exercises, ["✓", "–", "–", "✗", "✗"]) {
      #expect(lines.contains { $0.hasPrefix("  \(sign) \(exercise.name) \(exercise.function): ") })
    }
  }

  @Test func `several lessons have a sum, one has not`() {
    let marks = [1, 2].flatMap(Exercise.ofLesson).map { Mark(exercise: $0, verdict: .passed) }
    #expect(text(marks).hasSuffix("\ntogether: 20 of 20 points\n"))
    #expect(!text(marks.filter { $0.exercise.lesson == 1 }).contains("together"))
  }

  @Test func `practice gives no points`() {
    let marks = [Mark(exercise: exercises[0], verdict: .passed), Mark(exercise: exercises[1], verdict: .failed("x"))]
    let text = Report(marks: marks, isPractice: true).text(Console(fileOfWidth: 200))
    #expect(text.contains("Exercises01.swift: 1 of 2 answer\n  ✓ 1.1 energyCaptured\n  ✗ 1.2 smallestRank\n"))
    #expect(!text.contains("points"))
  }

  @Test func `what the system lacks is said in every format`() throws {
    let report = Report(marks: [Mark(exercise: exercises[0], verdict: .passed)], missingLayers: [.files, .calls])
    let text = report.text(Console(fileOfWidth: 200))
    #expect(text.hasPrefix("NOT CONFINED: \(Confinement.Layer.files.absence)\nNOT CONFINED: "))
    #expect(report.junit.contains("<property name=\"missing-confinement\" value=\"files calls\"/>"))
    struct Results: Decodable {
      struct ExtraData: Decodable { let missing_confinement: [String] }
      let extra_data: ExtraData
    }
    let results = try JSONDecoder().decode(Results.self, from: Data(report.gradescope().utf8))
    #expect(results.extra_data.missing_confinement == ["files", "calls"])
  }

  @Test func `JUnit's report has times in seconds`() {
    let marks = [0.25, 1].map { Mark(exercise: exercises[0], verdict: .passed, seconds: $0) }
    let junit = Report(marks: marks).junit
    #expect(junit.contains("<testsuite name=\"Exercises01\"") && junit.contains("skipped=\"0\" time=\"1.250\""))
    #expect(junit.contains("classname=\"lesson 1\" time=\"0.250\"/>"))
  }

  /// As XML 1.0 has it: a line end in an attribute is a reference, and U+FFFE and U+FFFF are no characters.
  @Test func `an attribute of JUnit's holds any remark`() {
    let verdict = Verdict.failed("a\n<b> & \"c\" \u{FFFE}\u{FFFF}")
    let junit = Report(marks: [Mark(exercise: exercises[0], verdict: verdict)]).junit
    let (first, second) = ("a", "&lt;b&gt; &amp; &quot;c&quot; \u{FFFD}\u{FFFD}")
    #expect(junit.contains("<failure message=\"\(first)\">\(first)\n\(second)\nread again: &quot;"))
  }
}
