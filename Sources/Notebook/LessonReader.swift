/// Reads a lesson's source line by line and cuts where prose, code and directives meet.
struct LessonReader {
  private(set) var segments: [(lines: ClosedRange<Int>, segment: LessonSource.Segment)] = []
  private enum Part { case prose, code, question, answer, opening(picture: String) }
  private var part: Part?
  private var lines: [Substring] = []
  private var first = 1
  /// What a directive says of the next code cell.
  private var kind: CodeCell.Kind?
  private var asked: (text: Prose, first: Int)?
  private var questions = 0

  mutating func read(_ line: Substring, number: Int) throws {
    guard line.hasPrefix("//:") else {
      if case .code = part { return lines.append(line) }
      if line.allSatisfy(\.isWhitespace) {
        // Between two pieces of prose an empty line of the source is one of the prose.
        if part != nil { lines.append("") }
        return
      }
      return try begin(.code, with: line, at: number)
    }
    let prose = line.dropFirst(3).first == " " ? line.dropFirst(4) : line.dropFirst(3)
    if prose.hasPrefix("@") {
      try direct(prose, at: number)
    } else if part == nil || isCode || (prose.hasPrefix("#") && !isProse) {
      // A heading ends a question, an answer and an opening.
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

  private var isCode: Bool { if case .code = part { true } else { false } }
  private var isProse: Bool { if case .prose = part { true } else { false } }

  /// Follows the directive on line `number`.
  private mutating func direct(_ prose: Substring, at number: Int) throws {
    let name = String(prose.prefix { !$0.isWhitespace })
    let argument = prose.dropFirst(name.count).trimmingBlanks
    func needs(_ what: String) throws {
      guard argument.isEmpty else { return }
      throw LessonSourceError.misplaced(line: number, directive: name, expected: "needs \(what)")
    }
    switch name {
    case "@fold", "@heart":
      try needs("a title")
      try flush()
      kind = name == "@fold" ? .folded(argument) : .heart(argument)
    case "@question": try begin(.question, with: argument[...], at: number)
    case "@answer":
      guard case .question = part else {
        throw LessonSourceError.misplaced(line: number, directive: name, expected: "must follow its @question")
      }
      try begin(.answer, with: argument[...], at: number)
    case "@opening":
      try needs("the name of the figure that opens the page")
      try begin(.opening(picture: argument), with: "", at: number)
    case "@file":
      try needs("a file beside main.swift and a title")
      try flush()
      let file = argument.prefix { $0 != " " }
      let title = argument.dropFirst(file.count).trimmingBlanks
      segments.append((number...number, .file(name: String(file), title: title)))
    case "@symbols", "@sources":
      try flush()
      segments.append((number...number, name == "@symbols" ? .symbols : .sources))
    default:
      throw LessonSourceError.misplaced(
        line: number, directive: name,
        expected: "is no directive; there are @opening, @heart, @file, @fold, @symbols, @sources, @question and @answer"
      )
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
    var isAnswer: Bool { if case .answer = part { true } else { false } }
    if let asked, !isAnswer {
      throw LessonSourceError.misplaced(line: asked.first, directive: "@question", expected: "has no @answer")
    }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    let range = first...max(first, first + lines.count - 1)
    switch part {
    case .code: try appendCode(range)
    case .prose where lines.isEmpty:
      // A lone `//:` only divides two cells.
      break
    case .prose: segments.append((range, .prose(try prose())))
    case .opening(let picture):
      let goals = try prose()
      guard goals.blocks.count == 1, case .bulletList = goals.blocks[0] else {
        throw LessonSourceError.misplaced(
          line: first, directive: "@opening", expected: "is followed by bullets: what a reader will be able to do")
      }
      segments.append((range, .opening(picture: picture, goals: goals)))
    case .question: asked = (try prose(), first)
    case .answer:
      guard let asked else { return }
      questions += 1
      let question = Question(number: questions, text: asked.text, answer: try prose())
      segments.append((asked.first...range.upperBound, .question(question)))
      self.asked = nil
    }
  }

  private mutating func appendCode(_ range: ClosedRange<Int>) throws {
    let cell = CodeCell(text: lines.joined(separator: "\n"), lines: range, kind: kind ?? .open)
    kind = nil
    switch cell.kind {
    case .open: segments += cell.split().map { ($0.lines, .code($0)) }
    case .heart:
      let count = lines.count { !$0.allSatisfy(\.isWhitespace) }
      guard count <= CodeCell.longestHeart else {
        throw LessonSourceError.longHeart(line: range.lowerBound, lines: count)
      }
      segments.append((range, .code(cell)))
    case .folded, .scaffolding: segments.append((range, .code(cell)))
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
