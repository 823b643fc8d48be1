import Foundation
import Testing

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
