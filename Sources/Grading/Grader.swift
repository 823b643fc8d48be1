import Exercises
import Foundation
import Programs
import Synchronization

/// Gives marks to answers.
///
/// The code that is examined runs in processes of its own, one for each exercise, which do nothing but answer; the
/// questions are drawn, and the answers judged, here.
public struct Grader: Sendable {
  /// What the questions are drawn with.
  let seed: UInt64
  /// How often questions are drawn for each exercise.
  let draws: Int
  /// How long one exercise may take.
  let seconds: Int
  /// How many seconds the compiler may take for one file.
  let patience: Int
  let workshop: Workshop

  /// - Parameters:
  ///   - products: the folder in which the package's programs lie.
  ///   - confinement: what answers run in; `nil` is all that this system has.
  /// - Throws: ``Failure`` if nothing can be compiled or run here at all.
  public init(
    products: URL, seed: UInt64 = 1, draws: Int = 3, seconds: Int = 10, patience: Int = 60,
    confinement: Confinement? = nil
  ) throws {
    (self.seed, self.draws, self.seconds, self.patience) = (seed, draws, seconds, patience)
    workshop = try Workshop(products: products, confinement: confinement)
  }

  /// The same with another seed, or another number of draws.
  init(_ other: Grader, seed: UInt64? = nil, draws: Int? = nil) {
    (self.seed, self.draws, seconds, patience) = (
      seed ?? other.seed, draws ?? other.draws, other.seconds, other.patience
    )
    workshop = other.workshop
  }

  /// The same for another student.
  public func drawing(with seed: UInt64) -> Grader { Grader(self, seed: seed) }

  /// What answers run in.
  public var confinement: Confinement { workshop.confinement }

  /// Marks the answers to the exercises of `lessons`, each in the file that `submission` has for it; all lessons at once, as
  /// far as there are processors.
  public func marks(_ submission: Submission, lessons: [Int]) throws -> [Mark] {
    try marks(submission, exercises: lessons.flatMap(Exercise.ofLesson))
  }

  /// Marks the answers to `exercises`.
  ///
  /// - Parameters:
  ///   - budget: how many seconds the answers to all of them may take, which does not count what is compiled; `nil` sets no
  ///     limit. What is left then is not marked any more.
  ///   - atOnce: whether lessons are marked at the same time.
  ///   - listener: hears the values of each question.
  /// - Throws: ``Failure`` if that cannot be done here.
  public func marks(
    _ submission: Submission, exercises: [Exercise], budget: Int? = nil, atOnce: Bool = true,
    hearing listener: @escaping @Sendable ([Value]) -> Void = { _ in }
  ) throws -> [Mark] {
    let lessons = Set(exercises.map(\.lesson)).sorted()
    let budget = budget.map(Budget.init)
    @Sendable func marks(of lesson: Int) throws -> [Mark] {
      try self.marks(
        submission, lesson: lesson, exercises.filter { $0.lesson == lesson }, within: budget, hearing: listener)
    }
    guard atOnce else { return try lessons.flatMap(marks) }
    let results = Mutex([Int: Result<[Mark], any Error>]())
    DispatchQueue.concurrentPerform(iterations: lessons.count) { index in
      let result = Result { try marks(of: lessons[index]) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { results in
      try lessons.indices.flatMap { try results[$0]?.get() ?? [] }
    }
  }

  /// Ends the program as an interruption asks for: first whatever graders have started, and their folders.
  public static func abandon(exitCode: Int32) -> Never { Holdings.abandon(exitCode: exitCode) }

  private func marks(
    _ submission: Submission, lesson: Int, _ exercises: [Exercise], within budget: Budget?,
    hearing listener: @escaping ([Value]) -> Void
  ) throws -> [Mark] {
    guard let file = submission.files[lesson] else {
      let reason = submission.absence(of: lesson)
      return exercises.map { Mark(exercise: $0, verdict: .missing(reason)) }
    }
    if let late = budget?.excess { return exercises.map { Mark(exercise: $0, verdict: late) } }
    let program: AnswerProgram
    do {
      program = try AnswerProgram(
        compiling: file, lesson: lesson, in: workshop, patience: patience)
    } catch let verdict as Verdict {
      return exercises.map { Mark(exercise: $0, verdict: verdict) }
    }
    return try exercises.map { exercise in
      if let verdict = program.lost[exercise.function] { return Mark(exercise: exercise, verdict: verdict) }
      if let late = budget?.excess { return Mark(exercise: exercise, verdict: late) }
      let mark = try mark(program, exercise, hearing: listener)
      budget?.take(mark.seconds)
      return mark
    }
  }

  private func mark(
    _ program: AnswerProgram, _ exercise: Exercise, hearing listener: @escaping ([Value]) -> Void
  ) throws -> Mark {
    let examination = try Examination(of: exercise)
    let process = try AnsweringProcess(program.image, in: workshop, limits: .init(seconds: seconds))
    let student = Student { values in
      listener(values)
      return try process.ask(exercise.function, values)
    }
    let (verdict, seed) = examination.verdict(on: student, seed: seed, draws: draws)
    if let reason = process.whyNotStarted { throw Failure("answers cannot run here: \(reason)", code: .cannotMark) }
    return Mark(
      exercise: exercise, verdict: verdict, seed: seed, seconds: process.used / .seconds(1), printed: process.printed())
  }
}

/// The time that the answers of one submission may take together: what the machine takes to compile them, or for others, is
/// not the student's.
private final class Budget: Sendable {
  private let seconds: Int
  private let used = Mutex(0.0)

  init(seconds: Int) { self.seconds = seconds }

  func take(_ seconds: Double) { used.withLock { $0 += seconds } }

  /// What becomes of exercises that are left when the time is used up; `nil` as long as it is not.
  var excess: Verdict? {
    guard used.withLock({ $0 >= Double(seconds) }) else { return nil }
    return .failed("not asked: the \(seconds) s that a submission may take were used up before")
  }
}
