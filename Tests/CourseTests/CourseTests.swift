import Foundation
import Programs
import Testing

@testable import course

/// Whole runs of the program, with shell scripts for lessons.
@Suite("Running the course", .timeLimit(.minutes(5)))
struct CourseTests {
  @Test func `every lesson has its line, then come the total and the index`() async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a"), "02-b": reporting("02-b")])
    let (output, errors) = await fake.run()
    #expect(output.count == 4)
    #expect(
      output.prefix(2).sorted().map { $0.prefix(31) } == [
        "01-a  ok      1 check, 2 steps ", "02-b  ok      1 check, 2 steps ",
      ])
    #expect(output[2].hasPrefix("2 lessons, 2 checks, 4 steps, all passed  "))
    #expect(output[3] == "written: \(fake.outputs.path)/README.md")
    #expect(errors.isEmpty)
    #expect(fake.index?.contains("[2 · Title](02-b/README.md)") == true)
    // None of these lessons treats a topic of the lectures.
    #expect(fake.index?.contains("Where the lectures' topics are") == false)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fake.outputs.path).sorted() == ["README.md", "index.html"])
  }

  @Test func `the index is the same to the byte, however many lessons run at a time`() async throws {
    let fake = try FakeCourse(["01-a": "sleep 0.1\n" + reporting("01-a"), "02-b": reporting("02-b")])
    _ = await fake.run(["--jobs", "1"])
    let first = fake.index
    let (output, _) = await fake.run(["--jobs", "2", "--quiet"])
    #expect(first != nil && first == fake.index)
    #expect(output.isEmpty)
  }

  @Test func `as many lessons run at a time as there are jobs`() async throws {
    // Each lesson waits, not for ever, until the other has begun.
    func meeting(_ own: String, _ other: String) -> String {
      """
      cd $(dirname "$0"); touch \(own).here
      for i in 0 1 2 3 4 5 6 7 8 9; do [ -e \(other).here ] || sleep 0.5; done
      [ -e \(other).here ] || exit 2

      """
    }
    let fake = try FakeCourse([
      "01-a": meeting("a", "b") + reporting("01-a"), "02-b": meeting("b", "a") + reporting("02-b"),
    ])
    _ = await fake.run(["--jobs", "2"])
  }

  @Test func `lessons are handed seed, data, output and threads`() async throws {
    let note = "echo \"$@\" > $(dirname \"$0\")/../arguments\n"
    let fake = try FakeCourse(["01-a": note + reporting("01-a+seed=7")])
    let elsewhere = "\(fake.package.path)/elsewhere"
    _ = await fake.run(["--seed", "7", "--threads", "3", "--data", "/", "--output", elsewhere])
    #expect(
      fake.note("arguments") == "--json --no-color --threads 3 --output \(elsewhere) --seed 7 --data /\n")
    #expect(fake.note("elsewhere/README.md")?.contains("`swift run course --seed 7 --data /`") == true)
    #expect(fake.index == nil)
  }

  /// The threads that two lessons and one are handed, at two jobs.
  @Test func `the cores are divided by the lessons that run at a time`() async throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let note = "echo \"$4\" > $(dirname \"$0\")/../$(basename \"$0\")\n"
    let fake = try FakeCourse(["01-a": note + reporting("01-a"), "02-b": note + reporting("02-b")])
    _ = await fake.run(["--jobs", "2"])
    for name in ["01-a", "02-b"] { #expect(fake.note(name) == "\(max(1, cores / 2))\n") }
    _ = await fake.run(["--jobs", "2", "01"])
    #expect(fake.note("01-a") == "\(cores)\n")
  }

  @Test(arguments: [(["--seed", "7"], "+seed=7"), (["02"], "")])
  func `another seed or some of the lessons leave the index as it was`(
    arguments: [String], suffix: String
  ) async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a\(suffix)"), "02-b": reporting("02-b\(suffix)")])
    let (output, _) = await fake.run(arguments)
    // Lines are broken after 80 columns.
    #expect(output.joined(separator: " ").contains("no index was written: "))
    #expect(fake.index == nil)
    try "kept".write(to: fake.outputs.appending(path: "README.md"), atomically: true, encoding: .utf8)
    #expect(await fake.run(arguments).output.joined(separator: " ").contains(#/README\.md +is +as +it +was: /#))
    #expect(fake.index == "kept")
  }

  @Test func `JSON is the lessons' own objects and the verdict, and nothing else`() async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a"), "02-b": reporting("02-b", passed: false, then: "exit 1")])
    let (output, errors) = await fake.run(["--json"], expecting: 1)
    #expect(
      output.joined(separator: "\n")
        == "{\"lessons\":[\(report("01-a")),\n\(report("02-b", passed: false))],\"passed\":false}")
    #expect(errors == ["course: 02-b: check failed: error is small: 3 < 2"])
  }

  @Test func `JSON says that a lesson failed which reported success and ended with another code`() async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a", then: "exit 73")])
    let (output, _) = await fake.run(["--json"], expecting: 73)
    #expect(output.last?.hasSuffix("],\"passed\":false}") == true)
  }

  /// A lesson reports before it writes: what it could not write, the index is not to refer to.
  @Test(arguments: ["exit 73", "kill -KILL $$"])
  func `a page that was not written is in no index and in no JSON`(end: String) async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a"), "02-b": reporting("02-b", then: end)])
    let code: Int32 = end == "exit 73" ? 73 : 1
    let (output, _) = await fake.run(expecting: code)
    #expect(output.joined(separator: " ").contains(#/no +index +was +written: +a +lesson +has +no +page/#))
    #expect(fake.index == nil)
    let json = await fake.run(["--json"], expecting: code).output.joined(separator: "\n")
    #expect(json == "{\"lessons\":[\(report("01-a"))],\"passed\":false}")
  }

  @Test func `a lesson that somebody else has ended is not said to have crashed`() async throws {
    let fake = try FakeCourse(["01-a": "kill -KILL $$"])
    let (_, errors) = await fake.run(expecting: 1)
    #expect(
      errors.joined(separator: " ").hasPrefix(
        "course: 01-a: was ended from outside (SIGKILL, Killed), perhaps for want of memory; to try again: swift run 01-a"
      ))
  }

  @Test func `failures are told in the order of the course, and the first gives the exit code`() async throws {
    let fake = try FakeCourse([
      "01-a": reporting("01-a"), "02-b": "sleep 0.2; echo images, byte 0: bad >&2; exit 65",
      "03-c": "kill -ABRT $$", "04-d": "exit 66",
    ])
    let (output, errors) = await fake.run(["--jobs", "4"], expecting: 65)
    try #require(errors.count == 4)
    #expect(errors[0] == "course: 02-b: ended with exit code 65:")
    #expect(errors[1] == "    images, byte 0: bad")
    #expect(errors[2].hasPrefix("course: 03-c: crashed (SIGABRT, "))
    #expect(errors[3] == "course: 04-d: ended with exit code 66")
    #expect(output.contains { $0.contains("FAILED: 02-b, 03-c, 04-d") })
    #expect(fake.index == nil)
  }

  @Test func `megabytes on both streams of a lesson do not make it wait`() async throws {
    let flood = "head -c 3000000 /dev/zero | tr '\\0' ' ' >&2; head -c 3000000 /dev/zero | tr '\\0' ' '\n"
    let fake = try FakeCourse(["01-a": flood + reporting("01-a")])
    _ = await fake.run(["--quiet"])
    #expect(fake.index != nil)
  }

  @Test func `a program that cannot be started is a failure of its lesson`() async throws {
    let fake = try FakeCourse(["02-b": reporting("02-b")])
    try fake.add("01-a", "", shell: "/no/such/shell")
    let (_, errors) = await fake.run(expecting: 1)
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("course: 01-a: cannot start ") == true)
  }

  @Test func `what cannot work is told before anything runs`() async throws {
    let fake = try FakeCourse(["01-a": "touch $(dirname \"$0\")/../ran"])
    let file = fake.lesson("01-a").executable.path
    for name in ["README.md", "index.html"] {
      try FileManager.default.createDirectory(
        at: fake.package.appending(path: "\(name).here/\(name)"), withIntermediateDirectories: true)
    }
    let cases: [([String], Int32)] = [
      (["--output", "\(fake.package.path)/README.md.here"], 73),
      (["--output", "\(fake.package.path)/index.html.here"], 73), (["--output", file], 73),
      (["--output", "\(file)/x"], 73), (["--data", "\(file)/x"], 66), (["2"], 64),
      (["--sed"], 64),
    ]
    for (arguments, code) in cases {
      let (output, errors) = await fake.run(arguments, expecting: code)
      #expect(output.isEmpty)
      #expect(errors.first?.hasPrefix("course: ") == true)
    }
    let obstacle = fake.outputs.appending(path: "README.md")
    try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
    let (_, errors) = await fake.run(expecting: 73)
    #expect(errors.first?.contains("README.md: a folder of this name lies there") == true)
    #expect(fake.note("ran") == nil)
  }
}

