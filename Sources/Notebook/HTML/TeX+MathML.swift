extension TeX {
  /// The formula as MathML that browsers draw without a script (MathML Core).
  ///
  /// A long formula is several `math` elements in one `span`, so that a line may end before a relation or a sum's sign:
  /// browsers break none themselves. Spaces are TeX's, to the eighteenth of an em where a browser's own differ.
  ///
  /// - Parameter displayed: whether limits stand above and below, and fractions are full size.
  public func mathML(displayed: Bool = false) -> String {
    joined(parts(displayed: displayed))
  }

  /// The formula with the marks that stand before and behind it in running text, from which no line parts it.
  func mathML(between opening: String, and closing: String) -> String {
    func kept(_ text: String) -> String { Markup.element("span", ["class": "kept"], text) }
    var parts = parts(displayed: false)
    if parts.count == 1, !opening.isEmpty || !closing.isEmpty { return kept(opening + parts[0] + closing) }
    if !opening.isEmpty { parts[0] = kept(opening + parts[0]) }
    if !closing.isEmpty { parts[parts.count - 1] = kept(parts[parts.count - 1] + closing) }
    return joined(parts)
  }

  private func joined(_ parts: [String]) -> String {
    parts.count == 1
      ? parts[0] : Markup.element("span", ["class": "formula"], parts.joined(separator: Markup.empty("wbr")))
  }

  private func parts(displayed: Bool) -> [String] {
    MathMLWriter(isDisplayed: displayed).breakable(nodes).map { part in
      displayed ? Markup.element("math", ["displaystyle": "true"], part) : Markup.element("math", part)
    }
  }
}

/// Writes lists of nodes as MathML.
struct MathMLWriter {
  /// Whether limits stand above and below their operator.
  var isDisplayed = false
  /// Whether this is a script, or what TeX sets like one: without spaces around operators.
  var isScript = false
  /// The command whose alphabet letters are in.
  var font: String?

  /// A part of a list with the role that its neighbours give it.
  struct Atom {
    var node: TeXNode
    var role: TeXRole
    /// Whether it stands first or last in its row, where a browser would take an infix operator for another.
    var isAtEdge: Bool
  }

  /// One element: the nodes in a row, unless they are one element already.
  func single(_ nodes: [TeXNode], after role: TeXRole? = nil) -> String {
    let elements = elements(nodes, after: role)
    return elements.count == 1 ? elements[0] : Markup.element("mrow", elements.joined())
  }

  /// The nodes side by side.
  func row(_ nodes: [TeXNode], after role: TeXRole? = nil) -> String { elements(nodes, after: role).joined() }

  private func elements(_ nodes: [TeXNode], after role: TeXRole? = nil) -> [String] {
    if let style = nodes.firstIndex(where: { if case .style = $0 { true } else { false } }) {
      // It counts for the rest of the list.
      let isDisplay = nodes[style] == .style("displaystyle")
      var writer = self
      (writer.isDisplayed, writer.isScript) = (isDisplay, false)
      return elements(Array(nodes[..<style]), after: role) + [
        Markup.element(
          "mstyle", ["displaystyle": "\(isDisplay)", "scriptlevel": "0"], writer.row(Array(nodes[(style + 1)...])))
      ]
    }
    return elements(of: atoms(nodes, after: role))
  }

  func elements(of atoms: [Atom]) -> [String] {
    var elements: [String] = []
    for (i, atom) in atoms.enumerated() {
      if atom.role == .function, i > 0, hasThinSpace(behind: atoms[i - 1].role) {
        elements.append(MathMLWriter.thinSpace)
      }
      elements.append(element(atom))
      guard atom.role == .function else { continue }
      elements.append("<mo>&#8289;</mo>")
      if i + 1 < atoms.count, hasThinSpace(before: atoms[i + 1].role) { elements.append(MathMLWriter.thinSpace) }
    }
    return elements
  }

  private static let thinSpace = #"<mspace width="0.1667em"/>"#

  /// TeX's space between an atom of `role` and a function behind it.
  private func hasThinSpace(behind role: TeXRole) -> Bool {
    switch role {
    case .ordinary, .closing, .inner, .largeOperator: !isScript
    default: false
    }
  }

