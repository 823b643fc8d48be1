import Testing

@testable import Plotting

/// The rules by which ranges, labels and places are chosen, each at the edge where it matters.
@Suite struct LayoutRuleTests {
  private func range(_ values: [Double], _ scale: Axis.Scale = .linear) throws -> DataRange {
    try #require(DataRange([Coordinates(.vertical, "y", values)], scale: scale))
  }

  @Test func `a single value is shown with ten per cent, one, or a factor of two on both sides`() throws {
    for (value, low, high) in [(50.5, 45.45, 55.55), (-2.5, -2.75, -2.25), (3, 2, 4), (0, -1, 1), (200, 180, 220)] {
      let range = try range([value, value])
      #expect((range.low - low).magnitude < 1e-12 && (range.high - high).magnitude < 1e-12, "\(value)")
    }
    let log = try range([8], .log)
    #expect(log.low == 4 && log.high == 16)
  }

  @Test func `an axis counts only if all of its values are whole`() throws {
    #expect(try range([1, 2, 30]).isIntegral)
    #expect(try !range([1, 2.5, 3]).isIntegral && !range([2.5, 1, 3]).isIntegral && !range([1e15, 2]).isIntegral)
  }

  @Test func `rounding out leaves at most six per cent of the data's range empty`() {
    let noise = Samples.noise(400, seed: 3)
    for trial in 0..<200 {
      let (low, high) = (min(noise[trial], noise[trial + 200]), max(noise[trial], noise[trial + 200]))
      var axis = ScaledAxis("", [Coordinates(.vertical, "y", [low, high])], inset: 0)
      axis.chooseTicks(wanted: 5)
      #expect(axis.low <= low && axis.low >= low - 0.0601 * (high - low))
      #expect(axis.high >= high && axis.high <= high + 0.0601 * (high - low))
    }
  }

  @Test func `bars that hang touch their axis, and the others stand free of the frame`() throws {
    let frame = try PlotLayout(Plot { Bars(["a", "b"], heights: [-3, -2]) }, width: 400).frame
    #expect(frame.y.high == 0 && frame.y(0) == frame.box.top && frame.baseline == frame.box.top)
    #expect(frame.y(frame.y.low) < frame.box.bottom - 6)
  }

  @Test func `labels of an axis are eight pixels apart`() {
    let noise = Samples.noise(300, seed: 9)
    for trial in 0..<150 {
      let (low, high) = (1000 * noise[trial], 1000 * noise[trial] + 5 * noise[trial + 150].magnitude)
      let length = 60 + 3 * Double(trial)
      var axis = ScaledAxis("", [Coordinates(.horizontal, "x", [low, high])], inset: 7)
      axis.chooseTicks(length: length)
      axis.thinTicks(length: length)
      let map = axis.map(from: 0, to: length)
      let places = axis.ticks.compactMap { tick in
        tick.label.map { (middle: map(tick.value), half: TextMetrics.width(of: $0) / 2) }
      }
      for (left, right) in zip(places, places.dropFirst()) {
        #expect(right.middle - right.half - left.middle - left.half > 7.999)
      }
    }
  }

  /// No more than that: fewer labels say less.
  @Test func `labels eight pixels apart stay`() {
    let width = TextMetrics.width(of: "10")
    for (gap, labels) in [(8.01, ["10", "20"]), (7.99, ["10"])] {
      let ticks = Axis("x", range: 10...20, ticks: [10, 20])
      var axis = ScaledAxis(ticks, [Coordinates(.horizontal, "x", [10, 20])], inset: 0)
      let length = width + gap
      axis.chooseTicks(length: length)
      axis.thinTicks(length: length)
      #expect(axis.ticks.compactMap(\.label) == labels)
    }
  }

  @Test func `ticks of one's own widen the data's range, but none that was given`() throws {
    func axis(_ axis: Axis) -> ScaledAxis {
      var scaled = ScaledAxis(axis, [Coordinates(.horizontal, "x", [2, 3])], inset: 0)
      scaled.chooseTicks(wanted: 5)
      return scaled
    }
    let widened = axis(Axis(ticks: [1, 2.5, 7]))
    #expect(widened.low == 1 && widened.high == 7 && widened.labels == ["1", "2.5", "7"])
    let given = axis(Axis(range: 2...5, ticks: [1, 2.5, 7]))
    #expect(given.low == 2 && given.high == 5 && given.labels == ["2.5"])
  }