/// Runs that are ended before their time.
@Suite("Interrupting the course", .timeLimit(.minutes(5)))
struct InterruptionTests {
  @Test(arguments: [("INT", 130), ("TERM", 143)] as [(String, Int32)])
  func `an interrupt ends the lessons with all that they have started`(signal: String, code: Int32) async throws {
    // One lesson interrupts the course; both would leave a note later, one of them through a process of its own.
    let fake = try FakeCourse([
      "01-a": "sleep 0.2; kill -\(signal) $PPID; sleep 1; touch $(dirname \"$0\")/../late",
      "02-b": "(sleep 1; touch $(dirname \"$0\")/../late) & wait",
    ])
    let (output, errors) = await fake.run(["--jobs", "2"], expecting: code)
    #expect(output.isEmpty)
    #expect(errors == ["course: interrupted; pages that were not finished are as they were before"])
    #expect(fake.index == nil)
    try await Task.sleep(for: .seconds(1.2))
    #expect(fake.note("late") == nil)
  }

  @Test func `a lesson that does not listen is ended all the same`() async throws {
    let fake = try FakeCourse(["01-a": "trap '' TERM; kill -INT $PPID; while :; do sleep 0.1; done"])
    _ = await fake.run(expecting: 130)
  }

  @Test func `a second interrupt ends the program at once`() async throws {
    let fake = try FakeCourse([
      "01-a": "trap '' TERM; kill -INT $PPID; sleep 0.5; kill -INT $PPID; sleep 5; touch $(dirname \"$0\")/../late"
    ])
    let (output, errors) = await fake.run(expecting: 130)
    #expect(output.isEmpty && errors.isEmpty)
    #expect(fake.note("late") == nil)
  }

