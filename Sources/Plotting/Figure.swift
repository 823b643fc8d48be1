/// A picture of one or several panels, written as SVG.
///
/// ```swift
/// let figure = Figure("Singular values of the digits", columns: 2) {
///   Plot("Scree", x: "index i", y: Axis("σᵢ", scale: .log)) {
///     Line(x: indices, y: σ, name: "digits")
///     Rule(y: floor, name: "PCA floor")
///   }
///   ImageGrid("Rank-k images", images: images, width: 8, height: 8, columns: 10, range: 0...16)
/// }
/// let svg = try figure.svg(description: "The singular values fall by two decades over the first forty indices.")
/// ```
///
/// The same figure gives the same bytes on every machine: coordinates come of IEEE operations only and are rounded.
public struct Figure: Sendable {
  public let title: String
  /// How many panels stand side by side.
  public let columns: Int
  /// The width of the whole figure in pixels; the height is what the panels need.
  public let width: Double
  public let panels: [any Panel]

  public init(
    _ title: String = "", columns: Int = 1, width: Double = 720, @PanelBuilder panels: () throws -> [any Panel]
  ) rethrows {
    precondition(columns >= 1, "a figure cannot have \(columns) columns")
    precondition(
      (width - Double(columns - 1) * Figure.columnGap - 2 * Figure.margin) / Double(columns) >= 100,
      "\(columns) columns in \(width) pixels would be less than 100 pixels wide")
    self.title = title
    self.columns = columns
    self.width = width
    self.panels = try panels()
  }

  private static let margin = 16.0
  private static let columnGap = 28.0
  private static let rowGap = 26.0

  /// The figure as an SVG document.
  ///
  /// - Parameters:
  ///   - description: what the picture shows, for those who cannot see it; it becomes `<desc>`, the title `<title>`.
  ///   - identifier: the prefix of the two identifiers in the document; give each its own where several stand in one
  ///     page.
  /// - Throws: ``PlotError`` if there is nothing to draw, or a value that cannot be drawn.
  public func svg(description: String, identifier: String = "figure") throws(PlotError) -> String {
    try drawn(description: description, identifier: identifier).svg
  }

  /// The figure as an SVG document, see ``svg(description:identifier:)``, and apart from it a group of invisible spots that
  /// show the values of its points when they are pointed at, for a page that has the figure inline.
  public func drawn(
    description: String, identifier: String = "figure"
  ) throws(PlotError) -> (svg: String, values: String) {
    let canvas = try render()
    return (svg(canvas, description: description, identifier: identifier), Figure.group(of: canvas.values))
  }

  private static func group(of values: [Canvas.Value]) -> String {
    if values.isEmpty { return "" }
    let spots = values.map { value in
      let (x, y) = (SVGText.number(value.point.x), SVGText.number(value.point.y))
      return #"<circle cx="\#(x)" cy="\#(y)" r="6"><title>\#(SVGText.escaped(value.text))</title></circle>"#
    }
    return "<g class=\"values\" fill=\"none\" pointer-events=\"all\">\n\(spots.joined(separator: "\n"))\n</g>"
  }

  private func svg(_ canvas: Canvas, description: String, identifier: String) -> String {
    let id = SVGText.escaped(identifier)
    let size = (SVGText.number(canvas.width), SVGText.number(canvas.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size.0) \(size.1)" width="\(size.0)" height="\(size.1)" \
      role="img" aria-labelledby="\(id)-title \(id)-desc" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, \
      'Helvetica Neue', Arial, sans-serif" font-size="\(SVGText.number(TextMetrics.labelSize))">
      <title id="\(id)-title">\(SVGText.escaped(title.isEmpty ? panels.first?.title ?? "" : title))</title>
      <desc id="\(id)-desc">\(SVGText.escaped(description))</desc>
      <rect width="\(size.0)" height="\(size.1)" fill="\(Ink.paper)"/>
      \(canvas.elements.joined(separator: "\n"))
      </svg>

      """
  }

  /// The figure drawn, with the places of its texts and data.
  func render() throws(PlotError) -> Canvas {
    guard !panels.isEmpty else { throw .noPanels(figure: title) }
    var canvas = Canvas(width: width)
    var y = Figure.margin
    y += Figure.draw(
      title, on: &canvas, at: Point(x: Figure.margin, y: y), width: width - 2 * Figure.margin,
      size: TextMetrics.figureTitleSize, gapBelow: 10)

    let columnWidth = (width - 2 * Figure.margin - Double(columns - 1) * Figure.columnGap) / Double(columns)
    for start in stride(from: 0, to: panels.count, by: columns) {
      let row = panels[start..<min(start + columns, panels.count)]
      let corners = row.indices.map { index in
        Point(x: Figure.margin + Double(index - start) * (columnWidth + Figure.columnGap), y: y)
      }
      // Titles of a row take the same height, so that the pictures below them begin on one line.
      var titleHeight = 0.0
      for (panel, corner) in zip(row, corners) {
        let height = Figure.draw(
          panel.title, on: &canvas, at: corner, width: columnWidth, size: TextMetrics.panelTitleSize, gapBelow: 6)
        titleHeight = max(titleHeight, height)
      }
      var bodyHeight = 0.0
      for (panel, corner) in zip(row, corners) {
        let body = try panel.body(width: columnWidth)
        canvas.place(body, at: Point(x: corner.x, y: y + titleHeight))
        bodyHeight = max(bodyHeight, body.height)
      }
      y += titleHeight + bodyHeight + Figure.rowGap
    }
    canvas.height = y - Figure.rowGap + Figure.margin
    return canvas
  }

  /// Writes a title in as many lines as it needs.
  ///
  /// - Returns: the height it takes, 0 if it is empty.
  private static func draw(
    _ title: String, on canvas: inout Canvas, at corner: Point, width: Double, size: Double, gapBelow: Double
  ) -> Double {
    let lines = TextMetrics.lines(of: title, width: width, size: size, bold: true)
    let leading = TextMetrics.leading * size
    for (index, line) in lines.enumerated() {
      let baseline = Point(x: corner.x, y: corner.y + TextMetrics.ascent * size + Double(index) * leading)
      canvas.text(line, at: baseline, size: size, bold: true, color: Ink.title)
    }
    return lines.isEmpty ? 0 : Double(lines.count) * leading + gapBelow
  }
}
