import Exercises
import Foundation
import Programs

/// A process that runs a student's code and answers questions; it is ended, with all that it has started, when it has
/// used up its time.
///
/// Everything that comes from it is taken as data of unknown origin: its answers are decoded with care, and what it
/// prints is kept, up to a limit, only to be shown.
final class AnsweringProcess {
  /// What an answering process may use.
  struct Limits {
    /// Seconds on the clock that its answers may be waited for, all together.
    var seconds: Int
    var megabytes = 512
  }

  /// More bytes are no answer to any exercise.
  private static let longestAnswer = 1 << 24
  /// How many bytes of what it prints are kept.
  private static let longestSpeech = 1 << 12

  private let process: ChildProcess
  private let limits: Limits
  /// How long its answers have been waited for: what an examination computes meanwhile is not the student's time.
  private(set) var used = Duration.zero
  private var deadline = ContinuousClock.now
  private let connection: Int32
  /// Where `confine` says why it could not become the program.
  private let status: Int32
  /// Whether the system limits no memory, so that it has to be measured.
  private let measuresMemory: Bool
  private var said: [UInt8] = []
  /// Those of its streams that it has closed.
  private var closed: Set<Int32> = []

  /// Starts `program`, confined as the workshop says.
  init(_ program: ProgramImage, in workshop: Workshop, limits: Limits) throws(Failure) {
    let (ends, statusEnds) = try AnsweringProcess.connect()
    defer {
      close(ends[1])
      close(statusEnds[1])
    }
    (connection, status) = (ends[0], statusEnds[0])
    for descriptor in [connection, status] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    AnsweringProcess.forbidSignal(of: connection)
    self.limits = limits
    measuresMemory = workshop.confinement.missing.contains(.memory)
    do {
      process = try Holdings.start(
        endedBy: SIGKILL, workshop.confine,
        ["\(limits.seconds + 1)", "\(limits.megabytes)"] + workshop.confinement.missing.map(\.rawValue),
        input: ends[1], inheriting: [program.descriptor, statusEnds[1]], environment: [:])
    } catch {
      close(connection)
      close(status)
      throw error
    }
  }

  deinit {
    process.send(SIGKILL)
    Holdings.release(process)
    _ = process.reap()
    for descriptor in [connection, status, process.output, process.errors] { close(descriptor) }
  }

