/// A function of the plane as coloured cells behind all else of a plot, with a colour bar at the plot's right.
///
/// The rectangle x × y is divided into equal cells, `rows` × `columns`. Row 0 is the LOWEST, at y.lowerBound, as in the
/// mathematics of a plot (the rows of a ``Heatmap`` count from the top). A cell has the value at its centre, which
/// ``centers(of:count:)`` gives; the same grid serves ``Contours``.
///
/// ```swift
/// let x = Shading.centers(of: -2...2, count: 60)
/// Shading(
///   x: -2...2, y: -2...2, rows: 60, columns: 60, values: x.flatMap { y in x.map { x in logDensity(x, y) } },
///   label: "log p(x)")
/// ```
public struct Shading: Mark {
  public let x: ClosedRange<Double>
  public let y: ClosedRange<Double>
  public let rows: Int
  public let columns: Int
  /// The cells' values, row after row from the lowest.
  public let values: [Double]
  public let range: ClosedRange<Double>?
  public let palette: Palette
  /// How strong the colours are: those of the palette laid over white paper with this opacity.
  public let opacity: Double
  /// What the values are: written at the colour bar.
  public let label: String

  /// The cells of the rectangle `x` × `y` with the given `values`, row after row from the lowest.
  ///
  /// On a logarithmic axis cells are equally wide on the page, so neighbouring centres have a constant ratio.
  ///
  /// - Parameters:
  ///   - range: the values of the palette's two ends; by default those that occur, rounded out to two digits. Values
  ///     beyond take the colour of the end, and the colour bar says so.
  ///   - palette: ``Palette/blues`` keeps the paper white where a density is zero.
  ///   - opacity: 1 for the palette's own colours; the default leaves lines and arrows upon them readable.
  ///   - label: what the values are, for the colour bar.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, rows: Int, columns: Int, values: [Double],
    range: ClosedRange<Double>? = nil, palette: Palette = .viridis, opacity: Double = 0.6, label: String = ""
  ) {
    precondition(
      rows >= 1 && columns >= 1 && values.count == rows * columns,
      "Shading \(label): \(rows) × \(columns) cells have \(rows * columns) values, not \(values.count)")
    precondition((0...1).contains(opacity), "Shading \(label): an opacity of \(opacity)")
    self.x = x
    self.y = y
    self.rows = rows
    self.columns = columns
    self.values = values
    self.range = range
    self.palette = palette
    self.opacity = opacity
    self.label = label
  }

  /// The centres of `count` equal parts of `range`: low + (i + ½)(high − low)/count.
  public static func centers(of range: ClosedRange<Double>, count: Int) -> [Double] {
    (0..<count).map { index in
      range.lowerBound + (Double(index) + 0.5) * ((range.upperBound - range.lowerBound) / Double(count))
    }
  }

  public var name: String? { nil }
  public var role: MarkRole { .multicolored }
  public var layer: MarkLayer { .back }
  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "x", [x.lowerBound, x.upperBound]),
      Coordinates(.vertical, "y", [y.lowerBound, y.upperBound]), Coordinates(.value, "value", values),
    ]
  }

  public func check(panel: String, series: String) throws(PlotError) {
    try PlotError.requireDrawable(x, panel: panel, of: "the shading's x")
    try PlotError.requireDrawable(y, panel: panel, of: "the shading's y")
    try ColorScale.check(range, panel: panel)
  }

  /// The colours of the values.
  var scale: ColorScale { ColorScale(palette: palette.onPaper(opacity: opacity), range: range, values: values) }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let scale = scale
    var raster = Raster(levels: Raster.matrixLevels, palette: scale.palette)
    for row in 0..<rows {
      // Rasters count rows from the top.
      let cells = values[(rows - 1 - row) * columns..<(rows - row) * columns]
      raster.add(cells.map { raster.level(of: $0, low: scale.low, high: scale.high) }, x: 0, y: row)
    }
    let (left, right) = (frame.x(x.lowerBound), frame.x(x.upperBound))
    let (top, bottom) = (frame.y(y.upperBound), frame.y(y.lowerBound))
    raster.draw(
      on: &canvas, filling: Box(x: left, y: top, width: right - left, height: bottom - top), rows: rows,
      columns: columns)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {}
}
