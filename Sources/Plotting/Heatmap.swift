/// A matrix as coloured cells, row 1 on top, with a colour bar.
public struct Heatmap: Panel {
  public let title: String
  public let rows: Int
  public let columns: Int
  /// The entries, row after row.
  public let values: [Double]
  public let range: ClosedRange<Double>?
  public let palette: Palette
  /// What the columns and rows are: written below the matrix and above its left edge.
  public let x: String
  public let y: String
  public let rowLabels: [String]
  public let columnLabels: [String]
  /// The number of the first row and column.
  public let firstIndex: Int

  /// The `rows` × `columns` matrix whose entries, row after row, are `values`.
  ///
  /// - Parameters:
  ///   - range: the values of the palette's two ends; by default those that occur, rounded out to two digits.
  ///   - rowLabels: one for each row; without them rows are numbered from `firstIndex`. `columnLabels` likewise.
  public init(
    _ title: String = "", rows: Int, columns: Int, values: [Double], range: ClosedRange<Double>? = nil,
    palette: Palette = .viridis, x: String = "", y: String = "", rowLabels: [String] = [],
    columnLabels: [String] = [], firstIndex: Int = 1
  ) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns,
      "\"\(title)\": a \(rows) × \(columns) matrix has \(rows * columns) entries, not \(values.count)")
    precondition(
      rowLabels.isEmpty || rowLabels.count == rows, "\"\(title)\": \(rowLabels.count) labels for \(rows) rows")
    precondition(
      columnLabels.isEmpty || columnLabels.count == columns,
      "\"\(title)\": \(columnLabels.count) labels for \(columns) columns")
    self.title = title
    self.rows = rows
    self.columns = columns
    self.values = values
    self.range = range
    self.palette = palette
    self.x = x
    self.y = y
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.firstIndex = firstIndex
  }

  /// The matrix with the given rows.
  public init(
    _ title: String, _ matrix: [[Double]], range: ClosedRange<Double>? = nil, palette: Palette = .viridis,
    x: String = "", y: String = "", rowLabels: [String] = [], columnLabels: [String] = [], firstIndex: Int = 1
  ) {
    let columns = matrix.first?.count ?? 0
    for (index, row) in matrix.enumerated() {
      precondition(
        row.count == columns, "\"\(title)\": row \(index) has \(row.count) entries, but row 0 has \(columns)")
    }
    self.init(
      title, rows: matrix.count, columns: columns, values: Array(matrix.joined()), range: range, palette: palette,
      x: x, y: y, rowLabels: rowLabels, columnLabels: columnLabels, firstIndex: firstIndex)
  }

  private static let largestHeight = 340.0
  private static let largestCell = 44.0
  private static let labelGap = 6.0
  private static let barWidth = 14.0
  private static let barGap = 14.0
  /// The least height of the colour bar, so that its limits are apart.
  private static let leastBar = 72.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize
  private static let ascent = TextMetrics.ascent * TextMetrics.labelSize

  public func body(width: Double) throws(PlotError) -> Canvas {
    guard !values.isEmpty else { throw .nothingToDraw(panel: title) }
    try PlotError.requireFinite(values, panel: title, series: "matrix", coordinate: "entry")
    try ColorScale.check(range, panel: title)
    let scale = ColorScale(palette: palette, range: range, values: values)
    let barTexts = scale.ticks(height: Heatmap.largestHeight).compactMap(\.label)
    let right = Heatmap.barGap + Heatmap.barWidth + 7 + TextMetrics.width(ofWidest: barTexts)
    let yLines = TextMetrics.lines(of: y, width: width)
    let rowLines = rowTexts.map { TextMetrics.lines(of: $0, width: 0.4 * width) }
    let labelHeight = Double(rowLines.map(\.count).max() ?? 1) * Heatmap.lineHeight
    var left = TextMetrics.width(ofWidest: rowLines.flatMap { $0 }) + Heatmap.labelGap
    var cell = cellSize(room: width - left - right)
    var names = SlotLabels(columnLabels, slotWidth: cell, side: .below, room: 0.35 * width)
    if names.overhang > left {
      left = names.overhang
      cell = cellSize(room: width - left - right)
      names = SlotLabels(columnLabels, slotWidth: cell, side: .below, room: 0.35 * width)
    }
    // Square cells would make a thread of a matrix of few rows and many columns, or the reverse; and a label of several
    // lines needs a row as high.
    var cellHeight = columns > 4 * rows ? max(cell, min(18, Heatmap.largestHeight / Double(rows))) : cell
    if labelHeight > Heatmap.lineHeight { cellHeight = max(cellHeight, labelHeight + 2) }
    let cellWidth = rows > 4 * columns ? max(cell, min(18, (width - left - right) / Double(columns))) : cell
    let box = Box(
      x: left, y: yLines.isEmpty ? 6 : Double(yLines.count) * Heatmap.lineHeight + 5,
      width: cellWidth * Double(columns),
      height: cellHeight * Double(rows))

    var canvas = Canvas(width: width)
    for (index, line) in yLines.enumerated() {
      canvas.text(line, at: Point(x: 0, y: Heatmap.ascent + Double(index) * Heatmap.lineHeight))
    }
    drawCells(on: &canvas, in: box, scale: scale)
    drawRowLabels(rowLines, on: &canvas, in: box)
    let bottom = drawColumnLabels(on: &canvas, in: box, names: names)
    let bar = Box(
      x: box.right + Heatmap.barGap, y: box.y, width: Heatmap.barWidth, height: max(box.height, Heatmap.leastBar))
    scale.drawUprightBar(on: &canvas, in: bar)
    canvas.height = max(bottom + 2, bar.bottom + 8)
    return canvas
  }

  /// The width of a cell where all of them have `room` pixels.
  private func cellSize(room: Double) -> Double {
    let size = min(room / Double(columns), Heatmap.largestHeight / Double(rows), Heatmap.largestCell)
    return ImageGrid.crisp(max(size, 0.05))
  }

  private func drawCells(on canvas: inout Canvas, in box: Box, scale: ColorScale) {
    var raster = Raster(levels: Raster.matrixLevels, palette: palette)
    for row in 0..<rows {
      let entries = values[row * columns..<(row + 1) * columns]
      raster.add(entries.map { raster.level(of: $0, low: scale.low, high: scale.high) }, x: 0, y: row)
    }
    raster.drawFramed(on: &canvas, in: box, rows: rows, columns: columns)
  }

  private func drawRowLabels(_ lines: [[String]], on canvas: inout Canvas, in box: Box) {
    let cell = box.height / Double(rows)
    let step = Int((Heatmap.lineHeight / cell).rounded(.up))
    let labelled =
      rowLabels.isEmpty
      ? numbered(rows, length: box.height, spacing: 28, least: Heatmap.lineHeight) : every(step, of: rows)
    for row in labelled {
      let middle = box.y + (Double(row) + 0.5) * cell + 0.36 * TextMetrics.labelSize
      let first = middle - Double(lines[row].count - 1) * Heatmap.lineHeight / 2
      for (index, line) in lines[row].enumerated() {
        let place = Point(x: box.left - Heatmap.labelGap, y: first + Double(index) * Heatmap.lineHeight)
        canvas.text(line, at: place, anchor: .end)
      }
    }
  }

  /// Writes the columns' names or numbers and what they are.
  ///
  /// - Returns: where that ends.
  private func drawColumnLabels(on canvas: inout Canvas, in box: Box, names: SlotLabels) -> Double {
    let centers = (0..<columns).map { box.x + (Double($0) + 0.5) * box.width / Double(columns) }
    var bottom = box.bottom
    if columnLabels.isEmpty {
      let least = TextMetrics.width(of: number(firstIndex + columns)) + 6
      for column in numbered(columns, length: box.width, spacing: max(28, least), least: least) {
        let place = Point(x: centers[column], y: bottom + Heatmap.labelGap + Heatmap.ascent)
        canvas.text(number(firstIndex + column), at: place, anchor: .middle)
      }
      bottom += Heatmap.labelGap + Heatmap.lineHeight
    } else {
      names.draw(on: &canvas, centers: centers, y: bottom)
      bottom += names.height
    }
    for line in TextMetrics.lines(of: x, width: canvas.width) {
      let half = TextMetrics.width(of: line) / 2
      let center = min(max(box.center.x, half), canvas.width - half)
      canvas.text(line, at: Point(x: center, y: bottom + 4 + Heatmap.ascent), anchor: .middle)
      bottom += Heatmap.lineHeight
    }
    return bottom
  }

  private var rowTexts: [String] {
    rowLabels.isEmpty ? (firstIndex..<firstIndex + rows).map(number) : rowLabels
  }

  private func number(_ number: Int) -> String { DecimalNumber(mantissa: number, exponent: 0).text }

  private func every(_ step: Int, of count: Int) -> [Int] { Array(stride(from: 0, to: count, by: max(1, step))) }

  /// The rows or columns whose numbers are written, about `spacing` pixels apart: those with round numbers, or all
  /// if they are at least `least` apart and not too many.
  private func numbered(_ count: Int, length: Double, spacing: Double, least: Double) -> [Int] {
    if Double(count) * least <= length && Double(count) * spacing <= 2 * length { return Array(0..<count) }
    let wanted = Int(length / spacing)
    if wanted < 2 { return [0] }
    return LinearTicks.within(
      Double(firstIndex), Double(firstIndex + count - 1), wanted: wanted, integral: true
    ).map { Int($0.value) - firstIndex }
  }
}
