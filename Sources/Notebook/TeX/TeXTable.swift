/// What a command of the subset is.
enum TeXCommand: Sendable {
  case symbol(TeXSymbol)
  case function(TeXFunction)
  case space
  case text
  case fraction
  case root
  case accent
  case font
  case left
  case sized(TeXRole)
  case brace
  case stack
  case arrow
  case boxed
  case tag
  case style
  case classed
  case substack
  case operatorName
  case mathop
  case begin
}

/// The commands of the subset; whatever is not here is an error.
enum TeXTable {
  /// Every command by its name without the backslash.
  static let commands: [String: TeXCommand] = {
    var table: [String: TeXCommand] = [
      "sqrt": .root, "left": .left, "boxed": .boxed, "tag": .tag, "substack": .substack, "begin": .begin,
      "operatorname": .operatorName, "operatorname*": .operatorName, "mathop": .mathop,
    ]
    func add(_ names: String, _ command: TeXCommand) {
      for name in words(names) { table[name] = command }
    }
    add(", : ; ! quad qquad", .space)
    table[" "] = .space
    add("text textbf textit textrm", .text)
    add("frac dfrac tfrac binom", .fraction)
    add("hat widehat tilde widetilde bar overline underline vec dot ddot check breve", .accent)
    add("mathbf mathbb mathcal mathscr mathrm mathit mathsf mathtt boldsymbol", .font)
    add("bigl Bigl biggl Biggl", .sized(.opening))
    add("bigr Bigr biggr Biggr", .sized(.closing))
    add("big Big bigg Bigg", .sized(.ordinary))
    add("bigm Bigm biggm Biggm middle", .sized(.relation))
    add("underbrace overbrace", .brace)
    add("overset underset stackrel", .stack)
    add("xleftarrow xrightarrow", .arrow)
    add("displaystyle textstyle", .style)
    add("mathord mathbin mathrel mathopen mathclose mathpunct", .classed)
    for name in words(functions) { table[name] = .function(TeXFunction(name: name, limits: false)) }
    for name in words(functionsWithLimits) { table[name] = .function(TeXFunction(name: name, limits: true)) }
    for symbol in symbols { table[String(symbol.source.dropFirst())] = .symbol(symbol) }
    // Bars are rewritten: a plain one would end the cell of a table.
    table["|"] = .symbol(doubleBar)
    return table
  }()

  /// Every command that stands for one mark, in the order of the lists below.
  static let symbols: [TeXSymbol] = lists.flatMap { role, list in
    let entries = words(list)
    return stride(from: 0, to: entries.count, by: 2).map { i in
      TeXSymbol(source: "\\" + entries[i], unicode: entries[i + 1], role: role)
    }
  }

  static let bar = TeXSymbol(source: #"\vert"#, unicode: "|", role: .bar)
  static let doubleBar = TeXSymbol(source: #"\Vert"#, unicode: "‖", role: .bar)
  static let prime = TeXSymbol(source: "'", unicode: "′", role: .ordinary)

  /// The symbol that a character stands for by itself, or nil if it has no meaning in the subset.
  static func symbol(for character: Character) -> TeXSymbol? {
    let source = String(character)
    if character.isASCII && character.isLetter { return TeXSymbol(source: source, unicode: source, role: .ordinary) }
    switch character {
    case "-": return TeXSymbol(source: source, unicode: "−", role: .binary)
    case "+", "*": return TeXSymbol(source: source, unicode: source, role: .binary)
    case "=", "<", ">", ":": return TeXSymbol(source: source, unicode: source, role: .relation)
    case "(", "[": return TeXSymbol(source: source, unicode: source, role: .opening)
    case ")", "]", "!", "?": return TeXSymbol(source: source, unicode: source, role: .closing)
    case ",", ";": return TeXSymbol(source: source, unicode: source, role: .punctuation)
    case ".", "/", "@": return TeXSymbol(source: source, unicode: source, role: .ordinary)
    case "|": return bar
    default: return nil
    }
  }

  /// What to write for a command that MathJax knows and GitHub refuses: those that define commands, and those that
  /// could hide or disguise text.
  static func advice(forRefused name: String) -> String? {
    switch name {
    case "phantom", "hphantom", "vphantom": #"align with & in aligned"#
    case "mbox", "hbox": #"write \text{…}"#
    case "def", "let", "newcommand", "renewcommand", "DeclareMathOperator", "require": "write the formula out"
    case "href", "url", "class", "style", "cssId", "unicode": "markup belongs in the prose"
    default: nil
    }
  }

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static let functions = """
    arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
    """
  private static let functionsWithLimits = "det gcd inf lim liminf limsup max min Pr sup"

  private static let lists: [(TeXRole, String)] = [
    (
      .ordinary,
      """
      alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ
      mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ
      psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
      partial ∂ nabla ∇ infty ∞ top ⊤ bot ⊥ ell ℓ hbar ℏ Re ℜ Im ℑ imath ı jmath ȷ prime ′ forall ∀ exists ∃ nexists ∄
      emptyset ∅ varnothing ∅ neg ¬ angle ∠ square □ blacksquare ■ checkmark ✓ backslash \\ % % # # _ _ & & vdots ⋮
      """
    ),
    (
      .binary,
      """
      cdot · times × div ÷ odot ⊙ otimes ⊗ oplus ⊕ ominus ⊖ pm ± mp ∓ circ ∘ bullet • ast * star ⋆ dagger † ddagger ‡
      cup ∪ cap ∩ sqcup ⊔ sqcap ⊓ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨
      """
    ),
    (
      .relation,
      """
      le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ lt < gt > ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ equiv ≡
      ll ≪ gg ≫ prec ≺ preceq ⪯ succ ≻ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ subsetneq ⊊
      to → rightarrow → longrightarrow ⟶ mapsto ↦ longmapsto ⟼ gets ← leftarrow ← longleftarrow ⟵ leftrightarrow ↔
      Rightarrow ⇒ implies ⟹ Leftarrow ⇐ impliedby ⟸ Leftrightarrow ⇔ iff ⟺ uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘
      hookrightarrow ↪ perp ⊥ parallel ∥ mid | nmid ∤ vdash ⊢ models ⊨ asymp ≍ doteq ≐ triangleq ≜
      """
    ),
    (.largeOperator, "sum Σ prod Π int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂"),
    (.opening, "{ { lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack ["),
    (.closing, "} } rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ]"),
    (.bar, "vert | Vert ‖"),
    (.punctuation, "colon :"),
    (.inner, "ldots … dots … cdots ⋯ ddots ⋱ dotsc … dotsb ⋯"),
  ]
}
