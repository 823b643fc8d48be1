import Exercises
import Foundation
import Grading
import Programs

/// The program `grade`: it marks answers and reports the marks.
struct Grade {
  /// The folder of the package, in which `lessons` lies.
  let package: URL
  /// The folder in which the package's programs lie.
  let products: URL
  /// What answers run in; `nil` is all that this system has.
  var confinement: Confinement?

  /// Does what `arguments`, the command line without the program's name, ask for, and returns the exit code. What went
  /// wrong has then been said on standard error.
  func run(_ arguments: [String]) -> Int32 {
    do {
      let options = try Options(arguments)
      let console = try Console(color: options.color, progress: true)
      guard !options.help else {
        try console.print(Options.manual.text(width: console.width))
        return ExitCode.done.rawValue
      }
      Terminal.reportSlowness(of: "grade")
      let signals = Signals([SIGINT, SIGTERM, SIGHUP]) { Grader.abandon(exitCode: 128 + $0) }
      defer { withExtendedLifetime(signals) {} }
      return try run(options, console).rawValue
    } catch {
      let failure = error as? Failure ?? Failure("\(error)", code: .checkFailed)
      Terminal.report(failure.message, of: "grade")
      return failure.exitCode
    }
  }

  private func run(_ options: Options, _ console: Console) throws -> ExitCode {
    let exercises = try exercises(options)
    if let folder = options.classFolder {
      return try ClassGrading(folder, options, exercises, grader: grader(options)).run(console)
    }
    if let folder = options.studentEdition {
      return try StudentEdition(of: package, grader: grader(options)).write(to: folder, console)
    }
    if let replay = options.replay { return try self.replay(replay, options, console) }
    return try mark(exercises, options, console)
  }

  /// Marks one submission.
  private func mark(_ exercises: [Exercise], _ options: Options, _ console: Console) throws -> ExitCode {
    let folder = answers(options)
    let output = try options.output.map { try OutputFile($0, marking: folder) }
    func write(_ report: Report) throws {
      let text =
        switch options.format {
        case .text: report.text(console)
        case .gradescope: try report.gradescope()
        case .classroom: try report.classroom()
        case .junit: report.junit
        }
      if let output { try output.write(text) } else { try console.print(text) }
    }
    let lessons = Set(exercises.map(\.lesson)).sorted()
    let submission: Submission
    do {
      submission = try Submission(folder: folder, lessons: lessons)
    } catch let failure as Failure where options.format != .text {
      // Who reads such a report may see nothing else.
      try write(
        Report(marks: Mark.missing(lessons: lessons, because: failure.message), notice: failure.message))
      throw failure
    }
    let secret = try options.secret.map(Grade.secret(in:))
    let seed = secret.map { submission.seed(secret: $0, attempt: Submission.gradescopeAttempt(of: folder)) }
    let grader = try grader(options).drawing(with: seed ?? options.seed ?? 1)
    let marks = try grader.provenMarks(submission, exercises: exercises)
    let report = Report(marks: marks, feedback: options.feedback, missingLayers: grader.confinement.missing)
    try write(report)
    return report.points < options.passing ? .checkFailed : .done
  }

  /// A grader, after what this system lacks has been said.
  func grader(_ options: Options) throws -> Grader {
    let grader = try Grader(products: products, seconds: options.seconds, confinement: confinement)
    let missing = grader.confinement.missing
    for layer in missing { Terminal.report("NOT CONFINED: \(layer.absence)", of: "grade") }
    guard missing.isEmpty || !options.requiresConfinement else {
      throw Failure("--require-confinement: nobody was marked", code: .notConfined)
    }
    return grader
  }

  func answers(_ options: Options) -> URL { options.answers ?? package.appending(path: "lessons") }

  /// The exercises that are wanted; all of the lessons that are wanted, or all, if none is.
  private func exercises(_ options: Options) throws(Failure) -> [Exercise] {
    let all = Set(Exercise.all.map(\.lesson)).sorted()
    for lesson in options.lessons where !all.contains(lesson) {
      let known = all.map { "\($0)" }.joined(separator: ", ")
      throw Failure("lesson \(lesson) has no exercises; those that have are \(known)", code: .usage)
    }
    if options.lessons.isEmpty && options.exercises.isEmpty { return Exercise.all }
    return Exercise.all.filter { options.lessons.contains($0.lesson) || options.exercises.contains($0) }
  }

  /// The text of a secret's file.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is none.
  static func secret(in file: URL) throws(Failure) -> String {
    let text = (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, !text.isEmpty else {
      throw Failure(
        "no secret in \(file.relativePath); make one, such as: openssl rand -hex 32 > \(file.relativePath)",
        code: .inputMissing)
    }
    return text
  }
}
