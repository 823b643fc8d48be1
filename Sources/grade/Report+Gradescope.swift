import Foundation
import Grading

extension Report {
  /// The marks as Gradescope's `results.json`.
  ///
  /// See https://gradescope-autograders.readthedocs.io/en/latest/specs/
  func gradescope() throws -> String {
    let tests = marks.map { mark in
      Results.Test(
        number: mark.exercise.name, name: mark.exercise.function, score: mark.points, max_score: mark.exercise.points,
        status: mark.verdict == .passed ? "passed" : "failed",
        output: mark.remarks(feedback).joined(separator: "\n"))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let results = Results(
      score: points, execution_time: seconds, output: notice, tests: tests,
      extra_data: .init(missing_confinement: missingLayers.map(\.rawValue)))
    return String(decoding: try encoder.encode(results), as: UTF8.self) + "\n"
  }

  /// The names are Gradescope's.
  private struct Results: Encodable {
    struct Test: Encodable {
      let number: String
      let name: String
      let score: Int
      let max_score: Int
      let status: String
      let output: String
    }

    /// What is kept with the results and shown to nobody.
    struct ExtraData: Encodable { let missing_confinement: [String] }

    let score: Int
    let execution_time: Double
    let output: String?
    let tests: [Test]
    let extra_data: ExtraData
    let output_format = "text"
    let test_output_format = "text"
    let visibility = "visible"
    let stdout_visibility = "hidden"
  }
}
