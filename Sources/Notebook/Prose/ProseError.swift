/// Why a text is not in the Markdown subset of the lessons, and on which line.
public struct ProseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// A formula is not in the TeX subset.
    case formula(TeXError)
    /// Markup that is opened on this line and never closed.
    case unclosed(String)
    /// Markup that has no meaning here, and what to write instead.
    case unexpected(String, advice: String)
    /// A table whose rows do not fit.
    case table(String)
    /// More lists, quotes or emphasis within each other than any page that can be read.
    case tooDeep(String, limit: Int)
  }

  /// The number of the line, counted from the first line given to the parser.
  public let line: Int
  public let problem: Problem

  public var description: String {
    switch problem {
    case .formula(let error): "line \(line): \(error)"
    case .unclosed(let markup): "line \(line): \(markup) is never closed"
    case .unexpected(let markup, let advice): "line \(line): unexpected \(markup): \(advice)"
    case .table(let message): "line \(line): \(message)"
    case .tooDeep(let markup, let limit): "line \(line): more than \(limit) \(markup) within each other"
    }
  }
}
