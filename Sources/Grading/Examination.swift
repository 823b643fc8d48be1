import Exercises
import LinearAlgebra
import Programs

/// The questions of one exercise, and what is expected of the answers.
///
/// ```swift
/// Examination("nearestOrthogonal") { student, draw in
///   let A = draw.matrix(4, 4)
///   let Q: Matrix<Double> = try student(A)
///   try expect("QᵀQ", Q.T * Q, equals: .identity(4))
/// }
/// ```
public struct Examination: Sendable {
  /// The function that is examined.
  public let function: String
  private let questions: @Sendable (Student, inout Draw) throws -> Void
  /// Whether nothing is known of right answers, but that there are some and of which shape.
  let isPractice: Bool

  init(
    _ function: String, isPractice: Bool = false,
    _ questions: @escaping @Sendable (Student, inout Draw) throws -> Void
  ) {
    self.function = function
    self.isPractice = isPractice
    self.questions = questions
  }

  /// Whether this package was made to give out, so that its examinations do not know what is right.
  public static var arePractice: Bool { all.contains(where: \.isPractice) }

  /// How the function is called; `nil` if there is no question.
  var signature: Signature? {
    var draw = Draw(seed: 0, function: function)
    do {
      try questions(Student { throw $0 }, &draw)
      return nil
    } catch {
      return error as? Signature
    }
  }

  /// Asks `student` questions drawn `draws` times, so that no answer is right by being remembered; also says what the last of
  /// them were drawn with. The first are drawn with `seed` itself.
  func verdict(on student: Student, seed: UInt64, draws: Int) -> (verdict: Verdict, seed: UInt64) {
    var seeds = RandomStream(seed: seed, name: "draws")
    var current = seed
    for count in 1... {
      let verdict = verdict(on: student, seed: current)
      guard verdict == .passed, count < draws else { return (verdict, current) }
      current = seeds.next()
    }
    return (.passed, current)
  }

  /// Asks `student` questions drawn with `seed`.
  public func verdict(on student: Student, seed: UInt64) -> Verdict {
    var draw = Draw(seed: seed, function: function)
    do {
      try questions(student, &draw)
      return .passed
    } catch let verdict as Verdict {
      return verdict
    } catch let finding as Finding {
      return .wrong(finding)
    } catch {
      return .failed("\(error)")
    }
  }
}

extension Examination {
  /// The examinations of all lessons; one for each exercise.
  public static let all: [Examination] =
    lesson00 + lesson01 + lesson02 + lesson03 + lesson04 + lesson05 + lesson06 + lesson07 + lesson08 + lesson09
    + lesson10 + lesson11 + lesson12 + lesson13 + lesson14

  /// The examination of `exercise`.
  ///
  /// - Throws: ``Failure`` if whoever made the exercise has made none.
  package init(of exercise: Exercise) throws(Failure) {
    guard let examination = Examination.all.first(where: { $0.function == exercise.function }) else {
      throw Failure(
        "exercise \(exercise.name), \(exercise.function), has no examination; add those of its lesson to Examination.all",
        code: .inputMissing)
    }
    self = examination
  }
}
