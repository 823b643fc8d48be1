/// A lesson's page as a value: what Markdown, the terminal and JSON are three functions of.
public struct Page: Sendable {
  /// The lesson's folder, `01-svd-theorem`, plus the knobs that were turned.
  public let slug: String
  public let title: String
  /// The command that writes the page.
  public let command: String
  public var blocks: [Block] = []

  public var derivations: [Derivation] { blocks.compactMap { if case .derivation(let d) = $0 { d } else { nil } } }
  public var checks: [Check] { blocks.compactMap { if case .check(let c) = $0 { c } else { nil } } }
  public var illustrations: [Illustration] { blocks.compactMap { if case .figure(let f) = $0 { f } else { nil } } }

  public var exercises: ExerciseSheet? {
    blocks.lazy.compactMap { if case .exercises(let sheet) = $0 { sheet } else { nil } }.first
  }

  /// Whether every check and every line of every derivation holds.
  public var passed: Bool { checks.allSatisfy(\.passed) && derivations.allSatisfy(\.passed) }
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
  case exercises(ExerciseSheet)
}

/// A figure in a page.
public struct Illustration: Sendable {
  public let name: String
  public let title: String
  /// What the figure shows, as a sentence: its caption and its alternative text.
  public let finding: Prose.Inline
  public let svg: String
  public var file: String { "\(name).svg" }
}
