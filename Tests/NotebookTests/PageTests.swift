import Foundation
import Plotting
import Testing

@testable import Notebook

/// A page of every kind of block, of which some fail: as Markdown, on a terminal, and as JSON.
@Suite struct PageTests {
  private func check(_ claim: String, _ value: Double, _ relation: Relation, _ bound: Double) throws -> Block {
    .check(Check(claim: try Prose.Inline(claim), value: value, relation: relation, bound: bound))
  }

  private func derivation(_ second: Double) throws -> Derivation {
    var proof = Proof(tolerance: 1e-12)
    proof.start("a", 1.0)
    proof.equals("b", because: "by definition", second)
    proof.atLeast("c", because: "a square", 0.5)
    return try Derivation(title: "Proof", proof: proof)
  }

  private func page(_ blocks: [Block]) throws -> Page {
    var page = Page(slug: "01-a+rank=3", title: "T", command: "swift run 01-a --rank 3")
    page.blocks = [.prose(try Prose(markdown: "# 1 · T\n\nText.", firstLine: 1))] + blocks
    return page
  }

  private func failing() throws -> Page {
    try page([
      try check("small", 1, .below, 2), try check("large", 0.5, .above, 0.5), .derivation(try derivation(1)),
      .derivation(try derivation(2)),
    ])
  }

  @Test func aPagePassesIfAllOnItDoes() throws {
    #expect(try page([]).passed)
    #expect(try page([try check("small", 1, .below, 2), .derivation(try derivation(1))]).passed)
    #expect(try !page([try check("small", 3, .below, 2)]).passed)
    #expect(try !page([.derivation(try derivation(2))]).passed)
    let undrawn = try page([.undrawn(UndrawnFigure(name: "scree", reason: "No data."))])
    #expect(!undrawn.passed)
    #expect(undrawn.failures == "The figure scree could not be drawn. No data.")
    #expect(!Report(undrawn, summary: "", seed: 1, knobs: []).passed)
  }

