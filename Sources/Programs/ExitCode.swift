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
  /// Output could not be written; what was there before still is.
  case cannotCreate = 73
}
