import Foundation
import Testing

@testable import Programs

@Suite("The instructions that programs were built for")
struct InstructionsTests {
  #if os(Linux)
    @Test func `the processor has what the kernel says`() throws {
      let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let words = Set(text.split(whereSeparator: \.isWhitespace))
      let known = ["avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX", "sse": "SSE", "asimd": "NEON"]
      let widest = ["avx512f", "avx2", "avx", "sse", "asimd"].first { words.contains(Substring($0)) }
      #expect(Instructions.ofProcessor == known[try #require(widest)])
    }
  #endif

  @Test func `a build without fused multiply-add says so, and how to have it where the processor has it`() throws {
    #expect(Instructions.slowness(built: true, processor: true) == nil)
    // Every processor with these vectors fuses a multiply and an add.
    if ["AVX2", "AVX-512", "NEON"].contains(Instructions.ofProcessor) { #expect(Instructions.processorFuses) }
    let build = try #require(Instructions.slowness(built: false, processor: true))
    #expect(build.hasPrefix("built without the processor's fused") && build.contains("COURSE_MARCH=x86-64-v3"))
    let processor = try #require(Instructions.slowness(built: false, processor: false))
    #expect(processor.hasPrefix("this processor has no fused") && !processor.contains("COURSE_MARCH"))
  }

  /// Runs `command`, and returns how it ended, and what it wrote.
  private static func run(_ command: [String]) throws -> (end: ChildProcess.End, output: String, errors: String) {
    let process = try ChildProcess(URL(filePath: "/usr/bin/env"), command)
    let (output, errors) = process.drain()
    return (process.reap(), String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
  }

  private static func refusal(_ instructions: String) -> String {
    """
    this program was built for instructions that this processor lacks (\(instructions)); rebuild it on this machine: swift \
    package clean, then swift run

    """
  }

  #if arch(x86_64)
    // XOP was in AMD's processors from 2011 to 2015 alone.
    @Test func `a program for another processor ends in words, before it does anything`() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "instructions-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let main = folder.appending(path: "main.swift")
      try Data("print(\"main\")\n".utf8).write(to: main)
      let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")
      let files = ["Instructions", "Terminal"].map { sources.appending(path: "Programs/\($0).swift").path }
      let program = folder.appending(path: "program").path
      for (flags, end, output, errors) in [
        ([], ChildProcess.End.exited(0), "main\n", ""),
        (["-Xcc", "-mxop"], .exited(1), "", Self.refusal("xop")),
      ] {
        let header = sources.appending(path: "Processor").path
        let build = try Self.run(
          ["swiftc", "-package-name", "course", "-I", header, "-o", program, main.path] + files + flags)
        try #require(build.end == .exited(0), "\(build.errors)")
        let run = try Self.run([program])
        #expect(run.end == end && run.output == output && run.errors == errors)
      }
    }

    @Test(
      .enabled("no qemu-x86_64") { try run(["qemu-x86_64", "--version"]).end == .exited(0) },
      .disabled(if: Instructions.ofProgram == "SSE", "built for such a processor"))
    func `this build ends in words on a processor of 2008`() throws {
      let course = Bundle.main.bundleURL.appending(path: "course").path
      let run = try Self.run(["qemu-x86_64", "-cpu", "Nehalem", course, "--help"])
      let missing = Instructions.ofProgram == "AVX-512" ? "avx512f" : Instructions.ofProgram.lowercased()
      #expect(run.end == .exited(1) && run.output.isEmpty && run.errors == Self.refusal(missing))
    }
  #endif
}
