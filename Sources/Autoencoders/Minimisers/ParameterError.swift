/// An option outside its valid range.
public struct ParameterError: Error, Equatable, CustomStringConvertible {
  /// What was set.
  public let name: String
  /// The value it was set to.
  public let value: String
  /// The values it can take.
  public let range: String

  public init(_ name: String, _ value: some CustomStringConvertible, mustBe range: String) {
    self.name = name
    self.value = value.description
    self.range = range
  }

  public var description: String { "\(name) is \(value), but must be \(range)" }

  /// Throws unless `value` satisfies `isValid`.
  static func check<Value: CustomStringConvertible>(
    _ name: String, _ value: Value, _ range: String, _ isValid: (Value) -> Bool
  ) throws(ParameterError) {
    guard isValid(value) else { throw ParameterError(name, value, mustBe: range) }
  }
}
