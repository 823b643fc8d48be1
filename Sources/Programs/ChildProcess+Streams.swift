import Foundation

extension ChildProcess {
  /// Reads what the process writes until it closes both streams. Both are read at once, so that it never waits.
  ///
  /// - Parameter limit: how many bytes of each are kept; what comes after is read and dropped.
  package func drain(keeping limit: Int = .max) -> (output: Data, errors: Data) {
    var streams = Streams(self, keeping: limit)
    while streams.areOpen, streams.read(within: -1) != nil {}
    streams.close()
    return (streams.received[0], streams.received[1])
  }

  /// Reads what the process writes until it has ended: what it has started may hold its streams for longer, and is not waited
  /// for. Its number stays reserved until ``reap()``.
  ///
  /// - Parameters:
  ///   - limit: how many bytes of each stream are kept; what comes after is read and dropped.
  ///   - signals: what it is sent, and when, if it has not ended by then.
  /// - Returns: what it wrote, and the last signal that it was sent.
  package func drainToEnd(
    keeping limit: Int = .max, sending signals: [(time: ContinuousClock.Instant, signal: Int32)] = []
  ) -> (output: Data, errors: Data, sent: Int32?) {
    var streams = Streams(self, keeping: limit)
    var due = signals[...]
    var sent: Int32?
    while endIfEnded() == nil {
      if let next = due.first, next.time <= .now {
        send(next.signal)
        sent = next.signal
        due.removeFirst()
      }
      // Streams are mostly closed a moment before the end, of which nothing else tells.
      _ = streams.read(within: streams.areOpen ? 50 : 5)
    }
    // What it has written is there by now; what it has left behind may write for ever.
    let last = ContinuousClock.now + .seconds(1)
    while streams.areOpen, .now < last, streams.read(within: 0) ?? 0 > 0 {}
    streams.close()
    return (streams.received[0], streams.received[1], sent)
  }
}

/// The two streams of a child, and what has come from them.
private struct Streams {
  private var open: [pollfd]
  private let descriptors: [Int32]
  private let limit: Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  var received = [Data(), Data()]

  init(_ process: ChildProcess, keeping limit: Int) {
    descriptors = [process.output, process.errors]
    open = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    self.limit = limit
  }

  var areOpen: Bool { open.contains { $0.fd >= 0 } }

  /// Waits at most so many milliseconds, for ever if -1, and reads what is there; from how many streams, `nil` if that cannot
  /// be known.
  mutating func read(within milliseconds: Int32) -> Int? {
    let count = poll(&open, nfds_t(open.count), milliseconds)
    guard count > 0 else { return count == 0 || errno == EINTR ? 0 : nil }
    for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
      let count = Foundation.read(open[index].fd, &buffer, buffer.count)
      if count > 0 {
        received[index].append(contentsOf: buffer[..<min(count, limit - received[index].count)])
      } else if count == 0 || errno != EINTR {
        open[index].fd = -1
      }
    }
    return Int(count)
  }

  func close() { for descriptor in descriptors { Foundation.close(descriptor) } }
}
