import Foundation
import Programs
import Testing

@testable import benchmark

@Suite("The program benchmark, as a process", .serialized)
final class ProgramTests {
  private var files: [URL] = []

  deinit { for file in files { try? FileManager.default.removeItem(at: file) } }

  /// Where SwiftPM puts what it builds: the folder of this test bundle.
  static let program: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent().appending(path: "benchmark")
      }
    #endif
    return Bundle.main.bundleURL.appending(path: "benchmark")
  }()

  private func run(_ arguments: String...) throws -> (status: ChildProcess.End, output: String, errors: String) {
    let process = try ChildProcess(Self.program, arguments)
    let (output, errors) = process.drain()
    return (process.reap(), String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
  }

  /// A program that answers like Python's script, written in the shell; `answers` is run for each request.
  private func fakePython(start: String = "echo '{}'", answers: String) throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(path: "python-\(UUID().uuidString)")
    let text = """
      #!/bin/sh
      case "$*" in *--versions*) echo 'Python 3.0'; exit;; esac
      case "$*" in *--once*) echo '{"bound": -1, "loss": 2, "gap": 0}'; exit;; esac
      \(start)
      while read -r request; do
      \(answers)
      done
      """
    files.append(file)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file
  }

  /// Whether this build may be compared with peers.
  static let isComparable = ["AVX2", Instructions.ofProcessor].contains(Instructions.ofProgram)

  private static let answers = """
    case "$request" in
    *'"case"'*) echo '{}';;
    *) echo '{"seconds": 0.25, "results": {"loss": 3.5, "bound": -7}}';;
    esac
    """

  @Test(.enabled(if: isComparable))
  func `JSON is one object a line, with all that the issue asks for`() throws {
    let python = try fakePython(answers: Self.answers)
    let (status, output, errors) = try run(
      "W8", "--quick", "--threads", "1", "--repeats", "3", "--json", "--peers", "--python", python.path)
    #expect(status == .exited(0) && errors.isEmpty)
    let rows = try output.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    #expect(rows.filter { $0.workload == "peak" }.map(\.case) == ["Float", "Double"])
    #expect(rows.allSatisfy { $0.instructions == Instructions.ofProgram && $0.processor == Instructions.ofProcessor })
    let adam = rows.filter { $0.workload == "W8" && $0.case == "Adam" }
    #expect(adam.filter { $0.metric == "training" }.map(\.who) == ["course", "numpy", "torch", "jax"])
    #expect(adam.allSatisfy { $0.threads == 1 && $0.repeats == 3 && $0.minimum <= $0.value && $0.value <= $0.maximum })
    let numpy = try #require(adam.first { $0.who == "numpy" && $0.metric == "training" })
    #expect(numpy.value == 0.25 && numpy.unit == "s")
    let own = try #require(adam.first { $0.who == "course" && $0.metric == "training" })
    let ratio = try #require(adam.first { $0.who == "numpy" && $0.metric == "ratio of training" })
    #expect(abs(ratio.value - 0.25 / own.value) < 1e-9 * ratio.value)
    let memory = rows.filter { $0.case == "whole process" && $0.metric == "peak memory" }
    #expect(memory.map(\.who) == ["course", "numpy", "torch", "jax"] && memory.allSatisfy { $0.value > 0 })
  }

  @Test(.enabled(if: isComparable))
  func `the table has a line for each who takes part`() throws {
    let python = try fakePython(answers: Self.answers)
    let (status, output, errors) = try run(
      "W6", "--quick", "--threads", "1", "--repeats", "1", "--peers", "--python", python.path)
    #expect(status == .exited(0) && errors.isEmpty)
    #expect(
      output.contains("Built for \(Instructions.ofProgram); the processor has \(Instructions.ofProcessor).")
        && output.contains("The peers are held to AVX2.") == (Instructions.ofProgram != Instructions.ofProcessor))
    #expect(output.contains("Python 3.0\n") && output.contains("W6 · ") && output.contains("% of peak"))
    let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
    // Names of 24 and 15 places, a number of 9.
    let unit = output.split(separator: "\n").compactMap { line in
      line.firstRange(of: "samples/s").map { line.distance(from: line.startIndex, to: $0.lowerBound) }
    }
    #expect(!unit.isEmpty && unit.allSatisfy { $0 == 53 })
    #expect(lines.filter { $0.first == "numpy" || $0.dropFirst().first == "course" }.count >= 3)
    #expect(output.contains(/torch +2000 samples\/s +2000–2000 +[0-9.]+× +[0-9]+ % of peak loss 3.500\n/))
  }

  @Test(.enabled(if: isComparable))
  func `a peer without its library is left out, with one line that says how to install it`() throws {
    let python = try fakePython(
      start: """
        case "$*" in
        *torch*) echo '{"unavailable": "torch is left out; pip install"}'; exit;;
        *jax*) echo 'it broke' >&2; exit 1;;
        *) echo '{}';;
        esac
        """, answers: Self.answers)
    let (status, output, errors) = try run(
      "W4", "W8", "--quick", "--threads", "1", "--repeats", "1", "--json", "--peers", "--python", python.path)
    #expect(status == .exited(0))
    #expect(errors == "benchmark: torch is left out; pip install\nbenchmark: jax stopped: it broke\n")
    #expect(output.contains("numpy") && !output.contains("torch") && !output.contains("jax"))
  }

  @Test(.enabled(if: isComparable))
  func `a peer that stops in the middle keeps the samples it has`() throws {
    let python = try fakePython(
      answers: """
        case "$request" in
        *'"case"'*) echo '{}';;
        *) if [ -n "$once" ]; then exit 1; fi; once=1; echo '{"seconds": 0.5, "results": {"loss": 1}}';;
        esac
        """)
    let (status, output, errors) = try run(
      "W6", "--quick", "--threads", "1", "--repeats", "3", "--json", "--peers", "--python", python.path)
    #expect(status == .exited(0))
    #expect(errors.contains("numpy stopped: it said nothing"))
    let rows = try output.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    #expect(rows.first { $0.who == "numpy" && $0.metric == "training" }?.repeats == 1)
    #expect(rows.first { $0.who == "course" && $0.metric == "training" }?.repeats == 3)
  }

  @Test(.enabled(if: isComparable))
  func `no Python, or another program, is missing input`() throws {
    let missing = try run("W1", "--quick", "--peers", "--python", "/nowhere/python")
    #expect(missing.status == .exited(66) && missing.output.isEmpty)
    #expect(missing.errors == "benchmark: there is no program '/nowhere/python'; name Python with --python PATH\n")
    #expect(try run("W1", "--quick", "--peers", "--python", "false").status == .exited(66))
    #expect(try run("W0").status == .exited(64))
    #expect(try run("--process", "W1", "--quick").status == .exited(64))
  }

  @Test func `what a process took is its own, however large the one that measures it`() throws {
    // Resident memory of this process, which a child started from here would be charged with.
    let ballast = [UInt8](repeating: 1, count: 200 << 20)
    let taken = try WholeProcess(["/bin/sh", "-c", "echo noise; echo '{\"loss\": 2.5}'"], launcher: Self.program)
    #expect(taken.results == ["loss": 2.5])
    #expect(taken.seconds > 0 && taken.peakMemory > 0 && taken.peakMemory < 100)
    #expect(ballast[ballast.count - 1] == 1)
    #expect(throws: PeerFailure(message: "no luck")) {
      try WholeProcess(["/bin/sh", "-c", "echo no luck >&2; exit 3"], launcher: Self.program)
    }
  }
}
