import Datasets
import Foundation
import LinearAlgebra
import Programs

/// A running lesson: it weaves the lesson's own source with what its code produces, like a notebook.
///
/// ```swift
/// let lesson = Lesson("Every matrix is a rotation, a stretch and a rotation, and its best approximation cuts the stretch.")
/// let k = lesson.knob("rank", 8, in: 1...64, "the rank of the approximations")
/// let X = lesson.images(ImageNeeds(pixels: 64)).pixels
/// lesson.derive("…") { proof in … }
/// lesson.check("error² is the tail of σ²", error, equals: tail, within: 1e-12)
/// lesson.figure("scree", "The singular values fall fast.") { Figure(…) { … } }
/// lesson.finish()
/// ```
///
/// Each call stands for one block of the page and is placed after the code cell in which it is made. On the terminal
/// blocks appear as they are computed; the page is written when the lesson is finished.
@MainActor
public final class Lesson {
  /// The seed of every random number of this run.
  public var seed: UInt64 { options.seed }

  private let summary: String
  private let sourceFile: URL
  private(set) var options: Options
  private let console: Console
  private var knobs: [Knob] = []
  private var run: Run?

  /// What is known once the command line has been read to its end.
  private struct Run {
    let source: LessonSource
    let folder: PageFolder
    let terminal: TerminalPage
    var page: Page
    /// The images that `--data` names, once they are read.
    var ownImages: OwnImages?
    /// How many of the source's segments are in the page.
    var woven = 0
  }

