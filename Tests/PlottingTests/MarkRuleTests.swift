import Testing

@testable import Plotting

/// What marks and colours look like where a slightly different rule would draw something else.
@Suite struct MarkRuleTests {
  private func texts(_ panel: some Panel, width: Double = 400) throws -> [String] {
    try panel.body(width: width).texts.map(\.text)
  }

  @Test func `limits of colours hold all values, symmetric where zero has a colour of its own`() {
    let signed = ColorScale(palette: .diverging, range: nil, values: [-4.31, 2])
    #expect(signed.low == -4.4 && signed.high == 4.4)
    let rising = ColorScale(palette: .viridis, range: nil, values: [0.12, 7.31])
    #expect(rising.low == 0.1 && rising.high == 7.4)
  }

  @Test func `a limit says that values lie beyond it, and only then`() {
    func ends(_ range: ClosedRange<Double>, _ values: [Double]) -> [String] {
      let labels = ColorScale(palette: .gray, range: range, values: values).ticks(height: 100).compactMap(\.label)
      return [labels.first ?? "", labels.last ?? ""].map { $0.filter { "≤≥".contains($0) } }
    }
    #expect(ends(0...1, [0, 1]) == ["", ""] && ends(0...1, [0.2, 0.3]) == ["", ""])
    #expect(ends(0...1, [-0.1, 1]) == ["≤", ""] && ends(0...1, [0, 1.1]) == ["", "≥"])
    #expect(ends(0...1, [-0.1, 1.1]) == ["≤", "≥"])
  }

  @Test(arguments: [72.0, 100, 150, 300])
  func `ticks of a colour bar keep a line's distance`(height: Double) {
    for top in stride(from: 0.7, through: 9.7, by: 0.1) {
      let scale = ColorScale(palette: .gray, range: 0...top, values: [0, top])
      let places = scale.ticks(height: height).map { $0.value / top * height }
      #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 14 }, "\(top): \(places)")
    }
  }

  @Test func `colours and levels are the nearest`() {
    // 0.499 · 255 = 127.2, so white less 127 is 0x80; 0.501 · 255 = 127.8 gives 0x7f.
    #expect(Palette.gray.color(at: 0.499) == "#808080" && Palette.gray.color(at: 0.501) == "#7f7f7f")
    let raster = Raster(levels: 33, palette: .gray)
    #expect(raster.level(of: 0.49, low: 0, high: 16) == 1 && raster.level(of: 15.8, low: 0, high: 16) == 32)
    // Black at 60 % on white is 0.4 · 255 = 102 = 0x66.
    #expect(Palette.gray.onPaper(opacity: 0.6).color(at: 1) == "#666666")
  }

  @Test func `bars of a group follow the order of their marks, and whiskers are seen`() throws {
    let plot = Plot {
      Bars(["a"], heights: [1], color: .black)
      Bars(["a"], heights: [2], whiskers: [1.5...9], color: .sky)
    }
    let (frame, canvas) = (try PlotLayout(plot, width: 400).frame, try plot.body(width: 400))
    func middle(_ color: String) throws -> Double {
      let points = try #require(PathReader.paths(canvas.elements, fill: color).first?.first?.points)
      return ((points.map(\.x).min() ?? .nan) + (points.map(\.x).max() ?? .nan)) / 2
    }
    #expect(try middle("#000000") < frame.x(0) && middle("#56b4e9") > frame.x(0))
    #expect(frame.y.high >= 9)
    #expect(Bars(x: [0, 1, 5], heights: [1, 1, 1]).width == 0.9)
  }

  @Test func `four levels are listed, five even ones are not`() {
    func name(_ levels: [Double]) -> String? {
      Contours(x: [0, 1], y: [0, 1], values: [0, 1, 2, 9], levels: levels, name: "f").name
    }
    #expect(name([1, 2, 3, 4]) == "f: levels 1, 2, 3, 4")
    #expect(name([1, 2, 3, 4, 5]) == "f: levels 1, 2, …, 5")
  }

  @Test func `rules are broken, each in its way, and a companion follows the mark before it`() {
    let marks: [any Mark] = [
      Line(x: [0], y: [0]), Line(x: [0], y: [0]), Band(x: [0], low: [0], high: [1], name: "b"), Rule(y: 1), Rule(x: 2),
    ]
    let styles = Style.styles(of: marks)
    #expect(styles.map(\.color) == [.blue, .vermillion, .vermillion, .gray, .gray])
    #expect(styles[3].dash != .solid && styles[4].dash != .solid && styles[3].dash != styles[4].dash)
    // Its place is on the axis though no datum is near.
    let range = try? PlotLayout(
      Plot {
        Line(x: [0, 1], y: [0, 1]); Rule(y: 9)
      }, width: 300
    ).frame.y
    #expect((range?.high ?? 0) >= 9)
  }

