import Foundation
import Testing

/// The committed pages are what a run writes, on one thread and on two.
@Suite struct ReproducibilityTests {
  /// The quick ones. All of them would take two minutes; `.ci/run` writes all pages in any case, and does so on two
  /// threads, while whoever commits them has run `course`, where each lesson has one. `COURSE_SLOW_TESTS=1` runs all
  /// here, both ways.
  static let lessons = LessonProcess.lessons.filter {
    LessonProcess.runsSlowTests || ["00", "01", "02"].contains($0.prefix(2))
  }

  @Test func thereAreLessons() { #expect(Self.lessons.count >= 3) }

  @Test(arguments: lessons, ["1", "2"])
  func aRunWritesTheCommittedPageToTheByte(lesson: String, threads: String) throws {
    let folder = try Scratch.folder()
    let run = try LessonProcess(lesson, ["--json", "--threads", threads, "--output", folder.path])
    #expect(run.status == 0, "\(run.errors)")
    // The offline edition is not committed; it may lie there from a run.
    func isCommitted(_ name: String, _ content: Data) -> Bool { name != "index.html" }
    let written = try Scratch.contents(of: folder.appendingPathComponent(lesson)).filter(isCommitted)
    let committed = try Scratch.contents(of: LessonProcess.package.appendingPathComponent("Outputs/\(lesson)"))
      .filter(isCommitted)
    #expect(written.keys.sorted() == committed.keys.sorted())
    for (name, content) in written.sorted(by: { $0.key < $1.key }) {
      #expect(content == committed[name], "\(lesson)/\(name) differs from the committed one: swift run \(lesson)")
    }
  }

  @Test func twoRunsWriteTheSameOfflineEdition() throws {
    let pages = try ["1", "2"].map { threads in
      let folder = try Scratch.folder()
      _ = try LessonProcess("specimen", ["--quiet", "--threads", threads, "--output", folder.path])
      return try Data(contentsOf: folder.appending(path: "specimen/index.html"))
    }
    #expect(pages[0] == pages[1])
    #expect(!String(decoding: pages[0], as: UTF8.self).contains(LessonProcess.package.path))
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
