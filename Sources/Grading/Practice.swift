import Exercises
import Foundation

/// Questions without what is expected of the answers, to give out: who answers them learns that the function compiles, returns,
/// and returns something of the right shape.
struct Practice {
  let function: String
  let signature: Signature
  /// What is asked, a result of the right shape, and whether all of a right one is finite.
  let questions: [(arguments: [Value], shape: Value, isFinite: Bool)]

  /// The shapes of `results`, which give nothing of them away.
  init(_ function: String, _ signature: Signature, questions: [(arguments: [Value], result: Value)]) {
    (self.function, self.signature) = (function, signature)
    self.questions = questions.map { ($0.arguments, $0.result.shape, $0.result.isFinite) }
  }

  /// As text, to be put into a source.
  var encoded: String {
    let parts: [Value] = [
      .list(signature.arguments.map(Value.text)), .list(signature.results.map(Value.text)),
      .list(questions.map { .list([.list($0.arguments), $0.shape, .truth($0.isFinite)]) }),
    ]
    return Data(Value.list(parts).bytes).base64EncodedString()
  }

  /// What ``encoded`` gave; `nil` for any other text.
  init?(_ function: String, encoded: String) {
    guard let data = Data(base64Encoded: encoded), case .list(let parts) = Value(bytes: Array(data)), parts.count == 3,
      let arguments = Practice.texts(parts[0]), let results = Practice.texts(parts[1]),
      case .list(let questions) = parts[2]
    else { return nil }
    self.function = function
    signature = Signature(arguments: arguments, results: results)
    self.questions = questions.compactMap { question in
      guard case .list(let parts) = question, parts.count == 3, case .list(let arguments) = parts[0],
        case .truth(let isFinite) = parts[2]
      else { return nil }
      return (arguments, parts[1], isFinite)
    }
  }

  private static func texts(_ value: Value) -> [String]? {
    guard case .list(let values) = value else { return nil }
    return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

extension Examination {
  /// An examination that asks what ``Practice/encoded`` holds.
  static func practice(_ function: String, _ encoded: String) -> Examination {
    Examination(function, isPractice: true) { student, _ in
      guard let practice = Practice(function, encoded: encoded) else {
        throw Verdict.failed("the questions for practice are damaged")
      }
      for (arguments, shape, isFinite) in practice.questions {
        let result = try student.ask(arguments, as: practice.signature)
        guard result.shape == shape else {
          throw Finding("the result", expected: shape.summary, got: result.shape.summary, property: .shape)
        }
        guard result.isFinite || !isFinite else { throw Finding("the result", property: .finite) }
      }
    }
  }
}

extension Value {
  /// The value with nothing in it but zeros.
  fileprivate var shape: Value {
    switch self {
    case .truth: .truth(false)
    case .integer: .integer(0)
    case .number: .number(0)
    case .text: .text("")
    case .list(let values): .list(values.map(\.shape))
    case .matrix(let matrix): .matrix(matrix.map { _ in 0 })
    }
  }

  fileprivate var isFinite: Bool {
    switch self {
    case .truth, .integer, .text: true
    case .number(let number): number.isFinite
    case .list(let values): values.allSatisfy(\.isFinite)
    case .matrix(let matrix): matrix.elements.allSatisfy(\.isFinite)
    }
  }

  /// `a 4 × 3 matrix`, `a list of 5`, `2`.
  var summary: String {
    switch self {
    case .truth(let truth): "\(truth)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .list(let values):
      values.count <= 3 ? "[\(values.map(\.summary).joined(separator: ", "))]" : "a list of \(values.count)"
    case .matrix(let matrix): "a \(matrix.rows) × \(matrix.columns) matrix"
    }
  }
}
