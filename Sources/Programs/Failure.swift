/// Why a program cannot begin or go on: one message for standard error, and how the process ends.
package struct Failure: Error, Equatable {
  package let message: String
  package let exitCode: Int32

  package init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  package init(_ message: String, code: ExitCode) {
    self.init(message, exitCode: code.rawValue)
  }
}
