import Exercises
import Foundation
import LinearAlgebra
import Programs
import Testing

@testable import Grading

/// `grade --student-edition`: what is given out.
@Suite("The student edition")
struct StudentEditionTests {
  private func grade(_ arguments: [String]) throws -> (said: String, end: ChildProcess.End) {
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    let said = process.drain()
    return (String(decoding: said.output + said.errors, as: UTF8.self), process.reap())
  }

  @Test func `an examination for practice knows shapes and nothing else`() throws {
    let signature = Signature(arguments: ["Int"], results: ["Matrix<Double>", "Array<Double>"])
    let result = Value.list([.matrix([[7, 8], [9, 10]]), [1.5, 2.5].value])
    let practice = Practice("f", signature, questions: [([.integer(3)], result)])
    #expect(practice.questions[0].shape == .list([.matrix([[0, 0], [0, 0]]), [0.0, 0.0].value]))
    let examination = Examination.practice("f", practice.encoded)
    #expect(examination.signature == signature && examination.isPractice)
    func verdict(_ A: Matrix<Double>, _ x: [Double]) -> Verdict {
      examination.verdict(on: Student { _ in .answered(.list([.matrix(A), x.value])) }, seed: 1)
    }
    #expect(verdict([[1, 2], [3, 4]], [5, 6]) == .passed)
    #expect(verdict([[1, 2], [3, .nan]], [5, 6]) == .wrong(Finding("the result", property: .finite)))
    guard case .wrong(let finding) = verdict([[1, 2]], [5, 6]) else {
      Issue.record("another shape was taken")
      return
    }
    #expect(finding.property == .shape)
    #expect(Practice("f", encoded: "x") == nil && Practice("f", encoded: "") == nil)
  }

  /// The text of every file in `folder` and below.
  private func texts(in folder: URL) throws -> [(path: String, text: String)] {
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    return paths.compactMap { path in
      (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)).map { (path, $0) }
    }
  }

  @Test func `what is left of an interrupted run is not given out, nor removed`() throws {
    let scratch = try Scratch()
    try scratch.write("own", to: "edition.unfinished/notes")
    let run = try grade(["--student-edition", scratch.folder.appending(path: "edition").path])
    #expect(run.end == .exited(73) && run.said.contains("edition.unfinished is left of a run that was interrupted"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["edition.unfinished"])
  }

  @Test func `nothing is in it that students are not to read`() throws {
    let scratch = try Scratch()
    let edition = scratch.folder.appending(path: "edition")
    let run = try grade(["--student-edition", edition.path])
    #expect(run.end == .exited(0), "\(run.said)")
    let files = try texts(in: edition)
    #expect(files.count > 100)
    // No line of a right answer, a plausible mistake or an examination that is long enough to be one of these only.
    let secrets = ["Tests/GradingTests/References", "Tests/GradingTests/Trials", "Sources/Grading/Lessons"]
    let own = try secrets.flatMap { try texts(in: Place.package.appending(path: $0)) }
    #expect(own.count >= 33)
    let known = Set(
      own.flatMap { $0.text.split(separator: "\n") }.map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0.count > 60 && !$0.hasPrefix("//") && !$0.hasPrefix("func ") })
    // What students read in any case, and what an answer may therefore look like: the library, the lessons, their pages.
    let open = files.filter { path, _ in
      ["lessons/", "Outputs/", "Sources/Autoencoders/", "Sources/LinearAlgebra/"].contains { path.hasPrefix($0) }
        && !path.contains("/Exercises")
    }
    #expect(open.count > 100)
    for (path, text) in files where !open.contains(where: { $0.path == path }) {
      // Parameters of the functions stand in the stubs as they stand in the answers.
      for line in text.split(separator: "\n") where known.contains(line.trimmingCharacters(in: .whitespaces)) {
        #expect(line.contains(": ") && !line.contains("="), "\(path): \(line)")
      }
    }
    let names = files.map(\.path)
    #expect(names.contains("Sources/Grading/Examination+Practice.swift") && names.contains("README.md"))
    #expect(names.contains("Tests/GradingTests/LessonSuites.swift") && names.contains("Package.swift"))
    let withheld = names.filter {
      $0.contains("GradingTests/References") || $0.contains("GradingTests/Trial") || $0.hasPrefix(".build")
    }
    #expect(withheld.isEmpty, "\(withheld)")
    let examination = try #require(files.first { $0.path == "Sources/Grading/Examination.swift" }).text
    #expect(examination.contains("public static let all = practice\n") && !examination.contains("lesson00"))
    // The questions of each exercise are there, and the right answers answer them.
    let source = try #require(files.first { $0.path.hasSuffix("Examination+Practice.swift") }).text
    let found = source.matches(of: /\.practice\(\n +"(\w+)",\n +"([^"]+)"\)/)
    #expect(found.map { String($0.1) } == Exercise.all.map(\.function))
    for match in found {
      let trial = try #require(Trial.all.first { $0.function == match.1 })
      let examination = Examination.practice(String(match.1), String(match.2))
      #expect(examination.verdict(on: Student(trial.reference), seed: 1) == .passed)
    }
  }

  @Test func `an edition does not hide another folder, and holds no answer of the instructor's`() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "there")
    let run = try grade(["--student-edition", scratch.folder.path])
    #expect(run.end == .exited(73) && run.said.contains("is not empty"))
  }
}
