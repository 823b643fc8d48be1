import Exercises
import Foundation
import LinearAlgebra
import Programs
import Synchronization

extension Grader {
  /// The marks of `exercises`, after ``prove()``; on two processors that takes no longer than the marks alone.
  public func provenMarks(_ submission: Submission, exercises: [Exercise]) throws -> [Mark] {
    let proof = Mutex(Result<Void, any Error>.success(()))
    let marks = Mutex(Result<[Mark], any Error>.success([]))
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let result = Result { try prove() }
        proof.withLock { $0 = result }
      } else {
        let result = Result { try self.marks(submission, exercises: exercises) }
        marks.withLock { $0 = result }
      }
    }
    try proof.withLock { try $0.get() }
    return try marks.withLock { try $0.get() }
  }

  /// Marks an answer that is known to be right: who cannot give it full marks would do wrong to everybody.
  ///
  /// - Throws: ``Failure`` with exit code 71 and the reason.
  public func prove() throws {
    let text = """
      import Exercises
      import Foundation
      import LinearAlgebra

      func proof(_ A: Matrix<Double>, _ x: [Double]) throws -> (y: [Double], normsAbove: Int) {
        (A * x, (0..<A.rows).count { sqrt(A.row($0).reduce(0) { $0 + $1 * $1 }) > 1 })
      }
      """
    let examination = Examination("proof") { student, draw in
      let (A, x) = (draw.matrix(5, 3), draw.normals(3))
      let (y, normsAbove): ([Double], Int) = try student(A, x)
      try expect("Ax", y, equals: (0..<5).map { i in (0..<3).reduce(0) { $0 + A[i, $1] * x[$1] } })
      try expect("the rows longer than 1", normsAbove, equals: (0..<5).count { dot(A.row($0), A.row($0)) > 1 })
    }
    func refuse(_ reason: String) -> Failure {
      Failure("nobody is marked, because a right answer could not be: \(reason)", code: .cannotMark)
    }
    do {
      let program = try AnswerProgram(
        compiling: text, name: "Proof.swift", examinations: [examination], in: workshop, patience: patience)
      if let lost = program.lost["proof"] { throw lost }
      let process = try AnsweringProcess(program.image, in: workshop, limits: .init(seconds: max(seconds, 10)))
      let verdict = examination.verdict(on: Student { try process.ask("proof", $0) }, seed: seed)
      if let reason = process.whyNotStarted { throw refuse(reason) }
      if verdict != .passed { throw verdict }
    } catch let verdict as Verdict {
      let mark = Mark(exercise: Exercise.all[0], verdict: verdict)
      throw refuse(mark.remarks(.hint).joined(separator: "\n"))
    }
  }
}
