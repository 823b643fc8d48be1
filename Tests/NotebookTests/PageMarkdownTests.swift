import Testing

@testable import Notebook

@Suite struct PageMarkdownTests {
  private func page(_ blocks: [Block]) -> Page {
    Page(
      slug: "01-b", title: "1 · Title", command: "swift run 01-b",
      neighbours: Neighbours(
        previous: Neighbours.Neighbour(slug: "00-a", title: "0 · A"),
        next: Neighbours.Neighbour(slug: "02-c", title: "2 · C")), blocks: blocks)
  }
  private func prose(_ text: String) throws -> Block { .prose(try Prose(markdown: text)) }
  private func check(_ claim: String, _ value: Double = 1, because reason: String? = nil) throws -> Block {
    .check(
      Check(
        claim: try Prose.Inline(claim), value: value, relation: .below, bound: 2,
        reason: try reason.map { try Prose.Inline($0) }))
  }
  private func cell(_ text: String, _ kind: CodeCell.Kind) -> Block {
    .code(CodeCell(text: text, lines: 1...1, kind: kind))
  }
  private func figure(_ name: String) throws -> Block {
    .figure(Illustration(name: name, title: name, finding: try Prose.Inline("It shows \(name)."), svg: ""))
  }

  @Test func checksOfASectionStandTogetherBeforeTheSwiftThatMadeThem() throws {
    let text = page([
      try prose("# 1 · Title\n\n## One"), cell("let a = 1", .open), cell("lesson.check(1)", .scaffolding),
      try check("first", because: "rounding"), try prose("Between."), cell("lesson.check(2)", .scaffolding),
      try check("second"), try prose("## Two"),
    ]).markdown
    #expect(
      text.contains(
        """
        ```swift
        let a = 1
        ```

        Between.

        <details>
        <summary>✅ 2 checks hold</summary>

        - ✅ first: **1 < 2**. *Why this bound:* rounding
        - ✅ second: **1 < 2**.

        </details>

        <details>
        <summary>The Swift that weaves this section</summary>

        ```swift
        lesson.check(1)

        lesson.check(2)
        ```

        </details>

        ## Two
        """))
  }

  @Test func aFailedCheckStandsInTheOpenBesideTheFoldedOnesThatHold() throws {
    let text = page([
      try prose("# 1 · Title\n\n## One"), try check("held"), try check("failed", 3), try prose("## Two"),
    ]).markdown
    #expect(
      text.contains(
        """
        ## One

        **Failed in this run**

        - ❌ failed: **3, which is not < 2**.

        <details>
        <summary>✅ 1 check holds</summary>

        - ✅ held: **1 < 2**.

        </details>

        ## Two
        """))
  }

  @Test func titlesOfFoldedCodeAreText() throws {
    let file = CodeCell(text: "let b = 2", file: "Beside.swift", lines: 1...1, kind: .folded("Matrix<Double> & more"))
    let text = page([try prose("# 1 · Title\n\n## One"), cell("let a = 1", .open), .code(file)]).markdown
    #expect(text.contains("Matrix&lt;Double&gt; &amp; more</summary>"))
  }

  @Test func aFormulaOfSeveralRowsIsOneRowOfItsDerivation() throws {
    var proof = Proof(tolerance: 1e-12)
    proof.start("a", 1.0)
    proof.equals(#"\begin{aligned} b &= c \\ &= d \end{aligned}"#, because: "so", 1.0)
    let text = page([.derivation(try Derivation(title: "Rows", proof: proof))]).markdown
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("| (2) |") && $0.hasSuffix("|") })
  }

  @Test func filesStandAtTheEndOfTheirSectionBeforeTheSwiftThatWeavesIt() throws {
    let file = CodeCell(text: "let b = 2", file: "Beside.swift", lines: 1...1, kind: .folded("what it has"))
    let text = page([
      try prose("# 1 · Title\n\n## One"), cell("lesson.check(1)", .scaffolding), .code(file),
      try prose("After the file."), try prose("## Two"),
    ]).markdown
    #expect(
      text.contains(
        """
        ## One

        After the file.

        <details>
        <summary><code>Beside.swift</code>: what it has</summary>

        ```swift
        let b = 2
        ```

        </details>

        <details>
        <summary>The Swift that weaves this section</summary>
        """))
  }

  @Test func aDeepSectionFoldsBehindItsFirstParagraphAndItsHeadingStaysALink() throws {
    let text = page([
      try prose("# 1 · Title\n\n## One\n\nShort."),
      try prose("## Deeper: A side road\n\nWhat it is about.\n\nThe rest of it."), try check("claim"),
      try prose("## Two"),
    ]).markdown
    #expect(
      text.contains(
        """
        ## Deeper: A side road

        What it is about.

        <details>
        <summary>Read on: 1 check, about 1 minute</summary>

        The rest of it.

        **Checked in this run**

        - ✅ claim: **1 < 2**.

        </details>

        ## Two
        """))
  }

  @Test func theFirstScreenHoldsPictureFindingsGoalsTimeWayAndContents() throws {
    let opening = Opening(picture: "second", goals: try Prose(markdown: "- prove it"))
    let text = page([
      try prose("# 1 · Title\n\nThe lead."), .opening(opening), try prose("## One, two"), try figure("first"),
      .finding(try Prose.Inline("It is $3$.")), try prose("## Deeper: A side road\n\nTeaser."), try figure("second"),
    ]).markdown
    #expect(
      text.contains(
        """
        # 1 · Title

        The lead.

        ![It shows second.](second.svg)

        *It shows second.*

        **In short**

        - It is $`3`$. ([more](#one-two))

        **Afterwards you can**

        - prove it

        **About 5 minutes**. [← 0 · A](../00-a/README.md) · [all lessons](../README.md) · [2 · C →](../02-c/README.md)

        **Contents**

        1. [One, two](#one-two)

        Deeper, each folded where it belongs: [A side road](#deeper-a-side-road).

        ## One, two
        """))
    #expect(text.contains("\n\n> **Finding.** It is $`3`$.\n\n"))
  }

  @Test func thePictureIsNotRepeatedWhereItIsStillInSight() throws {
    let opening = Opening(picture: "first", goals: try Prose(markdown: "- prove it"))
    func text(_ between: String) throws -> String {
      page([
        try prose("# 1 · Title"), .opening(opening), try prose("## One"), try prose(between), try figure("first"),
      ]).markdown
    }
    #expect(try text("Text.").ranges(of: "(first.svg)").count == 1)
    #expect(try text("## Two").ranges(of: "(first.svg)").count == 2)
  }

  @Test func theTimeIsThatOfWordsAndDerivations() throws {
    let words = { (n: Int) in Array(repeating: "word", count: n).joined(separator: " ") }
    var proof = Proof(tolerance: 1)
    proof.start("a", 1.0)
    for _ in 1..<20 { proof.equals("a", because: "so", 1.0) }
    let page = page([
      try prose("# One\n\n" + words(1499)), try prose("## Deeper: Two\n\nThree\n\n" + words(1500)),
      .derivation(try Derivation(title: "Four", proof: proof)),
    ])
    // 10 minutes; 10 more for the words and 5 for 20 lines.
    #expect(page.minutes.core == 10)
    #expect(page.minutes.all == 25)
  }

  @Test func headingsThatRepeatAreNumberedAsGitHubDoes() throws {
    let page = page([try prose("# 1 · Title\n\n## A\n\n### B\n\n## A\n\n## B")])
    #expect(page.sections.map(\.anchor) == ["", "a", "a-1", "b-1"])
    #expect(Anchor.of("Filters with 0, 25 and 50 % corruption") == "filters-with-0-25-and-50--corruption")
    #expect(Anchor.of("The lecture's proof, line by line") == "the-lectures-proof-line-by-line")
  }

  @Test func wordsInTheOpenAreCounted() {
    let text = """
      # One two

      three $`x + y`$ [four five](https://six.seven) – eight
      | no | words |
      ```swift
      let none = 0
      ```
      <details>
      <summary>none</summary>

      folded words

      <details>

      deeper

      </details>

      more

      </details>

      nine
      """
    #expect(WordCount(unfolded: text).words == 8)
    #expect(WordCount(everything: text).words == 12)
  }

  @Test func theHeartAndWovenFilesSayWhatTheyAre() throws {
    let file = CodeCell(text: "let b = 2", file: "Rivals.swift", lines: 1...1, kind: .folded("rivals"))
    let text = page([try prose("# 1 · Title"), cell("let a = 1", .heart("a step")), .code(file)]).markdown
    #expect(text.contains("**The heart of the lesson: a step**\n\n```swift\nlet a = 1\n```"))
    #expect(text.contains("<summary><code>Rivals.swift</code>: rivals</summary>"))
  }

  @Test func aDerivationTellsProofFromMeasurementAndRepeatsNoValue() throws {
    var proof = Proof(tolerance: 1e-12)
    proof.start(#"\sum_i a_i"#, 3.0)
    proof.equals("b", because: "algebra", 3.0)
    proof.equals("c", measured: "on these digits", 3.0)
    proof.approximates("d", because: "the rest is small", 3.1, within: 0.1)
    let derivation = try Derivation(title: "Title", proof: proof)
    #expect(derivation.passed)
    let text = page([.derivation(derivation)]).markdown
    #expect(
      text.contains(
        """
        | | | because | |
        |--:|:--|:--|--:|
        | (1) | $`\\displaystyle \\sum_i a_i`$ |  | 3 |
        | (2) | $`\\displaystyle = b`$ | algebra | ✓\u{A0}0 |
        | (3) | $`\\displaystyle = c`$ | *measured, not proved:* on these digits | ✓\u{A0}0 |
        | (4) | $`\\displaystyle \\approx d`$ | the rest is small | 3.1, ✓\u{A0}0.032 |
        """))
  }
}
