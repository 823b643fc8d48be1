import Exercises
import Programs

/// How much a student is told.
public enum Feedback: String, CaseIterable, Sendable {
  /// What was expected and what came, what the code printed, and how to ask the question again.
  case full
  /// What is wrong, without a figure that was drawn or expected.
  case hint
  /// Whether the answer is right.
  case marks
}

/// What an exercise got.
public struct Mark: Sendable {
  public let exercise: Exercise
  public let verdict: Verdict
  /// What the last questions were drawn with; `nil` if none were asked.
  public let seed: UInt64?
  /// How long the answers took.
  public let seconds: Double
  /// The last lines that the student's code has printed.
  let printed: String

  init(exercise: Exercise, verdict: Verdict, seed: UInt64? = nil, seconds: Double = 0, printed: String = "") {
    (self.exercise, self.verdict, self.seed, self.seconds, self.printed) = (exercise, verdict, seed, seconds, printed)
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
  public func remarks(_ feedback: Feedback = .full) -> [String] {
    switch verdict {
    case .passed: []
    case .notAttempted: ["not attempted"]
    case .missing(let reason): Mark.lines(reason)
    case .notCompiled(let message):
      feedback == .marks ? ["does not compile"] : ["does not compile:"] + Mark.lines(message)
    case .wrong(let finding):
      switch feedback {
      case .full: Mark.lines(finding.description) + advice
      case .hint: Mark.lines(finding.hint) + [section]
      case .marks: ["wrong"]
      }
    case .failed(let reason):
      switch feedback {
      case .full: Mark.lines(reason) + advice
      // What it was asked with stands at the end.
      case .hint: Mark.lines(String(reason.prefix { $0 != ";" })) + [section]
      case .marks: ["no answer"]
      }
    }
  }

  private var advice: [String] {
    let lines = Mark.lines(printed)
    let replay = seed.map { "ask it again: swift run grade --replay \(exercise.name):\($0)" }
    return (lines.isEmpty ? [] : ["it printed:"] + lines.map { "  \($0)" }) + [replay].compactMap(\.self) + [section]
  }

  private var section: String { "read again: \"\(exercise.section)\" in lesson \(exercise.lesson)" }

  /// The beginning of `text`, line by line.
  private static func lines(_ text: String) -> [String] {
    // Not by characters, of which one may be as long as it likes.
    let beginning = text.unicodeScalars.prefix(6000)
    let lines = String(String.UnicodeScalarView(beginning)).printable.split(whereSeparator: \.isNewline)
    return lines.map(String.init) + (beginning.endIndex < text.unicodeScalars.endIndex ? ["… and so on"] : [])
  }
}
