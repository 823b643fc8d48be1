/// A row of labels, each for a slot of the same width: level and in several lines if they fit, slanted if there is
/// room to the side, upright otherwise.
struct SlotLabels {
  /// Whether the labels stand above or below what they belong to.
  enum Side { case above, below }

  let lines: [[String]]
  let slant: Slant
  let side: Side
  /// The room they need, with the gap to what they belong to.
  let height: Double
  /// How far slanted labels reach beyond the centre of their slot: to the left below, to the right above.
  let overhang: Double
  /// Every how manieth label is written, where slots are narrower than a line is high.
  let stride: Int

  private static let gap = 6.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize

  /// `labels` for slots `slotWidth` wide, which may reach `room` pixels beyond the centres of their slots.
  init(_ labels: [String], slotWidth: Double, side: Side, room: Double) {
    self.side = side
    let wrapped = labels.map { TextMetrics.lines(of: $0, width: slotWidth - 6) }
    let words = labels.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    let count = wrapped.map(\.count).max() ?? 0
    if count <= 3 && TextMetrics.width(ofWidest: words) <= slotWidth - 6 {
      lines = wrapped
      slant = .level
      height = count == 0 ? 0 : SlotLabels.gap + Double(count) * SlotLabels.lineHeight
      overhang = 0
      stride = 1
    } else {
      lines = labels.map { [$0] }
      let width = TextMetrics.width(ofWidest: labels)
      let reach = width * Slant.rising.cosine + TextMetrics.labelSize * TextMetrics.ascent
      // Slanted lines are slotWidth · sin 40° apart.
      let isSlanted = slotWidth * -Slant.rising.sine >= SlotLabels.lineHeight && reach <= room
      slant = isSlanted ? .rising : .upright
      height = SlotLabels.gap - width * slant.sine + TextMetrics.labelSize * slant.cosine
      overhang = isSlanted ? reach : SlotLabels.lineHeight / 2
      stride = isSlanted ? 1 : max(1, Int((SlotLabels.lineHeight / slotWidth).rounded(.up)))
    }
  }

  /// Writes the labels at the horizontal places `centers`; `y` is the edge of what they belong to.
  func draw(on canvas: inout Canvas, centers: [Double], y: Double) {
    let size = TextMetrics.labelSize
    for (index, (texts, center)) in zip(lines, centers).enumerated() where index % stride == 0 {
      if slant == .level {
        // Labels of fewer lines stay next to what they belong to.
        let first =
          side == .below
          ? y + SlotLabels.gap + TextMetrics.ascent * size
          : y - SlotLabels.gap - TextMetrics.descent * size - Double(texts.count - 1) * SlotLabels.lineHeight
        for (row, text) in texts.enumerated() {
          canvas.text(text, at: Point(x: center, y: first + Double(row) * SlotLabels.lineHeight), anchor: .middle)
        }
      } else {
        let half = size * 0.35
        let anchor = Point(
          x: center - slant.sine * half,
          y: side == .below ? y + SlotLabels.gap + slant.cosine * size * TextMetrics.ascent : y - SlotLabels.gap)
        canvas.text(texts[0], at: anchor, anchor: side == .below ? .end : .start, slant: slant)
      }
    }
  }
}
