/// The alphabets of formulas that are characters of their own in Unicode: MathML Core knows no other way to them.
enum MathAlphabet {
  /// Where the letters A, a, Α, α and the digit 0 of an alphabet are; 0 where it has none.
  private struct Origin {
    var capital: UInt32
    var small: UInt32
    var digit: UInt32 = 0
    var greekCapital: UInt32 = 0
    var greekSmall: UInt32 = 0
  }

  private static let origins = [
    "mathbf": Origin(
      capital: 0x1D400, small: 0x1D41A, digit: 0x1D7CE, greekCapital: 0x1D6A8, greekSmall: 0x1D6C2),
    "boldsymbol": Origin(
      capital: 0x1D468, small: 0x1D482, digit: 0x1D7CE, greekCapital: 0x1D71C, greekSmall: 0x1D736),
    "mathsf": Origin(capital: 0x1D5A0, small: 0x1D5BA, digit: 0x1D7E2),
    "mathtt": Origin(capital: 0x1D670, small: 0x1D68A, digit: 0x1D7F6),
  ]

  /// `character` in the alphabet of the command `font`, or as it is where that has no such letter.
  static func letter(_ character: Character, font: String) -> String {
    guard let origin = origins[font] else { return UnicodeScripts.letter(character, font: font) }
    guard let code = character.unicodeScalars.first?.value, character.unicodeScalars.count == 1 else {
      return String(character)
    }
    let (first, start): (UInt32, UInt32) =
      switch character {
      case "A"..."Z": (origin.capital, 65)
      case "a"..."z": (origin.small, 97)
      case "0"..."9": (origin.digit, 48)
      case "Α"..."Ω": (origin.greekCapital, 0x391)
      case "α"..."ω": (origin.greekSmall, 0x3B1)
      default: (0, 0)
      }
    guard first > 0, let scalar = Unicode.Scalar(first + code - start) else { return String(character) }
    return String(Character(scalar))
  }
}
