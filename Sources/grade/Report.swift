import Exercises
import Grading
import Programs

/// The marks of a submission; reports in three formats are functions of it.
struct Report {
  let marks: [Mark]
  /// Why nothing was marked, if nothing was.
  var notice: String?
  var feedback = Feedback.full
  /// What answers could have done besides answering.
  var missingLayers: [Confinement.Layer] = []
  /// Whether nothing is known of right answers: then there are no points.
  var isPractice = Examination.arePractice

  var points: Int { marks.reduce(0) { $0 + $1.points } }
  var maximum: Int { marks.reduce(0) { $0 + $1.exercise.points } }
  var seconds: Double { marks.reduce(0) { $0 + $1.seconds } }
  /// The lessons that were marked.
  var lessons: [Int] { Set(marks.map(\.exercise.lesson)).sorted() }

  /// What a person reads.
  func text(_ console: Console) -> String {
    var lines = missingLayers.map { console.red("NOT CONFINED: \($0.absence)") }
    if isPractice {
      lines.append(
        "For practice: ✓ is what compiles, returns, and has the right shape. Whether it is right is not known here.")
    }
    for lesson in lessons {
      let marks = Report(marks: marks.filter { $0.exercise.lesson == lesson })
      let points = "\(marks.points) of \(marks.maximum) points"
      let answers = "\(marks.marks.count { $0.verdict == .passed }) of \(marks.marks.count) answer"
      lines.append("\(Exercise.file(ofLesson: lesson)): \(isPractice ? answers : points)")
      let first = marks.marks[0].verdict
      if case .notCompiled = first, marks.marks.allSatisfy({ $0.verdict == first }) {
        let remarks = marks.marks[0].remarks(feedback)
        lines.append("  \(console.red("✗")) \(remarks[0])")
        lines += remarks.dropFirst().map { "      \($0)" }
        continue
      }
      for mark in marks.marks { lines += mark.lines(console, feedback, isPractice: isPractice) }
    }
    if lessons.count > 1, !isPractice { lines.append("together: \(points) of \(maximum) points") }
    return lines.map { $0.wrapped(to: console.width, hanging: 2) }.joined(separator: "\n") + "\n"
  }
}

extension Mark {
  fileprivate func lines(_ console: Console, _ feedback: Feedback, isPractice: Bool) -> [String] {
    let sign =
      switch verdict {
      case .passed: console.green("✓")
      case .notAttempted, .missing: "–"
      case .wrong, .failed, .notCompiled: console.red("✗")
      }
    let head = "  \(sign) \(exercise.name) \(exercise.function)" + (isPractice ? "" : ": \(points)/\(exercise.points)")
    if case .notAttempted = verdict { return ["\(head)  not attempted"] }
    return [head] + remarks(feedback).map { "      \($0)" }
  }
}
