import Testing

@testable import Plotting

@Suite struct EllipsesTests {
  /// The ellipses of the only series, in black, with the frame they were drawn in.
  private func drawn(_ plot: Plot, width: Double = 500) throws -> (ellipses: [PathReader.Stroke], frame: Frame) {
    let paths = PathReader.paths(try plot.body(width: width).elements, stroke: "#000000")
    // The legend's sample is one path more.
    #expect(paths.count == 1 + plot.marks.count { $0.name != nil }, "all ellipses of a mark are one path")
    return (paths[0], try PlotLayout(plot, width: width).frame)
  }

  @Test(arguments: [1.0, 0.5, 3])
  func `an ellipse is the image of the unit circle about its centre`(scale: Double) throws {
    let A = [2.0, 0.5, -0.3, 1]
    let plot = Plot(aspect: .equal) { Ellipses(x: [1], y: [-2], matrices: [A], scale: scale, color: .black) }
    let (ellipses, frame) = try drawn(plot)
    #expect(ellipses.count == 1 && ellipses[0].isClosed && ellipses[0].points.count == 48)
    let pixel = (frame.x.high - frame.x.low) / (frame.x.end - frame.x.start)
    let determinant = A[0] * A[3] - A[1] * A[2]
    for point in ellipses[0].points {
      // Back through the matrix: a point of the unit circle.
      let dx = (frame.x.datum(at: point.x) - 1) / scale
      let dy = (frame.y.datum(at: point.y) + 2) / scale
      let (u, v) = ((A[3] * dx - A[1] * dy) / determinant, (A[0] * dy - A[2] * dx) / determinant)
      #expect(((u * u + v * v).squareRoot() - 1).magnitude < 0.2 * pixel / scale)
    }
    // The first corner is where (1, 0) goes: the first column.
    let first = ellipses[0].points[0]
    #expect((frame.x.datum(at: first.x) - (1 + scale * 2)).magnitude < 0.1 * pixel)
    #expect((frame.y.datum(at: first.y) - (-2 - scale * 0.3)).magnitude < 0.1 * pixel)
  }

  @Test func `the whole ellipse counts for the ranges`() throws {
    let plot = Plot { Ellipses(x: [0], y: [0], matrices: [[3, 0, 0, 7]], scale: 2) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.x.low <= -6 && frame.x.high >= 6 && frame.y.low <= -14 && frame.y.high >= 14)
  }

  @Test func `a matrix of rank one gives a line, of rank zero a dot`() throws {
    let plot = Plot(x: Axis(range: -2...2), y: Axis(range: -2...2), aspect: .equal) {
      Ellipses(x: [0, 1], y: [0, 1], matrices: [[1, 0, 1, 0], [0, 0, 0, 0]], color: .black)
    }
    let (ellipses, frame) = try drawn(plot)
    #expect(ellipses.count == 2)
    for point in ellipses[0].points {
      #expect((frame.x.datum(at: point.x) - frame.y.datum(at: point.y)).magnitude < 0.01)
    }
    #expect(ellipses[1].points.count > 8, "an outline without length is not drawn")
    for point in ellipses[1].points {
      #expect((point.x - frame.x(1)).magnitude < 1.11 && (point.y - frame.y(1)).magnitude < 1.11)
    }
  }

  @Test func `the legend states a scale other than 1`() {
    func name(_ scale: Double, _ name: String?) -> String? {
      Ellipses(x: [0], y: [0], matrices: [[1, 0, 0, 1]], scale: scale, name: name).name
    }
    #expect(name(2, "J") == "J (ellipses ×2)" && name(0.25, nil) == "ellipses ×0.25")
    #expect(name(1, "J") == "J" && name(1, nil) == nil)
  }

  @Test func `a corner that is no number is refused`() {
    let plot = Plot { Ellipses(x: [0], y: [0], matrices: [[1, .nan, 0, 1]], name: "J") }
    #expect(throws: PlotError.self) { try plot.body(width: 400) }
  }
}
