import Notebook
import Testing

/// What is nested deeper than anybody reads is an error with its limit, not a stack that overflows.
@Suite struct NestingTests {
  @Test(arguments: ["{", #"\sqrt{"#, "x^{", #"\left("#, #"\frac{1}{"#])
  func formulasHaveADepth(opening: String) throws {
    let closing = opening.hasSuffix("(") ? #"\right)"# : "}"
    func nested(_ depth: Int) -> String {
      String(repeating: opening, count: depth) + "a" + String(repeating: closing, count: depth)
    }
    let error = #expect(throws: TeXError.self) { try TeX(nested(20_000)) }
    #expect(error?.problem == .tooDeep(limit: 50))
    #expect((error?.description.count ?? .max) < 500)
    let formula = try TeX(nested(12))
    #expect(formula.unicode.contains { "aᵃ".contains($0) })
  }

  /// What is read without braces is written with them, and is no deeper then.
  @Test func argumentsWithoutBracesAreAsDeepAsWithThem() throws {
    func nested(_ depth: Int) -> String { String(repeating: #"\overset{a}"#, count: depth) + "b" }
    let formula = try TeX(nested(20))
    #expect(try TeX(formula.source) == formula)
    #expect(throws: TeXError.self) { try TeX(nested(30)) }
  }

  @Test func quotesAndListsHaveADepth() throws {
    for line in [String(repeating: "> ", count: 20_000) + "a", String(repeating: "- ", count: 20_000) + "a"] {
      let error = #expect(throws: ProseError.self) { try Prose(markdown: "first\n\n" + line, firstLine: 7) }
      #expect(error?.problem == .tooDeep("lists and quotes", limit: 20))
      #expect(error?.line == 9)
    }
    let quoted = try Prose(markdown: String(repeating: "> ", count: 20) + "a")
    #expect(quoted.terminal(width: 80, style: .plain).hasSuffix("│ a"))
  }

  @Test func emphasesHaveADepth() {
    let text = String(repeating: "[*a ", count: 5_000) + "b" + String(repeating: "*](c)", count: 5_000)
    let error = #expect(throws: ProseError.self) { try Prose.Inline(text, line: 3) }
    #expect(error?.problem == .tooDeep("links and emphases", limit: 20))
  }
}
