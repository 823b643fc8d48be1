import Exercises
import Foundation
import Programs

/// A student's file, compiled to a program that answers questions.
struct AnswerProgram {
  let executable: URL
  /// Those functions of the lesson's exercises that the file has.
  let functions: Set<String>

  /// Why there is no program.
  enum Refusal: Error {
    /// What the compiler said, without the path of the file.
    case notCompiled(String)
  }

  /// How long the compiler may think about one file.
  static let patience = Duration.seconds(60)

  /// Compiles `file`, the answers to `exercises`, which are those of one lesson, in the empty folder `folder`.
  ///
  /// The file is compiled by itself, with nothing but the modules that the exercises import, so that what is wrong with
  /// it costs no other file. Those modules and their objects are taken from where the package manager has just put them.
  ///
  /// - Throws: ``Refusal`` if the file does not compile; ``Failure`` if nothing would.
  init(compiling file: URL, exercises: [Exercise], in folder: URL, toolchain: Toolchain) throws {
    let source: String
    do {
      source = try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw Refusal.notCompiled("\(file.lastPathComponent) is not a text in UTF-8")
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
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(60), execute: overdue)
    let said = compiler.drain()
    compiler.wait()
    overdue.cancel()
    switch compiler.reap() {
    case .exited(0): return
    case .signalled: throw Refusal.notCompiled("the compiler did not come to an end in \(AnswerProgram.patience)")
    case .exited:
      let text = String(decoding: said.output + said.errors, as: UTF8.self)
      throw Refusal.notCompiled(
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

/// What a student's file is compiled with.
struct Toolchain {
  let compiler: URL
  /// The folder of the compiled modules that the file may import.
  let modules: URL
  /// The objects of those modules.
  let objects: [URL]

  /// The modules that exercises may import, besides the toolchain's own.
  private static let imports = ["Exercises", "LinearAlgebra"]

  /// The toolchain for programs beside those that were built into `products`.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is no compiler, or no compiled module where the package manager
  ///   puts them.
  init(products: URL) throws(Failure) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let compilers = path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "swiftc") }
    guard let compiler = compilers.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw Failure("no swiftc in the folders of PATH; exercises are compiled with it", code: .inputMissing)
    }
    self.compiler = compiler
    modules = products.appending(path: "Modules")
    objects = Toolchain.imports.flatMap { module in
      let folder = products.appending(path: "\(module).build")
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return files.filter { $0.hasSuffix(".o") }.sorted().map { folder.appending(path: $0) }
    }
    let missing = Toolchain.imports.filter { module in
      !FileManager.default.fileExists(atPath: modules.appending(path: "\(module).swiftmodule").path)
        || !objects.contains { $0.deletingLastPathComponent().lastPathComponent == "\(module).build" }
    }
    guard missing.isEmpty else {
      throw Failure(
        "no compiled \(missing.joined(separator: " and ")) in \(products.path); run 'swift build' in the package first",
        code: .inputMissing)
    }
  }
}
