/// The places of a plot's parts: label of the vertical axis, frame, tick labels, label of the horizontal axis, legend,
/// from top to bottom; and the colour bar of a shading, beside the frame or above the legend.
struct PlotLayout {
  private let plot: Plot
  private let width: Double
  private let styles: [Style]
  private let legend: Legend
  private let colorKey: ColorKey?
  private let yLabel: [String]
  private let xLabel: [String]
  let frame: Frame
  private let xTicks: [Tick]
  private let yTicks: [Tick]
  private let names: SlotLabels?
  /// Where the frame and the tick labels beyond it end.
  private let right: Double
  /// Whether some datum lies outside the ranges.
  private let isClipped: Bool

  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize
  private static let tickGap = 7.0
  /// Free pixels at each end of an axis, so that no marker is cut.
  private static let inset = 7.0
  /// The least width of the frame: labels wider than a narrow panel leave less, or nothing.
  private static let narrowest = 40.0

  init(_ plot: Plot, width: Double) throws(PlotError) {
    self.plot = plot
    self.width = width
    styles = Style.styles(of: plot.marks)
    legend = Legend(plot.marks, styles: styles, width: width)
    let colorKey = ColorKey(plot.marks, width: width)
    let plotWidth = width - (colorKey?.width ?? 0)

    let coordinates = plot.marks.flatMap(\.coordinates)
    let horizontal = coordinates.filter { $0.direction == .horizontal }
    let vertical = coordinates.filter { $0.direction == .vertical }
    guard !(horizontal + vertical).allSatisfy(\.values.isEmpty) else { throw .nothingToDraw(panel: plot.title) }
    var x = ScaledAxis(plot.x, horizontal, inset: PlotLayout.inset)
    var y = ScaledAxis(plot.y, vertical, inset: PlotLayout.inset)
    isClipped = !x.shows(horizontal) || !y.shows(vertical)

    // The height decides the vertical ticks, their labels the margin, the margin the frame's width.
    var height = plot.height ?? min(max(0.6 * width, 150), 300)
    var left = 0.0
    var frameWidth = plotWidth
    var beyond = 10.0
    let categories = plot.categories
    if let categories { x.setCategories(count: categories.count) }
    for _ in 0..<(plot.aspect == .equal ? 2 : 1) {
      y.chooseTicks(wanted: max(2, Int(height / 45)))
      left = TextMetrics.width(ofWidest: y.labels) + PlotLayout.tickGap
      x.chooseTicks(length: plotWidth - left - 10)
      let half = TextMetrics.width(ofWidest: x.labels) / 2 - PlotLayout.inset
      left = max(left, half)
      beyond = max(10, half)
      frameWidth = max(PlotLayout.narrowest, plotWidth - left - beyond)
      x.thinTicks(length: frameWidth)
      guard plot.aspect == .equal else { continue }
      let length = frameWidth - 2 * PlotLayout.inset
      let unit = min(
        length / (x.high - x.low),
        (max(plot.height ?? 0, 380) - 2 * PlotLayout.inset) / (y.high - y.low))
      frameWidth = x.widen(toPixels: max(min(106, length), unit * (x.high - x.low)), unit: unit) + 2 * PlotLayout.inset
      height = y.widen(toPixels: max(90, unit * (y.high - y.low)), unit: unit) + 2 * PlotLayout.inset
    }
    if let categories {
      let count = Double(max(1, categories.count))
      let room = 0.35 * width
      let overhang = SlotLabels(categories, slotWidth: frameWidth / count, side: .below, room: room).overhang
      frameWidth = max(PlotLayout.narrowest, frameWidth - max(0, overhang - left))
      left = max(left, overhang)
      names = SlotLabels(categories, slotWidth: frameWidth / count, side: .below, room: room)
    } else {
      names = nil
    }
    right = left + frameWidth + beyond
    self.colorKey = colorKey
    let keyLabel = colorKey?.labelLines ?? []
    yLabel = TextMetrics.lines(
      of: plot.y.label, width: keyLabel.isEmpty ? width : (colorKey?.labelStart(right: right) ?? width) - 12)
    let top = Double(max(1, yLabel.count, keyLabel.count)) * PlotLayout.lineHeight + 5
    let box = Box(x: left, y: top, width: frameWidth, height: height)
    frame = Frame(box: box, x: x.map(from: box.left, to: box.right), y: y.map(from: box.bottom, to: box.top))
    xTicks = x.ticks
    yTicks = y.ticks
    xLabel = TextMetrics.lines(of: plot.x.label, width: width)
  }

