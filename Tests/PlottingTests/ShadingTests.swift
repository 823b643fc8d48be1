import Testing

@testable import Plotting

@Suite struct ShadingTests {
  @Test func `row 0 is the lowest and column 0 on the left`() throws {
    let plot = Plot { Shading(x: 0...3, y: 0...2, rows: 2, columns: 3, values: [0, 1, 2, 3, 4, 5], palette: .gray) }
    let cells = try #require(SVGDocument(try Figure { plot }.svg(description: ""))?.rasters.first)
    #expect(cells.count == 6)
    // Rasters count from the top: the lowest row is y = 1. Gray darkens.
    let order = [[0, 1], [1, 1], [2, 1], [0, 0], [1, 0], [2, 0]].compactMap { cells[$0] }
    #expect(order.count == 6 && order == order.sorted().reversed() && Set(order).count == 6, "\(order) should darken")
    #expect(order[0] == "#ffffff")
  }

  @Test(arguments: [Plot.Aspect.fill, .equal])
  func `the cells fill their rectangle of the axes exactly`(aspect: Plot.Aspect) throws {
    let plot = Plot(aspect: aspect) {
      Shading(x: -1...3, y: 2...7, rows: 70, columns: 130, values: Samples.noise(9100))
      Line(x: [-2, 4], y: [1, 9])
    }
    let frame = try PlotLayout(plot, width: 600).frame
    let element = try #require(try plot.body(width: 600).elements.first { $0.hasPrefix("<svg") })
    func attribute(_ name: String) throws -> Double {
      let match = try #require(element.firstMatch(of: try Regex(" \(name)=\"([-0-9.]+)\"")))
      return try #require(Double(match.output[1].substring ?? ""))
    }
    #expect((try attribute("x") - frame.x(-1)).magnitude < 0.006)
    #expect((try attribute("y") - frame.y(7)).magnitude < 0.006)
    #expect((try attribute("width") - (frame.x(3) - frame.x(-1))).magnitude < 0.006)
    #expect((try attribute("height") - (frame.y(2) - frame.y(7))).magnitude < 0.006)
    #expect(element.contains(#"viewBox="0 0 130 70" preserveAspectRatio="none""#))
  }

  @Test func `it lies behind lines that were written before it, and takes no colour`() throws {
    let plot = Plot {
      Line(x: [0, 1], y: [0, 1])
      Shading(x: 0...1, y: 0...1, rows: 1, columns: 1, values: [3])
      Line(x: [0, 1], y: [1, 0])
    }
    #expect(Style.styles(of: plot.marks).map(\.color) == [.blue, .gray, .vermillion])
    let elements = try plot.body(width: 400).elements
    let raster = try #require(elements.firstIndex { $0.contains("crispEdges") })
    let line = try #require(elements.firstIndex { $0.contains("stroke=\"#0072b2\"") })
    #expect(raster < line)
  }

  @Test func `the colour bar stands beside the frame under its label, or below a narrow plot`() throws {
    let plot = Plot(x: "x₁", y: "x₂", aspect: .equal) {
      Shading(x: 0...1, y: 0...1, rows: 1, columns: 2, values: [0, 8], label: "log p")
    }
    let wide = try plot.body(width: 400)
    let frame = try PlotLayout(plot, width: 400).frame
    let label = try #require(wide.texts.first { $0.text == "log p" })
    #expect(label.corners.allSatisfy { $0.y <= frame.box.top && $0.x >= frame.box.right })
    let bar = try #require(wide.dataAreas.last)
    #expect(bar.left > frame.box.right && bar.top == frame.box.top && bar.height == frame.box.height)
    let narrow = try plot.body(width: 200)
    let below = try #require(narrow.texts.first { $0.text == "log p" })
    let narrowFrame = try PlotLayout(plot, width: 200).frame
    #expect(below.corners.allSatisfy { $0.y > narrowFrame.box.bottom })
    let plain = Plot(x: "x₁", y: "x₂", aspect: .equal) { Points(x: [0, 1], y: [0, 1]) }
    #expect(try plain.body(width: 400).dataAreas.count == 1)
  }

  @Test func `opacity mixes the palette with white, and the bar shows the same colours`() throws {
    #expect(Palette.gray.onPaper(opacity: 0.6).color(at: 1) == "#666666")
    #expect(Palette.viridis.onPaper(opacity: 1) == .viridis)
    #expect(Palette.diverging.onPaper(opacity: 0.3).color(at: 0.5) == "#ffffff")
    #expect(Palette.diverging.onPaper(opacity: 0.3).isDiverging)
    let plot = Plot {
      Shading(x: 0...1, y: 0...1, rows: 1, columns: 2, values: [0, 1], palette: .gray, opacity: 0.6)
    }
    let rasters = try #require(SVGDocument(try Figure { plot }.svg(description: ""))?.rasters)
    #expect(rasters.count == 2)
    #expect(rasters[0][[1, 0]] == "#666666" && rasters[1][[0, 0]] == "#666666" && rasters[1][[0, 64]] == "#ffffff")
  }

  @Test func `centres are those of the cells`() {
    #expect(Shading.centers(of: 0...4, count: 4) == [0.5, 1.5, 2.5, 3.5])
    #expect(Shading.centers(of: -1...1, count: 1) == [0])
  }
}
