import Testing

/// A formula and the line of Unicode it is rendered as.
struct FormulaAndLine: Sendable, CustomTestStringConvertible {
  var formula: String
  var line: String

  var testDescription: String { formula }
}

/// The pairs of a table in which a formula stands on one line and its rendering on the next.
func pairs(_ table: String) -> [FormulaAndLine] {
  let lines = table.split(separator: "\n").map { line in String(line.drop { $0 == " " }) }
  return stride(from: 0, to: lines.count - 1, by: 2).map { FormulaAndLine(formula: lines[$0], line: lines[$0 + 1]) }
}