  @Test func `of neighbouring sizes the smaller layer has fewer circles`() {
    func circles(_ units: [Int]) -> [Int] {
      NetworkDiagram(
        layers: units.map { .init("h", units: $0) }, weights: Array(repeating: "W", count: units.count - 1)
      ).circles
    }
    #expect(circles([784, 780, 776]) == [9, 8, 7])
    // √(25/81) · 9 = 5
    #expect(circles([81, 25, 81]) == [9, 5, 9])
  }

  @Test func `rows of a matrix are numbered from its first index, and as high as their labels`() throws {
    let many = Heatmap(rows: 100, columns: 100, values: Array(repeating: 1, count: 10_000), firstIndex: 0)
    #expect(try !texts(many).contains("−1") && texts(many).contains("0"))
    let canvas = try many.body(width: 400)
    func top(_ text: String) throws -> Double {
      try #require(canvas.texts.first { $0.text == text }?.corners.first?.y)
    }
    let box = try #require(canvas.dataAreas.first)
    // The middle of row i is (i + ½)/100 down; that of its label a third of a line above the baseline.
    let label = try top("80")
    #expect((label + 0.42 * 12 - box.top - 0.805 * box.height).magnitude < 4)
    let labels = (0..<20).map { "row \($0) with a label that takes more than one line of the room it has" }
    let tall = try Heatmap(rows: 20, columns: 1, values: Array(repeating: 1, count: 20), rowLabels: labels)
      .body(width: 300)
    let lines = TextMetrics.lines(of: labels[0], width: 120).count
    #expect(lines > 1 && (tall.dataAreas.map(\.height).max() ?? 0) >= 20 * 15 * Double(lines))
  }

  @Test func `labels higher than their images stay on the sheet, clear of what is below`() throws {
    let label = "a label of the row that takes more than one line of the room it has"
    let grid = ImageGrid(
      images: Array(repeating: Array(repeating: 0.5, count: 28), count: 2), width: 28, height: 1,
      columns: 1, rowLabels: [label, label])
    let canvas = try grid.body(width: 300)
    let lines = TextMetrics.lines(of: label, width: 90)
    let tops = canvas.texts.filter { lines.contains($0.text) }.map { $0.corners.map(\.y) }
    #expect(tops.count == 2 * lines.count && lines.count > 2)
    #expect((tops.joined().min() ?? -1) >= 0)
    let others = canvas.texts.filter { !lines.contains($0.text) }.flatMap { $0.corners.map(\.y) }
    #expect((tops.joined().max() ?? .infinity) < others.min() ?? 0)
  }

  @Test func `of few points those are one that fall on the same tenth of a pixel`() throws {
    func drawn(_ pixels: [Double]) throws -> [String] {
      func plot(_ x: [Double]) -> Plot {
        Plot(x: Axis(range: 0...1), y: Axis(range: 0...1)) { Points(x: x, y: x.map { _ in 0.5 }) }
      }
      let axis = try PlotLayout(plot([0.5]), width: 400).frame.x
      return try plot(pixels.map { axis.datum(at: $0) }).body(width: 400).elements
    }
    #expect(try drawn([200, 200.2]) != drawn([200]) && drawn([200, 200.02]) == drawn([200]))
  }

  @Test func `pixels are halves where that costs less than a fifth`() {
    #expect(ImageGrid.crisp(3.4) == 3 && ImageGrid.crisp(0.62) == 0.5 && ImageGrid.crisp(0.63) == 0.63)
    #expect(ImageGrid.crisp(0.789) == 0.78 && ImageGrid.crisp(0.3) == 0.3)
  }

  @Test func `data beyond a range are cut on either axis, and zero is lined where it is inside`() throws {
    func isCut(_ x: ClosedRange<Double>?, _ y: ClosedRange<Double>?) throws -> Bool {
      try Plot(x: Axis(range: x), y: Axis(range: y)) { Line(x: [0, 9], y: [0, 9]) }.body(width: 300)
        .elements.contains { $0.hasPrefix("<svg") }
    }
    #expect(try isCut(0...5, nil) && isCut(nil, 0...5) && isCut(1...9, nil) && !isCut(0...9, 0...9))
    func zeroLines(_ low: Double) throws -> Int {
      try Plot(y: Axis(range: low...1)) { Line(x: [0, 1], y: [0, 1]) }.body(width: 300).elements
        .count { $0.contains("stroke=\"\(Ink.zero)\"") }
    }
    #expect(try zeroLines(-1) == 1 && zeroLines(0) == 0)
  }

