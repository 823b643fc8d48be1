import Foundation
import Programs

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
      // Foundation keeps the reason to itself; the system call has it.
      mkdir(parent.path, 0o777)
      throw PageFolder.failure(parent, String(cString: strerror(errno)))
    }
    for folder in [parent, url] where FileManager.default.fileExists(atPath: folder.path) {
      // With the dot, a file in its place is said to be no folder.
      guard access("\(folder.path)/.", W_OK | X_OK) == 0 else {
        throw PageFolder.failure(folder, String(cString: strerror(errno)))
      }
    }
    do throws(Failure) {
      try Replacement.checkRoom(in: parent)
      for name in ["README.md", "index.html"] { try Replacement.checkPlace(of: url.appending(path: name)) }
    } catch {
      throw LessonFailure(error.message, code: .cannotCreate)
    }
  }

  /// Writes `files`, in this order, and removes figures of an earlier run that this one has not made.
  ///
  /// See ``Replacement``: a reader sees the old page or the new one.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate``; what was not renamed by then is as it was.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    guard mkdir(url.path, 0o777) == 0 || errno == EEXIST else {
      throw PageFolder.failure(url, String(cString: strerror(errno)))
    }
    do throws(Failure) {
      var replacement = Replacement()
      for (name, bytes) in files { try replacement.stage(bytes, for: url.appending(path: name)) }
      try replacement.commit()
    } catch {
      throw LessonFailure(error.message, code: .cannotCreate)
    }
    removeLeftovers(keeping: Set(files.map(\.name)))
  }

  /// Removes figures that are no longer drawn and temporaries of runs that were killed.
  private func removeLeftovers(keeping kept: Set<String>) {
    Replacement.removeAbandoned(in: url)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    // A folder, which a lesson has not made, is not removed by this call.
    for name in names where name.hasSuffix(".svg") && !kept.contains(name) { unlink(url.appending(path: name).path) }
  }

  private static func failure(_ url: URL, _ reason: String) -> LessonFailure {
    LessonFailure(
      "cannot write into \(url.path): \(reason); choose another folder with --output", code: .cannotCreate)
  }
}
