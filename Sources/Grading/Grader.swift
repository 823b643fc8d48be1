import Exercises
import Foundation
import Programs
import Synchronization

/// Gives marks to answers.
///
/// The code that is examined runs in processes of its own, one for each exercise, which do nothing but answer; the
/// questions are drawn, and the answers judged, here.
public struct Grader: Sendable {
  /// The folder in which the package's programs lie.
  let products: URL
  /// What the questions are drawn with.
  let seed: UInt64
  /// How long one exercise may take.
  let seconds: Int

  /// How many seconds the compiler may take for one file.
  let patience: Int

  public init(products: URL, seed: UInt64 = 1, seconds: Int = 10, patience: Int = 60) {
    self.products = products
    self.seed = seed
    self.seconds = seconds
    self.patience = patience
  }

  /// Marks the answers to the exercises of `lessons`, each in the file that `submission` has for it.
  ///
  /// - Throws: ``Failure`` if nothing can be compiled at all.
  public func marks(_ submission: Submission, lessons: [Int]) throws -> [Mark] {
    let toolchain = try Toolchain(products: products)
    let results = Mutex([Int: Result<[Mark], any Error>]())
    DispatchQueue.concurrentPerform(iterations: lessons.count) { index in
      let result = Result { try marks(submission, lesson: lessons[index], toolchain: toolchain) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { results in
      try lessons.indices.flatMap { try results[$0]?.get() ?? [] }
    }
  }

  /// Ends the program as an interruption asks for: first whatever graders have started, and their folders.
  public static func abandon(exitCode: Int32) -> Never { Holdings.abandon(exitCode: exitCode) }

  private func marks(_ submission: Submission, lesson: Int, toolchain: Toolchain) throws -> [Mark] {
    let exercises = Exercise.ofLesson(lesson)
    guard let file = submission.files[lesson] else {
      let reason = "no file \(Exercise.file(ofLesson: lesson))"
      return exercises.map { Mark(exercise: $0, verdict: .missing(reason)) }
    }
    let folder = try Workplace()
    let program: AnswerProgram
    do {
      program = try AnswerProgram(
        compiling: file, exercises: exercises, in: folder.url, toolchain: toolchain, patience: patience)
    } catch let verdict as Verdict {
      return exercises.map { Mark(exercise: $0, verdict: verdict) }
    }
    return try exercises.map { exercise in
      guard program.functions.contains(exercise.function) else {
        let reason = "no function \(exercise.function) in \(file.lastPathComponent)"
        return Mark(exercise: exercise, verdict: .missing(reason))
      }
      let examination = try Examination(of: exercise)
      let process = try AnsweringProcess(
        program.executable, confine: products.appending(path: "confine"), limits: .init(seconds: seconds))
      let verdict = examination.verdict(on: Student(exercise.function, in: process), seed: seed)
      return Mark(exercise: exercise, verdict: verdict, printed: process.printed())
    }
  }
}

/// A folder of its own, for as long as the value lives.
private final class Workplace {
  let url: URL

  init() throws(Failure) {
    url = FileManager.default.temporaryDirectory.appending(path: "answers-\(UUID().uuidString)")
    do {
      try Holdings.makeFolder(url)
      // Whoever runs the compiled program may be another user.
      chmod(url.path, 0o755)
    } catch {
      throw Failure("cannot make the folder \(url.path) to compile in", code: .cannotCreate)
    }
  }

  deinit { Holdings.removeFolder(url) }
}
