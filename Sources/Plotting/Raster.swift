/// A rectangle of coloured cells, drawn as one path for each colour.
///
/// A run of cells of one colour in a row is one stroke a cell high, `M3 5h4`: half the bytes of a rectangle, and a
/// tenth of an element of its own. Cells are whole numbers here; a transform scales them.
struct Raster {
  /// How many steps the colours of an image take, ends included: every grey of 0…16 is among them, and so is the
  /// middle.
  static let imageLevels = 33
  /// How many steps the colours of a matrix take, ends included.
  static let matrixLevels = 65

  private var paths: [String]
  private let palette: Palette

  init(levels: Int, palette: Palette) {
    paths = Array(repeating: "", count: levels)
    self.palette = palette
  }

  /// The level of `value` where `low` is the first and `high` the last; values beyond take the nearest.
  func level(of value: Double, low: Double, high: Double) -> Int {
    let last = Double(paths.count - 1)
    return Int((min(max((value - low) / (high - low), 0), 1) * last).rounded())
  }

  /// Adds a row of cells whose first stands at column `x` of row `y`.
  mutating func add(_ levels: some Collection<Int>, x: Int, y: Int) {
    var x = x
    var rest = levels[...]
    while let level = rest.first {
      let run = rest.prefix { $0 == level }.count
      paths[level] += "M\(x) \(y)h\(run)"
      x += run
      rest = rest.dropFirst(run)
    }
  }

  /// Draws the cells with their corner at `origin`, each `cellWidth` × `cellHeight` pixels.
  func draw(on canvas: inout Canvas, at origin: Point, cellWidth: Double, cellHeight: Double) {
    // A stroke runs along its middle, half a cell below the row's upper edge.
    let x = SVGText.number(origin.x)
    let y = SVGText.number(origin.y + cellHeight / 2)
    let scale = SVGText.number(cellWidth) + " " + SVGText.number(cellHeight)
    draw(on: &canvas, transform: "translate(\(x) \(y)) scale(\(scale))", height: cellHeight)
  }

  /// Draws the cells, `height` pixels high after all transforms.
  private func draw(on canvas: inout Canvas, transform: String, height: Double) {
    // Where an edge of a row falls on a pixel's centre, renderers may give the pixel to neither row; so rows overlap a
    // little, save where they are whole pixels or halves.
    let thickness = 2 * height == (2 * height).rounded() ? "1" : "1.02"
    canvas.append(
      #"<g transform="\#(transform)" fill="none" stroke-width="\#(thickness)" shape-rendering="crispEdges">"#)
    for (level, path) in paths.enumerated() where !path.isEmpty {
      let color = palette.color(at: Double(level) / Double(paths.count - 1))
      canvas.append(#"<path stroke="\#(color)" d="\#(path)"/>"#)
    }
    canvas.append("</g>")
  }
}

extension Raster {
  /// Draws the cells so that they fill `box` exactly, whatever its size.
  ///
  /// Rounded to hundredths of a pixel, the sizes of a hundred cells would add up to half a pixel too much; a view box
  /// divides without rounding.
  func draw(on canvas: inout Canvas, filling box: Box, rows: Int, columns: Int) {
    let corner = "x=\"\(SVGText.number(box.x))\" y=\"\(SVGText.number(box.y))\""
    let size = "width=\"\(SVGText.number(box.width))\" height=\"\(SVGText.number(box.height))\""
    canvas.append("<svg \(corner) \(size) viewBox=\"0 0 \(columns) \(rows)\" preserveAspectRatio=\"none\">")
    draw(on: &canvas, transform: "translate(0 0.5)", height: box.height / Double(rows))
    canvas.append("</svg>")
  }

  /// Draws the cells so that they fill `box`, framed by a thin line, and keeps labels out of it.
  func drawFramed(on canvas: inout Canvas, in box: Box, rows: Int, columns: Int) {
    draw(
      on: &canvas, at: Point(x: box.x, y: box.y), cellWidth: box.width / Double(columns),
      cellHeight: box.height / Double(rows))
    var outline = Path()
    outline.rectangle(box)
    canvas.stroke(outline, color: Ink.axis, width: 0.75)
    canvas.reserve(box)
  }
}
