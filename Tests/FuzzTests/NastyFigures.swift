@testable import Plotting

/// Figures of random marks, axes and options, whose numbers are NaN, infinite, subnormal, huge, equal or an ulp apart.
struct NastyFigures {
  private var chance: Chance
  /// What the numbers of the figure are taken from: rarely all, so that many figures can be drawn.
  private var pool: [Double] = []

  init(_ chance: Chance) { self.chance = chance }

  mutating func next() -> Figure {
    let finite = NastyFigures.numbers.filter { $0.magnitude <= 1e300 }
    switch below(4) {
    case 0: pool = NastyFigures.numbers
    case 1: pool = finite
    case 2: pool = (0..<5).map { _ in chance.number() }
    default: pool = [0.5, 1, 2, 3, finite[below(finite.count)]]
    }
    let panels = (0...below(2)).map { _ in panel() }
    let columns = 1 + below(3)
    return Figure(text(), columns: columns, width: Double(columns * (100 + below(700)) + 200)) { panels }
  }

  private static let numbers = Chance.numbers

  private mutating func below(_ count: Int) -> Int { chance.below(count) }

  private mutating func number() -> Double { pool[below(pool.count)] }

  private mutating func numbers(_ count: Int) -> [Double] {
    if below(4) == 0 { return Array(repeating: number(), count: count) }
    return (0..<count).map { _ in number() }
  }

  private mutating func text() -> String {
    let (words, word) = (String(repeating: "word ", count: 60), String(repeating: "W", count: 400))
    return below(2) == 0 ? chance.text() : ["", "a", "λ = 0.5", words, word, "\u{0}\n<&>"][below(6)]
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
    switch below(9) {
    case 0:
      let layers = (0..<count).map { _ in
        NetworkDiagram.Layer(text(), units: 1 + chance.integer() & (.max >> 1), text())
      }
      return NetworkDiagram(text(), layers: layers, weights: texts(max(0, count - 1)), shown: 3 + below(20))
    case 1:
      return Heatmap(
        text(), rows: count, columns: 3, values: numbers(3 * count), range: range(), palette: palette, x: text(),
        rowLabels: texts(count), columnLabels: below(2) == 0 ? [] : texts(3))
    case 2:
      return ImageGrid(
        text(), images: (0..<count).map { _ in numbers(4) }, width: 2, height: 2, columns: 3, palette: palette,
        scaling: below(2) == 0 ? .each : .shared, columnLabels: below(2) == 0 ? [] : texts(3))
    default:
      let marks = [mark(), mark()]
      let kinds = marks.map { ObjectIdentifier(type(of: $0)) }
      let (x, y) = (axis(), axis())
      let isPlane = x.scale == .linear && y.scale == .linear
      // A plot has one shading, and one set of names.
      let height = below(4) == 0 ? Double(1 + below(2000)) : nil
      return Plot(text(), x: x, y: y, aspect: isPlane && below(3) == 0 ? .equal : .fill, height: height) {
        kinds[0] == kinds[1] ? [marks[0]] : marks
      }
    }
  }

  private mutating func mark() -> any Mark {
    let count = chance.once(in: 500) ? 3000 : [0, 1, 1, 2, 3, 5, 40][below(7)]
    let name: String? = below(2) == 0 ? nil : text()
    let (rows, columns) = (2 + below(3), 2 + below(3))
    let places = (0..<columns).map(Double.init)
    switch below(13) {
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
    case 10: return below(2) == 0 ? Rule(x: number(), name: name) : Rule(y: number(), name: name)
    case 11:
      let pairs = count == 0 ? [] : (0..<below(9)).map { _ in (below(count), below(count)) }
      return Edges(x: numbers(count), y: numbers(count), joining: pairs, name: name)
    default:
      return Mesh(
        rows: rows, columns: columns, x: numbers(rows * columns), y: numbers(rows * columns), every: 1 + below(3),
        name: name)
    }
  }
}

extension Reader {
  static let plot = Reader(name: "plot", usual: 400) { chance in
    var figures = NastyFigures(chance)
    let figure = figures.next()
    let description = chance.text()
    // An error names its panel, whose title may be of any length.
    let drawn = try orRefused(most: 20_000) { () throws(PlotError) in try figure.drawn(description: description) }
    guard let drawn else { return 100 }
    func check(_ markup: String) throws {
      var odd: String?
      let flaw = markupFlaw(markup) { name, value in
        let isText = ["id", "aria-labelledby", "font-family"].contains(name)
        if !isText, value.contains("nan") || value.contains("inf") { odd = "\(name)=\"\(value)\"" }
      }
      if let problem = flaw ?? odd { throw Broken("\(problem) in \(markup.prefix(2000))") }
    }
    try check(drawn.svg)
    try check(drawn.values)
    try require(drawn.svg.utf8.count < 1 << 20, "an SVG of \(drawn.svg.utf8.count) bytes")
    return drawn.svg.utf8.count
  }
}
