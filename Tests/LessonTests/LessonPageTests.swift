import Foundation
import Notebook
import Testing

/// What a page owes its reader, held on the committed pages and their sources.
@Suite struct LessonPageTests {
  @Test(arguments: LessonProcess.lessons)
  func theCoreIsReadInOneSitting(lesson: String) throws {
    let words = try page(lesson).proseInTheOpen.split(whereSeparator: \.isWhitespace).count
    #expect(words <= 3000, "\(lesson): \(words) words in the open")
    #expect(words > 300, "\(lesson): \(words) words are no core; is the page there, and the counting right?")
  }

  @Test(arguments: LessonProcess.lessons)
  func theFirstScreenShowsAPictureFindingsAndTheWay(lesson: String) throws {
    let page = try page(lesson)
    let head = page.lines.prefix(40)
    #expect(head.contains { $0.hasPrefix("![") }, "\(lesson) has no figure within 40 lines")
    let findings = page.lines.drop { $0 != "**In short**" }.dropFirst(2).prefix { $0.hasPrefix("- ") }
    #expect((3...5).contains(findings.count), "\(lesson) has \(findings.count) findings")
    #expect(page.lines.contains("**Contents**"))
    #expect(page.text.ranges(of: "[all lessons](../README.md)").count == 2)
  }

  @Test(arguments: LessonProcess.lessons)
  func everyLinkWithinThePageArrives(lesson: String) throws {
    let page = try page(lesson)
    let headings = page.lines.filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.dropFirst() }
    let anchors = Set(headings.map { Anchor.of(String($0)) })
    for link in page.text.matches(of: /\]\(#([^)]+)\)/) {
      #expect(anchors.contains(String(link.1)), "\(lesson) links to #\(link.1), which is not there")
    }
    #expect(!page.text.contains("](@"), "\(lesson) has a citation that was not resolved")
  }

  @Test(arguments: LessonProcess.lessons)
  func everyCheckSaysWhyItsBound(lesson: String) throws {
    let checks = try page(lesson).lines.filter { $0.hasPrefix("- ✅") || $0.hasPrefix("- ❌") }
    #expect(!checks.isEmpty)
    for check in checks { #expect(check.contains("*Why this bound:* "), "\(lesson): \(check)") }
  }

  @Test(arguments: LessonProcess.lessons)
  func everyFileIsWovenIntoThePage(lesson: String) throws {
    let folder = LessonProcess.package.appending(path: "lessons/\(lesson)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && $0 != "main.swift" && !$0.hasPrefix("Exercises") }
    let source = try LessonSource(contentsOf: folder.appending(path: "main.swift"))
    #expect(source.files.sorted() == files.sorted())
    let page = try page(lesson)
    for file in files { #expect(page.text.contains("<summary><code>\(file)</code>: ")) }
  }

  @Test(arguments: LessonProcess.lessons)
  func aHeartStandsInTheOpenAndNoCodeIsWiderThanAPage(lesson: String) throws {
    let page = try page(lesson)
    #expect(page.open.contains { $0.hasPrefix("**The heart of the lesson: ") })
    for line in page.code { #expect(line.count <= 98, "\(lesson): \(line.count) columns: \(line)") }
  }

  private func page(_ lesson: String) throws -> RenderedPage {
    try RenderedPage(
      String(
        contentsOf: LessonProcess.package.appending(path: "Outputs/\(lesson)/README.md"), encoding: .utf8))
  }
}

/// A page in Markdown as a reader meets it: what is folded, what is code.
private struct RenderedPage {
  let text: String
  let lines: [Substring]
  /// Lines outside of every `<details>`.
  private(set) var open: [Substring] = []
  /// Lines of Swift, folded or not.
  private(set) var code: [Substring] = []

  init(_ text: String) {
    self.text = text
    lines = text.split(separator: "\n")
    var (depth, isSwift) = (0, false)
    for line in lines {
      if line == "</details>" { depth -= 1 }
      if depth == 0, line != "</details>", line != "<details>" { open.append(line) }
      if line == "<details>" { depth += 1 }
      if line.hasPrefix("```") { isSwift = line == "```swift" } else if isSwift { code.append(line) }
    }
  }

  /// The text in the open without code and tables; captions, descriptions of pictures and formulas count.
  var proseInTheOpen: String {
    open.joined(separator: "\n").replacing(/```[^`]*```/, with: "").split(separator: "\n")
      .filter { !$0.hasPrefix("|") }.joined(separator: "\n")
  }
}
