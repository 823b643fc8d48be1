import Exercises
import Foundation
import Grading
import Programs

/// The marks of a class as a table, and what is hard for it.
struct ClassSummary {
  let records: [StudentRecord]
  let missingLayers: [Confinement.Layer]
  /// The exercises that somebody's marks are there for, those that fewest got right first.
  let exercises: [Difficulty]

  /// How an exercise went.
  struct Difficulty {
    let exercise: Exercise
    let counts: [StudentRecord.Outcome: Int]
    /// The commonest failure, and how often it occurred.
    let failure: (text: String, count: Int)?

    func count(_ outcome: StudentRecord.Outcome) -> Int { counts[outcome] ?? 0 }
  }

  init(_ records: [StudentRecord], missingLayers: [Confinement.Layer]) {
    (self.records, self.missingLayers) = (records, missingLayers)
    let entries = Dictionary(grouping: records.flatMap(\.entries), by: \.exercise)
    let difficulties = Exercise.all.compactMap { exercise in
      entries[exercise.name].map { entries in
        let failures = Dictionary(grouping: entries.map(\.failure).filter { !$0.isEmpty && $0 != "not attempted" }) {
          $0
        }
        let commonest = failures.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        return Difficulty(
          exercise: exercise, counts: Dictionary(grouping: entries, by: \.outcome).mapValues(\.count),
          failure: commonest.map { ($0.key, $0.value.count) })
      }
    }
    // In the order of the course where as many are right.
    exercises = difficulties.enumerated().sorted {
      ($0.element.count(.right), $0.offset) < ($1.element.count(.right), $1.offset)
    }.map(\.element)
  }

  /// Comma-separated values (RFC 4180): a line for each student.
  var table: String {
    let names = Exercise.all.map(\.name).filter { name in exercises.contains { $0.exercise.name == name } }
    let head = ["student", "seed", "state", "reason", "points"] + names
    let lines = records.map { record in
      let points = Dictionary(record.entries.map { ($0.exercise, "\($0.points)") }) { $1 }
      return [record.name, "\(record.seed)", record.state.rawValue, record.reason, "\(record.points)"]
        + names.map { points[$0] ?? "" }
    }
    return ([head] + lines).map { $0.map(ClassSummary.field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    var text = text.printable.split(whereSeparator: \.isNewline).joined(separator: " ")
    // A spreadsheet would compute it.
    if let first = text.first, "=+-@".contains(first) { text = "'" + text }
    return text.contains(where: { "\",".contains($0) }) ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  var text: String {
    var lines = missingLayers.map { "NOT CONFINED: \($0.absence)" }
    let points = records.filter { $0.state == .marked }.map(\.points).sorted()
    let maximum = exercises.reduce(0) { $0 + $1.exercise.points }
    lines.append("\(counted(records.count, "student")): \(points.count) marked")
    if !points.isEmpty {
      // Of an even number of students the mean of those in the middle.
      let twice = points[(points.count - 1) / 2] + points[points.count / 2]
      let median = "\(twice / 2)\(twice.isMultiple(of: 2) ? "" : ".5")"
      lines[lines.count - 1] +=
        ", of \(maximum) points the median has \(median), the least \(points[0]), the most \(points[points.count - 1])"
    }
    for (state, what) in [
      (StudentRecord.State.nothingAttempted, "nothing attempted"), (.notGraded, "could not be graded"),
    ] {
      for record in records where record.state == state {
        lines.append(
          "  \(record.name.printable): \(what)\(record.reason.isEmpty ? "" : ": \(record.reason.printable)")")
      }
    }
    lines.append("\nexercise, right, wrong, no answer, does not compile, not attempted; those that most missed first")
    for difficulty in exercises {
      let counts = StudentRecord.Outcome.allCases.map { "\(difficulty.count($0))".padded(to: 4) }.joined()
      lines.append("  \(difficulty.exercise.name.padded(to: 5)) \(counts)  \(difficulty.exercise.function)")
      if let (text, count) = difficulty.failure { lines.append("        \(count) × \(text)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
