@testable import Plotting

/// Figures of random marks, axes and options, whose numbers are NaN, infinite, subnormal, huge, equal or an ulp apart.
struct NastyFigures {
  private var state: UInt64
  /// What the numbers of the next figure are taken from: rarely all, so that many figures can be drawn.
  private var pool: [Double] = []

  init(seed: UInt64) { state = seed }

  mutating func next() -> Figure {
    let finite = NastyFigures.numbers.filter { $0.magnitude <= 1e300 }
    switch below(3) {
    case 0: pool = NastyFigures.numbers
    case 1: pool = finite
    default: pool = [0.5, 1, 2, 3, finite[below(finite.count)]]
    }
    let panel = panel()
    return Figure(text(), columns: 1 + below(2)) { panel }
  }

  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, 3, 10, 64, 100, 0.1, 1e-9, 1 + 1e-9, 1 + 2.3e-16, .nan, .infinity, -.infinity, 5e-324,
    -5e-324, 1e-320, 1e-308, 1e-300, 1e-290, -1e-290, 1e-280, 1e299, 1e300, -1e300, 1e308, -1e308, 1e15, 1e16,
    123456789.123,
  ]

  private mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  private mutating func number() -> Double { pool[below(pool.count)] }

  private mutating func numbers(_ count: Int) -> [Double] {
    if below(4) == 0 { return Array(repeating: number(), count: count) }
    return (0..<count).map { _ in number() }
  }

  private mutating func text() -> String {
    let (words, word) = (String(repeating: "word ", count: 60), String(repeating: "W", count: 400))
    return ["", "a", "λ = 0.5", words, word, "\u{0}\n<&>"][below(6)]
  }

  private mutating func texts(_ count: Int) -> [String] { (0..<count).map { _ in text() } }

  private mutating func range() -> ClosedRange<Double>? {
    let (a, b) = (number(), number())
    guard below(2) == 0, !a.isNaN, !b.isNaN else { return nil }
    return below(5) == 0 ? a...a.nextUp : min(a, b)...max(a, b)
  }

  private mutating func axis() -> Axis {
    Axis(text(), scale: below(3) == 0 ? .log : .linear, range: range(), ticks: below(4) == 0 ? numbers(below(4)) : nil)
  }

  private mutating func panel() -> any Panel {
    let palette = below(2) == 0 ? Palette.viridis : .diverging
    let count = below(5)
    switch below(8) {
    case 0:
      return Heatmap(
        text(), rows: count, columns: 3, values: numbers(3 * count), range: range(), palette: palette, x: text(),
        rowLabels: texts(count), columnLabels: below(2) == 0 ? [] : texts(3))
    case 1:
      return ImageGrid(
        text(), images: (0..<count).map { _ in numbers(4) }, width: 2, height: 2, columns: 3, palette: palette,
        scaling: below(2) == 0 ? .each : .shared, columnLabels: below(2) == 0 ? [] : texts(3))
    default:
      let marks = [mark(), mark()]
      let kinds = marks.map { ObjectIdentifier(type(of: $0)) }
      let (x, y) = (axis(), axis())
      let isPlane = x.scale == .linear && y.scale == .linear
      // A plot has one shading, and one set of names.
      return Plot(text(), x: x, y: y, aspect: isPlane && below(3) == 0 ? .equal : .fill) {
        kinds[0] == kinds[1] ? [marks[0]] : marks
      }
    }
  }

  private mutating func mark() -> any Mark {
    let count = [0, 1, 1, 2, 3, 5, 40][below(7)]
    let name: String? = below(2) == 0 ? nil : text()
    let (rows, columns) = (2 + below(3), 2 + below(3))
    let places = (0..<columns).map(Double.init)
    switch below(12) {
    case 0: return Line(x: numbers(count), y: numbers(count), name: name)
    case 1: return Points(x: numbers(count), y: numbers(count), name: name)
    case 2: return Band(x: numbers(count), low: numbers(count), high: numbers(count), name: text())
    case 3: return Bars(texts(count), heights: numbers(count), from: below(2) == 0 ? nil : number(), name: name)
    case 4: return Bars(x: numbers(count), heights: numbers(count), from: below(2) == 0 ? nil : number(), name: name)
    case 5:
      return Arrows(
        x: numbers(count), y: numbers(count), dx: numbers(count), dy: numbers(count), scale: number(), name: name)
    case 6:
      let matrices = (0..<count).map { _ in numbers(4) }
      return Ellipses(x: numbers(count), y: numbers(count), matrices: matrices, scale: number(), name: name)
    case 7: return Histogram(numbers(count), bins: 1 + below(30), range: range(), name: name)
    case 8:
      return Contours(
        x: below(2) == 0 ? numbers(columns).sorted() : places, y: (0..<rows).map(Double.init),
        values: numbers(rows * columns), levels: below(2) == 0 ? nil : numbers(below(5)), name: name)
    case 9:
      return Shading(
        x: range() ?? 0...1, y: range() ?? 0...1, rows: rows, columns: columns, values: numbers(rows * columns),
        range: range(), label: text())
    case 10:
      let pairs = count == 0 ? [] : (0..<below(9)).map { _ in (below(count), below(count)) }
      return Edges(x: numbers(count), y: numbers(count), joining: pairs, name: name)
    default:
      return Mesh(
        rows: rows, columns: columns, x: numbers(rows * columns), y: numbers(rows * columns), every: 1 + below(3),
        name: name)
    }
  }
}
