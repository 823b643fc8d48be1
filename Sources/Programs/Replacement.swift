import Foundation

/// New contents for files, put in place one after the other: each is written whole under a temporary name beside its file, and
/// renamed when all of them are on disk. So each file is the old one or the new one, whenever somebody reads it and whatever
/// comes between; but several renames are not one, and for a moment some files are new and others are not.
package struct Replacement {
  private var staged: [(temporary: URL, file: URL)] = []

  package init() {}

  /// Throws a ``Failure`` with exit code 73 unless a megabyte, more than most pages take, can be written into `folder`: a
  /// full disk is to be noticed before the work whose result it cannot take.
  package static func checkRoom(in folder: URL) throws(Failure) {
    removeAbandoned(in: folder, of: ["room"])
    let file = folder.appending(path: ".room.\(getpid())")
    // Left by another program of this number: in a container there are few.
    unlink(file.path)
    let descriptor = open(file.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(folder) }
    // Without a name it is gone with this process at the latest.
    unlink(file.path)
    defer { close(descriptor) }
    guard writeAll([UInt8](repeating: 0, count: 1 << 20), to: descriptor) else { throw failure(folder) }
  }

  /// Throws a ``Failure`` with exit code 73 if a folder lies where `file` is to be written.
  package static func checkPlace(of file: URL) throws(Failure) {
    // (A link is no folder: it is replaced itself.)
    var information = stat()
    guard lstat(file.path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else { return }
    throw Failure(
      "cannot write \(file.path): a folder of this name lies there; move it away, or choose another folder with --output",
      code: .cannotCreate)
  }

  /// Writes `text` beside `file`, for all to read, as far as the user's umask allows, or only for the user if it `isSecret`.
  ///
  /// - Throws: ``Failure`` with exit code 73; nothing of this replacement is left then.
  package mutating func stage(_ text: String, for file: URL, isSecret: Bool = false) throws(Failure) {
    try stage(Array(text.utf8), for: file, isSecret: isSecret)
  }

  /// The same for bytes that are no text.
  package mutating func stage(_ bytes: [UInt8], for file: URL, isSecret: Bool = false) throws(Failure) {
    let folder = file.deletingLastPathComponent()
    let temporary = folder.appending(path: ".\(file.lastPathComponent).\(getpid())")
    // The others are not to be in place by the time it turns out that this one cannot be.
    do { try Replacement.checkPlace(of: file) } catch { throw abandoned(error) }
    // What lies there was left by another program of this number, or is a link that somebody has planted.
    unlink(temporary.path)
    let descriptor = open(temporary.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, isSecret ? 0o600 : 0o666)
    guard descriptor >= 0 else { throw abandoned(Replacement.failure(folder)) }
    staged.append((temporary, file))
    // What is not on disk when it is renamed may be lost, and the old file with it; and some systems say only in the end that
    // there was no room.
    let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
    let reason = Replacement.failure(folder)
    let isClosed = close(descriptor) == 0
    guard isWritten else { throw abandoned(reason) }
    guard isClosed else { throw abandoned(Replacement.failure(folder)) }
  }

  /// Puts the files in their places, in the order in which they were staged, and removes what programs that were killed have
  /// left of them; no interruption comes between.
  ///
  /// - Throws: ``Failure`` with exit code 73; what was not renamed by then is as it was.
  package func commit() throws(Failure) {
    var interruptions = sigset_t()
    sigemptyset(&interruptions)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&interruptions, signal) }
    pthread_sigmask(SIG_BLOCK, &interruptions, nil)
    defer { pthread_sigmask(SIG_UNBLOCK, &interruptions, nil) }
    for (temporary, file) in staged where rename(temporary.path, file.path) != 0 {
      throw abandoned(Replacement.failure(file))
    }
    for (folder, files) in Dictionary(grouping: staged.map(\.file), by: { $0.deletingLastPathComponent() }) {
      Replacement.removeAbandoned(in: folder, of: Set(files.map(\.lastPathComponent)))
    }
  }

  /// Removes from `folder` the temporary files of programs that have ended; those of the files `names` only, unless it is
  /// `nil`.
  package static func removeAbandoned(in folder: URL, of names: Set<String>? = nil) {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in entries where name.hasPrefix(".") {
      guard let match = name.wholeMatch(of: /\.(.+)\.([0-9]+)/), names?.contains(String(match.1)) ?? true,
        let process = pid_t(match.2), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(folder.appending(path: name).path)
    }
  }

  /// `failure`, after the temporary files have been removed.
  private func abandoned(_ failure: Failure) -> Failure {
    for (temporary, _) in staged { unlink(temporary.path) }
    return failure
  }

  private static func failure(_ place: URL) -> Failure {
    Failure(
      "cannot write into \(place.path): \(String(cString: strerror(errno))); choose another folder with --output",
      code: .cannotCreate)
  }
}
