/// Why a formula is not in the TeX subset of the lessons, and where.
public struct TeXError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// The formula has no content.
    case empty
    /// A command outside the table, with its backslash.
    case unknownCommand(String)
    /// A command that GitHub refuses to show, and what to write for it.
    case refusedByGitHub(String, advice: String)
    /// An environment outside the table.
    case unknownEnvironment(String)
    /// An opening brace, `\left` or `\begin{…}` that is never closed; the offset is that of the opening.
    case unclosed(String)
    /// A token that closes or separates what was never opened.
    case unexpected(String)
    /// A command or script without its argument, or with one that does not fit.
    case badArgument(of: String, expected: String)
    /// A second sub- or superscript on one base.
    case doubleScript(String)
    /// A character that has no meaning in the subset, and the command to write for it if there is one.
    case unexpectedCharacter(Character, advice: String?)
    /// More groups and commands within each other than any formula that can be read.
    case tooDeep(limit: Int)
  }

  public let problem: Problem
  /// The place in `formula`, in characters from 0.
  public let offset: Int
  /// The formula as it was written.
  public let formula: String

  public var description: String {
    let line = formula.replacing("\n", with: " ")
    // Of a long formula, what stands around the place.
    let from = line.count > 400 ? max(0, offset - 100) : 0
    let shown = line.count > 400 ? line.dropFirst(from).prefix(200) : line[...]
    let (before, after) = (from > 0 ? "…" : "", from + shown.count < line.count ? "…" : "")
    return "\(problem) at character \(offset) of the formula “\(before)\(shown)\(after)”"
  }
}

extension TeXError.Problem: CustomStringConvertible {
  public var description: String {
    // A name may be as long as the formula.
    func short(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
    return switch self {
    case .empty: "no formula"
    case .unknownCommand(let name): "unknown command \(short(name))"
    case .refusedByGitHub(let name, let advice): "GitHub refuses \(name): \(advice)"
    case .unknownEnvironment(let name): "unknown environment \(short(name))"
    case .unclosed(let opening): "\(opening) is never closed"
    case .unexpected(let token): "unexpected \(short(token))"
    case .badArgument(let command, let expected): "\(command) needs \(short(expected))"
    case .doubleScript(let mark): "a second \(mark) on one base"
    case .unexpectedCharacter(let character, let advice):
      "unexpected character “\(character)”" + (advice.map { ": write \($0)" } ?? "")
    case .tooDeep(let limit): "more than \(limit) groups and commands within each other: give parts names of their own"
    }
  }
}
