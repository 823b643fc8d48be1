import LinearAlgebra

extension Value {
  /// The value as bytes: one for the kind, then the content, numbers with their lowest byte first.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    func write(_ kind: Kind, _ words: UInt64...) {
      bytes.append(kind.rawValue)
      for word in words { bytes.append(word) }
    }
    switch self {
    case .truth(let truth): write(.truth, truth ? 1 : 0)
    case .integer(let integer): write(.integer, UInt64(bitPattern: Int64(integer)))
    case .number(let number): write(.number, number.bitPattern)
    case .text(let text):
      let letters = Array(text.utf8)
      write(.text, UInt64(letters.count))
      bytes += letters
    case .list(let values):
      write(.list, UInt64(values.count))
      for value in values { value.write(to: &bytes) }
    case .matrix(let matrix):
      write(.matrix, UInt64(matrix.rows), UInt64(matrix.columns))
      for element in matrix.elements { bytes.append(element.bitPattern) }
    }
  }

  /// Reads a value that fills `bytes`; `nil` if they are anything else. They may come from a student's process, so
  /// nothing is believed: not a length, not a shape, not a depth.
  package init?(bytes: [UInt8]) {
    var reader = ByteReader(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }
}

private enum Kind: UInt8 {
  case truth, integer, number, text, list, matrix
}

private struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }
  private var left: Int { bytes.count - position }

  mutating func value(depth: Int) -> Value? {
    guard depth < 8, left > 0, let kind = Kind(rawValue: bytes[position]) else { return nil }
    position += 1
    guard let word = word() else { return nil }
    switch kind {
    case .truth: return word < 2 ? .truth(word == 1) : nil
    case .integer: return .integer(Int(Int64(bitPattern: word)))
    case .number: return .number(Double(bitPattern: word))
    case .text:
      guard let count = count(word, ofBytes: 1) else { return nil }
      defer { position += count }
      return .text(String(decoding: bytes[position..<position + count], as: UTF8.self))
    case .list:
      // The shortest value has nine bytes.
      guard let count = count(word, ofBytes: 9) else { return nil }
      var values: [Value] = []
      values.reserveCapacity(count)
      for _ in 0..<count {
        guard let value = value(depth: depth + 1) else { return nil }
        values.append(value)
      }
      return .list(values)
    case .matrix:
      guard let columns = self.word().flatMap({ Int(exactly: $0) }), let rows = Int(exactly: word),
        case let (product, overflow) = rows.multipliedReportingOverflow(by: columns), !overflow,
        let count = count(UInt64(product), ofBytes: 8)
      else { return nil }
      let elements = (0..<count).compactMap { _ in self.word().map { Double(bitPattern: $0) } }
      return .matrix(Matrix(rows: rows, columns: columns, elements: elements))
    }
  }

  private mutating func word() -> UInt64? {
    guard left >= 8 else { return nil }
    defer { position += 8 }
    return bytes[position..<position + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `word` as a number of things of `size` bytes each, if so many are left.
  private func count(_ word: UInt64, ofBytes size: Int) -> Int? {
    guard let count = Int(exactly: word), count <= left / size else { return nil }
    return count
  }
}

extension [UInt8] {
  /// Appends a number, its lowest byte first.
  package mutating func append(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
  }
}
