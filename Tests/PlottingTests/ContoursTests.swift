import Testing

@testable import Plotting

@Suite struct ContoursTests {
  private static let x = [-1.0, -0.4, 0, 0.3, 1.1, 2]
  private static let y = [0.0, 0.5, 0.7, 1.5]

  private func grid(_ x: [Double], _ y: [Double], _ function: (Double, Double) -> Double) -> IsoLines {
    IsoLines(x: x, y: y, values: y.flatMap { y in x.map { x in function(x, y) } })
  }

  @Test(arguments: [-1.7, 0, 0.5, 1])
  func `the contour of a linear function is a straight line in its place`(level: Double) throws {
    let lines = grid(ContoursTests.x, ContoursTests.y) { 2 * $0 - 3 * $1 + 1 }.lines(at: level)
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    #expect(!line.isClosed && line.points.count > 3)
    for point in line.points { #expect((2 * point.x - 3 * point.y + 1 - level).magnitude < 1e-14) }
    // From border to border: 2x − 3y + 1 = level meets y = 0 or the side x = −1, and y = 1.5 or the side x = 2.
    let ends = [line.points[0], line.points[line.points.count - 1]].sorted { $0.y < $1.y }
    let bottom = (level - 1) / 2
    let expected = [
      bottom >= -1 ? Point(x: bottom, y: 0) : Point(x: -1, y: (-1 - level) / 3),
      bottom + 2.25 <= 2 ? Point(x: bottom + 2.25, y: 1.5) : Point(x: 2, y: (5 - level) / 3),
    ]
    for (end, place) in zip(ends, expected) {
      #expect((end.x - place.x).magnitude < 1e-14 && (end.y - place.y).magnitude < 1e-14)
    }
    // In order along the line, none twice.
    let order = line.points.map(\.y)
    #expect(zip(order, order.dropFirst()).allSatisfy(<) || zip(order, order.dropFirst()).allSatisfy(>))
  }

  @Test func `a level at a row or column of nodes is drawn once, there`() throws {
    for sign in [1.0, -1] {
      let lines = grid(ContoursTests.x, ContoursTests.y) { x, _ in sign * x }.lines(at: sign * 0.3)
      #expect(lines.count == 1)
      #expect(lines[0].points.map(\.x).allSatisfy { $0 == 0.3 } && lines[0].points.count == 4)
    }
  }

  @Test func `the contour of x² + y² is one closed line on the circle`() throws {
    let h = 0.1
    let side = (0...40).map { -2.0 + h * Double($0) }
    let lines = grid(side, side) { $0 * $0 + $1 * $1 }.lines(at: 1.23)
    #expect(lines.count == 1 && lines[0].isClosed)
    let points = lines[0].points
    // Between nodes the function is t(1 − t)h² below its chord, so a vertex is inside the circle, by h²/4 at most.
    for point in points {
      let square = point.x * point.x + point.y * point.y
      #expect(square <= 1.23 + 1e-12 && square >= 1.23 - h * h / 4 - 1e-12)
    }
    // The polygon's area, by the shoelace formula.
    let area = zip(points, points.dropFirst() + [points[0]]).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    #expect((area.magnitude / (1.23 * Double.pi) - 1).magnitude < 0.01)
  }

  @Test(arguments: 1...6)
  func `every edge that the level crosses is on one line, once, and neighbours share a cell`(seed: UInt64) {
    let (columns, rows) = (17, 11)
    let values = Samples.noise(columns * rows, seed: seed)
    let x = (0..<columns).map(Double.init)
    let y = (0..<rows).map(Double.init)
    let lines = IsoLines(x: x, y: y, values: values).lines(at: 0.1)
    var crossed = 0
    for j in 0..<rows {
      for i in 0..<columns {
        let isAbove = values[j * columns + i] >= 0.1
        if i + 1 < columns && (values[j * columns + i + 1] >= 0.1) != isAbove { crossed += 1 }
        if j + 1 < rows && (values[(j + 1) * columns + i] >= 0.1) != isAbove { crossed += 1 }
      }
    }
    let points = lines.flatMap(\.points)
    #expect(points.count == crossed && Set(points).count == crossed)
    for line in lines {
      for (a, b) in zip(line.points, line.points.dropFirst() + (line.isClosed ? [line.points[0]] : [])) {
        // Two points of one cell's border: some cell holds both.
        #expect(
          max(a.x, b.x) <= min(a.x, b.x).rounded(.down) + 1 && max(a.y, b.y) <= min(a.y, b.y).rounded(.down) + 1)
      }
      if !line.isClosed {
        for end in [line.points[0], line.points[line.points.count - 1]] {
          #expect(end.x == 0 || end.y == 0 || end.x == x[columns - 1] || end.y == y[rows - 1])
        }
      }
    }
  }

