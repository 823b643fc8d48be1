import Exercises
import Foundation
import Grading
import Programs
import Testing

@Suite("What is handed in")
struct SubmissionTests {
  @Test func `files are found wherever they lie below the folder`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "lessons/01-svd-theorem/Exercises01.swift")
    try scratch.write("", to: "Exercises02.swift")
    try scratch.write("", to: "notes/Exercises99.swift")
    try scratch.write("", to: ".git/Exercises03.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1, 2, 3])
    #expect(submission.files.keys.sorted() == [1, 2])
    #expect(try Submission(folder: scratch.folder, lessons: [2]).files.keys.sorted() == [2])
  }

  @Test func `a student may hand in the whole package`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "Package.swift")
    let own = try scratch.write("", to: "lessons/01-svd-theorem/Exercises01.swift")
    try scratch.write("", to: "Tests/GradingTests/References/Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    #expect(submission.files[1]?.resolvingSymlinksInPath() == own.resolvingSymlinksInPath())
  }

  /// As it comes out of a zip.
  @Test func `a package may lie below the folder`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "course-main/Package.swift")
    let own = try scratch.write("", to: "course-main/lessons/01-svd-theorem/Exercises01.swift")
    try scratch.write("", to: "course-main/Tests/GradingTests/References/Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    #expect(submission.files[1]?.resolvingSymlinksInPath() == own.resolvingSymlinksInPath())
  }

  @Test(arguments: ["exercises01.swift", "Exercises01 (1).swift", "Exercise01.swift"])
  func `a name that is nearly right is named`(name: String) throws {
    let scratch = try Scratch()
    try scratch.write("", to: name)
    let failure = #expect(throws: Failure.self) { try Submission(folder: scratch.folder, lessons: [1]) }
    #expect(failure?.message.contains("no Exercises01.swift in") == true)
    #expect(failure?.message.contains("(there is '\(name)'") == true)
  }

  @Test func `a folder that matches nothing is an error`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "Exercises02.swift")
    let none = #expect(throws: Failure.self) { try Submission(folder: scratch.folder, lessons: [1]) }
    #expect(none?.exitCode == 66)
    #expect(none?.message.contains("Exercises01.swift") == true)
    let missing = #expect(throws: Failure.self) {
      try Submission(folder: scratch.folder.appending(path: "nowhere"), lessons: [1])
    }
    #expect(missing?.exitCode == 66)
  }

  @Test func `two files for a lesson are an error that names both`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "a/Exercises01.swift")
    try scratch.write("", to: "b/Exercises01.swift")
    let failure = #expect(throws: Failure.self) { try Submission(folder: scratch.folder, lessons: [1]) }
    #expect(failure?.exitCode == 65)
    #expect(failure?.message.contains("a/Exercises01.swift") == true)
    #expect(failure?.message.contains("b/Exercises01.swift") == true)
  }

  @Test func `a link is nobody's answer`() throws {
    let scratch = try Scratch()
    let elsewhere = try Scratch()
    let secret = try elsewhere.write("let secret = 1", to: "secret.swift")
    try FileManager.default.createSymbolicLink(
      at: scratch.folder.appending(path: "Exercises01.swift"), withDestinationURL: secret)
    // Nor is a folder that leads back to itself.
    try FileManager.default.createSymbolicLink(
      at: scratch.folder.appending(path: "again"), withDestinationURL: scratch.folder)
    #expect(throws: Failure.self) { try Submission(folder: scratch.folder, lessons: [1]) }
  }

  @Test(arguments: [
    (
      "a typing error", "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double { retrun 1 }",
      "cannot find 'retrun'"
    ),
    (
      "a result of another type", "func energyCaptured(_ σ: [Double], by k: Int) throws -> [String] { [] }",
      "the first line of energyCaptured"
    ),
    ("a rival for the course's module", "enum Exercises {}; func energyCaptured() {}", "error:"),
    ("a program of its own", "print(1); func energyCaptured() {}", "error:"),
    ("no text", "\u{0}\u{0}func energyCaptured(", "is not a text in UTF-8"),
    (
      "a module that is not for answers", "import Programs\nfunc energyCaptured() {}",
      "Exercises01.swift imports Programs; answers may import Exercises, LinearAlgebra and the toolchain's"
    ),
    (
      "another result", "func energyCaptured(_ σ: [Double], by k: Int) throws -> Float { 1 }",
      "the first line of energyCaptured is not that of the exercise"
    ),
    (
      "not at the top level", "struct Mine {\nfunc energyCaptured(_ σ: [Double], by k: Int) throws -> Double { 1 }\n}",
      "no function energyCaptured in Exercises01.swift: it is in a comment, in an #if that does not hold, or not at the top"
    ),
  ])
  func `what does not compile costs its own file, and the compiler's message is shown`(
    name: String, code: String, message: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write(code, to: "Exercises01.swift")
    let lesson = try #require(Exercise.all.map(\.lesson).first { $0 != 1 })
    let other = Exercise.file(ofLesson: lesson)
    let reference = Place.package.appending(path: "Tests/GradingTests/References/\(other)")
    try scratch.write(try String(contentsOf: reference, encoding: .utf8), to: other)
    let lessons = [1, lesson]
    let submission = try Submission(folder: scratch.folder, lessons: lessons)
    let marks = try Grader(products: Place.products).marks(submission, lessons: lessons)
    for mark in marks {
      guard mark.exercise.lesson == 1 else {
        #expect(mark.verdict == .passed)
        continue
      }
      #expect(mark.points == 0)
      let remarks = mark.remarks().joined(separator: "\n")
      #expect(remarks.contains(message) || mark.exercise.function != "energyCaptured")
      #expect(!remarks.contains("/answers-"))
    }
  }

  @Test(arguments: [
    ("Double", "return 0", "does not compile"),
    ("Int", "return [0.0][k + 7]", "); it was asked with ["),
    (
      "Int", "func down(_ n: Int) -> Int { n == -1 ? 0 : down(n + 1) + down(n + 2) }; return Double(down(k))",
      "an endless recursion?); it was asked with ["
    ),
  ])
  func `other parameters are said to be that, and a crash to what it came`(type: String, body: String, says: String)
    throws
  {
    let scratch = try Scratch()
    let text = try RightAnswers.text(but: "energyCaptured", does: body)
    try scratch.write(text.replacing("by k: Int) throws", with: "by k: \(type)) throws"), to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    let mark = try Grader(products: Place.products).marks(submission, lessons: [1])[0]
    #expect(mark.remarks().first?.contains(says) == true)
  }

  @Test func `a folder may be named by a link`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "there/Exercises01.swift")
    let link = scratch.folder.appending(path: "here")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: scratch.folder.appending(path: "there"))
    #expect(try Submission(folder: link, lessons: [1]).files.keys.sorted() == [1])
  }

  @Test func `what is printed is shown beside a wrong answer, and before a crash`() throws {
    for body in ["print(\"k is\", k); return -1", "print(\"k is\", k); return [1.0][k + 9]"] {
      let scratch = try Scratch()
      try scratch.write(try RightAnswers.text(but: "energyCaptured", does: body), to: "Exercises01.swift")
      let submission = try Submission(folder: scratch.folder, lessons: [1])
      let mark = try Grader(products: Place.products).marks(submission, lessons: [1])[0]
      let printed = try #require(mark.remarks().firstIndex(of: "it printed:"))
      #expect(mark.remarks()[printed + 1] == "  k is 0")
      #expect(mark.remarks().last?.hasPrefix("read again") == true)
    }
  }

  @Test func `of what is printed the last ten lines are shown, long ones too`() throws {
    let scratch = try Scratch()
    let body = #"for i in 1...12 { print("line", i) }; print(String(repeating: "x", count: 2000)); return -1"#
    try scratch.write(try RightAnswers.text(but: "energyCaptured", does: body), to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    let remarks = try Grader(products: Place.products).marks(submission, lessons: [1])[0].remarks()
    let printed = remarks.drop { $0 != "it printed:" }.dropFirst().dropLast(2)
    #expect(Array(printed) == (4...12).map { "  line \($0)" } + ["  " + String(repeating: "x", count: 2000)])
  }

  @Test func `a function with other parameters is told so`() throws {
    let scratch = try Scratch()
    let text = try RightAnswers.text().replacing("by k: Int", with: "by k: Double").replacing(
      "prefix(k)", with: "prefix(1)")
    try scratch.write(text, to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    for mark in try Grader(products: Place.products).marks(submission, lessons: [1]) {
      let changed = Verdict.notCompiled(
        "the first line of energyCaptured is not that of the exercise; put it back as it was")
      #expect(mark.verdict == (mark.exercise.function == "energyCaptured" ? changed : .passed))
    }
  }

  /// A file that was compiled for another is not compiled again; but what it answers depends on its name.
  @Test func `the same text under two names is two files`() throws {
    let scratch = try Scratch()
    let text = try RightAnswers.text()
    for name in ["Exercises01.swift", "Exercises02.swift"] { try scratch.write(text, to: name) }
    let submission = try Submission(folder: scratch.folder, lessons: [1, 2])
    let grader = try Grader(products: Place.products)
    for _ in 0..<2 {
      let marks = try grader.marks(submission, lessons: [1, 2])
      #expect(marks.map(\.points).reduce(0, +) == 10)
      for mark in marks where mark.exercise.lesson == 2 {
        #expect(mark.verdict == .missing("no function \(mark.exercise.function) in Exercises02.swift"))
      }
    }
  }

  @Test func `all references together get all points`() throws {
    let lessons = Set(Exercise.all.map(\.lesson)).sorted()
    let folder = Place.package.appending(path: "Tests/GradingTests/References")
    let marks = try Grader(products: Place.products).marks(
      Submission(folder: folder, lessons: lessons), lessons: lessons)
    #expect(marks.map(\.exercise) == Exercise.all)
    for mark in marks { #expect(mark.verdict == .passed) }
  }
}
