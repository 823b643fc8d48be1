import Foundation
import Testing

@testable import Notebook

@Suite struct LessonSourceTests {
  private func kinds(_ source: LessonSource) -> [String] {
    source.segments.map { lines, segment in
      switch segment {
      case .prose: "prose \(lines.lowerBound)-\(lines.upperBound)"
      case .code(let cell): "code \(lines.lowerBound)-\(lines.upperBound)\(cell.fold.map { " (\($0))" } ?? "")"
      case .question(let question): "question \(question.number) \(lines.lowerBound)-\(lines.upperBound)"
      case .opening(let picture, _): "opening \(picture) \(lines.lowerBound)-\(lines.upperBound)"
      case .file(let name, let title): "file \(name) (\(title))"
      case .symbols: "symbols"
      case .sources: "sources"
      }
    }
  }

  @Test func proseAndCodeAlternateWithTheirLines() throws {
    let source = try LessonSource(
      """
      //: # Title
      //: Prose.
      let a = 1

      let b = 2

      //: More.

      let c = 3
      """)
    #expect(kinds(source) == ["prose 1-2", "code 3-5", "prose 7-7", "code 9-9"])
    #expect(source.title == "Title")
  }

  @Test func aFoldBelongsToTheNextCellOnly() throws {
    let source = try LessonSource("//: @fold Drawing\nlet a = 1\n//: Prose.\nlet b = 2")
    #expect(kinds(source) == ["code 2-2 (Drawing)", "prose 3-3", "code 4-4"])
  }

  @Test func directivesEndProseAndCode() throws {
    let source = try LessonSource(
      """
      //: # Title
      //: @opening map
      //: - prove it
      //: @symbols
      //: ## One
      let a = 1
      //: @file Rivals.swift The rivals
      //: @sources
      """)
    #expect(
      kinds(source) == [
        "prose 1-1", "opening map 2-3", "symbols", "prose 5-5", "code 6-6", "file Rivals.swift (The rivals)", "sources",
      ])
    #expect(source.files == ["Rivals.swift"])
  }

  @Test func aHeadingEndsAnAnswer() throws {
    let source = try LessonSource("//: @question Why?\n//: @answer So.\n//:\n//: ## Sources\n//: @sources")
    #expect(kinds(source) == ["question 1 1-2", "prose 4-4", "sources"])
  }

  @Test func aCommentOfTheCodeIsCode() throws {
    let source = try LessonSource("// why\nlet a = 1 //: not prose")
    #expect(kinds(source) == ["code 1-2"])
  }

  @Test func questionsAreNumberedAndMayRunOn() throws {
    let source = try LessonSource(
      "//: @question Why\n//: indeed?\n//: @answer Because.\n//: @question And?\n//: @answer So.")
    #expect(kinds(source) == ["question 1 1-3", "question 2 4-5"])
    guard case .question(let question) = source.segments[0].segment else { return }
    #expect(question.text.markdown == "Why\nindeed?")
    #expect(question.answer.markdown == "Because.")
  }

  @Test(arguments: [
    ("//: @question Why?\nlet a = 1", "main.swift, line 1: '@question' has no @answer"),
    ("//: @question Why?", "main.swift, line 1: '@question' has no @answer"),
    ("let a = 1\n//: @answer Because.", "main.swift, line 2: '@answer' must follow its @question"),
    (
      "//: @folded Drawing",
      "main.swift, line 1: '@folded' is no directive; there are @opening, @heart, @file, @fold, @symbols, @sources, "
        + "@question and @answer"
    ),
    ("//: @heart\nlet a = 1", "main.swift, line 1: '@heart' needs a title"),
    (
      "//: @opening map\n//: Text.",
      "main.swift, line 1: '@opening' is followed by bullets: what a reader will be able to do"
    ),
  ])
  func aDirectiveOutOfPlaceIsAnErrorWithItsLine(text: String, message: String) {
    let error = #expect(throws: LessonSourceError.self) { try LessonSource(text) }
    #expect(error?.description == message)
  }

  @Test func anUnknownFormulaIsAnErrorWithItsLine() {
    let error = #expect(throws: LessonSourceError.self) {
      try LessonSource("let a = 1\n//: Text\n//: with $\\nosuch$.")
    }
    #expect(error?.description.hasPrefix("main.swift, line 3: ") == true)
    #expect(error?.description.contains("\\nosuch") == true)
  }

  /// Every formula of every lesson's prose is known to the TeX subset.
  @Test func everyLessonCanBeRead() throws {
    let lessons = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("lessons")
    for name in try FileManager.default.contentsOfDirectory(atPath: lessons.path) where name.first?.isNumber == true {
      let source = try LessonSource(contentsOf: lessons.appendingPathComponent("\(name)/main.swift"))
      #expect(source.title != nil, "\(name) has no title")
    }
  }
}
