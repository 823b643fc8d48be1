import Exercises
import Foundation
import Programs

/// The exercises of a lesson as its page shows them: what is asked stands in the file that the student completes.
public struct ExerciseSheet: Sendable {
  /// One exercise.
  public struct Entry: Sendable {
    public let exercise: Exercise
    public let title: Prose.Inline
    public let statement: Prose
    /// The declaration of the function, without its body.
    public let signature: String
    public let hint: Prose.Inline
  }

  /// The folder of the lesson, `01-svd-theorem`.
  let lesson: String
  let entries: [Entry]

  /// The file that the student completes: `Exercises01.swift`.
  var file: String { "Exercises\(lesson.prefix(2)).swift" }
  /// The path of the file in the package.
  var path: String { "lessons/\(lesson)/\(file)" }
  /// The command that grades the answers.
  var command: String { "swift test --filter Lesson\(lesson.prefix(2))" }
  var points: Int { entries.reduce(0) { $0 + $1.exercise.points } }

  /// Reads the exercises of the lesson in `folder`.
  ///
  /// - Throws: ``LessonFailure`` if the file is missing or a function with what is asked; ``ProseError`` if that is not
  ///   understood.
  init(folder: URL) throws {
    lesson = folder.lastPathComponent
    let exercises = Exercise.ofLesson(Int(lesson.prefix(2)) ?? -1)
    precondition(!exercises.isEmpty, "the registry has no exercises for \(lesson)")
    let file = folder.appending(path: Exercise.file(ofLesson: exercises[0].lesson))
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw LessonFailure("cannot read the lesson's exercises, \(file.path)", code: .inputMissing)
    }
    let lines = text.sourceLines
    entries = try exercises.map { exercise in
      guard let declaration = lines.firstIndex(where: { $0.hasPrefix("func \(exercise.function)(") }),
        let end = lines[declaration...].firstIndex(where: { $0.contains("{") })
      else {
        throw LessonFailure(
          "\(file.lastPathComponent) has no function \(exercise.function); put its declaration back", code: .badData)
      }
      let comment = lines[..<declaration].reversed().prefix { $0.hasPrefix("///") }.reversed()
        .map { $0.dropFirst($0.hasPrefix("/// ") ? 4 : 3) }
      let first = declaration - comment.count + 1
      guard let title = comment.first, comment.count > 2 else {
        throw LessonFailure("\(file.lastPathComponent), line \(first): what is asked is missing", code: .badData)
      }
      return Entry(
        exercise: exercise,
        title: try Prose.Inline(String(title.hasSuffix(".") ? title.dropLast() : title), line: first),
        statement: try Prose(markdown: comment.dropFirst(2).joined(separator: "\n"), firstLine: first + 2),
        signature: lines[declaration...end].joined(separator: "\n").prefix { $0 != "{" }
          .trimmingCharacters(in: .whitespaces),
        hint: try Prose.Inline(exercise.hint))
    }
  }
}

extension Exercise {
  /// `1 point`, `3 points`.
  var worth: String { counted(points, "point") }
}

extension ExerciseSheet {
  /// What the program `grade` says of the student's answers, or how to ask it where it has not been built.
  ///
  /// Their code is compiled and run by it, not by the lesson, which needs to fear neither. No lesson depends on it: a
  /// first page need not wait until the grader is compiled.
  func marks(width: Int) -> String {
    let program = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
    let grade = program.deletingLastPathComponent().appending(path: "grade")
    guard FileManager.default.isExecutableFile(atPath: grade.path) else {
      let advice = "exercises: complete \(path), then: swift run grade --lesson \(lesson.prefix(2))\n"
      return advice.wrapped(to: width, hanging: 2)
    }
    do throws(Failure) {
      var environment = ProcessInfo.processInfo.environment
      environment["COLUMNS"] = "\(width)"
      let process = try ChildProcess(
        grade, ["--lesson", String(lesson.prefix(2))], environment: environment, endsWithParent: true)
      // It is in a process group of its own, and hears of no interruption by itself.
      let signals = Signals([SIGINT, SIGTERM, SIGHUP, SIGQUIT]) { number in
        process.send(SIGTERM)
        process.wait()
        _exit(128 + number)
      }
      let (output, errors) = process.drain()
      _ = withExtendedLifetime(signals) { process.reap() }
      return String(decoding: output + errors, as: UTF8.self)
    } catch {
      return "\(file): \(error.message)\n"
    }
  }
}
