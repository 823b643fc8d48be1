import Foundation

/// The lessons of the package, in order: the folders `lessons/NN-slug`.
struct Curriculum {
  let lessons: [String]

  /// The curriculum that the lesson with this `main.swift` belongs to.
  init(lessonSource: URL) {
    let folder = lessonSource.deletingLastPathComponent().deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    lessons = names.filter { $0.wholeMatch(of: /[0-9]{2}-.+/) != nil }.sorted()
  }

  func lesson(after slug: String) -> String? { lessons.first { $0 > slug } }
}
