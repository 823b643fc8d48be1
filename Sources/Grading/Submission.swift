import Exercises
import Foundation
import Programs

/// The files that somebody has handed in: at most one for each lesson.
public struct Submission: Sendable {
  /// `ExercisesNN.swift`, by the number of the lesson.
  public let files: [Int: URL]

  /// The files called `ExercisesNN.swift` in `folder` and the folders below, those of `lessons` only. Links in it and
  /// hidden folders are passed over. Of a whole package only the folder `lessons` is looked at.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is no such folder, or none of the files in it; with 65 if there is
  ///   one of them twice.
  public init(folder: URL, lessons: [Int]) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing)
    }
    let isPackage = FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    let place = isPackage ? folder.appending(path: "lessons") : folder
    let wanted = Dictionary(uniqueKeysWithValues: lessons.map { (Exercise.file(ofLesson: $0), $0) })
    let entries = FileManager.default.enumerator(
      at: place.resolvingSymlinksInPath(), includingPropertiesForKeys: [.isRegularFileKey],
      options: [.skipsHiddenFiles])
    var files: [Int: URL] = [:]
    while let url = entries?.nextObject() as? URL {
      guard let lesson = wanted[url.lastPathComponent],
        try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
      else { continue }
      if let first = files[lesson] {
        throw Failure("two files for lesson \(lesson): \(first.path) and \(url.path)", code: .badData)
      }
      files[lesson] = url
    }
    guard !files.isEmpty else {
      let names = wanted.keys.sorted()
      let list = names.count == 1 ? "no \(names[0])" : "none of \(names[0]) to \(names[names.count - 1])"
      throw Failure("\(list) in \(folder.relativePath) or below; nothing to mark", code: .inputMissing)
    }
    self.files = files
  }
}
