import Foundation
import Programs

/// The streams of the process: the readable page goes to standard output, progress and failures to standard error.
final class Console {
  let program: String
  let style: TerminalStyle
  let width: Int
  private let showsProgress: Bool
  private var progressIsShown = false

  /// - Parameters:
  ///   - color: false if the student asked for plain text; `NO_COLOR`, `TERM=dumb` and a pipe ask for it too.
  ///   - progress: false if the student asked for silence; only a terminal is shown any.
  init(program: String, color: Bool, progress: Bool) {
    let environment = ProcessInfo.processInfo.environment
    let dumb = ["", "dumb"].contains(environment["TERM"] ?? "")
    let colored = color && !dumb && (environment["NO_COLOR"] ?? "").isEmpty && isatty(STDOUT_FILENO) == 1
    self.program = program
    style = colored ? .ansi : .plain
    width = min(max(environment["COLUMNS"].flatMap { Int($0) } ?? 100, 40), 120)
    showsProgress = progress && isatty(STDERR_FILENO) == 1 && !dumb
    // A reader that goes away (`| head`) shall be an error of the next write, not the silent end of the process.
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate`` if nobody can read any more.
  func print(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Console.unwritable(errno) }
      rest = rest.dropFirst(written)
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
    progressIsShown = true
    let done = Int((20 * min(max(share, 0), 1)).rounded())
    let bar = String(repeating: "━", count: done) + String(repeating: "┄", count: 20 - done)
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(bar) \(label)".utf8))
  }

  func clearProgress() {
    guard progressIsShown else { return }
    progressIsShown = false
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }

  private static func unwritable(_ error: Int32) -> LessonFailure {
    let reason =
      [EPIPE, EBADF].contains(error) ? "is closed" : "cannot be written: \(String(cString: strerror(error)))"
    return LessonFailure(
      "standard output \(reason), so the lesson stopped; the pages were left as they were", code: .cannotCreate)
  }
}
