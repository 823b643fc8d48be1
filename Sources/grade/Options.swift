import Exercises
import Foundation
import Grading
import Programs

/// What the command line asks for.
struct Options: Equatable {
  /// How marks are written.
  enum Format: String, CaseIterable {
    case text, gradescope, classroom, junit
  }

  /// The lessons to mark, by number; none means all.
  var lessons: [Int] = []
  /// The exercises to mark; none means all of the lessons.
  var exercises: [Exercise] = []
  /// The folder of the answers; `nil` is that of the lessons.
  var answers: URL?
  /// A folder with a folder for each student.
  var classFolder: URL?
  var unpacks = false
  var format = Format.text
  var feedback = Feedback.full
  /// The file, or the folder for a class, to write.
  var output: URL?
  var seed: UInt64?
  /// The file of what students do not know.
  var secret: URL?
  /// The exercise to ask again, and what its questions are drawn with.
  var replay: Replay?
  /// Where to put an edition for students.
  var studentEdition: URL?
  /// How long an exercise may take.
  var seconds = 10
  /// Fewer points than these make the program exit with 1.
  var passing = 0
  var requiresConfinement = false
  var color = true
  var help = false

  struct Replay: Equatable {
    let exercise: Exercise
    let seed: UInt64
  }

  /// Reads `arguments`, the command line without the program's name; of an option given twice the last counts, but
  /// `--lesson` and `--exercise`, which add up.
  ///
  /// - Throws: ``Failure`` with exit code 64.
  init(_ arguments: [String]) throws(Failure) {
    let arguments = try Arguments(
      arguments, flags: ["--help", "-h", "--no-color", "--unpack", "--require-confinement"],
      valued: [
        "--lesson", "--exercise", "--exercises", "--class", "--format", "--feedback", "--output", "--seed", "--secret",
        "--timeout", "--passing", "--replay", "--student-edition",
      ], program: "grade")
    for item in arguments.items {
      switch item {
      case .flag("--no-color"): color = false
      case .flag("--unpack"): unpacks = true
      case .flag("--require-confinement"): requiresConfinement = true
      case .flag: help = true
      case .word(let word):
        throw Failure("unexpected argument '\(word)'; a lesson is named by --lesson", code: .usage)
      case .value(let value, for: let name): try take(value, for: name)
      }
    }
    if classFolder != nil, answers != nil || format != .text || replay != nil {
      throw Failure(
        "--class goes with none of --exercises, --format and --replay; it writes all reports that it has", code: .usage)
    }
    if unpacks, classFolder == nil { throw Failure("--unpack goes with --class", code: .usage) }
    if seed != nil, secret != nil { throw Failure("--seed and --secret are two ways to say the same", code: .usage) }
  }

  private mutating func take(_ value: String, for name: String) throws(Failure) {
    func folder() -> URL { URL(filePath: value, directoryHint: .isDirectory) }
    switch name {
    case "--lesson": lessons.append(try Arguments.number(value, for: name, in: 0...99))
    case "--exercise": exercises.append(try Options.exercise(value, for: name))
    case "--exercises": answers = folder()
    case "--class": classFolder = folder()
    case "--student-edition": studentEdition = folder()
    case "--format": format = try Options.choice(value, for: name)
    case "--feedback": feedback = try Options.choice(value, for: name)
    case "--output": output = URL(filePath: value)
    case "--seed": seed = try Arguments.number(value, for: name, in: 0...UInt64.max)
    case "--secret": secret = URL(filePath: value)
    case "--timeout": seconds = try Arguments.number(value, for: name, in: 1...3600)
    case "--replay":
      let parts = value.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw Failure("--replay takes an exercise and a seed, such as 1.3:7, not '\(value)'", code: .usage)
      }
      replay = Replay(
        exercise: try Options.exercise(parts[0], for: name),
        seed: try Arguments.number(parts[1], for: name, in: 0...UInt64.max))
    default: passing = try Arguments.number(value, for: name, in: 0...100_000)
    }
  }

  private static func exercise(_ name: String, for option: String) throws(Failure) -> Exercise {
    guard let exercise = Exercise.all.first(where: { $0.name == name }) else {
      throw Failure("\(option): there is no exercise '\(name)'; the third of lesson 01 is 1.3", code: .usage)
    }
    return exercise
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, for option: String
  ) throws(Failure) -> Choice {
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure("\(option) is one of \(known), not '\(text)'", code: .usage)
    }
    return choice
  }
}
