import Foundation
import Programs

/// The streams of the process: the readable page goes to standard output, progress and failures to standard error.
final class Console {
  let program: String
  let style: TerminalStyle
  let width: Int
  private let showsProgress: Bool
  /// How many columns the line of progress takes on the screen.
  private var progressWidth = 0

  /// - Parameters:
  ///   - color: false if the student asked for plain text; `NO_COLOR`, `TERM=dumb` and a pipe ask for it too.
  ///   - progress: false if the student asked for silence; only a terminal is shown any.
  init(program: String, color: Bool, progress: Bool) {
    self.program = program
    style = Terminal.obeysEscapes(STDOUT_FILENO, plain: !color) ? .ansi : .plain
    width = Terminal.width(of: STDOUT_FILENO)
    showsProgress = progress && Terminal.isDrawable(STDERR_FILENO)
    Terminal.holdStreams()
  }

  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate`` if nobody can read any more.
  func print(_ text: String) throws {
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else { throw Console.unwritable(errno) }
  }

  /// Ends the process with a message on standard error.
  func fail(_ failure: LessonFailure) -> Never {
    clearProgress()
    Terminal.report(failure.message, of: program)
    exit(failure.code.rawValue)
  }

  /// Shows `label` and the share done in one line of the terminal, over the previous one.
  func progress(_ label: String, _ share: Double) {
    guard showsProgress else { return }
    draw(Console.progressLine(label, share, width: Terminal.width(of: STDERR_FILENO)))
  }

  /// `━━━━━┄┄┄┄┄ label`, in less than `width` columns: in the last one some terminals begin a new line.
  static func progressLine(_ label: String, _ share: Double, width: Int) -> String {
    let length = min(20, width / 4)
    let done = share > 0 ? Int((Double(length) * min(share, 1)).rounded()) : 0
    let bar = String(repeating: "━", count: done) + String(repeating: "┄", count: length - done)
    return String("\(bar) \(label)".prefix(width - 1))
  }

  func clearProgress() {
    guard progressWidth > 0 else { return }
    draw("")
    try? FileHandle.standardError.write(contentsOf: Data("\r".utf8))
  }

  /// Writes `line` over the last one; blanks cover what is longer of that, since escape codes may not be wanted.
  private func draw(_ line: String) {
    let blanks = String(repeating: " ", count: max(0, progressWidth - line.count))
    progressWidth = line.count
    try? FileHandle.standardError.write(contentsOf: Data("\r\(line)\(blanks)".utf8))
  }

  private static func unwritable(_ error: Int32) -> LessonFailure {
    let reason =
      [EPIPE, EBADF].contains(error) ? "is closed" : "cannot be written: \(String(cString: strerror(error)))"
    return LessonFailure(
      "standard output \(reason), so the lesson stopped; the pages were left as they were", code: .cannotCreate)
  }
}
