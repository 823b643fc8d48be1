import Foundation

/// The streams of the process: the readable page goes to standard output, progress and failures to standard error.
struct Console {
  let program: String
  let style: TerminalStyle
  let width: Int
  let showsProgress: Bool

  /// - Parameter color: false if the student asked for plain text; `NO_COLOR`, `TERM=dumb` and a pipe ask for it too.
  init(program: String, color: Bool) {
    let environment = ProcessInfo.processInfo.environment
    let dumb = environment["TERM"] == "dumb"
    let colored = color && !dumb && (environment["NO_COLOR"] ?? "").isEmpty && isatty(STDOUT_FILENO) == 1
    self.program = program
    style = colored ? .ansi : .plain
    width = min(max(environment["COLUMNS"].flatMap { Int($0) } ?? 100, 40), 120)
    showsProgress = isatty(STDERR_FILENO) == 1 && !dumb
    // A reader that goes away (`| head`) shall be an error of the next write, not the silent end of the process.
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate`` if nobody can read any more.
  func print(_ text: String) throws {
    guard fcntl(STDOUT_FILENO, F_GETFD) != -1 else { throw Console.closed }
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw Console.closed
    }
  }

  /// Ends the process with a message on standard error.
  func fail(_ failure: LessonFailure) -> Never {
    clearProgress()
    try? FileHandle.standardError.write(contentsOf: Data("\(program): \(failure.message)\n".utf8))
    exit(failure.code.rawValue)
  }

  /// Shows `label` and the share done in one line of the terminal, over the previous one.
  func progress(_ label: String, _ share: Double) {
    guard showsProgress else { return }
    let done = Int((20 * min(max(share, 0), 1)).rounded())
    let bar = String(repeating: "━", count: done) + String(repeating: "┄", count: 20 - done)
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(bar) \(label)".utf8))
  }

  func clearProgress() {
    guard showsProgress else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }

  private static let closed = LessonFailure(
    "standard output is closed, so the lesson stopped; the pages were left as they were", code: .cannotCreate)
}
