/// Small images side by side, with their scale stated below them: one for all, or ±max of each.
///
/// Images fill the grid row by row; an image is its pixels, row by row from the top.
public struct ImageGrid: Panel {
  /// What the palette's ends stand for.
  public enum Scaling: Sendable {
    /// The same values in all images.
    case shared
    /// Each image is divided by its own largest magnitude max |vᵢ|, so that weak ones show their pattern too.
    case each
  }

  public let title: String
  public let images: [[Double]]
  /// The width and height of one image in pixels of its own.
  public let imageWidth: Int
  public let imageHeight: Int
  public let columns: Int
  public let range: ClosedRange<Double>?
  public let palette: Palette
  public let scaling: Scaling
  public let rowLabels: [String]
  public let columnLabels: [String]

  /// A grid of `images`, each `height` rows of `width` pixels, `columns` of them in a row.
  ///
  /// - Parameters:
  ///   - range: the values of the palette's two ends; by default those that occur, rounded out to two digits. A
  ///     diverging palette widens it to be symmetric. Values beyond take the colour of the end, and the scale says so.
  ///   - scaling: whether all images share one scale. With `.each`, signed filters in the diverging palette each span
  ///     −max…max of their own, and the scale says so; `range` must be left out then.
  ///   - rowLabels: one for each row of images, from the top; or none.
  ///   - columnLabels: one for each column, from the left; or none.
  public init(
    _ title: String = "", images: [[Double]], width: Int, height: Int, columns: Int,
    range: ClosedRange<Double>? = nil, palette: Palette = .gray, scaling: Scaling = .shared, rowLabels: [String] = [],
    columnLabels: [String] = []
  ) {
    precondition(width >= 1 && height >= 1, "\"\(title)\": an image cannot be \(width) × \(height)")
    precondition(columns >= 1, "\"\(title)\": a grid cannot have \(columns) columns")
    for (index, image) in images.enumerated() {
      precondition(
        image.count == width * height,
        "\"\(title)\": image \(index) has \(image.count) pixels, not \(width) × \(height) = \(width * height)")
    }
    precondition(scaling == .shared || range == nil, "\"\(title)\": images each on a scale of their own have no range")
    let rows = (images.count + columns - 1) / columns
    precondition(
      rowLabels.isEmpty || rowLabels.count == rows, "\"\(title)\": \(rowLabels.count) labels for \(rows) rows")
    precondition(
      columnLabels.isEmpty || columnLabels.count == columns,
      "\"\(title)\": \(columnLabels.count) labels for \(columns) columns")
    self.title = title
    self.images = images
    self.imageWidth = width
    self.imageHeight = height
    self.columns = columns
    self.range = range
    self.palette = palette
    self.scaling = scaling
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
  }

  /// The largest side of an image on the page, in pixels.
  private static let largestImage = 128.0
  private static let labelGap = 8.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize

