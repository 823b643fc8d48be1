import Foundation
import Testing

/// Something that reads what it cannot trust, and what has to hold of it whatever it reads.
struct Reader: Sendable, CustomTestStringConvertible {
  let name: String
  /// How many inputs an ordinary test reads.
  var usual = 1000
  /// Makes an input by chance, lets it be read, and says how long it was; throws ``Broken`` if something does not hold.
  let read: @Sendable (inout Chance) throws -> Int

  var testDescription: String { name }

  static let all = [
    idx, gzip, csv, folder, network, rangeCode, tex, prose, lessonSource, courseTables, exerciseSheet, page, plot,
    options, values,
    answers, answerSource, records,
  ]
}

/// What does not hold of an input.
struct Broken: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

func require(_ condition: @autoclosure () throws -> Bool, _ message: @autoclosure () -> String) throws {
  if try !condition() { throw Broken(message()) }
}

/// Throws unless the message of `error` can be shown: it says something in at most so many characters.
func requireReadable(_ error: some CustomStringConvertible & Error, most: Int = 1000) throws {
  let message = error.description
  try require(!message.isEmpty, "an error without a message")
  try require(message.count <= most, "an error of \(message.count) characters: \(message.prefix(200))")
}

/// What `read` gives; `nil` after a refusal that can be shown.
func orRefused<Value, Refusal: Error & CustomStringConvertible>(
  most: Int = 1000, _ read: () throws(Refusal) -> Value
) throws -> Value? {
  do throws(Refusal) {
    return try read()
  } catch {
    try requireReadable(error, most: most)
    return nil
  }
}
