import Notebook

/// Why the course cannot begin or go on: one message for standard error, and how the process ends.
struct Failure: Error, Equatable {
  let message: String
  let exitCode: Int32

  init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  init(_ message: String, code: ExitCode) {
    self.init(message, exitCode: code.rawValue)
  }
}
