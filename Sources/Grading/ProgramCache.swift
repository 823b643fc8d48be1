import Synchronization

/// The programs that were made last, by the lesson and the text of the file: in a class many hand in the same, such as a lesson's file as it was
/// given to them.
final class ProgramCache: Sendable {
  /// Each is a few megabytes of memory.
  private static let capacity = 48

  private let programs = Mutex([(text: String, program: AnswerProgram)]())

  /// The program of `text`, from `make` if it is not there.
  func program(of text: String, _ make: () throws -> AnswerProgram) rethrows -> AnswerProgram {
    if let program = programs.withLock({ $0.first { $0.text == text }?.program }) { return program }
    let program = try make()
    programs.withLock { programs in
      if programs.count == ProgramCache.capacity { programs.removeFirst() }
      programs.append((text, program))
    }
    return program
  }
}
