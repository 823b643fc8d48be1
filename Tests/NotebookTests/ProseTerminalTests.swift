import Programs

import Notebook
import Testing

struct ProseTerminalTests {
  @Test func `a page on a plain terminal`() throws {
    let prose = try Prose(
      markdown: #"""
        # Rank $k$
        The closest matrix of rank $k$ keeps the **largest** singular values, see [the proof](a.md).
        ## Steps
        - a first item that is longer than the line
          - nested
        - `code`

        9. nine
        10. ten

        > $$\lVert A \rVert_F$$

        ```swift
        let x = 1

        let y = 2
        ```
        <!-- dropped -->

        $$\begin{aligned} a &= b + c \\ &= d \end{aligned}$$
        """#)
    #expect(
      prose.terminal(width: 40, style: .plain) == """
        Rank k
        ══════

        The closest matrix of rank k keeps the
        largest singular values, see the proof
        (a.md).

        Steps
        ─────

        • a first item that is longer than the
          line
          • nested
        • `code`

         9. nine
        10. ten

        │     ‖A‖_F

            let x = 1

            let y = 2

            a = b + c
              = d
        """)
  }

  @Test func `combining marks take no room when lines are broken`() throws {
    // Ten words of one column each: nineteen columns, but twenty-nine scalars.
    let prose = try Prose(markdown: Array(repeating: #"$\hat{x}$"#, count: 12).joined(separator: " "))
    let lines = prose.terminal(width: 20, style: .plain).split(separator: "\n")
    #expect(lines.map { terminalWidth(of: String($0)) } == [19, 3])
  }

  @Test func `a formula is broken only if it takes more than half a line`() throws {
    let prose = try Prose(markdown: #"It is so that the sum $a + b + c$ is small."#)
    #expect(
      prose.terminal(width: 26, style: .plain) == """
        It is so that the sum
        a + b + c is small.
        """)
    let long = try Prose(markdown: #"It is so $a + b + c + d + e + f + g$."#)
    #expect(
      long.terminal(width: 26, style: .plain) == """
        It is so a + b + c + d + e
        + f + g.
        """)
  }

  @Test func `a number stays on the line of its per cent`() throws {
    #expect(try Prose(markdown: "about 50 % of").terminal(width: 9, style: .plain) == "about\n50 % of")
  }

  @Test func `only the first two levels of headings are underlined`() throws {
    #expect(try Prose(markdown: "## b\n\n### c").terminal(width: 9, style: .plain) == "b\n─\n\nc")
  }

  @Test func `a long word stands on a line of its own`() throws {
    let prose = try Prose(markdown: "a https://example.org/a/very/long/address b")
    #expect(
      prose.terminal(width: 20, style: .plain) == "a\nhttps://example.org/a/very/long/address\nb")
  }

  @Test func `the columns of a table are aligned, formulas and all`() throws {
    let prose = try Prose(
      markdown: #"""
        | name | $\hat{x}$ | mid |
        |:-----|----------:|:---:|
        | a | 1.5 | x |
        | longer | $\hat{x}_i^2$ | `code` |
        """#)
    #expect(
      prose.terminal(width: 60, style: .plain) == """
        name      x̂   mid
        ──────  ───  ──────
        a       1.5    x
        longer  x̂ᵢ²  `code`
        """)
  }

  @Test func `a table wider than the terminal breaks its widest cells`() throws {
    let prose = try Prose(markdown: "| a | what it is |\n|---|---|\n| b | a long cell that needs some lines |")
    #expect(
      prose.terminal(width: 22, style: .plain) == """
        a  what it is
        ─  ───────────────────
        b  a long cell that
           needs some lines
        """)
  }

  @Test func `a table in a list has the room that the list leaves`() throws {
    let prose = try Prose(markdown: "- first\n\n  | a | what it is |\n  |---|---|\n  | b | a cell |")
    #expect(
      prose.terminal(width: 40, style: .plain) == """
        • first

          a  what it is
          ─  ──────────
          b  a cell
        """)
  }

  @Test func `colours surround words and end with their lines`() throws {
    let inline = try Prose.inline("a **b *c*** `d`")
    #expect(
      inline.terminal(style: .ansi)
        == "a \u{1B}[1mb \u{1B}[22m\u{1B}[3m\u{1B}[1mc\u{1B}[22m\u{1B}[23m \u{1B}[36md\u{1B}[39m")
    #expect(inline.terminal(style: .plain) == "a b c `d`")
    let lines = try Prose(markdown: "**one two three four five six**").terminal(width: 20, style: .ansi)
    for line in lines.split(separator: "\n") {
      #expect(line.hasPrefix("\u{1B}[1m") && line.hasSuffix("\u{1B}[22m"))
    }
  }

  @Test func `styles nest, and plain has no escape codes`() {
    #expect(TerminalStyle.ansi.bold("a" + TerminalStyle.ansi.red("b")) == "\u{1B}[1ma\u{1B}[31mb\u{1B}[39m\u{1B}[22m")
    #expect(TerminalStyle.plain.underline(TerminalStyle.plain.dim("a")) == "a")
    #expect(TerminalStyle.ansi.green("") == "")
  }

  @Test func `the width of a text counts columns`() {
    #expect(terminalWidth(of: "") == 0)
    #expect(terminalWidth(of: "‖A − B‖²_F") == 10)
    #expect(terminalWidth(of: "x\u{302}ᵢ v\u{20D7}") == 4)
    #expect(terminalWidth(of: "\u{E2}") == 1)
    #expect(terminalWidth(of: "𝒩(0, I)") == 7)
    #expect(terminalWidth(of: TerminalStyle.ansi.bold("abc")) == 3)
    #expect(terminalWidth(of: "a\u{200B}b") == 2)
    // A letter in a circle.
    #expect(terminalWidth(of: "x\u{20DD}") == 1)
  }

  /// As in CommonMark: what has more than nine digits is the beginning of a text.
  @Test func `the number of an item has nine digits at most`() throws {
    #expect(try Prose(markdown: "999999999. a\n1. b").blocks.count == 1)
    for number in ["1000000000", "9223372036854775807", "99999999999999999999"] {
      let prose = try Prose(markdown: "\(number). a")
      #expect(prose.terminal(width: 80, style: .plain) == "\(number). a")
      #expect(try Prose(markdown: prose.markdown) == prose)
    }
  }

  @Test func `what is nested more deeply than the terminal is wide is shown`() throws {
    for text in ["---", "a", "# a", "| a |\n|---|\n| b |", "```\na\n```", "$$x$$"] {
      for marker in ["> ", "123456789. "] {
        let indent = String(repeating: " ", count: marker.first == ">" ? 0 : marker.count)
        let nested = (0..<18).reduce(text) { text, _ in
          marker + text.replacing("\n", with: "\n" + (marker.first == ">" ? marker : indent))
        }
        #expect(try !Prose(markdown: nested).terminal(width: 20, style: .plain).isEmpty)
      }
    }
  }
}
