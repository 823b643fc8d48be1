import Exercises
import Foundation
import Programs
import RegexBuilder

/// A student's file, compiled to a program that answers questions.
struct AnswerProgram {
  let executable: URL
  /// Those functions of the lesson's exercises that the file has.
  let functions: Set<String>

  /// The compiler's programs leave its process group; should they outlive it, they have limits of their own: seconds of a
  /// processor, and KiB of memory where the system can limit that. A shell sets them and becomes the compiler.
  private static let limited = #"{ ulimit -t 30; ulimit -v 6291456; } 2>/dev/null; exec "$0" "$@""#
  /// A file of more bytes is not compiled.
  private static let longestSource = 1 << 20
  /// How many bytes of the compiler's messages are kept.
  private static let longestMessage = 1 << 18

  /// Compiles `file`, the answers to `exercises`, which are those of one lesson, in the empty folder `folder`; the compiler may
  /// take `patience` seconds.
  ///
  /// The file is compiled by itself, with nothing but the modules that the exercises import, so that what is wrong with
  /// it costs no other file. Those modules and their objects are taken from where the package manager has just put them.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if the file does not compile; ``Failure`` if nothing would.
  init(compiling file: URL, exercises: [Exercise], in folder: URL, toolchain: Toolchain, patience: Int) throws {
    let source = try AnswerProgram.text(of: file)
    if let module = AnswerProgram.imports(of: source).first(where: toolchain.refuses) {
      throw Verdict.notCompiled(
        "\(file.lastPathComponent) imports \(module); answers may import \(Toolchain.imports.joined(separator: ", ")) "
          + "and the toolchain's own modules, such as Foundation")
    }
    let present = exercises.map(\.function).filter { AnswerProgram.declares($0, in: source) }
    functions = Set(present)
    executable = folder.appending(path: "answers")
    let copy = folder.appending(path: file.lastPathComponent)
    let main = folder.appending(path: "main.swift")
    try source.write(to: copy, atomically: false, encoding: .utf8)
    try AnswerProgram.main(answering: present).write(to: main, atomically: false, encoding: .utf8)

    // In two steps: an object can ask for any flag of the linker, and with one of them run what it likes.
    let object = folder.appending(path: "answers.o")
    let compile = [
      "-swift-version", "6", "-module-name", "Answers", "-suppress-warnings", "-wmo", "-c", copy.path, main.path,
      "-I", toolchain.modules.path, "-Xcc", "-fmodule-map-file=\(Toolchain.headers.path)", "-o", object.path,
    ]
    // The compiler keeps what it makes of the system's headers below the user's home; not every user has one.
    let hasHome = access(FileManager.default.homeDirectoryForCurrentUser.path, W_OK | X_OK) == 0
    let cache = hasHome ? [] : ["-module-cache-path", folder.appending(path: "modules").path]
    if let message = try AnswerProgram.run(toolchain.compiler, compile + cache, in: folder, patience: patience) {
      throw Verdict.notCompiled(AnswerProgram.changedDeclarations(message, answering: present) ?? message)
    }
    try AnswerProgram.checkLinkerFlags(of: object, toolchain, in: folder, patience: patience)
    let link = [object.path] + toolchain.objects.map(\.path) + ["-o", executable.path]
    if let message = try AnswerProgram.run(toolchain.compiler, link, in: folder, patience: patience) {
      throw Verdict.notCompiled(message)
    }
    chmod(executable.path, 0o755)
  }

