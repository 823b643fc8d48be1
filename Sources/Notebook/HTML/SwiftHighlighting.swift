/// Swift code with its comments, strings, numbers and keywords told apart.
enum SwiftHighlighting {
  private static let keywords: Set<String> = [
    "actor", "as", "async", "await", "break", "case", "catch", "continue", "default", "defer", "do", "else", "enum",
    "extension", "false", "for", "func", "guard", "if", "import", "in", "init", "inout", "is", "let", "mutating", "nil",
    "private", "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "some", "any", "static", "struct",
    "subscript", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// `code` as the content of a `code` element.
  static func html(_ code: String) -> String {
    var result = ""
    var rest = code[...]
    while !rest.isEmpty {
      let (kind, token) = token(at: rest)
      let text = token.escapedMarkup
      result += kind.map { Markup.element("span", ["class": $0], text) } ?? text
      rest = rest.dropFirst(token.count)
    }
    return result
  }

  /// The longest token at the start of `code`, with the class of its colour.
  private static func token(at code: Substring) -> (kind: String?, token: String) {
    if code.hasPrefix("//") { return ("comment", String(code.prefix { !$0.isNewline })) }
    let hashes = code.prefix { $0 == "#" }
    if code.dropFirst(hashes.count).first == "\"" { return ("string", string(at: code, hashes: String(hashes))) }
    guard let first = code.first, first.isWordPart else { return (nil, String(code.prefix(1))) }
    if first.isASCII, first.isNumber {
      let digits = code.prefix { $0.isASCII && ($0.isNumber || $0 == "_") }
      let tail = code.dropFirst(digits.count)
      // 1...3 is a range of two numbers, 1.5e-3 one number.
      let fraction = tail.prefixMatch(of: /\.[0-9][0-9_]*/)?.output ?? ""
      let exponent = tail.dropFirst(fraction.count).prefixMatch(of: /e[+-]?[0-9]+/)?.output ?? ""
      return ("number", String(digits + fraction + exponent))
    }
    let word = String(code.prefix(while: \.isWordPart))
    return (keywords.contains(word) ? "keyword" : nil, word)
  }

  /// The string literal at the start of `code`, to its end or to that of the code.
  private static func string(at code: Substring, hashes: String) -> String {
    let body = code.dropFirst(hashes.count)
    let quotes = body.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    let end = quotes + hashes
    var literal = hashes + quotes
    var rest = body.dropFirst(quotes.count)
    while let next = rest.first {
      if rest.hasPrefix(end) { return literal + end }
      // One line is the most that a plain string takes, finished or not.
      if next.isNewline, quotes.count == 1 { return literal }
      let taken = next == "\\" && hashes.isEmpty ? rest.prefix(2) : rest.prefix(1)
      literal += taken
      rest = rest.dropFirst(taken.count)
    }
    return literal
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
