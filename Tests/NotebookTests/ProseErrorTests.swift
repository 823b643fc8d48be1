import Notebook
import Testing

struct ProseErrorTests {
  /// The error of a page that begins on line 10, or nil if it has none.
  private func error(_ markdown: String) -> ProseError? {
    do {
      _ = try Prose(markdown: markdown, firstLine: 10)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("a\nb $x", "line 11: $ is never closed"),
    ("it costs $5", "line 10: $ is never closed"),
    ("a\n\n`b", "line 12: ` is never closed"),
    ("**a\nb", "line 10: ** is never closed"),
    ("a *b", "line 10: * is never closed"),
    ("a [b", "line 10: [ is never closed"),
    ("a [b](c", "line 10: […]( is never closed"),
    ("x\n\n```\ncode", "line 12: ``` is never closed"),
    ("$$\nx\n\n$$", "line 10: $$ is never closed"),
    ("<!-- a\nb", "line 10: <!-- is never closed"),
    ("a\n$\\foo$", #"line 11: unknown command \foo at character 0 of the formula “\foo”"#),
    ("- a\n- $\\foo$", #"line 11: unknown command \foo at character 0 of the formula “\foo”"#),
    ("> a\n>\n> $\\foo$", #"line 12: unknown command \foo at character 0 of the formula “\foo”"#),
    ("$$\na\n+ \\foo\n$$", #"line 12: unknown command \foo at character 4 of the formula “a + \foo ”"#),
    ("```math\n\\foo\n```", #"line 11: unknown command \foo at character 0 of the formula “\foo”"#),
    ("| a |\n|---|\n| $\\foo$ |", #"line 12: unknown command \foo at character 0 of the formula “\foo”"#),
    ("| a | b |\n|---|---|\n| 1 |", "line 12: 1 cells in a table of 2 columns"),
    ("| a |\n|---|---|", "line 11: 1 headings, but 2 columns"),
    ("| a |", "line 10: a table needs a header and a row such as |---|:--|--:|"),
    ("| a |\n| b |", "line 11: the second row of a table is made of cells such as ---, :--, --: and :-:"),
    ("| a |\n|---|\n| b", "line 12: a row of a table ends with |"),
  ])
  func `an error names the line`(markdown: String, description: String) {
    #expect(error(markdown)?.description == description)
  }

  @Test(arguments: [
    ("a$x$", "$ behind “a”", 10), ("`a`$x$", "$ behind “`”", 10), ("$x$`a`", "“`” behind a formula", 10),
    ("a $$x$$", "$$", 10), ("2 * 3", "*", 10), ("***a***", "***", 10), ("* a", "*", 10), ("a\n_b_", "_", 11),
    ("a ] b", "]", 10), ("[a] b", "[…]", 10), ("[a](b c)", "blank in an address", 10), ("![a](b)", "image", 10),
    ("a <br> b", "HTML", 10), (#"\alpha"#, "\\", 10), ("    code", "indentation", 10), ("a\n\n b", "indentation", 12),
    ("a\tb", "tab", 10), ("a\n| b |", "start of a block", 11), ("a\n---", "start of a block", 11),
    ("a\n2. b", "start of a block", 11), ("- a\nb", "end of a list item", 11),
    ("<!-- a --> b", "text behind a comment", 10), ("$x \\tag{1}$", "aligned or tagged formula", 10),
    ("$\\begin{aligned} a &= b \\end{aligned}$", "aligned or tagged formula", 10),
  ])
  func `what GitHub could read otherwise is an error`(markdown: String, markup: String, line: Int) {
    let error = error(markdown)
    #expect(error?.line == line)
    guard case .unexpected(markup, let advice)? = error?.problem else {
      Issue.record("\(markdown) gave \(String(describing: error))")
      return
    }
    #expect(!advice.isEmpty)
  }

  @Test func `a caption names its own line`() {
    #expect(throws: ProseError.self) { try Prose.inline("a $x", line: 42) }
    do {
      _ = try Prose.inline("a $x", line: 42)
    } catch {
      #expect(error.line == 42)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aCommentOfManyLinesIsReadAtOnce() {
    let lines = String(repeating: "a\n", count: 100_000)
    #expect(throws: ProseError.self) { try Prose(markdown: "<!--\n" + lines) }
    #expect((try? Prose(markdown: "<!--\n" + lines + "-->"))?.blocks.count == 1)
  }
}
