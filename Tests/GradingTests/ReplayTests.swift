import Exercises
import Foundation
import LinearAlgebra
import Programs
import Testing

@testable import Grading

@Suite("Questions asked again")
struct ReplayTests {
  @Test func `values are written as Swift has them, to the last bit`() {
    let third = 1.0 / 3
    #expect(Value.number(third).swift == "0.3333333333333333" && Value.number(-.infinity).swift == "-.infinity")
    #expect(Value.number(.nan).swift == ".nan" && Value.number(-0.0).swift == "-0.0" && Value.integer(-3).swift == "-3")
    #expect(Value.list([.integer(1), .truth(true)]).swift == "[1, true]")
    #expect(Value.matrix([[1, 2], [3, 4.5]]).swift == "[[1.0, 2.0], [3.0, 4.5]]")
    #expect(Value.matrix(Matrix(rows: 0, columns: 3)).swift == "Matrix(rows: 0, columns: 3)")
  }

  @Test func `parameters are known by their labels`() {
    let source = AnswerSource(
      #"""
      // func a(b: Int) {}
      let text = "func a(b: Int) { \(f({ 1 }()))" // }
      func a(_ x: (Int, Int), by k: [Int: Int] = [1: 2], σ: Double, _: Int) -> Int { 1 }
      struct S { func b(c: Int) {} }
      func b() {
        /* } /* } */ */ let s = """
          } "
          """
      }
      """#)
    #expect(source.functions.map(\.name) == ["a", "b"])
    #expect(source.functions.map(\.labels) == [["_", "by", "σ", "_"], []])
    #expect(source.functions.map(\.lines) == [3...3, 5...9])
  }

  /// A student's file that does not compile is looked at by this process, which marks the others too.
  @Test(.timeLimit(.minutes(1)))
  func `a file that ends too early, or only nests, or only has number signs, is passed over`() {
    let nested = "func a() {}\nlet s = " + String(repeating: #""\("#, count: 250_000) + "\nfunc b() {}"
    #expect(AnswerSource(nested).functions.map(\.name) == ["a"])
    let signs = String(repeating: "#", count: 500_000)
    #expect(AnswerSource("\(signs)\nfunc b() {}").functions.map(\.name) == ["b"])
    #expect(AnswerSource("let s = \(signs)\"\(signs.dropLast()) \\\(signs.dropLast())").functions.isEmpty)
    for end in ["func a", "func a(", "func a()", "func a() -> Int", "func", "func a() {", "func a(x: \"", "func a() #"]
    {
      #expect(AnswerSource("func b() {}\n\(end)").functions.map(\.name) == ["b"], "\(end)")
    }
    // What somebody may write is still read.
    let four = #"func f() { _ = "a\("b\("c\("d })")")")" }"# + "\nfunc g() {}"
    #expect(AnswerSource(four).functions.map(\.name) == ["f", "g"])
  }

  @Test func `what the examiner computes is not the student's time`() throws {
    let examination = Examination("f") { student, _ in
      for k in 0..<3 {
        let next: Int = try student(k)
        try expect("k", next, equals: k + 1)
        usleep(700_000)
      }
    }
    let grader = try Grader(products: Place.products)
    let program = try AnswerProgram(
      compiling: "func f(_ k: Int) -> Int { k + 1 }", name: "Exercises01.swift", examinations: [examination],
      in: grader.workshop, patience: 60)
    let process = try AnsweringProcess(program.image, in: grader.workshop, limits: .init(seconds: 1))
    #expect(examination.verdict(on: Student { try process.ask("f", $0) }, seed: 1) == .passed)
    #expect(process.used < .seconds(1))
  }

  /// The call that is printed is pasted behind the answers, and gets the answer that was told.
  @Test func `the call that is printed asks the question that failed`() throws {
    let scratch = try Scratch()
    let answers = try RightAnswers.text(but: "smallestRank", does: "let σ = SVD(A).σ; return σ.count { $0 > error }")
    try scratch.write(answers, to: "s/Exercises01.swift")
    let folder = scratch.folder.appending(path: "s")
    let marks = try Grader(products: Place.products, seed: 5).marks(
      Submission(folder: folder, lessons: [1]), lessons: [1])
    let failed = marks[1]
    let seed = try #require(failed.seed)
    guard case .wrong(let finding) = failed.verdict else {
      Issue.record("\(failed.verdict)")
      return
    }
    let process = try ChildProcess(
      Place.products.appending(path: "grade"), ["--replay", "1.2:\(seed)", "--exercises", folder.path])
    let text = String(decoding: process.drain().output, as: UTF8.self)
    #expect(process.reap() == .exited(0))
    let call = try #require(text.firstRange(of: "let answer = try smallestRank("))
    let pasted = answers + "\nfunc asked() throws -> Int {\n\(text[call.lowerBound...])  return answer\n}\n"
    let examination = Examination("asked") { student, _ in
      let answer: Int = try student(0)
      throw Finding("answer", got: "\(answer)")
    }
    let with = pasted.replacing("func asked()", with: "func asked(_ n: Int)")
    let grader = try Grader(products: Place.products)
    let program = try AnswerProgram(
      compiling: with, name: "Exercises01.swift", examinations: [examination], in: grader.workshop, patience: 60)
    #expect(program.lost.isEmpty, "\(program.lost)")
    let answering = try AnsweringProcess(program.image, in: grader.workshop, limits: .init(seconds: 20))
    let verdict = examination.verdict(on: Student { try answering.ask("asked", $0) }, seed: 1)
    #expect(verdict == .wrong(Finding("answer", got: finding.got)))
  }
}
