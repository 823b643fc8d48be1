import Foundation
import Programs

/// Why a peer is left out, in one line.
struct PeerFailure: Error, Hashable {
  let message: String
}

/// A Python process that does the work of one workload with one library, sample by sample, when it is asked to.
///
/// Requests and answers are JSON objects, one a line: the name and the parameters of a case open it, an empty object asks
/// for its next sample.
final class PeerProcess {
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers")
  /// The script that Python runs, and what it needs.
  static let script = scripts.appending(path: "serve.py").path
  static let requirements = "Sources/benchmark/peers/requirements.txt"

  private struct Request: Encodable {
    var `case`: String?
    var parameters: [String: Double]?
  }

  private struct Answer: Decodable {
    var unavailable: String?
    var seconds: Double?
    var results: [String: Double]?
  }

  let name: String
  private let process: ChildProcess
  private let requests: Int32
  private var output = Data()
  private var errors = Data()

  /// The arguments of Python for the work of `workload` with the library `peer`.
  static func arguments(
    _ workload: String, _ peer: String, _ threads: Int, _ folder: URL, _ clock: Clock,
    limit: String?
  ) -> [String] {
    [
      script, "--workload", workload, "--peer", peer, "--threads", "\(threads)", "--folder", folder.path, "--clock",
      clock.name,
    ] + (limit.map { ["--instructions", $0] } ?? [])
  }

  /// Starts Python and waits until it has loaded the library.
  ///
  /// - Throws: ``PeerFailure`` if the library is missing; ``Failure`` if the process cannot be started.
  init(_ python: URL, _ arguments: [String], name: String) throws {
    self.name = name
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw Failure("cannot start \(python.path): \(String(cString: strerror(errno)))", code: .checkFailed)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    requests = ends[1]
    process = try ChildProcess(python, arguments, input: ends[0])
    do {
      _ = try answer()
    } catch {
      end()
      throw error
    }
  }

  /// Opens a case: the process builds what it needs, compiles it, and warms up.
  func open(_ work: Case) throws(PeerFailure) {
    try send(Request(case: work.name, parameters: work.parameters))
    _ = try answer()
  }

  /// The next sample of the case that is open.
  func next() throws(PeerFailure) -> Sample {
    try send(Request())
    let answer = try answer()
    guard let seconds = answer.seconds, let results = answer.results else {
      throw PeerFailure(message: "\(name) answers without a sample")
    }
    return Sample(seconds: seconds, results: results)
  }

  /// Ends the process, which may not listen.
  func end() {
    close(requests)
    _ = process.drainToEnd(keeping: 0, sending: [(.now, SIGTERM), (.now + .seconds(2), SIGKILL)])
    _ = process.reap()
  }

  private func send(_ request: Request) throws(PeerFailure) {
    guard var line = try? JSONEncoder().encode(request) else { return }
    line.append(0x0a)
    let sent = line.withUnsafeBytes { write(requests, $0.baseAddress, $0.count) }
    if sent != line.count { throw PeerFailure(message: "\(name) stopped: \(lastError)") }
  }

  /// The next line that the process writes.
  private func answer() throws(PeerFailure) -> Answer {
    while true {
      if let end = output.firstIndex(of: 0x0a) {
        let line = Data(output[output.startIndex..<end])
        output = Data(output[(end + 1)...])
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line) else {
          throw PeerFailure(message: "\(name) answers '\(String(decoding: line, as: UTF8.self))'")
        }
        if let reason = answer.unavailable { throw PeerFailure(message: reason) }
        return answer
      }
      guard readMore() else { throw PeerFailure(message: "\(name) stopped: \(lastError)") }
    }
  }

  /// Waits until there is more output, and takes it; false if there will be none.
  private func readMore() -> Bool {
    var streams = [process.output, process.errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard poll(&streams, 2, -1) >= 0 || errno == EINTR else { return false }
      for index in 0..<2 where streams[index].fd >= 0 && streams[index].revents != 0 {
        let count = read(streams[index].fd, &buffer, buffer.count)
        if count <= 0 {
          streams[index].fd = -1
        } else if index == 0 {
          output.append(contentsOf: buffer[..<count])
          return true
        } else {
          errors.append(contentsOf: buffer[..<count])
        }
      }
      // What went wrong may be said after the last answer.
      if streams.allSatisfy({ $0.fd < 0 }) { return false }
    }
  }

  private var lastError: String {
    let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n")
    return lines.last.map(String.init) ?? "it said nothing"
  }
}
