import Exercises
import Foundation
import Grading
import Programs

/// What became of one student of a class, as it is kept in a file.
struct StudentRecord: Codable, Equatable {
  enum State: String, Codable {
    case marked
    case nothingAttempted = "nothing attempted"
    case notGraded = "could not be graded"
  }

  enum Outcome: String, Codable, CaseIterable {
    case right, wrong
    case noAnswer = "no answer"
    case notCompiled = "does not compile"
    case notAttempted = "not attempted"

    init(_ verdict: Verdict) {
      self =
        switch verdict {
        case .passed: .right
        case .wrong: .wrong
        case .failed: .noAnswer
        case .notCompiled: .notCompiled
        case .notAttempted, .missing: .notAttempted
        }
    }
  }

  struct Entry: Codable, Equatable {
    let exercise: String
    let points: Int
    let outcome: Outcome
    /// What went wrong, without figures or places, so that the same mistakes of different students read the same.
    let failure: String
    let remarks: [String]
    let seconds: Double
  }

  let name: String
  /// Made of the secret and the files: another submission has another one.
  let seed: UInt64
  var state = State.marked
  /// Why the student could not be graded.
  var reason = ""
  /// Whether that was this machine's fault, so that the next run has to try again.
  var isUnfinished = false
  var entries: [Entry] = []

  /// The record that was written as `json`; `nil` if that is none, or has more points than an exercise is worth.
  static func read(_ json: Data) -> StudentRecord? {
    guard let record = try? JSONDecoder().decode(StudentRecord.self, from: json) else { return nil }
    var worth = Dictionary(uniqueKeysWithValues: Exercise.all.map { ($0.name, $0.points) })
    // Each exercise once.
    let isPossible = record.entries.allSatisfy { entry in
      worth.removeValue(forKey: entry.exercise).map { (0...$0).contains(entry.points) } ?? false
    }
    return isPossible ? record : nil
  }

  var points: Int { entries.reduce(0) { $0 + $1.points } }

  /// Puts `marks` in the place of those that are there of the same exercises.
  mutating func take(_ marks: [Mark], feedback: Feedback) {
    let new = marks.map { mark in
      Entry(
        exercise: mark.exercise.name, points: mark.points, outcome: Outcome(mark.verdict),
        failure: mark.remarks(.hint).first { $0 != "does not compile:" }?.replacing(/\d+/, with: "…") ?? "",
        remarks: mark.remarks(feedback),
        seconds: mark.seconds)
    }
    let all = Dictionary((entries + new).map { ($0.exercise, $0) }) { $1 }
    entries = Exercise.all.compactMap { all[$0.name] }
    (state, reason) = (entries.contains { $0.outcome != .notAttempted } ? .marked : .nothingAttempted, "")
  }

  /// What the student is told.
  func text(missing layers: [Confinement.Layer]) -> String {
    var lines = layers.map { "NOT CONFINED: \($0.absence)" } + ["\(name.printable): \(state.rawValue)"]
    if !reason.isEmpty { lines.append(reason.printable) }
    for lesson in Set(exercises.map(\.lesson)).sorted() {
      let ofLesson = exercises.filter { $0.lesson == lesson }.compactMap { exercise in
        entries.first { $0.exercise == exercise.name }.map { (exercise, $0) }
      }
      let maximum = ofLesson.reduce(0) { $0 + $1.0.points }
      lines.append(
        "\(Exercise.file(ofLesson: lesson)): \(ofLesson.reduce(0) { $0 + $1.1.points }) of \(maximum) points")
      for (exercise, entry) in ofLesson {
        lines.append(
          "  \(exercise.name) \(exercise.function): \(entry.points)/\(exercise.points), \(entry.outcome.rawValue)")
        lines += entry.remarks.map { "      \($0)" }
      }
    }
    lines.append("together: \(points) of \(exercises.reduce(0) { $0 + $1.points }) points")
    return lines.joined(separator: "\n") + "\n"
  }

  private var exercises: [Exercise] {
    Exercise.all.filter { exercise in entries.contains { $0.exercise == exercise.name } }
  }
}
