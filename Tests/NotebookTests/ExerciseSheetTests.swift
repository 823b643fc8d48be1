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

  @Test func linesMayEndAsOnWindows() throws {
    let (usual, other) = (try sheet { $0 }, try sheet { $0.replacing("\n", with: "\r\n") })
    #expect(other.entries.map(\.signature) == usual.entries.map(\.signature))
    #expect(other.entries.map(\.exercise) == usual.entries.map(\.exercise))
  }
}
