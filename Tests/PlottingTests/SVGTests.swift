import Testing

@testable import Plotting

@Suite struct SVGTests {
  @Test(arguments: Samples.all.map(\.name))
  func `every figure is well-formed, self-contained and free of numbers that are none`(name: String) throws {
    let figure = try #require(Samples.all.first { $0.name == name }).figure
    let svg = try figure.svg(description: "What <it> shows & \"says\"")
    let document = try #require(SVGDocument(svg), "\(name) is not well-formed XML")
    let root = try #require(document.elements.first)
    #expect(root.name == "svg" && root.attributes["role"] == "img")
    #expect(root.attributes["aria-labelledby"] == "figure-title figure-desc")
    #expect(root.attributes["viewBox"] == "0 0 720 \(root.attributes["height"] ?? "")")
    #expect(document.texts("title") == [figure.title])
    #expect(document.texts("desc") == ["What <it> shows & \"says\""])
    #expect(document.all("rect").first?.attributes["fill"] == "#ffffff")

    let allowed: Set = ["svg", "title", "desc", "rect", "g", "path", "text", "tspan"]
    #expect(document.elements.allSatisfy { allowed.contains($0.name) })
    for element in document.elements {
      for (key, value) in element.attributes where key != "xmlns" && key != "font-family" {
        #expect(!value.contains("nan") && !value.contains("inf") && !value.contains("://"), "\(key)=\(value)")
        #expect(value.wholeMatch(of: /.*\d[eE][-+]?\d.*/) == nil || value.hasPrefix("#"), "exponent: \(key)=\(value)")
        #expect(value.wholeMatch(of: /.*(^|[^\d.])-0(\.0+)?($|[^\d.]).*/) == nil, "negative zero: \(key)=\(value)")
        #expect(value.wholeMatch(of: /.*\.\d\d\d.*/) == nil, "more than two decimals: \(key)=\(value)")
        #expect(key != "style" && key != "href" && !key.hasPrefix("on"))
      }
    }
  }

  @Test(arguments: Samples.all.map(\.name))
  func `the same figure gives the same bytes`(name: String) throws {
    let once = try #require(Samples.all.first { $0.name == name }).figure.svg(description: "d")
    let again = try #require(Samples.all.first { $0.name == name }).figure.svg(description: "d")
    #expect(once == again)
  }

  @Test(arguments: [
    ("log p_σ(x)", #"log p<tspan dy="2" font-size="7.5">σ</tspan><tspan dy="-2">(x)</tspan>"#),
    ("x_1", #"x<tspan dy="2" font-size="7.5">1</tspan>"#),
    (
      "a_i b_j",
      #"a<tspan dy="2" font-size="7.5">i</tspan><tspan dy="-2"> b</tspan><tspan dy="2" font-size="7.5">j</tspan>"#
    ),
    ("x_i_j", #"x<tspan dy="2" font-size="7.5">i</tspan><tspan font-size="7.5">j</tspan>"#),
    ("a_", "a_"), ("p_<", #"p<tspan dy="2" font-size="7.5">&lt;</tspan>"#), ("plain & simple", "plain &amp; simple"),
  ])
  func `the character after an underscore is a subscript`(text: String, svg: String) {
    #expect(SVGText.withSubscripts(text, size: 10) == svg)
  }

  @Test func `an underscore of a subscript takes no room`() {
    #expect(TextMetrics.width(of: "p_σ") == TextMetrics.width(of: "pσ"))
    #expect(TextMetrics.width(of: "p_") > TextMetrics.width(of: "p"))
  }

  @Test func `reserved characters are escaped and characters that XML cannot hold are replaced`() {
    #expect(SVGText.escaped("<&\"'>") == "&lt;&amp;&quot;&#39;&gt;")
    #expect(SVGText.escaped("a\nb\u{0}c\u{FFFE}") == "a b\u{FFFD}c\u{FFFD}")
    #expect(SVGText.escaped("‖A − B‖² σᵢ") == "‖A − B‖² σᵢ")
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (-0.004, "0"), (12.5, "12.5"), (-0.25, "-0.25"), (1.125, "1.13"), (99.999, "100"),
    (1e300, "1000000"), (-1e-300, "0"),
  ])
  func `coordinates have two decimals at most, no exponent and no negative zero`(value: Double, text: String) {
    #expect(SVGText.number(value) == text)
  }

  @Test func `a path is written in tenths relative to the point before, without drift`() {
    var path = Path()
    path.lines(through: (0...300).map { Point(x: Double($0) * 0.333, y: -1) })
    #expect(path.data.hasPrefix("M0-1l0.3 0 0.4 0"))
    let steps = path.data.split(separator: "l")[1].split(separator: " ").compactMap { Double($0) }
    #expect((steps.reduce(0, +) - 99.9).magnitude < 1e-9)
  }

  @Test func `files stay small`() throws {
    func size(_ figure: Figure) throws -> Int { try figure.svg(description: "").utf8.count }
    let digits = (0..<80).map { shift in (0..<64).map { Samples.digit[($0 + 9 * shift) % 64] } }
    #expect(
      try size(Figure { ImageGrid(images: digits, width: 8, height: 8, columns: 10, range: 0...16) }) < 40_000)
    let steps = (0..<100_000).map(Double.init)
    #expect(try size(Figure { Plot { Line(x: steps, y: Samples.noise(100_000)) } }) < 60_000)
    #expect(try size(Figure { Plot { Line(x: steps, y: steps.map { $0 * $0 }) } }) < 6_000)
    let side = Shading.centers(of: -2...2, count: 60)
    let saddle = side.flatMap { y in side.map { x in x * x - y * y } }
    // Nine bytes a cell at worst, and the frame.
    #expect(
      try size(Figure { Plot { Shading(x: -2...2, y: -2...2, rows: 60, columns: 60, values: saddle) } })
        < 3600 * 9 + 5_000)
    #expect(try size(Figure { Plot { Contours(x: side, y: side, values: saddle) } }) < 8_000)
    let (dx, dy) = (Samples.noise(400, seed: 7), Samples.noise(400, seed: 8))
    #expect(
      try size(Figure { Plot { Arrows(x: Samples.noise(400), y: Samples.noise(400, seed: 5), dx: dx, dy: dy) } })
        < 25_000)
    #expect(try size(Figure { Plot { Points(x: Samples.noise(1797), y: Samples.noise(1797, seed: 5)) } }) < 30_000)
  }
}
