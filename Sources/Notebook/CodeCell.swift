/// A run of Swift lines between two pieces of prose.
public struct CodeCell: Sendable, Equatable {
  public let text: String
  /// The file beside `main.swift`, or `main.swift` itself.
  public var file = "main.swift"
  public let lines: ClosedRange<Int>
  public let kind: Kind

  /// Where a cell stands on the page.
  public enum Kind: Sendable, Equatable {
    /// Mathematics, data, training: in the open.
    case open
    /// Folded under a title.
    case folded(String)
    /// The lesson's heart, in the open under a title.
    case heart(String)
    /// Statements that only weave the page: folded together at the end of their section.
    case scaffolding
  }

  /// The lines that a heart may have, blank ones aside.
  public static let longestHeart = 15

  /// The title under which the page folds the cell, or nil.
  public var fold: String? { if case .folded(let title) = kind { title } else { nil } }

  /// The title of a cell that has one.
  var title: String? {
    switch kind {
    case .folded(let title), .heart(let title): title
    case .open, .scaffolding: nil
    }
  }

  /// The cell taken apart, in order, into statements that compute and statements that only weave the page.
  ///
  /// A statement begins at the margin. It weaves if it is an import, makes the lesson, calls one of its methods for a block
  /// of the page, or is a loop over such calls.
  func split() -> [CodeCell] {
    var runs: [(weaves: Bool, lines: [Substring], first: Int)] = []
    var comments: [Substring] = []
    let all = text.sourceLines
    for (offset, line) in all.enumerated() {
      let number = lines.lowerBound + offset
      let begins = line.first.map { !" })]".contains($0) } ?? false
      if begins, line.hasPrefix("//") {
        comments.append(line)
      } else if begins {
        let weaves = CodeCell.weaves(line, followedBy: offset + 1 < all.count ? all[offset + 1] : "")
        if runs.last?.weaves != weaves { runs.append((weaves, [], number - comments.count)) }
        runs[runs.count - 1].lines += comments + [line]
        comments = []
      } else if comments.isEmpty {
        if runs.isEmpty { runs.append((false, [], number)) }
        runs[runs.count - 1].lines.append(line)
      } else {
        comments.append(line)
      }
    }
    if !comments.isEmpty {
      if runs.isEmpty { runs.append((false, [], lines.lowerBound)) }
      runs[runs.count - 1].lines += comments
    }
    return runs.map { run in
      var kept = run.lines[...]
      while kept.last?.allSatisfy(\.isWhitespace) == true { kept.removeLast() }
      return CodeCell(
        text: kept.joined(separator: "\n"), file: file, lines: run.first...(run.first + kept.count - 1),
        kind: run.weaves ? .scaffolding : .open)
    }
  }

  private static func weaves(_ line: Substring, followedBy next: Substring) -> Bool {
    if line.hasPrefix("for ") { return next.drop { $0 == " " }.hasPrefix("lesson.") }
    return ["lesson.", "import ", "let lesson = "].contains { line.hasPrefix($0) }
  }
}
