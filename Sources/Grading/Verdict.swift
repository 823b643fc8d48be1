/// What became of an exercise.
public enum Verdict: Error, Sendable, Equatable {
  case passed
  case notAttempted
  case wrong(Finding)
  /// There was no answer to judge: a crash, an endless loop, an exit. The text says which.
  case failed(String)
  /// The file of the exercises could not be compiled. The text is the compiler's.
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
public struct Finding: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was looked at: `entry (2, 0) of the approximation of rank 3`.
  public let subject: String
  public let expected: String?
  public let got: String?
  public let tolerance: String?

  init(_ subject: String, expected: String? = nil, got: String? = nil, tolerance: String? = nil) {
    self.subject = subject
    self.expected = expected
    self.got = got
    self.tolerance = tolerance
  }

  public var description: String {
    let parts = [
      expected.map { "expected \($0)" }, got.map { "got \($0)" }, tolerance.map { "tolerance \($0)" },
    ].compactMap { $0 }
    return parts.isEmpty ? subject : "\(subject): \(parts.joined(separator: ", "))"
  }
}
