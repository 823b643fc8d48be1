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
      guard access(folder.path, W_OK | X_OK) == 0 else {
        throw PageFolder.failure(folder, String(cString: strerror(errno)))
      }
    }
  }

  /// Writes `files`, in this order, and removes figures of an earlier run that this one has not made.
  ///
  /// Each file is first written whole under a temporary name beside its own and then renamed, so that a reader sees
  /// the old one or the new one. Nothing is renamed before all of them are on disk, and no interruption comes between
  /// the renames.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/cannotCreate``; what was not renamed by then is as it was.
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
      var interruptions = sigset_t()
      sigemptyset(&interruptions)
      for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&interruptions, signal) }
      pthread_sigmask(SIG_BLOCK, &interruptions, nil)
      defer { pthread_sigmask(SIG_UNBLOCK, &interruptions, nil) }
      for (from, to) in staged {
        guard rename(from.path, to.path) == 0 else {
          throw LessonFailure("\(to.path): \(String(cString: strerror(errno)))", code: .cannotCreate)
        }
      }
    } catch {
      for (from, _) in staged { try? manager.removeItem(at: from) }
      throw PageFolder.failure(url, (error as? LessonFailure)?.message ?? (error as NSError).localizedDescription)
    }
    removeLeftovers(keeping: Set(files.map(\.name)))
  }

  /// Removes figures that are no longer drawn and temporaries of runs that were killed.
  private func removeLeftovers(keeping kept: Set<String>) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: url.path)) ?? [] {
      let isOldFigure = name.hasSuffix(".svg") && !kept.contains(name)
      let process = name.hasPrefix(".") ? name.split(separator: ".").last.flatMap { pid_t($0) } : nil
      let isAbandoned = process.map { kill($0, 0) != 0 } ?? false
      if isOldFigure || isAbandoned { try? manager.removeItem(at: url.appendingPathComponent(name)) }
    }
  }

  private static func failure(_ url: URL, _ reason: String) -> LessonFailure {
    LessonFailure(
      "cannot write into \(url.path): \(reason); choose another folder with --output", code: .cannotCreate)
  }
}
