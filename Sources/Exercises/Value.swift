import LinearAlgebra

/// What is asked with and answered with: a number, a matrix, a list of them.
///
/// Values travel between the process that gives marks and the one that runs a student's code, bit for bit.
public indirect enum Value: Equatable, Sendable {
  case truth(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Value])
  case matrix(Matrix<Double>)
}

/// A type that an exercise may take or return: `Bool`, `Int`, `Double`, `Matrix<Double>`, and arrays of these.
public protocol Answerable: Sendable {
  init?(_ value: Value)
  var value: Value { get }
}

extension Bool: Answerable {
  public init?(_ value: Value) {
    guard case .truth(let truth) = value else { return nil }
    self = truth
  }
  public var value: Value { .truth(self) }
}

extension Int: Answerable {
  public init?(_ value: Value) {
    guard case .integer(let integer) = value else { return nil }
    self = integer
  }
  public var value: Value { .integer(self) }
}

extension Double: Answerable {
  public init?(_ value: Value) {
    guard case .number(let number) = value else { return nil }
    self = number
  }
  public var value: Value { .number(self) }
}

extension Array: Answerable where Element: Answerable {
  public init?(_ value: Value) {
    guard case .list(let values) = value else { return nil }
    self = []
    reserveCapacity(values.count)
    for value in values {
      guard let element = Element(value) else { return nil }
      append(element)
    }
  }
  public var value: Value { .list(map(\.value)) }
}

extension Matrix: Answerable where Element == Double {
  public init?(_ value: Value) {
    guard case .matrix(let matrix) = value else { return nil }
    self = matrix
  }
  public var value: Value { .matrix(self) }
}
