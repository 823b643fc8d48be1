import Foundation
import Programs
import Testing

@testable import benchmark

@Suite("The instructions that peers may use")
struct InstructionsTests {
  @Test func `peers are held to AVX2 only where the course could not use what the processor has`() throws {
    #expect(try Instructions.limitOfPeers(program: "AVX2", processor: "AVX-512") == "AVX2")
    #expect(try Instructions.limitOfPeers(program: "AVX2", processor: "AVX2") == nil)
    #expect(try Instructions.limitOfPeers(program: "AVX-512", processor: "AVX-512") == nil)
    #expect(try Instructions.limitOfPeers(program: "NEON", processor: "NEON") == nil)
  }

  @Test(arguments: [("SSE", "AVX-512"), ("SSE", "AVX2"), ("AVX", "AVX2")])
  func `other builds are not compared`(program: String, processor: String) throws {
    let failure = #expect(throws: Failure.self) {
      try Instructions.limitOfPeers(program: program, processor: processor)
    }
    #expect(failure?.exitCode == 64)
    #expect(failure?.message.hasPrefix("built for \(program) while the processor has \(processor), ") == true)
  }

  @Test func `Python is told the limit`() {
    let folder = URL(filePath: "/data")
    let held = PeerProcess.arguments("W1", "numpy", 1, folder, .wall, limit: "AVX2")
    let free = PeerProcess.arguments("W1", "numpy", 1, folder, .wall, limit: nil)
    #expect(held == free + ["--instructions", "AVX2"])
  }

  /// What `python3` prints of itself after `statements`, `nil` where there is none, or it lacks a module.
  private static func python(_ statements: String) throws -> String? {
    let folder = URL(filePath: PeerProcess.script).deletingLastPathComponent().path
    let process = try ChildProcess(
      URL(filePath: "/usr/bin/env"), ["python3", "-B", "-c", statements],
      environment: ProcessInfo.processInfo.environment.merging(["PYTHONPATH": folder]) { $1 })
    let (output, errors) = process.drain()
    switch process.reap() {
    case .exited(0): return String(decoding: output, as: UTF8.self)
    case .exited(127): return nil
    default:
      let errors = String(decoding: errors, as: UTF8.self)
      if errors.contains("ModuleNotFoundError") { return nil }
      throw Failure(errors, code: .checkFailed)
    }
  }

  @Test(.enabled("no Python") { try python("") != nil })
  func `flags that XLA already has are kept`() throws {
    let flags = try Self.python(
      """
      import os, serve
      os.environ["XLA_FLAGS"] = "--xla_force"
      serve.limit_instructions("AVX2")
      print(os.environ["XLA_FLAGS"], end="")
      """)
    #expect(flags == "--xla_force --xla_cpu_max_isa=AVX2 --xla_cpu_experimental_ynn_fusion_type=")
  }

  @Test(
    .enabled(if: Instructions.ofProcessor == "AVX-512", "nothing to limit on this processor"),
    .enabled("no Python with numpy, scipy and threadpoolctl") {
      try python("import numpy, scipy, threadpoolctl") != nil
    })
  func `NumPy and SciPy obey the limit: its own loops, and both copies of OpenBLAS`() throws {
    let found = try Self.python(
      """
      import serve
      serve.limit_instructions("AVX2")
      import numpy, scipy.linalg, threadpoolctl
      from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
      print(*sorted(pool["architecture"] for pool in threadpoolctl.threadpool_info() if "architecture" in pool))
      print(*[name for name in __cpu_dispatch__ if __cpu_features__[name]])
      """)
    #expect(found == "Haswell Haswell\nX86_V3\n")
  }
}