  /// Runs one of the toolchain's programs with limits, and returns what it said if it failed.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if it did not come to an end in `patience` seconds, or crashed.
  private static func run(_ tool: URL, _ arguments: [String], in folder: URL, patience: Int) throws -> String? {
    // Interrupted, the compiler ends what it has started; killed, it could not.
    let process = try Holdings.start(
      endedBy: SIGINT, URL(filePath: "/bin/sh"), ["-c", limited, tool.path] + arguments,
      // What it leaves when it is ended goes with the folder.
      environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 })
    let endings = [(patience, SIGINT), (patience + 2, SIGKILL)].map { seconds, signal in
      let ending = DispatchWorkItem { process.send(signal) }
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: ending)
      return ending
    }
    let said = process.drain(keeping: longestMessage)
    process.wait()
    Holdings.release(process)
    for ending in endings { ending.cancel() }
    switch process.reap() {
    case .exited(0): return nil
    case .signalled(SIGINT), .signalled(SIGKILL):
      throw Verdict.notCompiled("the compiler did not come to an end in \(patience) s")
    case .signalled(let signal): throw Verdict.notCompiled("the compiler crashed (\(Signals.name(signal)))")
    case .exited:
      return String(decoding: said.output + said.errors, as: UTF8.self)
        .replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// - Throws: ``Verdict/notCompiled(_:)`` if the object asks the linker for anything but libraries by their names.
  private static func checkLinkerFlags(
    of object: URL, _ toolchain: Toolchain, in folder: URL, patience: Int
  ) throws {
    guard let extractor = toolchain.autolinkExtractor else { return }
    let list = folder.appending(path: "answers.autolink")
    let message = try run(extractor, [object.path, "-o", list.path], in: folder, patience: patience)
    let flags = try? String(contentsOf: list, encoding: .utf8)
    guard message == nil, let flags,
      flags.split(whereSeparator: \.isWhitespace).allSatisfy({ $0.wholeMatch(of: /-l[A-Za-z0-9_.+\-]+/) != nil })
    else { throw Verdict.notCompiled("the file asks the linker for more than libraries") }
  }

  private static func text(of file: URL) throws(Verdict) -> String {
    let name = file.lastPathComponent
    guard let handle = try? FileHandle(forReadingFrom: file),
      let bytes = try? handle.read(upToCount: longestSource + 1) ?? Data()
    else { throw .notCompiled("\(name) cannot be read") }
    guard bytes.count <= longestSource else { throw .notCompiled("\(name) is larger than \(longestSource >> 20) MiB") }
    guard let text = String(bytes: bytes, encoding: .utf8) else { throw .notCompiled("\(name) is not a text in UTF-8") }
    return text
  }

  /// What to say if all of the compiler's errors are in the program around the functions: that has a line for each.
  private static func changedDeclarations(_ message: String, answering functions: [String]) -> String? {
    let errors = message.matches(of: /(?m)^(?<file>[^:\n]+):(?<line>\d+):\d+: error:/)
    let lines = errors.compactMap { $0.file == "main.swift" ? Int($0.line) : nil }
    guard !lines.isEmpty, lines.count == errors.count else { return nil }
    let names = lines.compactMap {
      functions.indices.contains($0 - firstAnswerLine) ? functions[$0 - firstAnswerLine] : nil
    }
    guard names.count == lines.count else { return nil }
    let list = functions.filter(names.contains).joined(separator: ", ")
    return
      "the first line of \(list) is not that of the exercise, or not at the top level of the file; put it back as it was"
  }

  /// The modules that `source` imports.
  private static func imports(of source: String) -> [String] {
    let kind = /(?:struct|class|enum|protocol|func|let|var|typealias)[ \t]+/
    let declaration = Regex {
      /[ \t]*(?:@\w+[ \t]+)*(?:\w+[ \t]+)?import[ \t]+/
      Optionally { kind }
      Capture { /\w+/ }
    }
    return source.split(whereSeparator: \.isNewline).filter { $0.contains("import") }
      .compactMap { $0.prefixMatch(of: declaration).map { String($0.1) } }
  }

  private static func declares(_ function: String, in source: String) -> Bool {
    // Not after a slash, where a comment may begin.
    guard let declaration = try? Regex("[^/]*\\bfunc +\(function) *[(<].*") else { return false }
    return source.split(whereSeparator: \.isNewline).contains { $0.wholeMatch(of: declaration) != nil }
  }

  /// The line of the program below that has the first function.
  private static let firstAnswerLine = 4

  /// The program around the student's functions.
  private static func main(answering functions: [String]) -> String {
    """
    import Exercises

    Exercises.answerQuestions([
    \(functions.map { "  Exercises.Answer(\"\($0)\", \($0))," }.joined(separator: "\n"))
    ])

    """
  }
}
