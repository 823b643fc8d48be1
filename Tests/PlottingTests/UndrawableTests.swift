import Testing

@testable import Plotting

/// Ranges, scales and ticks come from data as well as coordinates do: what cannot be drawn is an error, never a trap.
@Suite struct UndrawableTests {
  private func error(_ panel: some Panel) -> PlotError? {
    do {
      _ = try panel.body(width: 300)
      return nil
    } catch {
      return error
    }
  }

  private static let ranges: [ClosedRange<Double>] = [
    1...1, 1...(1.0.nextUp), 0...5e-324, 5e-324...1e-320, 0...(.infinity), -1e301...0, 1e10...(1e10 + 1e-5),
  ]

  @Test(arguments: ranges, [Axis.Scale.linear, .log])
  func `a range without width, or beyond all numbers, is named with its ends`(
    range: ClosedRange<Double>, scale: Axis.Scale
  ) {
    let (low, high) = ("\(range.lowerBound)", "\(range.upperBound)")
    let axis = Axis("a", scale: scale, range: range)
    #expect(
      error(Plot("p", x: axis) { Line(x: [1, 2], y: [1, 2]) })
        == .badRange(panel: "p", of: "the horizontal axis", low: low, high: high))
    #expect(
      error(Plot("p", y: axis) { Line(x: [1, 2], y: [1, 2]) })
        == .badRange(panel: "p", of: "the vertical axis", low: low, high: high))
    #expect(
      error(Plot("p") { Histogram([1, 2], range: range, name: "codes") })
        == .badRange(panel: "p", of: "the bins of \"codes\"", low: low, high: high))
    #expect(
      error(Plot("p") { Shading(x: range, y: 0...1, rows: 1, columns: 1, values: [0]) })
        == .badRange(panel: "p", of: "the shading's x", low: low, high: high))
    #expect(
      error(Plot("p") { Shading(x: 0...1, y: range, rows: 1, columns: 1, values: [0]) })
        == .badRange(panel: "p", of: "the shading's y", low: low, high: high))
  }

  @Test func `a narrow range that can be divided is drawn`() throws {
    for scale in [Axis.Scale.linear, .log] {
      let axis = Axis("a", scale: scale, range: 1...(1 + 2e-9))
      let labels = try Plot(x: axis) { Line(x: [1, 1 + 1e-9], y: [1, 2]) }.body(width: 600).texts.map(\.text)
      #expect(labels.contains("1.0000000010"), "\(labels)")
    }
  }

  @Test func `a logarithmic axis begins above zero`() {
    let expected = PlotError.badRange(panel: "p", of: "the vertical axis", low: "0.0", high: "1.0")
    #expect(error(Plot("p", y: Axis(scale: .log, range: 0...1)) { Line(x: [1, 2], y: [1, 2]) }) == expected)
    #expect(error(Plot("p", y: Axis(range: 0...1)) { Line(x: [1, 2], y: [1, 2]) }) == nil)
  }

  @Test func `colours need ends that are numbers, and one value is enough`() {
    let expected = PlotError.badRange(panel: "p", of: "the colours", low: "0.0", high: "inf")
    #expect(error(Heatmap("p", [[1]], range: 0...(.infinity))) == expected)
    #expect(
      error(ImageGrid("p", images: [[1]], width: 1, height: 1, columns: 1, range: 0...(.infinity))) == expected)
    let shading = { (range: ClosedRange<Double>) in
      Plot("p") { Shading(x: 0...1, y: 0...1, rows: 1, columns: 1, values: [0], range: range) }
    }
    #expect(error(shading(0...(.infinity))) == expected)
    #expect(error(shading(2...2)) == nil)
    #expect(error(Heatmap("p", [[1e300, -1e300]], palette: .diverging)) == nil)
  }

  @Test(arguments: [5e-324, 0, -1, 1e301, .infinity, .nan])
  func `a scale that nothing can be drawn at is named`(scale: Double) {
    let arrows = Plot("p") { Arrows(x: [0], y: [0], dx: [1], dy: [1], scale: scale, name: "score") }
    let ellipses = Plot("p") { Ellipses(x: [0], y: [0], matrices: [[1, 0, 0, 1]], scale: scale, name: "score") }
    let expected = PlotError.badScale(panel: "p", series: "score", scale: "\(scale)")
    #expect(error(arrows) == expected)
    #expect(error(ellipses) == expected)
    #expect(expected.description.contains("\"score\" is to be shown \(scale) times as large"))
  }

  @Test func `a tick that has no place on its axis is named`() {
    for (tick, axis) in [(0.0, "the horizontal axis"), (-1, "the horizontal axis")] {
      #expect(
        error(Plot("p", x: Axis(scale: .log, ticks: [1, tick])) { Line(x: [1, 2], y: [1, 2]) })
          == .notPositive(panel: "p", series: axis, coordinate: "tick", index: 1, value: tick))
    }
    #expect(
      error(Plot("p", y: Axis(ticks: [.nan])) { Line(x: [1, 2], y: [1, 2]) })
        == .notFinite(panel: "p", series: "the vertical axis", coordinate: "tick", index: 0, value: "nan"))
  }

  @Test func `the places of contours must ascend`() {
    #expect(
      error(Plot("p") { Contours(x: [0, 1], y: [1, 1], values: [1, 2, 3, 4], name: "f") })
        == .notAscending(panel: "p", series: "f: levels 1.5, 2.0, …, 3.5", coordinate: "y", index: 1))
  }

  @Test func `bars over names stand at equal distances also on a logarithmic axis`() throws {
    let plot = Plot(x: Axis(scale: .log), y: Axis(scale: .log)) { Bars(["a", "b", "c"], heights: [1, 10, 100]) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect((frame.x(1) - frame.x(0) - (frame.x(2) - frame.x(1))).magnitude < 1e-9)
    _ = try plot.body(width: 400)
    // No names at all leave the axis to the other marks.
    let line = Plot {
      Bars([String](), heights: [])
      Line(x: [0, 5], y: [0, 1])
    }
    #expect(try PlotLayout(line, width: 400).frame.x.high == 5)
  }

  @Test func `values at the end of what can be drawn have bins`() throws {
    let histogram = Histogram([1e300, 1e300], bins: 4)
    #expect(histogram.edges.first == 0.9e300 && histogram.edges.last == 1e300)
    _ = try Plot { histogram }.body(width: 300)
  }

  @Test func `a range that holds no two whole numbers has ticks between them`() throws {
    let labels = try Plot(x: Axis(range: 0.2...0.4)) { Line(x: [0, 1], y: [0, 1]) }.body(width: 400).texts.map(\.text)
    #expect(labels.contains("0.30") || labels.contains("0.3"), "\(labels)")
  }

  @Test func `a line and a band of a single place are seen`() throws {
    for y in [[2.0], [2, 2, 2]] {
      let line = Line(x: y.map { _ in 1 }, y: y, color: .black)
      let canvas = try Plot { line }.body(width: 300)
      #expect(canvas.elements.contains { $0.contains("h.01") && $0.contains("stroke-linecap=\"round\"") })
    }
    let band = Band(x: [1, 1], low: [2, 3], high: [4, 5], name: "b", color: .black)
    let frame = try PlotLayout(Plot { band }, width: 300).frame
    let outline = try #require(
      PathReader.paths(try Plot { band }.body(width: 300).elements, fill: "#000000").first?.first)
    let (x, y) = (outline.points.map(\.x), outline.points.map(\.y))
    #expect(((x.max() ?? 0) - (x.min() ?? 0) - 6).magnitude < 0.11)
    #expect(((y.min() ?? 0) - frame.y(5)).magnitude < 0.11 && ((y.max() ?? 0) - frame.y(2)).magnitude < 0.11)
  }
}
