/// A formula, parsed from the subset of TeX that the lessons use.
///
/// ```swift
/// let error = try TeX(#"\lVert A - B \rVert_F^2 = \sum_{i>k} \sigma_i^2"#)
/// print(error.unicode)  // ‖A − B‖²_F = Σ_{i>k} σᵢ²
/// ```
///
/// The parser is strict: a command that is not in its table is an error, never passed through. What it accepts is
/// rendered by every back end, and shown by GitHub.
///
/// Two formulas are equal if their trees are: blanks, the braces of a script of one character (`x_{i}` for `x_i`) and
/// the order of sub- and superscript do not matter.
public struct TeX: Hashable, Sendable {
  /// The syntax tree that every renderer reads.
  let nodes: [TeXNode]

  /// Parses `formula`, written without dollar signs. Linear in its length, as all that is made of it.
  ///
  /// - Throws: `TeXError`, naming what is wrong, where, and in which formula.
  public init(_ formula: String) throws(TeXError) {
    var parser = TeXParser(formula)
    nodes = try parser.formula()
  }

  /// The formula in TeX that GitHub shows, inline, displayed, or in a table cell.
  ///
  /// Commands that GitHub refuses are rewritten (`\operatorname{rank}` as `\mathop{\mathrm{rank}}`), and so is every
  /// bar: `|` as `\vert` and `\|` as `\Vert`, because a bar ends a table cell even within a formula. Spacing is
  /// canonical, and parsing the result gives the same source again.
  public var source: String { nodes.texSource() }

  /// The formula on one line of Unicode, for terminals and alternative text.
  ///
  /// Scripts are Unicode characters where all of them exist (`σᵢ²`), else `_{…}` and `^{…}`; fractions are `a/b`, with
  /// parentheses where they are needed; matrices are `[1 2; 3 4]`; bold letters are plain.
  public var unicode: String { nodes.unicode() }

  /// The formula in Unicode as it is displayed: one line a row of `aligned` or `gathered`, the columns aligned, else
  /// the one line of ``unicode``.
  public var unicodeLines: [String] {
    guard nodes.count == 1, case .environment(let environment) = nodes[0], environment.kind.breaksLines else {
      return [unicode]
    }
    return environment.unicodeLines()
  }
}
