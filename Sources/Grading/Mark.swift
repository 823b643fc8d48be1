import Exercises

/// What an exercise got.
public struct Mark: Sendable {
  public let exercise: Exercise
  public let verdict: Verdict

  /// All of the exercise's points or none.
  public var points: Int { verdict == .passed ? exercise.points : 0 }

  /// What is to be said of the answer, besides its points, in lines that may be shown anywhere: what a student's code has
  /// said is in them, but no character that a terminal would obey instead of showing it.
  public var remarks: [String] {
    let text =
      switch verdict {
      case .passed: ""
      case .notAttempted: "not attempted"
      case .missing(let reason): reason
      case .notCompiled(let message): "does not compile:\n\(message)"
      case .wrong(let finding): "\(finding)\n\(advice)"
      case .failed(let reason): "\(reason)\n\(advice)"
      }
    return text.split(whereSeparator: \.isNewline).map { line in
      String(String.UnicodeScalarView(line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
  }

  private var advice: String { "read again: \"\(exercise.section)\" in lesson \(exercise.lesson)" }
}
