import Foundation
import LinearAlgebra

// What examinations expect of an answer. Each of these throws a ``Finding`` that names the subject if it finds something
// else. A number may deviate from the expected one by the tolerance times the largest magnitude among the expected
// numbers, or times 1 if that is larger. NaN is never right.

func expect(_ subject: String, _ got: Double, equals expected: Double, within tolerance: Double = 1e-10) throws {
  try compare([got], [expected], within: tolerance) { _ in subject }
}

func expect(_ subject: String, _ got: [Double], equals expected: [Double], within tolerance: Double = 1e-10) throws {
  guard got.count == expected.count else {
    throw Finding(subject, expected: "\(expected.count) numbers", got: "\(got.count)")
  }
  try compare(got, expected, within: tolerance) { "entry \($0) of \(subject)" }
}

func expect(
  _ subject: String, _ got: Matrix<Double>, equals expected: Matrix<Double>, within tolerance: Double = 1e-10
) throws {
  try expect(subject, got, hasRows: expected.rows, columns: expected.columns)
  try compare(got.elements, expected.elements, within: tolerance) {
    "entry (\($0 / expected.columns), \($0 % expected.columns)) of \(subject)"
  }
}

func expect(_ subject: String, _ got: Matrix<Double>, hasRows rows: Int, columns: Int) throws {
  guard got.rows == rows, got.columns == columns else {
    throw Finding(subject, expected: "a \(rows) × \(columns) matrix", got: "\(got.rows) × \(got.columns)")
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

func expect(_ subject: String, _ got: Double, isAtLeast bound: Double, within tolerance: Double = 1e-10) throws {
  guard got >= bound - tolerance * max(1, bound.magnitude) else {
    throw Finding(subject, expected: "at least \(short(bound))", got: short(got))
  }
}

private func compare(
  _ got: [Double], _ expected: [Double], within tolerance: Double, subject: (Int) -> String
) throws {
  let allowed = tolerance * max(1, expected.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 })
  let deviations = zip(got, expected).map { got, expected in
    // Equal infinities are right, and NaN is as wrong as can be.
    let deviation = got == expected ? 0 : (got - expected).magnitude
    return deviation.isNaN ? .infinity : deviation
  }
  guard let wrong = deviations.indices.max(by: { deviations[$0] < deviations[$1] }), deviations[wrong] > allowed else {
    return
  }
  let nine = (short(expected[wrong]), short(got[wrong]))
  let (right, answer) = nine.0 == nine.1 ? ("\(expected[wrong])", "\(got[wrong])") : nine
  throw Finding(subject(wrong), expected: right, got: answer, tolerance: String(format: "%.1g", allowed))
}

/// A number in up to nine significant digits.
private func short(_ number: Double) -> String {
  // The sign of NaN, which a C library prints, means nothing.
  number.isNaN ? "NaN" : String(format: "%.9g", number)
}
