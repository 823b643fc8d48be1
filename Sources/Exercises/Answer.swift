/// A function that answers an exercise, ready to be asked with values.
public struct Answer: Sendable {
  /// The name of the exercise's function.
  public let function: String
  private let respond: @Sendable ([Value]) throws -> Value

  /// The answer `body` to the exercise called `function`, which is given arguments of these types and returns such a
  /// result: of several functions of one name, that one is meant.
  public init<each Argument: Answerable, Result: Answerable>(
    _ function: String, from argument: repeat (each Argument).Type, to result: Result.Type,
    _ body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) {
    self.init(function, body)
  }

  /// The same for an exercise that asks for two results.
  public init<each Argument: Answerable, First: Answerable, Second: Answerable>(
    _ function: String, from argument: repeat (each Argument).Type, to first: First.Type, _ second: Second.Type,
    _ body: @escaping @Sendable (repeat each Argument) throws -> (First, Second)
  ) {
    self.init(function, body)
  }

  /// The answer `body` to the exercise called `function`.
  public init<each Argument: Answerable, Result: Answerable>(
    _ function: String, _ body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) {
    self.function = function
    respond = { values in
      var values = Given(values)
      let result = try body(repeat values.next((each Argument).self))
      return result.value
    }
  }

  /// The answer `body` to an exercise that asks for two results.
  public init<each Argument: Answerable, First: Answerable, Second: Answerable>(
    _ function: String, _ body: @escaping @Sendable (repeat each Argument) throws -> (First, Second)
  ) {
    self.function = function
    respond = { values in
      var values = Given(values)
      let (first, second) = try body(repeat values.next((each Argument).self))
      return .list([first.value, second.value])
    }
  }

  /// What the function makes of `values`.
  public func reply(to values: [Value]) -> Reply {
    do {
      return .answered(try respond(values))
    } catch is Exercise.NotAttempted {
      return .notAttempted
    } catch is OtherParameters {
      return .otherParameters
    } catch {
      return .threw("\(error)")
    }
  }
}

/// What a function makes of a question.
public enum Reply: Sendable, Equatable {
  case answered(Value)
  case notAttempted
  /// The function does not take what its exercise gives.
  case otherParameters
  case threw(String)
  /// There was no memory for what the function wanted; this is its process's last word.
  case outOfMemory

  package var value: Value {
    switch self {
    case .answered(let value): .list([.text("answered"), value])
    case .notAttempted: .list([.text("not attempted")])
    case .otherParameters: .list([.text("other parameters")])
    case .threw(let error): .list([.text("threw"), .text(error)])
    case .outOfMemory: .list([.text("out of memory")])
    }
  }

  package init?(_ value: Value) {
    switch value {
    case .list(let parts) where parts.count == 2 && parts[0] == .text("answered"): self = .answered(parts[1])
    case .list([.text("not attempted")]): self = .notAttempted
    case .list([.text("other parameters")]): self = .otherParameters
    case .list([.text("out of memory")]): self = .outOfMemory
    case .list(let parts) where parts.count == 2 && parts[0] == .text("threw"):
      guard case .text(let error) = parts[1] else { return nil }
      self = .threw(error)
    default: return nil
    }
  }
}

/// The arguments of a question, taken one by one.
private struct Given {
  private var values: ArraySlice<Value>

  init(_ values: [Value]) { self.values = values[...] }

  mutating func next<Argument: Answerable>(_ type: Argument.Type) throws -> Argument {
    guard let value = values.popFirst(), let argument = Argument(value) else { throw OtherParameters() }
    return argument
  }
}

/// The function does not take what its exercise gives.
private struct OtherParameters: Error {}
