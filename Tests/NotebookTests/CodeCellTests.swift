import Testing

@testable import Notebook

@Suite struct CodeCellTests {
  private func cells(_ text: String) -> [String] {
    let lines = text.sourceLines.count
    return CodeCell(text: text, lines: 10...(9 + lines), kind: .open).split().map { cell in
      let kind = cell.kind == .scaffolding ? "weaves" : "computes"
      return "\(kind) \(cell.lines.lowerBound)-\(cell.lines.upperBound): \(cell.text.replacing("\n", with: "|"))"
    }
  }

  @Test func whatWeavesIsToldFromWhatComputes() {
    #expect(
      cells(
        """
        let a = f(
          1)

        lesson.check(
          "claim", a,
          isBelow: 2)
        lesson.table("t")
        let b = 2
        """) == [
          "computes 10-11: let a = f(|  1)",
          "weaves 13-16: lesson.check(|  \"claim\", a,|  isBelow: 2)|lesson.table(\"t\")",
          "computes 17-17: let b = 2",
        ])
  }

  @Test func theLastBraceAndTheCommentsAboveBelongToTheirStatement() {
    #expect(
      cells("lesson.derive(\"t\") { proof in\n  proof.start()\n}\n// Why.\n\nfunc f() {\n  lesson.say(\"\")\n}") == [
        "weaves 10-12: lesson.derive(\"t\") { proof in|  proof.start()|}",
        "computes 13-17: // Why.||func f() {|  lesson.say(\"\")|}",
      ])
  }

  @Test func importsTheLessonItselfAndLoopsOverBlocksWeave() {
    #expect(
      cells(
        """
        import A
        let lesson = Lesson(
          "")
        let k = lesson.knob("k")
        for i in 0..<2 {
          lesson.say("")
        }
        for i in x {
          f(i)
        }
        """)
        == [
          "weaves 10-12: import A|let lesson = Lesson(|  \"\")",
          "computes 13-13: let k = lesson.knob(\"k\")",
          "weaves 14-16: for i in 0..<2 {|  lesson.say(\"\")|}",
          "computes 17-19: for i in x {|  f(i)|}",
        ])
  }

  @Test func aHeartFitsOnOneLook() throws {
    let heart = { (lines: Int) in "//: @heart The step\n" + (1...lines).map { "let x\($0) = 1\n\n" }.joined() }
    let source = try LessonSource(heart(15))
    guard case .code(let cell) = source.segments[0].segment else { Issue.record("no cell"); return }
    #expect(cell.kind == .heart("The step"))
    let error = #expect(throws: LessonSourceError.self) { try LessonSource(heart(16)) }
    #expect(error?.description == "main.swift, line 2: a heart of 16 lines; 15 at most can be taken in at once")
  }
}
