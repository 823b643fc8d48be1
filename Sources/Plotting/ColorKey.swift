/// The colour bar of a plot with a ``Shading``: upright at the right of the frame with its label above it, or level
/// below the plot where that is too narrow.
struct ColorKey {
  let isUpright: Bool
  /// What it takes of the plot's width, with the gap before it.
  let width: Double
  private let scale: ColorScale
  private let label: String
  private let panelWidth: Double

  private static let barWidth = 14.0
  private static let gap = 4.0
  /// Plots narrower than this have their bar below.
  private static let leastWidth = 240.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize

  /// The key of the shading among `marks`, if there is one, in a panel `width` pixels wide.
  init?(_ marks: [any Mark], width: Double) {
    let shadings = marks.compactMap { $0 as? Shading }
    precondition(shadings.count <= 1, "a plot has one colour bar, but \(shadings.count) shadings")
    guard let shading = shadings.first else { return nil }
    let scale = shading.scale
    self.scale = scale
    label = shading.label
    panelWidth = width
    isUpright = width >= ColorKey.leastWidth
    // The height is not known yet; in each step of 36 pixels the highest bar has all ticks of the lower ones.
    let texts = (2...24).flatMap { scale.ticks(height: 36 * Double($0) + 35.99) }.compactMap(\.label)
    self.width = isUpright ? ColorKey.gap + ColorKey.barWidth + 7 + TextMetrics.width(ofWidest: texts) : 0
  }

  /// The label in lines, if it stands above the bar.
  var labelLines: [String] { isUpright ? TextMetrics.lines(of: label, width: 0.45 * panelWidth) : [] }

  /// Where the lines of the label begin if the bar follows on the horizontal place `right`: at the bar, or as far
  /// before it as they need to stay on the panel.
  func labelStart(right: Double) -> Double {
    max(0, min(right + ColorKey.gap, panelWidth - TextMetrics.width(ofWidest: labelLines)))
  }

  /// Draws the bar beside the frame `box`, whose tick labels end at `right`.
  func drawUpright(on canvas: inout Canvas, beside box: Box, right: Double) {
    let start = labelStart(right: right)
    for (index, line) in labelLines.reversed().enumerated() {
      let baseline = box.top - 5 - Double(index + 1) * ColorKey.lineHeight + TextMetrics.ascent * TextMetrics.labelSize
      canvas.text(line, at: Point(x: start, y: baseline))
    }
    scale.drawUprightBar(
      on: &canvas, in: Box(x: right + ColorKey.gap, y: box.y, width: ColorKey.barWidth, height: box.height))
  }

  /// Draws the bar below the plot, from the height `y`.
  ///
  /// - Returns: the height it takes.
  func drawLevel(on canvas: inout Canvas, y: Double) -> Double {
    scale.drawBar(on: &canvas, at: Point(x: 0, y: y), width: panelWidth, note: label)
  }
}
