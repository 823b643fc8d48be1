import Foundation
import Programs
import Testing

@testable import course

@Suite("The command line of course")
struct OptionsTests {
  @Test func `no arguments mean all lessons, their own seeds, and the package's Outputs`() throws {
    let options = try Options([])
    #expect(options.lessons.isEmpty)
    #expect(options.seed == nil && options.data == nil && options.output == nil && options.jobs == nil)
    #expect(options.color && !options.json && !options.quiet && !options.help)
  }

  @Test func `values stand after a space or an equals sign, and the last counts`() throws {
    let options = try Options(["--seed=7", "01", "--jobs", "2", "--seed", "8", "--output=a=b", "02", "--no-color"])
    #expect(options.seed == 8)
    #expect(options.jobs == 2)
    #expect(options.output?.relativePath == "a=b")
    #expect(options.lessons == ["01", "02"])
    #expect(!options.color)
  }

  @Test func `the index's command names seed and data, but no folder of this machine`() throws {
    let options = try Options(["--seed", "7", "--data", "/a/b/MNIST"])
    #expect(options.indexCommand == "swift run course --seed 7 --data MNIST")
    #expect(try Options(["--output", "/tmp/pages"]).indexCommand == "swift run course")
  }

  @Test(arguments: [
    (["--sed"], "--sed"), (["-x"], "-x"), (["--seed"], "needs a value"), (["--output", "--json"], "needs a value"),
    (["--output="], "needs a value"), (["--jobs", "0"], "from 1 to 1024, not '0'"), (["--jobs", "two"], "'two'"),
    (["--seed", "-1"], "from 0 to 18446744073709551615"), (["--seed", "18446744073709551616"], "whole number"),
    (["--threads=1.5"], "'1.5'"), (["--threads", "0"], "from 1 to 1024, not '0'"), (["--json=1"], "takes no value"),
  ])
  func `what is not understood is named, with exit code 64`(arguments: [String], message: String) {
    let failure = #expect(throws: Failure.self) { try Options(arguments) }
    #expect(failure?.exitCode == 64)
    #expect(failure?.message.contains(message) == true)
    #expect(failure?.message.contains("\n") == false)
  }

  @Test func `help names every option`() {
    for option in ["--seed", "--data", "--output", "--jobs", "--threads", "--quiet", "--json", "--no-color", "--help"] {
      #expect(Options.manual.text(width: 120).contains("  \(option) "))
    }
    for width in [40, 80, 140] {
      #expect(Options.manual.text(width: width).split(separator: "\n").allSatisfy { $0.count <= max(width, 48) })
    }
  }
}

@Suite("Finding the lessons")
struct LessonProgramTests {
  @Test func `lessons are the folders with a number, in order`() throws {
    let fake = try FakeCourse(["10-b": "", "02-a": "", "notes": "", "3-c": ""])
    try Data().write(to: fake.package.appending(path: "lessons/04-file"))
    let lessons = try LessonProgram.all(
      in: fake.package.appending(path: "lessons"), programs: fake.package.appending(path: "programs"))
    #expect(lessons == [fake.lesson("02-a"), fake.lesson("10-b")])
  }

  @Test func `a lesson is called by its number or its name, and runs once in the order of the course`() throws {
    let fake = try FakeCourse()
    let all = ["01-a", "02-b", "12-c"].map(fake.lesson)
    #expect(try LessonProgram.select(["12", "1", "01-a"], from: all).map(\.name) == ["01-a", "12-c"])
    #expect(try LessonProgram.select([], from: all) == all)
    let failure = #expect(throws: Failure.self) { try LessonProgram.select(["2", "b"], from: all) }
    #expect(failure == Failure("there is no lesson 'b'; the lessons are:\n  01-a\n  02-b\n  12-c", exitCode: 64))
  }

  @Test func `a lesson without a program names the row that Package.swift lacks`() throws {
    let fake = try FakeCourse(["01-a": ""])
    let failure = #expect(throws: Failure.self) {
      try LessonProgram.checkPrograms(of: [fake.lesson("01-a"), fake.lesson("02-b")])
    }
    #expect(failure?.exitCode == 66)
    #expect(failure?.message.hasSuffix("at the top of Package.swift needs:\n  \"02-b\",") == true)
  }

  @Test func `a package without lessons is missing input`() throws {
    let fake = try FakeCourse()
    for folder in ["lessons", "nowhere"] {
      let failure = #expect(throws: Failure.self) {
        try LessonProgram.all(in: fake.package.appending(path: folder), programs: fake.package)
      }
      #expect(failure?.exitCode == 66)
    }
  }
}