  @Test func `a reader that stalls does not keep a signal from ending the program`() async throws {
    let signal = "(sleep 3; kill -TERM $PPID) > /dev/null 2>&1 &\n"
    // More than a pipe holds.
    let fake = try FakeCourse(["01-a": signal + reporting("01-a", title: String(repeating: "x", count: 100_000))])
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = fake.package.path as String] in
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      dup2(ends[1], STDOUT_FILENO)
      let package = URL(filePath: path, directoryHint: .isDirectory)
      exit(Course(package: package, programs: package.appending(path: "programs")).run(["--json"]))
    }
    #expect(fake.index != nil)
  }

  @Test func `a reader that goes away ends the run with one message`() async throws {
    let fake = try FakeCourse(["01-a": reporting("01-a"), "02-b": "sleep 20"])
    let (_, errors) = await fake.run(["--jobs", "2"], isRead: false, expecting: 73)
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("course: nobody can read standard output") == true)
  }
}

/// The program as it was built.
@Suite("The program course", .timeLimit(.minutes(5)))
struct ProgramTests {
  /// Where programs and tests are built.
  private var products: URL {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return Bundle.main.bundleURL
  }

  private func run(_ redirection: String) throws -> (end: ChildProcess.End, output: String, errors: String) {
    try shell("exec \"$0\" --help \(redirection)")
  }

  private func shell(_ command: String) throws -> (end: ChildProcess.End, output: String, errors: String) {
    let shell = try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", command, products.appending(path: "course").path])
    let (output, errors) = shell.drain()
    shell.wait()
    return (shell.reap(), String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
  }

  @Test func `help goes to standard output`() throws {
    let (end, output, errors) = try run("")
    #expect(end == .exited(0))
    #expect(output == Options.manual.text(width: 80))
    #expect(errors.isEmpty)
  }

  @Test func `closed standard output is an error, closed standard error is not`() throws {
    let (end, _, errors) = try run(">&-")
    #expect(end == .exited(73))
    #expect(errors == "course: standard output is closed; nothing was run\n")
    #expect(try run("<&- 2>&-").end == .exited(0))
  }

  /// Or a message on standard error would be written into a page.
  @Test func `the number of a closed stream becomes that of no file`() async {
    await #expect(processExitsWith: .success) {
      for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { close(stream) }
      Terminal.holdStreams()
      let isStillClosed = write(STDOUT_FILENO, "x", 1) == -1 && errno == EBADF
      exit(isStillClosed && open("/dev/null", O_RDONLY) > STDERR_FILENO ? 0 : 1)
    }
  }

  /// The system ends a program that writes more than this, unless it asks for an error.
  @Test func `a limit on the size of files is said to be that`() throws {
    let fake = try FakeCourse()
    let (end, output, errors) = try shell("ulimit -f 1; exec \"$0\" 01 --output '\(fake.package.path)'")
    #expect(end == .exited(73))
    #expect(
      errors == "course: cannot write into \(fake.package.path): File too large; choose another folder with --output\n")
    #expect(output.isEmpty)
  }
}
