/// What became of an exercise.
public enum Verdict: Error, Sendable, Equatable {
  case passed
  case notAttempted
  case wrong(Finding)
  /// There was no answer to judge: a crash, an endless loop, an exit. The text says which.
  case failed(String)
  /// The function, or the file that it is in, could not be compiled. The text is the compiler's.
  case notCompiled(String)
  /// The folder has no file for this lesson, or the file no such function.
  case missing(String)

  /// Whether something was handed in, right or wrong.
  public var isAttempt: Bool {
    switch self {
    case .notAttempted, .missing: false
    case .passed, .wrong, .failed, .notCompiled: true
    }
  }
}

/// What is wrong with an answer, said without saying what would be right: the figures belong to one drawn question.
///
/// As a hint it is said without figures too.
public struct Finding: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was looked at: `entry (2, 0) of the approximation of rank 3`.
  public let subject: String
  public let expected: String?
  public let got: String?
  public let tolerance: String?
  /// Which property the answer lacks, or what it has instead, if that can be seen: `the sign is the other one`.
  public let property: Property?

  /// What can be said of an answer that is not the expected one, without a figure of either.
  public enum Property: Sendable, Equatable {
    case shape, finite, sign, transposed, symmetric
    case factor(Double)

    /// In words that give no figure away.
    var hint: String {
      switch self {
      case .shape: "it has another shape"
      case .finite: "not every number is finite"
      case .sign: "the sign is the other one"
      case .transposed: "it is transposed"
      case .symmetric: "it is not symmetric"
      case .factor: "all of it is off by one factor; a sum for a mean, or a factor of a definition?"
      }
    }

    /// With the figure, if there is one.
    var full: String {
      guard case .factor(let factor) = self else { return hint }
      let (times, part) = (factor.rounded(), (1 / factor).rounded())
      // A larger one is no count of anything, and every number beyond 2⁵³ is whole.
      let counts = 2.0...1e6
      return if counts.contains(times), (factor - times).magnitude < 1e-6 * times {
        "\(Int(times)) times the expected: a sum for a mean, or a factor of a definition?"
      } else if counts.contains(part), (1 / factor - part).magnitude < 1e-6 * part {
        "1/\(Int(part)) of the expected: a mean for a sum, or a factor of a definition?"
      } else {
        "\(short(factor)) times the expected throughout"
      }
    }
  }

  init(
    _ subject: String, expected: String? = nil, got: String? = nil, tolerance: String? = nil, property: Property? = nil
  ) {
    self.subject = subject
    self.expected = expected
    self.got = got
    self.tolerance = tolerance
    self.property = property
  }

  public var description: String {
    let parts = [
      expected.map { "expected \($0)" }, got.map { "got \($0)" }, tolerance.map { "tolerance \($0)" },
    ].compactMap { $0 }
    let remark = property.map { " (\($0.full))" } ?? ""
    return (parts.isEmpty ? subject : "\(subject): \(parts.joined(separator: ", "))") + remark
  }

  /// What is wrong, without a figure that was drawn or expected.
  var hint: String {
    // Lists and numbers with a point were drawn; whole numbers are sizes, which all questions share.
    let subject = subject.replacing(/\[[^\]]*\]|-?\d+\.\d+(?:e[-+]?\d+)?/, with: "…")
    return "\(subject): \(property?.hint ?? "not what is expected")"
  }
}
