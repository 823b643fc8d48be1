extension TeX {
  /// The letters of the formula that stand for something, as TeX, in order and once each: `x`, `\sigma`, `\hat{x}`,
  /// `\mathcal{N}`. A script's letters count by themselves; upright text, functions, the transpose and the index of a norm do
  /// not.
  var symbols: [String] {
    var found: [String] = []
    nodes.collectSymbols(&found)
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// The letters that the formula introduces: those of ``symbols`` that are no script's.
  var introducedSymbols: [String] {
    var found: [String] = []
    nodes.collectSymbols(&found, inScripts: false)
    return found
  }
}

extension [TeXNode] {
  fileprivate func collectSymbols(_ found: inout [String], inScripts: Bool = true) {
    for node in self { node.collectSymbols(&found, inScripts) }
  }
}

extension TeXNode {
  /// Marks that are letters to TeX, and stand for the same thing everywhere.
  private static let notation: Set<String> = [
    #"\top"#, #"\bot"#, #"\infty"#, #"\partial"#, #"\nabla"#, #"\ell"#, "'", ".", "/", "@", #"\prime"#, #"\forall"#,
    #"\exists"#, #"\vdots"#, #"\checkmark"#, #"\%"#, #"\#"#, #"\_"#, #"\&"#, #"\emptyset"#, #"\varnothing"#, #"\neg"#,
  ]

  fileprivate func collectSymbols(_ found: inout [String], _ inScripts: Bool) {
    func collect(_ nodes: [TeXNode]...) { for nodes in nodes { nodes.collectSymbols(&found, inScripts: inScripts) } }
    switch self {
    case .symbol(let symbol):
      if symbol.role == .ordinary, !TeXNode.notation.contains(symbol.source) { found.append(symbol.source) }
    case .accent(let body, _):
      // A hat makes another symbol of a letter; a line over a formula does not.
      if body.count == 1 { found.append([self].texSource()) } else { collect(body) }
    case .font(let body, let command):
      if command == "mathrm" || command == "mathtt" { break }
      if body.count == 1 { found.append([self].texSource()) } else { collect(body) }
    case .scripts(let scripts):
      collect([scripts.base])
      guard inScripts, !scripts.base.isClosingBar else { break }
      collect(scripts.lower ?? [], scripts.upper ?? [])
    case .fraction(let over, let under, _): collect(over, under)
    case .stack(let over, let under, _): collect(over, under)
    case .root(let body, let index): collect(body, index ?? [])
    case .fenced(_, let body, _), .group(let body), .brace(let body, _), .arrow(label: let body, _), .boxed(let body),
      .classed(let body, _):
      collect(body)
    case .substack(let rows): for row in rows { collect(row) }
    case .environment(let environment): for cell in environment.rows.flatMap(\.self) { collect(cell) }
    case .number, .function, .operatorName, .text, .space, .sized, .tag, .style: break
    }
  }

  /// Whether this ends a norm, whose index says which.
  private var isClosingBar: Bool {
    switch self {
    case .symbol(let symbol), .sized(let symbol, _): [#"\rVert"#, #"\Vert"#, #"\rvert"#].contains(symbol.source)
    case .fenced(_, _, let right): right?.source == #"\Vert"# || right?.source == #"\rVert"#
    default: false
    }
  }
}
