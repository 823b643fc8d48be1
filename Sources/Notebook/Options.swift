import Foundation
import Programs

/// The options that every lesson has, and the raw values of its own knobs.
struct Options {
  static let defaultSeed: UInt64 = 1

  var seed = defaultSeed
  var output: URL?
  var data: URL?
  var threads: Int?
  var quiet = false
  var json = false
  var code = false
  var open = false
  var color = true
  var help = false
  /// Options that are not common to all lessons, in the order given: the lesson's knobs claim them by name.
  private(set) var unclaimed: [(name: String, value: String?)] = []

  /// Reads `arguments`, the command line without the program's name. Values stand after a space or after `=`.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/usage``.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument != "-" else {
        throw LessonFailure("unexpected argument '\(argument)'; options begin with '--'", code: .usage)
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      var inline = parts.count > 1 ? String(parts[1]) : nil
      func value() throws -> String {
        defer { inline = nil }
        if let inline, !inline.isEmpty { return inline }
        guard inline == nil, let next = rest.first, !next.isEmpty, !next.hasPrefix("--") else {
          throw LessonFailure("\(name) needs a value", code: .usage)
        }
        rest.removeFirst()
        return next
      }
      switch name {
      case "--help", "-h": help = true
      case "--quiet", "-q": quiet = true
      case "--json": json = true
      case "--code": code = true
      case "--open": open = true
      case "--no-color": color = false
      case "--seed": seed = try Options.number(try value(), for: name, in: 0...UInt64.max)
      case "--threads": threads = try Options.number(try value(), for: name, in: 1...1024)
      case "--output": output = URL(fileURLWithPath: try value(), isDirectory: true)
      case "--data": data = URL(fileURLWithPath: try value())
      default:
        unclaimed.append((name, try? value()))
      }
      if inline != nil { throw LessonFailure("\(name) takes no value", code: .usage) }
    }
  }

  /// Whether `--name` is an option that every lesson has, so that no knob can have it.
  static func isCommon(_ name: String) -> Bool { (try? Options(["--\(name)", "1"]))?.unclaimed.isEmpty ?? true }

  /// Takes the value of knob `--name`; the last one counts if it is given twice.
  ///
  /// - Throws: ``LessonFailure`` with ``ExitCode/usage`` if the option stands there without a value.
  mutating func claim(_ name: String) throws -> String? {
    let mine = unclaimed.filter { $0.name == "--\(name)" }
    unclaimed.removeAll { $0.name == "--\(name)" }
    guard let last = mine.last else { return nil }
    guard let value = last.value else { throw LessonFailure("--\(name) needs a value", code: .usage) }
    return value
  }

  /// The number that `text` spells.
  static func number<Number: LosslessStringConvertible & Comparable>(
    _ text: String, for name: String, in range: ClosedRange<Number>
  ) throws -> Number {
    guard let number = Number(text), range.contains(number) else {
      let kind = Number.self is any BinaryInteger.Type ? "a whole number" : "a number"
      throw LessonFailure(
        "\(name) takes \(kind) from \(range.lowerBound) to \(range.upperBound), not '\(text)'", code: .usage)
    }
    return number
  }
}

/// A number of a lesson's experiment that can be set on the command line.
struct Knob {
  let name: String
  let purpose: String
  let range: String
  let standard: String
  /// A value for the examples of `--help`.
  let example: String
  let value: String
  var turned: Bool { value != standard }
}
