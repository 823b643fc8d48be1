/// A sheet that marks and panels draw on: a list of SVG elements, and the places its texts and data take.
///
/// The places are kept so that tests can prove that nothing overlaps and nothing is cut.
public struct Canvas: Sendable {
  public var width: Double
  public var height: Double
  private(set) var elements: [String] = []
  /// The corners of every text, by the estimate of ``TextMetrics``.
  private(set) var texts: [TextPlace] = []
  /// The areas that belong to data, where no text may stand.
  private(set) var dataAreas: [Box] = []
  /// Places at which a reader may ask for the value of a datum.
  private(set) var values: [Value] = []

  /// What a datum says when it is pointed at.
  struct Value: Sendable {
    let text: String
    let point: Point
  }

  /// A text and the four corners of the box around it, in order; the box is turned where the text is.
  struct TextPlace: Sendable {
    let text: String
    var corners: [Point]
  }

  public init(width: Double, height: Double = 0) {
    self.width = width
    self.height = height
  }

  /// Which end of a text stands at its point.
  public enum Anchor: String, Sendable { case start, middle, end }

  /// How the end of a stroke looks.
  public enum Cap: String, Sendable { case butt, round, square }

  /// Draws the line of `path`, `width` pixels wide, in `color` (as `#rrggbb`).
  public mutating func stroke(
    _ path: Path, color: String, width: Double = 1, dash: Dash = .solid, cap: Cap = .butt, opacity: Double = 1
  ) {
    guard !path.isEmpty else { return }
    var attributes = #" fill="none" stroke="\#(color)" stroke-width="\#(SVGText.number(width))""#
    if cap != .butt { attributes += #" stroke-linecap="\#(cap.rawValue)""# }
    if dash != .solid { attributes += #" stroke-dasharray="\#(dash.pattern)""# }
    if opacity != 1 { attributes += #" stroke-opacity="\#(SVGText.number(opacity))""# }
    elements.append(#"<path d="\#(path.data)"\#(attributes) stroke-linejoin="round"/>"#)
  }

  /// Fills the inside of `path` with `color`.
  public mutating func fill(_ path: Path, color: String, opacity: Double = 1) {
    guard !path.isEmpty else { return }
    let transparency = opacity == 1 ? "" : #" fill-opacity="\#(SVGText.number(opacity))""#
    elements.append(#"<path d="\#(path.data)" fill="\#(color)"\#(transparency)/>"#)
  }

  /// Writes one line of `text` with its baseline at `point`, turned by `slant` about it. The character after `_` is a subscript.
  public mutating func text(
    _ text: String, at point: Point, size: Double = TextMetrics.labelSize, bold: Bool = false,
    color: String = Ink.label, anchor: Anchor = .start, slant: Slant = .level
  ) {
    guard !text.isEmpty else { return }
    let x = SVGText.number(point.x)
    let y = SVGText.number(point.y)
    var attributes = #"x="\#(x)" y="\#(y)" fill="\#(color)""#
    if size != TextMetrics.labelSize { attributes += #" font-size="\#(SVGText.number(size))""# }
    if bold { attributes += #" font-weight="bold""# }
    if anchor != .start { attributes += #" text-anchor="\#(anchor.rawValue)""# }
    if slant != .level { attributes += #" transform="rotate(\#(SVGText.number(slant.degrees)) \#(x) \#(y))""# }
    elements.append("<text \(attributes)>\(SVGText.withSubscripts(text, size: size))</text>")

    let length = TextMetrics.width(of: text, size: size, bold: bold)
    let start = anchor == .start ? 0 : anchor == .middle ? -length / 2 : -length
    let top = -TextMetrics.ascent * size
    let bottom = TextMetrics.descent * size
    let corners = [(start, top), (start + length, top), (start + length, bottom), (start, bottom)].map { dx, dy in
      Point(x: point.x + slant.cosine * dx - slant.sine * dy, y: point.y + slant.sine * dx + slant.cosine * dy)
    }
    texts.append(TextPlace(text: text, corners: corners))
  }

  /// Draws `other` with its upper left corner at `origin`.
  public mutating func place(_ other: Canvas, at origin: Point) {
    elements.append(#"<g transform="translate(\#(SVGText.number(origin.x)) \#(SVGText.number(origin.y)))">"#)
    elements += other.elements
    elements.append("</g>")
    for place in other.texts {
      let corners = place.corners.map { Point(x: $0.x + origin.x, y: $0.y + origin.y) }
      texts.append(TextPlace(text: place.text, corners: corners))
    }
    for area in other.dataAreas {
      dataAreas.append(Box(x: area.x + origin.x, y: area.y + origin.y, width: area.width, height: area.height))
    }
    for value in other.values {
      values.append(Value(text: value.text, point: Point(x: value.point.x + origin.x, y: value.point.y + origin.y)))
    }
  }

  /// Draws what `drawing` draws, but only the part inside `box`.
  ///
  /// An `<svg>` within an SVG cuts at its edges; a clip path would need an identifier, which may clash where several
  /// figures stand in one page.
  public mutating func clipped(to box: Box, _ drawing: (inout Canvas) -> Void) {
    let x = SVGText.number(box.x)
    let y = SVGText.number(box.y)
    let size = (SVGText.number(box.width), SVGText.number(box.height))
    elements.append(
      #"<svg x="\#(x)" y="\#(y)" width="\#(size.0)" height="\#(size.1)" "#
        + #"viewBox="\#(x) \#(y) \#(size.0) \#(size.1)" overflow="hidden">"#)
    drawing(&self)
    elements.append("</svg>")
  }

  /// States that `box` belongs to data, so that no text may stand there.
  public mutating func reserve(_ box: Box) { dataAreas.append(box) }

  /// States that the datum at `point` is to be read as `text`.
  mutating func note(_ text: String, at point: Point) { values.append(Value(text: text, point: point)) }

  /// Adds a raster's paths, which bring their own element.
  mutating func append(_ element: String) { elements.append(element) }
}

/// The direction of a text: level, or rising to the right.
public enum Slant: Sendable {
  case level
  case rising
  case upright

  var degrees: Double { self == .level ? 0 : self == .rising ? -40 : -90 }
  /// cos of ``degrees``, from a table: libm's cosine differs by platform.
  var cosine: Double { self == .level ? 1 : self == .rising ? 0.766_044_443_118_978 : 0 }
  var sine: Double { self == .level ? 0 : self == .rising ? -0.642_787_609_686_539_3 : -1 }
}

/// The greys of titles, labels and lines of the frame, on the white panel.
public enum Ink {
  public static let paper = "#ffffff"
  public static let title = "#1a1a1a"
  public static let label = "#404040"
  public static let axis = "#8c8c8c"
  public static let zero = "#b3b3b3"
  public static let grid = "#e6e6e6"
}
