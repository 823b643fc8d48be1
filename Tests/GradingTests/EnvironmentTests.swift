import Exercises
import Foundation
import Programs
import Testing

@testable import Grading

/// Machines on which things are not as usual: a right answer is right there, or nobody is marked.
@Suite("Odd machines")
struct EnvironmentTests {
  private func grade(_ environment: [String: String]) throws -> (output: String, errors: String, end: ChildProcess.End)
  {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "Exercises01.swift")
    let process = try ChildProcess(
      Place.products.appending(path: "grade"), ["--lesson", "1", "--exercises", scratch.folder.path],
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
    let said = process.drain()
    return (String(decoding: said.output, as: UTF8.self), String(decoding: said.errors, as: UTF8.self), process.reap())
  }

  @Test(arguments: [
    ["HOME": "/nonexistent"], ["XDG_CACHE_HOME": "/proc"], ["HOME": "/proc", "XDG_CACHE_HOME": "/dev/full"],
    ["HOME": "/etc/passwd"], ["LANG": "C", "LC_ALL": "POSIX"], ["TMPDIR": "/nonexistent/at/all"],
  ])
  func `no home is needed`(environment: [String: String]) throws {
    let run = try grade(environment)
    #expect(run.end == .exited(0) && run.output.hasPrefix("Exercises01.swift: 10 of 10 points"), "\(run)")
  }

  /// The built-in answer fails, and no mark is given.
  @Test func `a compiler that is broken costs nobody a point`() throws {
    let scratch = try Scratch()
    for tool in ["swiftc", "swift-autolink-extract"] {
      try scratch.writeProgram("echo disk on fire >&2; exit 1", to: tool)
    }
    let run = try grade(["PATH": "\(scratch.folder.path):/usr/bin:/bin"])
    #expect(run.end == .exited(71) && run.output.isEmpty)
    #expect(
      run.errors.contains("nobody is marked, because a right answer could not be: ")
        && run.errors.contains("disk on fire"))
  }

  struct Accident: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the compiler does, in the shell, instead of compiling the student's file; for ever if not only once.
    let deed: String
    var isOnce = false
    let code: Int32
    let says: String
  }

  static let accidents: [Accident] = [
    .init(testDescription: "killed once", deed: "kill -KILL $$", isOnce: true, code: 0, says: "10 of 10 points"),
    .init(testDescription: "killed", deed: "kill -KILL $$", code: 71, says: "the compiler was killed twice"),
    .init(
      testDescription: "a program of it killed", deed: "echo 'error: link command failed due to signal 9' >&2; exit 1",
      code: 71, says: "the compiler was killed twice"),
    .init(
      testDescription: "crashed once", deed: "echo '<unknown>:0: error: no memory' >&2; exit 1", isOnce: true, code: 0,
      says: "10 of 10 points"),
    .init(
      testDescription: "crashed", deed: "echo '<unknown>:0: error: no memory' >&2; exit 1", code: 0,
      says: "does not compile"),
  ]

  /// Who runs out of memory is tried once more, alone.
  @Test(arguments: accidents) func `a compiler that is killed costs nobody a point`(accident: Accident) throws {
    let toolchain = try Toolchain(products: Place.products)
    let scratch = try Scratch()
    let isTime = accident.isOnce ? #"! test -e "$0.once" && : > "$0.once""# : "true"
    try scratch.writeProgram(
      """
      case "$*" in
      */Exercises01.swift*) if \(isTime); then \(accident.deed); fi;;
      esac
      exec '\(toolchain.compiler.path)' "$@"
      """, to: "swiftc")
    if let extractor = toolchain.autolinkExtractor {
      try FileManager.default.createSymbolicLink(
        at: scratch.folder.appending(path: extractor.lastPathComponent), withDestinationURL: extractor)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let run = try grade(["PATH": "\(scratch.folder.path):\(path)"])
    #expect(run.end == .exited(accident.code) && run.output.isEmpty == (accident.code != 0), "\(run)")
    #expect((run.output + run.errors).contains(accident.says), "\(run)")
  }

  @Test func `what a killed grader has left is removed when it is a day old, and nothing else`() throws {
    let scratch = try Scratch()
    let left = ["answers-\(UUID().uuidString)", "answers-\(UUID().uuidString)", "answers-2025"]
    for name in left { try scratch.write("", to: "\(name)/Exercises01.swift") }
    for name in [left[0], left[2]] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
        ofItemAtPath: scratch.folder.appending(path: name).path)
    }
    #expect(try grade(["TMPDIR": scratch.folder.path]).end == .exited(0))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted() == left[1...].sorted())
  }

  /// It may be full when the students' files are compiled, and have had room for the answer that is marked first.
  @Test func `what does not compile on a full disk is no student's fault`() throws {
    func compile(_ text: String, room: Int) throws {
      let workshop = try Workshop(products: Place.products, confinement: nil, room: room)
      _ = try AnswerProgram(
        compiling: text, name: "Exercises01.swift", examinations: [], in: workshop, patience: 60)
    }
    #expect(throws: Verdict.self) { try compile("no Swift", room: 0) }
    let failure = #expect(throws: Failure.self) { try compile("no Swift", room: .max) }
    #expect(failure?.exitCode == 71 && failure?.message.contains("with TMPDIR") == true)
    try compile("let x = 1", room: .max)
  }

  #if os(Linux)
    /// (On macOS Foundation has a place for temporary files that `TMPDIR` does not move.)
    @Test(arguments: ["/proc", "/dev/full"])
    func `where nothing can be compiled nobody is marked`(place: String) throws {
      let run = try grade(["TMPDIR": place])
      #expect(run.end == .exited(71) && run.output.isEmpty && run.errors.contains("grade: "), "\(run)")
    }

    /// As root, who alone may mount: a folder where no program may run, and a full one.
    @Test(.enabled(if: canMount))
    func `temporary files may lie where no program may run, and not where there is no room`() throws {
      let scratch = try Scratch()
      func script(_ options: String) throws -> (output: String, end: ChildProcess.End) {
        try scratch.write(try RightAnswers.text(), to: "s/Exercises01.swift")
        let command = """
          mkdir -p "$1/t"; mount -t tmpfs -o \(options) tmpfs "$1/t"; TMPDIR="$1/t"; export TMPDIR
          exec "$0" --lesson 1 --exercises "$1/s"
          """
        let process = try ChildProcess(
          URL(filePath: "/usr/bin/unshare"),
          ["-m", "/bin/sh", "-c", command, Place.products.appending(path: "grade").path, scratch.folder.path])
        let said = process.drain()
        return (String(decoding: said.output + said.errors, as: UTF8.self), process.reap())
      }
      let noexec = try script("noexec")
      #expect(
        noexec.end == .exited(0) && noexec.output.hasPrefix("Exercises01.swift: 10 of 10 points"), "\(noexec.output)")
      let full = try script("size=64k")
      #expect(full.end == .exited(71) && full.output.contains("too little room to compile in"), "\(full.output)")
    }

    private static let canMount: Bool = {
      let process = try? ChildProcess(
        URL(filePath: "/usr/bin/unshare"), ["-m", "/bin/sh", "-c", "mount -t tmpfs tmpfs /mnt"])
      _ = process?.drain()
      return process?.reap() == .exited(0)
    }()
  #endif
}
