import Foundation
import Notebook
import Programs

/// The program `course`: it runs every lesson and writes the index of their pages.
struct Course {
  /// The folder of the package, in which `lessons` lies.
  let package: URL
  /// The folder in which the lessons' programs lie.
  let programs: URL

  /// Does what `arguments`, the command line without the program's name, ask for, and returns the exit code. What went
  /// wrong has then been said on standard error.
  func run(_ arguments: [String]) -> Int32 {
    do throws(Failure) {
      let options = try Options(arguments)
      let console = try Console(color: options.color, progress: !options.quiet)
      guard !options.help else {
        try console.print(Options.manual.text(width: console.width))
        return ExitCode.done.rawValue
      }
      return try run(options, console)
    } catch {
      Terminal.report(error.message, of: "course")
      return error.exitCode
    }
  }

  private func run(_ options: Options, _ console: Console) throws(Failure) -> Int32 {
    let all = try LessonProgram.all(in: package.appending(path: "lessons"), programs: programs)
    let lessons = try LessonProgram.select(options.lessons, from: all)
    try LessonProgram.checkPrograms(of: lessons)
    if let data = options.data, !FileManager.default.fileExists(atPath: data.path) {
      throw Failure("there is no file or folder \(data.relativePath), which --data names", code: .inputMissing)
    }
    let output = options.output ?? package.appending(path: "Outputs", directoryHint: .isDirectory)
    try Course.prepare(output)

    let cores = ProcessInfo.processInfo.activeProcessorCount
    let jobs = min(options.jobs ?? cores, lessons.count)
    let runner = Runner(lessons, arguments: Course.arguments(options, output, threads: max(1, cores / jobs)))
    let progress = Progress(lessons, console: console, reports: !options.quiet && !options.json)
    if !options.quiet { Terminal.reportSlowness(of: "course") }
    let start = ContinuousClock.now
    let (outcomes, interruption) = Course.run(runner, jobs: jobs, progress)
    switch interruption {
    case .signal(let number):
      Terminal.report("interrupted; pages that were not finished are as they were before", of: "course")
      return 128 + number
    case .failure(let failure): throw failure
    case nil: break
    }

    for outcome in outcomes {
      guard let failure = outcome.failure else { continue }
      Terminal.report("\(outcome.lesson.name): \(failure.message)", of: "course")
    }
    let index = try writeIndex(of: outcomes, complete: lessons == all, output, options)
    if options.json {
      try console.print(Course.json(outcomes) + "\n")
    } else if !options.quiet {
      let text = Course.total(outcomes, ContinuousClock.now - start) + "\n" + index + "\n"
      try console.print(text.wrapped(to: console.width, hanging: 2))
    }
    let page = output.appending(path: "index.html")
    if options.open, FileManager.default.fileExists(atPath: page.path) { Viewer.show(page, for: "course") }
    return outcomes.lazy.compactMap(\.failure).first?.exitCode ?? ExitCode.done.rawValue
  }

  /// Runs the lessons, which signals to this program reach; only until they have ended, so that afterwards these end it.
  private static func run(
    _ runner: Runner, jobs: Int, _ progress: Progress
  ) -> (outcomes: [Outcome], interruption: Runner.Interruption?) {
    let signals = Signals([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]) { number in
      number == SIGTSTP ? runner.suspend() : runner.interrupt(by: number)
    }
    progress.start()
    defer { progress.finish() }
    return withExtendedLifetime(signals) {
      runner.run(
        jobs: jobs, began: { progress.began($0) },
        ended: { outcome throws(Failure) in try progress.ended(outcome) })
    }
  }

  /// Makes sure that the lessons can write into `output`.
  private static func prepare(_ output: URL) throws(Failure) {
    do {
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make the folder \(output.path); name another with --output", code: .cannotCreate)
    }
    guard access(output.path, W_OK | X_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      throw Failure("cannot write into \(output.path): \(reason); name another with --output", code: .cannotCreate)
    }
    try Replacement.checkRoom(in: output)
    for name in Index.files { try Replacement.checkPlace(of: output.appending(path: name)) }
  }

  /// The command line of every lesson.
  private static func arguments(_ options: Options, _ output: URL, threads: Int) -> [String] {
    var arguments = ["--json", "--no-color", "--threads", "\(options.threads ?? threads)", "--output", output.path]
    if let seed = options.seed { arguments += ["--seed", "\(seed)"] }
    if let data = options.data { arguments += ["--data", data.path] }
    return arguments
  }

  /// Writes the index if it would be complete and belongs there; says whether it was written, and if not why.
  private func writeIndex(
    of outcomes: [Outcome], complete: Bool, _ output: URL, _ options: Options
  ) throws(Failure) -> String {
    let path = output.appending(path: "README.md").path
    let here = FileManager.default.currentDirectoryPath + "/"
    let file = path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    let kept = FileManager.default.fileExists(atPath: path) ? "\(file) is as it was" : "no index was written"
    guard complete else { return "\(kept): not all lessons were run" }
    let entries = outcomes.compactMap { outcome in outcome.report.map { (lesson: outcome.lesson, report: $0) } }
    guard entries.count == outcomes.count else { return "\(kept): a lesson has no page" }
    let experiment = entries.contains { $0.report.lesson != $0.lesson.name }
    guard options.output != nil || !experiment else {
      return "\(kept): \(file) is the index of the standard runs; name another folder with --output"
    }
    try Index(entries: entries, command: options.indexCommand).write(to: output)
    return "written: \(file)"
  }

  /// The lessons' own objects, word for word, and whether all passed.
  private static func json(_ outcomes: [Outcome]) -> String {
    let reports = outcomes.filter { $0.report != nil }.map(\.json).joined(separator: ",\n")
    return "{\"lessons\":[\(reports)],\"passed\":\(outcomes.allSatisfy { $0.failure == nil })}"
  }

  private static func total(_ outcomes: [Outcome], _ duration: Duration) -> String {
    let reports = outcomes.compactMap(\.report)
    let checks = reports.reduce(0) { $0 + $1.checks.count }
    let steps = reports.reduce(0) { $0 + $1.stepCount }
    let failed = outcomes.filter { $0.failure != nil }.map(\.lesson.name)
    let verdict = failed.isEmpty ? "all passed" : "FAILED: \(failed.joined(separator: ", "))"
    let counts = Report.counts(checks: checks, steps: steps)
    return
      "\(counted(outcomes.count, "lesson")), \(counts), \(verdict)  \(Progress.seconds(duration))"
  }
}
