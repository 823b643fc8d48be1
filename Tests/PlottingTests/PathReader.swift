@testable import Plotting

/// The strokes of SVG path data as ``Path`` writes them: M, l, h and z.
enum PathReader {
  struct Stroke {
    var points: [Point]
    var isClosed = false
  }

  static func strokes(_ data: String) -> [Stroke] {
    var strokes: [Stroke] = []
    for match in data.matches(of: /([Mlhz])([-0-9. ]*)/) {
      let numbers = match.2.matches(of: /-?(\d+\.?\d*|\.\d+)/).map { Double($0.0) ?? .nan }
      switch match.1 {
      case "M": strokes.append(Stroke(points: [Point(x: numbers[0], y: numbers[1])]))
      case "z": strokes[strokes.count - 1].isClosed = true
      case "h": break  // a dot's hundredth of a pixel
      default:
        for index in stride(from: 0, to: numbers.count, by: 2) {
          let last = strokes[strokes.count - 1].points.last ?? Point(x: .nan, y: .nan)
          let next = Point(x: last.x + numbers[index], y: last.y + numbers[index + 1])
          strokes[strokes.count - 1].points.append(next)
        }
      }
    }
    return strokes
  }

  /// The strokes of every path among `elements` of the color `stroke`, path by path.
  static func paths(_ elements: [String], stroke: String) -> [[Stroke]] {
    paths(elements, attribute: " stroke=\"\(stroke)\"")
  }

  /// The outlines of every path among `elements` filled with the color `fill`, path by path.
  static func paths(_ elements: [String], fill: String) -> [[Stroke]] {
    paths(elements, attribute: " fill=\"\(fill)\"")
  }

  private static func paths(_ elements: [String], attribute: String) -> [[Stroke]] {
    elements.filter { $0.hasPrefix("<path d=") && $0.contains(attribute) }.map { element in
      strokes(String(element.split(separator: "\"")[1]))
    }
  }
}

extension AxisMap {
  /// The datum at `pixel` of a linear axis.
  func datum(at pixel: Double) -> Double { low + (pixel - start) / (end - start) * (high - low) }
}
