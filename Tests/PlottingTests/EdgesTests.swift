import Testing

@testable import Plotting

@Suite struct EdgesTests {
  private func drawn(_ plot: Plot) throws -> (strokes: [PathReader.Stroke], frame: Frame) {
    let paths = PathReader.paths(try plot.body(width: 500).elements, stroke: "#000000")
    #expect(paths.count == 1, "all edges of a graph are one path")
    return (paths.first ?? [], try PlotLayout(plot, width: 500).frame)
  }

  @Test func `each edge joins its two nodes`() throws {
    let (x, y) = ([0.0, 4, -2, 1], [0.0, 1, 3, -5])
    let pairs = [(0, 1), (2, 3), (1, 3)]
    let (strokes, frame) = try drawn(Plot { Edges(x: x, y: y, joining: pairs, color: .black) })
    #expect(strokes.count == 3)
    let pixel = 0.06 * (frame.x.high - frame.x.low) / (frame.x.end - frame.x.start)
    for (stroke, (i, j)) in zip(strokes, pairs) {
      #expect(stroke.points.count == 2)
      for (point, node) in zip(stroke.points, [i, j]) {
        #expect((frame.x.datum(at: point.x) - x[node]).magnitude < pixel)
        #expect((frame.y.datum(at: point.y) - y[node]).magnitude < 2 * pixel)
      }
    }
  }

  @Test func `an edge and its reverse are one line, and an edge of no length is none`() throws {
    let (strokes, _) = try drawn(
      Plot {
        Edges(
          x: [0, 1, 1, 0], y: [0, 1, 1, 2], joining: [(0, 1), (1, 0), (0, 2), (1, 2), (3, 3), (0, 3)], color: .black)
      })
    #expect(strokes.count == 2)
  }

  @Test func `nodes without edges count for the ranges`() throws {
    let frame = try PlotLayout(Plot { Edges(x: [0, 1, 40], y: [0, 1, -7], joining: [(0, 1)]) }, width: 400).frame
    #expect(frame.x.high >= 40 && frame.y.low <= -7)
  }

  @Test func `edges lie behind points written before them`() throws {
    let elements = try Plot {
      Points(x: [0, 1], y: [0, 1], color: .blue)
      Edges(x: [0, 1], y: [0, 1], joining: [(0, 1)], color: .black)
    }.body(width: 400).elements
    let text = elements.map { "\($0)" }
    let edge = try #require(text.firstIndex { $0.contains("#000000") })
    let point = try #require(text.firstIndex { $0.contains(SeriesColor.blue.rawValue) })
    #expect(edge < point)
  }

  @Test func `an edge to a node that is not there is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Edges(x: [0, 1], y: [0, 1], joining: [(0, 2)]) }
    await #expect(processExitsWith: .failure) { _ = Edges(x: [0, 1], y: [0], joining: []) }
  }
}

@Suite struct ProjectionTests {
  private let corners = (
    x: [0.0, 1, 0, 0, 1, 2.5], y: [0.0, 0, 1, 0, 1, -3], z: [0.0, 0, 0, 1, 1, 0.5]
  )

  @Test func `from the front, the right and above the axes are where they are drawn at school`() {
    let (x, y, z) = corners
    // The viewer on the negative y axis sees x to the right and z up; on the x axis, y and z; above, x and y.
    for (viewer, u, v) in [((0.0, -2.0, 0.0), x, z), ((3, 0, 0), y, z), ((0, 0, 5), x, y)] {
      let plane = Projection(from: viewer).plane(x, y, z)
      #expect(plane.x == u && plane.y == v)
    }
    let below = Projection(from: (0, 0, -1)).plane(x, y, z)
    #expect(below.x == x && below.y == y.map(-))
  }

  @Test(arguments: [(1.0, 1.0, 1.0), (-2, 0.5, 0.3), (1e-200, 0, 1e-200), (1e200, -1e200, 1e199)])
  func `a view is a rotation: lengths on the page and towards the viewer add up`(
    view: (Double, Double, Double)
  ) {
    let (x, y, z) = corners
    let largest = max(view.0.magnitude, view.1.magnitude, view.2.magnitude)
    let n = [view.0 / largest, view.1 / largest, view.2 / largest]
    let length = (n[0] * n[0] + n[1] * n[1] + n[2] * n[2]).squareRoot()
    let plane = Projection(from: view).plane(x, y, z)
    for i in x.indices {
      let depth = (x[i] * n[0] + y[i] * n[1] + z[i] * n[2]) / length
      let square = plane.x[i] * plane.x[i] + plane.y[i] * plane.y[i] + depth * depth
      #expect((square - (x[i] * x[i] + y[i] * y[i] + z[i] * z[i])).magnitude < 1e-14)
    }
    #expect(plane.y[3] >= 0, "z points up")
  }

  @Test func `of a cube seen from a corner the six others are a regular hexagon`() {
    let bits = (0..<8).map { [Double($0 & 1), Double($0 >> 1 & 1), Double($0 >> 2)] }
    let view = Projection(from: (1, 1, 1))
    let plane = view.plane(bits.map { $0[0] }, bits.map { $0[1] }, bits.map { $0[2] })
    for i in 1..<7 {
      let radius = (plane.x[i] * plane.x[i] + plane.y[i] * plane.y[i]).squareRoot()
      #expect((radius - (2.0 / 3).squareRoot()).magnitude < 1e-15)
    }
    let order = view.farthestFirst(bits.map { $0[0] }, bits.map { $0[1] }, bits.map { $0[2] })
    #expect(order.first == 0 && order.last == 7)
  }

  @Test func `no direction is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Projection(from: (0, 0, 0)) }
    await #expect(processExitsWith: .failure) { _ = Projection(from: (0, 1, .nan)) }
    await #expect(processExitsWith: .failure) { _ = Projection(from: (1, 0, 0)).plane([1], [1], [1, 2]) }
  }
}
