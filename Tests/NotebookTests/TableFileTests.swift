import Testing

@testable import Notebook

/// The course's tables of symbols and references.
@Suite struct TableFileTests {
  @Test(arguments: [
    (#"\lVert A - U_k \Sigma \rVert_F^2"#, ["A", "U", "k", #"\Sigma"#]),
    (#"\hat{x}_i = \mathcal{N}(\mu, \sigma^2 I)^\top"#, [#"\hat{x}"#, "i", #"\mathcal{N}"#, #"\mu"#, #"\sigma"#, "I"]),
    (#"\operatorname{tr} \log \frac{\partial L}{\partial x} \mathrm{d}x \ell \text{if } 1"#, ["L", "x"]),
    (#"\sum_{i > k} \overline{a + b} \begin{cases} c & d \end{cases}"#, ["i", "k", "a", "b", "c", "d"]),
  ])
  func theLettersOfAFormula(tex: String, letters: [String]) throws {
    #expect(try TeX(tex).symbols == letters)
  }

  private let symbols = """
    # Symbols

    | symbol | meaning | lessons |
    |:--|:--|:--|
    | $A$ | a matrix | all |
    | $u_i, U$ | left singular vectors | 01 02 |
    | $U$ | a chain | 08 |
    | $i$ | an index | all |
    | $\\sigma$ | noise | 01 |
    | $\\sigma$ | singular value | 01 |
    """

  @Test func aPageShowsTheRowsThatItsFormulasUse() throws {
    let table = try SymbolTable(markdown: symbols).rows(ofLesson: "01")
    #expect(
      try table.part(for: [TeX("A u_i")]).rows.map(\.meaning.plainText) == [
        "a matrix", "left singular vectors", "an index",
      ])
    #expect(try table.part(for: [TeX("A")]).rows.count == 1)
  }

  @Test func itsLinesMayEndAsOnWindows() throws {
    let windows = try SymbolTable(markdown: symbols.replacing("\n", with: "\r\n")).rows(ofLesson: "01")
    #expect(try windows.part(for: [TeX("A u_i")]).rows.count == 3)
  }

  @Test func aSymbolWithoutARowOrWithTwoIsAnError() throws {
    let table = try SymbolTable(markdown: symbols).rows(ofLesson: "01")
    let error = #expect(throws: LessonFailure.self) { try table.part(for: [TeX(#"A_k + \sigma"#)]) }
    #expect(
      error?.message == #"lessons/SYMBOLS.md has no row for k, and gives two meanings on this page to \sigma"#)
    #expect(throws: LessonFailure.self) { try table.part(for: [TeX(#"\sigma"#)]) }
    #expect(throws: LessonFailure.self) { try table.part(for: [TeX("k")]) }
    #expect(try SymbolTable(markdown: symbols).rows(ofLesson: "08").part(for: [TeX("U")]).rows.count == 1)
  }

  private let sources = """
    | key | short | in full |
    |:--|:--|:--|
    | young | Young, 1936 | A. Young, [Lower rank](https://doi.org/10.1/x), 1936 |
    | slides | Larochelle | H. Larochelle, *Autoencoders* |
    """

  @Test func aCitationLeadsToTheWorkAndALectureIsNamedInFullOnce() throws {
    var bibliography = try Bibliography(markdown: sources)
    let prose = try Prose(markdown: "By [](@young). [The slide](@slides) and *[](@slides)*, [Young](@young).")
    #expect(
      try bibliography.resolve(prose).markdown
        == "By [Young, 1936](https://doi.org/10.1/x). [The slide](#sources) (H. Larochelle, *Autoencoders*) and "
        + "*[Larochelle](#sources)*, [Young](https://doi.org/10.1/x).")
    #expect(bibliography.cited.map(\.key) == ["young", "slides"])
  }

  @Test func aCitationOfNothingIsAnError() throws {
    var bibliography = try Bibliography(markdown: sources)
    let error = #expect(throws: LessonFailure.self) { try bibliography.resolve(Prose(markdown: "- By [](@old).")) }
    #expect(error?.message == "lessons/SOURCES.md has no row for old")
  }
}
