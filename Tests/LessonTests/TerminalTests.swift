import Foundation
import Programs
import Testing

/// What a lesson shows on a terminal, and how it ends with what started it; tried on the specimen.
@Suite struct TerminalTests {
  @Test(arguments: [40, 80, 140])
  func aLessonKeepsToTheWidth(columns: Int) throws {
    let run = try LessonProcess(
      "01-svd-theorem", ["--code", "--output", try Scratch.folder().path], environment: ["COLUMNS": "\(columns)"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    // Only a word that is longer than a line, as a path is, may be wider: alone.
    let tooLong = lines.filter { line in
      terminalWidth(of: line) > columns && line.split(separator: " ").filter { !["│", "•"].contains($0) }.count > 1
    }
    #expect(tooLong.isEmpty, "\(tooLong.prefix(3))")
    #expect(lines.contains { terminalWidth(of: $0) > columns * 3 / 5 })
  }

  @Test func codeIsShownOnRequest() throws {
    let folder = try Scratch.folder()
    let (plain, code) = (
      try LessonProcess("specimen", ["--output", folder.path]),
      try LessonProcess("specimen", ["--code", "--output", folder.path])
    )
    #expect(!plain.output.contains("proof.start("))
    #expect(plain.output.contains("── main.swift:"))
    #expect(code.output.contains("\n    lesson.derive(\"The square of a sum\") { proof in\n"))
    #expect(code.output.contains("\n      proof.start("))
  }

  @Test func checksThatFollowOneAnotherStandTogether() throws {
    let run = try LessonProcess("specimen", ["--output", try Scratch.folder().path])
    #expect(run.output.contains("allowed 1e−12\n✓ half is less than one"))
    #expect(!run.output.contains("\n\n\n"))
  }

  @Test func aFigureThatCannotBeDrawnCostsThatFigure() throws {
    let folder = try Scratch.folder()
    let run = try LessonProcess("specimen", ["--top", "0", "--output", folder.path])
    #expect(run.status == 1)
    #expect(run.errors.contains("range of the vertical axis is 0.0 to 0.0"))
    let page = try String(
      contentsOf: folder.appendingPathComponent("specimen+top=0/README.md"), encoding: .utf8)
    #expect(page.contains("range of the vertical axis is 0.0 to 0.0"))
    #expect(!page.contains("line.svg"))
    // What comes after it is there.
    #expect(page.contains("the seed itself"))
    let json = try LessonProcess("specimen", ["--json", "--top", "0", "--output", folder.path])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(((object?["undrawn"] as? [[String: Any]])?.first?["name"] as? String) == "line")
    #expect(object?["passed"] as? Bool == false)
  }

  @Test func jsonHasTablesAndNumbersAsNumbers() throws {
    let run = try LessonProcess("specimen", ["--json", "--output", try Scratch.folder().path])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let table = try #require((object["tables"] as? [[String: Any]])?.first)
    #expect(table["caption"] as? String == "Squares")
    #expect((table["rows"] as? [[Double]]) == [[1, 1], [2, 4], [3, 9]])
    #expect((object["knobs"] as? [String: Double]) == ["claim": 4, "top": 2])
    let steps = (object["derivations"] as? [[String: Any]])?.first?["steps"] as? [[String: Any]]
    #expect(steps?.map { $0["value"] as? Double } == [9, 9, 5])
  }

  @Test func aDiskWithoutRoomIsNoticedBeforeTheWork() throws {
    let folder = try Scratch.folder()
    let program = LessonProcess.products.appendingPathComponent("specimen").path
    // No file may exceed 512 bytes; the system would end the lesson without a word.
    let shell = try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", "ulimit -f 1; exec '\(program)' --output '\(folder.path)'"])
    let (output, errors) = shell.drain()
    shell.wait()
    #expect(shell.reap() == .exited(73))
    #expect(output.isEmpty)
    let message = String(decoding: errors, as: UTF8.self)
    #expect(message.contains(folder.path) && !message.contains("..") && !message.contains(".;"))
    #expect(try Scratch.contents(of: folder).isEmpty)
  }

  @Test func aLessonEndsWithTheProcessThatStartedIt() async throws {
    // A stand-in for `course`: starts a lesson that runs for seconds, says its number, and is killed.
    let lesson = LessonProcess.products.appendingPathComponent("04-sparse-prior").path
    let folder = try Scratch.folder().path
    let note = folder + "/child"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [lesson = lesson as String, folder = folder as String, note = note as String] in
      let child = try ChildProcess(
        URL(filePath: lesson), ["--quiet", "--output", folder], endsWithParent: true)
      try "\(child.id)".write(toFile: note, atomically: true, encoding: .utf8)
      kill(getpid(), SIGKILL)
    }
    let child = try #require(pid_t(try String(contentsOfFile: note, encoding: .utf8)))
    let deadline = ContinuousClock.now + .seconds(20)
    while kill(child, 0) == 0, !isZombie(child), ContinuousClock.now < deadline { usleep(20_000) }
    #expect(kill(child, 0) != 0 || isZombie(child))
    // It ended, it did not finish.
    #expect(!FileManager.default.fileExists(atPath: folder + "/04-sparse-prior/README.md"))
  }

  /// Whether process `id` has ended and waits for nobody to ask how: it is left to whoever runs these tests.
  private func isZombie(_ id: pid_t) -> Bool {
    (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8))?.contains(") Z ") == true
  }
}
