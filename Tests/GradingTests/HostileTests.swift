import Exercises
import Foundation
import Grading
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
    /// How long the grader waits for an answer.
    let seconds: Int

    init(_ name: String, says: String, within seconds: Int = 2, _ body: String) {
      (testDescription, self.body, self.says, self.seconds) = (name, body, says, seconds)
    }
  }

  static let attacks = [
    Attack("an endless loop", says: "no answer within 2 s", "while true {}"),
    Attack("endless sleep", says: "no answer within 2 s", "sleep(1000); return 0"),
    Attack(
      "deaf to signals", says: "no answer within 2 s",
      "for s in [SIGTERM, SIGINT, SIGHUP, SIGXCPU] { signal(s, SIG_IGN) }; while true {}"),
    Attack("a trap", says: "crashed", "return [1.0][k + 9]"),
    Attack("a fatal error with an escape sequence", says: "[2Jgone", #"fatalError("\u{1B}[2Jgone")"#),
    Attack(
      "endless recursion", says: "crashed",
      "func f(_ n: Int) -> Int { n &+ f(n &+ 1) &+ f(n) }; return Double(f(k))"),
    Attack(
      "all the memory", says: "crashed", within: 20,
      "while true { memset(malloc(1 << 26), 1, 1 << 26) }"),
    Attack(
      "one matrix that does not fit", says: "crashed",
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

  /// Grades the right answers to lesson 01 but for one function, and returns what is said of that one.
  private func verdictOnAttack(_ body: String, seconds: Int) throws -> String {
    let scratch = try Scratch()
    let body = body.replacing("PACKAGE", with: Place.package.path).replacing("FOLDER", with: scratch.folder.path)
    let text = try RightAnswers.text(but: "energyCaptured", does: body)
    try scratch.write(text, to: "Exercises01.swift")
    let submission = try Submission(folder: scratch.folder, lessons: [1])
    let start = ContinuousClock.now
    let marks = try Grader(products: Place.products, seconds: seconds).marks(submission, lessons: [1])
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(try String(contentsOf: scratch.folder.appending(path: "Exercises01.swift"), encoding: .utf8) == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["Exercises01.swift"])
    for mark in marks where mark.exercise.function != "energyCaptured" { #expect(mark.verdict == .passed) }
    let attacked = try #require(marks.first { $0.exercise.function == "energyCaptured" })
    #expect(attacked.points == 0)
    return attacked.remarks.joined(separator: "\n")
  }
}
