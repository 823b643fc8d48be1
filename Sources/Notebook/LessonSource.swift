import Foundation

/// A lesson's `main.swift`, read as a notebook: prose, code cells and questions in the order in which they stand.
///
/// Lines that begin with `//:` are Markdown prose; everything between is a code cell. A lone `//:` divides two cells
/// without saying anything. Prose knows three directives,
/// each at the start of a prose line:
/// - `@fold Title` folds the next code cell under that title (plotting code, mostly);
/// - `@question Text` and `@answer Text` state a self-assessment question and its answer, shown folded. Either may
///   continue over the following prose lines.
public struct LessonSource: Sendable {
  /// One piece of the notebook.
  public enum Segment: Sendable {
    case prose(Prose)
    case code(CodeCell)
    case question(Question)
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
    var reader = Reader()
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
}

/// A run of Swift lines between two pieces of prose.
public struct CodeCell: Sendable, Equatable {
  public let text: String
  public let lines: ClosedRange<Int>
  /// The title under which the page folds the cell, or nil if it stands open.
  public let fold: String?
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
  case prose(ProseError)

  public var description: String {
    switch self {
    case .unreadable(let path):
      "cannot read the lesson's own source, \(path); run it with 'swift run' inside the package it was built from"
    case .misplaced(let line, let directive, let expected): "main.swift, line \(line): '\(directive)' \(expected)"
    case .prose(let error): "main.swift, \(error)"
    }
  }
}

/// Reads line by line and cuts where prose, code and directives meet.
private struct Reader {
  var segments: [(lines: ClosedRange<Int>, segment: LessonSource.Segment)] = []
  private enum Part { case prose, code, question, answer }
  private var part: Part?
  private var lines: [Substring] = []
  private var first = 1
  private var fold: String?
  private var asked: (text: Prose, first: Int)?
  private var questions = 0

  mutating func read(_ line: Substring, number: Int) throws {
    guard line.hasPrefix("//:") else {
      if part == .code { return lines.append(line) }
      if line.allSatisfy(\.isWhitespace) {
        // Between two pieces of prose an empty line of the source is one of the prose.
        if part != nil { lines.append("") }
        return
      }
      return try begin(.code, with: line, at: number)
    }
    let prose = line.dropFirst(3).first == " " ? line.dropFirst(4) : line.dropFirst(3)
    if prose.hasPrefix("@fold ") {
      try flush()
      fold = String(prose.dropFirst(6))
    } else if prose.hasPrefix("@question ") {
      try begin(.question, with: prose.dropFirst(10), at: number)
    } else if prose.hasPrefix("@answer ") {
      guard part == .question else {
        throw LessonSourceError.misplaced(line: number, directive: "@answer", expected: "must follow its @question")
      }
      try begin(.answer, with: prose.dropFirst(8), at: number)
    } else if prose.hasPrefix("@") {
      let directive = String(prose.prefix { !$0.isWhitespace })
      throw LessonSourceError.misplaced(
        line: number, directive: directive, expected: "is no directive; there are @fold, @question and @answer")
    } else if part == nil || part == .code {
      try begin(.prose, with: prose, at: number)
    } else {
      lines.append(prose)
    }
  }

  mutating func close() throws {
    try flush()
    if let asked {
      throw LessonSourceError.misplaced(line: asked.first, directive: "@question", expected: "has no @answer")
    }
  }

  private mutating func begin(_ part: Part, with line: Substring, at number: Int) throws {
    try flush()
    self.part = part
    lines = [line]
    first = number
  }

  private mutating func flush() throws {
    guard let part else { return }
    self.part = nil
    if let asked, part != .answer {
      throw LessonSourceError.misplaced(line: asked.first, directive: "@question", expected: "has no @answer")
    }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    switch part {
    case .code:
      let range = first...(first + lines.count - 1)
      segments.append((range, .code(CodeCell(text: lines.joined(separator: "\n"), lines: range, fold: fold))))
      fold = nil
    case .prose where lines.isEmpty:
      // A lone `//:` only divides two cells.
      break
    case .prose:
      segments.append((first...(first + lines.count - 1), .prose(try prose())))
    case .question:
      asked = (try prose(), first)
    case .answer:
      guard let asked else { return }
      questions += 1
      let question = Question(number: questions, text: asked.text, answer: try prose())
      segments.append((asked.first...(first + lines.count - 1), .question(question)))
      self.asked = nil
    }
  }

  private func prose() throws -> Prose {
    do {
      return try Prose(markdown: lines.joined(separator: "\n"), firstLine: first)
    } catch {
      throw LessonSourceError.prose(error)
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
}
