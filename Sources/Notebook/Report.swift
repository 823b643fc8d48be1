import Foundation

/// What `--json` prints: everything a program may want to know of a run. `course` reads it back.
///
/// Numbers are JSON's numbers with all their digits, whatever the page shows of them, and a percentage is a share.
public struct Report: Codable, Sendable {
  /// A number, or where something is none, its text.
  public enum Entry: Codable, Sendable, Equatable {
    case number(Double)
    case text(String)

    init(_ text: String) { self = Double(text).map(Entry.number) ?? .text(text) }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .number(try container.decode(Double.self))
      } catch {
        self = .text(try container.decode(String.self))
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }
  /// What a line of a derivation evaluates to: a number as it is, of a list the count and the norm, of a matrix the shape
  /// and the Frobenius norm.
  public enum Value: Codable, Sendable, Equatable {
    case number(Double)
    case array(Shape)

    public struct Shape: Codable, Sendable, Equatable {
      public var count: Int?
      public var rows: Int?
      public var columns: Int?
      public let norm: Double
    }

    init(_ quantity: Quantity) {
      switch quantity {
      case .scalar(let number): self = .number(number)
      case .vector(let vector): self = .array(Shape(count: vector.count, norm: quantity.magnitude))
      case .matrix(let A): self = .array(Shape(rows: A.rows, columns: A.columns, norm: quantity.magnitude))
      }
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .number(try container.decode(Double.self))
      } catch {
        self = .array(try container.decode(Shape.self))
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .array(let shape): try container.encode(shape)
      }
    }
  }
  public struct Derivation: Codable, Sendable {
    public struct Step: Codable, Sendable {
      public let tex: String
      public let reason: String?
      /// Whether the reason is an argument, or the line was only evaluated.
      public let proved: Bool
      public let value: Value
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
    /// Why the bound is what it is.
    public let reason: String?
    public let passed: Bool
  }
  public struct Figure: Codable, Sendable {
    public let name: String
    public let file: String
    public let title: String
    public let alt: String
  }
  public struct Table: Codable, Sendable {
    public let caption: String
    public let columns: [String]
    public let rows: [[Entry]]
  }
  /// A figure that could not be drawn, and why.
  public struct Undrawn: Codable, Sendable {
    public let name: String
    public let reason: String
  }

  public let lesson: String
  public let title: String
  public let summary: String
  public let seed: UInt64
  public let knobs: [String: Entry]
  public let derivations: [Derivation]
  public let checks: [Check]
  public let tables: [Table]
  public let figures: [Figure]
  public let undrawn: [Undrawn]
  /// The name of the figure that opens the page.
  public let picture: String?
  /// How long the page's core takes to read, and all of it.
  public let minutes: Int
  public let minutesInDepth: Int
  /// The files of the page, relative to the output folder.
  public let files: [String]
  public let passed: Bool

  init(_ page: Page, summary: String, seed: UInt64, knobs: [Knob], kept: [String] = []) {
    lesson = page.slug
    title = page.title
    self.summary = summary
    self.seed = seed
    self.knobs = Dictionary(uniqueKeysWithValues: knobs.map { ($0.name, Entry($0.value)) })
    derivations = page.derivations.map { derivation in
      Derivation(
        title: derivation.title.plainText,
        steps: derivation.steps.map { step in
          Derivation.Step(
            tex: (step.relation.map { "\($0.tex) " } ?? "") + step.formula.source,
            reason: step.reason?.plainText, proved: step.isProved, value: Value(step.value), residual: step.residual,
            tolerance: step.tolerance, passed: step.passed)
        })
    }
    checks = page.checks.map {
      Check(
        claim: $0.claim.plainText, value: $0.value, relation: $0.relation.rawValue, bound: $0.bound,
        statement: $0.statement, reason: $0.reason?.plainText, passed: $0.passed)
    }
    tables = page.tables.map { table in
      Table(
        caption: table.caption.plainText, columns: table.columns.map(\.plainText),
        rows: table.rows.map { row in row.map { $0.number.map(Entry.number) ?? .text($0.text.plainText) } })
    }
    undrawn = page.undrawn.map { Undrawn(name: $0.name, reason: $0.reason) }
    figures = page.illustrations.map {
      Figure(name: $0.name, file: $0.file, title: $0.title, alt: $0.finding.plainText)
    }
    picture = page.opening?.picture
    (minutes, minutesInDepth) = page.minutes
    files = (page.illustrations.map(\.file) + ["README.md", "index.html"] + kept).map { "\(page.slug)/\($0)" }
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
