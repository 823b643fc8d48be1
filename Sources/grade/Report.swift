import Exercises
import Grading
import Programs

/// The marks of a submission; reports in three formats are functions of it.
struct Report {
  let marks: [Mark]
  /// Why nothing was marked, if nothing was.
  var notice: String?

  var points: Int { marks.reduce(0) { $0 + $1.points } }
  var maximum: Int { marks.reduce(0) { $0 + $1.exercise.points } }
  /// The lessons that were marked.
  var lessons: [Int] { Set(marks.map(\.exercise.lesson)).sorted() }

  /// What a person reads.
  func text(_ console: Console) -> String {
    var lines: [String] = []
    for lesson in lessons {
      let marks = Report(marks: marks.filter { $0.exercise.lesson == lesson })
      lines.append("\(Exercise.file(ofLesson: lesson)): \(marks.points) of \(marks.maximum) points")
      if case .notCompiled = marks.marks[0].verdict {
        let remarks = marks.marks[0].remarks
        lines.append("  \(console.red("✗")) \(remarks[0])")
        lines += remarks.dropFirst().map { "      \($0)" }
        continue
      }
      for mark in marks.marks { lines += mark.lines(console) }
    }
    if lessons.count > 1 { lines.append("together: \(points) of \(maximum) points") }
    return lines.map { $0.wrapped(to: console.width, hanging: 2) }.joined(separator: "\n") + "\n"
  }
}

extension Mark {
  fileprivate func lines(_ console: Console) -> [String] {
    let sign =
      switch verdict {
      case .passed: console.green("✓")
      case .notAttempted, .missing: "–"
      case .wrong, .failed, .notCompiled: console.red("✗")
      }
    let head = "  \(sign) \(exercise.name) \(exercise.function): \(points)/\(exercise.points)"
    if case .notAttempted = verdict { return ["\(head)  not attempted"] }
    return [head] + remarks.map { "      \($0)" }
  }
}
