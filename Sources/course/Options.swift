import Foundation
import Programs

/// What the command line asks for.
struct Options: Equatable {
  /// Handed on to the lessons as they were given; `nil` leaves each lesson its own default.
  var seed: UInt64?
  var data: URL?
  /// `nil` is the folder `Outputs` of the package.
  var output: URL?
  /// How many lessons run at a time.
  var jobs: Int?
  /// How many threads each of them computes on.
  var threads: Int?
  var quiet = false
  var json = false
  var open = false
  var color = true
  var help = false
  /// The lessons to run, by number or name; none means all.
  var lessons: [String] = []

  /// Reads `arguments`, the command line without the program's name. A value stands after a space or after `=`; of an
  /// option given twice the last counts.
  ///
  /// - Throws: ``Failure`` with exit code 64.
  init(_ arguments: [String]) throws(Failure) {
    let flags = Options.flags
    let arguments = try Arguments(
      arguments, flags: Set(flags.keys), valued: ["--seed", "--data", "--output", "--jobs", "--threads"],
      program: "course")
    for item in arguments.items {
      switch item {
      case .flag(let name):
        if let flag = flags[name] { self[keyPath: flag.target] = flag.value }
      case .value(let value, for: let name): try set(name, to: value)
      case .word(let lesson): lessons.append(lesson)
      }
    }
  }

  /// The command that writes the same pages, but for where they and their data lie.
  var indexCommand: String {
    let seed = seed.map { " --seed \($0)" } ?? ""
    let data = data.map { " --data \($0.lastPathComponent)" } ?? ""
    return "swift run course\(seed)\(data)"
  }

  private static var flags: [String: (target: WritableKeyPath<Options, Bool>, value: Bool)] {
    [
      "--help": (\.help, true), "-h": (\.help, true), "--quiet": (\.quiet, true), "-q": (\.quiet, true),
      "--json": (\.json, true), "--open": (\.open, true), "--no-color": (\.color, false),
    ]
  }

  private mutating func set(_ name: String, to value: String) throws(Failure) {
    switch name {
    case "--seed": seed = try Arguments.number(value, for: name, in: 0...UInt64.max)
    case "--jobs": jobs = try Arguments.number(value, for: name, in: 1...1024)
    case "--threads": threads = try Arguments.number(value, for: name, in: 1...1024)
    case "--data": data = URL(filePath: value, directoryHint: .isDirectory)
    default: output = URL(filePath: value, directoryHint: .isDirectory)
    }
  }

  static let manual = Manual([
    .paragraph("course: runs the lessons and writes the index of their pages"),
    .terms(
      "Examples",
      [
        ("swift run course", "all lessons, Outputs/ rewritten"),
        ("swift run course 01 02", "these lessons only; the index stays as it is"),
        (
          "swift run course --seed 7 --output /tmp/pages",
          "everything with other random numbers, elsewhere"
        ),
      ]),
    .terms(
      "Options",
      [
        ("--seed N", "where the random numbers start (default: each lesson's own)"),
        ("--data PATH", "other images than the embedded 8 × 8 digits; a lesson's own --help says which are read"),
        ("--output DIR", "write the pages and the index into DIR (default: Outputs of the package)"),
        ("--jobs N", "lessons at a time (default: one for each core)"),
        ("--threads N", "cores for each lesson (default: those of the machine divided by the jobs)"),
        ("--open", "show the index in the browser: the file index.html, which needs no network"),
        ("--quiet", "print nothing but failures"),
        ("--json", "print one JSON object: the lessons' own, and whether all passed"),
        ("--no-color", "no escape codes; NO_COLOR and TERM=dumb have the same effect"),
        ("--help", "this text"),
      ]),
    .paragraph(
      """
      With another seed or other data, lessons write beside the committed pages, into NN-slug+seed=7; the index is then \
      written only if --output names a folder for it.
      """),
    .paragraph(
      """
      Exit codes: 0 done, 1 a check failed or a lesson crashed, 64 usage, 65 bad data, 66 input missing, 73 output cannot \
      be created, 130 interrupted. If several lessons fail, the code is that of the first.
      """),
  ])
}
