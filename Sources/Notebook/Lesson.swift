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

  let summary: String
  let sourceFile: URL
  private(set) var options: Options
  let console: Console
  private(set) var knobs: [Knob] = []
  var run: Run?

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
    precondition(!Options.isCommon(name), "the knob '\(name)' has the name of an option that every lesson has")
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
        page: Page(
          slug: slug, title: title, command: command,
          neighbours: Curriculum(lessonSource: sourceFile).neighbours(of: program)),
        bibliography: try Lesson.courseTable("SOURCES.md", ofLesson: self.folder).map(Bibliography.init(markdown:))
          ?? Bibliography())
    }
  }

  /// What distinguishes this run from the committed one: the knobs that were turned, another seed, other data.
  var variation: [(name: String, value: String)] {
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

  /// The message and exit code of any error that may reach a lesson.
  static func failure(_ error: any Error, hint program: String) -> LessonFailure {
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
