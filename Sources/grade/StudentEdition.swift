import Exercises
import Foundation
import Grading
import Programs

/// A copy of the package to give out: without right answers, plausible wrong ones, and what examinations expect.
struct StudentEdition {
  private let package: URL
  private let grader: Grader

  /// What is copied. Nothing else that lies in the package, such as the marks of a class, gets into an edition.
  private static let contents = [
    ".gitignore", ".swift-format", "Outputs", "Package.swift", "README.md", "Sources", "Tests", "lessons",
  ]
  private static let withheld = [
    "Sources/Grading/Lessons", "Tests/GradingTests/References", "Tests/GradingTests/Trials",
  ]
  /// What a test of the package names that needs something of that.
  private static let needs = ["RightAnswers", "Trial", "References"]
  /// Not the seed that `grade` has by default.
  private static let seed: UInt64 = 2027

  init(of package: URL, grader: Grader) {
    (self.package, self.grader) = (package, grader.drawing(with: StudentEdition.seed))
  }

  /// - Throws: ``Failure`` if `folder` holds something already, or if an exercise of the package has been answered.
  func write(to folder: URL, _ console: Console) throws -> ExitCode {
    let files = FileManager.default
    guard (try? files.contentsOfDirectory(atPath: folder.path))?.isEmpty ?? true else {
      throw Failure("\(folder.relativePath) is not empty; name a new folder", code: .cannotCreate)
    }
    let lessons = Set(Exercise.all.map(\.lesson)).sorted()
    let references = package.appending(path: "Tests/GradingTests/References")
    guard files.fileExists(atPath: references.path) else {
      throw Failure(
        "there are no right answers in \(references.path); is this an edition already?", code: .inputMissing)
    }
    try checkStubs(lessons)
    let practice = try grader.practiceSource(references: Submission(folder: references, lessons: lessons))
    // Made beside its place, so that nobody gives out the part of one.
    let place = folder.absoluteURL.standardizedFileURL
    let unfinished = place.deletingLastPathComponent().appending(path: "\(place.lastPathComponent).unfinished")
    guard !files.fileExists(atPath: unfinished.path) else {
      throw Failure("\(unfinished.path) is left of a run that was interrupted; remove it", code: .cannotCreate)
    }
    do {
      try files.createDirectory(at: unfinished, withIntermediateDirectories: true)
      try fill(unfinished, practice)
    } catch {
      try? files.removeItem(at: unfinished)
      throw Failure(
        "cannot write into \(unfinished.path): \(error.localizedDescription); name another folder", code: .cannotCreate)
    }
    guard rename(unfinished.path, place.path) == 0 else {
      throw Failure(
        "cannot move \(unfinished.path) to \(place.path): \(String(cString: strerror(errno))); do it by hand",
        code: .cannotCreate)
    }
    try console.print("written: \(folder.relativePath); build it and try it before you give it out\n")
    return .done
  }

  private func fill(_ folder: URL, _ practice: String) throws {
    for path in StudentEdition.contents { try copy(path, to: folder) }
    try practice.write(
      to: folder.appending(path: "Sources/Grading/Examination+Practice.swift"), atomically: true, encoding: .utf8)
    let examination = folder.appending(path: "Sources/Grading/Examination.swift")
    let text = try String(contentsOf: examination, encoding: .utf8)
    let all = /public static let all: \[Examination\] =\n(?:    .*\n)+/
    try text.replacing(all, with: "public static let all = practice\n")
      .write(to: examination, atomically: true, encoding: .utf8)
  }

  /// Answers of the instructor's own are not to be given out.
  private func checkStubs(_ lessons: [Int]) throws {
    let submission = try Submission(folder: package, lessons: lessons)
    for lesson in lessons {
      let text = try submission.files[lesson].map { try String(contentsOf: $0, encoding: .utf8) } ?? ""
      let stubs = text.matches(of: /\{\n  throw Exercise\.notAttempted\n\}/).count
      guard stubs == Exercise.ofLesson(lesson).count else {
        throw Failure(
          "\(Exercise.file(ofLesson: lesson)) holds an answer; make the edition from a package without any",
          code: .badData)
      }
    }
  }

  /// Copies the file or the folder at `path` in the package, as far as it is to be given out; links are left out.
  private func copy(_ path: String, to folder: URL) throws {
    let files = FileManager.default
    let (source, target) = (package.appending(path: path), folder.appending(path: path))
    var information = stat()
    guard !StudentEdition.withheld.contains(path), lstat(source.path, &information) == 0 else { return }
    switch information.st_mode & S_IFMT {
    case S_IFDIR:
      try files.createDirectory(at: target, withIntermediateDirectories: true)
      // Pages of knobs that were turned are not the package's.
      for name in try files.contentsOfDirectory(atPath: source.path) where !name.hasPrefix(".") {
        if path == "Outputs", name.contains("+") { continue }
        try copy("\(path)/\(name)", to: folder)
      }
    case S_IFREG:
      if path.hasPrefix("Tests/GradingTests/") {
        let text = try String(contentsOf: source, encoding: .utf8)
        if StudentEdition.needs.contains(where: text.contains) { return }
      }
      try files.copyItem(at: source, to: target)
    default: break
    }
  }
}
