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

  /// Runs `program` in a session of its own; after `limit` seconds, or at the first line of a failed test, it is ended. What is
  /// left of its session then is ended too: orphans of a fault that lets go of what it has started.
  init(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    limit: Double = .infinity,
    endsAtFailure: Bool = false, output: URL
  ) throws {
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let reader = try FileHandle(forReadingFrom: output)
    defer { try? reader.close() }
    let start = ContinuousClock.now
    let id = try Run.start(
      ["/usr/bin/env", "-C", folder.path, program] + arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, output: output)
    var (stopped, status, unread): (End?, Int32, String) = (nil, 0, "")
    while waitpid(id, &status, WNOHANG) == 0 {
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
        kill(-id, SIGTERM)
        usleep(300_000)
        kill(-id, SIGKILL)
        waitpid(id, &status, 0)
        break
      }
    }
    Run.endSession(id)
    end = stopped ?? (status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f))
    seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    self.output = String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
  }

  /// Foundation's `Process` waits until nobody holds a socket that orphans inherit: for ever, if one never ends.
  private static func start(
    _ command: [String], environment: [String: String], output: URL
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, O_WRONLY | O_APPEND, 0)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID, which Swift does not import.
    posix_spawnattr_setflags(&attributes, 0x80)
    let words = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var id = pid_t()
    let error = posix_spawn(&id, command[0], &actions, &attributes, words, variables)
    guard error == 0 else { throw CocoaError(.executableNotLoadable, userInfo: [NSFilePathErrorKey: command[0]]) }
    return id
  }

  /// Kills every process of a session, whatever group it has gone to.
  private static func endSession(_ session: pid_t) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let id = pid_t(name), getsid(id) == session else { continue }
      kill(id, SIGKILL)
    }
  }
}
