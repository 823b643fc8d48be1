@testable import Plotting

/// Figures that strain the layout: long labels, many series, narrow panels, extreme ranges.
enum Samples {
  static let index = (1...64).map(Double.init)
  static let falling = index.map { 2000 / ($0 * $0) }
  static let digit: [Double] = [
    0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0, 8, 8, 0,
    0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6, 13, 10, 0, 0, 0,
  ]

  /// Pseudo-random numbers in (−1, 1).
  static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) / 4_503_599_627_370_496
    }
  }

  static var all: [(name: String, figure: Figure)] {
    [
      ("marks", marks), ("many series", manySeries), ("bars", bars), ("extreme ranges", extremeRanges),
      ("narrow panels", narrowPanels), ("matrices", matrices), ("images", images), ("fields", fields),
      ("histograms", histograms), ("networks", networks),
    ]
  }

  static var marks: Figure {
    Figure("Singular values & <their> \"rivals\"", columns: 2) {
      Plot("Scree", x: "index i", y: Axis("σᵢ", scale: .log)) {
        Line(x: index, y: falling, name: "digits")
        Band(x: index, low: falling.map { $0 / 2 }, high: falling.map { $0 * 2 }, name: "min–max of 5 seeds")
        Points(x: index, y: falling.map { $0 * 3 }, name: "rivals", marker: .circle)
        Rule(y: 0.4, name: "PCA floor")
        Rule(x: 8, name: "k = 8")
      }
      ImageGrid(
        "Rank-k images", images: Array(repeating: digit, count: 20), width: 8, height: 8, columns: 10, range: 0...16,
        rowLabels: ["original", "k = 1"], columnLabels: (0..<10).map { "\($0)" })
    }
  }

  static var manySeries: Figure {
    Figure("A title so long that it has to be wrapped, since nobody can read a line that leaves the page on the right")
    {
      Plot("Scatter", x: "z₁", y: "z₂", aspect: .equal) {
        for k in 0..<8 {
          Points(x: noise(30, seed: UInt64(k)), y: noise(30, seed: UInt64(k + 9)), name: "images of the digit \(k)")
        }
      }
      Plot(
        "Lines", x: "an axis label that is rather longer than one would like it to be on a page",
        y:
          "a label of the vertical axis that is so long that it has to be written in two lines above the frame, at least"
      ) {
        for k in 1...6 { Line(x: index, y: index.map { Double(k) / $0 }, name: "series \(k)") }
        Points(
          x: [], y: [], name: "a name so long that it fits into no line of any legend and so has to be broken into two")
      }
    }
  }

  static var bars: Figure {
    let models = ["PCA", "plain autoencoder", "weight decay", "sparse", "denoising", "contractive", "variational"]
    return Figure("Bars", columns: 2) {
      Plot("Single", y: "error") { Bars(models, heights: [3, 2, 2.5, 1, 2.7, 2.8, 3.1]) }
      Plot("Groups", y: "error") {
        Bars(["PCA", "AE"], heights: [3, -2], whiskers: [2.5...3.5, -2.5...(-1.5)], name: "mean ± standard error")
        Bars(["PCA", "AE"], heights: [1, 2], name: "best")
      }
      Plot("Numbers", y: Axis("count", scale: .log)) { Bars(x: [1, 2, 3, 4], heights: [1000, 100, 10, 2]) }
      Plot("Many") { Bars((0..<18).map { "name \($0)" }, heights: noise(18)) }
    }
  }

  static var extremeRanges: Figure {
    let log = Axis("y", scale: .log)
    return Figure("Ranges", columns: 3) {
      Plot("Constant", y: "y") { Line(x: [1, 2], y: [0.3, 0.3]) }
      Plot("Zero") { Points(x: [0], y: [0]) }
      Plot("Subnormal") { Line(x: [0, 1], y: [0, .leastNonzeroMagnitude]) }
      Plot("Tiny range") { Line(x: index, y: index.map { 0.693_147_18 + 1e-8 * $0 }) }
      Plot("Small") { Line(x: index.map { 1e-7 * $0 }, y: index.map { 1e-9 * $0 }) }
      Plot("Large") { Line(x: [-1e300, 1e300], y: [-1e300, 1e300]) }
      Plot("Within a decade", y: log) { Line(x: index, y: index.map { 3.1 + $0 / 100 }) }
      Plot("Thirty decades", x: Axis(scale: .log, ticks: [1, 2, 4, 8]), y: log) { Line(x: [1, 8], y: [1, 1e-30]) }
      Plot("Six hundred decades", y: log) { Line(x: [1, 8], y: [1e-300, 1e300]) }
      Plot("Cut", x: Axis(range: 0...10), y: Axis(range: 0.1...0.9)) { Line(x: [0, 5, 90], y: [0, 1e200, -1e9]) }
      Plot("Constant on a logarithmic axis", y: log) { Line(x: [1, 2], y: [7, 7]) }
      Plot("Flat", aspect: .equal) { Line(x: [0, 100], y: [0, 1]) }
    }
  }

  static var narrowPanels: Figure {
    Figure("Narrow", columns: 5) {
      for k in 0..<10 {
        Plot("λ = 0.\(k) and a long title", x: "epoch of training", y: "loss per image") {
          Line(x: index, y: index.map { $0 * 12345 }, name: "loss")
          Line(x: index, y: index.map { -$0 * 1e6 * Double(k) }, name: "contractive penalty")
        }
      }
    }
  }

  static var matrices: Figure {
    Figure("Matrices", columns: 2) {
      Heatmap("|WᵀU|", rows: 8, columns: 8, values: noise(64), palette: .diverging, x: "column j", y: "row i")
      Heatmap(
        "Trained × tested", rows: 2, columns: 4, values: noise(8), rowLabels: ["digits 0–4", "digits 5–9, inverted"],
        columnLabels: ["digits 0–4", "digits 5–9", "inverted digits", "uniform noise on every pixel"])
      Heatmap("1 × 1", [[3]])
      Heatmap("3 × 60", rows: 3, columns: 60, values: noise(180), range: -0.5...0.5)
      Heatmap("64 × 2", rows: 64, columns: 2, values: noise(128), firstIndex: 0)
    }
  }

  static var images: Figure {
    Figure("Images", columns: 2) {
      ImageGrid(images: [digit], width: 8, height: 8, columns: 1)
      ImageGrid("One pixel", images: [[3]], width: 1, height: 1, columns: 4, palette: .viridis)
      ImageGrid(
        "Labels", images: (0..<12).map { noise(64, seed: $0) }, width: 8, height: 8, columns: 4, palette: .diverging,
        rowLabels: ["original", "salt-and-pepper noise on 40 % of all of its pixels", "reconstruction"],
        columnLabels: ["first", "second", "third", "the fourth with a remarkably long label"])
      ImageGrid(
        "Large", images: (0..<30).map { noise(784, seed: $0) }, width: 28, height: 28, columns: 10, range: 0...0.5)
    }
  }

  static var fields: Figure {
    let side = Shading.centers(of: -2...2, count: 30)
    let values = side.flatMap { y in side.map { x in x * x * x - 3 * x * y * y } }
    let coarse = Shading.centers(of: -2...2, count: 8)
    let x = coarse.flatMap { _ in coarse }
    let y = coarse.flatMap { y in coarse.map { _ in y } }
    return Figure("Fields", columns: 2) {
      for label in ["log p", "a label of the colour bar that is so long that it has to be written in several lines"] {
        Plot("Field", x: "x₁", y: "x₂", aspect: .equal) {
          Shading(x: -2...2, y: -2...2, rows: 30, columns: 30, values: values, range: -8...8, label: label)
          Contours(x: side, y: side, values: values, name: "log p")
          Arrows(
            x: x, y: y, dx: zip(x, y).map { 3 * ($0 * $0 - $1 * $1) }, dy: zip(x, y).map { -6 * $0 * $1 },
            scale: 0.04, name: "score")
        }
      }
      Plot("Wide", x: "x", y: "a label of the vertical axis that is rather long, too") {
        Shading(
          x: 0...10000, y: -1e-7...1e-7, rows: 2, columns: 3, values: noise(6).map { $0 * 12345 }, palette: .diverging,
          label: "label")
      }
      Plot("One value", x: Axis(scale: .log), y: Axis(scale: .log)) {
        Shading(x: 1...1000, y: 0.1...10, rows: 1, columns: 1, values: [-0.0])
        Arrows(x: [1, 10], y: [1, 1], dx: [9, 0], dy: [1, 0])
      }
      Plot("Tall", x: "x", y: "vertical", aspect: .equal) {
        Shading(x: 0...1, y: 0...9, rows: 9, columns: 1, values: noise(9), label: "the values")
      }
      Plot("Line", x: "x", y: Axis(ticks: [])) {
        Arrows(x: noise(9), y: noise(9).map { _ in 0 }, dx: noise(9, seed: 4), dy: noise(9).map { _ in -0.0 })
      }
    }
  }

  static var histograms: Figure {
    Figure("Histograms", columns: 2) {
      for scale in [Axis.Scale.linear, .log] {
        Plot("Shares", x: "activation", y: Axis("share (adds to 1)", scale: scale)) {
          Histogram(noise(300), range: -0.8...0.8, name: "plain")
          Histogram(noise(300, seed: 3).map { $0 * $0 }, range: -0.8...0.8, name: "sparse")
          Rule(x: 0, name: "zero")
        }
      }
    }
  }

  static var networks: Figure {
    Figure("Networks", columns: 2) {
      NetworkDiagram(
        "Undercomplete", layers: [.init("x", units: 64, "inputs"), .init("h", units: 8), .init("x̂", units: 64)],
        weights: ["W, b", "W*, c"])
      NetworkDiagram(
        "Deep",
        layers: [784, 256, 64, 2, 64, 256, 784].enumerated().map {
          .init("h⁽\($0.offset)⁾", units: $0.element, "code units")
        },
        weights: ["W₁ ∈ ℝ²⁵⁶ˣ⁷⁸⁴, b₁", "W₂, b₂", "W₃, b₃", "W₃ᵀ, c₃", "W₂ᵀ, c₂", "W₁ᵀ, c₁"])
      NetworkDiagram("One layer", layers: [.init("a rather long name", units: 1)], weights: [])
    }
  }
}