  @Test func `a log axis begins at the least positive number that can be drawn`() throws {
    for bad in [0.0, 1e-301] {
      #expect(throws: PlotError.self) { try Plot(y: Axis(scale: .log)) { Line(x: [0], y: [bad]) }.body(width: 300) }
    }
    #expect(throws: PlotError.self) {
      try Plot(y: Axis(scale: .log, range: 1e-305...1)) { Line(x: [0], y: [1]) }.body(width: 300)
    }
  }

  @Test func `heads are two fifths of their arrow, nine pixels at most`() throws {
    let plot = Plot(x: Axis(range: 0...100), y: Axis(range: 0...1)) {
      Arrows(x: [10], y: [0.5], dx: [80], dy: [0], color: .black)
    }
    let head = try #require(PathReader.paths(try plot.body(width: 500).elements, fill: "#000000").first?.first).points
    #expect(((head.map(\.x).max() ?? 0) - (head.map(\.x).min() ?? 0) - 9).magnitude < 0.21)
  }

  @Test func `a stroke may be seen through, and a text may end at its point`() {
    var canvas = Canvas(width: 100)
    var path = Path()
    path.lines(through: [Point(x: 0, y: 0), Point(x: 9, y: 0)])
    canvas.stroke(path, color: "#000000", opacity: 0.7)
    canvas.text("t", at: Point(x: 1, y: 1), anchor: .end)
    #expect(canvas.elements[0].contains(" stroke-opacity=\"0.7\""))
    #expect(canvas.elements[1].contains(" text-anchor=\"end\""))
  }
}

/// Values that a reader of a page reads off a figure.
@Suite struct ReadingTests {
  private func values(_ mark: any Mark, x: Axis = "x") throws -> [String] {
    let figure = Figure("F") { Plot(x: x, y: Axis("y", range: 0...10)) { [mark] } }
    let document = try #require(SVGDocument("<svg>\(try figure.drawn(description: "d").values)</svg>"))
    return document.texts("title")
  }

  @Test func everyDatumInTheFrameSaysItsNameAndItsNumbersInThreeDigits() throws {
    #expect(try values(Line(x: [1, 20_000], y: [2.3456, 0], name: "loss")) == ["loss: 1, 2.35", "loss: 20000, 0"])
    #expect(try values(Points(x: [1, 2], y: [3, -40])) == ["1, 3"])
    let bars = Bars(["A", "B"], heights: [1.5, 2], name: "ink & co")
    #expect(try values(bars) == ["ink & co: A, 1.5", "ink & co: B, 2"])
  }

  @Test func aSpotStandsWhereItsPointIsDrawn() throws {
    let figure = Figure("F") { Plot(x: "x", y: "y") { Line(x: [0, 1], y: [0, 1]) } }
    let canvas = try figure.render()
    let box = try #require(canvas.dataAreas.first)
    let (low, high) = (canvas.values[0].point, canvas.values[1].point)
    // Seven free pixels at each end of an axis.
    #expect((low.x - box.left - 7).magnitude < 1e-9 && (box.bottom - low.y - 7).magnitude < 1e-9)
    #expect((box.right - high.x - 7).magnitude < 1e-9 && (high.y - box.top - 7).magnitude < 1e-9)
  }

  @Test func cloudsAndCurvesAreNotReadPointByPoint() throws {
    let x = (0...60).map(Double.init)
    #expect(try values(Points(x: x, y: x.map { $0 / 6 })).isEmpty)
    #expect(try values(Points(x: Array(x.dropLast()), y: x.dropLast().map { $0 / 6 })).count == 60)
  }

  @Test(arguments: [
    (1.2345, "1.23"), (1.235, "1.24"), (-99.96, "−100"), (0.0, "0"), (2e-310, "2×10⁻³¹⁰"), (1.7976e308, "1.8×10³⁰⁸"),
  ])
  func threeDigitsAreRoundedOnce(value: Double, text: String) {
    #expect(DecimalNumber(value, digits: 3).text == text)
  }

  @Test func theDocumentThatIsAFileHasNone() throws {
    let figure = Figure("F") { Plot(x: "x", y: "y") { Line(x: [0, 1], y: [0, 1]) } }
    #expect(try !figure.svg(description: "d").contains("<circle"))
  }
}
