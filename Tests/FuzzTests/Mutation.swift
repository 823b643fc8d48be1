/// Damage to bytes that were valid.
extension Chance {
  /// Longer inputs are cut, so that the time for one stays small.
  static let longest = 1 << 15

  /// One of `seeds` with up to six faults. `tokens` are what means something to the reader.
  mutating func mutated(_ seeds: [[UInt8]], tokens: [[UInt8]]) -> [UInt8] {
    var bytes = one(of: seeds)
    for _ in 0...below(6) { mutate(&bytes, seeds, tokens) }
    return Array(bytes.prefix(Chance.longest))
  }

  /// The same for text. Bytes that are no UTF-8 are replaced, as a program does that reads text.
  mutating func mutated(_ seeds: [String], tokens: [String]) -> String {
    let bytes = mutated(seeds.map { Array($0.utf8) }, tokens: tokens.map { Array($0.utf8) })
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func mutate(_ bytes: inout [UInt8], _ seeds: [[UInt8]], _ tokens: [[UInt8]]) {
    let place = below(bytes.count + 1)
    let part = place..<min(bytes.count, place + 1 + length(upTo: 400))
    switch below(12) {
    case 0 where !part.isEmpty: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where !part.isEmpty: bytes[place] = one(of: [0, 1, 9, 10, 13, 32, 127, 128, 192, 255])
    case 2: bytes.removeSubrange(part)
    case 3: bytes.insert(contentsOf: self.bytes(1 + length(upTo: 100)), at: place)
    // A block again and again: long lines, deep brackets, thousands of columns.
    case 4:
      let block = Array(bytes[part])
      let count = length(upTo: Chance.longest / max(1, block.count))
      bytes.insert(contentsOf: Array(repeatElement(block, count: count).joined()), at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = one(of: seeds)
      let start = below(other.count + 1)
      bytes.replaceSubrange(place..., with: other[start...])
    case 7:
      let token = one(of: tokens)
      bytes.insert(contentsOf: Array(repeatElement(token, count: 1 + length(upTo: 4000)).joined()), at: place)
    case 8:
      bytes.insert(contentsOf: one(of: [[0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xFF]]), at: place)
    case 9: bytes.insert(contentsOf: numeral().utf8, at: place)
    case 10: bytes.insert(contentsOf: text().utf8, at: place)
    default: bytes.insert(contentsOf: one(of: tokens), at: place)
    }
  }
}

/// Texts made by rules: for each name in angle brackets one of the texts that its rule allows, the first of them where
/// the text has become deep.
struct Grammar {
  private let rules: [String: [String]]
  private let deepest: Int

  init(deepest: Int = 6, _ rules: [String: [String]]) { (self.rules, self.deepest) = (rules, deepest) }

  func text(_ name: String, _ chance: inout Chance) -> String {
    var text = ""
    // Now and then deeper than any reader goes.
    expand(name, depth: chance.once(in: 200) ? -60 : 0, &chance, into: &text)
    return text
  }

  private func expand(_ name: String, depth: Int, _ chance: inout Chance, into text: inout String) {
    guard let rule = rules[name] else { return text += "<\(name)>" }
    guard text.utf8.count < Chance.longest else { return }
    var rest = (depth >= deepest ? rule[0] : chance.one(of: rule))[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      text += rest[..<open]
      expand(String(rest[rest.index(after: open)..<close]), depth: depth + 1, &chance, into: &text)
      rest = rest[rest.index(after: close)...]
    }
    text += rest
  }
}
