import Exercises
import Foundation
import Programs
import Testing

/// The recipes of the README, run as far as this machine can.
@Suite("Recipes for instructors")
struct RecipeTests {
  @Test func `run_autograder writes results for Gradescope`() throws {
    let readme = try String(contentsOf: Place.package.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.split(separator: "```").filter { $0.contains("# run_autograder") }
    #expect(blocks.count == 1)
    let scratch = try Scratch()
    let script = try #require(blocks.first).drop { $0 != "\n" }.dropFirst()
      .replacing("/autograder/source/course/.build/debug", with: Place.products.path)
      .replacing("/autograder", with: scratch.folder.path)
    let file = try scratch.write(String(script), to: "run_autograder")
    try scratch.write(try RightAnswers.text(), to: "submission/Exercises01.swift")
    try scratch.write("", to: "results/stdout")
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

  @Test func `the workflow for GitHub Classroom calls grade with options that it has`() throws {
    let readme = try String(contentsOf: Place.package.appending(path: "README.md"), encoding: .utf8)
    let line = try #require(
      readme.split(separator: "\n").first { $0.contains("swift run --package-path course grade") })
    let words = line.split(separator: " ").map(String.init)
    let first = try #require(words.firstIndex(of: "grade"))
    let scratch = try Scratch()
    try scratch.write("", to: "submission/Package.swift")
    try scratch.write(try RightAnswers.text(), to: "submission/lessons/01-svd-theorem/Exercises01.swift")
    let arguments = words[(first + 1)...].map { $0.hasPrefix("submission") ? "\(scratch.folder.path)/\($0)" : $0 }
    let process = try ChildProcess(Place.products.appending(path: "grade"), arguments)
    _ = process.drain()
    // Lesson 01 alone is not enough to pass.
    #expect(process.reap() == .exited(1))
  }
}
