/// A lesson's page as a value: what Markdown, the terminal and JSON are three functions of.
public struct Page: Sendable {
  /// The lesson's folder, `01-svd-theorem`, plus the knobs that were turned.
  public let slug: String
  public let title: String
  /// The command that writes the page.
  public let command: String
  /// The lessons before and after this one.
  public var neighbours = Neighbours()
  public var blocks: [Block] = []

  public var derivations: [Derivation] { blocks.compactMap { if case .derivation(let d) = $0 { d } else { nil } } }
  public var checks: [Check] { blocks.compactMap { if case .check(let c) = $0 { c } else { nil } } }
  public var illustrations: [Illustration] {
    blocks.flatMap { block -> [Illustration] in
      switch block {
      case .figure(let figure): [figure]
      case .slider(let slider): slider.frames.map(\.illustration)
      default: []
      }
    }
  }

  public var tables: [Table] { blocks.compactMap { if case .table(let t) = $0 { t } else { nil } } }
  public var undrawn: [UndrawnFigure] { blocks.compactMap { if case .undrawn(let f) = $0 { f } else { nil } } }

  public var exercises: ExerciseSheet? {
    blocks.lazy.compactMap { if case .exercises(let sheet) = $0 { sheet } else { nil } }.first
  }

  /// What the first screen promises; nil on a page without one.
  public var opening: Opening? {
    blocks.lazy.compactMap { if case .opening(let opening) = $0 { opening } else { nil } }.first
  }

  /// Whether every check and every line of every derivation holds, and every figure could be drawn.
  public var passed: Bool { checks.allSatisfy(\.passed) && derivations.allSatisfy(\.passed) && undrawn.isEmpty }
}

/// One block of a page.
public enum Block: Sendable {
  case prose(Prose)
  case code(CodeCell)
  case question(Question)
  case derivation(Derivation)
  case check(Check)
  case table(Table)
  case figure(Illustration)
  case slider(Slider)
  case undrawn(UndrawnFigure)
  case exercises(ExerciseSheet)
  /// The first screen: the page's picture, findings and contents.
  case opening(Opening)
  /// What the lesson found, in a sentence; the first screen repeats it.
  case finding(Prose.Inline)
  /// The page's part of the course's symbols.
  case symbols(SymbolTable)
  /// What the page cites.
  case sources([Reference])
}

/// What stands in the place of a figure that could not be drawn.
public struct UndrawnFigure: Sendable {
  public let name: String
  /// Why: a value that has no place on the page, and where it is.
  public let reason: String

  /// The reason as a sentence of the page.
  var sentence: Prose.Inline {
    Prose.Inline(spans: [.text("The figure \(name) could not be drawn. \(reason)")])
  }
}

/// A figure in a page.
public struct Illustration: Sendable {
  public let name: String
  public let title: String
  /// What the figure shows, as a sentence: its caption and its alternative text.
  public let finding: Prose.Inline
  public let svg: String
  /// An SVG group that shows values of points, for a page that has the figure inline; may be empty.
  public var values = ""
  public var file: String { "\(name).svg" }
}
