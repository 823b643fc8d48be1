import Foundation
import Programs
import Synchronization

/// The processes and folders that graders hold at the moment: what an interrupted program must not leave behind.
enum Holdings {
  private struct State {
    var processes: [pid_t: (process: ChildProcess, ending: Int32)] = [:]
    var folders: Set<URL> = []
  }

  private static let state = Mutex(State())

  /// Starts a process, which an interruption ends by the signal `ending`.
  static func start(
    endedBy ending: Int32, _ program: URL, _ arguments: [String], input: Int32? = nil, inheriting: [Int32] = [],
    environment: [String: String]? = nil
  ) throws(Failure) -> ChildProcess {
    try state.withLock { state throws(Failure) in
      let process = try ChildProcess(
        program, arguments, input: input, inheriting: inheriting, environment: environment)
      state.processes[process.id] = (process, ending)
      return process
    }
  }

  /// Forgets a process that has ended; to be called before its number may mean another one.
  static func release(_ process: ChildProcess) {
    state.withLock { $0.processes[process.id] = nil }
  }

  static func makeFolder(_ url: URL) throws {
    try state.withLock { state in
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      state.folders.insert(url)
    }
  }

  static func removeFolder(_ url: URL) {
    state.withLock { state in
      try? FileManager.default.removeItem(at: url)
      state.folders.remove(url)
    }
  }

  /// Ends all processes, removes all folders, and ends the program: nothing can be started in between.
  static func abandon(exitCode: Int32) -> Never {
    state.withLock { state in
      for (process, ending) in state.processes.values { process.send(ending) }
      // A compiler that is only asked to end needs a moment, and writes into its folder until then.
      let deadline = ContinuousClock.now + .seconds(2)
      while state.processes.values.contains(where: { $0.process.endIfEnded() == nil }), .now < deadline {
        usleep(10_000)
      }
      for (process, _) in state.processes.values { process.send(SIGKILL) }
      for folder in state.folders { try? FileManager.default.removeItem(at: folder) }
      _exit(exitCode)
    }
  }
}
