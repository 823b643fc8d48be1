import Foundation
import Testing

/// The committed pages are what a run writes, on one thread and on two.
@Suite struct ReproducibilityTests {
  @Test func thereAreLessons() { #expect(!LessonProcess.lessons.isEmpty) }

  @Test(arguments: LessonProcess.lessons, ["1", "2"])
  func aRunWritesTheCommittedPageToTheByte(lesson: String, threads: String) throws {
    let folder = try Scratch.folder()
    let run = try LessonProcess(lesson, ["--json", "--threads", threads, "--output", folder.path])
    #expect(run.status == 0, "\(run.errors)")
    let written = try Scratch.contents(of: folder.appendingPathComponent(lesson))
    let committed = try Scratch.contents(of: LessonProcess.package.appendingPathComponent("Outputs/\(lesson)"))
    #expect(written.keys.sorted() == committed.keys.sorted())
    for (name, content) in written.sorted(by: { $0.key < $1.key }) {
      #expect(content == committed[name], "\(lesson)/\(name) differs from the committed one: swift run \(lesson)")
    }
  }

  @Test(arguments: LessonProcess.lessons)
  func noPageHoldsWhatChangesFromMachineToMachine(lesson: String) throws {
    let committed = try Scratch.contents(of: LessonProcess.package.appendingPathComponent("Outputs/\(lesson)"))
    for (name, content) in committed {
      let text = String(decoding: content, as: UTF8.self)
      // Plain truth values: a failed expectation would print the whole page.
      let namesPath = text.contains(LessonProcess.package.path)
      let holdsNaN = text.contains(/\bNaN\b|\binf\b/)
      #expect(!namesPath, "\(name) names a path of this machine")
      #expect(!holdsNaN, "\(name) holds a NaN or an infinity")
    }
  }

  @Test func theTableOfLessonsIsTheListOfFolders() throws {
    let manifest = try String(
      contentsOf: LessonProcess.package.appendingPathComponent("Package.swift"), encoding: .utf8)
    for lesson in LessonProcess.lessons {
      #expect(manifest.contains("\"\(lesson)\""), "add \"\(lesson)\" to the table of lessons in Package.swift")
    }
  }
}
