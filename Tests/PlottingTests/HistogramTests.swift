import Testing

@testable import Plotting

@Suite struct HistogramTests {
  @Test func `a value on an edge belongs to the bin on its right, the last edge to the last bin`() {
    let histogram = Histogram([0, 0.25, 0.25, 0.5, 0.75, 1, 1], bins: 4, range: 0...1)
    #expect(histogram.edges == [0, 0.25, 0.5, 0.75, 1])
    #expect(histogram.shares == [1, 2, 1, 3].map { $0 / 7 })
    // 49 · (1/49) < 1 in floating point, yet every edge begins its own bin.
    for bins in [10, 49, 98, 103] {
      let edges = Histogram((0...bins).map { Double($0) / Double(bins) }, bins: bins, range: 0...1)
      let count = Double(bins + 1)
      #expect(edges.shares == [Double](repeating: 1 / count, count: bins - 1) + [2 / count])
      let below = Histogram((1...bins).map { (Double($0) / Double(bins)).nextDown }, bins: bins, range: 0...1)
      #expect(below.shares == [Double](repeating: 1 / Double(bins), count: bins))
    }
  }

  @Test(arguments: [1, 2, 13, 50])
  func `shares are counts by brute force, and add to 1`(bins: Int) {
    let values = Samples.noise(700, seed: 5).map { ($0 * 40).rounded() / 17 }
    let histogram = Histogram(values, bins: bins)
    #expect(histogram.edges.first == values.min() && histogram.edges.last == values.max())
    for bin in 0..<bins {
      let (low, high) = (histogram.edges[bin], histogram.edges[bin + 1])
      let count = values.count { low <= $0 && ($0 < high || (bin == bins - 1 && $0 == high)) }
      #expect(histogram.shares[bin] == Double(count) / 700)
    }
    #expect((histogram.shares.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @Test func `values beyond the range are counted in the end bins, and the legend says so`() {
    let histogram = Histogram([-5, 0.1, 0.9, 7, 8], bins: 4, range: 0...1, name: "code")
    #expect(histogram.shares == [0.4, 0, 0, 0.6])
    #expect(histogram.name == "code (3 of 5 beyond, in the end bins)")
    #expect(Histogram([2, 0], bins: 4, range: 0...1).name == "1 of 2 beyond, in the end bins")
    #expect(Histogram([0, 1], bins: 4, range: 0...1, name: "code").name == "code")
  }

  @Test func `equal values and none at all can be drawn`() throws {
    let equal = Histogram([3, 3, 3], bins: 5)
    #expect(equal.edges.first ?? 9 < 3 && equal.edges.last ?? 0 > 3 && equal.shares.max() == 1)
    #expect(throws: PlotError.nothingToDraw(panel: "P")) { try Plot("P") { Histogram([]) }.body(width: 300) }
  }

  @Test func `the outline steps at the edges to the shares and stands on zero`() throws {
    let plot = Plot { Histogram([0, 0, 1, 3], bins: 3, range: 0...3, color: .black) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.y.low == 0 && frame.y(0) == frame.box.bottom)
    let outline = try #require(
      PathReader.paths(try plot.body(width: 400).elements, stroke: "#000000").first)
    #expect(outline.count == 1)
    let expected: [(Double, Double)] = [(0, 0), (0, 0.5), (1, 0.5), (1, 0.25), (3, 0.25), (3, 0)]
    #expect(outline[0].points.count == expected.count)
    for (point, place) in zip(outline[0].points, expected) {
      #expect((point.x - frame.x(place.0)).magnitude < 0.06 && (point.y - frame.y(place.1)).magnitude < 0.06)
    }
  }

  @Test(arguments: [Axis.Scale.linear, .log])
  func `empty bins have no outline`(scale: Axis.Scale) throws {
    let plot = Plot(y: Axis(scale: scale)) { Histogram([0, 0, 3.5, 5], bins: 5, range: 0...5, color: .black) }
    let frame = try PlotLayout(plot, width: 400).frame
    let outline = try #require(
      PathReader.paths(try plot.body(width: 400).elements, stroke: "#000000").first)
    #expect(outline.count == 2)
    let spans = outline.map { stroke in [stroke.points.map(\.x).min() ?? 0, stroke.points.map(\.x).max() ?? 0] }
    for (span, places) in zip(spans, [[0.0, 1], [3, 5]]) {
      for (pixel, place) in zip(span, places) { #expect((pixel - frame.x(place)).magnitude < 0.06) }
    }
    for stroke in outline { #expect(stroke.points.first?.y == stroke.points.last?.y) }
    #expect(((outline[0].points.first?.y ?? 0) - frame.box.bottom).magnitude < 0.06)
  }
}
