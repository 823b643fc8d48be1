/// Each kind of node as one element.
extension MathMLWriter {
  func element(_ atom: Atom) -> String {
    switch atom.node {
    case .symbol(let symbol): return element(symbol, atom)
    case .number(let digits): return Markup.element("mn", font.map { font in lettered(digits, font) } ?? digits)
    case .function(let function):
      let names = ["liminf": "lim\u{2006}inf", "limsup": "lim\u{2006}sup"]
      return Markup.element("mi", names[function.name] ?? function.name)
    case .operatorName(let body): return upright(body)
    case .text(let content, let command): return text(content, command)
    case .space(let command): return Markup.empty("mspace", ["width": MathMLWriter.widths[command] ?? "0.2222em"])
    case .group(let body): return Markup.element("mrow", row(body))
    case .scripts(let scripts): return element(scripts, atom)
    case .fraction(let over, let under, let command): return fraction(over, under, command)
    case .root(let body, let index):
      guard let index else { return Markup.element("msqrt", row(body)) }
      return Markup.element("mroot", single(body) + script.single(index))
    case .accent(let body, let command): return accent(body, command)
    case .font(let body, let command): return letters(body, command)
    case .fenced(let left, let body, let right):
      return Markup.element("mrow", delimiter(left, "prefix") + row(body) + delimiter(right, "postfix"))
    case .sized(let symbol, let command): return sized(symbol, command, atom.role)
    case .brace(let body, let command):
      let isUnder = command == "underbrace"
      return Markup.element(
        isUnder ? "munder" : "mover", single(body) + "<mo stretchy=\"true\">\(isUnder ? "⏟" : "⏞")</mo>")
    case .stack(let mark, let base, let command):
      return Markup.element(command == "underset" ? "munder" : "mover", single(base) + script.single(mark))
    case .arrow(let label, let command):
      let arrow = "<mo stretchy=\"true\">\(command == "xleftarrow" ? "←" : "→")</mo>"
      let padding = #"<mspace width="0.5em"/>"#
      return Markup.element("mover", arrow + Markup.element("mrow", padding + script.row(label) + padding))
    case .boxed(let body): return Markup.element("mrow", ["class": "boxed"], row(body))
    case .tag(let content): return Markup.element("mtext", ["class": "tag"], "(\(content.escapedMarkup))")
    case .style: return ""
    case .classed(let body, let command): return classed(body, command, atom)
    case .substack(let rows):
      return Markup.element("mtable", ["class": "stack"], rows.map { tableRow([single($0)]) }.joined())
    case .environment(let environment): return element(environment)
    }
  }

  /// A writer for scripts of what this one writes.
  private var script: MathMLWriter { MathMLWriter(isDisplayed: false, isScript: true) }

  private static let widths = [
    #"\,"#: "0.1667em", #"\:"#: "0.2222em", #"\;"#: "0.2778em", #"\!"#: "-0.1667em", #"\quad"#: "1em",
    #"\qquad"#: "2em",
    #"\ "#: "0.25em", "~": "0.25em",
  ]

  // MARK: Symbols

  private func element(_ symbol: TeXSymbol, _ atom: Atom) -> String {
    let character = MathMLWriter.characters[symbol.source] ?? symbol.unicode
    if symbol == TeXTable.prime || symbol.source == #"\prime"# { return "<mo>′</mo>" }
    if symbol.role == .ordinary { return letter(character) }
    return mo(character, atom)
  }

  /// Where MathML wants another character than a line of text.
  private static let characters = [
    #"\sum"#: "∑", #"\prod"#: "∏", #"\mid"#: "∣", #"\cdot"#: "⋅", "*": "∗", #"\ast"#: "∗", #"\square"#: "□",
  ]

