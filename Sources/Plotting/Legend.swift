/// The names of a plot's marks with a sample of each, in rows below the plot.
struct Legend {
  /// One name with its sample, and where it stands; the origin is the legend's upper left corner.
  struct Entry {
    let mark: any Mark
    let style: Style
    let lines: [String]
    var origin: Point
  }

  let entries: [Entry]
  let height: Double

  private static let keyWidth = 26.0
  private static let keyGap = 6.0
  private static let entryGap = 18.0
  private static let lineHeight = TextMetrics.leading * TextMetrics.labelSize

  /// The legend of all `marks` that have names, in rows of at most `width` pixels; a longer name is broken into lines.
  /// What several bands are, “± standard error”, is said once, in the colour of none.
  init(_ marks: [any Mark], styles: [Style], width: Double) {
    let bands = marks.filter { $0.role == .companion }.map(\.name)
    var said: Set<String> = []
    var entries: [Entry] = []
    var origin = Point(x: 0, y: 0)
    var rowHeight = 0.0
    for (mark, style) in zip(marks, styles) {
      guard let name = mark.name else { continue }
      let isShared = mark.role == .companion && bands.count { $0 == name } > 1
      if isShared && !said.insert(name).inserted { continue }
      let lines = TextMetrics.lines(of: name, width: width - Legend.keyWidth - Legend.keyGap)
      let needed = Legend.keyWidth + Legend.keyGap + TextMetrics.width(ofWidest: lines)
      if origin.x > 0 && origin.x + needed > width {
        origin = Point(x: 0, y: origin.y + rowHeight + 3)
        rowHeight = 0
      }
      entries.append(Entry(mark: mark, style: isShared ? Style(.gray) : style, lines: lines, origin: origin))
      rowHeight = max(rowHeight, Double(max(1, lines.count)) * Legend.lineHeight)
      origin.x += needed + Legend.entryGap
    }
    self.entries = entries
    height = entries.isEmpty ? 0 : origin.y + rowHeight
  }

  /// Draws the legend with its upper left corner at `corner`.
  func draw(on canvas: inout Canvas, at corner: Point) {
    for entry in entries {
      let left = corner.x + entry.origin.x
      let middle = corner.y + entry.origin.y + Legend.lineHeight / 2
      let key = Box(x: left, y: middle - 6, width: Legend.keyWidth, height: 12)
      entry.mark.drawKey(on: &canvas, in: key, style: entry.style)
      canvas.reserve(key)
      for (index, line) in entry.lines.enumerated() {
        let baseline = middle + 0.36 * TextMetrics.labelSize + Double(index) * Legend.lineHeight
        canvas.text(line, at: Point(x: left + Legend.keyWidth + Legend.keyGap, y: baseline))
      }
    }
  }
}
