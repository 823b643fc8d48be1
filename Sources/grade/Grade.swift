import Exercises
import Foundation
import Grading
import Programs

/// The program `grade`: it marks a folder of answers and reports the marks.
struct Grade {
  /// The folder of the package, in which `lessons` lies.
  let package: URL
  /// The folder in which the package's programs lie.
  let products: URL

  /// Does what `arguments`, the command line without the program's name, ask for, and returns the exit code. What went
  /// wrong has then been said on standard error.
  func run(_ arguments: [String]) -> Int32 {
    do {
      let options = try Options(arguments)
      let console = try Console(color: options.color, progress: false)
      guard !options.help else {
        try console.print(Options.manual.text(width: console.width))
        return ExitCode.done.rawValue
      }
      return try run(options, console)
    } catch {
      let failure = error as? Failure ?? Failure("\(error)", code: .checkFailed)
      Terminal.report(failure.message, of: "grade")
      return failure.exitCode
    }
  }

  private func run(_ options: Options, _ console: Console) throws -> Int32 {
    Terminal.reportSlowness(of: "grade")
    let lessons = try lessons(options.lessons)
    if let output = options.output { try Grade.checkPlace(of: output) }
    let submission: Submission
    do {
      submission = try Submission(folder: options.exercises ?? package.appending(path: "lessons"), lessons: lessons)
    } catch let failure as Failure where options.format != .text {
      // Who reads such a report may see nothing else.
      try write(
        Report(marks: Mark.missing(lessons: lessons, because: failure.message), notice: failure.message), options,
        console)
      throw failure
    }
    let grader = Grader(products: products, seed: options.seed, seconds: options.seconds)
    let signals = Signals([SIGINT, SIGTERM, SIGHUP]) { Grader.abandon(exitCode: 128 + $0) }
    defer { withExtendedLifetime(signals) {} }
    let report = Report(marks: try grader.marks(submission, lessons: lessons))
    try write(report, options, console)
    return (report.points < options.passing ? ExitCode.checkFailed : .done).rawValue
  }

  /// Writes the report where and how it is asked for.
  private func write(_ report: Report, _ options: Options, _ console: Console) throws {
    let text =
      switch options.format {
      case .text: report.text(console)
      case .gradescope: try report.gradescope()
      case .junit: report.junit
      }
    if let output = options.output {
      // What is there may be no file: to replace `/dev/stdout` would cost more than this report.
      let isFile = try? output.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
      if isFile == false {
        do {
          try Data(text.utf8).write(to: output)
        } catch {
          let reason = error.localizedDescription.trimmingCharacters(in: ["."])
          throw Failure("cannot write \(output.relativePath): \(reason)", code: .cannotCreate)
        }
      } else {
        var replacement = Replacement()
        try replacement.stage(text, for: output)
        try replacement.commit()
      }
    } else {
      try console.print(text)
    }
  }

  /// Those of the lessons with exercises that are `wanted`; all if none is.
  private func lessons(_ wanted: [Int]) throws(Failure) -> [Int] {
    let all = Set(Exercise.all.map(\.lesson)).sorted()
    for lesson in wanted where !all.contains(lesson) {
      let known = all.map { "\($0)" }.joined(separator: ", ")
      throw Failure("lesson \(lesson) has no exercises; those that have are \(known)", code: .usage)
    }
    return wanted.isEmpty ? all : all.filter(wanted.contains)
  }

  /// Throws a ``Failure`` with exit code 73 if `output` cannot be written, before anything is marked.
  private static func checkPlace(of output: URL) throws(Failure) {
    let folder = output.deletingLastPathComponent()
    let kind = try? output.resourceValues(forKeys: [.isDirectoryKey, .isRegularFileKey])
    let isFolder = kind?.isDirectory == true
    // A file is replaced, in its folder; a device, such as /dev/stdout, is written into.
    let isReplaced = kind == nil || kind?.isRegularFile == true
    guard !isFolder, isReplaced ? access(folder.path, W_OK | X_OK) == 0 : access(output.path, W_OK) == 0 else {
      let reason = String(cString: strerror(isFolder ? EISDIR : errno))
      throw Failure(
        "cannot write \(output.relativePath): \(reason); name another file with --output", code: .cannotCreate)
    }
    if isReplaced { try Replacement.checkRoom(in: folder) }
  }
}
