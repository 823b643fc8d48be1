import Foundation

/// The streams of the process: results go to standard output, progress and failures to standard error.
package struct Console: Sendable {
  /// Whether results may be coloured.
  package let colored: Bool
  /// Whether lines of standard error can be drawn over, with escape codes.
  package let showsProgress: Bool
  /// The columns of standard output.
  package let width: Int

  /// Takes hold of the streams of the process.
  ///
  /// - Parameter color: false if plain text was asked for; `NO_COLOR`, `TERM=dumb` and a pipe ask for it too.
  /// - Throws: ``Failure`` with exit code 73 if standard output is closed.
  package init(color: Bool, progress: Bool) throws(Failure) {
    colored = Terminal.obeysEscapes(STDOUT_FILENO, plain: !color)
    showsProgress = progress && Terminal.obeysEscapes(STDERR_FILENO, plain: !color)
    width = Terminal.width(of: STDOUT_FILENO)
    guard fcntl(STDOUT_FILENO, F_GETFD) != -1 else {
      throw Failure("standard output is closed; nothing was run", code: .cannotCreate)
    }
    Terminal.holdStreams()
  }

  /// For text that goes into a file: without colours, in lines of `width` columns.
  package init(fileOfWidth width: Int) { (colored, showsProgress, self.width) = (false, false, width) }

  /// - Throws: ``Failure`` with exit code 73 if the text cannot be written.
  package func print(_ text: String) throws(Failure) {
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else { throw Console.unwritable(errno) }
  }

  private static func unwritable(_ error: Int32) -> Failure {
    let reason =
      error == EPIPE
      ? "nobody can read standard output any more"
      : "standard output cannot be written: \(String(cString: strerror(error)))"
    return Failure("\(reason), so the program stopped", code: .cannotCreate)
  }

  package func printError(_ text: String) {
    // There is nowhere left to report that this stream is gone.
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  package func green(_ text: String) -> String { colored ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
  package func red(_ text: String) -> String { colored ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
}
