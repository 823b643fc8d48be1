import Foundation

/// A lesson's `main.swift`, read as a notebook: prose, code cells and questions in the order in which they stand.
///
/// Lines that begin with `//:` are Markdown prose; everything between is code. A lone `//:` divides two cells without
/// saying anything. Of the code, what weaves the page (`lesson.check`, `lesson.figure`, …) is told from the mathematics:
/// see ``CodeCell/Kind/scaffolding``. A section whose heading begins with `Deeper:` is folded on the page.
///
/// Prose knows these directives, each at the start of a prose line:
/// - `@opening picture` makes the first screen from what the run finds; the bullets under it are what a reader will be able
///   to do. `picture` names the figure that stands there;
/// - `@heart Title` marks the next code cell as the lesson's heart: it stands in the open, in at most
///   ``CodeCell/longestHeart`` lines;
/// - `@file Name.swift Title` weaves a file beside `main.swift` into the page, folded under that title;
/// - `@fold Title` folds the next code cell under that title;
/// - `@symbols` and `@sources` stand for the page's part of the course's tables;
/// - `@question Text` and `@answer Text` state a self-assessment question and its answer, shown folded. Either may
///   continue over the following prose lines.
public struct LessonSource: Sendable {
  /// One piece of the notebook.
  public enum Segment: Sendable {
    case prose(Prose)
    case code(CodeCell)
    case question(Question)
    /// The first screen: the name of its picture and what a reader will be able to do.
    case opening(picture: String, goals: Prose)
    case file(name: String, title: String)
    case symbols
    case sources
  }

  /// The segments with the lines they occupy, counted from 1.
  public let segments: [(lines: ClosedRange<Int>, segment: Segment)]

  /// Reads the source at `url`.
  ///
  /// - Throws: ``LessonSourceError`` if the file cannot be read, or at the first line whose prose or formula is not
  ///   understood.
  public init(contentsOf url: URL) throws {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw LessonSourceError.unreadable(path: url.path)
    }
    try self.init(text)
  }

  /// Reads source text.
  public init(_ text: String) throws {
    var reader = LessonReader()
    for (offset, line) in text.sourceLines.enumerated() {
      try reader.read(line, number: offset + 1)
    }
    try reader.close()
    segments = reader.segments
  }

  /// The heading of level one, the lesson's title.
  public var title: String? {
    for case (_, .prose(let prose)) in segments {
      if let title = prose.blocks.lazy.compactMap(\.title).first { return title }
    }
    return nil
  }

  /// The files beside `main.swift` that the page holds.
  public var files: [String] {
    segments.compactMap { if case .file(let name, _) = $0.segment { name } else { nil } }
  }
}

/// A self-assessment question with its answer.
public struct Question: Sendable {
  public let number: Int
  public let text: Prose
  public let answer: Prose
}

/// What can be wrong with a lesson's source.
public enum LessonSourceError: Error, CustomStringConvertible {
  case unreadable(path: String)
  case misplaced(line: Int, directive: String, expected: String)
  case longHeart(line: Int, lines: Int)
  case prose(ProseError)

  public var description: String {
    switch self {
    case .unreadable(let path):
      "cannot read the lesson's own source, \(path); run it with 'swift run' inside the package it was built from"
    case .misplaced(let line, let directive, let expected): "main.swift, line \(line): '\(directive)' \(expected)"
    case .longHeart(let line, let lines):
      "main.swift, line \(line): a heart of \(lines) lines; \(CodeCell.longestHeart) at most can be taken in at once"
    case .prose(let error): "main.swift, \(error)"
    }
  }
}

extension String {
  /// The lines of a source file, empty ones included, in whichever of the two ways an editor has ended them.
  var sourceLines: [Substring] { split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" } }
}

extension Prose.Block {
  /// The text of a heading of level one.
  fileprivate var title: String? {
    if case .heading(level: 1, let text) = self { text.plainText } else { nil }
  }

  /// The text of a section's heading, which is of level two.
  var sectionTitle: String? {
    if case .heading(level: 2, let text) = self { text.plainText } else { nil }
  }
}
