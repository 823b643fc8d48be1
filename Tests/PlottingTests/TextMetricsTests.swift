import Testing

@testable import Plotting

@Suite struct TextMetricsTests {
  // Sums of advance widths in thousandths of the size, by fontTools: sum(font["hmtx"][font.getBestCmap()[ord(c)]][0])
  // of DejaVu Sans and Liberation Sans (as wide as Arial), whichever is wider; then of their bold faces.
  @Test(arguments: [
    ("1234567890", 6362, 6958), ("−0.25", 3064, 3305), ("3×10⁻⁸", 3675, 3891),
    ("Singular values of the digits", 13984, 15941), ("mean squared error per image", 15407, 17270),
    ("σᵢ, ‖Wx − b‖², λ = 0.1", 10830, 11829), ("AVATAR; WAVE (fit)", 9806, 11148),
    ("αβγδλμνρστφψω ΣΩ", 10029, 11280),
  ])
  func `estimates are above the widths in real fonts, by a quarter at most`(text: String, regular: Int, bold: Int) {
    let size = 10.0
    let estimate = TextMetrics.width(of: text, size: size)
    #expect(estimate >= Double(regular) / 100 * 0.999 && estimate <= Double(regular) / 100 * 1.25, "\(estimate)")
    let heavy = TextMetrics.width(of: text, size: size, bold: true)
    #expect(heavy >= Double(bold) / 100 && heavy <= Double(bold) / 100 * 1.3, "\(heavy)")
  }

  @Test func `accents set above a letter take no room`() {
    #expect(TextMetrics.width(of: "x\u{302}") == TextMetrics.width(of: "x"))
  }

  @Test func `a word too long for a line is broken, spaces are the first choice`() {
    #expect(TextMetrics.lines(of: "aa bb cc", width: 40) == ["aa bb", "cc"])
    #expect(TextMetrics.lines(of: "aaaaaaaaaa", width: 40).joined() == "aaaaaaaaaa")
    #expect(TextMetrics.lines(of: "aaaaaaaaaa", width: 40).allSatisfy { TextMetrics.width(of: $0) <= 40 })
    #expect(TextMetrics.lines(of: "", width: 40).isEmpty)
  }
}
