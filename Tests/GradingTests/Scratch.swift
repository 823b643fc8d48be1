import Foundation
import Programs
import Testing

/// A folder for one test, removed with the value.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "grading-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes `text` to the file at `path` in the folder, and makes the folders on the way.
  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url
  }

  /// Writes a program for the shell to the file `name`. By a shell: a file that is open for writing here could be so for a
  /// moment in what another test starts, and then cannot be run.
  func writeProgram(_ script: String, to name: String) throws {
    let write = #"printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod 755 "$1""#
    let shell = try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", write, "sh", folder.appending(path: name).path, script],
      environment: ["PATH": "/usr/bin:/bin"])
    _ = shell.drain()
    #expect(shell.reap() == .exited(0))
  }
}
