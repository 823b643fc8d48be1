import Exercises
import Foundation
import Grading
import Programs
import Synchronization

/// Marks the submissions of a class, as many at once as there are processors, and writes what became of them into a folder: a
/// record and a report for each student, a table, and a summary. What is there already is not marked again.
struct ClassGrading {
  private let folder: URL
  private let output: URL
  private let options: Options
  private let exercises: [Exercise]
  private let grader: Grader

  /// How many exercises' time a student gets in all: who has an endless loop everywhere is not to keep others waiting.
  private static let budgetInExercises = 12

  init(_ folder: URL, _ options: Options, _ exercises: [Exercise], grader: Grader) {
    (self.folder, self.options, self.exercises, self.grader) = (folder, options, exercises, grader)
    let beside = URL(filePath: folder.absoluteURL.path).deletingLastPathComponent()
      .appending(path: "\(folder.lastPathComponent)-marks", directoryHint: .isDirectory)
    output = options.output ?? beside
  }

  func run(_ console: Console) throws -> ExitCode {
    let students = output.appending(path: "students")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing)
    }
    guard !output.absoluteURL.path.hasPrefix("\(folder.absoluteURL.path)/") else {
      throw Failure("--output is in the folder of the class, whose folders are students; name another", code: .usage)
    }
    try makeFolders()
    let unpacked = options.unpacks ? output.appending(path: "unpacked") : nil
    let folders = try ClassFolder(folder, unpackingTo: unpacked).students
    let secret = try secret()
    try grader.prove()
    let progress = Progress(of: folders.count, console)
    let results = Mutex([Int: Result<StudentRecord, any Error>]())
    DispatchQueue.concurrentPerform(iterations: folders.count) { index in
      let student = folders[index]
      let file = students.appending(path: "\(ClassFolder.fileName(of: student.name)).json")
      let result = Result { try record(of: student, in: file, secret: secret) }
      results.withLock { $0[index] = result }
      progress.count(student.name)
    }
    progress.end()
    let records = try results.withLock { results in try folders.indices.compactMap { try results[$0]?.get() } }
    let summary = ClassSummary(records, missingLayers: grader.confinement.missing)
    var replacement = Replacement()
    for (name, text) in [("marks.csv", summary.table), ("summary.txt", summary.text), ("summary.svg", summary.svg)] {
      try replacement.stage(text, for: output.appending(path: name))
    }
    try replacement.commit()
    try console.print(
      "\(summary.text)\nwritten: \(output.relativePath) (marks.csv, summary.txt, summary.svg, students)\n")
    return records.contains { $0.isUnfinished } ? .cannotMark : .done
  }

  private func makeFolders() throws(Failure) {
    try OutputFolder.make(output, marking: folder)
    for name in ["students", "unpacked"] { try OutputFolder.make(output.appending(path: name), marking: folder) }
  }

  /// What seeds are made of; if nobody has said, it is drawn, and kept for the next time.
  private func secret() throws -> String {
    if let seed = options.seed { return "\(seed)" }
    let file = options.secret ?? output.appending(path: "secret")
    if options.secret == nil, !FileManager.default.fileExists(atPath: file.path) {
      var generator = SystemRandomNumberGenerator()
      let words = (0..<4).map { _ in String(generator.next(), radix: 16) }
      var replacement = Replacement()
      try replacement.stage(words.joined() + "\n", for: file, isSecret: true)
      try replacement.commit()
    }
    return try Grade.secret(in: file)
  }

  /// The record of a student, from its file if nothing has changed since. What is there of marks is kept where no others can
  /// be given.
  private func record(of student: ClassFolder.Student, in file: URL, secret: String) throws -> StudentRecord {
    let kept = (try? Data(contentsOf: file)).flatMap(StudentRecord.read).flatMap { $0.name == student.name ? $0 : nil }
    func refused(_ failure: Failure, unfinished: Bool, _ record: StudentRecord) throws -> StudentRecord {
      var record = record
      if let kept, record.entries.isEmpty, !kept.entries.isEmpty { record = kept }
      (record.state, record.reason) = (.notGraded, failure.message)
      record.isUnfinished = unfinished || !record.entries.isEmpty
      try write(record, to: file)
      return record
    }
    let submission: Submission
    do {
      if let refusal = student.refusal { throw refusal }
      submission = try Submission(folder: student.folder, lessons: Set(Exercise.all.map(\.lesson)).sorted())
    } catch let failure as Failure {
      return try refused(failure, unfinished: failure.isOfMachine, StudentRecord(name: student.name, seed: 0))
    }
    let seed = submission.seed(secret: secret, attempt: student.name)
    var record = StudentRecord(name: student.name, seed: seed)
    if let kept, kept.seed == seed { record = kept }
    let marked = Set(record.entries.map(\.exercise))
    let wanted = exercises.filter { !marked.contains($0.name) || options.exercises.contains($0) }
    guard !wanted.isEmpty || record.isUnfinished else { return record }
    do {
      let marks = try grader.drawing(with: seed).marks(
        submission, exercises: wanted, budget: ClassGrading.budgetInExercises * options.seconds, atOnce: false)
      record.take(marks, feedback: options.feedback)
      record.isUnfinished = false
    } catch let failure as Failure {
      return try refused(failure, unfinished: true, record)
    }
    try write(record, to: file)
    return record
  }

  private func write(_ record: StudentRecord, to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var replacement = Replacement()
    try replacement.stage(
      record.text(missing: grader.confinement.missing), for: file.deletingPathExtension().appendingPathExtension("txt"))
    // The record comes last: whoever has one is not marked again, and gets no other report.
    try replacement.stage(String(decoding: try encoder.encode(record), as: UTF8.self) + "\n", for: file)
    try replacement.commit()
  }
}

/// How far a class has come, on a terminal.
private final class Progress: Sendable {
  private let total: Int
  private let console: Console
  private let done = Mutex(0)

  init(of total: Int, _ console: Console) { (self.total, self.console) = (total, console) }

  func count(_ name: String) {
    guard console.showsProgress else { return }
    done.withLock { done in
      done += 1
      console.printError("\r\u{1B}[K\(done) of \(total): \(name.printable.prefix(40))")
    }
  }

  func end() { if console.showsProgress { console.printError("\r\u{1B}[K") } }
}
