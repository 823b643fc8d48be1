import Exercises

/// What an exercise got.
public struct Mark: Sendable {
  public let exercise: Exercise
  public let verdict: Verdict
  /// The last lines that the student's code has printed.
  let printed: String

  init(exercise: Exercise, verdict: Verdict, printed: String = "") {
    (self.exercise, self.verdict, self.printed) = (exercise, verdict, printed)
  }

  /// The marks of all exercises of `lessons` if there is nothing to mark, and why.
  public static func missing(lessons: [Int], because reason: String) -> [Mark] {
    lessons.flatMap(Exercise.ofLesson).map { Mark(exercise: $0, verdict: .missing(reason)) }
  }

  /// All of the exercise's points or none.
  public var points: Int { verdict == .passed ? exercise.points : 0 }

  /// What is to be said of the answer, besides its points, in lines that may be shown anywhere: what a student's code has
  /// said is in them, but not more than a report can hold, and no character that a terminal would obey instead of
  /// showing it.
  public var remarks: [String] {
    switch verdict {
    case .passed: []
    case .notAttempted: ["not attempted"]
    case .missing(let reason): Mark.lines(reason)
    case .notCompiled(let message): ["does not compile; that costs this file only:"] + Mark.lines(message)
    case .wrong(let finding): Mark.lines(finding.description) + advice
    case .failed(let reason): Mark.lines(reason) + advice
    }
  }

  private var advice: [String] {
    let lines = Mark.lines(printed)
    return (lines.isEmpty ? [] : ["it printed:"] + lines.map { "  \($0)" })
      + ["read again: \"\(exercise.section)\" in lesson \(exercise.lesson)"]
  }

  /// The beginning of `text`, line by line.
  private static func lines(_ text: String) -> [String] {
    // Not by characters, of which one may be as long as it likes.
    let beginning = text.unicodeScalars.prefix(6000)
    let shown = beginning.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format: Character(scalar).isNewline ? scalar : " "
      default: scalar
      }
    }
    let lines = String(String.UnicodeScalarView(shown)).split(whereSeparator: \.isNewline).map(String.init)
    return lines + (beginning.endIndex < text.unicodeScalars.endIndex ? ["… and so on"] : [])
  }
}
