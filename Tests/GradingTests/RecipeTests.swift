import Exercises
import Foundation
import Grading
import Programs
import Testing

/// The recipes of `Sources/Grading/README.md`, run as far as this machine can.
@Suite("Recipes for instructors")
struct RecipeTests {
  private func recipes() throws -> String {
    try String(contentsOf: Place.package.appending(path: "Sources/Grading/README.md"), encoding: .utf8)
  }

  /// Elsewhere the recipe marks nobody, as it is meant to.
  private static let isConfined = (try? Grader(products: Place.products).confinement.missing) == []

  @Test(.enabled(if: isConfined)) func `run_autograder writes results for Gradescope`() throws {
    let readme = try recipes()
    let blocks = readme.split(separator: "```").filter { $0.contains("# run_autograder") }
    #expect(blocks.count == 1)
    let scratch = try Scratch()
    let script = try #require(blocks.first).drop { $0 != "\n" }.dropFirst()
      .replacing("/autograder/source/products", with: Place.products.path)
      .replacing("/autograder", with: scratch.folder.path)
    let file = try scratch.write(String(script), to: "run_autograder")
    try scratch.write(try RightAnswers.text(), to: "submission/Exercises01.swift")
    try scratch.write("", to: "results/stdout")
    try scratch.write("a secret", to: "source/secret")
    try scratch.write(#"{"id": 1, "created_at": "2026-11-29"}"#, to: "submission_metadata.json")
    let process = try ChildProcess(URL(filePath: "/bin/bash"), [file.path])
    let (output, errors) = process.drain()
    #expect(process.reap() == .exited(0))
    #expect(output.isEmpty && errors.isEmpty)

    struct Results: Decodable {
      struct Test: Decodable { let score: Int }
      let tests: [Test]
    }
    let data = try Data(contentsOf: scratch.folder.appending(path: "results/results.json"))
    let tests = try JSONDecoder().decode(Results.self, from: data).tests
    #expect(tests.count == Exercise.all.count)
    #expect(tests.reduce(0) { $0 + $1.score } == 10)
  }

  @Test func `the workflow for GitHub Classroom reports points as its reporter reads them`() throws {
    let line = try #require(try recipes().split(separator: "\n").first { $0.contains("points=$(") })
    let words = line.drop { $0 != "(" }.dropFirst().dropLast().split(separator: " ").map(String.init)
    let scratch = try Scratch()
    try scratch.write("", to: "submission/Package.swift")
    try scratch.write(
      try RightAnswers.text(but: "energyCaptured", does: "return 0"),
      to: "submission/lessons/01-svd-theorem/Exercises01.swift")
    let arguments = words.dropFirst().map { $0.hasPrefix("submission") ? "\(scratch.folder.path)/\($0)" : $0 }
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    let output = String(decoding: process.drain().output, as: UTF8.self)
    #expect(process.reap() == .exited(0))
    // As src/main.js and src/notify-classroom.js of autograding-grading-reporter have it.
    struct Results: Decodable {
      struct Test: Decodable { let name: String, status: String, score: Int }
      let status: String
      let max_score: Int
      let tests: [Test]
    }
    let data = try #require(Data(base64Encoded: output.trimmingCharacters(in: .newlines)))
    let results = try JSONDecoder().decode(Results.self, from: data)
    #expect(results.status == "pass" && results.max_score == Exercise.all.reduce(0) { $0 + $1.points })
    #expect(results.tests.reduce(0) { $0 + $1.score } == 9)
    #expect(results.tests.filter { $0.status == "pass" }.count == 4)
  }
}