  /// An operator, with attributes only where browsers would space or stretch it otherwise than TeX.
  private func mo(_ character: String, _ atom: Atom) -> String {
    let content = character.escapedMarkup
    let isBar = "|‖".contains(character)
    switch atom.role {
    case .opening: return "<mo \(isBar ? "form=\"prefix\" " : "")stretchy=\"false\">\(content)</mo>"
    case .closing: return "<mo \(isBar ? "form=\"postfix\" " : "")stretchy=\"false\">\(content)</mo>"
    case .sign: return "<mo form=\"prefix\">\(content)</mo>"
    case .binary, .relation, .punctuation:
      if isScript { return "<mo lspace=\"0\" rspace=\"0\">\(content)</mo>" }
      let isInfix = atom.isAtEdge && atom.role != .punctuation
      return "<mo\(isInfix ? " form=\"infix\"" : "")>\(content)</mo>"
    default: return "<mo>\(content)</mo>"
    }
  }

  /// A letter: small ones and Latin ones are italic by themselves.
  private func letter(_ character: String) -> String {
    if let font, let only = character.first {
      if font == "mathrm" { return "<mi mathvariant=\"normal\">\(character.escapedMarkup)</mi>" }
      return "<mi>\(MathAlphabet.letter(only, font: font).escapedMarkup)</mi>"
    }
    let isUpright = character.unicodeScalars.first.map {
      (0x391...0x3A9).contains($0.value) || "∂∇".unicodeScalars.contains($0)
    }
    return "<mi\(isUpright == true ? " mathvariant=\"normal\"" : "")>\(character.escapedMarkup)</mi>"
  }

  private func lettered(_ text: String, _ font: String) -> String {
    text.map { MathAlphabet.letter($0, font: font) }.joined()
  }

  /// The name of an operator, upright.
  private func upright(_ body: [TeXNode]) -> String {
    let word = body.map { if case .symbol(let symbol) = $0, symbol.role == .ordinary { symbol.unicode } else { "\n" } }
      .joined()
    guard !word.contains("\n"), !word.isEmpty else {
      var writer = self
      writer.font = "mathrm"
      return writer.single(body)
    }
    return "<mi\(word.count == 1 ? " mathvariant=\"normal\"" : "")>\(word.escapedMarkup)</mi>"
  }

  private func letters(_ body: [TeXNode], _ command: String) -> String {
    guard command != "mathrm" else { return upright(body) }
    var writer = self
    writer.font = command == "mathit" ? nil : command
    return writer.single(body)
  }

  private func text(_ content: String, _ command: String) -> String {
    // Blanks at the ends would be dropped.
    let kept = content.escapedMarkup.replacing(" ", with: "\u{A0}")
    let style = ["textbf": "bold", "textit": "italic"][command]
    return style.map { Markup.element("mtext", ["class": $0], kept) } ?? Markup.element("mtext", kept)
  }

  // MARK: Scripts, fractions, accents

  private func element(_ scripts: TeXScripts, _ atom: Atom) -> String {
    // A function's own application sign comes behind its scripts.
    let base = element(Atom(node: scripts.base, role: atom.role, isAtEdge: atom.isAtEdge))
    let (lower, upper) = (scripts.lower.map { script.single($0) }, scripts.upper.map { script.single($0) })
    let areLimits = takesLimits(scripts)
    switch (lower, upper) {
    case (let lower?, let upper?): return Markup.element(areLimits ? "munderover" : "msubsup", base + lower + upper)
    case (let lower?, nil): return Markup.element(areLimits ? "munder" : "msub", base + lower)
    case (nil, let upper?): return Markup.element(areLimits ? "mover" : "msup", base + upper)
    case (nil, nil): return base
    }
  }

  private func takesLimits(_ scripts: TeXScripts) -> Bool {
    if case .brace = scripts.base { return true }
    guard scripts.placement != "nolimits" else { return false }
    if scripts.placement == "limits" { return true }
    guard isDisplayed else { return false }
    switch scripts.base {
    case .symbol(let symbol): return symbol.role == .largeOperator && !"∫∬∮".contains(symbol.unicode)
    case .function(let function): return function.limits
    case .operatorName: return true
    default: return false
    }
  }

  private func fraction(_ over: [TeXNode], _ under: [TeXNode], _ command: String) -> String {
    let isFull = command == "dfrac" || (command != "tfrac" && isDisplayed)
    // What stands in a small fraction is set like a script.
    let part = MathMLWriter(isDisplayed: false, isScript: isScript || !isFull, font: font)
    let parts = part.single(over) + part.single(under)
    switch command {
    case "binom":
      return "<mrow><mo>(</mo>" + Markup.element("mfrac", ["linethickness": "0"], parts) + "<mo>)</mo></mrow>"
    case "dfrac", "tfrac":
      let style = "<mstyle displaystyle=\"\(isFull)\" scriptlevel=\"0\">"
      return style + Markup.element("mfrac", parts) + "</mstyle>"
    default: return Markup.element("mfrac", parts)
    }
  }

  private static let accents = [
    "hat": "ˆ", "widehat": "^", "tilde": "˜", "widetilde": "~", "bar": "ˉ", "overline": "‾", "vec": "→", "dot": "˙",
    "ddot": "¨", "check": "ˇ", "breve": "˘", "underline": "_",
  ]

  private func accent(_ body: [TeXNode], _ command: String) -> String {
    let stretches = ["widehat", "widetilde", "overline", "underline"].contains(command)
    let mark = "<mo stretchy=\"\(stretches)\">\(MathMLWriter.accents[command] ?? "")</mo>"
    return command == "underline"
      ? Markup.element("munder", ["accentunder": "true"], single(body) + mark)
      : Markup.element("mover", ["accent": "true"], single(body) + mark)
  }

  // MARK: Delimiters and classes

  private func delimiter(_ symbol: TeXSymbol?, _ form: String) -> String {
    symbol.map { "<mo form=\"\(form)\" stretchy=\"true\">\($0.unicode.escapedMarkup)</mo>" } ?? ""
  }

  private func sized(_ symbol: TeXSymbol, _ command: String, _ role: TeXRole) -> String {
    let sizes = ["big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"]
    // `\middle` is as large as its fence.
    let size = sizes[command.last.map { "lrm".contains($0) } == true ? String(command.dropLast()) : command]
    let form = role == .opening ? "prefix" : role == .closing ? "postfix" : "infix"
    let limits = size.map { " minsize=\"\($0)\" maxsize=\"\($0)\"" } ?? ""
    return "<mo form=\"\(form)\" stretchy=\"true\"\(limits)>\(symbol.unicode.escapedMarkup)</mo>"
  }

  /// The content, spaced as its class is.
  private func classed(_ body: [TeXNode], _ command: String, _ atom: Atom) -> String {
    let spaces = [
      "mathrel": ("0.2778em", "0.2778em"), "mathbin": ("0.2222em", "0.2222em"), "mathpunct": ("0", "0.1667em"),
    ]
    let content = single(body)
    guard let (left, right) = spaces[command], !isScript else { return content }
    func space(_ width: String) -> String { width == "0" ? "" : "<mspace width=\"\(width)\"/>" }
    // The operator's own spaces give way to those of the class.
    let inner = body.count == 1 ? content.replacing("<mo>", with: "<mo lspace=\"0\" rspace=\"0\">") : content
    return Markup.element("mrow", space(left) + inner + space(right))
  }

  // MARK: Tables

  private func tableRow(_ cells: [String]) -> String {
    Markup.element("mtr", cells.map { Markup.element("mtd", $0) }.joined())
  }

  private func element(_ environment: TeXEnvironment) -> String {
    let kind = environment.kind
    var writer = self
    // Rows of `aligned` are displayed formulas; cells of all others are set like running text.
    (writer.isDisplayed, writer.isScript) = (kind.breaksLines, false)
    let width = environment.rows.map(\.count).max() ?? 0
    let rows = environment.rows.map { row in
      let cells = row.enumerated().map { j, cell in
        // Behind an &, as in TeX, an operator has a left operand.
        writer.row(cell, after: kind == .aligned && j % 2 == 1 ? .ordinary : nil)
      }
      return tableRow(cells + Array(repeating: "", count: width - row.count))
    }
    let columns = environment.columns.isEmpty ? "" : " columns-\(environment.columns)"
    let table = Markup.element(
      "mtable", ["class": kind.rawValue + columns, "displaystyle": "\(kind.breaksLines)"], rows.joined())
    let fences: [TeXEnvironment.Kind: (String, String)] = [
      .cases: ("{", ""), .pmatrix: ("(", ")"), .bmatrix: ("[", "]"), .Bmatrix: ("{", "}"), .vmatrix: ("|", "|"),
      .Vmatrix: ("‖", "‖"),
    ]
    guard let (left, right) = fences[kind] else { return table }
    func fence(_ mark: String, _ form: String) -> String {
      mark.isEmpty ? "" : "<mo form=\"\(form)\" stretchy=\"true\">\(mark)</mo>"
    }
    return Markup.element("mrow", fence(left, "prefix") + table + fence(right, "postfix"))
  }
}