  /// The two ends of a connection, and of a pipe.
  ///
  /// - Throws: ``Failure`` with exit code 71 if the system refuses; nothing is open then.
  static func connect() throws(Failure) -> (ends: [Int32], statusEnds: [Int32]) {
    var ends: [Int32] = [-1, -1]
    var statusEnds: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, AnsweringProcess.streamSocket, 0, &ends) == 0, pipe(&statusEnds) == 0 else {
      let reason = String(cString: strerror(errno))
      for end in ends where end >= 0 { close(end) }
      throw Failure("cannot connect to a program: \(reason)", code: .cannotMark)
    }
    for end in ends + statusEnds { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends, statusEnds)
  }

  /// Why no program was started; `nil` if it was. To be asked after it has answered, or has not.
  var whyNotStarted: String? {
    let reason = String(decoding: AnsweringProcess.read(status) ?? [], as: UTF8.self)
    return reason.isEmpty ? nil : reason.printable.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What the function called `function` makes of `values`.
  ///
  /// - Throws: ``Verdict/failed(_:)`` if there is no answer.
  func ask(_ function: String, _ values: [Value]) throws -> Reply {
    let start = ContinuousClock.now
    deadline = start + .seconds(limits.seconds) - used
    defer { used += .now - start }
    let question = Value.list([.text(function)] + values).bytes
    var outgoing: [UInt8] = []
    outgoing.append(UInt64(question.count))
    outgoing += question
    var unsent = outgoing[...]
    var received: [UInt8] = []
    repeat {
      if let message = try AnsweringProcess.message(in: received) {
        guard let value = Value(bytes: message), let reply = Reply(value) else {
          throw Verdict.failed("what came back was no answer")
        }
        if reply == .outOfMemory { throw tooLarge(values) }
        return reply
      }
      if measuresMemory, process.megabytes > limits.megabytes {
        process.send(SIGKILL)
        throw tooLarge(values)
      }
    } while try exchange(&unsent, &received)
    throw Verdict.failed("\(manner(of: end())); it was asked with \(AnsweringProcess.summary(of: values))")
  }

  private func tooLarge(_ values: [Value]) -> Verdict {
    .failed(
      "the function wanted more than the \(limits.megabytes) MiB of memory that it may have; it was asked with "
        + AnsweringProcess.summary(of: values))
  }

  /// The content of the message in `bytes`; `nil` if it is not complete.
  private static func message(in bytes: [UInt8]) throws -> [UInt8]? {
    guard bytes.count >= 8 else { return nil }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= longestAnswer else { throw Verdict.failed("the answer is larger than \(longestAnswer >> 20) MiB") }
    return bytes.count >= 8 + Int(length) ? Array(bytes[8..<8 + Int(length)]) : nil
  }

  /// Waits until something can be sent or read, and does it; false if the process has closed the connection.
  private func exchange(_ unsent: inout ArraySlice<UInt8>, _ received: inout [UInt8]) throws -> Bool {
    let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
    guard left > 0 else {
      throw Verdict.failed("no answer within \(limits.seconds) s; an endless loop?")
    }
    // What is measured cannot be waited for.
    let longest = measuresMemory ? min(left, 10) : left
    let ready = wait(
      for: unsent.isEmpty ? Int(POLLIN) : Int(POLLIN | POLLOUT), milliseconds: Int32(longest.rounded(.up)))
    if ready & Int(POLLOUT) != 0 {
      let count = unsent.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, AnsweringProcess.noSignal) }
      guard count >= 0 || errno == EAGAIN || errno == EINTR else { return false }
      unsent = unsent.dropFirst(max(0, count))
    }
    guard ready & Int(POLLIN | POLLHUP | POLLERR) != 0 else { return true }
    let bytes = AnsweringProcess.read(connection)
    received += bytes ?? []
    return bytes?.isEmpty != true
  }

  /// Waits for one of `events` of the connection, and listens to what the process prints meanwhile.
  private func wait(for events: Int, milliseconds: Int32) -> Int {
    var descriptors = [connection, process.output, process.errors].map {
      pollfd(fd: closed.contains($0) ? -1 : $0, events: Int16(POLLIN), revents: 0)
    }
    descriptors[0].events = Int16(events)
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return 0 }
    for stream in descriptors[1...] where stream.revents != 0 {
      let bytes = stream.revents & Int16(POLLIN) != 0 ? AnsweringProcess.read(stream.fd) : []
      // A closed stream is always ready.
      if bytes?.isEmpty == true { closed.insert(stream.fd) }
      said = (said + (bytes ?? [])).suffix(AnsweringProcess.longestSpeech)
    }
    return Int(descriptors[0].revents)
  }

  /// What can be read now, at least one byte if `descriptor` is ready; empty at its end, `nil` after an interruption.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(descriptor, &buffer, buffer.count)
    return count < 0 ? (errno == EAGAIN || errno == EINTR ? nil : []) : Array(buffer[..<count])
  }

  /// How the process ended that has closed the connection; `nil` if it lives on.
  private func end() -> ChildProcess.End? {
    // A crash takes a moment: the runtime still says why.
    for _ in 0..<500 {
      let end = process.endIfEnded()
      _ = wait(for: 0, milliseconds: 0)
      if let end { return end }
      usleep(2000)
    }
    return nil
  }

  private static func summary(of values: [Value]) -> String { values.map(\.summary).joined(separator: ", ") }

  private func manner(of end: ChildProcess.End?) -> String {
    switch end {
    case .exited(let code): "the function ended the program, with exit code \(code), instead of returning"
    case .signalled(SIGSEGV): "the function crashed (\(Signals.name(SIGSEGV)); an endless recursion?)"
    case .signalled(let signal): "the function crashed (\(Signals.name(signal)))"
    case nil: "the function cut the connection"
    }
  }

  /// The last lines that the process has printed.
  func printed() -> String {
    _ = wait(for: 0, milliseconds: 0)
    // The addresses that the runtime prints after its message help nobody.
    let lines = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline)
      .prefix { !$0.hasPrefix("*** Signal") && !$0.hasPrefix("Current stack trace") }
    return lines.suffix(10).joined(separator: "\n")
  }

  // Systems differ in how a socket comes to be passed on to nobody that is started at the same time, and in how sending to a
  // process that has ended becomes an error instead of SIGPIPE.
  #if os(Linux)
    private static let streamSocket = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    private static let noSignal = Int32(MSG_NOSIGNAL)
    private static func forbidSignal(of socket: Int32) {}
  #else
    private static let streamSocket = SOCK_STREAM
    private static let noSignal: Int32 = 0
    private static func forbidSignal(of socket: Int32) {
      var yes: Int32 = 1
      setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
    }
  #endif
}
