import Exercises
import Foundation
import Grading
import LinearAlgebra
import Testing

/// Code that wants something else than to answer. It may cost the exercise it stands in, never award a point, and
/// neither hang the grader nor touch what is not its own.
@Suite("Hostile answers")
struct HostileTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The body of a function that returns a number.
    let body: String
    /// What the verdict says.
    let says: String
    /// How long the grader waits for an answer: 2 s for one that never comes. The others come, but when depends on what else
    /// the machine does; that they do not keep the grader busy is seen in the time of its processor.
    var seconds: Int { says.hasPrefix("no answer within 2 s") ? 2 : 50 }

    init(_ name: String, says: String, _ body: String) {
      (testDescription, self.body, self.says) = (name, body, says)
    }
  }

  static let attacks = [
    Attack("an endless loop", says: "no answer within 2 s", "while true {}"),
    Attack("endless sleep", says: "no answer within 2 s", "sleep(1000); return 0"),
    Attack(
      "deaf to signals", says: "no answer within 2 s",
      "for s in [SIGTERM, SIGINT, SIGHUP, SIGXCPU] { signal(s, SIG_IGN) }; while true {}"),
    Attack(
      "gone to another process group", says: "no answer within 2 s",
      "setpgid(0, getpgid(getppid())); sleep(1000); return 0"),
    Attack(
      "an error without end", says: "… and so on",
      #"struct Long: Error { let text = String(repeating: "x\n", count: 1 << 22) }; throw Long()"#),
    Attack("a trap", says: "crashed", "return [1.0][k + 9]"),
    Attack("a fatal error with an escape sequence", says: "[2Jgone", #"fatalError("\u{1B}[2Jgone")"#),
    Attack(
      "endless recursion", says: "crashed",
      "func f(_ n: Int) -> Int { n &+ f(n &+ 1) &+ f(n) }; return Double(f(k))"),
    Attack(
      "all the memory", says: "more than the 512 MiB of memory that it may have",
      "while true { memset(malloc(1 << 26), 1, 1 << 26) }"),
    Attack(
      "one matrix that does not fit", says: "more than the 512 MiB of memory that it may have",
      "return Matrix<Double>(rows: 1 << 20, columns: 1 << 20)[0, 0]"),
    Attack(
      "a flood of output", says: "no answer within 2 s",
      #"while true { print(String(repeating: "x", count: 1000)); FileHandle.standardError.write(Data("y".utf8)) }"#),
    Attack(
      "a flood, then an answer", says: "expected",
      #"for _ in 0..<20_000 { print(String(repeating: "x", count: 1000)) }; return -1"#),
    Attack("exit(0)", says: "ended the program, with exit code 0", "exit(0)"),
    Attack("_exit(0) at once", says: "ended the program, with exit code 0", "_exit(0)"),
    Attack(
      "a complaint in the name of the confinement", says: "ended the program, with exit code 71",
      """
      for descriptor in [STDERR_FILENO, 4, 101] { complain(descriptor) }
      func complain(_ descriptor: Int32) { _ = write(descriptor, "cannot limit memory\\n", 20) }
      exit(71)
      """),
    Attack(
      "a fake report", says: "expected",
      #"""
      print("Exercises01.swift: 10 of 10 points")
      print(#"{"tests":[{"name":"energyCaptured","score":100,"max_score":1,"status":"passed"}],"score":100}"#)
      FileHandle.standardError.write(Data("<testcase name=\"1.1 energyCaptured\"/>".utf8))
      return -1
      """#),
    Attack(
      "noise on every descriptor", says: "larger than",
      """
      let noise = [UInt8](repeating: 1, count: 100)
      for descriptor in Int32(0)..<256 { _ = write(descriptor, noise, noise.count) }
      exit(0)
      """),
    Attack(
      "an answer that claims to be endless", says: "larger than",
      """
      let length: [UInt8] = [255, 255, 255, 255, 255, 255, 255, 127]
      for descriptor in Int32(0)..<256 { _ = write(descriptor, length, length.count) }
      return 1
      """),
    Attack(
      "the connection closed", says: "cut the connection",
      "for descriptor in Int32(3)..<256 { close(descriptor) }; sleep(1000); return 0"),
    Attack(
      "right once, then a crash", says: "crashed",
      #"""
      if k > 0 { fatalError("later") }
      return 0
      """#),
  ]

  /// Attacks on the compiler: a file that it takes, and what is said of it.
  static let files: [(String, Data)] = [
    ("is larger than 1 MiB", Data(repeating: UInt8(ascii: "\n"), count: 1 << 20 | 1)),
    ("is not a text in UTF-8; save it again with", Data([0xff, 0xfe, 0x0a])),
    ("is not a text in UTF-8; save it again with", "func energyCaptured() {}".data(using: .utf16) ?? Data()),
    (
      "is not a text in UTF-8; save it again with", "func energyCaptured() {}".data(using: .utf16LittleEndian) ?? Data()
    ),
    ("  [2JEVIL", Data("#error(\"\u{1B}\u{202E}[2JEVIL\")\nfunc energyCaptured() {}\n".utf8)),
    ("… and so on", Data((0..<400).map { "let x\($0): Int = \"\"\n" }.joined().utf8)),
  ]

  @Test(arguments: files) func `a file is no bomb`(says: String, file: Data) throws {
    let scratch = try Scratch()
    try file.write(to: scratch.folder.appending(path: "Exercises01.swift"))
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    for mark in try Grader(products: Place.products).marks(submission, lessons: [1]) {
      let said = mark.remarks().joined(separator: "\n")
      #expect(mark.points == 0 && said.contains(says) && said.count < 10_000)
      #expect(
        said.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) || $0 == "\n" })
    }
  }

  @Test func `a megabyte of empty lines is no bomb`() throws {
    let scratch = try Scratch()
    let text = try RightAnswers.text()
    try scratch.write(
      text + String(repeating: "\n", count: (1 << 20) - text.utf8.count), to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    let marks = try Grader(products: Place.products).marks(submission, lessons: [1])
    #expect(marks.allSatisfy { $0.verdict == .passed })
  }

  #if os(Linux)
    /// The linker takes its flags from a section of the object, and a file can write into any section.
    @Test(arguments: ["-Wl,-Map=", "-Wl,-plugin,", "@", "-l:", "-lm -Wl,-Map="])
    func `a file gives the linker no flags`(flag: String) throws {
      let scratch = try Scratch()
      let map = scratch.folder.appending(path: "map.txt")
      let bytes = (flag + map.path).utf8 + [0]
      let attack = """
        @section(".swift1_autolink_entries") @used
        let flags: (\(bytes.map { _ in "UInt8" }.joined(separator: ", "))) = (\(bytes.map { "\($0)" }.joined(separator: ", ")))
        """
      try scratch.write(try RightAnswers.text() + attack, to: "Exercises01.swift")
      let submission = try Submission(folder: scratch.folder, lessons: [1])
      for mark in try Grader(products: Place.products).marks(submission, lessons: [1]) {
        #if compiler(>=6.3)
          #expect(mark.verdict == .notCompiled("the file asks the linker for more than libraries"))
        #else
          // There is no such attribute.
          #expect(mark.points == 0)
        #endif
      }
      #expect(!FileManager.default.fileExists(atPath: map.path))
    }

    @Test func `a compiler that thinks for ever is ended, with all that it has started`() throws {
      let scratch = try Scratch()
      let explosion = """
        typealias A<T> = (T, T, T, T, T, T, T, T)
        typealias B<T> = A<A<A<A<T>>>>
        let x: B<B<B<Int>>>? = nil
        """
      try scratch.write(explosion, to: "Exercises01.swift")
      let submission = try Submission(folder: scratch.folder, lessons: [1])
      for mark in try Grader(products: Place.products, patience: 3).marks(submission, lessons: [1]) {
        #expect(mark.verdict == .notCompiled("the compiler did not come to an end in 3 s"))
      }
      // Its programs are not of its process group; they are known by the folder they work in, which is gone.
      for id in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(id) != nil {
        let command = try? FileHandle(forReadingAtPath: "/proc/\(id)/cmdline")?.readToEnd()
        let words = String(decoding: command ?? Data(), as: UTF8.self).split(separator: "\0")
        guard words.first?.hasSuffix("swift-frontend") == true,
          let file = words.first(where: { $0.contains("/answers-") && $0.hasSuffix("/Exercises01.swift") })
        else { continue }
        #expect(FileManager.default.fileExists(atPath: String(file)))
      }
    }
  #endif

  /// Values of the right type that are no answer: too few, too many, none, not finite.
  static func odd(_ value: Value) -> [Value] {
    switch value {
    case .truth(let truth): [.truth(!truth)]
    case .integer: [.min, -1, 1 << 40, .max].map(Value.integer)
    case .number: [.nan, .infinity, -.infinity, .greatestFiniteMagnitude].map(Value.number)
    case .text: []
    case .list(let values):
      [[], Array(values.dropLast()), values + values, values + values.prefix(1)].map(Value.list)
        + values.indices.flatMap { index in
          odd(values[index]).map { other in
            var values = values
            values[index] = other
            return .list(values)
          }
        }
    case .matrix(let matrix):
      [
        Matrix(rows: 0, columns: 0), Matrix(rows: matrix.rows, columns: 0), Matrix(rows: 0, columns: matrix.columns),
        Matrix(rows: matrix.rows + 1, columns: matrix.columns), Matrix(rows: matrix.rows, columns: matrix.columns + 1),
        matrix.map { _ in .nan }, matrix.map { _ in .infinity }, matrix.map { _ in 1e300 },
      ].map(Value.matrix)
    }
  }

  @Test(arguments: Trial.all) func `no value can crash the examiner or pass for another`(trial: Trial) throws {
    let examination = try #require(Examination.all.first { $0.function == trial.function })
    // One odd value after another, for one question after another.
    for question in 0..<4 {
      var (variant, count) = (0, 1)
      while variant < count {
        var asked = 0
        let student = Student { values in
          let reply = trial.reference.reply(to: values)
          defer { asked += 1 }
          guard asked == question, case .answered(let right) = reply else { return reply }
          let odd = Self.odd(right).filter { $0 != right }
          count = odd.count
          return variant < count ? .answered(odd[variant]) : reply
        }
        let verdict = examination.verdict(on: student, seed: 1)
        #expect(asked <= question || count == 0 || verdict != .passed)
        variant += 1
      }
    }
  }

  @Test(arguments: attacks) func `an attack costs its own exercise and no other`(attack: Attack) throws {
    let said = try verdictOnAttack(attack.body, seconds: attack.seconds)
    #expect(said.contains(attack.says))
    #expect(!said.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
  }

  /// Whether this system can forbid all that is tried below: Linux 6.12 can, or the first user of all.
  static let confines: Bool = {
    #if os(Linux)
      var system = utsname()
      uname(&system)
      let release = withUnsafeBytes(of: system.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let version = release.split { !$0.isNumber }.compactMap { Int($0) }
      return version.count > 1 && (version[0], version[1]) >= (6, 12)
    #else
      return false
    #endif
  }()

  /// Each body throws what it has managed to do.
  static let outbreaks = [
    Attack("reading the package", says: "expected", #"try done("read", open("PACKAGE/Package.swift", O_RDONLY))"#),
    Attack("listing the package", says: "expected", #"try done("listed", opendir("PACKAGE/lessons") == nil ? -1 : 0)"#),
    Attack("reading the users", says: "expected", #"try done("read", open("/etc/passwd", O_RDONLY))"#),
    Attack(
      "writing a file", says: "expected", #"try done("wrote", open("FOLDER/new", O_WRONLY | O_CREAT, 0o644))"#),
    Attack(
      "overwriting a file", says: "expected",
      #"try done("wrote", open("FOLDER/Exercises01.swift", O_WRONLY | O_TRUNC))"#),
    Attack("removing a file", says: "expected", #"try done("removed", unlink("FOLDER/Exercises01.swift"))"#),
    Attack(
      "renaming a folder", says: "expected", #"try done("renamed", rename("FOLDER", "FOLDER-gone"))"#),
    Attack(
      "starting a program", says: "expected",
      #"""
      var id: pid_t = 0
      try done("started", posix_spawn(&id, "/bin/sh", nil, nil, [nil], [nil]) == 0 ? 0 : -1)
      """#),
    Attack(
      "reading what the grader has open", says: "expected",
      #"""
      for descriptor in Int32(3)..<256 {
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { continue }
        try done("found", descriptor)
      }
      """#),
    Attack("changing who may read", says: "expected", #"try done("changed", chmod("FOLDER/Exercises01.swift", 0))"#),
    Attack(
      "leaving memory behind", says: "expected",
      #"""
      let shmget = unsafeBitCast(dlsym(nil, "shmget"), to: (@convention(c) (Int32, Int, Int32) -> Int32).self)
      try done("left", shmget(0, 4096, 0o1600))
      """#),
    Attack(
      "sending without a connection", says: "expected",
      #"try done("opened", socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))"#),
    Attack(
      "reading memory as a debugger does", says: "expected",
      #"""
      typealias Read = @convention(c) (pid_t, UnsafeRawPointer, UInt, UnsafeRawPointer, UInt, UInt) -> Int
      let read = unsafeBitCast(dlsym(nil, "process_vm_readv"), to: Read.self)
      var (from, to) = (UInt64(1), UInt64(0))
      let count = withUnsafeMutableBytes(of: &from) { a in
        withUnsafeMutableBytes(of: &to) { b in
          var (source, target) = (iovec(iov_base: a.baseAddress, iov_len: 8), iovec(iov_base: b.baseAddress, iov_len: 8))
          return read(getpid(), &target, 1, &source, 1, 0)
        }
      }
      try done("read", Int32(count))
      """#),
    Attack("killing the grader", says: "expected", #"try done("killed", kill(getppid(), SIGKILL))"#),
    // Linux answers this one with success when it was allowed to reach nobody.
    Attack("killing everybody", says: "expected", "kill(-1, SIGKILL)"),
    Attack(
      "calling home", says: "expected",
      #"""
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(9).bigEndian
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      // Refused by whom? Nobody listens there, but only a confined process is not even allowed to ask.
      try done("connected", result == 0 || errno == ECONNREFUSED ? 0 : -1)
      """#),
  ]

  @Test(.enabled(if: confines), arguments: outbreaks) func `there is no way out`(attack: Attack) throws {
    // Programs that this process starts inherit it.
    let opened = open(Place.package.appending(path: "README.md").path, O_RDONLY)
    defer { close(opened) }
    let said = try verdictOnAttack(
      """
      func done(_ deed: String, _ result: Int32) throws {
        struct Done: Error, CustomStringConvertible { let description: String }
        if result >= 0 { throw Done(description: deed) }
      }
      \(attack.body)
      return -1
      """, seconds: attack.seconds)
    #expect(said.contains(attack.says) && !said.contains("threw"))
  }

  /// Seconds of the processor that this thread has used.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Grades the right answers to lesson 01 but for one function, and returns what is said of that one.
  private func verdictOnAttack(_ body: String, seconds: Int) throws -> String {
    let scratch = try Scratch()
    let body = body.replacing("PACKAGE", with: Place.package.path).replacing("FOLDER", with: scratch.folder.path)
    let text = try RightAnswers.text(but: "energyCaptured", does: body)
    try scratch.write(text, to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    let (start, processorTime) = (ContinuousClock.now, Self.processorTime)
    let marks = try Grader(products: Place.products, seconds: seconds).marks(submission, lessons: [1])
    // What hangs, hangs for ever; the compiler alone may take 60 s.
    #expect(ContinuousClock.now - start < .seconds(seconds + 100))
    // Nothing keeps this thread busy, which reads what an answer prints: 20 MB of it take 0.8 s.
    #expect(Self.processorTime - processorTime < 2)
    #expect(try String(contentsOf: scratch.folder.appending(path: "Exercises01.swift"), encoding: .utf8) == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["Exercises01.swift"])
    for mark in marks where mark.exercise.function != "energyCaptured" { #expect(mark.verdict == .passed) }
    let attacked = try #require(marks.first { $0.exercise.function == "energyCaptured" })
    #expect(attacked.points == 0)
    return attacked.remarks().joined(separator: "\n")
  }
}
