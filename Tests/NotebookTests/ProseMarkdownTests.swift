import Testing

@testable import Notebook

struct ProseMarkdownTests {
  @Test func `a page is written in GitHub's safe forms, one blank line between blocks`() throws {
    let prose = try Prose(markdown: page)
    #expect(prose.markdown == markdown)
  }

  @Test func `what is written is read as the same tree`() throws {
    let prose = try Prose(markdown: page)
    let again = try Prose(markdown: prose.markdown)
    #expect(again == prose)
    #expect(again.markdown == prose.markdown)
  }

  @Test(arguments: [" a ", "  ", " a", "`", " ` "]) func `code keeps its blanks`(code: String) throws {
    let inline = Prose.Inline(spans: [.code(code)])
    #expect(try Prose.Inline(inline.markdown) == inline)
  }

  @Test func `a page is a tree of blocks`() throws {
    let prose = try Prose(markdown: "# Title\n\nOne\ntwo\n\n- a\n- b\n\n---\n\n$$x$$")
    #expect(
      prose.blocks == [
        .heading(level: 1, .init(spans: [.text("Title")])),
        .paragraph(.init(spans: [.text("One"), .softBreak, .text("two")])),
        .bulletList([
          [.paragraph(.init(spans: [.text("a")]))], [.paragraph(.init(spans: [.text("b")]))],
        ]),
        .rule,
        .formula(try TeX("x")),
      ])
  }

  @Test func `blanks at the end of a line are no text`() throws {
    #expect(
      try Prose(markdown: "One \ntwo  \nthree").blocks == [
        .paragraph(.init(spans: [.text("One"), .softBreak, .text("two"), .hardBreak, .text("three")]))
      ])
  }

  @Test func `all formulas are listed in order`() throws {
    let prose = try Prose(
      markdown: "# $a$\n\n*$b$* [$c$](u)\n\n- $d$\n  - $e$\n\n> $f$\n\n$$g$$\n\n| $h$ |\n|---|\n| $i$ |")
    #expect(prose.formulas.map(\.source) == ["a", "b", "c", "d", "e", "f", "g", "h", "i"])
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("*a* and **b**", "*a* and **b**"),
    ("**a *b* c**", "**a *b* c**"),
    ("**a *b***", "**a *b***"),
    ("$x$", "$`x`$"),
    ("$`x`$", "$`x`$"),
    ("a ($p(x|z)$).", #"a ($`p(x \vert z)`$)."#),
    (#"\$5"#, "<span>$</span>5"),
    (#"2 \* 3"#, #"2 \* 3"#),
    ("snake_case", "snake_case"),
    (#"\_x\_"#, #"\_x\_"#),
    ("a < b & c > d", #"a \< b & c > d"#),
    (#"\<b\>"#, #"\<b>"#),
    ("~5 %", #"\~5 %"#),
    (#"\[1\]"#, #"\[1\]"#),
    ("see [here](a_(b)/c.md#d)", "see [here](a_(b)/c.md#d)"),
    (#"wow\![a](b)"#, #"wow\![a](b)"#),
    ("`a|b` and `` ` ``", "`a|b` and `` ` ``"),
    (#"a\\b"#, #"a\\b"#),
    ("&amp;", #"\&amp;"#),
    ("\\# no heading", "\\# no heading"),
    (#"1\. no list"#, #"1\. no list"#),
    (#"1\."#, #"1\."#),
    (#"2\)"#, #"2\)"#),
    (#"\- no bullet"#, #"\- no bullet"#),
    (#"\=== no underline"#, #"\=== no underline"#),
    ("`` a` `` and `` `a ``", "`` a` `` and `` `a ``"),
    ("1.5 is a number", "1.5 is a number"),
  ])
  func `what could be markup is escaped, and nothing else`(written: String, shown: String) throws {
    let inline = try Prose.inline(written)
    #expect(inline.markdown == shown)
    #expect(try Prose.inline(shown) == inline)
    #expect(try Prose(markdown: shown).blocks == [.paragraph(inline)])
  }

  @Test func `the bars of a formula or of code do not divide a table's cells`() throws {
    let prose = try Prose(markdown: "| a | b |\n|:--|--:|\n| $\\|x\\| + |y|$ | `p\\|q` |\n| \\| | $`z`$ |")
    #expect(
      prose.markdown == """
        | a | b |
        | :-- | --: |
        | $`\\Vert x \\Vert + \\vert y \\vert`$ | `p\\|q` |
        | \\| | $`z`$ |
        """)
    guard case .table(let table)? = prose.blocks.first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows[0][1].spans == [.code("p|q")])
    #expect(table.rows[1][0].spans == [.text("|")])
    #expect(table.alignments == [.left, .right])
  }

  @Test(arguments: [
    ("- a\n\n  2. b", "- a\n\n  2. b"), ("- a\n\n  1. b", "- a\n  1. b"),
    ("999999999. a\n1. b", "999999999. a\n999999999. b"),
  ])
  func `a list in a list is read as one again`(text: String, written: String) throws {
    let prose = try Prose(markdown: text)
    #expect(prose.markdown == written)
    #expect(try Prose(markdown: written) == prose)
  }

  @Test func `a dollar sign in a table begins no formula`() throws {
    let prose = try Prose(markdown: "| \\$5 or $x$ |\n|---|\n| \\$6 |")
    #expect(prose.markdown == "| <span>$</span>5 or $`x`$ |\n| --- |\n| <span>$</span>6 |")
    #expect(try Prose(markdown: prose.markdown) == prose)
  }

  @Test func `what divides cells or ends code elsewhere is kept apart from it`() throws {
    // Written by hand, not read: a bar within a cell, and code that itself holds a fence.
    let bar = Prose.Inline(spans: [.text("a|b")])
    let table = Prose(blocks: [.table(.init(alignments: [.left], header: [bar], rows: [[bar]]))])
    #expect(table.markdown == "| a\\|b |\n| :-- |\n| a\\|b |")
    let code = Prose(blocks: [.code(language: "", "```\nx\n```")])
    #expect(code.markdown == "````\n```\nx\n```\n````")
    let text = Prose(blocks: [.paragraph(.init(spans: [.text("a"), .softBreak, .text("===")]))])
    #expect(text.markdown == "a\n\\===")
  }

  @Test func `an address may hold parentheses`() throws {
    #expect(
      try Prose.inline("[here](a_(b)/c.md) on")
        == Prose.Inline(spans: [.link([.text("here")], destination: "a_(b)/c.md"), .text(" on")]))
  }

  @Test func `plain text has no markup and formulas in Unicode`() throws {
    let inline = try Prose.inline("keeps **$k$ values** of `svd`,\nsee [$\\sigma_i^2$](x.md)")
    #expect(inline.plainText == "keeps k values of svd, see σᵢ²")
  }
}

private let page = #"""
  # The closest matrix of rank $k$
  Every matrix is a rotation, a stretch
  and a *rotation*: $A = U \Sigma V^\top$.
  ## Error
  <!-- the claim -->

  $$\lVert A - B \rVert_F^2 \ge \sum_{i>k} \sigma_i^2$$

  It costs \$5, or **less**, in `Swift`;\
  see [the lesson](../01-svd-theorem/README.md).

  - one
    line more
  - two, $|x|$
    - nested

  1. first

     second paragraph

     ```swift
     let k = 3

     let l = 4
     ```
  2. last

  > quoted $x$
  >
  > $$
  > \begin{aligned} a &= b \\ &= c \end{aligned}
  > $$

  | norm | value |
  |:-----|------:|
  | $\|A\|_F$ | 1.5 |
  | `a` | *2* |

  ---
  The end.
  """#

private let markdown = #"""
  # The closest matrix of rank $`k`$

  Every matrix is a rotation, a stretch
  and a *rotation*: $`A = U \Sigma V^\top`$.

  ## Error

  <!-- the claim -->

  ```math
  \lVert A - B \rVert_F^2 \ge \sum_{i>k} \sigma_i^2
  ```

  It costs <span>$</span>5, or **less**, in `Swift`;\
  see [the lesson](../01-svd-theorem/README.md).

  - one
    line more
  - two, $`\vert x \vert`$
    - nested

  1. first

     second paragraph

     ```swift
     let k = 3

     let l = 4
     ```

  2. last

  > quoted $`x`$
  >
  > ```math
  > \begin{aligned}
  > a &= b \\
  > &= c
  > \end{aligned}
  > ```

  | norm | value |
  | :-- | --: |
  | $`\Vert A \Vert_F`$ | 1.5 |
  | `a` | *2* |

  ---

  The end.
  """#
