import Foundation

/// The museum's own source, read as text: where the exhibits' lines come from, and the proof that
/// each is the healthy code but for one line.
struct Catalogue {
  /// The functions of `Rooms.swift` and of the page, by name, as lines.
  let rooms, page: [String: [String]]

  init(of file: String = #filePath) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    func functions(_ name: String) throws -> [String: [String]] {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return Catalogue.functions(text.components(separatedBy: "\n"))
    }
    (rooms, page) = (try functions("Rooms.swift"), try functions("main.swift"))
  }

  /// A line without its question: as it is with `bug`, or healthy.
  static func answered(_ line: String, _ bug: String?) -> String {
    guard let asked = line.range(of: "bug == .") else { return line }
    let question = line[asked.upperBound...]
    guard let name = question.range(of: " ? "), let or = question.range(of: " : ") else {
      return line
    }
    let before = String(line[..<asked.lowerBound])
    if question[..<name.lowerBound] == bug ?? "" {
      return before + question[name.upperBound..<or.lowerBound]
    }
    return answered(before + question[or.upperBound...], bug)
  }

  /// A function of the museum with one exhibit in it, or with none.
  func function(_ name: String, with bug: Bug? = nil) -> [String] {
    (rooms[name] ?? []).map { Catalogue.answered($0, bug?.rawValue) }
  }

  /// The function in which the exhibit is.
  func place(of bug: Bug) -> String? {
    rooms.keys.sorted().first { name in
      rooms[name]?.contains { $0.contains("bug == .\(bug.rawValue) ?") } ?? false
    }
  }

  /// The lines in which the exhibit differs from the healthy code.
  func lines(of bug: Bug) -> [(healthy: String, exhibit: String)] {
    guard let place = place(of: bug) else { return [] }
    return zip(function(place), function(place, with: bug)).filter { $0 != $1 }.map {
      ($0.trimmingCharacters(in: .whitespaces), $1.trimmingCharacters(in: .whitespaces))
    }
  }

  /// Both lines as a difference, for the page.
  func difference(_ bug: Bug) -> String {
    lines(of: bug).map { "- \($0.healthy)\n+ \($0.exhibit)" }.joined(separator: "\n")
  }

  /// The functions whose text on the page is not the museum's with all exhibits undone.
  var functionsThatDiffer: [String] {
    rooms.keys.sorted().filter { name in
      let there = Catalogue.joined(function(name))
        .replacingOccurrences(of: ", bug: Bug?", with: "")
        .replacingOccurrences(of: ", bug: bug)", with: ")")
      return Catalogue.joined(page[name] ?? []) != there
    }
  }

  /// One string, however its lines are broken.
  private static func joined(_ lines: [String]) -> String {
    lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
  }

  /// What stands between `func name(` at the margin and `}` at the margin.
  private static func functions(_ lines: [String]) -> [String: [String]] {
    var (found, open): ([String: [String]], String?) = ([:], nil)
    for line in lines {
      if line.hasPrefix("func ") { open = String(line.dropFirst(5).prefix { $0 != "(" }) }
      if let open { found[open, default: []].append(line) }
      if line == "}" { open = nil }
    }
    return found
  }
}
