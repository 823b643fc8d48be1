/// One node of a formula's syntax tree.
///
/// Commands keep their names (without the backslash), so that a renderer can tell `\dfrac` from `\frac`.
indirect enum TeXNode: Hashable, Sendable {
  /// A letter, an operator, a delimiter: `x`, `\alpha`, `\le`, `(`.
  case symbol(TeXSymbol)
  /// Digits, perhaps with a decimal point.
  case number(String)
  /// A named function: `\log`, `\min`.
  case function(TeXFunction)
  /// `\operatorname{…}`; its scripts are limits unless they are placed otherwise.
  case operatorName([TeXNode])
  /// `\text{…}` and its kin; the content is plain, not TeX.
  case text(String, command: String)
  /// `\,`, `\quad`, …
  case space(String)
  /// `{…}`.
  case group([TeXNode])
  case scripts(TeXScripts)
  /// `\frac`, `\dfrac`, `\tfrac`, `\binom`.
  case fraction([TeXNode], [TeXNode], command: String)
  case root([TeXNode], index: [TeXNode]?)
  /// `\hat`, `\overline`, …
  case accent([TeXNode], command: String)
  /// `\mathbf`, `\mathcal`, …
  case font([TeXNode], command: String)
  /// `\left … \right`; nil where the delimiter is the invisible `.`.
  case fenced(left: TeXSymbol?, [TeXNode], right: TeXSymbol?)
  /// `\bigl(`, `\middle|`, …
  case sized(TeXSymbol, command: String)
  /// `\underbrace`, `\overbrace`; the label is the script on it.
  case brace([TeXNode], command: String)
  /// `\overset{mark}{base}`, `\underset`, `\stackrel`.
  case stack(mark: [TeXNode], base: [TeXNode], command: String)
  /// `\xleftarrow{label}`, `\xrightarrow`.
  case arrow(label: [TeXNode], command: String)
  case boxed([TeXNode])
  /// `\tag{1}`.
  case tag(String)
  /// `\displaystyle`, `\textstyle`.
  case style(String)
  /// `\mathrel{…}` and its kin: the content spaced as that class.
  case classed([TeXNode], command: String)
  /// Lines stacked in a script.
  case substack([[TeXNode]])
  case environment(TeXEnvironment)
}

/// A character or command that stands for one mark.
struct TeXSymbol: Hashable, Sendable {
  /// How it is written in TeX that GitHub shows.
  var source: String
  var unicode: String
  var role: TeXRole
}

/// How a mark is spaced: TeX's classes of atoms, with those that only a line of text needs.
enum TeXRole: Hashable, Sendable {
  case ordinary
  /// Σ, Π, ∫.
  case largeOperator
  /// log, min.
  case function
  case binary
  /// A binary operator without a left operand: the − of −x.
  case sign
  case relation
  case opening
  case closing
  /// A bar that opens or closes, which only its neighbours tell.
  case bar
  case punctuation
  /// Dots.
  case inner
  case space

  /// What `\mathbin` and its like, by their names without the backslash, make of a formula.
  init(ofClass command: String) {
    self =
      switch command {
      case "mathbin": .binary
      case "mathrel": .relation
      case "mathopen": .opening
      case "mathclose": .closing
      case "mathpunct": .punctuation
      default: .ordinary
      }
  }
}

/// A base with its sub- and superscript.
struct TeXScripts: Hashable, Sendable {
  var base: TeXNode
  var lower: [TeXNode]?
  /// Primes come first.
  var upper: [TeXNode]?
  /// `limits` or `nolimits`, where written or meant by `\operatorname` without a star.
  var placement: String?
}

/// A named function of TeX.
struct TeXFunction: Hashable, Sendable {
  var name: String
  /// Whether scripts stand below it in a displayed formula.
  var limits: Bool
}

/// `\begin{…} … \end{…}`.
struct TeXEnvironment: Hashable, Sendable {
  var kind: Kind
  /// The column letters of an `array`, else empty.
  var columns: String
  /// Rows of cells.
  var rows: [[[TeXNode]]]

  enum Kind: String, Hashable, Sendable {
    case aligned, gathered, cases, array, matrix, pmatrix, bmatrix, Bmatrix, vmatrix, Vmatrix

    /// Whether its rows are lines of a displayed formula.
    var breaksLines: Bool { self == .aligned || self == .gathered }
  }
}