  @Test func whatFailedIsNamedBelowTheTitle() throws {
    var page = try failing()
    let notice = try #require(Notice.failures(page))
    page.head(with: [notice])
    let lines = page.markdown.split(separator: "\n").map(String.init)
    #expect(lines[0] == "<!-- Written by `swift run 01-a --rank 3` from lessons/01-a/main.swift. Edit that. -->")
    #expect(lines[1] == "# 1 · T")
    #expect(
      lines[2]
        == "> **1 of 2 checks and 1 of 6 lines of derivations do not hold on this page**. What the text says of them is not "
        + "borne out here:")
    #expect(lines.contains("> - large: 0.5, which is not > 0.5"))
    #expect(lines.contains("> - Proof: line (2)"))
    #expect(Notice.failures(try self.page([])) == nil)
    #expect(
      page.failures
        == "check failed: large: 0.5, which is not > 0.5\n"
        + "derivation failed: Proof: = b: residual 0.5, allowed 1e−12")
  }

  @Test func checksThatHoldAreFoldedAndThoseThatFailAreNot() throws {
    let markdown = try failing().markdown
    #expect(markdown.contains("\n\n**Failed in this run**\n\n- ❌ large: **0.5, which is not > 0.5**.\n\n<details>\n"))
    #expect(markdown.contains("\n<summary>✅ 1 check holds</summary>\n\n- ✅ small: **1 < 2**.\n\n</details>\n\n---\n"))
    #expect(
      markdown.contains(
        "\n| (1) | $`\\displaystyle a`$ |  | 1 |"
          + "\n| (2) | $`\\displaystyle = b`$ | by definition | ✓\u{A0}0 |\n"))
    #expect(markdown.contains("\n| (2) | $`\\displaystyle = b`$ | by definition | 2, ❌\u{A0}0.5 |\n"))
  }

  @Test func tablesAndFiguresAreMarkdownOfTheirKind() throws {
    let table = Table(
      caption: try Prose.Inline("Errors"), columns: try ["k", "e"].map { try Prose.Inline($0) },
      rows: [[Cell(3), Cell(0.25)], ["all", .percent(0.5)]].map { row in
        row.compactMap { cell in
          (try? Prose.Inline(cell.markdown)).map { Table.Entry(text: $0, number: cell.number) }
        }
      })
    let figure = Illustration(
      name: "scree", title: "Scree", finding: try Prose.Inline(#"σ falls \[fast\]."#), svg: "<svg/>")
    let page = try page([.table(table), .figure(figure)])
    #expect(page.markdown.contains("*Errors*\n\n| k | e |\n|:--|--:|\n| 3 | 0.25 |\n| all | 50.0 % |"))
    #expect(page.markdown.contains("\n![σ falls (fast).](scree.svg)\n\n*σ falls"))
    let shown = TerminalPage(style: .plain, width: 40).render(.table(table)).split(separator: "\n").map(String.init)
    #expect(shown == ["Errors", "  k         e", "  ───  ──────", "  3      0.25", "  all  50.0 %"])

    let report = Report(
      page, summary: "S", seed: 7,
      knobs: [
        Knob(name: "rank", purpose: "", range: "", standard: "8", example: "", value: "3"),
        Knob(name: "mode", purpose: "", range: "", standard: "a", example: "", value: "b"),
      ])
    #expect(report.tables.first?.rows == [[.number(3), .number(0.25)], [.text("all"), .number(0.5)]])
    #expect(report.knobs == ["rank": .number(3), "mode": .text("b")])
    #expect(report.files == ["01-a+rank=3/scree.svg", "01-a+rank=3/README.md", "01-a+rank=3/index.html"])
    #expect(report.figures.first?.alt == "σ falls [fast].")
  }

  @Test func jsonHasNoNumbersThatAreNone() throws {
    let page = try page([
      .derivation(try derivation(.nan)), try check("small", .infinity, .below, 2),
      try check("large", -.infinity, .above, 2),
    ])
    let json = try Report(page, summary: "S", seed: 7, knobs: []).json()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.map { $0["value"] as? String } == ["Infinity", "-Infinity"])
    let steps = try #require((object["derivations"] as? [[String: Any]])?.first?["steps"] as? [[String: Any]])
    #expect(steps.map { $0["tex"] as? String } == ["a", "= b", #"\ge c"#])
    #expect(steps[1]["residual"] as? String == "NaN" && steps[1]["passed"] as? Bool == false)
    #expect(object["passed"] as? Bool == false)
  }

  @Test func longFormulasStandAboveTheirValues() throws {
    var proof = Proof(tolerance: 1e-12)
    proof.start("a", 1.0)
    proof.equals("b + c + d + e + f + g + h + i + j", because: "so", 1.0 + 1e-13)
    let lines = TerminalPage(style: .plain, width: 30).render(.derivation(try Derivation(title: "P", proof: proof)))
      .split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["Derivation. P", "    a  1"])
    #expect(lines.allSatisfy { $0.count <= 30 })
    #expect(lines.contains("      1.000  ✓ 1e−13"))
  }

  @Test func textIsNoWiderThanOneCanRead() throws {
    let words = try Prose(markdown: Array(repeating: "word", count: 60).joined(separator: " "), firstLine: 1)
    let lines = TerminalPage(style: .plain, width: 140).render(.prose(words)).split(separator: "\n")
    #expect(lines.map(\.count).max() == 99)
  }

  @Test func emphasisEndsWithItsOwnCode() {
    #expect(TerminalStyle.ansi.red(TerminalStyle.ansi.bold("a") + "b") == "\u{1B}[31m\u{1B}[1ma\u{1B}[22mb\u{1B}[39m")
    #expect(TerminalStyle.ansi.dim("a") == "\u{1B}[2ma\u{1B}[22m" && TerminalStyle.plain.bold("a") == "a")
  }
}
