import Exercises
import Grading
import Synchronization
import Testing

// What a student runs: `swift test --filter Lesson03`. An exercise that was not attempted is shown as cancelled, a wrong
// answer as a failure that says what was expected and what to read again.

@Suite struct Lesson01 {
  @Test func energyCaptured() throws { try grade() }
  @Test func smallestRank() throws { try grade() }
  @Test func bestApproximation() throws { try grade() }
  @Test func nearestOrthogonal() throws { try grade() }
}

/// Passes, fails or cancels the running test, which is named after an exercise.
private func grade(_ test: String = #function) throws {
  let function = String(test.prefix { $0 != "(" })
  let exercise = try #require(Exercise.all.first { $0.function == function }, "there is no exercise \(function)")
  let mark = try #require(try marks(ofLesson: exercise.lesson).first { $0.exercise == exercise })
  switch mark.verdict {
  case .passed: break
  case .notAttempted: try Test.cancel("not attempted; its points: \(exercise.points)")
  default: Issue.record("\(exercise.name) \(function): \(mark.remarks.joined(separator: "\n"))")
  }
}

/// The marks of a lesson, given once in a run.
private func marks(ofLesson lesson: Int) throws -> [Mark] {
  try cache.withLock { cache in
    if let marks = cache[lesson] { return marks }
    let submission = try Submission(folder: Place.package.appending(path: "lessons"), lessons: [lesson])
    let marks = try Grader(products: Place.products).marks(submission, lessons: [lesson])
    cache[lesson] = marks
    return marks
  }
}

private let cache = Mutex([Int: [Mark]]())
