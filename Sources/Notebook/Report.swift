import Foundation

/// What `--json` prints: everything a program may want to know of a run. `course` reads it back.
public struct Report: Codable, Sendable {
  public struct Derivation: Codable, Sendable {
    public struct Step: Codable, Sendable {
      public let tex: String
      public let reason: String?
      public let value: String
      public let residual: Double?
      public let tolerance: Double
      public let passed: Bool
    }
    public let title: String
    public let steps: [Step]
  }
  public struct Check: Codable, Sendable {
    public let claim: String
    public let value: Double
    public let relation: String
    public let bound: Double
    /// The comparison in words, for an equality with its tolerance: `1.9 = 1.9 to 2e−16, allowed 1e−12`.
    public let statement: String
    public let passed: Bool
  }
  public struct Figure: Codable, Sendable {
    public let name: String
    public let file: String
    public let title: String
    public let alt: String
  }

  public let lesson: String
  public let title: String
  public let summary: String
  public let seed: UInt64
  public let knobs: [String: String]
  public let derivations: [Derivation]
  public let checks: [Check]
  public let figures: [Figure]
  /// The files of the page, relative to the output folder.
  public let files: [String]
  public let passed: Bool

  init(_ page: Page, summary: String, seed: UInt64, knobs: [Knob]) {
    lesson = page.slug
    title = page.title
    self.summary = summary
    self.seed = seed
    self.knobs = Dictionary(uniqueKeysWithValues: knobs.map { ($0.name, $0.value) })
    derivations = page.derivations.map { derivation in
      Derivation(
        title: derivation.title.plainText,
        steps: derivation.steps.map { step in
          Derivation.Step(
            tex: (step.relation.map { "\($0.tex) " } ?? "") + step.formula.source,
            reason: step.reason?.plainText, value: step.value.summary, residual: step.residual,
            tolerance: step.tolerance, passed: step.passed)
        })
    }
    checks = page.checks.map {
      Check(
        claim: $0.claim.plainText, value: $0.value, relation: $0.relation.rawValue, bound: $0.bound,
        statement: $0.statement, passed: $0.passed)
    }
    figures = page.illustrations.map {
      Figure(name: $0.name, file: $0.file, title: $0.title, alt: $0.finding.plainText)
    }
    files = (page.illustrations.map(\.file) + ["README.md"]).map { "\(page.slug)/\($0)" }
    passed = page.passed
  }

  /// One JSON object with sorted keys; numbers that JSON does not have are the strings "NaN", "Infinity", "-Infinity".
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