  /// Starts a lesson.
  ///
  /// - Parameter summary: one sentence, what the lesson shows; it stands in the index.
  public init(_ summary: String, sourceFile: String = #filePath) {
    self.summary = summary
    self.sourceFile = URL(fileURLWithPath: sourceFile)
    let program = self.sourceFile.deletingLastPathComponent().lastPathComponent
    do {
      options = try Options(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Console(program: program, color: false, progress: false).fail(Lesson.failure(error, hint: program))
    }
    Lifeline.follow()
    console = Console(program: program, color: options.color, progress: !options.quiet)
  }

  /// A number that `--name` sets on the command line.
  ///
  /// Knobs are declared before anything else is done with the lesson, so that `--help` knows them all. A value outside
  /// `range` ends the process with ``ExitCode/usage``.
  public func knob<Number: LosslessStringConvertible & Comparable>(
    _ name: String, _ standard: Number, in range: ClosedRange<Number>, _ purpose: String
  ) -> Number {
    precondition(!knobs.contains { $0.name == name }, "the knob '\(name)' is declared twice")
    precondition(run == nil, "the knob '\(name)' is declared after the lesson has begun")
    return attempt {
      let value =
        options.help
        ? standard : try options.claim(name).map { try Options.number($0, for: "--\(name)", in: range) } ?? standard
      knobs.append(
        Knob(
          name: name, purpose: purpose, range: "\(range.lowerBound) to \(range.upperBound)", standard: "\(standard)",
          example: "\(range.upperBound)", value: "\(value)"))
      return value
    }
  }

  /// The images of the lesson: the 1,797 embedded digits, or the first 2,000 of the set that `--data` names. A file that is
  /// missing or malformed, and images that do not meet the lesson's `needs`, end the process with their error. The page
  /// says at its head which images it is about.
  public func images(_ needs: ImageNeeds) -> LabelledImages {
    begin()
    return attempt {
      guard let data = options.data else { return .digits }
      let own = try OwnImages(at: data, limit: 2000)
      try needs.check(own.images)
      run?.ownImages = own
      if !options.quiet, !options.json, let run {
        try console.print(run.terminal.render(.prose(Prose(blocks: [Notice.ownImages(own)]))) + "\n\n")
      }
      return own.images
    }
  }

  /// The random numbers of this run for one purpose: streams of different names are independent.
  public func stream(_ name: String) -> RandomStream { RandomStream(seed: seed, name: name) }

  /// Runs `work`; an error ends the process with its message and exit code.
  public func attempt<Value>(_ work: () throws -> Value) -> Value {
    do {
      return try work()
    } catch {
      console.fail(Lesson.failure(error, hint: console.program))
    }
  }

  /// Appends a block at `line` of the source: the source up to the end of that line's cell comes before it.
  func append(line: Int, _ block: () throws -> Block) {
    begin()
    weave(through: line)
    attempt {
      do {
        emit(try block())
      } catch let error as TeXError {
        throw LessonSourceError.prose(ProseError(line: line, problem: .formula(error)))
      } catch let error as ProseError {
        throw LessonSourceError.prose(error)
      }
    }
  }

  /// The folder of the lesson's source.
  var folder: URL { sourceFile.deletingLastPathComponent() }

  /// Shows how far a long computation is, on a terminal only.
  public func progress(_ label: String, _ share: Double) { console.progress(label, share) }

  /// Reads the command line to its end: help, unknown options, output folder, source. Done once, at the first use.
  func begin() {
    guard run == nil else { return }
    attempt {
      let program = console.program
      if let (name, _) = options.unclaimed.first, !options.help {
        let known = knobs.map { "--\($0.name)" }
        throw LessonFailure(
          "unknown option '\(name)'\(known.isEmpty ? "" : "; the knobs here are \(known.joined(separator: ", "))")",
          code: .usage)
      }
      let source = try LessonSource(contentsOf: sourceFile)
      let title = source.title ?? program
      if options.help {
        let help = Help(program: program, title: title, summary: summary, knobs: knobs)
        try console.print(help.manual.text(width: console.width))
        exit(ExitCode.done.rawValue)
      }
      // `course` says it once for all lessons, which it runs with --json.
      if !options.quiet, !options.json { Terminal.reportSlowness(of: program) }
      if let threads = options.threads { Parallelism.threads = threads }
      let root = folder.deletingLastPathComponent().deletingLastPathComponent()
      let slug = program + variation.map { "+\($0.name)=\(Lesson.folderName($0.value, of: $0.name))" }.joined()
      let command = "swift run \(program)" + variation.map { " --\($0.name) \(Lesson.quoted($0.value))" }.joined()
      let folder = try PageFolder(
        (options.output ?? root.appendingPathComponent("Outputs")).appendingPathComponent(slug))
      run = Run(
        source: source, folder: folder,
        terminal: TerminalPage(style: console.style, width: console.width, showsCode: options.code),
        page: Page(slug: slug, title: title, command: command))
    }
  }

  /// What distinguishes this run from the committed one: the knobs that were turned, another seed, other data.
  private var variation: [(name: String, value: String)] {
    var parts = knobs.filter(\.turned).map { (name: $0.name, value: $0.value) }
    if options.seed != Options.defaultSeed { parts.append(("seed", "\(options.seed)")) }
    if let data = options.data { parts.append(("data", data.relativePath)) }
    return parts
  }

  /// The part of a folder's name that stands for a variation's value: a path is all of it, but for the folder in which the
  /// program runs, so that sets of the same name in two folders have two pages.
  private static func folderName(_ value: String, of name: String) -> String {
    guard name == "data" else { return value }
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).standardizedFileURL.pathComponents
    let path = URL(fileURLWithPath: value).standardizedFileURL.pathComponents
    let parts = path.starts(with: here) && path.count > here.count ? path.dropFirst(here.count) : path.dropFirst()
    let text = parts.joined(separator: "-").map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" }
    return String(text.suffix(100))
  }

