import Foundation

/// Shows a file as a double click on it would.
package enum Viewer {
  /// The system's program for that, with what differs between macOS and Linux.
  #if os(macOS)
    private static let name = "open"
  #else
    private static let name = "xdg-open"
  #endif

  /// Shows `file`; where that cannot be done, `program` says on standard error how to do it by hand.
  package static func show(
    _ file: URL, for program: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let candidates = (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: "\($0)/\(name)") }
    do {
      guard let viewer = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
        throw CocoaError(.fileNoSuchFile)
      }
      // What a browser has to say is not said here.
      try ChildProcess.leave(viewer, [file.path])
    } catch {
      Terminal.report("there is no '\(name)' here to show the page; open it in a browser: \(file.path)", of: program)
    }
  }
}
