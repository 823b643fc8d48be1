import Foundation

/// A folder, and the few things that are done with files here.
struct Disk {
  let root: URL

  func url(_ path: String) -> URL { root.appending(path: path) }
  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }
  func text(_ path: String) -> String? { try? String(contentsOf: url(path), encoding: .utf8) }
  func lines(_ path: String) -> [String] { (text(path) ?? "").split(separator: "\n").map(String.init) }

  /// Writes `data` if something else is there: what has not changed need not be built again.
  func write(_ data: Data, to path: String) throws {
    guard (try? Data(contentsOf: url(path))) != data else { return }
    try FileManager.default.createDirectory(
      at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url(path))
  }

  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  /// Adds a line at the end of a file, whole or not at all.
  func append(_ line: String, to path: String) throws {
    if !exists(path) { try Data().write(to: url(path)) }
    let handle = try FileHandle(forWritingTo: url(path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\(line)\n".utf8))
    try handle.close()
  }

  func remove(_ path: String) { try? FileManager.default.removeItem(at: url(path)) }

  /// The files below `path`, relative to it, in order; what is built there is none of them.
  func files(below path: String) -> [String] {
    var names: [String] = []
    let all = FileManager.default.enumerator(atPath: url(path).path)
    while let name = all?.nextObject() as? String {
      if name == ".build" { all?.skipDescendants() }
      if all?.fileAttributes?[.type] as? FileAttributeType == .typeRegular { names.append(name) }
    }
    return names.sorted()
  }
}
