/// A feed-forward network: each layer a column of circles, lines between all units of neighbouring layers.
///
/// A layer of many units is drawn with few, and ⋮ stands for the others; the count stands below. If any layer has more
/// than `shown` units, the largest has `shown` circles and the others fewer, as the square root of their units: a code
/// is seen to be narrower or wider than its input.
///
/// ```swift
/// NetworkDiagram(
///   "Undercomplete autoencoder",
///   layers: [.init("x", units: 64, "inputs"), .init("h", units: 8), .init("x̂", units: 64, "outputs")],
///   weights: ["W, b", "W*, c"])
/// ```
public struct NetworkDiagram: Panel {
  /// A column of units.
  public struct Layer: Hashable, Sendable {
    /// Its symbol, written above.
    public let name: String
    public let units: Int
    /// What its units are, written below after their count: `"inputs"`.
    public let kind: String
    /// The colour of its circles.
    public let color: SeriesColor

    public init(_ name: String, units: Int, _ kind: String? = nil, color: SeriesColor = .blue) {
      precondition(units >= 1, "the layer \(name) has \(units) units")
      self.name = name
      self.units = units
      self.kind = kind ?? (units == 1 ? "unit" : "units")
      self.color = color
    }
  }

  public let title: String
  public let layers: [Layer]
  /// The names of the weights between neighbouring layers, written above the gaps.
  public let weights: [String]
  /// The largest number of circles in a column.
  public let shown: Int

  public init(_ title: String = "", layers: [Layer], weights: [String], shown: Int = 9) {
    precondition(
      weights.count == max(0, layers.count - 1),
      "\"\(title)\": \(weights.count) names of weights for the gaps between \(layers.count) layers")
    precondition(shown >= 3, "\"\(title)\": a column of at most \(shown) circles")
    self.title = title
    self.layers = layers
    self.weights = weights
    self.shown = shown
  }

  private static let largestPitch = 240.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize
  private static let ascent = TextMetrics.ascent * TextMetrics.labelSize
  private static let nameSize = 15.0

  /// How many circles each layer has.
  var circles: [Int] {
    let largest = layers.map(\.units).max() ?? 0
    guard largest > shown else { return layers.map(\.units) }
    // By falling size, so that a smaller layer has fewer circles than the next larger one.
    let sizes = Set(layers.map(\.units)).sorted(by: >)
    var counts: [Int: Int] = [:]
    var limit = shown
    for size in sizes {
      let wanted = (Double(shown) * (Double(size) / Double(largest)).squareRoot()).rounded()
      let count = min(size, max(2, min(Int(wanted), limit)))
      counts[size] = count
      limit = count - 1
    }
    return layers.map { counts[$0.units] ?? 0 }
  }

  public func body(width: Double) throws(PlotError) -> Canvas {
    guard !layers.isEmpty else { throw .nothingToDraw(panel: title) }
    let circles = circles
    // ⋮ takes the place of one circle.
    let slots = zip(layers, circles).map { layer, count in count < layer.units ? count + 1 : count }
    let captions = layers.map { DecimalNumber(mantissa: $0.units, exponent: 0).text + " " + $0.kind }

    let columns = Double(layers.count)
    let pitch = min(width / columns, NetworkDiagram.largestPitch)
    let left = (width - pitch * columns) / 2
    let centers = layers.indices.map { left + (Double($0) + 0.5) * pitch }
    let spacing = min(max(0.16 * pitch, 9), 26)
    let radius = 0.32 * spacing

    var canvas = Canvas(width: width)
    var y = drawHeader(on: &canvas, centers: centers, pitch: pitch)
    let height = spacing * Double(slots.max() ?? 1)
    let middle = y + height / 2
    let columnsOfUnits = zip(centers, zip(circles, slots)).map { center, column in
      NetworkDiagram.units(column.0, slots: column.1, x: center, middle: middle, spacing: spacing)
    }
    draw(columnsOfUnits, on: &canvas, radius: radius)
    for (index, slots) in slots.enumerated() where slots > circles[index] {
      var dots = Path()
      let center = middle + (Double(slots) / 2 - 1.5) * spacing
      for offset in [-0.26, 0, 0.26] { dots.dot(at: Point(x: centers[index], y: center + offset * spacing)) }
      canvas.stroke(dots, color: Ink.title, width: max(1.6, 0.11 * spacing), cap: .round)
    }
    canvas.reserve(
      Box(x: centers[0] - radius, y: y, width: centers[layers.count - 1] - centers[0] + 2 * radius, height: height))
    y += height
    let names = SlotLabels(captions, slotWidth: pitch, side: .below, room: pitch / 2)
    names.draw(on: &canvas, centers: centers, y: y)
    canvas.height = y + names.height + 2
    return canvas
  }

