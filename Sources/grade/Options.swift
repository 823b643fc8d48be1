import Foundation
import Programs

/// What the command line asks for.
struct Options: Equatable {
  /// How marks are written.
  enum Format: String, CaseIterable {
    case text, gradescope, junit
  }

  /// The lessons to mark, by number; none means all.
  var lessons: [Int] = []
  /// The folder of the answers; `nil` is that of the lessons.
  var exercises: URL?
  var format = Format.text
  /// The file to write; `nil` is standard output.
  var output: URL?
  var seed: UInt64 = 1
  /// How long an exercise may take.
  var seconds = 10
  /// Fewer points than these make the program exit with 1.
  var passing = 0
  var color = true
  var help = false

  /// Reads `arguments`, the command line without the program's name; of an option given twice the last counts, but
  /// `--lesson`, which adds up.
  ///
  /// - Throws: ``Failure`` with exit code 64.
  init(_ arguments: [String]) throws(Failure) {
    let arguments = try Arguments(
      arguments, flags: ["--help", "-h", "--no-color"],
      valued: ["--lesson", "--exercises", "--format", "--output", "--seed", "--timeout", "--passing"], program: "grade")
    for item in arguments.items {
      switch item {
      case .flag("--no-color"): color = false
      case .flag: help = true
      case .word(let word):
        throw Failure("unexpected argument '\(word)'; a lesson is named by --lesson", code: .usage)
      case .value(let value, for: "--lesson"):
        lessons.append(try Arguments.number(value, for: "--lesson", in: 0...99))
      case .value(let value, for: "--exercises"): exercises = URL(filePath: value, directoryHint: .isDirectory)
      case .value(let value, for: "--format"):
        guard let format = Format(rawValue: value) else {
          let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
          throw Failure("--format is one of \(known), not '\(value)'", code: .usage)
        }
        self.format = format
      case .value(let value, for: "--output"): output = URL(filePath: value)
      case .value(let value, for: "--seed"): seed = try Arguments.number(value, for: "--seed", in: 0...UInt64.max)
      case .value(let value, for: "--timeout"): seconds = try Arguments.number(value, for: "--timeout", in: 1...3600)
      case .value(let value, for: let name): passing = try Arguments.number(value, for: name, in: 0...100_000)
      }
    }
  }

  static let manual = Manual([
    .paragraph("grade: marks the answers to the exercises"),
    .terms(
      "Examples",
      [
        ("swift run grade", "your answers, in lessons/NN-slug/ExercisesNN.swift"),
        ("swift run grade --lesson 03", "those of lesson 03"),
        (
          "swift run grade --exercises DIR --format gradescope --output results.json",
          "the files ExercisesNN.swift in DIR and below"
        ),
      ]),
    .terms(
      "Options",
      [
        ("--lesson NN", "mark this lesson only; may be given several times"),
        ("--exercises DIR", "where the answers lie (default: the lessons of the package)"),
        ("--format FORMAT", "text, gradescope (results.json) or junit (XML) (default: text)"),
        ("--output FILE", "write the report into FILE instead of standard output"),
        ("--timeout SECONDS", "how long the questions of one exercise may take (default: 10)"),
        ("--seed N", "what the questions are drawn with (default: 1)"),
        ("--passing POINTS", "exit with 1 if there are fewer points (default: 0)"),
        ("--no-color", "no escape codes; NO_COLOR and TERM=dumb have the same effect"),
        ("--help", "this text"),
      ]),
    .paragraph(
      """
      Answers are compiled file by file and run in processes of their own, which get 512 MiB of memory and may start \
      nothing and write nothing; on Linux they also reach no network, and from 6.12 on they can read no files but their \
      libraries and signal nobody. A folder is that of one student; for several, run this once for each.
      """),
    .paragraph(
      """
      Exit codes: 0 marked, 1 fewer points than --passing, 64 usage, 65 bad data, 66 input missing, 73 output cannot be \
      created.
      """),
  ])
}
