import Exercises
import Foundation
import Grading
import Testing

/// Right answers in files that are not as their author was given them; and what is wrong in a file costs itself only.
@Suite("Right answers in odd files")
struct FairnessTests {
  /// The marks of lesson 01 for `text`.
  private func marks(_ text: String) throws -> [Mark] {
    let scratch = try Scratch()
    try scratch.write(text, to: "Exercises01.swift")
    return try Grader(products: Place.products).marks(Submission(folder: scratch.folder, lessons: [1]), lessons: [1])
  }

  struct Oddity: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (String) -> String
  }

  private static let first = "func energyCaptured("

  /// What `change` makes of the right answers is right too.
  static let oddities = [
    Oddity(testDescription: "a helper of the same name for other values") {
      $0
        + "\nfunc energyCaptured(_ A: Matrix<Double>, by k: Int) throws -> Double { try energyCaptured(SVD(A).σ, by: k) }\n"
    },
    Oddity(testDescription: "a helper of the same name with fewer parameters") {
      $0 + "\nfunc energyCaptured(_ σ: [Double]) -> [Double] { σ.map { $0 * $0 } }\n"
    },
    Oddity(testDescription: "an old attempt in a comment") {
      "/* func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {\n  throw \n} /* and more */ */\n" + $0
    },
    Oddity(testDescription: "an old attempt in #if false") {
      "#if false\nfunc energyCaptured(_ σ: [Double], by k: Int) throws -> Double { retrun 1 }\n#endif\n" + $0
    },
    Oddity(testDescription: "a private function") { $0.replacing(first, with: "private " + first) },
    Oddity(testDescription: "a public function") { $0.replacing(first, with: "public " + first) },
    Oddity(testDescription: "a comment before it") { $0.replacing(first, with: "/* mine */ " + first) },
    Oddity(testDescription: "blanks and another line end") {
      $0.replacing(first, with: "func  energyCaptured (").replacing("\n", with: "\r\n")
    },
    Oddity(testDescription: "a byte-order mark") { "\u{FEFF}" + $0 },
    Oddity(testDescription: "any floating-point number") {
      $0.replacing(
        "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {",
        with: """
          func energyCaptured<T: FloatingPoint>(_ σ: [T], by k: Int) throws -> T {
            var (head, all): (T, T) = (0, 0)
            for (i, s) in σ.enumerated() { (head, all) = (head + (i < k ? s * s : 0), all + s * s) }
            return head / all
          }
          func other(_ σ: [Double], by k: Int) throws -> Double {
          """)
    },
    Oddity(testDescription: "a second attempt of the same type, left behind") {
      $0 + "\nfunc energyCaptured(_ σ: [Double], by k: Int) throws -> Double { 1 }\n"
    },
    Oddity(testDescription: "no imports that it does not need") {
      $0.replacing("import Exercises\n", with: "")
    },
    Oddity(testDescription: "threads") {
      $0.replacing(
        "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {",
        with: """
          func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {
            let squares = UnsafeMutableBufferPointer<Double>.allocate(capacity: σ.count)
            nonisolated(unsafe) let shared = squares
            DispatchQueue.concurrentPerform(iterations: σ.count) { shared[$0] = σ[$0] * σ[$0] }
            let done = DispatchSemaphore(value: 0)
            Thread { done.signal() }.start()
            done.wait()
            return squares.prefix(k).reduce(0, +) / squares.reduce(0, +)
          }
          func other(_ σ: [Double], by k: Int) throws -> Double {
          """
      ).replacing("import LinearAlgebra", with: "import LinearAlgebra\nimport Foundation")
    },
    Oddity(testDescription: "what Foundation has") {
      $0.replacing(
        "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {",
        with: """
          func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {
            let start = Date()
            let format = NumberFormatter().string(from: NSNumber(value: σ[0])) ?? ""
            let text = String(format: "%.3f %@ %d", σ[0], format, ProcessInfo.processInfo.activeProcessorCount)
            let numbers = try JSONDecoder().decode([Double].self, from: JSONEncoder().encode(σ))
            precondition(!text.isEmpty && Date() >= start && UUID() != UUID() && Double.random(in: 0..<1) < 1)
            usleep(100)
            return numbers.prefix(k).reduce(0) { $0 + pow($1, 2) } / numbers.reduce(0) { $0 + pow($1, 2) }
          }
          func other(_ σ: [Double], by k: Int) throws -> Double {
          """
      ).replacing("import LinearAlgebra", with: "import LinearAlgebra\nimport Foundation")
    },
  ]

  @Test(arguments: oddities) func `what is right is right however it is written`(oddity: Oddity) throws {
    let text = oddity.change(try RightAnswers.text())
    for mark in try marks(text) {
      #expect(mark.verdict == .passed, "\(mark.exercise.function): \(mark.remarks())")
    }
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The function that suffers.
    let function: String
    let says: String
    let change: @Sendable (String) -> String
  }

  static let damages = [
    Damage(
      testDescription: "a function that is missing", function: "energyCaptured",
      says: "no function energyCaptured in Exercises01.swift"
    ) { $0.replacing(first, with: "func energyCapturedOld(") },
    Damage(
      testDescription: "a function in a comment", function: "smallestRank",
      says: "no function smallestRank in Exercises01.swift: it is in a comment"
    ) { $0.replacing("func smallestRank(", with: "// func smallestRank(\nfunc smallestRankOld(") },
    Damage(
      testDescription: "a body that does not compile", function: "nearestOrthogonal", says: "cannot find 'nonsense'"
    ) {
      $0.replacing(
        "func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {\n",
        with:
          "func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {\n  let x = nonsense \"\\(1 + (2))}\" // }\n"
      )
    },
    Damage(
      testDescription: "a first line that does not compile", function: "energyCaptured",
      says: "cannot find type 'Dubble'"
    ) { $0.replacing("by k: Int) throws -> Double {", with: "by k: Int) throws -> Dubble {") },
  ]

  @Test(arguments: damages) func `a function that does not compile costs itself`(damage: Damage) throws {
    for mark in try marks(damage.change(try RightAnswers.text())) {
      if mark.exercise.function == damage.function {
        #expect(mark.points == 0 && mark.remarks().joined(separator: "\n").contains(damage.says), "\(mark.remarks())")
      } else {
        #expect(mark.verdict == .passed, "\(mark.exercise.function): \(mark.remarks())")
      }
    }
  }

  @Test func `a helper that does not compile costs those that call it`() throws {
    let text = try RightAnswers.text().replacing(
      "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {\n",
      with: "func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {\n  return helper(σ, k)\n")
    let marks = try marks(text + "\nfunc helper(_ σ: [Double], _ k: Int) -> Double {\n  nonsense(σ)\n}\n")
    #expect(marks.dropFirst().allSatisfy { $0.verdict == .passed })
    #expect(marks[0].remarks().joined(separator: "\n").contains("helper does not compile"), "\(marks[0].remarks())")
  }

  @Test func `a file that is called otherwise is named where it is missing`() throws {
    let scratch = try Scratch()
    try scratch.write(try RightAnswers.text(), to: "Exercises01.swift")
    try scratch.write("", to: "Exercises02.swift.txt")
    let submission = try Submission(folder: scratch.folder, lessons: [1, 2, 3])
    let marks = try Grader(products: Place.products).marks(submission, lessons: [1, 2, 3])
    let remarks = [2, 3].map { lesson in marks.first { $0.exercise.lesson == lesson }?.remarks() ?? [] }
    #expect(
      remarks[0] == [
        "no file Exercises02.swift (there is 'Exercises02.swift.txt'; save a plain file under the name above, to the letter)"
      ])
    #expect(remarks[1] == ["no file Exercises03.swift"])
  }
}
