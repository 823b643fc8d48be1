/// How a program of the course ends, in the numbers of sysexits.h.
public enum ExitCode: Int32, Sendable {
  /// Everything was done, and every check holds.
  case done = 0
  /// A check or a line of a derivation failed.
  case checkFailed = 1
  /// The command line was not understood.
  case usage = 64
  /// A file holds something else than it should.
  case badData = 65
  /// A file that is needed is not there.
  case inputMissing = 66
  /// Answers cannot be marked here: the system lacks something, or refuses it.
  case cannotMark = 71
  /// Output could not be written; what was there before still is.
  case cannotCreate = 73
  /// A part of the confinement that was required is missing.
  case notConfined = 78
}
