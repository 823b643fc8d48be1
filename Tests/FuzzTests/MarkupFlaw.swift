/// What keeps `text` from being well-formed XML with all elements closed in order; `nil` if nothing does. `attribute` hears
/// the name and the value of each attribute.
///
/// It knows nothing of how the course writes markup, and is a hundred times as fast as Foundation's parser.
func markupFlaw(_ text: String, attribute: (String, String) -> Void = { _, _ in }) -> String? {
  var scanner = MarkupScanner(bytes: Array(text.utf8))
  do throws(Broken) {
    try scanner.read(attribute)
    return nil
  } catch {
    return "\(error) at byte \(scanner.position) of \(scanner.bytes.count)"
  }
}

private struct MarkupScanner {
  let bytes: [UInt8]
  var position = 0
  private var open: [String] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func read(_ attribute: (String, String) -> Void) throws(Broken) {
    if take("<!DOCTYPE html>") {}
    while position < bytes.count {
      if take("<![CDATA[") {
        try skip(to: "]]>")
      } else if take("<!--") {
        try skip(to: "-->")
      } else if take("</") {
        let name = try name()
        guard open.popLast() == name else { throw Broken("</\(name)> closes something else") }
        guard take(">") else { throw Broken("</\(name) is not closed") }
      } else if take("<") {
        try element(attribute)
      } else {
        try character()
      }
    }
    if let last = open.last { throw Broken("<\(last)> is not closed") }
  }

  private mutating func element(_ attribute: (String, String) -> Void) throws(Broken) {
    let element = try name()
    var names: Set<String> = []
    while true {
      let isSpaced = skipBlanks()
      if take("/>") { return }
      if take(">") { return open.append(element) }
      guard isSpaced else { throw Broken("an attribute of <\(element)> that no blank precedes") }
      let name = try name()
      guard names.insert(name).inserted else { throw Broken("<\(element)> with two attributes \(name)") }
      guard take("=\"") else { throw Broken("the attribute \(name) of <\(element)> without a value") }
      let start = position
      while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
        guard bytes[position] != UInt8(ascii: "<") else { throw Broken("< in the attribute \(name)") }
        try character()
      }
      attribute(name, String(decoding: bytes[start..<position], as: UTF8.self))
      guard take("\"") else { throw Broken("the attribute \(name) of <\(element)> without an end") }
    }
  }

  /// Passes a character of a text or an attribute.
  private mutating func character() throws(Broken) {
    switch bytes[position] {
    case UInt8(ascii: "&"):
      let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
      guard let end else { throw Broken("& without an entity") }
      let entity = String(decoding: bytes[position + 1..<end], as: UTF8.self)
      guard
        ["amp", "lt", "gt", "quot", "apos"].contains(entity) || entity.wholeMatch(of: /#[0-9]+|#x[0-9a-fA-F]+/) != nil
      else { throw Broken("the entity &\(entity);") }
      position = end + 1
    case 0..<9, 11, 12, 14..<32: throw Broken("the control character \(bytes[position])")
    case 0xEF where position + 2 < bytes.count && bytes[position + 1] == 0xBF && bytes[position + 2] >= 0xBE:
      throw Broken("a character that Unicode has not")
    default: position += 1
    }
  }

  private mutating func name() throws(Broken) -> String {
    let start = position
    while position < bytes.count, isOfName(bytes[position]) { position += 1 }
    guard position > start, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]) else {
      throw Broken("a name is missing")
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_:.".utf8.contains(byte)
  }

  private mutating func skipBlanks() -> Bool {
    let start = position
    while position < bytes.count, [9, 10, 13, 32].contains(bytes[position]) { position += 1 }
    return position > start
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let token = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[position...].starts(with: token) else { return false }
    position += token.count
    return true
  }

  private mutating func skip(to end: StaticString) throws(Broken) {
    while !take(end) {
      guard position < bytes.count else { throw Broken("\(end) is missing") }
      position += 1
    }
  }
}
