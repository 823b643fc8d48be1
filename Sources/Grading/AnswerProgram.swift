import Exercises
import Foundation
import Programs

/// A student's file, compiled to a program that answers questions.
struct AnswerProgram {
  let executable: URL
  /// Those functions of the lesson's exercises that the file has.
  let functions: Set<String>

  /// How many seconds the compiler may think about one file.
  private static let patience = 60

  /// Compiles `file`, the answers to `exercises`, which are those of one lesson, in the empty folder `folder`.
  ///
  /// The file is compiled by itself, with nothing but the modules that the exercises import, so that what is wrong with
  /// it costs no other file. Those modules and their objects are taken from where the package manager has just put them.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if the file does not compile; ``Failure`` if nothing would.
  init(compiling file: URL, exercises: [Exercise], in folder: URL, toolchain: Toolchain) throws {
    let source: String
    do {
      source = try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw Verdict.notCompiled("\(file.lastPathComponent) is not a text in UTF-8")
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
    let compiler = try ChildProcess(
      toolchain.compiler, arguments + toolchain.objects.map(\.path) + ["-o", executable.path])
    let overdue = DispatchWorkItem { compiler.send(SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(AnswerProgram.patience), execute: overdue)
    let said = compiler.drain()
    compiler.wait()
    overdue.cancel()
    switch compiler.reap() {
    case .exited(0): return
    case .signalled: throw Verdict.notCompiled("the compiler did not come to an end in \(AnswerProgram.patience) s")
    case .exited:
      let text = String(decoding: said.output + said.errors, as: UTF8.self)
      throw Verdict.notCompiled(
        text.replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  private static func declares(_ function: String, in source: String) -> Bool {
    source.split(separator: "\n").contains { line in
      guard let range = line.firstRange(of: "func \(function)") else { return false }
      return line[range.upperBound...].first.map { "(<".contains($0) } ?? false
    }
  }

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
