import Foundation
import Programs

/// A lesson that can be run: a folder of `lessons/` and the program built from it.
struct LessonProgram: Equatable, Sendable {
  /// The name of folder and program: `01-svd-theorem`.
  let name: String
  let executable: URL

  /// The lessons whose folders `NN-slug` lie in `folder`, in order, with their programs in `programs`.
  ///
  /// - Throws: ``Failure`` with exit code 66 if the folder is missing or holds no lesson.
  static func all(in folder: URL, programs: URL) throws(Failure) -> [LessonProgram] {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      throw Failure(
        "no folder \(folder.path): course runs in the package that it was built from; run 'swift run course' there",
        code: .inputMissing)
    }
    let names = entries.filter { name in
      var isFolder: ObjCBool = false
      return name.wholeMatch(of: /[0-9]{2}-.+/) != nil
        && FileManager.default.fileExists(atPath: folder.appending(path: name).path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
    guard !names.isEmpty else {
      throw Failure("no lessons in \(folder.path): their folders are named like 01-svd-theorem", code: .inputMissing)
    }
    return names.sorted().map { LessonProgram(name: $0, executable: programs.appending(path: $0)) }
  }

  /// Those of `lessons` that `wanted` names by number (`1`, `01`) or by name, in the order of the course; all if it
  /// names none.
  ///
  /// - Throws: ``Failure`` with exit code 64 that lists the lessons if one is unknown.
  static func select(_ wanted: [String], from lessons: [LessonProgram]) throws(Failure) -> [LessonProgram] {
    for name in wanted where !lessons.contains(where: { $0.isCalled(name) }) {
      let list = lessons.map { "\n  \($0.name)" }.joined()
      throw Failure("there is no lesson '\(name)'; the lessons are:\(list)", code: .usage)
    }
    return wanted.isEmpty ? lessons : lessons.filter { lesson in wanted.contains { lesson.isCalled($0) } }
  }

  private func isCalled(_ text: String) -> Bool {
    text == name || text.wholeMatch(of: /[0-9]{1,2}/) != nil && Int(text) == Int(name.prefix(2))
  }

  /// Throws a ``Failure`` with exit code 66 unless the program of each of `lessons` has been built.
  static func checkPrograms(of lessons: [LessonProgram]) throws(Failure) {
    let missing = lessons.filter { !FileManager.default.isExecutableFile(atPath: $0.executable.path) }
    guard !missing.isEmpty else { return }
    let rows = missing.map { "\n  \"\($0.name)\"," }.joined()
    throw Failure(
      "not built: \(missing.map(\.name).joined(separator: ", ")). The table 'lessons' at the top of Package.swift needs:\(rows)",
      code: .inputMissing)
  }
}