  @Test func `in a saddle the mean decides which corners are connected`() {
    func ends(_ values: [Double], _ level: Double) -> Set<Set<[Int]>> {
      // In tenths, to compare.
      Set(
        IsoLines(x: [0, 1], y: [0, 1], values: values).lines(at: level).map { line in
          Set(line.points.map { [Int(($0.x * 10).rounded()), Int(($0.y * 10).rounded())] })
        })
    }
    // High at the lower left and the upper right; the mean is 0.5. Below it the high corners are connected, and the
    // lines cut off the low ones; above it the reverse.
    #expect(ends([1, 0, 0, 1], 0.4) == [[[6, 0], [10, 4]], [[4, 10], [0, 6]]])
    #expect(ends([1, 0, 0, 1], 0.6) == [[[0, 4], [4, 0]], [[10, 6], [6, 10]]])
    #expect(ends([0, 1, 1, 0], 0.4) == [[[0, 4], [4, 0]], [[10, 6], [6, 10]]])
    #expect(ends([0, 1, 1, 0], 0.6) == [[[6, 0], [10, 4]], [[4, 10], [0, 6]]])
  }

  @Test func `a plain and a peak that only touches the level have no line`() {
    let places = [0.0, 1, 2]
    #expect(IsoLines(x: places, y: places, values: [Double](repeating: 3, count: 9)).lines(at: 3).isEmpty)
    #expect(IsoLines(x: places, y: places, values: [0, 0, 0, 0, 3, 0, 0, 0, 0]).lines(at: 3).isEmpty)
    #expect(IsoLines(x: places, y: places, values: [0, 0, 0, 0, 3, 0, 0, 0, 0]).lines(at: 4).isEmpty)
  }

  @Test func `on the page a circle is one closed stroke of few points at its radius`() throws {
    let side = (0...80).map { -2 + 0.05 * Double($0) }
    let values = side.flatMap { y in side.map { x in x * x + y * y } }
    let plot = Plot(aspect: .equal) { Contours(x: side, y: side, values: values, levels: [1], color: .black) }
    let elements = try plot.body(width: 500).elements
    let strokes = try #require(PathReader.paths(elements, stroke: "#000000").first)
    #expect(strokes.count == 1 && strokes[0].isClosed)
    #expect(strokes[0].points.count < 120)
    let frame = try PlotLayout(plot, width: 500).frame
    for point in strokes[0].points {
      let (x, y) = (frame.x.datum(at: point.x), frame.y.datum(at: point.y))
      #expect(((x * x + y * y).squareRoot() - 1).magnitude < 0.002)
    }
  }

  @Test func `levels are round, strictly inside the values, and stated`() {
    func contours(_ values: [Double], _ levels: [Double]? = nil, name: String? = "f") -> Contours {
      Contours(x: [0, 1], y: [0, 1], values: values, levels: levels, name: name)
    }
    let automatic = contours([0, 1, 3, 8])
    #expect(automatic.levels == [1, 2, 3, 4, 5, 6, 7] && automatic.name == "f: levels 1, 2, …, 7")
    #expect(contours([0, 1, 3, 8], [-2, -6, -4]).name == "f: levels −6, −4, −2")
    #expect(contours([0, 1, 3, 8], [0.5]).name == "f: level 0.5")
    #expect(contours([0, 1, 3, 8], [0.001, 0.01, 0.1, 1, 10]).name == "f: levels 0.001, 0.01, 0.1, 1, 10")
    #expect(contours([0, 1, 3, 8], [1000, 1000.5, 1001]).name == "f: levels 1000.0, 1000.5, 1001.0")
    #expect(contours([0, 1, 3, 8], [1.0 / 3, 2.0 / 3]).name == "f: levels 0.333, 0.667")
    #expect(contours([0, 1, 3, 8], [-1e300, 0, 1e-30, 1e-12, 1e12]).name == "f: levels −10³⁰⁰, 0, 10⁻³⁰, 10⁻¹², 10¹²")
    #expect(contours([0, 1, 3, 8], [1e-30, 1]).name == "f: levels 10⁻³⁰, 1")
    #expect(contours([0, 1, 3, 8], [-0.0, 0]).name == "f: levels 0, 0")
    #expect(contours([0, 1, 3, 8], (1...9).map { Double($0 * $0) }).name == "f: 9 levels from 1 to 81")
    #expect(contours([0, 1, 3, 8], name: nil).name == nil)
    #expect(contours([2, 2, 2, 2]).levels.isEmpty && contours([2, 2, 2, 2]).name == "f")
    #expect(contours([2, .nan, 2, 1]).levels.isEmpty)
  }
}
