/// The characters of Unicode that stand for scripts, accents and alphabets of formulas.
enum UnicodeScripts {
  /// `text` in superscript characters, or nil if one of them does not exist.
  static func superscript(_ text: String) -> String? { mapped(text, by: superscripts) }

  /// `text` in subscript characters, or nil if one of them does not exist.
  static func `subscript`(_ text: String) -> String? { mapped(text, by: subscripts) }

  /// The mark that combines with the character before it.
  static func combiningMark(of accent: String) -> String {
    switch accent {
    case "hat", "widehat": "\u{302}"
    case "tilde", "widetilde": "\u{303}"
    case "bar": "\u{304}"
    case "breve": "\u{306}"
    case "dot": "\u{307}"
    case "ddot": "\u{308}"
    case "check": "\u{30C}"
    case "vec": "\u{20D7}"
    case "underline": "\u{332}"
    default: "\u{305}"
    }
  }

  /// A letter or digit in an alphabet of its own; bold, italic and upright letters are plain.
  static func letter(_ character: Character, font: String) -> String {
    guard character.isASCII, let code = character.asciiValue.map(UInt32.init) else { return String(character) }
    let offset: (capital: UInt32?, small: UInt32?, digit: UInt32?, irregular: [Character: String])
    switch font {
    case "mathbb": offset = (0x1D538, 0x1D552, 0x1D7D8, doubleStruck)
    case "mathcal", "mathscr": offset = (0x1D49C, nil, nil, script)
    default: return String(character)
    }
    if let irregular = offset.irregular[character] { return irregular }
    let scalar: UInt32? =
      switch character {
      case "A"..."Z": offset.capital.map { $0 + code - 65 }
      case "a"..."z": offset.small.map { $0 + code - 97 }
      case "0"..."9": offset.digit.map { $0 + code - 48 }
      default: nil
      }
    return scalar.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(character)
  }

  /// The single character for a common fraction of two numbers, such as ½.
  static func fraction(_ over: String, _ under: String) -> String? { fractions[over + "/" + under] }

  private static func mapped(_ text: String, by table: [Character: Character]) -> String? {
    var result = ""
    for character in text {
      guard let script = table[character] else { return nil }
      result.append(script)
    }
    return result
  }

  private static func pairs(_ plain: String, _ scripts: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(plain, scripts))
  }

  private static let superscripts = pairs(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ⊤∘′″‴*†‡",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡᵀ°′″‴*†‡")

  private static let subscripts = pairs(
    "0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")

  private static let doubleStruck: [Character: String] = [
    "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
  ]

  private static let script: [Character: String] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
  ]

  private static let fractions = [
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "1/6": "⅙", "1/8": "⅛",
  ]
}
