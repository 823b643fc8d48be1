import Exercises
import Foundation
import Programs

/// The files that somebody has handed in: at most one for each lesson.
public struct Submission: Sendable {
  /// `ExercisesNN.swift`, by the number of the lesson.
  public let files: [Int: URL]

  /// The files called `ExercisesNN.swift` in `folder` and the folders below, those of `lessons` only. Links in it and
  /// hidden folders are passed over. Of a package, `folder` itself or one below, only the folder `lessons` is looked at.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is no such folder, or none of the files in it; with 65 if there is
  ///   one of them twice.
  public init(folder: URL, lessons: [Int]) throws {
    guard Submission.isFolder(folder) else {
      throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing)
    }
    let wanted = Dictionary(uniqueKeysWithValues: lessons.map { (Exercise.file(ofLesson: $0), $0) })
    let all = Submission.files(in: folder.resolvingSymlinksInPath())
    var files: [Int: URL] = [:]
    for url in all {
      guard let lesson = wanted[url.lastPathComponent] else { continue }
      if let first = files[lesson] {
        throw Failure(
          "two files for lesson \(lesson): \(first.path) and \(url.path); give the folder of one student, with one of them",
          code: .badData)
      }
      files[lesson] = url
    }
    guard !files.isEmpty else {
      let names = wanted.keys.sorted()
      let list = names.count == 1 ? "no \(names[0])" : "none of \(names[0]) to \(names[names.count - 1])"
      // `exercises01.swift`, `Exercises01 (1).swift`
      let similar = all.filter {
        $0.pathExtension == "swift" && $0.lastPathComponent.lowercased().hasPrefix("exercise")
      }
      let found = similar.prefix(3).map { "'\($0.lastPathComponent)'" }.joined(separator: ", ")
      throw Failure(
        "\(list) in \(folder.relativePath) or below; nothing to mark"
          + (similar.isEmpty ? "" : " (there is \(found); the name must be as above to the letter)"),
        code: .inputMissing)
    }
    self.files = files
  }

  /// The regular files in `folder` and below, sorted; what cannot be read is passed over.
  private static func files(in folder: URL) -> [URL] {
    if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
      let lessons = folder.appending(path: "lessons")
      return isFolder(lessons) ? files(in: lessons) : []
    }
    let entries = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey, .isDirectoryKey], options: [.skipsHiddenFiles])
    return (entries ?? []).sorted { $0.path < $1.path }.flatMap { url in
      let kind = try? url.resourceValues(forKeys: [.isRegularFileKey, .isDirectoryKey])
      return kind?.isDirectory == true ? files(in: url) : kind?.isRegularFile == true ? [url] : []
    }
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
