import Exercises

/// An examination put to the test: a right answer that must get all points, and plausible wrong ones that must not.
///
/// ```swift
/// Trial("energyCaptured", energyCaptured) { mistake in
///   mistake("sums that are not of squares") { σ, k in σ.prefix(k).sum() / σ.sum() }
/// }
/// ```
struct Trial: Sendable {
  let function: String
  let reference: Answer
  let mistakes: [(name: String, answer: Answer)]

  /// Collects wrong answers, functions of the same type as the right one.
  final class Mistakes<Result, each Argument: Answerable> {
    fileprivate let function: String
    fileprivate var made: [(name: String, answer: Answer)] = []

    fileprivate init(_ function: String) { self.function = function }

    func callAsFunction(_ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> Result)
    where Result: Answerable {
      made.append((name, Answer(function, body)))
    }

    func callAsFunction<First: Answerable, Second: Answerable>(
      _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> (First, Second)
    ) where Result == (First, Second) {
      made.append((name, Answer(function, body)))
    }
  }

  init<each Argument: Answerable, Result: Answerable>(
    _ function: String, _ reference: @escaping @Sendable (repeat each Argument) throws -> Result,
    _ make: (Mistakes<Result, repeat each Argument>) -> Void
  ) {
    let mistakes = Mistakes<Result, repeat each Argument>(function)
    make(mistakes)
    self.function = function
    self.reference = Answer(function, reference)
    self.mistakes = mistakes.made
  }

  init<each Argument: Answerable, First: Answerable, Second: Answerable>(
    _ function: String, _ reference: @escaping @Sendable (repeat each Argument) throws -> (First, Second),
    _ make: (Mistakes<(First, Second), repeat each Argument>) -> Void
  ) {
    let mistakes = Mistakes<(First, Second), repeat each Argument>(function)
    make(mistakes)
    self.function = function
    self.reference = Answer(function, reference)
    self.mistakes = mistakes.made
  }

  static let all: [Trial] = [
    lesson00, lesson01, lesson02, lesson03, lesson04, lesson05, lesson06, lesson07, lesson08, lesson09, lesson10,
    lesson11, lesson12, lesson13, lesson14,
  ].flatMap { $0 }
}
