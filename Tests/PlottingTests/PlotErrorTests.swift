import Testing

@testable import Plotting

@Suite struct PlotErrorTests {
  @Test func `a NaN never reaches a page, and the error says where it was`() throws {
    let figure = Figure { Plot("Loss") { Line(x: [0, 1, 2], y: [1, .nan, 2], name: "Adam") } }
    #expect(throws: PlotError.notFinite(panel: "Loss", series: "Adam", coordinate: "y", index: 1, value: "nan")) {
      try figure.svg(description: "")
    }
    let error = try #require(throws: PlotError.self) { try figure.svg(description: "") }
    #expect(error.description.contains("y[1] of \"Adam\" is nan"))
  }

  @Test func `infinity is refused in every mark and panel`() {
    let panels: [any Panel] = [
      Plot("p") { Points(x: [.infinity], y: [0]) },
      Plot("p") { Rule(y: -.infinity) },
      Plot("p") { Band(x: [0], low: [0], high: [.infinity], name: "b") },
      Plot("p") { Bars(["a"], heights: [.nan]) },
      Plot("p") { Bars(["a"], heights: [1], whiskers: [0...(.infinity)]) },
      Plot("p") { Arrows(x: [.nan], y: [0], dx: [0], dy: [0]) },
      Plot("p") { Arrows(x: [0], y: [0], dx: [0], dy: [.infinity]) },
      Plot("p") { Contours(x: [0, 1], y: [0, 1], values: [0, 1, .nan, 2]) },
      Plot("p") { Contours(x: [0, .nan], y: [0, 1], values: [0, 1, 2, 3]) },
      Plot("p") { Contours(x: [0, 1], y: [0, 1], values: [0, 1, 2, 3], levels: [1, .infinity]) },
      Plot("p") { Shading(x: 0...1, y: 0...1, rows: 1, columns: 2, values: [0, .nan]) },
      Plot("p") { Histogram([0, .nan]) },
      Plot("p") { Histogram([0, 1, -.infinity], range: 0...1) },
      ImageGrid(images: [[1, .nan]], width: 2, height: 1, columns: 1, scaling: .each),
      ImageGrid(images: [[1, .nan]], width: 2, height: 1, columns: 1),
      Heatmap("", [[.infinity]]),
    ]
    for panel in panels {
      let error = #expect(throws: PlotError.self) { try panel.body(width: 300) }
      guard case .notFinite = error else {
        Issue.record("\(panel) gave \(String(describing: error))")
        continue
      }
    }
  }

  @Test func `zero and negative values have no place on a logarithmic axis`() {
    let figure = Figure { Plot("Loss", y: Axis(scale: .log)) { Line(x: [0, 1], y: [1, 0]) } }
    #expect(throws: PlotError.notPositive(panel: "Loss", series: "Line 1", coordinate: "y", index: 1, value: 0)) {
      try figure.svg(description: "")
    }
    #expect(throws: PlotError.self) {
      try Figure { Plot(x: Axis(scale: .log)) { Points(x: [-1], y: [1]) } }.svg(description: "")
    }
  }

  @Test func `a figure without panels and a panel without data are errors, an empty series is not`() throws {
    #expect(throws: PlotError.noPanels(figure: "F")) { try Figure("F") {}.svg(description: "") }
    #expect(throws: PlotError.nothingToDraw(panel: "P")) { try Figure { Plot("P") {} }.svg(description: "") }
    #expect(throws: PlotError.nothingToDraw(panel: "P")) {
      try Figure { Plot("P") { Line(x: [], y: []) } }.svg(description: "")
    }
    #expect(throws: PlotError.nothingToDraw(panel: "")) {
      try Figure { ImageGrid(images: [], width: 8, height: 8, columns: 1) }.svg(description: "")
    }
    let figure = Figure {
      Plot {
        Line(x: [], y: [], name: "none")
        Line(x: [1], y: [1])
      }
    }
    #expect(try figure.svg(description: "").contains("none"))
  }

  @Test func `series of unequal lengths stop the program`() async {
    await #expect(processExitsWith: .failure) { _ = Line(x: [1, 2], y: [1]) }
    await #expect(processExitsWith: .failure) { _ = ImageGrid(images: [[1, 2, 3]], width: 2, height: 2, columns: 1) }
    await #expect(processExitsWith: .failure) { _ = Heatmap("", [[1, 2], [3]]) }
    await #expect(processExitsWith: .failure) { _ = Arrows(x: [1, 2], y: [1, 2], dx: [1], dy: [1, 2]) }
    await #expect(processExitsWith: .failure) { _ = Contours(x: [0, 1], y: [0, 1], values: [1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = Shading(x: 0...1, y: 0...1, rows: 2, columns: 2, values: [1]) }
    await #expect(processExitsWith: .failure) { _ = Histogram([1], bins: 0) }
    await #expect(processExitsWith: .failure) { _ = Plot(height: .nan) {} }
    await #expect(processExitsWith: .failure) { _ = Plot(height: 1e300) {} }
  }
}
