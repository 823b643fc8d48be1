import Foundation

/// What is wrong with a data file, where, and what to do about it.
///
/// ```
/// train-images-idx3-ubyte, byte 784016: found the end of the file, expected 47,040,016 bytes in all …
/// digits.csv, line 17, column 3: found 'x', expected a grey value from 0 to 255. …
/// ```
public struct DataError: Error, Equatable, Sendable {
  /// Whether there is no file to read, or a file with the wrong bytes.
  public enum Kind: Sendable {
    /// No readable file or folder stands at the path, or nothing that can read it.
    case missing
    /// The file was read and is not what it should be.
    case malformed
  }

  /// Where in a file a fault shows.
  public enum Position: Equatable, Sendable, CustomStringConvertible {
    /// A number of bytes from the beginning of the file, decompressed if it is compressed.
    case byte(UInt64)
    /// A line of text and a field in it, both counted from 1.
    case line(Int, column: Int)

    public var description: String {
      switch self {
      case .byte(let offset): "byte \(offset)"
      case .line(let line, let column): "line \(line), column \(column)"
      }
    }
  }

  public let kind: Kind
  /// The path of the file or folder, as it was given.
  public let file: String
  /// Where the fault shows; `nil` if nothing of the file was read.
  public let position: Position?
  /// What stands there.
  public let found: String
  /// What should stand there.
  public let expected: String
  /// What to do next.
  public let remedy: String

  public init(
    _ kind: Kind, file: URL, at position: Position? = nil, found: String, expected: String, remedy: String
  ) {
    self.kind = kind
    self.file = file.relativePath
    self.position = position
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
    let place = position.map { "\(file), \($0)" } ?? file
    return "\(place): found \(found), expected \(expected). \(remedy)"
  }

  public var errorDescription: String? { description }
}
