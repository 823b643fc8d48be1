import Foundation
import Programs

/// The bytes of a file from its beginning to its end, read in pieces and once. A file that begins like one of gzip's is
/// decompressed on the way, whatever its name says.
///
/// Memory does not grow with the file. Decompression is the work of the program `gzip`, as a child process.
final class DataStream {
  let url: URL
  /// The position of the next byte.
  private(set) var offset: UInt64 = 0
  /// The file, or the end of a pipe from `gzip`.
  private let handle: FileHandle
  private let isCompressed: Bool
  /// The program that decompresses, until it has ended.
  private var gzip: ChildProcess?

  /// Opens the file at `url`, which is to hold `expected`. Refuses whatever is not a regular file before opening it: a pipe
  /// could make the program wait for ever.
  ///
  /// - Parameter searchPath: the folders in which `gzip` is looked for, separated by colons.
  init(
    _ url: URL, expected: String, searchPath: String? = ProcessInfo.processInfo.environment["PATH"]
  ) throws(DataError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw DataError(
        .missing, file: url, found: "no file", expected: expected, remedy: "Check the spelling of the path.")
    }
    guard !isFolder.boolValue else {
      throw DataError(
        .missing, file: url, found: "a folder", expected: expected, remedy: "Give the path of the file inside it.")
    }
    self.url = url
    do {
      let resolved = url.resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: resolved.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DataError(
          .missing, file: url, found: "a pipe or device", expected: expected,
          remedy: "Write the bytes to a file first.")
      }
      let file = try FileHandle(forReadingFrom: resolved)
      isCompressed = try file.read(upToCount: 2) == Data([0x1f, 0x8b])
      try file.seek(toOffset: 0)
      guard isCompressed else {
        handle = file
        return
      }
      let child = try Self.decompression(of: file, url, searchPath: searchPath)
      (gzip, handle) = (child, FileHandle(fileDescriptor: child.output, closeOnDealloc: false))
    } catch let error as DataError {
      throw error
    } catch {
      throw Self.unreadable(url, error)
    }
  }

  deinit {
    guard let gzip else { return }
    gzip.send(SIGKILL)
    _ = gzip.drain(keeping: 0)
    _ = gzip.reap()
  }

  /// The next `count` bytes: fewer only if the file ends.
  func read(_ count: Int) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try next(min(count - bytes.count, 1 << 20))
      if piece.isEmpty { break }
      bytes += piece
    }
    return bytes
  }

  /// The length of the whole file. What was not read of a compressed one is decompressed, counted and dropped.
  func length() throws(DataError) -> UInt64 {
    guard !isCompressed else {
      while try !next(1 << 20).isEmpty {}
      return offset
    }
    do {
      let end = try handle.seekToEnd()
      try handle.seek(toOffset: offset)
      return end
    } catch {
      throw Self.unreadable(url, error)
    }
  }

  /// Up to `count` bytes, none only at the end.
  private func next(_ count: Int) throws(DataError) -> Data {
    if isCompressed, gzip == nil { return Data() }
    do {
      let piece = try handle.read(upToCount: count) ?? Data()
      offset += UInt64(piece.count)
      if piece.isEmpty { try finishDecompression() }
      return piece
    } catch let error as DataError {
      throw error
    } catch {
      throw Self.unreadable(url, error)
    }
  }

  /// Throws what `gzip` has to complain of, now that it has written all it could.
  private func finishDecompression() throws(DataError) {
    guard let child = gzip else { return }
    gzip = nil
    let complaint = String(decoding: child.drain(keeping: 200).errors, as: UTF8.self)
    // 2 is a warning: bytes after the end of the archive, which do no harm.
    guard ![.exited(0), .exited(2)].contains(child.reap()) else { return }
    throw DataError(
      .malformed, file: url, at: .byte(offset),
      found: "the end of what gzip can decompress (\(complaint.trimmingCharacters(in: .whitespacesAndNewlines)))",
      expected: "a whole gzip file", remedy: Self.fetchAgain)
  }

  /// `gzip -dc` with `file` as its input, so that the file's name does not matter.
  private static func decompression(
    of file: FileHandle, _ url: URL, searchPath: String?
  ) throws -> ChildProcess {
    let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":")
    let programs = folders.map { URL(fileURLWithPath: "\($0)/gzip") }
    guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw DataError(
        .missing, file: url, found: "a gzip file, and no program gzip on the search path to decompress it",
        expected: "that program, or an uncompressed file", remedy: "Install gzip, or decompress the file elsewhere.")
    }
    return try ChildProcess(program, ["-dc"], input: file.fileDescriptor)
  }

  static let fetchAgain = "The file is damaged or only part of it was copied: fetch it again."

  private static func unreadable(_ url: URL, _ error: any Error) -> DataError {
    let reason = (error as? Failure)?.message ?? error.localizedDescription
    return DataError(
      .missing, file: url, found: "a file that cannot be read (\(reason))", expected: "a readable file",
      remedy: "Check its permissions.")
  }
}
