import Foundation

/// A child process, limited in time, whose output goes to a file.
struct Run {
  enum End: Equatable {
    case exited(Int32)
    /// By a signal of its own: a crash, or too much processor time.
    case signalled(Int32)
    /// Ended here, since it took too long.
    case tooLong
    /// Ended here, since a test had failed.
    case failed(String)
  }

  let end: End
  let seconds: Double
  let output: String

  /// Runs `program`; its whole group of processes is ended after `limit` seconds, or at the first line of a failed test.
  init(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    limit: Double = .infinity,
    endsAtFailure: Bool = false, output: URL
  ) throws {
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let process = Process()
    let handle = try FileHandle(forWritingTo: output)
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    let start = ContinuousClock.now
    var stopped: End?
    let reader = try FileHandle(forReadingFrom: output)
    defer {
      try? reader.close()
      try? handle.close()
    }
    try process.run()
    var unread = ""
    while process.isRunning {
      usleep(20_000)
      if endsAtFailure {
        unread += String(decoding: (try? reader.readToEnd()) ?? Data(), as: UTF8.self)
        let lines = unread.split(separator: "\n", omittingEmptySubsequences: false)
        unread = String(lines.last ?? "")
        if let line = lines.first(where: { $0.hasPrefix("✘") }) { stopped = .failed(String(line)) }
      }
      if ContinuousClock.now - start > .seconds(min(limit, 1e6)) { stopped = .tooLong }
      if stopped != nil {
        // What it has started ends with it, if it is asked first.
        kill(-process.processIdentifier, SIGTERM)
        usleep(300_000)
        kill(-process.processIdentifier, SIGKILL)
        break
      }
    }
    process.waitUntilExit()
    let status = process.terminationStatus
    end = stopped ?? (process.terminationReason == .exit ? .exited(status) : .signalled(status))
    seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    self.output = String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
  }
}
