/// A command line, taken apart: flags, options with a value, and words without a dash.
///
/// A value stands after a space or after `=`.
package struct Arguments {
  /// What stands on the command line, in its order.
  package enum Item: Equatable {
    case flag(String)
    case value(String, for: String)
    case word(String)
  }

  package let items: [Item]

  /// Takes `arguments`, the command line without the program's name, apart.
  ///
  /// - Parameters:
  ///   - flags: the options that take no value, `--help`.
  ///   - valued: those that take one, `--seed`.
  ///   - program: whose `--help` the message for an unknown option refers to.
  /// - Throws: ``Failure`` with exit code 64.
  package init(
    _ arguments: [String], flags: Set<String>, valued: Set<String>, program: String
  ) throws(Failure) {
    var items: [Item] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        items.append(.word(argument))
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0]
      if flags.contains(name) {
        guard parts.count == 1 else { throw Failure("\(name) takes no value", code: .usage) }
        items.append(.flag(name))
        continue
      }
      guard valued.contains(name) else {
        throw Failure("unknown option '\(name)'; see: swift run \(program) --help", code: .usage)
      }
      let following = rest.first.flatMap { $0.hasPrefix("--") ? nil : $0 }
      guard let value = parts.count == 2 ? parts[1] : following, !value.isEmpty else {
        throw Failure("\(name) needs a value", code: .usage)
      }
      if parts.count == 1 { rest.removeFirst() }
      items.append(.value(value, for: name))
    }
    self.items = items
  }

  /// The whole number that `text`, the value of option `name`, spells.
  ///
  /// - Throws: ``Failure`` with exit code 64 unless it lies in `range`.
  package static func number<Number: FixedWidthInteger>(
    _ text: String, for name: String, in range: ClosedRange<Number>
  ) throws(Failure) -> Number {
    guard let number = Number(text), range.contains(number) else {
      throw Failure(
        "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'", code: .usage)
    }
    return number
  }
}
