import Foundation
import Testing

@testable import course

@Suite("The lectures' topics")
struct TopicTests {
  static let outputs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Outputs")

  @Test(arguments: Topic.all.flatMap(\.places).map { ($0.lesson, $0.section) })
  func `a topic's section is on its lesson's page`(lesson: String, section: String) throws {
    let page = try String(contentsOf: Self.outputs.appending(path: "\(lesson)/README.md"), encoding: .utf8)
    #expect(page.split(separator: "\n").contains("## \(section)"), "\(lesson) has no section \"\(section)\"")
  }

  @Test func `every lesson treats a topic`() throws {
    let lessons = try FileManager.default.contentsOfDirectory(atPath: Self.outputs.path)
      .filter { $0.first?.isNumber == true && !$0.contains("+") }
    let treated = Set(Topic.all.flatMap(\.places).map(\.lesson))
    #expect(!lessons.isEmpty)
    for lesson in lessons { #expect(treated.contains(lesson)) }
  }

  @Test func `the index leads to the sections of the lessons at hand, and to no others`() throws {
    let entry = outcome("01-svd-theorem", report("01-svd-theorem"))
    let page = Index(entries: [(lesson: entry.lesson, report: try #require(entry.report))], command: "c").markdown
    #expect(
      page.contains(
        "| diagonalising XᵀX | K | [01 · The principal axes](01-svd-theorem/README.md#the-principal-axes) |"))
    #expect(!page.contains("05-denoising"))
    let other = outcome("01-svd-theorem", report("01-svd-theorem+seed=7"))
    let elsewhere = Index(entries: [(lesson: other.lesson, report: try #require(other.report))], command: "c").markdown
    #expect(elsewhere.contains("(01-svd-theorem+seed=7/README.md#the-principal-axes) |"))
  }
}
