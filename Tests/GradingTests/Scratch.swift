import Foundation
import Testing

/// A folder for one test, removed with the value.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "grading-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes `text` to the file at `path` in the folder, and makes the folders on the way.
  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url
  }
}

/// The answers to lesson 01 that get full marks, as text.
enum RightAnswers {
  static func text() throws -> String {
    let url = Place.package.appending(path: "Tests/GradingTests/References/Exercises01.swift")
    return try String(contentsOf: url, encoding: .utf8)
  }

  /// The same with another body for `function`.
  static func text(but function: String, does body: String) throws -> String {
    let text = try text()
    let start = try #require(text.firstRange(of: "func \(function)("))
    let brace = try #require(text[start.lowerBound...].firstRange(of: "{\n"))
    let end = try #require(text[brace.upperBound...].firstRange(of: "\n}\n"))
    return "import Foundation\n" + text[..<brace.upperBound] + body + text[end.lowerBound...]
  }
}
