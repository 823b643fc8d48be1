import Testing

@testable import Plotting

@Suite struct ThinningTests {
  @Test func `a straight line keeps its ends, a corner stays`() {
    let straight = (0...100).map { Point(x: Double($0), y: 2 * Double($0)) }
    #expect(Thinning.visible(straight) == [straight[0], straight[100]])
    let bent = straight + [Point(x: 101, y: 0)]
    #expect(Thinning.visible(bent) == [straight[0], straight[100], bent[101]])
  }

  @Test func `no point left out lies farther from the curve than the tolerance`() {
    let points = (-250...250).map { (x: Int) in Point(x: Double(x + 250), y: 0.002 * Double(x * x)) }
    let kept = Thinning.visible(points)
    #expect(kept.count < 120 && kept.count > 10)
    for point in points {
      let distances = zip(kept, kept.dropFirst()).map { a, b in
        // By brute force: the nearest of a thousand places of the chord.
        (0...1000).map { step -> Double in
          let t = Double(step) / 1000
          let (dx, dy) = (a.x + t * (b.x - a.x) - point.x, a.y + t * (b.y - a.y) - point.y)
          return (dx * dx + dy * dy).squareRoot()
        }.min() ?? .infinity
      }
      #expect((distances.min() ?? .infinity) < Thinning.tolerance + 0.02)
    }
  }

  @Test func `a point is left out if it is a tenth of a pixel from the chord, not from the line through it`() {
    func count(_ points: (Double, Double)...) -> Int {
      Thinning.simplified(points.map { Point(x: $0.0, y: $0.1) }).count
    }
    #expect(count((0, 0), (5, 0.09), (10, 0)) == 2 && count((0, 0), (5, 0.11), (10, 0)) == 3)
    #expect(count((0, 0), (10, 0), (5, 0)) == 3 && count((0, 0), (-5, 0), (5, 0)) == 3)
  }

  @Test func `dense noise keeps the extremes of every column of pixels`() {
    let y = Samples.noise(20_000).map { 100 * $0 }
    let points = y.enumerated().map { Point(x: Double($0.offset) / 200, y: $0.element) }
    let kept = Thinning.extremes(points)
    #expect(kept.count <= 4 * 100)
    for column in 0..<100 {
      let all = y[column * 200..<(column + 1) * 200]
      let some = kept.filter { Int($0.x) == column }.map(\.y)
      #expect(some.min() == all.min() && some.max() == all.max())
      #expect(some.first == all.first && some.last == all.last)
    }
  }

  @Test func `a curve that runs back and forth keeps its shape`() {
    let zigzag = (0..<5000).map { Point(x: Double($0 % 7), y: Double($0)) }
    #expect(Thinning.extremes(zigzag) == zigzag)
    #expect(Thinning.visible([]).isEmpty && Thinning.visible([zigzag[0]]) == [zigzag[0]])
  }

  @Test func `points on the same spot are drawn once, in the order of first appearance`() {
    let points = [Point(x: 1, y: 1), Point(x: 5, y: 5), Point(x: 1.04, y: 0.96)]
    #expect(Thinning.distinct(points, spacing: 0.1).map { Int($0.x) } == [1, 5])
  }
}
