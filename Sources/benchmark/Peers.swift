import Foundation
import Programs

/// The Python that has the peers, and the folder with what they work on.
final class Peers {
  let python: URL
  let folder: URL
  /// The instructions that they may use, `nil` for all.
  let limit: String?
  private let console: Console
  private var said: Set<PeerFailure> = []

  /// - Parameter python: a path or a command.
  /// - Throws: ``Failure`` with exit code 66 if there is no such program; with 64 for a build that cannot be compared.
  init(python: String, folder: URL, console: Console) throws(Failure) {
    self.python = try Peers.find(python)
    self.folder = folder
    limit = try Instructions.limitOfPeers()
    self.console = console
  }

  /// The program that `python` names.
  private static func find(_ python: String) throws(Failure) -> URL {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let paths = python.contains("/") ? [python] : folders.map { "\($0)/\(python)" }
    guard let path = paths.first(where: { access($0, X_OK) == 0 }) else {
      throw Failure("there is no program '\(python)'; name Python with --python PATH", code: .inputMissing)
    }
    // Links are not resolved: Python finds its virtual environment by the name that it is called by.
    return URL(filePath: path)
  }

  /// Says once why a peer is left out.
  func complain(_ failure: PeerFailure) {
    if said.insert(failure).inserted { console.printError("benchmark: \(failure.message)\n") }
  }

  /// The versions of Python and of the libraries it has, in a line.
  ///
  /// - Throws: ``Failure`` with exit code 66 if this is no Python.
  func versions() throws(Failure) -> String {
    let process = try ChildProcess(python, [PeerProcess.script, "--versions"])
    let (output, _) = process.drain()
    guard process.reap() == .exited(0) else {
      throw Failure("\(python.path) does not run as Python 3.11 or later would", code: .inputMissing)
    }
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