  @Test func `a figure's title and description have its identifier, escaped`() throws {
    let figure = Figure { Plot("Only the panel's") { Line(x: [0, 1], y: [0, 1]) } }
    let svg = try figure.svg(description: "d", identifier: #"a<"&b"#)
    let document = try #require(SVGDocument(svg))
    let ids = ["title", "desc"].map { document.all($0).first?.attributes["id"] ?? "" }
    #expect(ids == [#"a<"&b-title"#, #"a<"&b-desc"#])
    #expect(document.elements[0].attributes["aria-labelledby"] == ids.joined(separator: " "))
    #expect(document.texts("title") == ["Only the panel's"])
  }

  @Test func `what XML cannot hold or calls unfit is replaced`() {
    #expect(SVGText.escaped("a\u{7F}b\u{80}c\u{9F}d\u{A0}e\u{FFFF}f\u{1FFFE}") == "a�b�c�d\u{A0}e�f�")
    #expect(SVGText.number(0.996) == "1" && SVGText.number(-2.679) == "-2.68")
  }

  @Test func `panels of a row begin on one line, and the next row below all of them`() throws {
    let long = "A title that is too long to be written on the one line which a third of a narrow figure has room for"
    func places(_ titles: [String], heights: [Double]) throws -> (tops: [Double], height: Double) {
      let canvas = try Figure(columns: 2, width: 400) {
        zip(titles, heights).map { title, height in Plot(title, height: height) { Line(x: [0, 1], y: [0, 1]) } }
      }.render()
      return (canvas.dataAreas.map(\.top), canvas.height)
    }
    let (tops, height) = try places([long, "b", "c"], heights: [200, 100, 100])
    #expect((tops[0] - tops[1]).magnitude < 1e-9 && tops[2] > tops[0] + 200)
    let (mirrored, same) = try places(["b", long, "c"], heights: [100, 200, 100])
    #expect(mirrored == tops && same == height)
  }

  @Test func `labels are level in up to three lines, slanted with room, upright without`() {
    let three = SlotLabels(["one two three"], slotWidth: 44, side: .below, room: 0)
    #expect(three.slant == .level && three.lines == [["one", "two", "three"]])
    let word = ["incomprehensible", "word"]
    #expect(SlotLabels(word, slotWidth: 60, side: .below, room: 500).slant == .rising)
    #expect(SlotLabels(word, slotWidth: 60, side: .below, room: 20).slant == .upright)
    // A line is 15 pixels high: in slots of 4 pixels there is room for every fourth.
    #expect(SlotLabels(word, slotWidth: 4, side: .below, room: 20).stride == 4)
    #expect(SlotLabels(word, slotWidth: 15, side: .below, room: 20).stride == 1)
  }

  @Test func `words are cut only where a line ends, and bold ones are wider`() {
    let word = String(repeating: "i", count: 200)
    let lines = TextMetrics.lines(of: word, width: 150)
    #expect(lines.joined() == word)
    for line in lines.dropLast() { #expect(TextMetrics.width(of: line + "i") > 150) }
    #expect(TextMetrics.width(of: "word", bold: true) > 1.1 * TextMetrics.width(of: "word"))
  }

  @Test func `a legend breaks its rows before its width, below the highest entry of the row`() throws {
    let long = Array(repeating: "word", count: 14).joined(separator: " ")
    let lines = [long, "b", "c"].map { Line(x: [0, 1], y: [0, 1], name: $0) }
    let legend = Legend(lines, styles: Style.styles(of: lines), width: 300)
    for entry in legend.entries {
      #expect(entry.origin.x + 32 + TextMetrics.width(ofWidest: entry.lines) <= 300.001)
    }
    let word = String(repeating: "n", count: 22)
    let mixed = ["\(word) \(word)", "c", word].map { Line(x: [0, 1], y: [0, 1], name: $0) }
    let entries = Legend(mixed, styles: Style.styles(of: mixed), width: 300).entries
    #expect(entries.map(\.lines.count) == [2, 1, 1])
    #expect(entries[1].origin.y == 0 && entries[2].origin.x == 0 && entries[2].origin.y >= 30)
  }
}
