/// How text is emphasised on a terminal: with escape codes, or not at all.
///
/// ```swift
/// print(style.bold("passed"))  // ESC[1mpassedESC[22m in .ansi, passed in .plain
/// ```
///
/// Each attribute has its own code to end it, so that attributes nest.
public enum TerminalStyle: Hashable, Sendable {
  /// No escape codes: for files, pipes, `NO_COLOR` and `TERM=dumb`.
  case plain
  /// The escape codes of ECMA-48 that every terminal of today knows.
  case ansi

  /// Heavier, for headings and what matters.
  public func bold(_ text: String) -> String { styled(text, .bold) }
  /// Fainter, for what may be skipped.
  public func dim(_ text: String) -> String { styled(text, .dim) }
  /// Slanted, for emphasis.
  public func italic(_ text: String) -> String { styled(text, .italic) }
  /// Underlined, for links.
  public func underline(_ text: String) -> String { styled(text, .underline) }
  /// For failures.
  public func red(_ text: String) -> String { styled(text, .red) }
  /// For success.
  public func green(_ text: String) -> String { styled(text, .green) }
  /// For warnings.
  public func yellow(_ text: String) -> String { styled(text, .yellow) }
  /// For a second voice.
  public func blue(_ text: String) -> String { styled(text, .blue) }
  /// For code.
  public func cyan(_ text: String) -> String { styled(text, .cyan) }

  func styled(_ text: String, _ attribute: TerminalAttribute) -> String {
    guard self == .ansi, !text.isEmpty else { return text }
    return "\u{1B}[\(attribute.rawValue)m\(text)\u{1B}[\(attribute.end)m"
  }
}

/// One way to emphasise text; the raw value is its code in ECMA-48.
enum TerminalAttribute: Int, Hashable, Sendable {
  case bold = 1
  case dim = 2
  case italic = 3
  case underline = 4
  case red = 31
  case green = 32
  case yellow = 33
  case blue = 34
  case cyan = 36

  /// The code that ends it.
  var end: Int {
    switch self {
    case .bold, .dim: 22
    case .italic: 23
    case .underline: 24
    default: 39
    }
  }
}
