import Exercises
import Foundation
import Grading
import Programs
import Testing

/// Where `grade` writes, and what it opens, if a submission has been laid out to lead it elsewhere.
@Suite("Output, and links in submissions")
struct OutputTests {
  private func grade(_ arguments: [String]) throws -> (errors: String, end: ChildProcess.End) {
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    let said = process.drain()
    return (String(decoding: said.errors, as: UTF8.self), process.reap())
  }

  private func link(_ place: URL, to target: URL) throws {
    try FileManager.default.createSymbolicLink(at: place, withDestinationURL: target)
  }

  /// A submission, and beside it a file that is not to change.
  private func place() throws -> (scratch: Scratch, submission: URL, precious: URL) {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "s/Exercises01.swift")
    let precious = try scratch.write("precious", to: "precious.txt")
    return (scratch, scratch.folder.appending(path: "s"), precious)
  }

  @Test func `a report goes through no link`() throws {
    let (scratch, submission, precious) = try place()
    try link(submission.appending(path: "marks.txt"), to: precious)
    try link(submission.appending(path: "out"), to: scratch.folder)
    try link(scratch.folder.appending(path: "marks.txt"), to: precious)
    for output in ["s/marks.txt", "s/out/precious.txt", "s/out/new.txt", "s/../marks.txt", "s/./out/../precious.txt"] {
      let run = try grade(
        ["--lesson", "1", "--exercises", submission.path, "--output", "\(scratch.folder.path)/\(output)"])
      #expect(run.end == .exited(73) && run.errors.contains("is a link; name another place"), "\(output): \(run)")
    }
    #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
    #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "new.txt").path))
  }

  @Test func `a report waits for nobody who would read a pipe, and goes to no device`() throws {
    let (scratch, submission, _) = try place()
    let pipe = submission.appending(path: "marks.txt")
    mkfifo(pipe.path, 0o666)
    // Not every system has that device.
    for output in [pipe.path, "/dev/full", scratch.folder.path] where access(output, F_OK) == 0 {
      let run = try grade(["--lesson", "1", "--exercises", submission.path, "--output", output])
      #expect(run.end == .exited(73) && run.errors.contains("there is something else than a file"))
    }
  }

  /// The temporary file's name can be guessed.
  @Test func `a link in the place of the temporary file is not written through`() throws {
    let (scratch, _, precious) = try place()
    try link(scratch.folder.appending(path: ".marks.txt.\(getpid())"), to: precious)
    var replacement = Replacement()
    try replacement.stage("report", for: scratch.folder.appending(path: "marks.txt"))
    try replacement.commit()
    #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
    #expect(try String(contentsOf: scratch.folder.appending(path: "marks.txt"), encoding: .utf8) == "report")
  }

  @Test func `the folder that is marked may itself be named by a link, and a report may lie in it`() throws {
    let (scratch, submission, _) = try place()
    let here = scratch.folder.appending(path: "here")
    try link(here, to: submission)
    let output = submission.appending(path: "marks.txt")
    for _ in 0..<2 {
      let run = try grade(["--lesson", "1", "--exercises", here.path, "--output", output.path])
      #expect(run.end == .exited(0), "\(run.errors)")
    }
    #expect(try String(contentsOf: output, encoding: .utf8).hasPrefix("Exercises01.swift: 10 of 10 points"))
  }

  @Test func `what is no file is nobody's answer, and is said to be that`() throws {
    let (scratch, submission, _) = try place()
    try link(submission.appending(path: "Exercises02.swift"), to: submission.appending(path: "Exercises01.swift"))
    mkfifo(submission.appending(path: "Exercises03.swift").path, 0o666)
    try scratch.write("", to: "s/Exercises04.swift/none")
    let marks = try Grader(products: Place.products).marks(
      Submission(folder: submission, lessons: [2, 3, 4, 1]), lessons: [2, 3, 4])
    for (lesson, kind) in [(2, "a link"), (3, "no file"), (4, "a folder")] {
      let remarks = try #require(marks.first { $0.exercise.lesson == lesson }).remarks()
      #expect(
        remarks[0].hasPrefix(
          "no file Exercises0\(lesson).swift (there is 'Exercises0\(lesson).swift', which is \(kind)"))
    }
  }

  /// Of a package only this folder is looked at: another student's could stand in for it.
  @Test func `the folder of a package's lessons is no link`() throws {
    let (scratch, submission, _) = try place()
    try scratch.write("", to: "thief/Package.swift")
    try link(scratch.folder.appending(path: "thief/lessons"), to: submission)
    #expect(throws: Failure.self) { try Submission(folder: scratch.folder.appending(path: "thief"), lessons: [1]) }
  }

  @Test func `a submission of folders in folders, or of files without number, is refused`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: String(repeating: "a/", count: 25) + "Exercises01.swift")
    let failure = #expect(throws: Failure.self) { try Submission(folder: scratch.folder, lessons: [1]) }
    #expect(failure?.exitCode == 65)
  }

  @Test func `no escape sequence of a name reaches the terminal`() throws {
    let scratch = try Scratch()
    let evil = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{202E}"
    for name in ["a", "b"] { try scratch.write("", to: "\(evil)/\(name)/Exercises01.swift") }
    for arguments in [["--lesson", "1", "--exercises", scratch.folder.path], [evil], ["--exercises", "/\(evil)"]] {
      let run = try grade(arguments)
      #expect(run.end != .exited(0) && run.errors.contains("owned"))
      #expect(
        run.errors.unicodeScalars.allSatisfy {
          ![.control, .format].contains($0.properties.generalCategory) || $0 == "\n"
        })
    }
  }
}
