import Testing

@testable import Plotting

/// Shapes that no rule of layout holds.
@Suite struct MarkShapeTests {
  @Test(arguments: [Marker.triangle, .diamond, .plus, .cross])
  func `a marker lies around its point`(marker: Marker) {
    var canvas = Canvas(width: 100)
    marker.draw(at: [Point(x: 50, y: 30)], size: 10, color: "#123456", on: &canvas)
    let strokes =
      PathReader.paths(canvas.elements, fill: "#123456") + PathReader.paths(canvas.elements, stroke: "#123456")
    let points = strokes.flatMap { $0 }.flatMap(\.points)
    let (x, y) = (points.map(\.x), points.map(\.y))
    #expect((x.min() ?? 50) <= 45 && (x.max() ?? 50) >= 55, "\(points)")
    #expect((y.min() ?? 30) <= 25 && (y.max() ?? 30) >= 34, "\(points)")
  }

  @Test(arguments: [Slant.level, .rising, .upright])
  func `a slant's cosine and sine are those of its angle`(slant: Slant) {
    let table: [Double: (cosine: Double, sine: Double)] = [
      0: (1, 0), -40: (0.766_044_443_118_978, -0.642_787_609_686_539_3), -90: (0, -1),
    ]
    #expect(table[slant.degrees]?.cosine == slant.cosine && table[slant.degrees]?.sine == slant.sine)
  }

  @Test func `bars at the same place are as wide as others`() {
    #expect(Bars(x: [0, 2, 2, 6], heights: [1, 2, 3, 4]).width == 1.8)
  }

  @Test func `an axis without data has a range`() {
    let (plain, log) = (ScaledAxis(Axis("x"), [], inset: 0), ScaledAxis(Axis("x", scale: .log), [], inset: 0))
    #expect((plain.low, plain.high) == (0, 1) && (log.low, log.high) == (1, 10))
  }
}
