import Exercises

/// The one who is asked: the answer to one exercise, wherever its code runs.
///
/// ```swift
/// let B: Matrix<Double> = try student(A, k)
/// ```
public struct Student {
  private let respond: ([Value]) throws -> Reply

  /// A student whose code runs in this process.
  public init(_ answer: Answer) {
    respond = { answer.reply(to: $0) }
  }

  /// A student who replies to the values of a question by `respond`.
  package init(respond: @escaping ([Value]) throws -> Reply) { self.respond = respond }

  /// A student whose code runs in a process of its own.
  init(_ function: String, in process: AnsweringProcess) {
    respond = { try process.ask(function, $0) }
  }

  /// What the student's function returns.
  ///
  /// - Throws: ``Verdict`` if it does not.
  public func callAsFunction<each Argument: Answerable, Result: Answerable>(
    _ argument: repeat each Argument
  ) throws -> Result {
    let value = try ask(repeat each argument)
    guard let result = Result(value) else { throw Verdict.otherResult }
    return result
  }

  /// The two things that the student's function returns.
  ///
  /// - Throws: ``Verdict`` if it does not.
  public func callAsFunction<each Argument: Answerable, First: Answerable, Second: Answerable>(
    _ argument: repeat each Argument
  ) throws -> (First, Second) {
    let value = try ask(repeat each argument)
    guard case .list(let parts) = value, parts.count == 2, let first = First(parts[0]), let second = Second(parts[1])
    else { throw Verdict.otherResult }
    return (first, second)
  }

  private func ask<each Argument: Answerable>(_ argument: repeat each Argument) throws -> Value {
    var values: [Value] = []
    for argument in repeat each argument { values.append(argument.value) }
    switch try respond(values) {
    case .answered(let value): return value
    case .notAttempted: throw Verdict.notAttempted
    case .otherParameters:
      throw Verdict.failed("the function's parameters are not those of the exercise; put its first line back")
    case .threw(let error): throw Verdict.wrong(Finding("the function threw an error", got: error))
    }
  }
}

extension Verdict {
  fileprivate static let otherResult = Verdict.failed(
    "the function's result is not of the exercise's type; put its first line back")
}
