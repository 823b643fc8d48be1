import Exercises
import Foundation
import LinearAlgebra

// What examinations expect of an answer. Each of these throws a ``Finding`` that names the subject if it finds something
// else. A number may deviate from the expected one by the tolerance times the largest magnitude among the expected
// numbers, or times 1 if that is larger. NaN is never right. The tolerance is ``Exercise/tolerance`` unless the exercise's
// statement names a larger one.

func expect(_ subject: String, _ got: Double, equals expected: Double, within tolerance: Double = Exercise.tolerance)
  throws
{
  try compare([got], [expected], within: tolerance) { _ in subject }
}

func expect(
  _ subject: String, _ got: [Double], equals expected: [Double], within tolerance: Double = Exercise.tolerance
) throws {
  guard got.count == expected.count else {
    throw Finding(subject, expected: "\(expected.count) numbers", got: "\(got.count)", property: .shape)
  }
  try compare(got, expected, within: tolerance) { "entry \($0) of \(subject)" }
}

func expect(
  _ subject: String, _ got: Matrix<Double>, equals expected: Matrix<Double>,
  within tolerance: Double = Exercise.tolerance
) throws {
  try expect(subject, got, hasRows: expected.rows, columns: expected.columns)
  try compare(got.elements, expected.elements, within: tolerance, columns: expected.columns) {
    "entry (\($0 / expected.columns), \($0 % expected.columns)) of \(subject)"
  }
}

func expect(_ subject: String, _ got: Matrix<Double>, hasRows rows: Int, columns: Int) throws {
  guard got.rows == rows, got.columns == columns else {
    let property: Finding.Property = got.rows == columns && got.columns == rows ? .transposed : .shape
    throw Finding(
      subject, expected: "a \(rows) × \(columns) matrix", got: "\(got.rows) × \(got.columns)", property: property)
  }
}

func expect(_ subject: String, _ got: Int, equals expected: Int) throws {
  guard got == expected else { throw Finding(subject, expected: "\(expected)", got: "\(got)") }
}

func expect(_ subject: String, _ got: [Int], equals expected: [Int]) throws {
  guard got == expected else {
    throw Finding(subject, expected: "\(expected)", got: got.count > 20 ? "\(got.count) numbers" : "\(got)")
  }
}

func expect(_ subject: String, _ got: Bool, equals expected: Bool) throws {
  guard got == expected else { throw Finding(subject, expected: "\(expected)", got: "\(got)") }
}

func expect(_ subject: String, _ got: Double, isAtLeast bound: Double, within tolerance: Double = Exercise.tolerance)
  throws
{
  guard got >= bound - tolerance * max(1, bound.magnitude) else {
    throw Finding(subject, expected: "at least \(short(bound))", got: short(got))
  }
}

private func compare(
  _ got: [Double], _ expected: [Double], within tolerance: Double, columns: Int? = nil, subject: (Int) -> String
) throws {
  let allowed = allowance(tolerance, for: expected)
  guard let wrong = mostWrong(got, expected, allowed: allowed) else { return }
  let nine = (short(expected[wrong]), short(got[wrong]))
  let (right, answer) = nine.0 == nine.1 ? ("\(expected[wrong])", "\(got[wrong])") : nine
  throw Finding(
    subject(wrong), expected: right, got: answer, tolerance: String(format: "%.1g", allowed),
    property: property(of: got, expected, within: tolerance, columns: columns))
}

private func allowance(_ tolerance: Double, for expected: [Double]) -> Double {
  tolerance * max(1, expected.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 })
}

/// The entry that is most wrong; `nil` if all are right.
private func mostWrong(_ got: [Double], _ expected: [Double], allowed: Double) -> Int? {
  let deviations = zip(got, expected).map { got, expected in
    // Equal infinities are right, and NaN is as wrong as can be.
    let deviation = got == expected ? 0 : (got - expected).magnitude
    return deviation.isNaN ? .infinity : deviation
  }
  let wrong = deviations.indices.max { deviations[$0] < deviations[$1] }
  return wrong.flatMap { deviations[$0] > allowed ? $0 : nil }
}

/// What an answer that is wrong has in common with the right one, or lacks of it.
private func property(
  of got: [Double], _ expected: [Double], within tolerance: Double, columns: Int?
) -> Finding.Property? {
  if zip(got, expected).contains(where: { !$0.isFinite && $1.isFinite }) { return .finite }
  guard let largest = expected.indices.max(by: { expected[$0].magnitude < expected[$1].magnitude }),
    expected[largest] != 0, expected[largest].isFinite
  else { return nil }
  /// Whether the answer would be right if `other` were expected.
  func isRight(_ other: [Double]) -> Bool { mostWrong(got, other, allowed: allowance(tolerance, for: other)) == nil }
  let factor = got[largest] / expected[largest]
  if factor != 0, isRight(expected.map { factor * $0 }) { return factor == -1 ? .sign : .factor(factor) }
  guard let columns, columns > 1, expected.count == columns * columns else { return nil }
  func transposed(_ A: [Double]) -> [Double] { A.indices.map { A[$0 % columns * columns + $0 / columns] } }
  if isRight(transposed(expected)) { return .transposed }
  let allowed = allowance(tolerance, for: expected)
  let isSymmetric = mostWrong(transposed(expected), expected, allowed: allowed) == nil
  return isSymmetric && mostWrong(transposed(got), got, allowed: allowed) != nil ? .symmetric : nil
}

/// A number in up to nine significant digits.
func short(_ number: Double) -> String {
  // The sign of NaN, which a C library prints, means nothing.
  number.isNaN ? "NaN" : String(format: "%.9g", number)
}
