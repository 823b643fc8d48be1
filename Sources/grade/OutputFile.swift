import Foundation
import Programs

/// A file to write that no submission can lead elsewhere.
struct OutputFile {
  let url: URL

  /// - Throws: ``Failure`` with exit code 73 if something else than a file is there, or if `url` leads through a link in
  ///   `folder`, where those whose work is marked may have put it.
  init(_ url: URL, marking folder: URL) throws(Failure) {
    self.url = url
    let kind = try OutputPlace.kind(of: url, marking: folder)
    guard kind == nil || kind == S_IFREG else { throw OutputPlace.failure(url, "there is something else than a file") }
    try OutputPlace.check(url.deletingLastPathComponent(), for: url)
  }

  /// Puts `text` in the place of what is there; through no link, even if one has come there since.
  func write(_ text: String) throws(Failure) {
    var replacement = Replacement()
    try replacement.stage(text, for: url)
    try replacement.commit()
  }
}

/// A folder to write into that no submission can lead elsewhere.
enum OutputFolder {
  /// Makes the folder if it is not there.
  ///
  /// - Throws: ``Failure`` with exit code 73 if something else is there, or if `url` leads through a link in `folder`.
  static func make(_ url: URL, marking folder: URL) throws(Failure) {
    let kind = try OutputPlace.kind(of: url, marking: folder)
    guard kind == nil || kind == S_IFDIR else {
      throw OutputPlace.failure(url, "there is something else than a folder")
    }
    guard kind == S_IFDIR || mkdir(url.path, 0o777) == 0 else {
      throw OutputPlace.failure(url, String(cString: strerror(errno)))
    }
    try OutputPlace.check(url, for: url)
  }
}

private enum OutputPlace {
  static func failure(_ url: URL, _ reason: String) -> Failure {
    Failure("cannot write \(url.relativePath): \(reason); name another place with --output", code: .cannotCreate)
  }

  /// What is at `url`, which may be no link itself nor lead through one in `folder`; `nil` if there is nothing.
  static func kind(of url: URL, marking folder: URL) throws(Failure) -> mode_t? {
    let marked = real(folder.path)
    var place = ""
    let components = url.absoluteURL.path.split(separator: "/").map(String.init)
    for (index, component) in components.enumerated() {
      let next = "\(place)/\(component)"
      let isLast = index == components.count - 1
      var information = stat()
      guard lstat(next, &information) == 0 else {
        guard isLast else { throw failure(url, "there is no \(next)") }
        return nil
      }
      let kind = information.st_mode & S_IFMT
      let isMarked = marked.map { next.hasPrefix("\($0)/") } ?? false
      if kind == S_IFLNK, isLast || isMarked { throw failure(url, "\(next) is a link") }
      if isLast { return kind }
      place = real(next) ?? next
      if place == "/" { place = "" }
    }
    return S_IFDIR
  }

  /// - Throws: ``Failure`` if nothing can be written into `folder`, before anything is marked.
  static func check(_ folder: URL, for url: URL) throws(Failure) {
    guard access(folder.path, W_OK | X_OK) == 0 else { throw failure(url, String(cString: strerror(errno))) }
    try Replacement.checkRoom(in: folder)
  }

  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