  /// The centres of `count` circles in as many of the `slots` about the height `middle`: if one is left for ⋮, it is the
  /// last but one.
  private static func units(_ count: Int, slots: Int, x: Double, middle: Double, spacing: Double) -> [Point] {
    (0..<count).map { index in
      let slot = index == count - 1 ? slots - 1 : index
      return Point(x: x, y: middle + (Double(slot) - Double(slots - 1) / 2) * spacing)
    }
  }

  /// Lines between all units of neighbouring columns, and the circles upon them.
  private func draw(_ columns: [[Point]], on canvas: inout Canvas, radius: Double) {
    var lines = Path()
    for (column, next) in zip(columns, columns.dropFirst()) {
      for from in column {
        for to in next { lines.lines(through: [from, to]) }
      }
    }
    canvas.stroke(lines, color: Ink.zero, width: 0.6)
    for (column, layer) in zip(columns, layers) {
      var circles = Path()
      for center in column { circles.dot(at: center) }
      canvas.stroke(circles, color: layer.color.rawValue, width: 2 * radius, cap: .round)
      canvas.stroke(circles, color: Palette.tint(of: layer.color), width: 2 * radius - 2.4, cap: .round)
    }
  }

  /// Writes the names of the layers above their columns and those of the weights above the gaps: in one row if they fit,
  /// else the weights' above the layers'.
  ///
  /// - Returns: where the columns begin.
  private func drawHeader(on canvas: inout Canvas, centers: [Double], pitch: Double) -> Double {
    let size = NetworkDiagram.nameSize
    let names = layers.map { TextMetrics.lines(of: $0.name, width: pitch - 6, size: size, bold: true) }
    let nameWidth = names.flatMap { $0 }.map { TextMetrics.width(of: $0, size: size, bold: true) }.max() ?? 0
    let isOneRow = TextMetrics.width(ofWidest: weights) <= pitch - nameWidth - 14
    let texts = weights.map { TextMetrics.lines(of: $0, width: pitch - (isOneRow ? 0 : 6)) }
    let weightRows = texts.map(\.count).max() ?? 0
    let nameHeight = Double(names.map(\.count).max() ?? 0) * TextMetrics.leading * size
    let weightHeight = isOneRow ? 0 : Double(weightRows) * NetworkDiagram.lineHeight
    let bottom = weightHeight + nameHeight
    for (lines, center) in zip(names, centers) {
      for (index, line) in lines.reversed().enumerated() {
        let baseline = bottom - 5 - Double(index) * TextMetrics.leading * size
        canvas.text(
          line, at: Point(x: center, y: baseline), size: size, bold: true, color: Ink.title, anchor: .middle)
      }
    }
    for (lines, (center, next)) in zip(texts, zip(centers, centers.dropFirst())) {
      for (index, line) in lines.reversed().enumerated() {
        let last = isOneRow ? bottom - 5 : weightHeight - 3
        let baseline = last - Double(index) * NetworkDiagram.lineHeight
        canvas.text(line, at: Point(x: (center + next) / 2, y: baseline), anchor: .middle)
      }
    }
    return bottom + 4
  }
}

extension Palette {
  /// A light tint of `color`, to fill shapes with.
  static func tint(of color: SeriesColor) -> String {
    let value = UInt32(color.rawValue.dropFirst(), radix: 16) ?? 0
    return Palette(knots: [value, value], isDiverging: false).onPaper(opacity: 0.25).color(at: 0)
  }
}
