/// How a lesson's process ends, in the numbers of sysexits.h.
public enum ExitCode: Int32, Sendable {
  /// Everything was done and every check holds.
  case done = 0
  /// A check or a line of a derivation failed.
  case checkFailed = 1
  /// The command line was not understood.
  case usage = 64
  /// A file holds something else than it should.
  case badData = 65
  /// A file that is needed is not there.
  case inputMissing = 66
  /// Output could not be written; what was there before still is.
  case cannotCreate = 73
}

/// Why a lesson cannot go on: one message for the student and the exit code.
public struct LessonFailure: Error {
  public let message: String
  public let code: ExitCode

  public init(_ message: String, code: ExitCode) {
    self.message = message
    self.code = code
  }
}
