import Exercises
import Foundation
import Grading
import LinearAlgebra
import Programs
import Synchronization
import Testing

@testable import Grading

/// Reports say much of what was expected: it must be worth nothing at the next attempt.
@Suite("Reports are no oracle")
struct OracleTests {
  /// FIPS 180-4, the examples of NIST; and a million letters.
  @Test func `the digest is SHA-256`() {
    func hex(_ text: String) -> String { Digest.sha256(Array(text.utf8)).map { String(format: "%02x", $0) }.joined() }
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    // Lengths about the end of a block, by Python's hashlib.
    #expect(
      hex(String(repeating: "a", count: 55)) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318")
    #expect(
      hex(String(repeating: "a", count: 64)) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }

  @Test func `a seed depends on the secret, the attempt, and each file`() throws {
    let scratch = try Scratch()
    try scratch.write("a", to: "Exercises01.swift")
    try scratch.write("b", to: "Exercises02.swift")
    func seed(_ secret: String = "s", _ attempt: String = "1", lessons: [Int] = [1, 2]) throws -> UInt64 {
      try Submission(folder: scratch.folder, lessons: lessons).seed(secret: secret, attempt: attempt)
    }
    let first = try seed()
    #expect(try seed() == first)
    var seeds = [
      first, try seed("t"), try seed("s", "2"), try seed("s1", ""), try seed("", "s1"), try seed(lessons: [1]),
    ]
    try scratch.write("ab", to: "Exercises01.swift")
    try scratch.write("", to: "Exercises02.swift")
    seeds.append(try seed())
    #expect(Set(seeds).count == seeds.count)
  }

  @Test func `Gradescope's number and time of the submission tell attempts apart`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "submission/none")
    let folder = scratch.folder.appending(path: "submission")
    #expect(Submission.gradescopeAttempt(of: folder) == "")
    let metadata = #"{"id": 123456, "created_at": "2018-07-01T14:22:32.365935-07:00", "users": [{"id": 1234}]}"#
    try scratch.write(metadata, to: "submission_metadata.json")
    #expect(Submission.gradescopeAttempt(of: folder) == "123456 2018-07-01T14:22:32.365935-07:00")
  }

  /// Who has been told all right answers once, and gives them again in their order.
  @Test(arguments: Trial.all) func `right answers that are remembered are wrong for another seed`(trial: Trial) throws {
    let examination = try #require(Examination.all.first { $0.function == trial.function })
    let replies = Mutex([Reply]())
    let honest = Student { values in
      let reply = trial.reference.reply(to: values)
      replies.withLock { $0.append(reply) }
      return reply
    }
    #expect(examination.verdict(on: honest, seed: 1) == .passed)
    let known = replies.withLock { $0 }
    for seed: UInt64 in 2...6 {
      let count = Mutex(0)
      let parrot = Student { _ in
        count.withLock { count in
          defer { count += 1 }
          return known[count % known.count]
        }
      }
      #expect(examination.verdict(on: parrot, seed: seed, draws: 3).verdict != .passed, "seed \(seed)")
    }
  }

  @Test func `questions are drawn several times, first with the seed itself`() {
    let asked = Mutex([Double]())
    let examination = Examination("f") { student, draw in
      let x = draw.normals(1)[0]
      let y: Double = try student(x)
      try expect("y", y, equals: x)
    }
    func student(wrongAt wrong: Int) -> Student {
      asked.withLock { $0 = [] }
      return Student { values in
        let count = asked.withLock { asked in
          if case .number(let x) = values[0] { asked.append(x) }
          return asked.count
        }
        return .answered(count == wrong ? .number(1e9) : values[0])
      }
    }
    #expect(examination.verdict(on: student(wrongAt: 0), seed: 7, draws: 3).verdict == .passed)
    let all = asked.withLock { $0 }
    #expect(all.count == 3 && Set(all).count == 3)
    // The seed that is given back asks the same question again.
    let (verdict, seed) = examination.verdict(on: student(wrongAt: 2), seed: 7, draws: 3)
    #expect(verdict != .passed && seed != 7)
    _ = examination.verdict(on: student(wrongAt: 0), seed: seed)
    #expect(asked.withLock { $0 } == [all[1]])
  }

  @Test(arguments: Trial.all) func `a hint gives no figure away that was drawn`(trial: Trial) throws {
    let examination = try #require(Examination.all.first { $0.function == trial.function })
    for (_, answer) in trial.mistakes {
      guard case .wrong(let finding) = examination.verdict(on: Student(answer), seed: 3) else { continue }
      #expect(!finding.hint.contains(/\d\.\d/), "\(finding.hint)")
      if let expected = finding.expected, expected.contains(".") { #expect(!finding.hint.contains(expected)) }
    }
  }

  @Test func `the program draws with another seed for each attempt, and says as little as it is asked to`() throws {
    let scratch = try Scratch()
    let secret = try scratch.write("correct horse battery staple\n", to: "secret")
    func run(_ answer: String, _ more: String...) throws -> String {
      try scratch.write(
        try RightAnswers.text(but: "energyCaptured", does: "return \(answer)"), to: "s/Exercises01.swift")
      let process = try ChildProcess(
        Place.products.appending(path: "grade"),
        ["--exercise", "1.1", "--exercises", scratch.folder.appending(path: "s").path, "--secret", secret.path] + more)
      let said = process.drain()
      #expect(process.reap() == .exited(0))
      return String(decoding: said.output, as: UTF8.self)
    }
    let runs = [try run("0.123"), try run("0.1234"), try run("0.123")]
    #expect(runs[0] == runs[2] && runs[0] != runs[1] && runs[0].contains("expected"))
    let hint = try run("Double(k) * 0.125", "--feedback", "hint")
    #expect(hint.contains("the energy captured by k = 1 of σ = …: ") && !hint.contains("expected 0"), "\(hint)")
    #expect(try run("0.123", "--feedback", "marks").split(separator: "\n").last == "      wrong")
    let empty = try ChildProcess(
      Place.products.appending(path: "grade"),
      ["--secret", "/dev/null", "--exercises", scratch.folder.path, "--lesson", "1"])
    #expect(
      String(decoding: empty.drain().errors, as: UTF8.self).contains("no secret in") && empty.reap() == .exited(66))
  }
}
