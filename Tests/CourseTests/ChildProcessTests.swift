import Foundation
import Programs
import Synchronization
import Testing

/// Programs that others are started by.
@Suite("Processes that are started")
struct ChildProcessTests {
  private func shell(_ command: String) throws -> ChildProcess {
    try ChildProcess(URL(filePath: "/bin/sh"), ["-c", command])
  }

  @Test func `of what is written no more is kept than was asked for, however it arrives`() throws {
    // Two pieces on each stream, the second after the first was read.
    let process = try shell("printf abcde; printf 12345 >&2; sleep 0.2; printf fghij; printf 67890 >&2")
    let (output, errors) = process.drain(keeping: 7)
    #expect(process.reap() == .exited(0))
    #expect(output == Data("abcdefg".utf8) && errors == Data("1234567".utf8))
  }

  @Test(arguments: [0, 1, 127, 128, 255] as [Int32])
  func `an exit code comes through`(code: Int32) throws {
    let process = try shell("exit \(code)")
    _ = process.drain()
    process.wait()
    #expect(process.endIfEnded() == .exited(code))
    #expect(process.reap() == .exited(code))
  }

  @Test func `a signal is told from an exit code, and has a name or its number`() throws {
    let process = try shell("kill -KILL $$")
    _ = process.drain()
    #expect(process.reap() == .signalled(SIGKILL))
    #expect(Signals.name(SIGKILL).hasPrefix("SIGKILL, "))
    #expect(Signals.name(SIGUSR1).hasPrefix("signal \(SIGUSR1), "))
  }

  @Test func `what a process has left behind is not waited for`() throws {
    let start = ContinuousClock.now
    let process = try shell("sleep 60 & echo said; exit 3")
    let (output, _, sent) = process.drainToEnd(sending: [(start + .seconds(50), SIGKILL)])
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(output == Data("said\n".utf8) && sent == nil)
    process.send(SIGKILL)
    #expect(process.reap() == .exited(3))
  }

  /// Though it has closed its streams.
  @Test func `who does not end is sent one signal after the other`() throws {
    let process = try shell("exec sleep 60 >&- 2>&-")
    let now = ContinuousClock.now
    let sent = process.drainToEnd(
      sending: [(now, SIGCONT), (now + .milliseconds(200), SIGKILL), (now + .seconds(50), SIGCONT)]
    ).sent
    #expect(sent == SIGKILL && process.reap() == .signalled(SIGKILL))
  }

  @Test func `descriptors are inherited in their order, whatever numbers they have`() async {
    await #expect(processExitsWith: .success) {
      var (first, second): ([Int32], [Int32]) = ([0, 0], [0, 0])
      guard pipe(&first) == 0, pipe(&second) == 0, dup2(second[1], 100) == 100 else { exit(2) }
      let process = try ChildProcess(
        URL(filePath: "/bin/sh"), ["-c", "printf 1 >&3; printf 2 >&4"], inheriting: [first[1], 100])
      _ = process.drain()
      _ = process.reap()
      for end in [first[1], second[1], 100] { close(end) }
      let said = [first[0], second[0]].map { end in
        var byte: UInt8 = 0
        return read(end, &byte, 1) == 1 ? byte : 0
      }
      exit(said == Array("12".utf8) ? 0 : 1)
    }
  }

  /// A terminal may be made such by another program that has it too.
  @Test func `a stream that takes no more at the moment is waited for`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let (input, output) = (ends[0], ends[1])
    let read = DispatchGroup()
    let count = Mutex(0)
    read.enter()
    Thread.detachNewThread {
      usleep(100_000)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let more = Foundation.read(input, &buffer, buffer.count), more > 0 { count.withLock { $0 += more } }
      read.leave()
    }
    #expect(writeAll([UInt8](repeating: 1, count: 1 << 20), to: output))
    close(output)
    read.wait()
    close(input)
    #expect(count.withLock { $0 } == 1 << 20)
    #expect(!writeAll([1], to: -1) && errno == EBADF)
  }

  @Test func `signals do what they did before when nobody listens any more`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      signal(SIGTERM) { _ in _exit(7) }
      let heard = DispatchSemaphore(value: 0)
      for _ in 0..<2 {
        let signals = Signals([SIGINT, SIGTERM]) { _ in heard.signal() }
        kill(getpid(), SIGTERM)
        withExtendedLifetime(signals) { heard.wait() }
      }
      kill(getpid(), SIGTERM)
      sleep(10)
      exit(1)
    }
  }
}
