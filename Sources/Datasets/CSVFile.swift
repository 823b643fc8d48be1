import Foundation
import LinearAlgebra

/// Images as lines of text: a label and then the grey values of a square image, line by line of it, separated by commas,
/// semicolons, tabs or blanks. The first line may be a header; fields may stand in double quotes. Lines may end as on Unix,
/// Windows or old Macs, and blank ones do not count.
///
/// ```
/// label,pixel0,pixel1,pixel2,pixel3
/// 7,0,128,255,0
/// ```
struct CSVFile {
  private(set) var labels: [Int] = []
  /// Image after image.
  private(set) var pixels: [Double] = []
  /// Width and height of an image.
  private(set) var side = 0
  /// The largest possible grey value, for all values fit it: 1, 16 or 255.
  private(set) var maximum = 1.0
  /// Whether there are more lines than were asked for.
  private(set) var hasMore = false

  private let url: URL
  private var hasHeader = false
  private var line = 0
  private var separator = UInt8(ascii: ",")

  /// Reads the first `limit` images, or all of them. What comes after is not looked at.
  init(_ url: URL, limit: Int?) throws(DataError) {
    self.url = url
    let stream = try DataStream(url, expected: "a CSV file")
    var buffer: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd {
      let piece = try stream.read(1 << 16)
      isAtEnd = piece.count < 1 << 16
      buffer += piece
      if line == 0, [[0xFF, 0xFE], [0xFE, 0xFF]].contains(Array(buffer.prefix(2))) {
        throw fault(1, found: "text in UTF-16", expected: "text in UTF-8", remedy: "Save the file as CSV in UTF-8.")
      }
      if isAtEnd, let last = buffer.last, last != UInt8(ascii: "\n") { buffer.append(UInt8(ascii: "\n")) }
      guard buffer.count < Self.longestLine else {
        line += 1
        throw fault(1, found: "more than \(Self.longestLine) bytes in one line", expected: "a line for each image")
      }
      var start = 0
      while let end = buffer[start...].firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
        var text = buffer[start..<end]
        if buffer[end] == UInt8(ascii: "\r") {
          // The first half of Windows' end of a line, or the whole of an old Mac's: what follows tells.
          if end + 1 == buffer.count { break }
          start = buffer[end + 1] == UInt8(ascii: "\n") ? end + 2 : end + 1
        } else {
          start = end + 1
        }
        line += 1
        // The mark with which some editors begin a file in UTF-8.
        if line == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        guard !text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else { continue }
        guard labels.count < limit ?? .max else {
          hasMore = true
          try checkLabels()
          return
        }
        try read(text)
      }
      buffer.removeFirst(start)
    }
    guard !labels.isEmpty else {
      throw fault(1, found: "no image", expected: "a line for each image: a label and its grey values")
    }
    try checkLabels()
  }

  /// Enough for 1000 × 1000 pixels.
  private static let longestLine = 1 << 23

  /// Takes in one line: a header, or a label and its pixels.
  private mutating func read(_ text: ArraySlice<UInt8>) throws(DataError) {
    if labels.isEmpty {
      // A comma beside semicolons or tabs is that of a decimal fraction.
      let candidates = [";", "\t", ",", " "].compactMap(\.utf8.first)
      separator = candidates.first { text.contains($0) } ?? separator
    }
    let fields = text.split(separator: separator, omittingEmptySubsequences: separator == UInt8(ascii: " "))
      .map(Self.unquoted)
    if side == 0 {
      if !hasHeader, isHeader(fields) {
        hasHeader = true
        return try checkHeader(fields)
      }
      try measure(fields)
    }
    guard fields.count == 1 + side * side else {
      throw fault(
        min(fields.count, 1 + side * side) + 1, found: "\(fields.count) fields",
        expected: "\(1 + side * side), as in the lines before: a label and \(side) × \(side) grey values")
    }
    guard let label = Self.number(fields[0]).flatMap({ Int(exactly: $0) }), label >= 0 else {
      throw fault(1, found: "'\(Self.text(fields[0]))'", expected: "a label: a whole number from 0")
    }
    labels.append(label)
    for (index, field) in fields.enumerated().dropFirst() {
      guard let value = Self.number(field), value >= 0, value <= 255 else {
        throw fault(index + 1, found: "'\(Self.text(field))'", expected: "a grey value from 0 to 255")
      }
      if value > maximum { maximum = value > 16 ? 255 : 16 }
      pixels.append(value)
    }
  }

  /// Whether these fields of the first line name columns: no number comes first, and those that follow, if any, count the pixels. (An image
  /// whose label is missing or misspelt is no header, or it would be dropped without a word.)
  private func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    let numbers = fields.map(Self.number)
    guard numbers[0] == nil else { return false }
    let counts = numbers.compactMap(\.self)
    return zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Throws if the header says that the label does not come first.
  private func checkHeader(_ fields: [ArraySlice<UInt8>]) throws(DataError) {
    let names = fields.map { Self.text($0).lowercased() }
    let column = names.firstIndex { ["label", "labels", "class", "target", "y"].contains($0) } ?? 0
    guard column == 0 else {
      throw fault(column + 1, found: "the column '\(names[column])'", expected: "it as the first column")
    }
    guard !names[0].isEmpty else {
      throw fault(1, found: "a column without a name, as row numbers have", expected: "the label as the first column")
    }
  }

  /// Throws if no header says what the columns are, and not the first one looks like classes but the last one does: they
  /// would be taken for pixels, and pixels for them, without a word.
  private func checkLabels() throws(DataError) {
    let last = stride(from: side * side - 1, to: pixels.count, by: side * side).map { pixels[$0] }
    guard !hasHeader, !Self.areClasses(labels.map(Double.init)), Self.areClasses(last) else { return }
    throw DataError(
      .malformed, file: url, at: .line(1, column: 1 + side * side),
      found: "what looks like the labels in the last column, and not in the first",
      expected: "the label as the first column",
      remedy:
        "Move the last column to the front; or, if it is a pixel, begin the file with a line of names: label,a,b,…")
  }

  /// Whether `numbers`, at least 50, are c ≥ 2 consecutive whole ones from 0 or 1, none of which is rarer than a quarter of
  /// the mean.
  private static func areClasses(_ numbers: [Double]) -> Bool {
    let counts = Dictionary(grouping: numbers) { $0 }.mapValues(\.count)
    let classes = counts.keys.sorted()
    guard numbers.count >= 50, classes.count >= 2, classes[0] == 0 || classes[0] == 1 else { return false }
    return classes.enumerated().allSatisfy { n, label in
      label == classes[0] + Double(n) && 4 * classes.count * (counts[label] ?? 0) >= numbers.count
    }
  }

  /// Finds the side of the square images from the first line of numbers.
  private mutating func measure(_ fields: [ArraySlice<UInt8>]) throws(DataError) {
    side = Int(Double(fields.count - 1).squareRoot())
    guard side > 1, side * side == fields.count - 1 else {
      let edge = Int(Double(fields.count).squareRoot())
      let isUnlabelled = edge > 1 && edge * edge == fields.count
      throw fault(
        fields.count,
        found: "\(fields.count) field\(fields.count == 1 ? "" : "s")"
          + (isUnlabelled ? ", the pixels of \(edge) × \(edge) without a label" : ""),
        expected: "a label and the grey values of a square image, 65 fields for 8 × 8 or 785 for 28 × 28")
    }
  }

  private func fault(
    _ column: Int, found: String, expected: String, remedy: String = CSVFile.oneImageALine
  ) -> DataError {
    DataError(
      .malformed, file: url, at: .line(max(line, 1), column: column), found: found, expected: expected, remedy: remedy)
  }

  private static let oneImageALine =
    "Write one image a line: the label, then its pixels from the top left, and no column of row numbers."

  /// The number that a field holds, `nil` for any other text. Digits alone are read at once.
  private static func number(_ field: ArraySlice<UInt8>) -> Double? {
    var whole = 0
    func other() -> Double? { Double(String(decoding: field, as: UTF8.self)) }
    guard field.count <= 9, !field.isEmpty else { return other() }
    for byte in field {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return other() }
      whole = 10 * whole + Int(byte - UInt8(ascii: "0"))
    }
    return Double(whole)
  }

  /// A field without the blanks and the double quotes around it.
  private static func unquoted(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var field = field
    for quote in [UInt8(ascii: " "), UInt8(ascii: "\"")] {
      while field.first == quote { field = field.dropFirst() }
      while field.last == quote { field = field.dropLast() }
    }
    return field
  }

  /// A field for a message, which a long one would drown.
  private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field.prefix(40), as: UTF8.self) }
}
