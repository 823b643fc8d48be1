/// How much room a text takes: an estimate from above, since the reader's font is not known here.
///
/// The figures name the system's own sans-serif font. Among those in use (San Francisco, Segoe UI, Roboto, Helvetica,
/// Arial, Liberation Sans, DejaVu Sans) DejaVu Sans is the widest for nearly every letter; the table holds, glyph by
/// glyph, the larger of the advance widths of DejaVu Sans and Arial. Margins made from it fit every reader's font.
public enum TextMetrics {
  /// The size of tick labels, axis labels and legends in pixels.
  public static let labelSize = 12.0
  /// The size of a panel's title.
  static let panelTitleSize = 13.0
  /// The size of the figure's title.
  static let figureTitleSize = 16.0
  /// The height above the baseline and the depth below it, in units of the font size.
  static let ascent = 0.78
  static let descent = 0.24
  /// The distance of two baselines, in units of the font size.
  static let leading = 1.25
  /// The size of a subscript, in units of the font size.
  static let subscriptSize = 0.75
  /// How much wider bold letters are: DejaVu Sans Bold over DejaVu Sans is 1.12 on average, more for narrow letters.
  static let boldness = 1.15

  /// Advance widths of the characters U+0020 to U+007E in thousandths of the font size.
  private static let ascii = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556,
    1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787,
    667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]

  /// The advance width of one character in thousandths of the font size.
  static func advance(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: ascii[Int(scalar.value) - 0x20]
    case 0x0300...0x036F, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0x200B...0x200D: 0  // accents, joiners
    case 0xB2, 0xB3, 0xB9, 0x2070...0x209C: 530  // superscript and subscript digits, signs and letters
    case 0x1D2C...0x1D7F, 0x2C7C, 0x2C7D: 650  // superscript and subscript letters
    case 0xB7, 0x2009, 0x202F, 0x2018, 0x2019: 318
    case 0x2013, 0x2016: 500
    case 0x0391...0x03A9: 790  // Greek capitals
    case 0x03C9: 840  // ω
    case 0x03B1...0x03C8: 660  // the other small Greek letters
    case 0xD7, 0xB1, 0x2190...0x22FF: 880  // arrows and mathematical operators
    case 0x00C0...0x024F: 800  // Latin letters with accents
    default: 1000
    }
  }

  /// The width of `text` in pixels. Subscripts count as full letters, and their `_` not at all.
  public static func width(of text: String, size: Double = labelSize, bold: Bool = false) -> Double {
    let isSubscripted = text.dropLast().contains("_")
    let thousandths = text.unicodeScalars.reduce(0) { $0 + (isSubscripted && $1 == "_" ? 0 : advance(of: $1)) }
    return Double(thousandths) / 1000 * size * (bold ? boldness : 1)
  }

  /// The width of the widest of `texts`, 0 if there are none.
  static func width(ofWidest texts: [String], size: Double = labelSize) -> Double {
    texts.reduce(0) { max($0, width(of: $1, size: size)) }
  }

  /// `text` in lines of at most `width` pixels, broken at spaces; a word too long for a line of its own is cut.
  static func lines(of text: String, width: Double, size: Double = labelSize, bold: Bool = false) -> [String] {
    func fits(_ line: String) -> Bool { self.width(of: line, size: size, bold: bold) <= width }
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if fits(longer) {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for character in word {
        if !line.isEmpty && !fits(line + String(character)) {
          lines.append(line)
          line = ""
        }
        line.append(character)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
