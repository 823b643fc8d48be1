import Exercises
import Foundation
import Programs
import Synchronization
import Testing

@testable import Grading
@testable import grade

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `grade --class`: a folder for each student, of whom some have handed in oddities.
@Suite("A class")
struct ClassTests {
  private func grade(
    _ arguments: [String], environment: [String: String]? = nil
  ) throws -> (output: String, errors: String, end: ChildProcess.End) {
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments, environment: environment)
    let said = process.drain()
    return (String(decoding: said.output, as: UTF8.self), String(decoding: said.errors, as: UTF8.self), process.reap())
  }

  /// The lines of `marks.csv`, field by field (RFC 4180), by the first.
  private func table(_ scratch: Scratch) throws -> [String: [String]] {
    let text = try String(contentsOf: scratch.folder.appending(path: "out/marks.csv"), encoding: .utf8)
    let rows = text.split(separator: "\r\n").map { line in
      // A field is quoted, or holds neither quotation mark nor comma.
      line.matches(of: /(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/).map { match in
        match.1.map { String($0).replacing("\"\"", with: "\"") } ?? String(match.2 ?? "")
      }
    }
    return Dictionary(rows.map { ($0[0], $0) }) { first, _ in first }
  }

  private func arguments(_ scratch: Scratch, _ more: String...) -> [String] {
    [
      "--class", scratch.folder.appending(path: "class").path, "--output", scratch.folder.appending(path: "out").path,
      "--lesson", "1", "--timeout", "2",
    ] + more
  }

  @Test func `everybody is marked, and nobody costs another one anything`() throws {
    let scratch = try Scratch()
    let outside = try scratch.write("precious", to: "precious.txt")
    let wrong = try RightAnswers.text(
      but: "energyCaptured",
      does: "return 7 * Double(σ.prefix(k).reduce(0) { $0 + $1 * $1 } / σ.reduce(0) { $0 + $1 * $1 })")
    for name in ["alice", "=cmd|x", "\u{1B}[2Jmallory"] {
      try scratch.write(try RightAnswers.text(), to: "class/\(name)/Exercises01.swift")
    }
    for name in ["bob", "carol"] { try scratch.write(wrong, to: "class/\(name)/sub/Exercises01.swift") }
    try scratch.write(
      try RightAnswers.text(but: "nearestOrthogonal", does: "while true {}"), to: "class/dave/Exercises01.swift")
    try scratch.write("", to: "class/erin/notes.txt")
    try scratch.write(
      String(contentsOf: Place.package.appending(path: "lessons/01-svd-theorem/Exercises01.swift"), encoding: .utf8),
      to: "class/frank/Exercises01.swift")
    try scratch.write(String(repeating: "x", count: 1 << 21), to: "class/grace/Exercises01.swift")
    try FileManager.default.createSymbolicLink(
      at: scratch.folder.appending(path: "class/heidi"),
      withDestinationURL: scratch.folder.appending(path: "class/alice"))
    let run = try grade(arguments(scratch))
    #expect(run.end == .exited(0), "\(run)")
    let rows = try table(scratch)
    #expect(rows["student"] == ["student", "seed", "state", "reason", "points", "1.1", "1.2", "1.3", "1.4", "1.5"])
    func tail(_ name: String) -> [String] { Array((rows[name] ?? ["", "", "", ""]).dropFirst(2)) }
    let full = ["marked", "", "10", "1", "2", "2", "2", "3"]
    #expect(tail("alice") == full && tail("'=cmd|x") == full && tail(" [2Jmallory") == full)
    #expect(tail("bob") == ["marked", "", "9", "0", "2", "2", "2", "3"])
    #expect(tail("dave") == ["marked", "", "7", "1", "2", "2", "2", "0"])
    #expect(
      tail("erin")[0] == "could not be graded" && tail("erin")[1].hasPrefix("none of Exercises00.swift to ")
        && tail("erin").suffix(5) == ["", "", "", "", ""])
    #expect(tail("frank") == ["nothing attempted", "", "0", "0", "0", "0", "0", "0"])
    #expect(tail("grace") == ["marked", "", "0", "0", "0", "0", "0", "0"])
    #expect(tail("heidi").first == "could not be graded" && rows["heidi"]?[3].contains("is a link") == true)
    #expect(Set(["alice", "bob", "carol", "dave"].compactMap { rows[$0]?[1] }).count == 4)

    let summary = try String(contentsOf: scratch.folder.appending(path: "out/summary.txt"), encoding: .utf8)
    #expect(run.output.hasPrefix(summary))
    #expect(summary.contains("10 students: 7 marked"), "\(summary)")
    let lines = summary.split(separator: "\n")
    let order = lines.compactMap { $0.prefixMatch(of: /\s+(1\.\d)\s/).map { String($0.1) } }
    #expect(order == ["1.1", "1.5", "1.2", "1.3", "1.4"])
    #expect(
      lines.contains { $0.contains("2 × the energy captured by k = … of σ = …: ") && $0.contains("off by one factor") },
      "\(summary)")
    for name in ["=cmd|x", "alice"] {
      let report = try String(contentsOf: scratch.folder.appending(path: "out/students/\(name).txt"), encoding: .utf8)
      #expect(report.contains("together: 10 of 10 points"))
    }
    let reports = try FileManager.default.contentsOfDirectory(
      atPath: scratch.folder.appending(path: "out/students").path)
    #expect(reports.count == 20 && reports.allSatisfy { String($0.printable) == $0 })
    let svg = try Data(contentsOf: scratch.folder.appending(path: "out/summary.svg"))
    #expect(XMLParser(data: svg).parse())
    // Of the eight who are marked, four have 1.1 right, two wrong, one has no program and one no answer.
    let figure = String(decoding: svg, as: UTF8.self)
    let bars = figure.matches(of: /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="14"/).map { match in
      [match.2, match.1, match.3].compactMap { Int($0) }
    }
    #expect(
      bars.filter { $0[0] == 44 } == [[44, 190, 210], [44, 400, 105], [44, 505, 52], [44, 557, 53]], "\(figure)")
    #expect(Set(bars.map { $0[0] }.filter { $0 >= 44 }) == [44, 66, 88, 110, 132])
    #expect(figure.contains("viewBox=\"0 0 640 174\""))
    #expect(try String(contentsOf: outside, encoding: .utf8) == "precious")
    let modes = try FileManager.default.attributesOfItem(atPath: scratch.folder.appending(path: "out/secret").path)
    #expect(modes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `who is marked is not marked again, unless the answers are others; and one exercise can be`() throws {
    let scratch = try Scratch()
    for name in ["alice", "bob"] { try scratch.write(try RightAnswers.text(), to: "class/\(name)/Exercises01.swift") }
    #expect(try grade(arguments(scratch)).end == .exited(0))
    // What is there is believed: so it is seen that it was not made again.
    let record = scratch.folder.appending(path: "out/students/alice.json")
    let first = try String(contentsOf: record, encoding: .utf8)
    let marked = first.replacing("\"points\" : 2", with: "\"points\" : 1")
    try scratch.write(marked, to: "out/students/alice.json")
    #expect(try grade(arguments(scratch)).end == .exited(0))
    #expect(try table(scratch)["alice"]?[4] == "7" && table(scratch)["bob"]?[4] == "10")
    // But not what no exercise can have, whoever wrote it.
    for points in ["9223372036854775807", "-1", "3"] {
      try scratch.write(
        first.replacing("\"points\" : 2", with: "\"points\" : \(points)"), to: "out/students/alice.json")
      #expect(try grade(arguments(scratch)).end == .exited(0))
      #expect(try table(scratch)["alice"]?[4] == "10")
    }
    try scratch.write(marked, to: "out/students/alice.json")
    // One exercise is marked again and merged; the others are kept.
    #expect(try grade(arguments(scratch, "--exercise", "1.3")).end == .exited(0))
    #expect(try table(scratch)["alice"].map { Array($0.dropFirst(4)) } == ["8", "1", "1", "2", "1", "3"])
    #expect(try table(scratch)["bob"]?[4] == "10")
    // Other answers are marked, with another seed.
    let before = try table(scratch)["alice"]?[1]
    try scratch.write(
      try RightAnswers.text(but: "energyCaptured", does: "return 0"), to: "class/alice/Exercises01.swift")
    #expect(try grade(arguments(scratch)).end == .exited(0))
    #expect(try table(scratch)["alice"]?[4] == "9" && table(scratch)["alice"]?[1] != before)
  }

  @Test func `who has endless loops everywhere gets no more than a limit`() throws {
    let scratch = try Scratch()
    let loops = try RightAnswers.text().replacing(") throws ->", with: ") throws ->").replacing(
      /(func \w+\([^{]*\{\n)/
    ) { "\($0.1)  while true {}\n" }
    try scratch.write(String(loops), to: "class/slow/Exercises01.swift")
    try scratch.write(try RightAnswers.text(), to: "class/zoe/Exercises01.swift")
    let grader = try Grader(products: Place.products, seconds: 1)
    let marks = try grader.marks(
      Submission(folder: scratch.folder.appending(path: "class/slow"), lessons: [1]), exercises: Exercise.ofLesson(1),
      budget: 3, atOnce: false)
    let late = marks.filter { $0.remarks().joined().contains("not asked: the 3 s that a submission may take") }
    #expect(!late.isEmpty && marks.allSatisfy { $0.points == 0 })
  }

  /// Which the machine may lose to others, or to the compiler.
  @Test func `the limit is one of the time of the answers alone`() throws {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "Exercises01.swift")
    let isFirst = Mutex(true)
    let marks = try Grader(products: Place.products).marks(
      Submission(folder: scratch.folder, lessons: [1]), exercises: Exercise.ofLesson(1), budget: 4, atOnce: false,
      hearing: { _ in
        let isTime = isFirst.withLock { isFirst in
          defer { isFirst = false }
          return isFirst
        }
        if isTime { sleep(5) }
      })
    #expect(marks.allSatisfy { $0.verdict == .passed })
  }

  @Test(.enabled(if: access("/usr/bin/unzip", X_OK) == 0 && access("/usr/bin/zip", X_OK) == 0))
  func `zip files are unpacked, and reach nothing outside`() throws {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "a/work/Exercises01.swift")
    try scratch.write("escaped", to: "evil/Exercises01.swift")
    let script = """
      cd "$0"; mkdir -p class/bob
      (cd a && zip -q -r ../class/alice.zip . && zip -q -r ../class/bob/hand-in.zip .)
      (cd evil && mkdir deep && cd deep && zip -q ../../class/mallory.zip ../Exercises01.swift)
      mkdir link && ln -s "$0" link/out && (cd link && zip -q --symlinks ../class/trent.zip out)
      mkdir link/in && ln -s /etc/passwd link/in/Exercises01.swift
      (cd link && zip -q --symlinks ../class/trent.zip in/Exercises01.swift)
      printf broken > class/oscar.zip
      (cd a && zip -q -P password ../class/peggy.zip work/Exercises01.swift)
      mkdir -p class/eve victim link/bait/xercise.swift && printf x > link/bait/xercise.swift/bashrc
      mkdir link/hook && ln -s "$0/victim" link/hook/xercise.swift
      (cd link/hook && zip -q --symlinks ../../class/eve/1.zip xercise.swift)
      (cd link/bait && zip -q -r ../../class/eve/2.zip xercise.swift)
      head -c 50000000 /dev/zero > evil/Exercises02.swift && (cd evil && zip -q ../class/bomb.zip Exercises02.swift)
      """
    let process = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", script, scratch.folder.path])
    let said = process.drain()
    #expect(process.reap() == .exited(0), "\(String(decoding: said.errors, as: UTF8.self))")
    let run = try grade(arguments(scratch, "--unpack"))
    #expect(run.end == .exited(0), "\(run)")
    let rows = try table(scratch)
    #expect(rows["alice"]?[4] == "10" && rows["bob"]?[4] == "10", "\(rows)")
    // (The second of her zip files is to go through the link of the first.)
    for name in ["trent", "oscar", "peggy", "bomb", "eve"] { #expect(rows[name]?[4] == "0", "\(name): \(rows)") }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted() == [
        "a", "class", "evil", "link", "out", "victim",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.appending(path: "victim").path).isEmpty)
  }

  @Test(.enabled(if: access("/usr/bin/unzip", X_OK) == 0 && access("/usr/bin/zip", X_OK) == 0))
  func `marks that are there outlive what is nobody's fault`() throws {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "a/Exercises01.swift")
    try scratch.write("", to: "class/bob/notes.txt")
    let zip = try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", "cd \"$0\"/a && zip -q ../class/bob/hand-in.zip *", scratch.folder.path])
    _ = zip.drain()
    #expect(zip.reap() == .exited(0))
    func row() throws -> [String] { Array(try table(scratch)["bob", default: []].dropFirst(2)) }
    let full = ["marked", "", "10", "1", "2", "2", "2", "3"]
    let file = scratch.folder.appending(path: "out/students/bob.json")
    #expect(try grade(arguments(scratch, "--unpack")).end == .exited(0))
    #expect(try row() == full)
    // Without the option there is nothing to mark.
    #expect(try grade(arguments(scratch)).end == .exited(71))
    #expect(try row().first == "could not be graded" && row().dropFirst(2) == full.dropFirst(2))
    // A full disk, as `unzip` says it.
    try scratch.writeProgram("echo no room >&2; exit 50", to: "unzip")
    let environment = ProcessInfo.processInfo.environment
    let path = "\(scratch.folder.path):\(environment["PATH"] ?? "")"
    let run = try grade(arguments(scratch, "--unpack"), environment: environment.merging(["PATH": path]) { $1 })
    #expect(run.end == .exited(71), "\(run)")
    #expect(
      try row() == ["could not be graded", "the zip file cannot be unpacked: no room"] + full.dropFirst(2), "\(run)")
    // No `unzip` at all: nobody is touched.
    let before = try Data(contentsOf: file)
    let compiler = try Toolchain(products: Place.products).compiler
    try scratch.write("", to: "bin/none")
    try FileManager.default.createSymbolicLink(
      at: scratch.folder.appending(path: "bin/swiftc"), withDestinationURL: compiler)
    let bare = environment.merging(["PATH": scratch.folder.appending(path: "bin").path]) { $1 }
    let refused = try grade(arguments(scratch, "--unpack"), environment: bare)
    #expect(refused.end == .exited(71) && refused.errors.contains("no unzip in the folders of PATH"), "\(refused)")
    #expect(try Data(contentsOf: file) == before)
    #expect(try grade(arguments(scratch, "--unpack")).end == .exited(0))
    #expect(try row() == full)
  }

  @Test(arguments: [([1, 2], "1.5"), ([1, 3], "2"), ([3, 1, 2], "2"), ([4], "4"), ([0, 0, 2, 3], "1")])
  func `the median of an even number of students is the mean of those in the middle`(points: [Int], median: String) {
    let records = points.map { points in
      StudentRecord(
        name: "x", seed: 1,
        entries: [.init(exercise: "1.5", points: points, outcome: .right, failure: "", remarks: [], seconds: 0)])
    }
    let text = ClassSummary(records, missingLayers: []).text
    #expect(text.contains(" points the median has \(median), the least "), "\(text)")
  }

  @Test(arguments: [
    (["--class", "/nowhere/at/all"], Int32(66), "no folder"), (["--unpack"], 64, "--class"),
    (["--class", "/tmp", "--exercises", "/tmp"], 64, "--exercises"),
    (["--class", "/tmp", "--format", "json"], 64, "--format"),
    (["--class", "/tmp", "--replay", "1.3:7"], 64, "--replay"), (["--exercise", "1.9"], 64, "no exercise '1.9'"),
    (["--class", "/tmp", "--output", "/tmp/x"], 64, "in the folder of the class"),
    (["--seed", "1", "--secret", "x"], 64, "two ways"), (["--replay", "1.3"], 64, "1.3:7"),
    (["--feedback", "all"], 64, "full, hint, marks"),
  ])
  func `bad input is named`(arguments: [String], code: Int32, message: String) throws {
    let run = try grade(arguments)
    #expect(run.end == .exited(code) && run.output.isEmpty && run.errors.contains(message), "\(run)")
  }
}