  public func body(width: Double) throws(PlotError) -> Canvas {
    guard !images.isEmpty else { throw .nothingToDraw(panel: title) }
    for (index, image) in images.enumerated() {
      try PlotError.requireFinite(image, panel: title, series: "image \(index)", coordinate: "pixel")
    }
    try ColorScale.check(range, panel: title)
    let shades = scaling == .shared ? images : images.map(ImageGrid.normalized)
    let scale = ColorScale(palette: palette, range: range, values: shades.joined())
    let rows = (images.count + columns - 1) / columns
    let shownColumns = min(columns, images.count)

    let labels = rowLabels.map { TextMetrics.lines(of: $0, width: 0.3 * width) }
    let labelWidth = labels.map { TextMetrics.width(ofWidest: $0) }.max().map { $0 + ImageGrid.labelGap } ?? 0

    // Images stand an eighth of their width apart, in whole pixels of theirs, so that all lie on one raster.
    let gap = max(1, (imageWidth + 4) / 8)
    let across = shownColumns * (imageWidth + gap) - gap
    func pixelSize(room: Double) -> Double {
      let size = min(room / Double(across), ImageGrid.largestImage / Double(max(imageWidth, imageHeight)))
      return ImageGrid.crisp(max(size, 0.05))
    }
    func columnNames(pixel: Double) -> SlotLabels {
      let shown = Array(columnLabels.prefix(shownColumns))
      return SlotLabels(shown, slotWidth: pixel * Double(imageWidth + gap), side: .above, room: 0.3 * width)
    }
    var pixel = pixelSize(room: width - labelWidth)
    var names = columnNames(pixel: pixel)
    if names.overhang - pixel * Double(imageWidth) / 2 > width - labelWidth - pixel * Double(across) {
      pixel = pixelSize(room: width - labelWidth - names.overhang)
      names = columnNames(pixel: pixel)
    }
    // Rows stand as far apart as their labels need.
    let labelHeight = Double(labels.map(\.count).max() ?? 0) * ImageGrid.lineHeight
    let pitch = (x: imageWidth + gap, y: max(imageHeight + gap, Int((labelHeight / pixel).rounded(.up))))
    let excess = max(0, labelHeight - pixel * Double(imageHeight)) / 2

    var canvas = Canvas(width: width)
    let origin = Point(x: labelWidth, y: names.height + excess)
    let centers = (0..<shownColumns).map { origin.x + pixel * (Double(pitch.x * $0) + Double(imageWidth) / 2) }
    names.draw(on: &canvas, centers: centers, y: origin.y)
    draw(shades, on: &canvas, scale: scale, origin: origin, pixel: pixel, pitch: pitch)
    for (row, lines) in labels.enumerated() {
      let middle = origin.y + pixel * (Double(pitch.y * row) + Double(imageHeight) / 2)
      draw(lines, on: &canvas, right: labelWidth - ImageGrid.labelGap, middle: middle)
    }
    let bottom = origin.y + pixel * Double((rows - 1) * pitch.y + imageHeight) + excess + 10
    let note =
      scaling == .each
      ? "each image divided by its own largest magnitude" : images.count > 1 ? "one scale for all images" : ""
    let barHeight = scale.drawBar(on: &canvas, at: Point(x: 0, y: bottom), width: width, note: note)
    canvas.height = bottom + barHeight
    return canvas
  }

  /// Writes a row's label in `lines` that end at `right`, centred at the height `middle`.
  private func draw(_ lines: [String], on canvas: inout Canvas, right: Double, middle: Double) {
    let first = middle - Double(lines.count - 1) * ImageGrid.lineHeight / 2 + 0.36 * TextMetrics.labelSize
    for (index, line) in lines.enumerated() {
      canvas.text(line, at: Point(x: right, y: first + Double(index) * ImageGrid.lineHeight), anchor: .end)
    }
  }

  /// `pixel` rounded down to half pixels of the page, where that does not cost a fifth of the size, else to hundredths.
  static func crisp(_ pixel: Double) -> Double {
    let halves = (pixel * 2).rounded(.down) / 2
    return halves >= 0.8 * pixel ? halves : (pixel * 100).rounded(.down) / 100
  }

  /// `image` divided by its largest magnitude; zeros stay zeros.
  private static func normalized(_ image: [Double]) -> [Double] {
    let largest = image.reduce(0) { max($0, $1.magnitude) }
    return largest > 0 ? image.map { $0 / largest } : image
  }

  /// Draws all images as one raster, and a hairline around each.
  private func draw(
    _ images: [[Double]], on canvas: inout Canvas, scale: ColorScale, origin: Point, pixel: Double,
    pitch: (x: Int, y: Int)
  ) {
    var raster = Raster(levels: Raster.imageLevels, palette: palette)
    var outlines = Path()
    for (index, image) in images.enumerated() {
      let x = index % columns * pitch.x
      let y = index / columns * pitch.y
      for row in 0..<imageHeight {
        let pixels = image[row * imageWidth..<(row + 1) * imageWidth]
        raster.add(pixels.map { raster.level(of: $0, low: scale.low, high: scale.high) }, x: x, y: y + row)
      }
      let box = Box(
        x: origin.x + pixel * Double(x), y: origin.y + pixel * Double(y), width: pixel * Double(imageWidth),
        height: pixel * Double(imageHeight))
      outlines.rectangle(box)
      canvas.reserve(box)
    }
    raster.draw(on: &canvas, at: origin, cellWidth: pixel, cellHeight: pixel)
    canvas.stroke(outlines, color: Ink.zero, width: 0.5)
  }
}
