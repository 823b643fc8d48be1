import Foundation

/// The lessons of the package, in order: the folders `lessons/NN-slug`.
struct Curriculum {
  let lessons: [String]
  private let folder: URL

  /// The curriculum that the lesson with this `main.swift` belongs to.
  init(lessonSource: URL) {
    folder = lessonSource.deletingLastPathComponent().deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    lessons = names.filter { $0.wholeMatch(of: /[0-9]{2}-.+/) != nil }.sorted()
  }

  func lesson(after slug: String) -> String? { lessons.first { $0 > slug } }

  /// The lessons on both sides, with their titles.
  func neighbours(of slug: String) -> Neighbours {
    Neighbours(
      previous: lessons.last { $0 < slug }.map(neighbour), next: lesson(after: slug).map(neighbour))
  }

  private func neighbour(_ slug: String) -> Neighbours.Neighbour {
    let source = try? String(contentsOf: folder.appending(path: "\(slug)/main.swift"), encoding: .utf8)
    let title = source?.sourceLines.first { $0.hasPrefix("//: # ") }?.dropFirst("//: # ".count)
    return Neighbours.Neighbour(slug: slug, title: title.map(String.init) ?? slug)
  }
}
