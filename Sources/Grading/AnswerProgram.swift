import Exercises
import Foundation
import Programs
import RegexBuilder

/// A student's file, compiled to a program that answers questions.
struct AnswerProgram {
  let image: ProgramImage
  /// Those functions of the lesson's exercises that are not in the program, and why.
  let lost: [String: Verdict]

  /// A file of more bytes is not compiled.
  private static let longestSource = 1 << 20
  /// How often a file is compiled at most, each time with less of it.
  private static let mostAttempts = 6

  /// Compiles `file`, the answers to the exercises of `lesson`; the compiler may take `patience` seconds in all.
  ///
  /// The file is compiled by itself, with nothing but the modules that the exercises import, so that what is wrong with
  /// it costs no other file; and again without the functions that do not compile, so that these cost no other function.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if the file does not compile even so; ``Failure`` if nothing would.
  init(compiling file: URL, lesson: Int, in workshop: Workshop, patience: Int) throws {
    let text = try AnswerProgram.text(of: file)
    self = try workshop.programs.program(of: "\(lesson) \(text)") {
      try AnswerProgram(
        compiling: text, name: file.lastPathComponent,
        examinations: Exercise.ofLesson(lesson).map { try Examination(of: $0) },
        in: workshop, patience: patience)
    }
  }

  init(compiling text: String, name: String, examinations: [Examination], in workshop: Workshop, patience: Int) throws {
    if let module = AnswerProgram.imports(of: text).first(where: workshop.toolchain.refuses) {
      throw Verdict.notCompiled(
        "\(name) imports \(module); answers may import \(Toolchain.imports.joined(separator: ", ")) "
          + "and the toolchain's own modules, such as Foundation")
    }
    let folder = try workshop.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let compiler = AnswerCompiler(workshop: workshop, folder: folder, patience: patience)
    var attempt = AnswerAttempt(text: text, name: name, examinations: examinations)
    for _ in 1..<AnswerProgram.mostAttempts {
      guard let message = try compiler.compile(attempt.text, name: name) else { break }
      try attempt.giveUp(after: message)
    }
    // What the last attempt left was not compiled yet.
    if compiler.failed, let message = try compiler.compile(attempt.text, name: name) {
      throw Verdict.notCompiled(message)
    }
    image = try ProgramImage(try compiler.link())
    lost = attempt.lost
  }

  static func text(of file: URL) throws(Verdict) -> String {
    let name = file.lastPathComponent
    // Not through a link, and without waiting for whoever would write into a pipe.
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .notCompiled("\(name) cannot be read") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      let bytes = try? handle.read(upToCount: longestSource + 1) ?? Data()
    else { throw .notCompiled("\(name) cannot be read") }
    guard bytes.count <= longestSource else { throw .notCompiled("\(name) is larger than \(longestSource >> 20) MiB") }
    guard let text = String(bytes: bytes, encoding: .utf8), !text.contains("\0") else {
      throw .notCompiled(
        "\(name) is not a text in UTF-8; save it again with the encoding UTF-8, not UTF-16 or that of a word processor")
    }
    return text
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
}
