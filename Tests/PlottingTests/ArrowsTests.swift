import Testing

@testable import Plotting

@Suite struct ArrowsTests {
  /// The shafts and heads of the only series, in black, with the frame they were drawn in.
  private func drawn(_ plot: Plot, width: Double = 500) throws -> (
    shafts: [PathReader.Stroke], heads: [PathReader.Stroke], frame: Frame
  ) {
    let elements = try plot.body(width: width).elements
    let shafts = PathReader.paths(elements, stroke: "#000000")
    let heads = PathReader.paths(elements, fill: "#000000")
    // The legend's sample is one arrow more.
    let keys = plot.marks.count { $0.name != nil }
    #expect(shafts.count <= 1 + keys && heads.count == 1 + keys, "all arrows of a mark are two paths")
    return (shafts.first ?? [], heads.first ?? [], try PlotLayout(plot, width: width).frame)
  }

  @Test(arguments: [1.0, 0.25, 3])
  func `an arrow leads from its tail to its tail plus the scaled vector`(scale: Double) throws {
    let (x, y) = ([0.0, 1, -2], [0.0, 2, 1])
    let (dx, dy) = ([1.0, -0.5, 0], [0.5, 1, -2])
    let plot = Plot(aspect: .equal) { Arrows(x: x, y: y, dx: dx, dy: dy, scale: scale, color: .black) }
    let (shafts, heads, frame) = try drawn(plot)
    #expect(shafts.count == 3 && heads.count == 3)
    let pixel = 0.06 * (frame.x.high - frame.x.low) / (frame.x.end - frame.x.start)
    for index in 0..<3 {
      let tail = shafts[index].points[0]
      #expect((frame.x.datum(at: tail.x) - x[index]).magnitude < pixel)
      #expect((frame.y.datum(at: tail.y) - y[index]).magnitude < pixel)
      let tip = heads[index].points[0]
      #expect((frame.x.datum(at: tip.x) - (x[index] + scale * dx[index])).magnitude < pixel)
      #expect((frame.y.datum(at: tip.y) - (y[index] + scale * dy[index])).magnitude < pixel)
      // The head is symmetric about the shaft, and the shaft ends within it.
      let (left, right) = (heads[index].points[1], heads[index].points[2])
      let base = Point(x: (left.x + right.x) / 2, y: (left.y + right.y) / 2)
      let cross = (tip.x - tail.x) * (base.y - tail.y) - (tip.y - tail.y) * (base.x - tail.x)
      let length = distance(tail, tip)
      #expect((cross / length).magnitude < 0.2)
      #expect(distance(tail, shafts[index].points[1]) < length && distance(base, tip) <= 9.2)
    }
  }

  @Test func `tails and heads count for the ranges`() throws {
    let plot = Plot { Arrows(x: [0], y: [0], dx: [2], dy: [-3], scale: 10) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.x.low <= 0 && frame.x.high >= 20 && frame.y.low <= -30 && frame.y.high >= 0)
  }

  @Test func `with equal aspect directions are true`() throws {
    let plot = Plot(aspect: .equal) {
      Arrows(x: [0, 0], y: [0, 0], dx: [3, -40], dy: [4, 0], color: .black)
    }
    let (shafts, heads, _) = try drawn(plot)
    let (tail, tip) = (shafts[0].points[0], heads[0].points[0])
    #expect(((tail.y - tip.y) / (tip.x - tail.x) - 4.0 / 3).magnitude < 0.02)
  }

  @Test func `short arrows are lines without a head, and zero is a dot`() throws {
    let plot = Plot(x: Axis(range: 0...100), y: Axis(range: -1...1)) {
      Arrows(x: [10, 20, 30, 40], y: [0, 0, 0, 0], dx: [0, 0.5, 1, 20], dy: [0, 0, 0, 0], color: .black)
    }
    let (shafts, heads, frame) = try drawn(plot)
    let perUnit = frame.x(1) - frame.x(0)
    #expect(perUnit > 4 && perUnit < 8)
    #expect(shafts.count == 3 && shafts.map { $0.points.count } == [2, 2, 2])
    #expect(heads.map { $0.points.count } == [8, 3, 3])
    #expect(heads.map(\.isClosed) == [true, true, true])
    // The dot's middle is the tail.
    let dot = heads[0].points
    #expect((dot.map(\.x).reduce(0, +) / 8 - frame.x(10)).magnitude < 0.1)
    #expect((dot.map(\.y).reduce(0, +) / 8 - frame.y(0)).magnitude < 0.1)
    // A head is no longer than its arrow.
    #expect(distance(heads[1].points[0], heads[1].points[1]) < perUnit * 1.1)
  }

  @Test func `an arrow is a line from one pixel on`() throws {
    func plot(_ dx: Double) -> Plot {
      Plot(x: Axis(range: 0...100), y: Axis(range: -1...1)) {
        Arrows(x: [10], y: [0], dx: [dx], dy: [0], color: .black)
      }
    }
    let frame = try PlotLayout(plot(1), width: 500).frame
    for (pixels, shafts) in [(0.9, 0), (1.1, 1), (1.9, 1)] {
      let length = pixels / (frame.x(1) - frame.x(0))
      #expect(PathReader.paths(try plot(length).body(width: 500).elements, stroke: "#000000").count == shafts)
    }
  }

  @Test func `the legend states a scale other than 1`() throws {
    func name(_ scale: Double, _ name: String?) -> String? {
      Arrows(x: [0], y: [0], dx: [1], dy: [1], scale: scale, name: name).name
    }
    #expect(name(2, "score") == "score (arrows ×2)")
    #expect(name(0.25, nil) == "arrows ×0.25")
    #expect(name(1.0 / 3, "f") == "f (arrows ×0.333)")
    #expect(name(1, "score") == "score" && name(1, nil) == nil)
    let plot = Plot { Arrows(x: [0], y: [0], dx: [1], dy: [1], scale: 2, name: "score") }
    #expect(try plot.body(width: 400).texts.map(\.text).contains("score (arrows ×2)"))
  }

  private func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