  /// The whole plot.
  func draw() -> Canvas {
    var canvas = Canvas(width: width)
    let ascent = TextMetrics.ascent * TextMetrics.labelSize
    let first = frame.box.top - 5 - Double(yLabel.count) * PlotLayout.lineHeight
    for (index, line) in yLabel.enumerated() {
      canvas.text(line, at: Point(x: 0, y: first + ascent + Double(index) * PlotLayout.lineHeight))
    }
    drawGrid(on: &canvas)
    if isClipped {
      canvas.clipped(to: frame.box) { drawMarks(on: &$0) }
    } else {
      drawMarks(on: &canvas)
    }
    noteValues(on: &canvas)
    canvas.reserve(frame.box)
    if let colorKey, colorKey.isUpright { colorKey.drawUpright(on: &canvas, beside: frame.box, right: right) }

    var y = frame.box.bottom
    if let names {
      names.draw(on: &canvas, centers: names.lines.indices.map { frame.x(Double($0)) }, y: y)
      y += names.height
    } else {
      let baseline = y + PlotLayout.tickGap + (labelsMeet ? 1 : 0) + ascent
      for tick in xTicks {
        canvas.text(tick.label ?? "", at: Point(x: frame.x(tick.value), y: baseline), anchor: .middle)
      }
      y = baseline + TextMetrics.descent * TextMetrics.labelSize
    }
    y += 4
    for line in xLabel {
      let half = TextMetrics.width(of: line) / 2
      let center = min(max(frame.box.center.x, half), width - half)
      canvas.text(line, at: Point(x: center, y: y + ascent), anchor: .middle)
      y += PlotLayout.lineHeight
    }
    if let colorKey, !colorKey.isUpright { y += 8 + colorKey.drawLevel(on: &canvas, y: y + 8) }
    if !legend.entries.isEmpty {
      y += 8
      legend.draw(on: &canvas, at: Point(x: 0, y: y))
      y += legend.height
    }
    canvas.height = y
    return canvas
  }

  /// Whether a label of the horizontal axis reaches under the lowest of the vertical axis, where that stands in the
  /// corner.
  private var labelsMeet: Bool {
    yTicks.contains { $0.label != nil && frame.y($0.value) > frame.box.bottom - 1 }
      && xTicks.contains {
        frame.x($0.value) - TextMetrics.width(of: $0.label ?? "") / 2 < frame.box.left - PlotLayout.tickGap
      }
  }

  /// Grid, axes, ticks and the labels of the vertical axis.
  private func drawGrid(on canvas: inout Canvas) {
    let box = frame.box
    var grid = Path()
    var minor = Path()
    for tick in yTicks {
      let y = frame.y(tick.value)
      if let label = tick.label {
        grid.lines(through: [Point(x: box.left, y: y), Point(x: box.right, y: y)])
        let baseline = y + 0.36 * TextMetrics.labelSize
        canvas.text(label, at: Point(x: box.left - PlotLayout.tickGap, y: baseline), anchor: .end)
      } else {
        minor.lines(through: [Point(x: box.left, y: y), Point(x: box.left + 4, y: y)])
      }
    }
    for tick in xTicks {
      let x = frame.x(tick.value)
      if tick.label != nil {
        grid.lines(through: [Point(x: x, y: box.bottom), Point(x: x, y: box.top)])
      } else {
        minor.lines(through: [Point(x: x, y: box.bottom), Point(x: x, y: box.bottom - 4)])
      }
    }
    canvas.stroke(grid, color: Ink.grid)
    var zero = Path()
    if frame.y.scale == .linear && frame.y.low < 0 && frame.y.high > 0 {
      zero.lines(through: [Point(x: box.left, y: frame.y(0)), Point(x: box.right, y: frame.y(0))])
    }
    if plot.aspect == .equal && frame.x.low < 0 && frame.x.high > 0 {
      zero.lines(through: [Point(x: frame.x(0), y: box.bottom), Point(x: frame.x(0), y: box.top)])
    }
    canvas.stroke(zero, color: Ink.zero)
    var axes = Path()
    axes.lines(through: [
      Point(x: box.left, y: box.top), Point(x: box.left, y: box.bottom), Point(x: box.right, y: box.bottom),
    ])
    canvas.stroke(axes, color: Ink.axis)
    canvas.stroke(minor, color: Ink.axis)
  }

  /// The values of marks that have few, each as `name: 3, 0.51`; a category stands in the place of its number.
  private func noteValues(on canvas: inout Canvas) {
    let (box, categories) = (frame.box, plot.categories ?? [])
    for mark in plot.marks where mark.readings.x.count <= PlotLayout.mostReadings {
      for (x, y) in zip(mark.readings.x, mark.readings.y) {
        let point = frame.point(x, y)
        guard (box.left...box.right).contains(point.x), (box.top...box.bottom).contains(point.y) else { continue }
        let slot = Int(exactly: x.rounded()) ?? -1
        let place = categories.indices.contains(slot) ? categories[slot] : DecimalNumber(x, digits: 3).text
        canvas.note((mark.name.map { "\($0): " } ?? "") + "\(place), \(DecimalNumber(y, digits: 3).text)", at: point)
      }
    }
  }

  /// More data than this are a cloud or a curve, whose single values nobody asks for.
  private static let mostReadings = 60

  /// The marks, layer by layer.
  private func drawMarks(on canvas: inout Canvas) {
    for layer in [MarkLayer.back, .middle, .front] {
      for (mark, style) in zip(plot.marks, styles) where mark.layer == layer {
        mark.draw(on: &canvas, in: frame, style: style)
      }
    }
  }
}
