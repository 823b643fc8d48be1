import Exercises
import Foundation
import Programs
import Synchronization

extension Grader {
  /// The source of a table `Examination.practice` with questions to give out: for each exercise the first two that are drawn
  /// with the grader's seed, and the shapes of the answers that `references`, which must be right, give to them.
  ///
  /// - Throws: ``Failure`` if an answer is wrong.
  public func practiceSource(references: Submission) throws -> String {
    let lines = try Exercise.all.map { exercise in
      let practice = try practice(exercise, references)
      return "    .practice(\n      \"\(exercise.function)\",\n      \"\(practice.encoded)\"),"
    }
    return """
      extension Examination {
        /// Questions without what is expected of the answers, one examination for each exercise.
        static let practice: [Examination] = [
      \(lines.joined(separator: "\n"))
        ]
      }

      """
  }

  private func practice(_ exercise: Exercise, _ references: Submission) throws -> Practice {
    let examination = try Examination(of: exercise)
    let failure = Failure("no right answer to \(exercise.name), \(exercise.function)", code: .badData)
    guard let file = references.files[exercise.lesson], let signature = examination.signature else { throw failure }
    let program = try AnswerProgram(compiling: file, lesson: exercise.lesson, in: workshop, patience: patience)
    let process = try AnsweringProcess(program.image, in: workshop, limits: .init(seconds: seconds))
    let questions = Mutex([(arguments: [Value], result: Value)]())
    let student = Student { values in
      let reply = try process.ask(exercise.function, values)
      if case .answered(let result) = reply { questions.withLock { $0.append((values, result)) } }
      return reply
    }
    guard examination.verdict(on: student, seed: seed) == .passed else { throw failure }
    return Practice(exercise.function, signature, questions: Array(questions.withLock { $0 }.prefix(2)))
  }
}