  /// TeX's space between a function and an atom of `role` behind it.
  private func hasThinSpace(before role: TeXRole) -> Bool {
    switch role {
    // Between two functions the second one writes it.
    case .ordinary, .inner, .largeOperator: !isScript
    case .function: true
    default: false
    }
  }

  // MARK: Roles

  /// The nodes with their roles: bars open or close, and a binary operator without a left operand is a sign.
  ///
  /// - Parameter role: what stands before the list, if anything.
  func atoms(_ nodes: [TeXNode], after role: TeXRole?) -> [Atom] {
    var previous = role
    var open: [String] = []
    let last = nodes.count - 1
    return nodes.enumerated().map { i, node in
      var role = node.role
      let lacksOperand =
        switch previous {
        case nil, .largeOperator, .function, .binary, .sign, .relation, .opening, .punctuation: true
        default: false
        }
      switch role {
      case .bar:
        let kind = node.barKind
        if open.last == kind, !lacksOperand {
          open.removeLast()
          role = .closing
        } else {
          open.append(kind)
          role = .opening
        }
      case .binary where lacksOperand: role = .sign
      case .opening: open.append("(")
      case .closing: while let last = open.popLast(), last != "(" {}
      default: break
      }
      if role != .space { previous = role }
      return Atom(node: node, role: role, isAtEdge: i == 0 || i == last)
    }
  }

  // MARK: Where a line may end

  /// From how many characters on a formula is offered to be broken.
  private static let long = 18

  /// The formula as the contents of one or several `math` elements: a long one begins another before each relation
  /// outside of parentheses, and what is still long before each + or −.
  func breakable(_ nodes: [TeXNode]) -> [String] {
    let hasStyle = nodes.contains { if case .style = $0 { true } else { false } }
    guard !hasStyle, nodes.unicode().count > MathMLWriter.long else { return [row(nodes)] }
    let atoms = atoms(nodes, after: nil)
    return split(atoms, before: .relation).flatMap { part in
      part.map(\.node).unicode().count > MathMLWriter.long ? split(part, before: .binary) : [part]
    }.map { part in
      var part = part
      part[0].isAtEdge = true
      part[part.count - 1].isAtEdge = true
      return elements(of: part).joined()
    }
  }

  private func split(_ atoms: [Atom], before role: TeXRole) -> [[Atom]] {
    var parts: [[Atom]] = [[]]
    var depth = 0
    for atom in atoms {
      // Not a product's sign, and not what follows a sign or space alone.
      let isBreak = atom.role == role && (role == .relation || ["+", "-", #"\pm"#].contains(atom.node.symbolSource))
      if isBreak, depth == 0, parts[parts.count - 1].contains(where: { $0.role != .space && $0.role != .relation }) {
        parts.append([])
      }
      if atom.role == .opening { depth += 1 }
      if atom.role == .closing { depth = max(0, depth - 1) }
      parts[parts.count - 1].append(atom)
    }
    return parts
  }
}

extension TeXNode {
  /// How the node is spaced, before its neighbours have been looked at.
  fileprivate var role: TeXRole {
    switch self {
    case .symbol(let symbol), .sized(let symbol, _): symbol.role
    case .function, .operatorName: .function
    case .space, .style: .space
    case .scripts(let scripts): scripts.base.role
    case .fraction, .fenced: .inner
    case .arrow: .relation
    case .stack(_, let base, let command):
      command == "stackrel" ? .relation : base.count == 1 ? base[0].role : .ordinary
    case .classed(_, let command): TeXRole(ofClass: command)
    default: .ordinary
    }
  }

  /// Which bar this is, single or double.
  fileprivate var barKind: String {
    switch self {
    case .symbol(let symbol), .sized(let symbol, _): symbol.unicode
    case .scripts(let scripts): scripts.base.barKind
    default: ""
    }
  }

  /// How a lone symbol is written.
  fileprivate var symbolSource: String? { if case .symbol(let symbol) = self { symbol.source } else { nil } }
}
