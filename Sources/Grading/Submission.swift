import Exercises
import Foundation
import Programs

/// The files that somebody has handed in: at most one for each lesson.
public struct Submission: Sendable {
  /// `ExercisesNN.swift`, by the number of the lesson.
  public let files: [Int: URL]
  /// Files that might have been meant, with what is wrong with them.
  private let similar: [Found]

  /// More entries, or folders in folders, are nobody's answers.
  private static let (mostEntries, deepest) = (20_000, 20)

  /// The files called `ExercisesNN.swift` in `folder` and the folders below, those of `lessons` only. Links in it and
  /// hidden folders are passed over, and so is all that is neither file nor folder. Of a package, `folder` itself or one
  /// below, only the folder `lessons` is looked at.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is no such folder, or none of the files in it; with 65 if there is
  ///   one of them twice.
  public init(folder: URL, lessons: [Int]) throws {
    guard Submission.kind(of: folder.resolvingSymlinksInPath()) == .folder else {
      throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing)
    }
    let wanted = Dictionary(uniqueKeysWithValues: lessons.map { (Exercise.file(ofLesson: $0), $0) })
    var all: [Found] = []
    try Submission.find(in: folder.resolvingSymlinksInPath(), depth: 0, &all)
    var files: [Int: URL] = [:]
    for found in all where found.kind == .file {
      guard let lesson = wanted[found.url.lastPathComponent] else { continue }
      if let first = files[lesson] {
        throw Failure(
          "two files for lesson \(lesson): \(first.path) and \(found.url.path); give the folder of one student, with one of them",
          code: .badData)
      }
      files[lesson] = found.url
    }
    // `exercises01.swift`, `Exercises01 (1).swift`, `Exercises01.swift.txt`
    similar = all.filter { found in
      let name = found.url.lastPathComponent
      return name.lowercased().hasPrefix("exercise") && name.contains(".swift")
        && !(found.kind == .file && wanted[name] != nil)
    }
    guard !files.isEmpty else {
      let names = wanted.keys.sorted()
      let list = names.count == 1 ? "no \(names[0])" : "none of \(names[0]) to \(names[names.count - 1])"
      throw Failure(
        "\(list) in \(folder.relativePath) or below; nothing to mark\(Submission.remark(on: similar))",
        code: .inputMissing)
    }
    self.files = files
  }

  /// Why there is nothing to mark for `lesson`.
  func absence(of lesson: Int) -> String {
    let digits = Exercise.file(ofLesson: lesson).filter(\.isNumber)
    return "no file \(Exercise.file(ofLesson: lesson))"
      + Submission.remark(on: similar.filter { $0.url.lastPathComponent.filter(\.isNumber).hasPrefix(digits) })
  }

  private static func remark(on similar: [Found]) -> String {
    guard !similar.isEmpty else { return "" }
    let list = similar.prefix(3).map { found in
      let name = "'\(found.url.lastPathComponent)'"
      return found.kind == .file ? name : "\(name), which is \(found.kind.rawValue)"
    }
    return " (there is \(list.joined(separator: ", ")); save a plain file under the name above, to the letter)"
  }

  private enum Kind: String {
    case file = "a file"
    case folder = "a folder"
    case link = "a link"
    case other = "no file"
  }

  private struct Found {
    let url: URL
    let kind: Kind
  }

  /// What `url` itself is; links are not followed. `nil` if there is nothing.
  private static func kind(of url: URL) -> Kind? {
    var information = stat()
    guard lstat(url.path, &information) == 0 else { return nil }
    return switch information.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Adds what is in `folder` and below, sorted; what cannot be read is passed over.
  private static func find(in folder: URL, depth: Int, _ found: inout [Found]) throws(Failure) {
    guard depth < deepest, found.count < mostEntries else {
      throw Failure(
        "\(folder.path) has more than \(mostEntries) files, or folders in more than \(deepest) others; nothing to mark",
        code: .badData)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let isPackage = names.contains("Package.swift")
    for name in names.sorted() where !name.hasPrefix(".") && (!isPackage || name == "lessons") {
      let url = folder.appending(path: name)
      guard let kind = kind(of: url) else { continue }
      found.append(Found(url: url, kind: kind))
      if kind == .folder { try find(in: url, depth: depth + 1, &found) }
    }
  }
}
