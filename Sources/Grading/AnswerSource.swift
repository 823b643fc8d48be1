/// A student's file as text whose functions can be told apart without a compiler: what is wrong with one of them is to cost
/// no other.
struct AnswerSource {
  /// A function at the top level of the file.
  struct Function {
    let name: String
    /// From its first word to the bracket that closes it.
    let declaration: Range<Int>
    /// What stands between its brackets.
    let body: Range<Int>
    /// Its lines, counted from 1.
    let lines: ClosedRange<Int>
    /// The labels of its parameters.
    let labels: [String]
  }

  let functions: [Function]
  private let bytes: [UInt8]
  /// What stands in the place of some of the bytes, by the beginning of the function that they belong to.
  private var edits: [Int: (range: Range<Int>, text: String)] = [:]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var scanner = AnswerScanner(bytes: bytes)
    functions = scanner.functions()
  }

  /// The function that line `number` belongs to; `nil` if that is not in one.
  func function(atLine number: Int) -> Function? { functions.first { $0.lines.contains(number) } }

  /// Replaces what `function` does by a crash that says `message`; a second time, or if there are others of its name, takes it
  /// out. Lines keep their numbers.
  mutating func giveUp(_ function: Function, saying message: String) {
    let isThere = edits[function.declaration.lowerBound] == nil && functions.count { $0.name == function.name } == 1
    edits[function.declaration.lowerBound] =
      isThere ? (function.body, " fatalError(\"\(message)\") ") : (function.declaration, "")
  }

  /// The text as it was edited.
  var text: String {
    var text: [UInt8] = []
    var end = 0
    for (range, replacement) in edits.values.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where range.lowerBound >= end {
      text += bytes[end..<range.lowerBound] + Array(replacement.utf8)
      text += bytes[range].filter { $0 == UInt8(ascii: "\n") }
      end = range.upperBound
    }
    return String(decoding: text + bytes[end...], as: UTF8.self)
  }
}

/// Walks over Swift as far as is needed to know what is code: past comments, strings and what is interpolated into them.
private struct AnswerScanner {
  let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var depth = 0
  /// How many strings are open, each within an interpolation of the one before.
  private var strings = 0

  /// What is nested deeper is not looked at: each string needs some of the stack, and nobody writes ten.
  private static let deepest = 100

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func functions() -> [AnswerSource.Function] {
    var found: [AnswerSource.Function] = []
    while position < bytes.count {
      if depth == 0, let word = wordHere() {
        if word == "func" {
          if let function = function() { found.append(function) }
        } else {
          position += word.utf8.count
        }
      } else {
        step()
      }
    }
    return found
  }

  /// The function that begins here.
  private mutating func function() -> AnswerSource.Function? {
    let (start, firstLine) = (position, line)
    position += 4
    while position < bytes.count, wordHere() == nil, bytes[position] != UInt8(ascii: "{") { step() }
    guard let name = wordHere() else { return nil }
    position += name.utf8.count
    // The parameters, in the first round brackets; then, outside of all brackets, the body.
    var parameters: Range<Int>?
    while position < bytes.count, !(depth == 0 && bytes[position] == UInt8(ascii: "{")) {
      let (before, began) = (depth, position)
      step()
      if before == 0, depth == 1, parameters == nil { parameters = position..<position }
      if before == 1, depth == 0, let opened = parameters, opened.isEmpty {
        parameters = opened.lowerBound..<max(opened.lowerBound, began)
      }
      if before == 0, depth < 0 { return nil }
    }
    // A file may end before the body begins.
    guard position < bytes.count else { return nil }
    let body = position + 1
    repeat { step() } while position < bytes.count && depth > 0
    guard depth == 0, body < position else { return nil }
    return AnswerSource.Function(
      name: name, declaration: start..<position, body: body..<position - 1, lines: firstLine...line,
      labels: parameters.map(labels) ?? [])
  }

  /// The labels of the parameters in `range`: the first word after each comma that is in no bracket.
  private func labels(in range: Range<Int>) -> [String] {
    var labels: [String] = []
    var inner = AnswerScanner(bytes: Array(bytes[range]))
    var isFirst = true
    while inner.position < inner.bytes.count {
      if inner.depth == 0, isFirst, let word = inner.wordHere() {
        labels.append(word)
        isFirst = false
        inner.position += word.utf8.count
        continue
      }
      if inner.depth == 0, inner.bytes[inner.position] == UInt8(ascii: ",") { isFirst = true }
      inner.step()
    }
    return labels
  }

  /// The identifier or keyword that begins here.
  private func wordHere() -> String? {
    func isLetter(_ byte: UInt8) -> Bool {
      byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    func continues(_ byte: UInt8) -> Bool { isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard position < bytes.count, isLetter(bytes[position]), position == 0 || !continues(bytes[position - 1]) else {
      return nil
    }
    return String(decoding: bytes[position...].prefix(while: continues), as: UTF8.self)
  }

  /// Passes one character of code, or a whole comment or string.
  private mutating func step() {
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: "/"):
      if isHere("//") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        return
      }
      if isHere("/*") { return comment() }
    case UInt8(ascii: "#"), UInt8(ascii: "\""):
      let marks = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
      let quote = position + marks
      if quote < bytes.count, bytes[quote] == UInt8(ascii: "\"") { return string(marks: marks) }
      // Signs before anything else; each by itself would be counted again and again.
      position = quote
      return
    default: break
    }
    advance()
  }

  private mutating func advance() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private func isHere(_ text: StaticString) -> Bool {
    bytes[position...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Comments may hold comments.
  private mutating func comment() {
    var open = 0
    repeat {
      if isHere("/*") {
        open += 1
        position += 2
      } else if isHere("*/") {
        open -= 1
        position += 2
      } else {
        advance()
      }
    } while position < bytes.count && open > 0
  }

  /// Passes the string that begins here, with so many number signs before it.
  private mutating func string(marks: Int) {
    guard strings < AnswerScanner.deepest else {
      position = bytes.count
      return
    }
    strings += 1
    defer { strings -= 1 }
    let signs = [UInt8](repeating: UInt8(ascii: "#"), count: marks)
    position += marks
    let quote = [UInt8](repeating: UInt8(ascii: "\""), count: isHere("\"\"\"") ? 3 : 1)
    position += quote.count
    let (end, escape) = (quote + signs, [UInt8(ascii: "\\")] + signs)
    while position < bytes.count {
      let rest = bytes[position...]
      if rest.starts(with: end) {
        position += end.count
        return
      }
      if rest.starts(with: escape) {
        position += escape.count
        guard position < bytes.count else { return }
        if bytes[position] == UInt8(ascii: "(") {
          let outside = depth
          repeat { step() } while position < bytes.count && depth > outside
        } else {
          advance()
        }
      } else if quote.count == 1, bytes[position] == UInt8(ascii: "\n") {
        // A string of one line that is not closed.
        return
      } else {
        advance()
      }
    }
  }
}
