import Exercises
import Foundation
import Grading
import Programs
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The program `grade` as an instructor runs it.
@Suite("The program grade")
struct GradeProgramTests {
  struct Run {
    let output: String
    let errors: String
    let end: ChildProcess.End
  }

  private func grade(_ arguments: String...) throws -> Run { try grade(arguments) }

  private func grade(_ arguments: [String]) throws -> Run {
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    let (output, errors) = process.drain()
    return Run(
      output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self),
      end: process.reap())
  }

  /// The second answer is wrong with words that no format likes, the third not attempted, the fourth crashes; the first
  /// and the fifth are right.
  private func mixedSubmission() throws -> Scratch {
    let scratch = try Scratch()
    let exercises = Exercise.ofLesson(1).map(\.function)
    var text = try RightAnswers.text(
      but: exercises[1], does: ##"struct E: Error { let s = "<&\"]]>\u{1}\u{FFFF}" }; throw E()"##)
    for (function, body) in [(exercises[2], "throw Exercise.notAttempted"), (exercises[3], "fatalError(\"gone\")")] {
      let start = try #require(text.firstRange(of: "func \(function)("))
      let brace = try #require(text[start.lowerBound...].firstRange(of: "{\n"))
      let end = try #require(text[brace.upperBound...].firstRange(of: "\n}\n"))
      text.replaceSubrange(brace.upperBound..<end.lowerBound, with: "  " + body)
    }
    try scratch.write(text, to: "Exercises01.swift")
    return scratch
  }

  private var points: [Int] { Exercise.ofLesson(1).map(\.points) }
  private var reached: Int { points[0] + points[4] }

  @Test func `the text says what became of each exercise`() throws {
    let scratch = try mixedSubmission()
    let run = try grade("--lesson", "01", "--exercises", scratch.folder.path)
    let missing = try Grader(products: Place.products).confinement.missing.map { "NOT CONFINED: \($0.absence)" }
    let notices = [Instructions.slowness].compactMap(\.self) + missing
    #expect(run.end == .exited(0) && run.errors == notices.map { "grade: \($0)\n" }.joined())
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "Exercises01.swift: \(reached) of 10 points")
    for (exercise, sign) in zip(Exercise.ofLesson(1), ["✓", "✗", "–", "✗", "✓"]) {
      #expect(lines.contains { $0.hasPrefix("  \(sign) \(exercise.name) \(exercise.function)") })
    }
    #expect(run.output.contains("gone") && run.output.contains("read again: \"\(Exercise.ofLesson(1)[1].section)\""))
  }

  /// A full disk is not a reader that has gone.
  @Test(.enabled(if: access("/dev/full", W_OK) == 0))
  func `output that cannot be written is said to be that`() throws {
    let program = Place.products.appending(path: "grade").path
    let shell = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", #""$0" --help > /dev/full"#, program])
    let said = String(decoding: shell.drain().errors, as: UTF8.self)
    #expect(said.contains("grade: standard output cannot be written: No space left on device, so the program stopped"))
    #expect(shell.reap() == .exited(73))
  }

  @Test func `Gradescope's results are JSON of its schema`() throws {
    struct Results: Decodable {
      struct Test: Decodable {
        let name: String
        let score: Double
        let max_score: Double
        let status: String
        let output: String
      }
      let tests: [Test]
    }
    let scratch = try mixedSubmission()
    let file = scratch.folder.appending(path: "results.json")
    let run = try grade(
      "--lesson", "1", "--exercises", scratch.folder.path, "--format", "gradescope", "--output", file.path)
    #expect(run.end == .exited(0) && run.output.isEmpty)
    let results = try JSONDecoder().decode(Results.self, from: Data(contentsOf: file))
    #expect(results.tests.map(\.max_score) == points.map(Double.init))
    #expect(results.tests.map(\.score) == [Double(points[0]), 0, 0, 0, Double(points[4])])
    #expect(results.tests.map(\.status) == ["passed", "failed", "failed", "failed", "passed"])
    #expect(results.tests[2].output == "not attempted")
  }

  /// Gradescope shows a student nothing but these results.
  @Test func `what cannot be marked is reported too, with no points`() throws {
    struct Results: Decodable {
      struct Test: Decodable { let score: Double, output: String }
      let output: String
      let tests: [Test]
    }
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "exercises01.swift")
    let file = scratch.folder.appending(path: "results.json")
    let run = try grade(
      "--lesson", "1", "--exercises", scratch.folder.path, "--format", "gradescope", "--output", file.path)
    #expect(run.end == .exited(66) && run.errors.contains("no Exercises01.swift"))
    let results = try JSONDecoder().decode(Results.self, from: Data(contentsOf: file))
    #expect(results.output.contains("there is 'exercises01.swift'"))
    #expect(
      results.tests.count == 5 && results.tests.allSatisfy { $0.score == 0 && $0.output.contains("no Exercises01") })
    let junit = try grade("--lesson", "1", "--exercises", scratch.folder.path, "--format", "junit")
    #expect(junit.end == .exited(66))
    #expect(try XMLReader(junit.output).elements["skipped"] == 5)
    let twice = try grade("--lesson", "1", "--lesson", "1", "--exercises", scratch.folder.path, "--format", "junit")
    #expect(twice.output == junit.output)
  }

  /// A student's program runs as another user if this one is the first of all: whatever the umask, wherever it lies.
  @Test func `a private folder for temporary files will do`() throws {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "Exercises01.swift")
    try scratch.write("", to: "private/tmp/none")
    chmod(scratch.folder.appending(path: "private").path, 0o700)
    let command = "umask 077; exec \"$0\" --lesson 1 --exercises . --passing 10"
    let grade = Place.products.appending(path: "grade").path
    let process = try ChildProcess(
      URL(filePath: "/bin/sh"),
      ["-c", "cd \"$1\"; TMPDIR=$1/private/tmp; export TMPDIR; \(command)", grade, scratch.folder.path])
    let said = process.drain()
    #expect(process.reap() == .exited(0), "\(String(decoding: said.output + said.errors, as: UTF8.self))")
  }

  @Test func `JUnit's report is XML that counts right`() throws {
    let scratch = try mixedSubmission()
    let run = try grade("--lesson", "1", "--exercises", scratch.folder.path, "--format=junit")
    let document = try XMLReader(run.output)
    #expect(document.elements["testcase"] == 5)
    #expect(document.elements["failure"] == 2)
    #expect(document.elements["skipped"] == 1)
    var suite = document.suite
    #expect(suite.removeValue(forKey: "time").flatMap(Double.init) ?? -1 > 0)
    #expect(suite == ["tests": "5", "failures": "2", "errors": "0", "skipped": "1", "name": "Exercises01"])
  }

  @Test func `fewer points than --passing end with 1`() throws {
    let scratch = try mixedSubmission()
    #expect(try grade("--exercises", scratch.folder.path, "--passing", "\(reached)").end == .exited(0))
    #expect(try grade("--exercises", scratch.folder.path, "--passing", "\(reached + 1)").end == .exited(1))
  }

  @Test(arguments: [
    (["--lesson", "98"], Int32(64), "lesson 98 has no exercises"), (["--lesson", "x"], 64, "'x'"),
    (["--format", "pdf"], 64, "text, gradescope, classroom, junit"), (["01"], 64, "--lesson"),
    (["--timeout", "0"], 64, "from 1"),
    (["--exercises", "/nowhere/at/all"], 66, "no folder"), (["--bogus"], 64, "--help"),
    (["--output", "/nowhere/at/all.json"], 73, "--output"),
  ])
  func `bad input is named, and nothing is marked`(arguments: [String], code: Int32, message: String) throws {
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    let (output, errors) = process.drain()
    #expect(process.reap() == .exited(code))
    #expect(output.isEmpty)
    let said = String(decoding: errors, as: UTF8.self)
    #expect(said.hasPrefix("grade: ") && said.contains(message))
  }

  @Test func `help names every option`() throws {
    let run = try grade("--help")
    #expect(run.end == .exited(0))
    for option in [
      "--lesson", "--exercise", "--exercises", "--class", "--unpack", "--format", "--feedback", "--output", "--timeout",
      "--seed", "--secret", "--passing", "--require-confinement", "--no-color",
    ] {
      #expect(run.output.contains("  \(option) "))
    }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func `another seed asks other questions`() throws {
    let scratch = try Scratch()
    let text = try RightAnswers.text(but: "energyCaptured", does: "return 0.123")
    try scratch.write(text, to: "Exercises01.swift")
    let runs = try ["1", "2"].map {
      try grade("--exercises", scratch.folder.path, "--lesson", "1", "--seed", $0).output
    }
    #expect(runs[0] != runs[1])
    #expect(try grade("--exercises", scratch.folder.path, "--lesson", "1").output == runs[0])
  }
}

/// Counts the elements of a document.
private final class XMLReader: NSObject, XMLParserDelegate {
  var elements: [String: Int] = [:]
  var suite: [String: String] = [:]

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    elements[element, default: 0] += 1
    if element == "testsuite" { suite = attributes }
  }
}
