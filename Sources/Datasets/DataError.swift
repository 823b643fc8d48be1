import Foundation

/// What is wrong with a data file, where, and what to do about it.
///
/// ```
/// train-images-idx3-ubyte, byte 784016: found the end of the file, expected 47,040,016 bytes in all …
/// ```
public struct DataError: Error, Equatable, Sendable {
  /// Whether there is no file to read, or a file with the wrong bytes.
  public enum Kind: Sendable {
    /// No readable file or folder stands at the path.
    case missing
    /// The file was read and is not what it should be.
    case malformed
  }

  public let kind: Kind
  /// The path of the file or folder, as it was given.
  public let file: String
  /// The position in the file, counted in bytes from 0, at which the fault shows; `nil` if no byte of it was read.
  public let offset: UInt64?
  /// What stands there.
  public let found: String
  /// What should stand there.
  public let expected: String
  /// What to do next.
  public let remedy: String

  public init(_ kind: Kind, file: URL, offset: UInt64? = nil, found: String, expected: String, remedy: String) {
    self.kind = kind
    self.file = file.relativePath
    self.offset = offset
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The exit code of a program that stops for this error: 66 (`EX_NOINPUT`) if the input is missing, 65 (`EX_DATAERR`)
  /// if it is malformed.
  public var exitCode: Int32 {
    switch kind {
    case .missing: 66
    case .malformed: 65
    }
  }
}

extension DataError: CustomStringConvertible, LocalizedError {
  public var description: String {
    let place = offset.map { "\(file), byte \($0)" } ?? file
    return "\(place): found \(found), expected \(expected). \(remedy)"
  }

  public var errorDescription: String? { description }
}
