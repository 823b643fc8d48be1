import Foundation

/// What is known of the terminal that a stream of the process may lead to.
package enum Terminal {
  /// A terminal narrower than this is written to as if it were as wide.
  private static let narrowest = 20

  /// How many columns `stream` has: those of its window, or else what `COLUMNS` says, or else 80.
  package static func width(
    of stream: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Int {
    var window = winsize()
    if ioctl(stream, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 { return max(Int(window.ws_col), narrowest) }
    guard let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 else { return 80 }
    return max(columns, narrowest)
  }

  /// Whether `stream` is a terminal that obeys escape codes, and nobody has asked for plain text: by `NO_COLOR`, or by
  /// an option if `plain`.
  package static func obeysEscapes(
    _ stream: Int32, plain: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    !plain && (environment["NO_COLOR"] ?? "").isEmpty && isDrawable(stream, environment: environment)
  }

  /// Whether `stream` is a terminal whose last line can be written over.
  package static func isDrawable(
    _ stream: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    !["", "dumb"].contains(environment["TERM"] ?? "") && isatty(stream) == 1
  }

  /// Has a program hear of what would end it without a word: a reader that goes away (`| head`) and a file longer than
  /// `ulimit -f` allows become errors of the next write. And gives the numbers of closed streams to nothing: a message to
  /// standard error would else be written into whatever was opened next.
  package static func holdStreams() {
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    // In this order each gets its own number. To write on standard output is still an error.
    for (stream, access) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(stream, F_GETFD) == -1 { _ = open("/dev/null", access) }
  }

  /// Writes `message` of `program` on standard error: in lines of its width if that is a terminal, else word for word.
  package static func report(_ message: String, of program: String) {
    let text = "\(program): \(message)".printable
    let shown = isatty(STDERR_FILENO) == 1 ? text.wrapped(to: width(of: STDERR_FILENO), hanging: 2) : text
    // There is nowhere left to report that this stream is gone.
    try? FileHandle.standardError.write(contentsOf: Data("\(shown)\n".utf8))
  }
}

extension String {
  /// The text with its lines broken at blanks where they are longer than `width`; only a word longer than that is on a
  /// longer line, alone. What continues a line is indented as that is, and by `hanging` more.
  package func wrapped(to width: Int, hanging: Int = 0) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard terminalWidth(of: line) > width else { return String(line) }
      let blanks = line.prefix { $0 == " " }
      let indent = String(blanks) + String(repeating: " ", count: hanging)
      var lines: [String] = []
      var current = String(blanks)
      var columns = blanks.count
      var isEmpty = true
      for word in line.split(separator: " ", omittingEmptySubsequences: false).drop(while: \.isEmpty) {
        if !isEmpty && columns + 1 + terminalWidth(of: word) > width {
          lines.append(current)
          (current, columns, isEmpty) = (indent, indent.count, true)
        }
        current += (isEmpty ? "" : " ") + word
        columns += (isEmpty ? 0 : 1) + terminalWidth(of: word)
        isEmpty = false
      }
      return (lines + [current]).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension StringProtocol {
  /// The text without characters that a terminal or an editor would obey instead of showing them; lines stay lines.
  package var printable: String {
    let shown = unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format: Character(scalar).isNewline ? scalar : " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(shown))
  }
}

/// `1 check`, `2 checks`.
package func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

/// The columns that `text` takes on a terminal: combining marks, invisible characters and escape codes take none, every
/// other character takes one (East Asian width is not considered).
package func terminalWidth(of text: some StringProtocol) -> Int {
  var width = 0
  var isInEscape = false
  for scalar in text.unicodeScalars {
    if isInEscape {
      // A control sequence begins with ESC [ and ends at its first letter.
      isInEscape = !scalar.properties.isAlphabetic
      continue
    }
    switch scalar.properties.generalCategory {
    case .control: isInEscape = scalar == "\u{1B}"
    case .nonspacingMark, .enclosingMark, .format: break
    default: width += 1
    }
  }
  return width
}
