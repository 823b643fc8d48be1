import Foundation
import Programs

@testable import Notebook

/// The course's own texts, from which damaged ones are made.
enum Texts {
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func read(_ path: String) -> String {
    (try? String(contentsOf: package.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The beginning of a lesson, and a piece from its middle.
  static let lessons: [String] = ["01-svd-theorem", "05-denoising-vector-field", "10-manifolds"].flatMap { name in
    let lines = read("lessons/\(name)/main.swift").split(separator: "\n", omittingEmptySubsequences: false)
    return [lines.prefix(60), lines.dropFirst(200).prefix(60)].map { $0.joined(separator: "\n") }
  }

  /// The prose of these pieces, and the formulas in it.
  static let prose = lessons.map { lesson in
    lesson.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("//:") && !$0.contains("@") }
      .map { $0.dropFirst($0.hasPrefix("//: ") ? 4 : 3) }.joined(separator: "\n")
  }

  static let formulas = prose.flatMap { text in
    text.split(separator: "$", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  static let tables = ["SYMBOLS.md", "SOURCES.md"].map { file in
    read("lessons/\(file)").split(separator: "\n", omittingEmptySubsequences: false).prefix(30).joined(separator: "\n")
  }

  static let exercises =
    ["01-svd-theorem/Exercises01", "06-contractive-jacobian/Exercises06"].map {
      read("lessons/\($0).swift")
    } + [read("Tests/GradingTests/References/Exercises04.swift")]
}

extension Chance {
  mutating func style() -> TerminalStyle { once(in: 2) ? .plain : .ansi }
}

// MARK: Formulas

extension Reader {
  static let tex = Reader(name: "tex", usual: 3000) { chance in
    let text = chance.once(in: 2) ? formulas.text("f", &chance) : chance.mutated(Texts.formulas, tokens: texTokens)
    guard let formula = try orRefused({ () throws(TeXError) in try TeX(text) }) else { return text.utf8.count }
    let source = formula.source
    let again: TeX
    do {
      again = try TeX(source)
    } catch {
      throw Broken("\(text) is written \(source), which is not read: \(error)")
    }
    try require(again.source == source, "\(text) is written \(source), and then \(again.source)")
    try require(again == formula, "\(text) is not the formula \(source)")
    try require(!formula.unicode.contains("\n"), "\(text) has two lines")
    try require(formula.unicodeLines.count > 0, "\(text) has no lines")
    let markup = formula.mathML(displayed: chance.once(in: 2))
    if let flaw = markupFlaw(markup) { throw Broken("\(text) becomes \(markup): \(flaw)") }
    _ = (formula.symbols, formula.introducedSymbols)
    return text.utf8.count
  }

  private static let texTokens = [
    "{", "}", "_", "^", "\\", "&", "\\\\", "'", "$", "\\frac{", "\\left(", "\\right)", "\\begin{aligned}",
    "\\end{aligned}",
    "\\hat", "\\sqrt[", "]", "|", "\\|", "\\text{", "\\operatorname{", "\\mathbf", "\\substack{", "\\limits", "10",
    ".5", "%", "~",
    "\\boxed{", "\\overset{a}", "\\underbrace{x}", "\\mathop{\\mathrm{", "\\bigl(", "\\middle|",
  ]

  private static let formulas: Grammar = {
    let commands = TeXTable.commands.keys.sorted().filter { !["begin", "left"].contains($0) }
    return Grammar([
      "f": ["<a>", "<a><f>", "<s>", "<s> <f>", "<f> <o> <f>"],
      "s": ["<a>_<g>", "<a>^<g>", "<a>_<g>^<g>", "<a>'", "<a>'^<g>", "<a>\\limits_<g>"],
      "g": ["1", "{<f>}", "<a>", "{}", "{<f>}"],
      "o": ["+", "-", "=", "\\cdot", ",", "|", "/", "\\le", "\\mid", ":"],
      "a": [
        "x", "2", "A", "0.5", "\\sigma", "(<f>)", "{<f>}", "\\frac<g><g>", "\\sqrt<g>", "\\sqrt[<f>]<g>", "\\hat<g>",
        "\\overline{<f>}", "\\mathbf<g>", "\\mathcal{A<f>}", "\\left(<f>\\right)", "\\left.<f>\\right|",
        "\\lVert <f>\\rVert",
        "\\text{<w>}", "\\sum", "\\log", "\\operatorname{tr}", "\\operatorname*{<f>}", "\\underbrace{<f>}",
        "\\binom<g><g>",
        "\\begin{<e>}<r>\\end{<e>}", "\\begin{pmatrix}<r>\\end{pmatrix}", "\\begin{array}{lc}<r>\\end{array}",
        "\\substack{<f>\\\\<f>}", "\\boxed{<f>}", "\\tag{<w>}", "\\overset<g><g>", "\\xrightarrow{<f>}",
        "\\mathrel{<f>}", "\\bigl(",
        "\\displaystyle", "\\,", "~", "\\<c>", "\\<c>{<f>}", "\\<c><g><g>",
      ],
      "r": ["<f>", "<f>&<f>", "<r>\\\\<r>", "<f>\\\\", ""],
      "e": ["aligned", "gathered", "cases", "matrix", "vmatrix"],
      "w": ["if ", "a b", "\\%", "é", ""],
      "c": commands,
    ])
  }()
}

// MARK: Prose

extension Reader {
  static let prose = Reader(name: "prose", usual: 600) { chance in
    let text = chance.once(in: 2) ? markdown.text("d", &chance) : chance.mutated(Texts.prose, tokens: proseTokens)
    guard let prose = try orRefused({ () throws(ProseError) in try Prose(markdown: text) }) else {
      return text.utf8.count
    }
    try show(prose, of: text, &chance)
    return text.utf8.count
  }

  /// All that is made of prose.
  private static func show(_ prose: Prose, of text: String, _ chance: inout Chance) throws {
    let written = prose.markdown
    do {
      let again = try Prose(markdown: written)
      // What is written is read as the same, but for places where a line may end.
      let isSame = again.terminal(width: 40, style: .plain) == prose.terminal(width: 40, style: .plain)
      try require(
        isSame && again.markdown == written,
        "\(text.debugDescription)\nis written\n\(written)\nand then\n\(again.markdown)")
    } catch let error as ProseError {
      throw Broken("\(text.debugDescription)\nis written\n\(written)\nwhich is not read: \(error)")
    }
    let width = chance.one(of: [20, 40, 80, 200])
    _ = prose.terminal(width: width, tableWidth: chance.once(in: 2) ? nil : 2 * width, style: chance.style())
    let page = Page(slug: "01-a", title: "T", command: "c", blocks: [.prose(prose)])
    if let flaw = markupFlaw(page.html) { throw Broken("\(text.debugDescription) becomes HTML with a flaw: \(flaw)") }
    _ = page.markdown
  }

  static let proseTokens = [
    "\n", "\n\n", "# ", "## ", "- ", "1. ", "9999999999. ", "> ", "```", "```math\n", "$$", "$", "$`", "`$", "`", "*",
    "**", "[", "](",
    ")", "[](@a)", "|", "|---|", "| a |\n|---|\n", "---", "<!--", "-->", "<span>$</span>", "<br>", "\\", "\\\n", "  \n",
    "_", "!", "&",
    "    ", "\t", "\r\n", ":", "~", "0.",
  ]

  private static let markdown = Grammar([
    "d": ["<p>", "<b>\n\n<d>", "<b>\n<d>", "<b>"],
    "b": [
      "<p>", "# <i>", "## <i>", "- <p>", "- <p>\n- <p>", "- <p>\n\n  <p>", "1. <p>\n2. <p>", "<n>. <p>", "> <p>",
      "> - <p>", "- - <p>",
      "1. - > <p>", "```swift\n<w>\n```", "````\n```\n````", "$$x_1$$", "$$\n<x>\n$$",
      "| <i> | <i> |\n|:--|--:|\n| <i> | <i> |",
      "|<i>|\n|:-:|\n|<i>|\n|<i>|", "---", "<!-- <w> -->", "```math\n<x>\n```",
    ],
    "p": ["<i>", "<i>\n<i>", "<i>  \n<i>", "<i>\\\n<p>"],
    "i": ["<w>", "<w> <s> <i>", "<s>", "<w> <i>", "<s><w>"],
    "s": [
      "word", "*<i>*", "**<i>**", "`<w>`", "``a`b``", "[<i>](<w>)", "[](@k)", "$<x>$", "$`<x>`$", "\\$", "\\*",
      "*a **b** c*", "***a** b*",
      "[a](b(c)d)", "a_b", "&amp;", "<span>$</span>",
    ],
    "w": [
      "word", "1", "-", "=", "2.", "3)", "+", "#", ">", "|", "é", "a.", "!", "\\|", "\\\\", "x  y", "~", "\u{301}", "👩‍👧",
    ],
    "x": [
      "x", "a_1", "\\frac12", "|a|", "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}", "\\text{a}", "\\sum_{i}", "\\tag{1}",
    ],
    "n": ["1", "0", "7", "10", "999999999", "9223372036854775807", "007"],
  ])
}

// MARK: Lessons and the course's tables

extension Reader {
  static let lessonSource = Reader(name: "lesson-source", usual: 60) { chance in
    let tokens = [
      "//:", "//: ", "\n", "//: @question a\n", "//: @answer b\n", "//: @opening p\n", "//: @heart h\n",
      "//: @fold f\n",
      "//: @file a.swift A\n", "//: @symbols\n", "//: @sources\n", "//: # T\n", "//: - a\n", "let a = 1\n",
      "lesson.check(\n", "import A\n",
      "// c\n", "for a in b {\n", "\r\n", "\r", "\"\"\"", "/*", "\\(", "//: ## Deeper: b\n",
    ]
    let text = chance.mutated(Texts.lessons, tokens: chance.once(in: 2) ? tokens : proseTokens.map { "//: " + $0 })
    let source: LessonSource
    do {
      source = try LessonSource(text)
    } catch let error as LessonSourceError {
      try requireReadable(error)
      return text.utf8.count
    }
    var line = 0
    for (lines, _) in source.segments {
      try require(lines.lowerBound > line, "the segment of lines \(lines) begins before line \(line) has ended")
      line = lines.upperBound
    }
    try require(line <= text.sourceLines.count, "line \(line) of \(text.sourceLines.count)")
    let blocks = source.segments.compactMap { _, segment -> Block? in
      switch segment {
      case .prose(let prose): .prose(prose)
      case .code(let cell): .code(cell)
      case .question(let question): .question(question)
      case .opening(let picture, let goals): .opening(Opening(picture: picture, goals: goals))
      case .file, .symbols, .sources: nil
      }
    }
    let page = Page(slug: "01-a", title: source.title ?? "", command: "c", blocks: blocks)
    if let flaw = markupFlaw(page.html) { throw Broken("HTML with a flaw: \(flaw)") }
    let terminal = TerminalPage(style: chance.style(), width: chance.one(of: [20, 80]), showsCode: chance.once(in: 2))
    _ = (page.markdown, blocks.map { terminal.render($0) })
    return text.utf8.count
  }

  static let courseTables = Reader(name: "course-tables", usual: 100) { chance in
    let text = chance.mutated(
      Texts.tables, tokens: ["| a | b | c |\n", "|", "|:--|:--|:--|\n", "all", "01 02", "$A$", "[a](b)", "\n"])
    do {
      let table = try SymbolTable(markdown: text)
      _ = table.ambiguous
      _ = try table.rows(ofLesson: "01").part(for: table.rows.flatMap(\.symbol.formulas))
    } catch let error as ProseError {
      try requireReadable(error)
    } catch let error as LessonFailure {
      try require(!error.message.isEmpty && error.code == .badData, error.message)
    }
    do {
      var bibliography = try Bibliography(markdown: text)
      let cited = try Prose(markdown: "By [](@eckart-young-1936), *[the slide](@larochelle)*.")
      _ = try bibliography.resolve(cited).markdown
    } catch let error as ProseError {
      try requireReadable(error)
    } catch let error as LessonFailure {
      try require(!error.message.isEmpty && error.code == .badData, error.message)
    }
    return text.utf8.count
  }
}

// MARK: What is asked, in a file that a student has changed

extension Reader {
  static let exerciseSheet = Reader(name: "exercise-sheet", usual: 40) { chance in
    let folder = try scratch("sheet").appending(path: "01-svd-theorem", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tokens = [
      "///", "/// ", "\n", "func ", "{", "}", "(", "/// $x$\n", "/// - a\n", "func energyCaptured(", "\r\n",
    ]
    let text = chance.mutated([Texts.exercises[0]], tokens: tokens)
    try Data(text.utf8).write(to: folder.appending(path: "Exercises01.swift"))
    do {
      let page = Page(
        slug: "01-a", title: "T", command: "c", blocks: [.exercises(try ExerciseSheet(folder: folder))])
      if let flaw = markupFlaw(page.html) { throw Broken("HTML with a flaw: \(flaw)") }
      _ = (page.markdown, page.blocks.map { TerminalPage(style: .plain, width: 40).render($0) })
    } catch let error as ProseError {
      try requireReadable(error)
    } catch let error as LessonFailure {
      try require(!error.message.isEmpty, "a failure without a message")
    }
    return text.utf8.count
  }
}

// MARK: Pages of hostile numbers and texts

extension Reader {
  static let page = Reader(name: "page", usual: 60) { chance in
    let formula = try TeX("x")
    func inline() -> Prose.Inline { .init(spans: [.text(chance.text()), .formula(formula)]) }
    var proof = Proof(tolerance: chance.number().magnitude)
    proof.start("a", chance.number())
    proof.equals("b", because: "c", chance.number())
    proof.equals("c", because: "d", [chance.number(), chance.number()])
    let values = (0..<1 + chance.below(4)).map { _ in chance.number() }
    let digits = 1 + chance.below(17)
    let cells = values.map { number in
      [
        Table.Entry(text: .init(spans: [.text(Numeral.short(number, significant: digits))]), number: number),
        Table.Entry(text: .init(spans: [.text(Numeral.percent(number))]), number: number),
        Table.Entry(text: inline(), number: nil),
      ]
    }
    let text = chance.text()
    let blocks: [Block] = [
      .prose(Prose(blocks: [.heading(level: 1, inline()), .paragraph(inline()), .quote([.paragraph(inline())])])),
      .table(Table(caption: inline(), columns: [inline(), inline(), inline()], rows: cells)),
      .check(
        Check(claim: inline(), value: chance.number(), relation: .below, bound: chance.number(), reason: inline())),
      .check(
        Check(
          claim: inline(), values: values, equal: values.reversed(), within: chance.number(), scale: chance.number())),
      .derivation(try Derivation(title: "D", proof: proof)),
      .undrawn(UndrawnFigure(name: text, reason: text)), .finding(inline()),
      .code(CodeCell(text: text, lines: 1...1, kind: .folded(text))),
    ]
    let page = Page(slug: "01-a", title: text, command: text, blocks: blocks)
    if let flaw = markupFlaw(page.html) { throw Broken("HTML with a flaw: \(flaw)") }
    let terminal = TerminalPage(style: chance.style(), width: chance.one(of: [20, 80]), showsCode: true)
    _ = (page.markdown, blocks.map { terminal.render($0) })
    let report = try Report(page, summary: text, seed: 1, knobs: []).json()
    return report.utf8.count
  }
}
