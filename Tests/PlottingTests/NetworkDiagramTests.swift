import Testing

@testable import Plotting

@Suite struct NetworkDiagramTests {
  private func network(_ units: [Int], shown: Int = 9) -> NetworkDiagram {
    let colors: [SeriesColor] = [.blue, .vermillion, .green, .purple, .orange]
    return NetworkDiagram(
      layers: units.enumerated().map { .init("h\($0.offset)", units: $0.element, color: colors[$0.offset]) },
      weights: (1..<units.count).map { "W\($0)" }, shown: shown)
  }

  @Test func `small layers are drawn in full, large ones in proportion`() {
    #expect(network([4, 2, 4]).circles == [4, 2, 4])
    #expect(network([9, 1, 3]).circles == [9, 1, 3])
    #expect(network([64, 8, 64]).circles == [9, 3, 9])
    #expect(network([64, 128, 64]).circles == [6, 9, 6])
    // However close the sizes, more units are more circles; and 2 units are 2.
    #expect(network([100, 99, 98, 2]).circles == [9, 8, 7, 2])
    #expect(network([1000, 1]).circles == [9, 1])
  }

  @Test(arguments: [[4, 2, 4], [64, 8, 64], [784, 256, 2, 1]])
  func `every shown unit is joined to all of the next layer`(units: [Int]) throws {
    let network = network(units)
    let elements = try network.body(width: 800).elements
    let circles = network.layers.map { layer in
      PathReader.paths(elements, stroke: layer.color.rawValue)[0].map { $0.points[0] }
    }
    #expect(circles.map(\.count) == network.circles)
    let lines = try #require(PathReader.paths(elements, stroke: Ink.zero).first)
    #expect(lines.count == zip(network.circles, network.circles.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 })
    for line in lines {
      let (from, to) = (line.points[0], line.points[line.points.count - 1])
      let layer = try #require(circles.firstIndex { $0.contains { near($0, from) } })
      #expect(circles[layer + 1].contains { near($0, to) })
    }
    // Circles are evenly spaced, but for the gap that is left for ⋮.
    for (column, units) in zip(circles, units) {
      let gaps = zip(column, column.dropFirst()).map { $1.y - $0.y }
      let whole = column.count < units ? gaps.dropLast() : gaps[...]
      #expect(whole.allSatisfy { ($0 - whole[0]).magnitude < 0.3 }, "\(gaps)")
      if column.count < units { #expect((gaps[gaps.count - 1] - 2 * whole[0]).magnitude < 0.3, "\(gaps)") }
    }
    // ⋮ stands where units are left out: three dots each.
    let dots = PathReader.paths(elements, stroke: Ink.title).flatMap { $0 }
    #expect(dots.count == 3 * zip(network.circles, units).count { $0 < $1 })
  }

  @Test func `names, counts and weights are written`() throws {
    let panel = NetworkDiagram(
      layers: [.init("x", units: 1797, "inputs"), .init("h", units: 1), .init("x̂", units: 64, "outputs")],
      weights: ["W, b", "W*, c"])
    let canvas = try panel.body(width: 868)
    let texts = canvas.texts.map(\.text)
    #expect(canvas.elements.count { $0.contains(#"font-weight="bold""#) } == 3, "the layers' names are bold")
    #expect(texts == ["x", "h", "x̂", "W, b", "W*, c", "1797 inputs", "1 unit", "64 outputs"])
  }

  @Test func `a network without layers is an error, weights without gaps stop the program`() async throws {
    #expect(throws: PlotError.nothingToDraw(panel: "N")) {
      try NetworkDiagram("N", layers: [], weights: []).body(width: 300)
    }
    await #expect(processExitsWith: .failure) {
      _ = NetworkDiagram(layers: [.init("x", units: 2), .init("h", units: 1)], weights: [])
    }
  }

  private func near(_ a: Point, _ b: Point) -> Bool { (a.x - b.x).magnitude < 0.06 && (a.y - b.y).magnitude < 0.06 }
}
