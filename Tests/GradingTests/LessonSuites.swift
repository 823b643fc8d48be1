import Exercises
import Grading
import Synchronization
import Testing

// What a student runs: `swift test --filter Lesson03`. An exercise that was not attempted is shown as cancelled, a wrong
// answer as a failure that says what was expected and what to read again.

@Suite struct Lesson00 { @Test(arguments: Exercise.ofLesson(0)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson01 { @Test(arguments: Exercise.ofLesson(1)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson02 { @Test(arguments: Exercise.ofLesson(2)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson03 { @Test(arguments: Exercise.ofLesson(3)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson04 { @Test(arguments: Exercise.ofLesson(4)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson05 { @Test(arguments: Exercise.ofLesson(5)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson06 { @Test(arguments: Exercise.ofLesson(6)) func exercise(_ e: Exercise) throws { try e.grade() } }
@Suite struct Lesson07 { @Test(arguments: Exercise.ofLesson(7)) func exercise(_ e: Exercise) throws { try e.grade() } }

extension Exercise: CustomTestStringConvertible {
  public var testDescription: String { "\(name) \(function), \(points) point\(points == 1 ? "" : "s")" }

  /// The marks of the lessons that have been graded in this run.
  private static let marks = Mutex([Int: [Mark]]())

  /// Passes, fails or cancels the running test.
  fileprivate func grade() throws {
    let marks = try Exercise.marks.withLock { marks in
      if let marks = marks[lesson] { return marks }
      let submission = try Submission(folder: Place.package.appending(path: "lessons"), lessons: [lesson])
      marks[lesson] = try Grader(products: Place.products).marks(submission, lessons: [lesson])
      return marks[lesson] ?? []
    }
    let mark = try #require(marks.first { $0.exercise == self })
    switch mark.verdict {
    case .passed: break
    case .notAttempted: try Test.cancel("not attempted")
    default: Issue.record("\(name) \(function): \(mark.remarks.joined(separator: "\n"))")
    }
  }
}
