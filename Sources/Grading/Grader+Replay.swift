import Exercises
import Foundation
import LinearAlgebra
import Programs
import Synchronization

extension Grader {
  /// Asks the questions of `exercise` that are drawn with the grader's seed, until one is answered wrong.
  ///
  /// - Returns: the mark, and the last question as a call in Swift; no call if nothing was asked.
  /// - Throws: ``Failure`` if that cannot be done here.
  public func replay(_ exercise: Exercise, of submission: Submission) throws -> (mark: Mark, call: String?) {
    let asked = Mutex([Value]?.none)
    let one = Grader(self, draws: 1)
    let mark = try one.marks(submission, exercises: [exercise], hearing: { values in asked.withLock { $0 = values } })[
      0]
    let file = submission.files[exercise.lesson]
    let text = (try? file.map(AnswerProgram.text)) ?? ""
    let labels = AnswerSource(text).functions.first { $0.name == exercise.function }?.labels ?? []
    let call = asked.withLock { $0 }.map { values in
      let arguments = values.enumerated().map { index, value in
        let label = labels.indices.contains(index) && labels[index] != "_" ? "\(labels[index]): " : ""
        return "  \(label)\(value.swift)"
      }
      return "let answer = try \(exercise.function)(\n\(arguments.joined(separator: ",\n")))"
    }
    return (mark, call)
  }
}

extension Value {
  /// The value as it is written in Swift, to the last bit.
  var swift: String {
    switch self {
    case .truth(let truth): "\(truth)"
    case .integer(let integer): "\(integer)"
    case .number(let number): Value.swift(number)
    case .text(let text): text.debugDescription
    case .list(let values): "[\(values.map(\.swift).joined(separator: ", "))]"
    case .matrix(let matrix):
      matrix.elements.isEmpty
        ? "Matrix(rows: \(matrix.rows), columns: \(matrix.columns))"
        : "[\((0..<matrix.rows).map { "[\(matrix.row($0).map(Value.swift).joined(separator: ", "))]" }.joined(separator: ", "))]"
    }
  }

  private static func swift(_ number: Double) -> String {
    number.isNaN ? ".nan" : number.isInfinite ? (number < 0 ? "-.infinity" : ".infinity") : "\(number)"
  }
}
