import Testing

@testable import Plotting

@Suite struct LayoutTests {
  @Test(arguments: Samples.all.map(\.name))
  func `no text touches another or the data, and none is cut`(name: String) throws {
    let figure = try #require(Samples.all.first { $0.name == name }).figure
    let canvas = try figure.render()
    let areas = canvas.dataAreas.map { corners(of: $0) }
    #expect(!areas.isEmpty && !canvas.texts.isEmpty)
    for (index, place) in canvas.texts.enumerated() {
      for corner in place.corners {
        #expect(
          corner.x >= 0 && corner.x <= canvas.width && corner.y >= 0 && corner.y <= canvas.height,
          "“\(place.text)” reaches (\(corner.x), \(corner.y)) of \(canvas.width) × \(canvas.height)")
      }
      for other in canvas.texts[..<index] {
        #expect(!overlap(place.corners, other.corners), "“\(place.text)” touches “\(other.text)”")
      }
      for area in areas {
        #expect(!overlap(place.corners, area), "“\(place.text)” stands on data: \(area[0])…\(area[2])")
      }
    }
  }

  /// Labels that take the whole width leave the frame a little, instead of less than nothing.
  @Test func `a panel narrower than its labels is drawn`() throws {
    let numbers = [-1.234567890123e-290, 1.234567890124e-290, 1e-300]
    let names = Array(repeating: "a name that is long", count: 3)
    let plots = [
      Plot(y: Axis(ticks: numbers)) { Line(x: numbers, y: numbers) },
      Plot(y: Axis(ticks: numbers)) { Bars(names, heights: numbers) },
      Plot(y: Axis(ticks: numbers), aspect: .equal) { Points(x: numbers, y: numbers, name: "p") },
    ]
    for plot in plots {
      let body = try plot.body(width: 100)
      #expect(body.dataAreas.allSatisfy { $0.width > 0 && $0.height > 0 } && !body.dataAreas.isEmpty)
    }
  }

  @Test(arguments: Samples.all.map(\.name), [115.0, 210, 330, 688])
  func `a panel keeps to its own width, however narrow`(name: String, width: Double) throws {
    for panel in try #require(Samples.all.first(where: { $0.name == name })).figure.panels {
      let body = try panel.body(width: width)
      for place in body.texts {
        let (x, y) = (place.corners.map(\.x), place.corners.map(\.y))
        #expect((x.min() ?? 0) >= -0.01 && (x.max() ?? 0) <= width + 0.01, "“\(place.text)” in “\(panel.title)”: \(x)")
        #expect(
          (y.min() ?? 0) >= -0.01 && (y.max() ?? 0) <= body.height + 0.01, "“\(place.text)” in “\(panel.title)”: \(y)")
      }
      for area in body.dataAreas {
        #expect(area.width > 0 && area.left >= -0.01 && area.right <= width + 0.01, "data of “\(panel.title)”: \(area)")
      }
    }
  }

  @Test func `the detector of overlaps sees turned boxes as they are`() {
    let square = corners(of: Box(x: 0, y: 0, width: 10, height: 10))
    let diamond = [Point(x: 14, y: 4), Point(x: 24, y: 14), Point(x: 14, y: 24), Point(x: 4, y: 14)]
    #expect(overlap(square, corners(of: Box(x: 9, y: 9, width: 5, height: 5))))
    #expect(!overlap(square, corners(of: Box(x: 10, y: 0, width: 5, height: 5))))
    #expect(overlap(square, diamond))
    #expect(!overlap(square, diamond.map { Point(x: $0.x + 2, y: $0.y + 2) }))
  }

  @Test func `a legend is left out where nothing has a name`() throws {
    func texts(_ name: String?) throws -> [String] {
      try Figure { Plot { Line(x: [0, 1], y: [0, 1], name: name) } }.render().texts.map(\.text)
    }
    #expect(try texts(nil).count + 1 == texts("digits").count)
    #expect(try texts("digits").contains("digits"))
  }

  @Test func `what several bands are is said once`() throws {
    func texts(_ names: [String]) throws -> [String] {
      let plot = Plot { names.map { Band(x: [0, 1], low: [0, 0], high: [1, 2], name: $0) as any Mark } }
      return try Figure { plot }.render().texts.map(\.text).filter { names.contains($0) }
    }
    #expect(try texts(["± error", "± error", "± error"]) == ["± error"])
    #expect(try texts(["range", "± error"]) == ["range", "± error"])
  }

  @Test func `points over names stand where bars would`() throws {
    let names = ["less", "more"]
    let points = Plot(y: Axis(scale: .log)) { Points(names, y: [0.1, 10]) }
    let bars = Plot(y: Axis(scale: .log)) { Bars(names, heights: [0.1, 10], from: 1) }
    let (ours, theirs) = (try PlotLayout(points, width: 400).frame, try PlotLayout(bars, width: 400).frame)
    #expect(ours.x(0) == theirs.x(0) && ours.x(1) == theirs.x(1) && ours.y(10) == theirs.y(10))
    #expect(try Figure { points }.render().texts.map(\.text).filter(names.contains) == names)
  }

  @Test func `with equal aspect a unit is as long across as up`() throws {
    for range in [(1.0, 1.0), (4.0, 1.0), (1.0, 3.0)] {
      let plot = Plot(aspect: .equal) { Line(x: [-range.0, range.0], y: [-range.1, range.1]) }
      let frame = try PlotLayout(plot, width: 400).frame
      let across = frame.x(1) - frame.x(0)
      let up = frame.y(0) - frame.y(1)
      #expect((across / up - 1).magnitude < 1e-12)
    }
  }

  @Test func `a logarithmic axis gives equal ratios equal lengths`() {
    let map = AxisMap(scale: .log, low: 0.01, high: 1000, start: 100, end: 600)
    #expect((map(0.01) - 100).magnitude < 1e-9 && (map(1000) - 600).magnitude < 1e-9)
    #expect((map(1) - 300).magnitude < 1e-9 && (map(20) - map(10) - (map(4) - map(2))).magnitude < 1e-9)
  }

  @Test func `bars stand on zero and side by side`() throws {
    let plot = Plot {
      Bars(["a", "b"], heights: [3, 2], name: "one")
      Bars(["a", "b"], heights: [1, 2], name: "two")
    }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.baseline == frame.box.bottom)
    #expect(frame.y.low == 0)
    #expect(frame.x.low == -0.5 && frame.x.high == 1.5)
    #expect(Style.styles(of: plot.marks).map(\.rank) == [0, 1])
  }

  @Test func `bars with a base stand on it or hang from it`() throws {
    let axis = Axis("ratio", scale: .log, range: 0.1...10)
    let plot = Plot(y: axis) { Bars(["less", "more"], heights: [0.1, 10], from: 1, color: .black) }
    let frame = try PlotLayout(plot, width: 400).frame
    let bars = try #require(PathReader.paths(try plot.body(width: 400).elements, fill: "#000000").first)
    let extents = bars.map { bar in (top: bar.points.map(\.y).min() ?? .nan, bottom: bar.points.map(\.y).max() ?? .nan)
    }
    #expect(extents.count == 2)
    #expect((extents[0].top - frame.y(1)).magnitude < 0.1 && (extents[0].bottom - frame.y(0.1)).magnitude < 0.1)
    #expect((extents[1].top - frame.y(10)).magnitude < 0.1 && (extents[1].bottom - frame.y(1)).magnitude < 0.1)
  }

  @Test func `an explicit range is kept and the data beyond it are cut off`() throws {
    let axis = Axis("y", range: 0...1)
    let plot = Plot(y: axis) { Line(x: [0, 1], y: [-5, 5]) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.y.low == 0 && frame.y.high == 1)
    let document = try #require(SVGDocument(try Figure { plot }.svg(description: "")))
    #expect(document.all("svg").count == 2)
    let inside = try #require(
      SVGDocument(try Figure { Plot(y: axis) { Line(x: [0, 1], y: [0, 1]) } }.svg(description: "")))
    #expect(inside.all("svg").count == 1)
  }

  private func corners(of box: Box) -> [Point] {
    [
      Point(x: box.left, y: box.top), Point(x: box.right, y: box.top), Point(x: box.right, y: box.bottom),
      Point(x: box.left, y: box.bottom),
    ]
  }

  /// Whether two rectangles, each given by its corners, share area: no side of either separates them.
  private func overlap(_ a: [Point], _ b: [Point]) -> Bool {
    for rectangle in [a, b] {
      for (start, end) in [(rectangle[0], rectangle[1]), (rectangle[1], rectangle[2])] {
        let along = { (point: Point) in point.x * (end.x - start.x) + point.y * (end.y - start.y) }
        let (inA, inB) = (a.map(along), b.map(along))
        let slack = 1e-6
        if (inA.max() ?? 0) <= (inB.min() ?? 0) + slack || (inB.max() ?? 0) <= (inA.min() ?? 0) + slack { return false }
      }
    }
    return true
  }
}
