/// The colours of categories: those of Okabe and Ito, told apart by every common kind of colour vision.
///
/// Their yellow is left out, being unreadable on white. A colour never stands alone: each comes with a dash and a
/// marker.
///
/// Okabe and Ito, *Color Universal Design* (2008).
public enum SeriesColor: String, CaseIterable, Sendable {
  case blue = "#0072b2"
  case vermillion = "#d55e00"
  case green = "#009e73"
  case purple = "#cc79a7"
  case orange = "#e69f00"
  case sky = "#56b4e9"
  case black = "#000000"
  /// For what is only referred to, such as rules; no series takes it by itself.
  case gray = "#595959"

  /// The colours that series take by themselves, in their order.
  static let cycle: [SeriesColor] = [.blue, .vermillion, .green, .purple, .orange, .sky, .black]
}

/// How a line is broken.
public enum Dash: CaseIterable, Sendable {
  case solid
  case dashed
  case dotted
  case dashDotted
  case longDashed

  /// Lengths of strokes and gaps in pixels.
  var pattern: String {
    switch self {
    case .solid: "none"
    case .dashed: "7 3.5"
    case .dotted: "2 2.5"
    case .dashDotted: "8 3 2 3"
    case .longDashed: "13 4"
    }
  }
}

/// How a mark looks that was not told how to.
///
/// The n-th series takes the n-th colour, dash and marker. There are 7 colours, 5 dashes and 6 markers, no two of these
/// numbers with a common divisor, so the first 35 lines and the first 42 scatters of a plot all differ.
public struct Style: Hashable, Sendable {
  public var color: SeriesColor
  public var dash: Dash
  public var marker: Marker
  /// The mark's rank among the marks of its kind, and how many of them there are: bars of one group stand side by side.
  public var rank = 0
  public var siblings = 1

  /// The style of series number `index`, counted from 0.
  public init(series index: Int) {
    color = SeriesColor.cycle[index % SeriesColor.cycle.count]
    dash = Dash.allCases[index % Dash.allCases.count]
    marker = Marker.allCases[index % Marker.allCases.count]
  }

  /// The style that belongs to `color`.
  public init(_ color: SeriesColor) {
    self.init(series: SeriesColor.cycle.firstIndex(of: color) ?? 0)
    self.color = color
  }

  /// The styles of `marks`, one for each, in their order.
  static func styles(of marks: [any Mark]) -> [Style] {
    var series = 0
    var references = 0
    var styles: [Style] = []
    for (index, mark) in marks.enumerated() {
      var style: Style
      if let color = mark.color {
        style = Style(color)
      } else {
        switch mark.role {
        case .companion where !styles.isEmpty:
          style = styles[index - 1]
        case .series, .companion:
          style = Style(series: series)
          series += 1
        case .reference:
          style = Style(.gray)
          style.dash = Dash.allCases[(references + 1) % Dash.allCases.count]
          references += 1
        case .multicolored:
          style = Style(.gray)
        }
      }
      let kind = ObjectIdentifier(type(of: mark))
      style.rank = marks[..<index].count { ObjectIdentifier(type(of: $0)) == kind }
      style.siblings = marks.count { ObjectIdentifier(type(of: $0)) == kind }
      styles.append(style)
    }
    return styles
  }
}
