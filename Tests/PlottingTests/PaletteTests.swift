import Testing

@testable import Plotting

@Suite struct PaletteTests {
  // matplotlib 3.11.2: colormaps["viridis"].colors[i] * 255, i between the stored knots as well as at them
  @Test(arguments: [
    (0, [68.08602, 1.24287, 84.000825]), (1, [68.47005, 2.449275, 85.533885]),
    (32, [71.10063, 44.74995, 123.266235]), (100, [42.487335, 118.24554, 142.320345]),
    (128, [32.52984, 144.571995, 140.39178]), (200, [112.234935, 206.84019, 86.946585]),
    (255, [253.27824, 231.070035, 36.70368]),
  ])
  func `viridis agrees with matplotlib's`(index: Int, expected: [Double]) {
    let channels = rgb(Palette.viridis.color(at: Double(index) / 255))
    for (channel, value) in zip(channels, expected) { #expect((Double(channel) - value).magnitude < 1.5) }
  }

  @Test func `the ends of viridis are matplotlib's to the digit`() {
    #expect(Palette.viridis.color(at: 0) == "#440154")
    #expect(Palette.viridis.color(at: 1) == "#fde725")
  }

  @Test func `grey runs from paper to ink in equal steps`() {
    #expect([0, 0.5, 1].map(Palette.gray.color(at:)) == ["#ffffff", "#808080", "#000000"])
    #expect(Palette.gray.color(at: -3) == "#ffffff" && Palette.gray.color(at: 7) == "#000000")
  }

  @Test func `the diverging palette is white in the middle, bluish below and reddish above`() {
    #expect(Palette.diverging.color(at: 0.5) == "#ffffff")
    for t in [0, 0.1, 0.25, 0.4] {
      let below = rgb(Palette.diverging.color(at: t))
      let above = rgb(Palette.diverging.color(at: 1 - t))
      #expect(below[2] > below[0] && above[0] > above[2])
      // Darkness grows alike on both sides, so that neither sign looks larger.
      #expect(abs(lightness(below) - lightness(above)) < 45)
    }
  }

  @Test func `signed values get symmetric limits, stated`() {
    let scale = ColorScale(palette: .diverging, range: nil, values: [-0.123, 0.456])
    #expect(scale.low == -0.46 && scale.high == 0.46)
    #expect(scale.ticks(height: 100).compactMap(\.label).first == "−0.46")
  }

  @Test func `values beyond the stated range are confessed`() {
    let labels = ColorScale(palette: .gray, range: 0...16, values: [-1, 17]).ticks(height: 50).compactMap(\.label)
    #expect(labels.first == "≤ 0" && labels.last == "≥ 16")
    let inside = ColorScale(palette: .gray, range: 0...16, values: [0, 16]).ticks(height: 50).compactMap(\.label)
    #expect(inside.first == "0" && inside.last == "16")
  }

  @Test func `the first 35 lines and the first 42 scatters of a plot all look different`() {
    let styles = (0..<42).map { Style(series: $0) }
    #expect(Set(styles.prefix(35).map { "\($0.color)\($0.dash)" }).count == 35)
    #expect(Set(styles.map { "\($0.color)\($0.marker)" }).count == 42)
  }

  @Test func `a band takes the colour of the line before it, a rule none`() {
    let line = Line(x: [0, 1], y: [0, 1])
    let band = Band(x: [0], low: [0], high: [1], name: "range")
    let styles = Style.styles(of: [line, band, Rule(y: 1), line, band, Line(x: [], y: [], color: .black), line])
    #expect(styles.map(\.color) == [.blue, .blue, .gray, .vermillion, .vermillion, .black, .green])
  }

  private func rgb(_ color: String) -> [Int] {
    let value = Int(color.dropFirst(), radix: 16) ?? -1
    return [value >> 16, value >> 8 & 0xFF, value & 0xFF]
  }

  private func lightness(_ rgb: [Int]) -> Double {
    0.2126 * Double(rgb[0]) + 0.7152 * Double(rgb[1]) + 0.0722 * Double(rgb[2])
  }
}
