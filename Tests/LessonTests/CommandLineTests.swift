import Foundation
import Programs
import Testing

/// The command line of every lesson, tried on the specimen.
@Suite struct CommandLineTests {
  @Test func aTrueLessonWritesItsPageAndExitsWithZero() throws {
    let folder = try Scratch.folder()
    let run = try LessonProcess("specimen", ["--output", folder.path])
    #expect(run.status == 0)
    #expect(run.errors == (Instructions.slowness.map { "specimen: \($0)\n" } ?? ""))
    #expect(run.output.contains(#/\n2 checks and 3 lines of 1 derivation \(worst residual 0\):\s+all hold\n/#))
    #expect(
      try Scratch.contents(of: folder).keys.sorted() == [
        "specimen/README.md", "specimen/index.html", "specimen/line.svg", "specimen/slope-1.svg",
        "specimen/slope-2.svg", "specimen/slope-3.svg",
      ])
  }

  @Test func aFalseCheckExitsWithOneAndIsNamed() throws {
    let run = try LessonProcess("specimen", ["--claim", "5", "--output", try Scratch.folder().path])
    #expect(run.status == 1)
    #expect(run.errors.contains("check failed: two and two: 4, which is not 5: deviation 0.2, allowed 1e−12"))
    #expect(run.errors.contains("(with claim 5: a derivation holds for any numbers, but"))
    #expect(run.output.contains("NOT all hold"))
  }

  @Test func aTurnedKnobWritesBesideTheCommittedPage() throws {
    let folder = try Scratch.folder()
    _ = try LessonProcess("specimen", ["--claim=5", "--seed", "7", "--output", folder.path])
    #expect(try Scratch.contents(of: folder).keys.sorted().first == "specimen+claim=5+seed=7/README.md")
  }

  /// Below the folder in which it runs, a path is no longer than a user has written it; to a shell it is one word.
  @Test(arguments: [
    ("sets/a-1.5", "sets/a-1.5", "sets-a-1.5"), ("Größen/a", "'Größen/a'", "Größen-a"),
    ("it's", #"'it'\''s'"#, "it_s"),
  ])
  func aPageNamesTheDataAsTheUserDid(path: String, word: String, name: String) throws {
    let folder = try Scratch.folder()
    _ = try LessonProcess("specimen", ["--data", path, "--output", folder.path])
    let page = try String(
      contentsOf: folder.appendingPathComponent("specimen+data=\(name)/README.md"), encoding: .utf8)
    #expect(page.hasPrefix("<!-- Written by `swift run specimen --data \(word)` from "))
  }

  @Test(arguments: [
    (["--rnak", "3"], "unknown option '--rnak'"),
    (["--claim", "11"], "--claim takes a whole number from 0 to 10, not '11'"),
    (["--claim", "four"], "--claim takes a whole number from 0 to 10, not 'four'"),
    (["--claim"], "--claim needs a value"),
    (["--seed"], "--seed needs a value"),
    (["--output="], "--output needs a value"),
    (["--seed", "-1"], "--seed takes a whole number"),
    (["--threads", "0"], "--threads takes a whole number from 1"),
    (["--quiet=yes"], "--quiet takes no value"),
    (["stray"], "unexpected argument 'stray'"),
  ])
  func aWrongCommandLineIsExplainedAndExitsWith64(arguments: [String], message: String) throws {
    let folder = try Scratch.folder()
    let run = try LessonProcess("specimen", arguments + ["--output", folder.path])
    #expect(run.status == 64)
    #expect(run.errors.contains(message))
    #expect(run.errors.contains("--help"))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(try Scratch.contents(of: folder).isEmpty)
  }

  @Test func helpShowsExamplesFirstAndTheLessonsKnobs() throws {
    let run = try LessonProcess("specimen", ["--help"])
    #expect(run.status == 0)
    #expect(run.output.contains("--claim N"))
    #expect(run.output.contains("0 to 10, default 4"))
    let (examples, knobs) = (run.output.firstRange(of: "Examples"), run.output.firstRange(of: "Knobs"))
    #expect(try #require(examples).lowerBound < (try #require(knobs)).lowerBound)
  }

  @Test func jsonIsOneObjectAndNothingElse() throws {
    let run = try LessonProcess("specimen", ["--json", "--claim", "5", "--output", try Scratch.folder().path])
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(run.status == 1)
    #expect(object?["passed"] as? Bool == false)
    #expect(object?["lesson"] as? String == "specimen+claim=5")
    #expect((object?["checks"] as? [Any])?.count == 2)
    #expect((object?["derivations"] as? [Any])?.count == 1)
    #expect(
      object?["files"] as? [String] == [
        "specimen+claim=5/line.svg", "specimen+claim=5/slope-1.svg", "specimen+claim=5/slope-2.svg",
        "specimen+claim=5/slope-3.svg", "specimen+claim=5/README.md", "specimen+claim=5/index.html",
      ])
  }

  @Test func quietPrintsNothing() throws {
    let run = try LessonProcess("specimen", ["--quiet", "--output", try Scratch.folder().path])
    #expect(run.output == "")
    #expect(run.errors == "")
  }

  @Test func aPipeGetsNoEscapeCodes() throws {
    let run = try LessonProcess("specimen", ["--output", try Scratch.folder().path])
    #expect(!run.output.contains("\u{1B}"))
  }

  /// Before any work, and with nothing of the page written.
  @Test(arguments: ["README.md", "index.html"]) func aFolderInThePlaceOfAPageExitsWith73(name: String) throws {
    let folder = try Scratch.folder()
    let obstacle = folder.appending(path: "specimen/\(name)/x", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
    let run = try LessonProcess("specimen", ["--output", folder.path])
    #expect(run.status == 73 && run.output.isEmpty)
    #expect(run.errors.contains("specimen/\(name): a folder of this name lies there; move it away"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "specimen").path) == [name])
  }

  @Test func anOutputFolderThatCannotBeMadeExitsWith73() throws {
    let file = try Scratch.file()
    let run = try LessonProcess("specimen", ["--output", file.path])
    #expect(run.status == 73)
    #expect(run.errors.contains("--output"))
    #expect(run.output == "")
  }

  @Test func aClosedStandardOutputLeavesThePreviousPageAlone() throws {
    let folder = try Scratch.folder()
    _ = try LessonProcess("specimen", ["--output", folder.path])
    let page = folder.appendingPathComponent("specimen/README.md")
    try Data("previous".utf8).write(to: page)
    let program = LessonProcess.products.appendingPathComponent("specimen").path
    // Once with no standard output at all, once with a reader that is gone before the lesson begins.
    for command in [
      "'\(program)' --output '\(folder.path)' >&-",
      "(sleep 0.2; exec '\(program)' --output '\(folder.path)') | true; exit ${PIPESTATUS[0]}",
    ] {
      let process = try ChildProcess(URL(filePath: "/bin/bash"), ["-c", command])
      let said = process.drainToEnd()
      #expect(process.reap() == .exited(73))
      #expect(String(decoding: said.errors, as: UTF8.self).contains("standard output is closed"))
      #expect(try String(contentsOf: page, encoding: .utf8) == "previous")
    }
  }

  @Test func missingAndMalformedDataHaveTheirOwnExitCodes() throws {
    guard let lesson = LessonProcess.lessons.first else { return }
    let missing = try LessonProcess(lesson, ["--data", "/nonexistent", "--output", try Scratch.folder().path])
    #expect(missing.status == 66)
    #expect(missing.errors.contains("/nonexistent"))
    let folder = try Scratch.folder()
    try Data([1, 2, 3]).write(to: folder.appendingPathComponent("train-images-idx3-ubyte"))
    try Data([1, 2, 3]).write(to: folder.appendingPathComponent("train-labels-idx1-ubyte"))
    let malformed = try LessonProcess(lesson, ["--data", folder.path, "--output", try Scratch.folder().path])
    #expect(malformed.status == 65)
    #expect(malformed.errors.contains("train-images-idx3-ubyte"))
  }

  @Test func openShowsTheOfflineEditionOrSaysWhichFileItIs() throws {
    let (folder, programs) = (try Scratch.folder(), try Scratch.folder())
    let page = folder.appending(path: "specimen/index.html").path
    let run = try LessonProcess(
      "specimen", ["--quiet", "--open", "--output", folder.path], environment: ["PATH": programs.path])
    #expect(run.status == 0)
    #expect(run.errors.contains("open it in a browser: \(page)\n"))
    // The system's program for it, under the name that it has there. It ignores no signal that the lesson ignores.
    for name in ["open", "xdg-open"] {
      let program = programs.appending(path: name)
      let script = """
        #!/bin/sh
        /bin/sh -c 'kill -PIPE $$; exit 0' && set -- 'a signal is ignored'
        /bin/echo "$1" > \(programs.path)/shown

        """
      try script.write(to: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    }
    let again = try LessonProcess(
      "specimen", ["--quiet", "--open", "--output", folder.path], environment: ["PATH": programs.path])
    #expect(again.errors.isEmpty)
    // The program runs on by itself.
    let shown = programs.appending(path: "shown")
    for _ in 0..<100 where (try? String(contentsOf: shown, encoding: .utf8)) != page + "\n" {
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(try String(contentsOf: shown, encoding: .utf8) == page + "\n")
  }
}
