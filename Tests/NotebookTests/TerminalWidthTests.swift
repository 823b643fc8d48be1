import Foundation
import Programs
import Testing

@testable import Notebook

/// Every line keeps to the width of the terminal, and no word is broken.
@Suite struct TerminalWidthTests {
  @Test func theWidthIsThatOfCOLUMNSWhereThereIsNoTerminal() throws {
    let file = try #require(FileHandle(forReadingAtPath: "/dev/null")).fileDescriptor
    #expect(Terminal.width(of: file, environment: ["COLUMNS": "132"]) == 132)
    #expect(Terminal.width(of: file, environment: ["COLUMNS": "wide"]) == 80)
    #expect(Terminal.width(of: file, environment: ["COLUMNS": "0"]) == 80)
    #expect(Terminal.width(of: file, environment: ["COLUMNS": "3"]) == 20)
    #expect(Terminal.width(of: file, environment: [:]) == 80)
  }

  @Test func theWidthOfATerminalComesBeforeCOLUMNS() throws {
    // The near end of a pseudoterminal has the window of the far one.
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    defer { close(terminal) }
    try #require(terminal >= 0)
    var size = winsize(ws_row: 24, ws_col: 61, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(Terminal.width(of: terminal, environment: ["COLUMNS": "132"]) == 61)
    #expect(Terminal.obeysEscapes(terminal, plain: false, environment: ["TERM": "xterm"]))
    #expect(!Terminal.obeysEscapes(terminal, plain: true, environment: ["TERM": "xterm"]))
    #expect(!Terminal.obeysEscapes(terminal, plain: false, environment: ["TERM": "xterm", "NO_COLOR": "1"]))
    #expect(!Terminal.obeysEscapes(terminal, plain: false, environment: ["TERM": "dumb"]))
    // A variable that is empty asks for nothing (no-color.org), and a terminal of no kind obeys nothing.
    #expect(Terminal.obeysEscapes(terminal, plain: false, environment: ["TERM": "xterm", "NO_COLOR": ""]))
    for environment in [[:], ["TERM": ""]] {
      #expect(!Terminal.obeysEscapes(terminal, plain: false, environment: environment))
      #expect(!Terminal.isDrawable(terminal, environment: environment))
    }
  }

  @Test func textIsBrokenAtBlanksOnly() {
    #expect("aa bb cc".wrapped(to: 5) == "aa bb\ncc")
    #expect("  aa bb cc".wrapped(to: 7, hanging: 2) == "  aa bb\n    cc")
    #expect("a incomprehensibilities b".wrapped(to: 5) == "a\nincomprehensibilities\nb")
    // Escape codes and combining marks take no columns.
    #expect("\u{1B}[1maa\u{1B}[0m x\u{304} y".wrapped(to: 6) == "\u{1B}[1maa\u{1B}[0m x\u{304} y")
  }

  static let table = Prose.Table(
    alignments: [.left, .right],
    header: [Prose.Inline(spans: [.text("what was tried")]), Prose.Inline(spans: [.text("what it came to")])],
    rows: [
      [
        Prose.Inline(spans: [.text("one hundred units without any penalty")]),
        Prose.Inline(spans: [.text("an error of 0.25 after the first thousand steps")]),
      ]
    ])

  @Test(arguments: [24, 40, 60, 80, 140])
  func cellsAreBrokenAndRowsBecomeLists(width: Int) {
    let lines = Self.table.terminalLines(width: width, style: .plain)
    #expect(lines.allSatisfy { terminalWidth(of: $0) <= width })
    let words = lines.flatMap { $0.split(separator: " ") }
    for word in ["hundred", "penalty", "thousand", "tried"] { #expect(words.contains { $0.hasPrefix(word) }) }
  }

  /// As if the widest column, the first of several, lost one place after another until all fit.
  @Test func theWidestColumnsGiveWayEvenly() {
    func cell(_ words: Int) -> Prose.Inline {
      Prose.Inline(spans: [.text(Array(repeating: "abc", count: words).joined(separator: " "))])
    }
    let wanted = [3, 11, 19, 19, 27]
    let table = Prose.Table(
      alignments: wanted.map { _ in .left }, header: wanted.map { cell(($0 + 1) / 4) }, rows: [])
    for width in 27...90 {
      var widths = wanted
      while widths.reduce(0, +) + 8 > width {
        guard let widest = widths.indices.filter({ widths[$0] > 3 }).max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
      let rule = table.terminalLines(width: width, style: .plain).last
      #expect(rule == widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), "\(width)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func aTableOfThousandsOfColumnsIsShownAtOnce() {
    let cells =
      [Prose.Inline(spans: [.text(String(repeating: "a ", count: 100_000))])]
      + Array(repeating: Prose.Inline(spans: [.text("a")]), count: 5000)
    let table = Prose.Table(alignments: cells.map { _ in .left }, header: cells, rows: [])
    #expect(!table.terminalLines(width: 80, style: .plain).isEmpty)
    #expect(!table.terminalLines(width: 20_000, style: .plain).isEmpty)
  }

  @Test func aTableThatFitsKeepsARowOnALine() {
    let lines = Self.table.terminalLines(width: 140, style: .plain)
    #expect(lines.last?.contains("penalty") == true && lines.last?.contains("thousand steps") == true)
    #expect(Self.table.terminalLines(width: 16, style: .plain).contains { $0.hasPrefix("what was tried:") })
  }

  @Test func theNoteOnSymbolsIsBroken() throws {
    let page = TerminalPage(style: .plain, width: 30)
    let lines = page.render(.symbols(SymbolTable(rows: []))).split(separator: "\n")
    #expect(lines == ["(symbols: the page has a table", "of them)"])
  }

  @Test func oneLineOfCodeIsNamedOnce() {
    let page = TerminalPage(style: .plain, width: 80)
    let cell = CodeCell(text: "let a = 1", lines: 37...37, kind: .open)
    #expect(page.render(.code(cell)) == "── main.swift:37")
    let two = CodeCell(text: "let a = 1\nlet b = 2", lines: 37...38, kind: .open)
    #expect(page.render(.code(two)) == "── main.swift:37–38")
  }

  @Test func theLongestTermStandsBesideItsMeaning() {
    let terms = [("--quiet", "nothing"), ("--seed N", "where"), ("-q", "")]
    let text = Manual([.terms("Options", terms)]).text(width: 80)
    #expect(text == "Options\n  --quiet   nothing\n  --seed N  where\n  -q\n")
  }

  @Test(arguments: [(0, "0 checks"), (1, "1 check"), (2, "2 checks")])
  func oneIsSingular(count: Int, text: String) { #expect(counted(count, "check") == text) }

  @Test func helpIsAsWideAsTheTerminal() {
    let manual = Manual([
      .paragraph("one two three four five six seven eight nine ten eleven twelve"),
      .terms(
        "Options", [("--seed N", "where the random numbers of this run start"), ("--a-rather-long-option WORD", "x")]),
    ])
    #expect(
      manual.text(width: 40) == """
        one two three four five six seven eight
        nine ten eleven twelve

        Options
          --seed N      where the random numbers
                        of this run start
          --a-rather-long-option WORD
                        x

        """)
  }
}
