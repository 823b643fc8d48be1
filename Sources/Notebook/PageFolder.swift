import Foundation

/// The folder that a lesson's page is written into.
struct PageFolder {
  let url: URL

  /// Makes sure that the folder can be made, before any work is done.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate``.
  init(_ url: URL) throws {
    self.url = url
    let parent = url.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw PageFolder.failure(parent, error)
    }
    for folder in [parent, url] where FileManager.default.fileExists(atPath: folder.path) {
      guard access(folder.path, W_OK | X_OK) == 0 else {
        throw LessonFailure(
          "cannot write into \(folder.path): \(String(cString: strerror(errno))); choose another folder with --output",
          code: .cannotCreate)
      }
    }
  }

  /// Writes `files`, in this order, and removes figures of an earlier run that this one has not made.
  ///
  /// Each file is first written whole under a temporary name beside its own and then renamed, so that a reader sees
  /// the old one or the new one; nothing is renamed before all of them are on disk.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate``; the files are then as they were.
  func write(_ files: [(name: String, text: String)]) throws {
    let manager = FileManager.default
    var staged: [(from: URL, to: URL)] = []
    do {
      try manager.createDirectory(at: url, withIntermediateDirectories: true)
      for (name, text) in files {
        let temporary = url.appendingPathComponent(".\(name).\(getpid())")
        staged.append((temporary, url.appendingPathComponent(name)))
        try Data(text.utf8).write(to: temporary)
      }
      for (from, to) in staged {
        guard rename(from.path, to.path) == 0 else {
          throw LessonFailure("\(to.path): \(String(cString: strerror(errno)))", code: .cannotCreate)
        }
      }
    } catch {
      for (from, _) in staged { try? manager.removeItem(at: from) }
      throw PageFolder.failure(url, error)
    }
    let kept = Set(files.map(\.name))
    for name in (try? manager.contentsOfDirectory(atPath: url.path)) ?? [] where name.hasSuffix(".svg") {
      if !kept.contains(name) { try? manager.removeItem(at: url.appendingPathComponent(name)) }
    }
  }

  private static func failure(_ url: URL, _ error: any Error) -> LessonFailure {
    let reason = (error as? LessonFailure)?.message ?? (error as NSError).localizedDescription
    return LessonFailure(
      "cannot write into \(url.path): \(reason); choose another folder with --output", code: .cannotCreate)
  }
}
