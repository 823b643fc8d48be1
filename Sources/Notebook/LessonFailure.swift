import Programs

/// Why a lesson cannot go on: one message for the student and the exit code.
public struct LessonFailure: Error {
  public let message: String
  public let code: ExitCode

  public init(_ message: String, code: ExitCode) {
    self.message = message
    self.code = code
  }
}
