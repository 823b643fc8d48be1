import Foundation
import Programs
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
}
