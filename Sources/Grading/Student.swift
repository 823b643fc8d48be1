import Exercises

/// The one who is asked: the answer to one exercise, wherever its code runs.
///
/// ```swift
/// let B: Matrix<Double> = try student(A, k)
/// ```
public struct Student {
  private let respond: ([Value]) throws -> Reply
  /// Hears of the types of each question before it is asked.
  private var observe: (Signature) throws -> Void = { _ in }

  /// A student whose code runs in this process.
  public init(_ answer: Answer) {
    respond = { answer.reply(to: $0) }
  }

  /// A student who replies to the values of a question by `respond`.
  package init(respond: @escaping ([Value]) throws -> Reply) { self.respond = respond }

  /// A student who answers nothing; `observe` hears how the function is called, and throws.
  init(observe: @escaping (Signature) throws -> Void) {
    respond = { _ in .notAttempted }
    self.observe = observe
  }

  /// What the student's function returns.
  ///
  /// - Throws: ``Verdict`` if it does not.
  public func callAsFunction<each Argument: Answerable, Result: Answerable>(
    _ argument: repeat each Argument
  ) throws -> Result {
    let value = try ask(repeat each argument, returning: [Result.self])
    guard let result = Result(value) else { throw Verdict.otherResult }
    return result
  }

  /// The two things that the student's function returns.
  ///
  /// - Throws: ``Verdict`` if it does not.
  public func callAsFunction<each Argument: Answerable, First: Answerable, Second: Answerable>(
    _ argument: repeat each Argument
  ) throws -> (First, Second) {
    let value = try ask(repeat each argument, returning: [First.self, Second.self])
    guard case .list(let parts) = value, parts.count == 2, let first = First(parts[0]), let second = Second(parts[1])
    else { throw Verdict.otherResult }
    return (first, second)
  }

  private func ask<each Argument: Answerable>(
    _ argument: repeat each Argument, returning results: [Any.Type]
  ) throws -> Value {
    var values: [Value] = []
    var types: [Any.Type] = []
    for argument in repeat each argument {
      values.append(argument.value)
      types.append(type(of: argument))
    }
    return try ask(values, as: Signature(arguments: types.map { "\($0)" }, results: results.map { "\($0)" }))
  }

  /// What the student's function, which is of these types, makes of `values`.
  ///
  /// - Throws: ``Verdict`` if it does not return.
  func ask(_ values: [Value], as signature: Signature) throws -> Value {
    try observe(signature)
    switch try respond(values) {
    case .answered(let value): return value
    case .notAttempted: throw Verdict.notAttempted
    case .otherParameters:
      throw Verdict.failed("the function's parameters are not those of the exercise; put its first line back")
    // Of a process there is more to tell, and it does.
    case .outOfMemory: throw Verdict.failed("there was no memory for what the function wanted")
    case .threw(let error): throw Verdict.wrong(Finding("the function threw an error", got: error))
    }
  }
}

/// How an examination calls its function: with values of these types, for results of these.
struct Signature: Error, Equatable {
  /// In Swift: `Array<Double>`.
  let arguments: [String]
  let results: [String]

  /// The types as arguments of an ``Answer``: `from: Array<Double>.self, Int.self, to: Double.self`.
  var asArguments: String {
    func list(_ types: [String]) -> String { types.map { "\($0).self" }.joined(separator: ", ") }
    return "from: \(list(arguments)), to: \(list(results))"
  }
}

extension Verdict {
  fileprivate static let otherResult = Verdict.failed(
    "the function's result is not of the exercise's type; put its first line back")
}
