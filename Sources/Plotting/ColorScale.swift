/// The range of values that a palette spans, and the bar that shows it.
struct ColorScale {
  let palette: Palette
  let low: Double
  let high: Double
  /// The limits as they are written: to four digits.
  private let limits: [DecimalNumber]
  /// Whether some value is below `low` or above `high` and takes the colour of the end.
  private let hasLower: Bool
  private let hasHigher: Bool

  /// The scale for `values`: `range` if it is given, else from the least to the greatest, rounded out to two digits.
  ///
  /// A diverging palette takes symmetric limits, ±max |v|. All values equal make a range of their own around them.
  init(palette: Palette, range: ClosedRange<Double>?, values: some Collection<Double>) {
    let least = values.min() ?? 0
    let most = values.max() ?? 0
    var low = range?.lowerBound ?? least
    var high = range?.upperBound ?? most
    if palette.isDiverging {
      high = max(low.magnitude, high.magnitude)
      low = -high
    }
    if high - low <= max(1e-9 * max(low.magnitude, high.magnitude), DataRange.smallest) {
      (low, high) = palette.isDiverging ? (-1, 1) : DataRange.around(low)
    }
    let leading = Decimals.exponent(of: high - low)
    if range == nil {
      limits = [DecimalNumber(low, exponent: leading - 1, .down), DecimalNumber(high, exponent: leading - 1, .up)]
      (self.low, self.high) = (limits[0].value, limits[1].value)
    } else {
      limits = [low, high].map { DecimalNumber($0, exponent: leading - 3, .toNearestOrAwayFromZero) }
      (self.low, self.high) = (low, high)
    }
    self.palette = palette
    let slack = 1e-9 * (self.high - self.low)
    hasLower = least < self.low - slack
    hasHigher = most > self.high + slack
  }

  /// Throws if the palette's ends cannot stand for those of `range`. (They may be equal: that is a range of one value.)
  static func check(_ range: ClosedRange<Double>?, panel: String) throws(PlotError) {
    guard let range, !(max(range.lowerBound.magnitude, range.upperBound.magnitude) <= 1e300) else { return }
    throw .badRange(
      panel: panel, of: "the colours", low: "\(range.lowerBound)", high: "\(range.upperBound)")
  }

  /// The limits and the `round` numbers between them as texts, with ≤ or ≥ at a limit that some values exceed.
  private func texts(with round: [DecimalNumber] = []) -> [String] {
    var texts = DecimalNumber.texts(of: [limits[0]] + round + [limits[1]])
    if hasLower { texts[0] = "≤ " + texts[0] }
    if hasHigher { texts[texts.count - 1] = "≥ " + texts[texts.count - 1] }
    return texts
  }

  /// A level bar with its limits at both ends and `note` after them; its upper left corner stands at `corner`.
  ///
  /// - Returns: the height it takes.
  func drawBar(on canvas: inout Canvas, at corner: Point, width: Double, note: String) -> Double {
    let height = 10.0
    let baseline = corner.y + height / 2 + 0.36 * TextMetrics.labelSize
    let (lowText, highText) = (texts()[0], texts()[1])
    let left = corner.x + TextMetrics.width(of: lowText) + 6
    let barWidth = min(132, corner.x + width - left - TextMetrics.width(of: highText) - 6)
    canvas.text(lowText, at: Point(x: corner.x, y: baseline))
    var raster = Raster(levels: Raster.imageLevels, palette: palette)
    raster.add(0..<Raster.imageLevels, x: 0, y: 0)
    draw(
      raster, on: &canvas, in: Box(x: left, y: corner.y, width: barWidth, height: height), columns: Raster.imageLevels)
    canvas.text(highText, at: Point(x: left + barWidth + 6, y: baseline))

    let after = left + barWidth + 6 + TextMetrics.width(of: highText) + 12
    let noteFits = after + TextMetrics.width(of: note) <= corner.x + width
    let lines = noteFits ? [note] : TextMetrics.lines(of: note, width: width)
    let leading = TextMetrics.leading * TextMetrics.labelSize
    for (index, line) in lines.enumerated() {
      let place = Point(x: noteFits ? after : corner.x, y: baseline + (noteFits ? 0 : Double(index + 1) * leading))
      canvas.text(line, at: place)
    }
    return height + 5 + (noteFits ? 0 : Double(lines.count) * leading)
  }

  /// The ticks of an upright bar `height` pixels high: the limits, and round numbers not too close to them.
  func ticks(height: Double) -> [Tick] {
    let margin = 20 / height * (high - low)
    let round = LinearTicks.covering(low, high, wanted: max(2, Int(height / 36))).filter {
      low + margin <= $0.value && $0.value <= high - margin
    }
    return zip([low] + round.map(\.value) + [high], texts(with: round)).map { Tick(value: $0, label: $1) }
  }

  /// An upright bar in `box` with ticks to its right.
  func drawUprightBar(on canvas: inout Canvas, in box: Box) {
    var raster = Raster(levels: Raster.matrixLevels, palette: palette)
    for level in 0..<Raster.matrixLevels { raster.add([Raster.matrixLevels - 1 - level], x: 0, y: level) }
    draw(raster, on: &canvas, in: box, columns: 1)
    var marks = Path()
    for tick in ticks(height: box.height) {
      let y = box.bottom - (tick.value - low) / (high - low) * box.height
      marks.lines(through: [Point(x: box.right, y: y), Point(x: box.right + 4, y: y)])
      canvas.text(tick.label ?? "", at: Point(x: box.right + 7, y: y + 0.36 * TextMetrics.labelSize))
    }
    canvas.stroke(marks, color: Ink.axis)
  }

  private func draw(_ raster: Raster, on canvas: inout Canvas, in box: Box, columns: Int) {
    let rows = columns == 1 ? Raster.matrixLevels : 1
    raster.drawFramed(on: &canvas, in: box, rows: rows, columns: columns)
  }
}
