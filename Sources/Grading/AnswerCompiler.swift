import Foundation
import Programs

/// Compiles and links one program.
final class AnswerCompiler {
  private let workshop: Workshop
  private let folder: URL
  private let deadline: ContinuousClock.Instant
  private let patience: Int
  /// Whether the last source did not compile.
  private(set) var failed = false

  /// The compiler's programs leave its process group; should they outlive it, they have limits of their own: seconds of a
  /// processor, and KiB of memory where the system can limit that. A shell sets them and becomes the compiler.
  private static let limited = #"{ ulimit -t 30; ulimit -v 6291456; } 2>/dev/null; exec "$0" "$@""#
  /// How many bytes of the compiler's messages are kept.
  private static let longestMessage = 1 << 18

  init(workshop: Workshop, folder: URL, deadline: ContinuousClock.Instant, patience: Int) {
    (self.workshop, self.folder, self.deadline, self.patience) = (workshop, folder, deadline, patience)
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

  /// Runs one of the toolchain's programs with limits, and returns what it said if it failed.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if it did not come to an end in time, or crashed; ``Failure`` with exit code 71
  ///   if that, or what it said, may have come of a full disk: no student's fault.
  private func run(_ tool: URL, _ arguments: [String]) throws -> String? {
    // Interrupted, the compiler ends what it has started; killed, it could not.
    let process = try Holdings.start(
      endedBy: SIGINT, URL(filePath: "/bin/sh"), ["-c", AnswerCompiler.limited, tool.path] + arguments,
      // What it leaves when it is ended goes with the folder.
      environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 })
    let left = max(0, ContinuousClock.now.duration(to: deadline) / .seconds(1))
    let endings = [(left, SIGINT), (left + 2, SIGKILL)].map { seconds, signal in
      let ending = DispatchWorkItem { process.send(signal) }
      DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: ending)
      return ending
    }
    let said = process.drain(keeping: AnswerCompiler.longestMessage)
    process.wait()
    Holdings.release(process)
    for ending in endings { ending.cancel() }
    let end = process.reap()
    if end != .exited(0) { try workshop.checkRoom() }
    switch end {
    case .exited(0): return nil
    case .signalled(SIGINT), .signalled(SIGKILL):
      throw Verdict.notCompiled("the compiler did not come to an end in \(patience) s")
    case .signalled(let signal): throw Verdict.notCompiled("the compiler crashed (\(Signals.name(signal)))")
    case .exited:
      return String(decoding: said.output + said.errors, as: UTF8.self)
        .replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
