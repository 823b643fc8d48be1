import Foundation
import Programs

/// Compiles and links one program.
final class AnswerCompiler {
  private let workshop: Workshop
  private let folder: URL
  private let patience: Int
  /// How much of the patience is left.
  private var left: Duration
  /// Whether the last source did not compile.
  private(set) var failed = false

  /// The compiler's programs leave its process group; should they outlive it, they have limits of their own: seconds of a
  /// processor, and KiB of memory where the system can limit that. A shell sets them and becomes the compiler. The first limit
  /// of time is told from being killed for want of memory by its own signal.
  private static let limited =
    #"{ ulimit -S -t \#(processorSeconds); ulimit -H -t 90; ulimit -v 6291456; } 2>/dev/null; exec "$0" "$@""#
  private static let processorSeconds = 30
  /// How many bytes of the compiler's messages are kept.
  private static let longestMessage = 1 << 18

  /// - Parameter patience: how many seconds the toolchain's programs may take, all together.
  init(workshop: Workshop, folder: URL, patience: Int) {
    (self.workshop, self.folder, self.patience) = (workshop, folder, patience)
    left = .seconds(patience)
  }

  private var object: URL { folder.appending(path: "answers.o") }

  /// Compiles `text` as the file `name`, and returns what the compiler said if it failed.
  func compile(_ text: String, name: String) throws -> String? {
    let file = folder.appending(path: name)
    let main = folder.appending(path: "main.swift")
    do {
      try text.write(to: file, atomically: false, encoding: .utf8)
      try "import Exercises\n\nExercises.answerQuestions(\(AnswerAttempt.list)())\n"
        .write(to: main, atomically: false, encoding: .utf8)
    } catch {
      throw Failure("cannot write into \(folder.path): \(String(cString: strerror(errno)))", code: .cannotMark)
    }
    // In two steps: an object can ask for any flag of the linker, and with one of them run what it likes.
    let message = try run(
      workshop.toolchain.compiler,
      [
        "-swift-version", "6", "-module-name", "Answers", "-suppress-warnings", "-wmo", "-c", file.path, main.path,
        "-module-cache-path", workshop.moduleCache.path, "-I", workshop.toolchain.modules.path,
        "-Xcc", "-fmodule-map-file=\(Toolchain.headers.path)", "-o", object.path,
      ])
    failed = message != nil
    return message
  }

  /// Links what was compiled, and returns the program.
  func link() throws -> URL {
    try checkLinkerFlags()
    let program = folder.appending(path: "answers")
    let objects = workshop.toolchain.objects.map(\.path)
    if let message = try run(workshop.toolchain.compiler, [object.path] + objects + ["-o", program.path]) {
      throw Verdict.notCompiled(message)
    }
    return program
  }

  /// - Throws: ``Verdict/notCompiled(_:)`` if the object asks the linker for anything but libraries by their names.
  private func checkLinkerFlags() throws {
    guard let extractor = workshop.toolchain.autolinkExtractor else { return }
    let list = folder.appending(path: "answers.autolink")
    let message = try run(extractor, [object.path, "-o", list.path])
    let flags = try? String(contentsOf: list, encoding: .utf8)
    guard message == nil, let flags,
      flags.split(whereSeparator: \.isWhitespace).allSatisfy({ $0.wholeMatch(of: /-l[A-Za-z0-9_.+\-]+/) != nil })
    else { throw Verdict.notCompiled("the file asks the linker for more than libraries") }
  }

  /// Why one of the toolchain's programs did not do its work.
  private enum Trouble {
    case message(String)
    /// It was ended by ``run(_:_:)``.
    case late
    /// Somebody else has ended it, as systems do for want of memory.
    case killed
    case crashed(Int32)

    /// Whether the machine may be the cause, and not what was compiled: which of them, another attempt shows.
    var mayPass: Bool {
      switch self {
      case .message(let text): AnswerAttempt.errors(in: text).isEmpty
      case .late, .killed: true
      case .crashed(let signal): signal != SIGXCPU
      }
    }
  }

  /// Runs one of the toolchain's programs with limits, and returns what it said if it failed; after a failure that may be the
  /// machine's once more, while nothing else is compiled.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if it did not come to an end in time, or crashed; ``Failure`` with exit code 71
  ///   if it was killed, or if that, or what it said, may have come of a full disk: no student's fault.
  private func run(_ tool: URL, _ arguments: [String]) throws -> String? {
    var trouble = try workshop.compilations.sync { try attempt(tool, arguments) }
    if trouble?.mayPass == true {
      left = .seconds(patience)
      trouble = try workshop.compilations.sync(flags: .barrier) { try attempt(tool, arguments) }
    }
    switch trouble {
    case nil: return nil
    case .message(let text): return text
    case .late: throw Verdict.notCompiled("the compiler did not come to an end in \(patience) s")
    case .killed:
      throw Failure(
        "the compiler was killed twice, though not by this program: perhaps for want of memory", code: .cannotMark)
    case .crashed(SIGXCPU):
      throw Verdict.notCompiled(
        "the compiler did not come to an end in \(AnswerCompiler.processorSeconds) s of a processor")
    case .crashed(let signal): throw Verdict.notCompiled("the compiler crashed (\(Signals.name(signal)))")
    }
  }

  /// Runs one of the toolchain's programs in the time that is left.
  private func attempt(_ tool: URL, _ arguments: [String]) throws -> Trouble? {
    let start = ContinuousClock.now
    defer { left -= .now - start }
    // Interrupted, the compiler ends what it has started; killed, it could not.
    let process = try Holdings.start(
      endedBy: SIGINT, URL(filePath: "/bin/sh"), ["-c", AnswerCompiler.limited, tool.path] + arguments,
      // What it leaves when it is ended goes with the folder.
      environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 })
    let deadline = start + max(.zero, left)
    let said = process.drainToEnd(
      keeping: AnswerCompiler.longestMessage, sending: [(deadline, SIGINT), (deadline + .seconds(2), SIGKILL)])
    Holdings.release(process)
    let end = process.reap()
    if end != .exited(0) { try workshop.checkRoom() }
    switch end {
    case .exited(0): return nil
    case _ where said.sent != nil: return .late
    case .signalled(let signal):
      return [SIGKILL, SIGTERM, SIGINT, SIGHUP].contains(signal) ? .killed : .crashed(signal)
    case .exited:
      let text = String(decoding: said.output + said.errors, as: UTF8.self)
        .replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
      // One of several programs that the compiler has started.
      let wasKilled = text.contains(/(?m)^error: .* due to signal 9\b|^clang: error: .*: Killed$/)
      return wasKilled && AnswerAttempt.errors(in: text).isEmpty ? .killed : .message(text)
    }
  }
}
