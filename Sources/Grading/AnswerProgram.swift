import Exercises
import Foundation
import Programs

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

    let arguments = [
      "-swift-version", "6", "-module-name", "Answers", "-suppress-warnings", "-I", toolchain.modules.path,
      copy.path, main.path,
    ]
    // Interrupted, the compiler ends what it has started; killed, it could not.
    let compiler = try Holdings.start(
      endedBy: SIGINT, URL(filePath: "/bin/sh"),
      ["-c", AnswerProgram.limited, toolchain.compiler.path] + arguments + toolchain.objects.map(\.path)
        + ["-o", executable.path],
      // What it leaves when it is ended goes with the folder.
      environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 })
    let endings = [(patience, SIGINT), (patience + 2, SIGKILL)].map { seconds, signal in
      let ending = DispatchWorkItem { compiler.send(signal) }
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: ending)
      return ending
    }
    let said = compiler.drain()
    compiler.wait()
    Holdings.release(compiler)
    for ending in endings { ending.cancel() }
    switch compiler.reap() {
    case .exited(0): chmod(executable.path, 0o755)
    case .signalled(SIGINT), .signalled(SIGKILL):
      throw Verdict.notCompiled("the compiler did not come to an end in \(patience) s")
    case .signalled(let signal): throw Verdict.notCompiled("the compiler crashed (\(Signals.name(signal)))")
    case .exited:
      let text = String(decoding: said.output + said.errors, as: UTF8.self)
        .replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
      throw Verdict.notCompiled(AnswerProgram.changedDeclarations(text, answering: present) ?? text)
    }
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
    guard let first = names.first, names.count == lines.count else { return nil }
    let list = Set(names).count == 1 ? first : functions.filter(names.contains).joined(separator: ", ")
    return
      "the first line of \(list) is not that of the exercise, or not at the top level of the file; put it back as it was"
  }

  /// The modules that `source` imports.
  private static func imports(of source: String) -> [String] {
    source.matches(
      of:
        /(?m)^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(?<module>\w+)/
    ).map { String($0.module) }
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