  /// An argument as a shell takes it.
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/+=:,".contains($0)) }
    return isPlain ? argument : "'\(argument.replacing("'", with: #"'\''"#))'"
  }

  /// What is to be considered where a check of a run other than the committed one fails.
  private var caution: String {
    guard !variation.isEmpty else { return "" }
    let changes = variation.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return """

      (with \(changes): a derivation holds for any numbers, but the check of an experiment is a claim about the lesson's own \
      digits and draws, and may fail on others)
      """
  }

  /// Moves the source's segments that begin up to `line` into the page.
  private func weave(through line: Int) {
    guard let segments = run?.source.segments, let woven = run?.woven else { return }
    let due = segments.dropFirst(woven).prefix { $0.lines.lowerBound <= line }
    for (_, segment) in due {
      switch segment {
      case .prose(let prose): emit(.prose(prose))
      case .code(let cell) where ["lesson.finish()", "lesson.exercises()"].contains(cell.text): break
      case .code(let cell): emit(.code(cell))
      case .question(let question): emit(.question(question))
      }
    }
    run?.woven += due.count
  }

  private func emit(_ block: Block) {
    let previous = run?.page.blocks.last
    run?.page.blocks.append(block)
    guard let run, !options.json, !options.quiet else { return }
    console.clearProgress()
    attempt { try console.print(TerminalPage.gap(between: previous, and: block) + run.terminal.render(block) + "\n") }
  }

  /// Writes the page and ends the process: with ``ExitCode/done``, or with ``ExitCode/checkFailed`` after naming what
  /// failed.
  public func finish() -> Never {
    begin()
    weave(through: .max)
    console.clearProgress()
    guard let run else { exit(ExitCode.done.rawValue) }
    var page = run.page
    page.head(with: [run.ownImages.map(Notice.ownImages), Notice.failures(page)].compactMap(\.self))
    attempt {
      if options.json {
        try console.print(Report(page, summary: summary, seed: options.seed, knobs: knobs).json())
      }
      try run.folder.write(page.illustrations.map { ($0.file, $0.svg) } + [("README.md", page.markdown)])
      // The page is there now: that nobody reads on is no failure.
      if !options.json, !options.quiet { try? console.print(closing(page, run.folder)) }
    }
    guard page.passed else { console.fail(LessonFailure(page.failures + caution, code: .checkFailed)) }
    exit(ExitCode.done.rawValue)
  }

  /// What was checked, where the page is, what the student's answers are worth, and what to run next.
  private func closing(_ page: Page, _ folder: PageFolder) -> String {
    let lines = page.derivations.reduce(0) { $0 + $1.steps.count }
    let worst = page.derivations.map(\.worstResidual).reduce(0) { $1 <= $0 ? $0 : $1 }
    var counts: [String] = []
    if !page.checks.isEmpty { counts.append(counted(page.checks.count, "check")) }
    if lines > 0 {
      let derivations = counted(page.derivations.count, "derivation")
      counts.append("\(counted(lines, "line")) of \(derivations) (worst residual \(Numeral.residual(worst)))")
    }
    let verdict = page.passed ? "all hold" : "NOT all hold"
    var text = counts.isEmpty ? "nothing was checked\n" : "\(counts.joined(separator: " and ")): \(verdict)\n"
    let figures = page.illustrations.isEmpty ? "" : " and \(counted(page.illustrations.count, "figure"))"
    text += "written: \(folder.url.appendingPathComponent("README.md").relativePath)\(figures)\n"
    let marks = page.exercises?.marks(width: console.width) ?? ""
    let next = Curriculum(lessonSource: sourceFile).lesson(after: console.program)
    let end = next.map { "next: swift run \($0)\n" } ?? ""
    // The grader has broken its lines itself.
    return "\n" + text.wrapped(to: console.width, hanging: 2) + marks + end.wrapped(to: console.width)
  }

  /// The message and exit code of any error that may reach a lesson.
  private static func failure(_ error: any Error, hint program: String) -> LessonFailure {
    switch error {
    case let failure as LessonFailure where failure.code == .usage:
      LessonFailure("\(failure.message). See: swift run \(program) --help", code: .usage)
    case let failure as LessonFailure: failure
    case let error as DataError:
      LessonFailure("\(error)", code: error.kind == .missing ? .inputMissing : .badData)
    case let error as UnfitImages: LessonFailure("\(error)", code: .badData)
    case LessonSourceError.unreadable: LessonFailure("\(error)", code: .inputMissing)
    case is LessonSourceError: LessonFailure("\(error)", code: .badData)
    default: LessonFailure("\(error)", code: .checkFailed)
    }
  }
}

extension Page {
  /// One line for each check, each line of a derivation and each figure that failed.
  var failures: String {
    let checks = checks.filter { !$0.passed }.map { "check failed: \($0.claim.plainText): \($0.statement)" }
    let lines = derivations.flatMap { derivation in
      derivation.steps.filter { !$0.passed }.map { step in
        let (residual, allowed) = step.residualAgainstTolerance
        return """
          derivation failed: \(derivation.title.plainText): \(step.relation?.rawValue ?? "") \(step.formula.unicode): \
          residual \(residual), allowed \(allowed)
          """
      }
    }
    let figures = undrawn.map(\.sentence.plainText)
    return (checks + lines + figures).joined(separator: "\n")
  }
}
