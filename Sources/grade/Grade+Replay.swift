import Foundation
import Grading
import Programs

extension Grade {
  /// Asks an exercise again, and prints the call that went wrong, as Swift to paste.
  func replay(_ replay: Options.Replay, _ options: Options, _ console: Console) throws -> ExitCode {
    let submission = try Submission(folder: answers(options), lessons: [replay.exercise.lesson])
    let grader = try grader(options).drawing(with: replay.seed)
    let (mark, call) = try grader.replay(replay.exercise, of: submission)
    let remarks = Report(marks: [mark], feedback: options.feedback).text(console)
    guard mark.verdict != .passed, let call else {
      try console.print(remarks)
      return .done
    }
    try console.print("\(remarks)\nThe question, in Swift, to paste behind the functions of the exercise:\n\n\(call)\n")
    return .done
  }
}
