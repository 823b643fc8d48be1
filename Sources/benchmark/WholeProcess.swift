import Foundation
import Programs

/// What a whole process took, from its start to its end.
struct WholeProcess: Codable, Equatable {
  var seconds: Double
  var processorSeconds: Double
  /// Of the memory that was resident, in MiB.
  var peakMemory: Double
  /// What the process found out: the last line it printed, an object of numbers.
  var results: [String: Double]

  /// The word that, first on the command line, makes this program a launcher.
  static let launcherFlag = "--launch"

  /// Runs `command` to its end.
  ///
  /// Linux counts towards a process's peak what the process that started it had resident. So a launcher stands between: a
  /// fresh process of this program, which is small.
  init(_ command: [String], launcher: URL) throws {
    let process = try ChildProcess(launcher, [WholeProcess.launcherFlag] + command)
    let (output, errors) = process.drain()
    guard process.reap() == .exited(0) else {
      let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n")
      throw PeerFailure(message: lines.last.map(String.init) ?? "\(command[0]) failed")
    }
    self = try JSONDecoder().decode(WholeProcess.self, from: output)
  }

  /// The launcher: runs `command`, and writes what it took to standard output.
  ///
  /// - Returns: the exit code.
  static func launch(_ command: [String]) -> Int32 {
    do {
      let start = Clock.wall.now
      let process = try ChildProcess(URL(filePath: command[0]), Array(command.dropFirst()))
      let (output, errors) = process.drain()
      var status: Int32 = 0
      var usage = rusage()
      while wait4(process.id, &status, 0, &usage) == -1, errno == EINTR {}
      let seconds = Clock.wall.now - start
      guard status == 0 else {
        FileHandle.standardError.write(errors)
        return ExitCode.checkFailed.rawValue
      }
      #if canImport(Darwin)
        let peak = Double(usage.ru_maxrss) / 1_048_576
      #else
        let peak = Double(usage.ru_maxrss) / 1024
      #endif
      let last = output.split(separator: 0x0a).last ?? Data()
      let taken = WholeProcess(
        seconds: seconds, processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
        peakMemory: peak, results: try JSONDecoder().decode([String: Double].self, from: last))
      FileHandle.standardOutput.write(try JSONEncoder().encode(taken))
      return ExitCode.done.rawValue
    } catch {
      let message = (error as? Failure)?.message ?? "\(command[0]) prints no results"
      FileHandle.standardError.write(Data("\(message)\n".utf8))
      return ExitCode.checkFailed.rawValue
    }
  }

  init(seconds: Double, processorSeconds: Double, peakMemory: Double, results: [String: Double]) {
    self.seconds = seconds
    self.processorSeconds = processorSeconds
    self.peakMemory = peakMemory
    self.results = results
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + 1e-6 * Double(time.tv_usec) }
}
