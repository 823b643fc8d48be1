import Datasets
import Foundation
import Programs

extension Lesson {
  /// What is known once the command line has been read to its end.
  struct Run {
    let source: LessonSource
    let folder: PageFolder
    let terminal: TerminalPage
    var page: Page
    /// The images that `--data` names, once they are read.
    var ownImages: OwnImages?
    /// How many of the source's segments are in the page.
    var woven = 0
    /// The course's references, with those that the page has cited.
    var bibliography: Bibliography
    /// What is written beside the page that is no part of it.
    var kept: [(name: String, bytes: [UInt8])] = []
  }

  /// Appends a block at `line` of the source: the source up to the end of that line's cell comes before it.
  func append(line: Int, _ block: () throws -> Block) {
    begin()
    weave(through: line)
    attempt {
      do {
        emit(try block())
      } catch let error as TeXError {
        throw LessonSourceError.prose(ProseError(line: line, problem: .formula(error)))
      } catch let error as ProseError {
        throw LessonSourceError.prose(error)
      }
    }
  }

  /// Moves the source's segments that begin up to `line` into the page.
  func weave(through line: Int) {
    guard let segments = run?.source.segments, let woven = run?.woven else { return }
    let due = segments.dropFirst(woven).prefix { $0.lines.lowerBound <= line }
    for (_, segment) in due {
      switch segment {
      case .prose(let prose): emit(.prose(prose))
      case .code(let cell) where ["lesson.finish()", "lesson.exercises()"].contains(cell.text): break
      case .code(let cell): emit(.code(cell))
      case .question(let question): emit(.question(question))
      case .opening(let picture, let goals): emit(.opening(Opening(picture: picture, goals: goals)))
      case .file(let name, let title): emit(.code(attempt { try cell(ofFile: name, title) }))
      // What these hold is known when the page is finished.
      case .symbols: emit(.symbols(SymbolTable(rows: [])))
      case .sources: emit(.sources(run?.bibliography.cited ?? []))
      }
    }
    run?.woven += due.count
  }

  /// The file `name` beside `main.swift` as a folded cell.
  private func cell(ofFile name: String, _ title: String) throws -> CodeCell {
    guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
      throw LessonFailure("the lesson weaves \(name), which is not beside its main.swift", code: .inputMissing)
    }
    var lines = text.sourceLines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return CodeCell(
      text: lines.joined(separator: "\n"), file: name, lines: 1...max(1, lines.count), kind: .folded(title))
  }

  /// A table of the course beside the lessons' folders; nil if there is none.
  static func courseTable(_ name: String, ofLesson folder: URL) -> String? {
    try? String(contentsOf: folder.deletingLastPathComponent().appending(path: name), encoding: .utf8)
  }

  private func emit(_ block: Block) {
    let block = attempt { try withCitations(block) }
    let previous = run.flatMap { run in run.page.blocks.last(where: run.terminal.shows) }
    run?.page.blocks.append(block)
    guard let run, !options.json, !options.quiet, run.terminal.shows(block) else { return }
    console.clearProgress()
    attempt { try console.print(TerminalPage.gap(between: previous, and: block) + run.terminal.render(block) + "\n") }
  }

  /// `block` with its citations as links.
  private func withCitations(_ block: Block) throws -> Block {
    guard var bibliography = run?.bibliography else { return block }
    defer { run?.bibliography = bibliography }
    return switch block {
    case .prose(let prose): .prose(try bibliography.resolve(prose))
    case .finding(let sentence): .finding(try bibliography.resolve(sentence))
    case .opening(let opening):
      .opening(Opening(picture: opening.picture, goals: try bibliography.resolve(opening.goals)))
    case .question(let question):
      .question(
        Question(
          number: question.number, text: try bibliography.resolve(question.text),
          answer: try bibliography.resolve(question.answer)))
    default: block
    }
  }
}
