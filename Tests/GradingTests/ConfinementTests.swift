#if os(Linux)
  import Exercises
  import Foundation
  import Grading
  import Programs
  import Testing

  @testable import grade

  /// What answers can do, and what is said of it, where a layer of the confinement is missing.
  @Suite("Missing layers of the confinement")
  struct ConfinementTests {
    typealias Layer = Confinement.Layer

    static let systems: [[Layer]] =
      [[], [.files], [.calls], [.memory], [.files, .memory], [.files, .calls]]
      + (geteuid() == 0 ? [[.user]] : [])

    /// What is said of a function that does `body` and then returns a wrong number; the next exercise's answer is right.
    private func said(_ body: String, without missing: [Layer], seconds: Int = 20) throws -> String {
      let scratch = try Scratch()
      let text = try RightAnswers.text(but: "energyCaptured", does: "\(body)\nreturn -1")
      try scratch.write(text, to: "Exercises01.swift")
      let grader = try Grader(products: Place.products, seconds: seconds, confinement: Confinement(without: missing))
      let marks = try grader.marks(
        Submission(folder: scratch.folder, lessons: [1]), exercises: Array(Exercise.ofLesson(1).prefix(2)))
      #expect(marks[0].points == 0 && marks[1].verdict == .passed, "\(marks[1].remarks()), without \(missing)")
      return marks[0].remarks().joined(separator: "\n")
    }

    /// What one of the layers forbids that are left; each body throws if it has managed to.
    static let deeds: [(name: String, forbiddenBy: Set<Layer>, body: String)] = [
      ("writing", [.files, .calls, .user], #"try done(open("PLACE", O_WRONLY | O_TRUNC))"#),
      ("truncating", [.files, .calls, .user], #"try done(truncate("PLACE", 0))"#),
      ("removing", [.files, .calls, .user], #"try done(unlink("PLACE"))"#),
      ("reading", [.files], #"try done(open("PLACE", O_RDONLY))"#),
      (
        "pairing sockets", [.calls],
        #"var ends: [Int32] = [0, 0]; try done(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends))"#
      ),
      ("making a file without a name", [.calls], #"try done(Int32(call(319, Int(bitPattern: strdup("x")), 0, 0)))"#),
      ("changing the owner", [.calls, .user], #"try done(chmod("PLACE", 0o777))"#),
      ("signalling", [.files, .calls, .user], #"try done(kill(getppid(), 0))"#),
      (
        "starting a program", [.calls, .files],
        #"""
        var id: pid_t = 0
        for program in ["/usr/bin/true", "/bin/true", "EXECUTABLE"] {
          try done(posix_spawn(&id, program, nil, nil, [nil], [nil]) == 0 ? 0 : -1)
        }
        """#
      ),
      (
        "reaching a program that is open", [],
        #"""
        for descriptor in Int32(3)..<1024 where fcntl(descriptor, F_GETFD) >= 0 {
          var information = stat()
          if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG { try done(0) }
        }
        """#
      ),
      ("writing into its program", [], #"try done(open("/proc/self/exe", O_WRONLY))"#),
      ("opening 64 more descriptors", [], "for _ in 0..<64 where dup(0) < 0 { return }; try done(0)"),
      (
        "becoming another program", [.calls, .files],
        #"""
        // Whoever becomes one says nothing any more.
        for descriptor in [100, -100] {
          _ = call(322, descriptor, Int(bitPattern: strdup("EXECUTABLE")), 0, 0)
          _ = call(59, Int(bitPattern: strdup("EXECUTABLE")), 0, 0, 0)
        }
        """#
      ),
    ]

    @Test(arguments: systems) func `what the layers that are left forbid is forbidden`(missing: [Layer]) throws {
      let scratch = try Scratch()
      let file = try scratch.write("precious", to: "precious.txt")
      // A program in a folder of libraries, which answers may read.
      let libraries = ["/usr/lib/git-core/git", "/usr/lib/apt/methods/file", "/usr/lib/klibc/bin/true"]
      let executable = libraries.first { access($0, X_OK) == 0 } ?? "/usr/lib/none"
      let present = Set(Layer.allCases).subtracting(missing).subtracting(geteuid() == 0 ? [] : [.user])
      let deeds = Self.deeds.filter { $0.forbiddenBy.isEmpty || !$0.forbiddenBy.isDisjoint(with: present) }
      // Deeds of the processor whose numbers of system calls these are.
      #if arch(x86_64)
        let tried = deeds
      #else
        let tried = deeds.filter { !$0.body.contains("call(") }
      #endif
      let attempts = tried.map { "attempt(\"\($0.name)\") {\n\($0.body)\n}\n" }.joined()
      let body = """
        struct Done: Error, CustomStringConvertible { let description: String }
        typealias Call = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
        func call(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int = 0) -> Int {
          unsafeBitCast(dlsym(nil, "syscall"), to: Call.self)(number, a, b, c, d, 0)
        }
        func done(_ result: Int32) throws { if result >= 0 { throw Done(description: "") } }
        var deeds = ""
        func attempt(_ name: String, _ deed: () throws -> Void) { do { try deed() } catch { deeds += name + "; " } }
        \(attempts)
        if !deeds.isEmpty { throw Done(description: deeds) }
        """.replacing("PLACE", with: file.path).replacing("EXECUTABLE", with: executable)
      let told = try said(body, without: missing)
      #expect(told.contains("expected") && !told.contains("threw"), "without \(missing): \(told)")
      #expect(try String(contentsOf: file, encoding: .utf8) == "precious", "without \(missing)")
    }

    @Test func `where the system limits no memory it is measured`() throws {
      let greedy = "while true { memset(malloc(1 << 24), 1, 1 << 24) }"
      let told = try said(greedy, without: [.memory])
      #expect(told.hasPrefix("the function wanted more than the 512 MiB of memory that it may have"), "\(told)")
    }

    /// One answer after the other has this as its program.
    @Test func `no answer can put another program in the place of its own`() throws {
      let scratch = try Scratch()
      let neighbour = try scratch.write("#!/bin/sh\n", to: "answers")
      let body = """
        for folder in ["/proc/self/cwd", "/tmp", "\(FileManager.default.temporaryDirectory.path)"] {
          for name in ["answers", "answers.o", "main.swift"] {
            unlink("\\(folder)/\\(name)")
            symlink("\(neighbour.path)", "\\(folder)/\\(name)")
          }
        }
        """
      // Who runs the tests may write there, if nothing else forbids it: the next mark tells.
      #expect(try said(body, without: [.files, .calls]).contains("expected"))
      for name in ["answers", "answers.o", "main.swift"] { unlink("/tmp/\(name)") }
    }

    @Test func `a missing layer is said on standard error, or ends the program if it is required`() throws {
      let scratch = try Scratch()
      try scratch.write(try RightAnswers.text(), to: "Exercises01.swift")
      let file = scratch.folder.appending(path: "marks.txt")
      let grade = Grade(
        package: Place.package, products: Place.products, confinement: Confinement(without: [.files, .calls]))
      let arguments = ["--lesson", "1", "--exercises", scratch.folder.path, "--output", file.path]
      #expect(grade.run(arguments) == 0)
      let report = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      #expect(report.count { $0.hasPrefix("NOT CONFINED: answers can") } == 2 && report[0].hasPrefix("NOT CONFINED"))
      try FileManager.default.removeItem(at: file)
      #expect(grade.run(arguments + ["--require-confinement"]) == 78)
      #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    /// Root in a container may have lost the right to be anybody else, and is not always told.
    @Test(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0))
    func `root without capabilities is found out`() throws {
      let confine = Place.products.appending(path: "confine").path
      let process = try ChildProcess(
        URL(filePath: "/usr/bin/setpriv"),
        ["--inh-caps=-all", "--bounding-set=-all", confine, "--missing-layers"])
      #expect(String(decoding: process.drain().output, as: UTF8.self) == "user\n")
      #expect(process.reap() == .exited(0))
    }

    /// A container may have no other user for answers than nobody, and many programs of that one.
    @Test(.enabled(if: hasUserNamespaces)) func `other programs of nobody take no threads from answers`() throws {
      let scratch = try Scratch()
      let threads = """
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<4 { Thread { done.signal() }.start() }
        for _ in 0..<4 { done.wait() }
        return Double(σ.prefix(k).reduce(0) { $0 + $1 * $1 } / σ.reduce(0) { $0 + $1 * $1 })
        """
      let text = try RightAnswers.text(but: "energyCaptured", does: threads)
      try scratch.write("import Foundation\n" + text, to: "Exercises01.swift")
      let inside = """
        for i in $(seq 30); do setpriv --reuid=65534 --regid=65534 --clear-groups sleep 600 & done
        "$0" --lesson 1 --exercises "$1"; code=$?; kill $(jobs -p); exit $code
        """
      let run = try Self.withUsersOfContainer(
        inside, [Place.products.appending(path: "grade").path, scratch.folder.path])
      #expect(run.end == .exited(0) && run.output.contains("Exercises01.swift: 10 of 10 points"), "\(run)")
    }

    /// Runs a script of the shell where there are no users but those up to nobody.
    private static func withUsersOfContainer(
      _ script: String, _ arguments: [String]
    ) throws -> (output: String, end: ChildProcess.End) {
      let scratch = try Scratch()
      let command = """
        mkfifo go
        unshare -U sh -c 'read line < go; exec "$@"' sh sh -c "$@" &
        for kind in uid gid; do
          for i in $(seq 100); do { echo '0 0 65536' > /proc/$!/${kind}_map; } 2>/dev/null && break; sleep 0.05; done
        done
        echo > go; wait $!
        """
      let process = try ChildProcess(
        URL(filePath: "/bin/sh"),
        ["-c", "cd \"$0\"\n\(command)", scratch.folder.path, script] + arguments)
      let said = process.drainToEnd(sending: [(.now + .seconds(200), SIGKILL)])
      return (String(decoding: said.output + said.errors, as: UTF8.self), process.reap())
    }

    private static let hasUserNamespaces: Bool = {
      guard geteuid() == 0, access("/usr/bin/setpriv", X_OK) == 0, access("/usr/bin/unshare", X_OK) == 0 else {
        return false
      }
      return (try? withUsersOfContainer("exit 7", []))?.end == .exited(7)
    }()

    /// And as root's answers these are those of a stranger.
    @Test(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0))
    func `an ordinary user can mark too`() throws {
      let scratch = try Scratch()
      let text = try RightAnswers.text(
        but: "energyCaptured", does: #"return open("PLACE", O_WRONLY | O_TRUNC) < 0 && fork() < 0 ? -1 : 0"#)
      let file = try scratch.write("precious", to: "precious.txt")
      chmod(file.path, 0o666)
      try scratch.write(
        text.replacing("PLACE", with: file.path).replacing(" && fork() < 0", with: ""), to: "Exercises01.swift")
      let run = try ChildProcess(
        URL(filePath: "/usr/bin/setpriv"),
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", Place.products.appending(path: "grade").path,
          "--lesson", "1", "--exercises", scratch.folder.path,
        ], environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": "/nonexistent"])
      let said = run.drain()
      #expect(run.reap() == .exited(0))
      #expect(
        String(decoding: said.output + said.errors, as: UTF8.self).contains("Exercises01.swift: 9 of 10 points"),
        "\(String(decoding: said.output + said.errors, as: UTF8.self))")
      #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
    }
  }
#endif
