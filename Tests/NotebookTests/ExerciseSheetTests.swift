import Foundation
import Testing

@testable import Notebook

/// The exercises as a page shows them, from files as editors leave them.
@Suite struct ExerciseSheetTests {
  /// Lesson 01's sheet, read from its file after `change`.
  private func sheet(_ change: (String) -> String) throws -> ExerciseSheet {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(
      contentsOf: package.appending(path: "lessons/01-svd-theorem/Exercises01.swift"), encoding: .utf8)
    let folder = FileManager.default.temporaryDirectory.appending(path: "sheet-\(UUID().uuidString)/01-svd-theorem")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(change(text).utf8).write(to: folder.appending(path: "Exercises01.swift"))
    return try ExerciseSheet(folder: folder)
  }

  @Test func theSignatureEndsWhereTheBodyBegins() throws {
    let signatures = try sheet { $0 }.entries.map(\.signature)
    #expect(signatures[0] == "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double")
    let answered = try sheet { $0.replacing("throws -> Double {", with: "throws -> Double {  // mine\n  var s = 0.0") }
    #expect(answered.entries.map(\.signature) == signatures)
  }

  @Test func theTitleIsTheFirstLineAndThePointsAreTheExercises() throws {
    let sheet = try sheet { $0 }
    #expect(sheet.entries.first?.title.plainText == "The energy captured by k terms")
    // Every lesson's are worth ten.
    #expect(sheet.points == 10)
  }

  /// A title alone asks for nothing, with or without the blank line behind it.
  @Test(arguments: ["/// The energy captured by k terms.\n", "/// The energy captured by k terms.\n///\n"])
  func anExerciseWithoutAStatementIsNamedByItsLine(title: String) throws {
    let failure = #expect(throws: LessonFailure.self) {
      try sheet { text in
        guard let start = text.firstRange(of: "/// The energy"), let end = text.firstRange(of: "func energyCaptured(")
        else { return text }
        return text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: title)
      }
    }
    #expect(failure?.code == .badData)
    #expect(failure?.message == "Exercises01.swift, line 9: what is asked is missing")
  }

  @Test func anErrorInAStatementNamesItsLineOfTheFile() throws {
    // The statement of the first exercise begins on line 11, two below its title.
    let text = { (text: String) in text.replacing("/// The share of", with: "/// **The share of") }
    #expect(throws: ProseError(line: 11, problem: .unclosed("**"))) { try sheet(text) }
  }

  @Test func aFolderWithoutANumberHasNoExercises() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try ExerciseSheet(folder: URL(filePath: "/lessons/my-lesson"))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("the registry has no exercises for my-lesson"))
  }

  @Test func linesMayEndAsOnWindows() throws {
    let (usual, other) = (try sheet { $0 }, try sheet { $0.replacing("\n", with: "\r\n") })
    #expect(other.entries.map(\.signature) == usual.entries.map(\.signature))
    #expect(other.entries.map(\.exercise) == usual.entries.map(\.exercise))
  }
}
