/// An exercise of a lesson: a function that the student completes.
///
/// What is asked stands where the student writes the answer, as the documentation of the function in
/// `lessons/NN-slug/ExercisesNN.swift`; the lesson's page shows it from there. Everything else is in ``all``.
public struct Exercise: Sendable, Hashable {
  /// The number of the lesson.
  public let lesson: Int
  /// Its place in the lesson, counted from 1.
  public let number: Int
  /// The name of the function.
  public let function: String
  /// What a right answer is worth; a wrong one is worth nothing.
  public let points: Int
  /// The heading of the lesson's page that a student with a wrong answer should read again.
  public let section: String
  /// A nudge, in Markdown.
  public let hint: String

  /// `3.2`, the second exercise of lesson 03.
  public var name: String { "\(lesson).\(number)" }

  /// The file of a lesson's answers: `Exercises03.swift`.
  public static func file(ofLesson lesson: Int) -> String { "Exercises\(lesson < 10 ? "0" : "")\(lesson).swift" }

  /// How far a number may be from the expected one, as a multiple of the largest magnitude that is expected in an answer, or
  /// of 1 if that is larger; unless the exercise names a larger tolerance. `Float` has too few digits for it.
  public static let tolerance = 1e-10

  /// What an exercise throws until it is answered.
  public static let notAttempted = NotAttempted()

  /// Says that an exercise has not been answered yet.
  public struct NotAttempted: Error {}
}

extension Exercise {
  /// The exercises of lesson `number`, in order.
  public static func ofLesson(_ number: Int) -> [Exercise] { all.filter { $0.lesson == number } }
}
