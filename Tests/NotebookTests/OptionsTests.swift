import Foundation
import Testing

@testable import Notebook

/// The command line of a lesson, read word by word.
@Suite struct OptionsTests {
  @Test func aValueMayBeNegativeAndTheLastCounts() throws {
    var options = try Options(["--shift", "-3", "--shift=-4", "--rate", "1e-3"])
    #expect(try options.claim("shift") == "-4")
    #expect(try options.claim("rate") == "1e-3")
    #expect(try options.claim("shift") == nil)
    #expect(options.unclaimed.isEmpty)
    var reversed = try Options(["--shift=-4", "--shift", "-3"])
    #expect(try reversed.claim("shift") == "-3")
  }

  @Test func anOptionIsNoValue() throws {
    #expect(throws: LessonFailure.self) { try Options(["--seed", "--quiet"]) }
    var options = try Options(["--rank", "--quiet"])
    #expect(options.quiet)
    #expect(throws: LessonFailure.self) { try options.claim("rank") }
  }

  @Test(arguments: ["--seed=", "--output=", "--data=", "--threads=1025", "--threads=0", "--seed=1.5", "-"])
  func whatCannotBeAValueIsRefused(argument: String) {
    let failure = #expect(throws: LessonFailure.self) { try Options([argument]) }
    #expect(failure?.code == .usage)
  }

  @Test func theEndsOfARangeBelongToIt() throws {
    let options = try Options(["--threads", "1024", "--seed", "\(UInt64.max)"])
    #expect(options.threads == 1024 && options.seed == .max)
    #expect(try Options(["--threads=1", "--seed=0"]).seed == 0)
    #expect(try Options.number("0.5", for: "--rate", in: 0.5...1) == 0.5)
  }

  @Test func aRefusedNumberIsToldOfWhichKind() throws {
    let fraction = #expect(throws: LessonFailure.self) { try Options.number("2", for: "--rate", in: 0.0...1) }
    #expect(fraction?.message == "--rate takes a number from 0.0 to 1.0, not '2'")
    let whole = #expect(throws: LessonFailure.self) { try Options.number("2", for: "--rank", in: 0...1) }
    #expect(whole?.message == "--rank takes a whole number from 0 to 1, not '2'")
  }

  @Test func helpTurnsTheFirstKnobInAnExample() {
    let knob = Knob(name: "rank", purpose: "the rank", range: "1 to 64", standard: "8", example: "64", value: "8")
    let help = Help(program: "01-svd", title: "T", summary: "S", knobs: [knob]).manual.text(width: 80)
    #expect(help.contains("\n  swift run 01-svd --rank 64\n"))
    #expect(help.contains("\n  swift run 01-svd --seed 7 --output /tmp/pages\n"))
    #expect(help.contains("the rank (1 to 64, default 8)"))
  }

  @Test func theNextLessonIsTheNextFolder() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "curriculum-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for name in ["01-a", "02-b", "10-c", "1-no", "notes", "011-no"] {
      try FileManager.default.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
    }
    let curriculum = Curriculum(lessonSource: root.appending(path: "02-b/main.swift"))
    #expect(curriculum.lessons == ["01-a", "02-b", "10-c"])
    #expect(curriculum.lesson(after: "01-a") == "02-b")
    #expect(curriculum.lesson(after: "02-b") == "10-c")
    #expect(curriculum.lesson(after: "10-c") == nil)
  }

  @Test func progressStaysClearOfTheLastColumn() {
    let label = String(repeating: "x", count: 200)
    for width in [20, 40, 80, 200] { #expect(Console.progressLine(label, 0.5, width: width).count == width - 1) }
    #expect(Console.progressLine("fit", 0.5, width: 100) == "━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄ fit")
    #expect(Console.progressLine("fit", 0.5, width: 40) == "━━━━━┄┄┄┄┄ fit")
    #expect(Console.progressLine("fit", 7, width: 40) == "━━━━━━━━━━ fit")
    #expect(Console.progressLine("fit", .nan, width: 40) == "┄┄┄┄┄┄┄┄┄┄ fit")
  }
}

/// What a run leaves in its folder.
@Suite struct PageFolderTests {
  @Test func oldFiguresAndAbandonedFilesGoAndNothingElse() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)/01-a")
    defer { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }
    let folder = try PageFolder(url)
    let (one, two) = (Array("1".utf8), Array("2".utf8))
    try folder.write([("old.svg", one), ("kept.svg", one), ("README.md", one)])
    // No process has the number of the first: they end far below it. This process has that of the second.
    let abandoned = ".new.svg.2147483647"
    let living = ".new.svg.\(getpid())"
    for name in [abandoned, living, "notes.2147483647", ".hidden"] {
      try Data().write(to: url.appending(path: name))
    }
    // A lesson makes no folders, whatever they are called.
    try FileManager.default.createDirectory(at: url.appending(path: "own.svg"), withIntermediateDirectories: true)
    try folder.write([("kept.svg", two), ("README.md", two)])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        == [".hidden", living, "README.md", "kept.svg", "notes.2147483647", "own.svg"].sorted())
    #expect(try String(contentsOf: url.appending(path: "kept.svg"), encoding: .utf8) == "2")
    // As readable as any file that this user makes.
    let other = url.appending(path: "other")
    try Data().write(to: other)
    func mode(_ file: URL) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }
    #expect(try mode(url.appending(path: "README.md")) == mode(other))
  }

  @Test(arguments: [
    ("README.md", "a folder of this name lies there; move it away, or choose"),
    ("index.html", "a folder of this name lies there; move it away, or choose"), ("", "Not a directory; choose"),
  ])
  func whatIsInTheWayIsNoticedBeforeTheWork(name: String, reason: String) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)/01-a")
    defer { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }
    let place = name.isEmpty ? url : url.appending(path: name)
    try FileManager.default.createDirectory(
      at: name.isEmpty ? url.deletingLastPathComponent() : place, withIntermediateDirectories: true)
    if name.isEmpty { try Data().write(to: place) }
    let failure = #expect(throws: LessonFailure.self) { try PageFolder(url) }
    #expect(failure?.code == .cannotCreate)
    let verb = name.isEmpty ? "write into" : "write"
    #expect(failure?.message == "cannot \(verb) \(place.path): \(reason) another folder with --output")
  }

  @Test func aKnobCannotTakeTheNameOfAnOption() {
    let common = ["help", "quiet", "json", "code", "open", "no-color", "seed", "threads", "output", "data"]
    #expect(common.allSatisfy(Options.isCommon))
    #expect(!["numbers", "steps", "codes"].contains(where: Options.isCommon))
  }
}
