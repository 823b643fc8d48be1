import Foundation
import Testing

/// Lesson 13 says that each of its exhibits is one line in code that is healthy otherwise. This is held on the sources,
/// by a reader of its own.
@Suite("The museum of bugs") struct MuseumTests {
  static let folder = LessonProcess.package.appending(path: "lessons/13-museum-of-bugs")

  private static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8).components(separatedBy: "\n")
  }

  /// The line with one exhibit in it, or with none: of `… bug == .name ? exhibit : rest` the rest is the healthy code or
  /// the next question.
  private static func line(_ line: String, with bug: String?) -> String {
    guard let match = line.wholeMatch(of: /(.*?)bug == \.(\w+) \? (.*?) : (.*)/) else { return line }
    let (before, name, exhibit, rest) = (match.1, match.2, match.3, match.4)
    return name == bug ?? "" ? "\(before)\(exhibit)" : Self.line("\(before)\(rest)", with: bug)
  }

  /// Functions at the margin, by name, with the blanks of their lines taken away.
  private static func functions(_ lines: [String]) -> [String: String] {
    var (functions, name): ([String: String], String?) = ([:], nil)
    for line in lines {
      if let match = line.prefixMatch(of: /func (\w+)\(/) { name = String(match.1) }
      if let name { functions[name, default: ""] += line.trimmingCharacters(in: .whitespaces) + " " }
      if line == "}" { name = nil }
    }
    return functions
  }

  private static func bugs() throws -> [String] {
    try lines("Exhibits.swift").prefix { $0 != "}" }.flatMap { line in
      line.hasPrefix("  case ") ? line.matches(of: /\w+/).dropFirst().map { String($0.0) } : []
    }
  }

  @Test func `undoing every exhibit gives the code of the page`() throws {
    let museum = Self.functions(try Self.lines("Rooms.swift").map { Self.line($0, with: nil) })
    let page = Self.functions(try Self.lines("main.swift"))
    #expect(museum.count == 10)
    for (name, text) in museum {
      let healthy = text.replacing(", bug: Bug?", with: "").replacing(", bug: bug)", with: ")")
      #expect(page[name] == healthy, "\(name) on the page is not the museum's")
      #expect(!healthy.contains("bug"), "\(name) asks for a bug in a way that this test does not know")
    }
  }

  @Test func `each exhibit changes one line`() throws {
    let bugs = try Self.bugs()
    #expect(bugs.count == 19 && Set(bugs).count == 19)
    let lines = try Self.lines("Rooms.swift")
    for bug in bugs {
      let changed = lines.filter { Self.line($0, with: bug) != Self.line($0, with: nil) }
      #expect(changed.count == 1, "\(bug) changes \(changed.count) lines")
    }
    let asked = lines.flatMap { $0.matches(of: /bug == \.(\w+)/).map { String($0.1) } }
    #expect(asked.sorted() == bugs.sorted())
  }

  @Test func `the page shows both lines of each exhibit`() throws {
    let page = try String(
      contentsOf: LessonProcess.package.appending(path: "Outputs/13-museum-of-bugs/README.md"), encoding: .utf8)
    let lines = try Self.lines("Rooms.swift")
    for bug in try Self.bugs() {
      let changed = try #require(lines.first { Self.line($0, with: bug) != Self.line($0, with: nil) })
      let (healthy, exhibit) = (Self.line(changed, with: nil), Self.line(changed, with: bug))
      let difference = [("-", healthy), ("+", exhibit)]
        .map { "\($0) \($1.trimmingCharacters(in: .whitespaces))" }.joined(separator: "\n")
      #expect(page.contains("```diff\n\(difference)\n```"), "\(bug)")
    }
  }

  @Test func `a check that is named on a label is a check of that lesson`() throws {
    let text = try Self.lines("Catches.swift").map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ").replacing(#"" + ""#, with: "")
    let named = text.matches(of: /"(0\d)", "([^"]+)"/).map { (String($0.1), String($0.2)) }
    #expect(named.count == 8)
    for (lesson, check) in named {
      let slug = try #require(LessonProcess.lessons.first { $0.hasPrefix(lesson) })
      let source = try String(
        contentsOf: LessonProcess.package.appending(path: "lessons/\(slug)/main.swift"), encoding: .utf8)
      #expect(source.contains("\"\(check)\""), "lesson \(lesson) has no check \"\(check)\"")
    }
  }
}
