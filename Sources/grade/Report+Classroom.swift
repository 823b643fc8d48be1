import Exercises
import Foundation
import Grading

extension Report {
  /// The marks as the reporter of GitHub Classroom wants them from a step, in base 64 of JSON.
  ///
  /// See https://github.com/classroom-resources/autograding-grading-reporter
  func classroom() throws -> String {
    let tests = marks.map { mark in
      Results.Test(
        name: "\(mark.exercise.name) \(mark.exercise.function)", status: mark.verdict == .passed ? "pass" : "fail",
        score: mark.points, message: mark.remarks(feedback).joined(separator: "\n"))
    }
    // A reporter that reads "fail" ends with an error, and Classroom shows no points then.
    let results = Results(max_score: maximum, tests: tests)
    return try JSONEncoder().encode(results).base64EncodedString() + "\n"
  }

  /// The names are the reporter's.
  private struct Results: Encodable {
    struct Test: Encodable {
      let name: String
      let status: String
      let score: Int
      let message: String
    }

    let version = 1
    let status = "pass"
    let max_score: Int
    let tests: [Test]
  }
}
