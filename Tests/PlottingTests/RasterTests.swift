import Testing

@testable import Plotting

@Suite struct RasterTests {
  @Test func `an image grid paints every pixel once, in its grey`() throws {
    let images = (0..<6).map { shift in (0..<64).map { Samples.digit[($0 + 5 * shift) % 64] } }
    let figure = Figure { ImageGrid(images: images, width: 8, height: 8, columns: 4, range: 0...16) }
    let document = try #require(SVGDocument(figure.svg(description: "")))
    let cells = try #require(document.rasters.first)
    #expect(cells.count == 6 * 64)
    for (index, image) in images.enumerated() {
      for (pixel, value) in image.enumerated() {
        // Images are one pixel apart: image (i, j) begins at column 9 j of row 9 i.
        let place = [index % 4 * 9 + pixel % 8, index / 4 * 9 + pixel / 8]
        let channel = Int((255 - value / 16 * 255).rounded())
        let hex = (channel < 16 ? "0" : "") + String(channel, radix: 16)
        #expect(cells[place] == "#" + hex + hex + hex, "image \(index), pixel \(pixel)")
      }
    }
  }

  @Test func `images of one grid share one scale`() throws {
    let figure = Figure { ImageGrid(images: [[0, 1], [1, 2]], width: 2, height: 1, columns: 2) }
    let cells = try #require(SVGDocument(figure.svg(description: ""))?.rasters.first)
    #expect(cells[[1, 0]] == cells[[3, 0]])
    #expect(cells[[0, 0]] == "#ffffff" && cells[[4, 0]] == "#000000")
  }

  @Test func `signed images share symmetric limits, or each has its own`() throws {
    let images = [[-4.0, 2], [0.5, 0.25], [0, 0]]
    func draw(_ scaling: ImageGrid.Scaling) throws -> (cells: [[Int]: String], texts: [String]) {
      let grid = ImageGrid(images: images, width: 2, height: 1, columns: 3, palette: .diverging, scaling: scaling)
      let document = try #require(SVGDocument(try Figure { grid }.svg(description: "")))
      return (try #require(document.rasters.first), document.texts("text"))
    }
    let shared = try draw(.shared)
    #expect(shared.cells[[0, 0]] == Palette.diverging.color(at: 0))
    #expect(shared.cells[[3, 0]] == Palette.diverging.color(at: 0.5 + 0.5 / 8))
    #expect(shared.texts == ["−4", "4", "one scale for all images"])
    let each = try draw(.each)
    let expected = [(0, 0.0), (1, 0.75), (3, 1), (4, 0.75), (6, 0.5), (7, 0.5)]
    for (column, t) in expected { #expect(each.cells[[column, 0]] == Palette.diverging.color(at: t)) }
    #expect(each.texts == ["−1", "1", "each image divided by its own largest magnitude"])
  }

  @Test func `rows overlap where their edges may fall on a pixel's centre`() {
    for (height, thickness) in [(3.0, "1"), (2.5, "1"), (4.86, "1.02")] {
      var raster = Raster(levels: 2, palette: .gray)
      raster.add([0, 1], x: 0, y: 0)
      var canvas = Canvas(width: 10)
      raster.draw(on: &canvas, at: Point(x: 0, y: 0), cellWidth: 2, cellHeight: height)
      #expect(canvas.elements[0].contains(#"stroke-width="\#(thickness)""#))
    }
  }

  @Test func `a matrix has its first row on top and its first column on the left`() throws {
    let figure = Figure { Heatmap("", [[0, 1, 2], [3, 4, 5]], palette: .gray) }
    let cells = try #require(SVGDocument(figure.svg(description: ""))?.rasters.first)
    #expect(cells.count == 6)
    #expect(cells[[0, 0]] == "#ffffff" && cells[[2, 1]] == "#000000")
    let order = [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]].compactMap { cells[$0] }
    #expect(order == order.sorted().reversed(), "\(order) should darken")
  }

  @Test func `runs of equal cells are one stroke`() {
    var raster = Raster(levels: 3, palette: .gray)
    raster.add([0, 0, 0, 2, 2, 0], x: 4, y: 7)
    var canvas = Canvas(width: 10)
    raster.draw(on: &canvas, at: Point(x: 0, y: 0), cellWidth: 2, cellHeight: 3)
    #expect(
      canvas.elements.dropFirst().dropLast() == [
        ##"<path stroke="#ffffff" d="M4 7h3M9 7h1"/>"##, ##"<path stroke="#000000" d="M7 7h2"/>"##,
      ])
  }
}
