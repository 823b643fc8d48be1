import Notebook
import Plotting

/// A graph of computation, from bottom to top: circles for what is computed, squares for what is
/// drawn at random, grey lines for the forward pass and arrows for the gradient that passes back.
struct ComputationGraph: Panel {
  struct Node {
    let label: String
    /// From 0 to 1, left to right and bottom to top.
    let x, y: Double
    var isRandom = false
  }

  let title: String
  let nodes: [Node]
  /// Pairs of nodes by their indices.
  let edges: [(from: Int, to: Int)]
  /// The edges that the gradient passes, backwards.
  let open: [(from: Int, to: Int)]
  /// What is written in the last line.
  let note: String

  private static let radius = 15.0
  private static let height = 230.0

  func body(width: Double) throws(PlotError) -> Canvas {
    let r = ComputationGraph.radius
    let middle = ComputationGraph.height - 2 * r
    let places = nodes.map { node in
      Point(x: r + 4 + node.x * (width - 2 * r - 8), y: r + 2 + (1 - node.y) * middle)
    }
    var canvas = Canvas(width: width, height: ComputationGraph.height + 72)
    for edge in edges {
      arrow(on: &canvas, places[edge.from], places[edge.to], shift: 0, Ink.axis, 1.4)
    }
    for edge in open {
      arrow(
        on: &canvas, places[edge.to], places[edge.from], shift: 7,
        SeriesColor.vermillion.rawValue, 2)
    }
    for (node, place) in zip(nodes, places) {
      shape(on: &canvas, place, node.isRandom)
      canvas.text(
        node.label, at: Point(x: place.x, y: place.y + 4.5), size: 13, color: Ink.title,
        anchor: .middle)
    }
    let below = ComputationGraph.height + 20
    shape(on: &canvas, Point(x: 10, y: below), true, radius: 6)
    canvas.text("drawn at random", at: Point(x: 24, y: below + 4))
    arrow(
      on: &canvas, Point(x: 0, y: below + 20), Point(x: 20, y: below + 20), shift: 0,
      SeriesColor.vermillion.rawValue, 2, gap: 0)
    canvas.text("gradient", at: Point(x: 24, y: below + 24))
    canvas.text(note, at: Point(x: 0, y: below + 44))
    return canvas
  }

  private func shape(
    on canvas: inout Canvas, _ place: Point, _ isRandom: Bool, radius r: Double = radius
  ) {
    var outline = Path()
    outline.dot(at: place)
    let color: SeriesColor = isRandom ? .orange : .blue
    let cap: Canvas.Cap = isRandom ? .square : .round
    // A square cap as wide as the circle would look larger.
    let width = isRandom ? 1.8 * r : 2 * r
    canvas.stroke(outline, color: color.rawValue, width: width, cap: cap)
    canvas.stroke(outline, color: Ink.paper, width: width - 4, cap: cap)
  }

  /// An arrow between the edges of two nodes, `shift` pixels beside the line of their centres.
  private func arrow(
    on canvas: inout Canvas, _ a: Point, _ b: Point, shift: Double, _ color: String,
    _ width: Double, gap: Double = radius + 2
  ) {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let (u, v) = (dx / length, dy / length)
    let at = { (along: Double, aside: Double) in
      Point(x: a.x + along * u - aside * v, y: a.y + along * v + aside * u)
    }
    let tip = length - gap
    var (shaft, head) = (Path(), Path())
    shaft.lines(through: [at(gap, shift), at(tip - 6, shift)])
    head.lines(through: [at(tip, shift), at(tip - 8, shift + 4), at(tip - 8, shift - 4)])
    head.close()
    canvas.stroke(shaft, color: color, width: width)
    canvas.fill(head, color: color)
  }
}

/// The way from an image to the value f of its code, with z drawn and with ε drawn.
func graphFigure() -> Figure {
  let nodes: [ComputationGraph.Node] = [
    .init(label: "x", x: 0.36, y: 0), .init(label: "μ", x: 0.08, y: 0.36),
    .init(label: "σ", x: 0.64, y: 0.36),
  ]
  let f = ComputationGraph.Node(label: "f", x: 0.36, y: 1)
  let below = [(from: 0, to: 1), (0, 2)]
  let above = [(from: 1, to: 3), (2, 3)]
  return Figure(
    "The gradient passes through a computed code, not a drawn one", columns: 2, width: 390
  ) {
    ComputationGraph(
      title: "z drawn",
      nodes: nodes + [.init(label: "z", x: 0.36, y: 0.68, isRandom: true), f],
      edges: below + above + [(3, 4)], open: [(3, 4)], note: "it ends at z")
    ComputationGraph(
      title: "ε drawn, z = μ + σε",
      nodes: nodes + [
        .init(label: "z", x: 0.36, y: 0.68), f,
        .init(label: "ε", x: 0.94, y: 0.68, isRandom: true),
      ],
      edges: below + above + [(3, 4), (5, 3)], open: below + above + [(3, 4)],
      note: "it reaches the encoder")
  }
}

/// Two ways to differentiate E f(z) in μ: the samples stay and their density changes, or the
/// samples move. q = N(μ, σ²) becomes N(μ + δ, σ²).
func gradientFigure(_ f: (Double) -> Double, μ: Double, σ: Double, δ: Double) -> Figure {
  let z = (0...120).map { μ - 3.2 * σ + Double($0) / 120 * (6.4 * σ + δ) }
  let samples = [-1.6, -0.9, -0.3, 0.3, 0.9, 1.6].map { μ + σ * $0 }
  let density = { (z: Double, shift: Double) in Double.exp(logNormal(z, μ + shift, σ)) }
  return Figure("One road re-weights the samples, the other moves them", width: 390) {
    Plot("Score function: the samples stay", x: "z", y: "density q(z)") {
      Line(x: z, y: z.map { density($0, 0) }, name: "q")
      Line(x: z, y: z.map { density($0, δ) }, name: "q, μ increased", dash: .dashed)
      Arrows(
        x: samples, y: samples.map { density($0, 0) }, dx: samples.map { _ in 0 },
        dy: samples.map { density($0, δ) - density($0, 0) }, name: "change of weight")
    }
    Plot("Reparameterised: the samples move", x: "z", y: "f(z)") {
      Line(x: z, y: z.map(f), name: "f")
      Arrows(
        x: samples, y: samples.map(f), dx: samples.map { _ in δ },
        dy: samples.map { f($0 + δ) - f($0) }, name: "a sample and its way")
      Points(x: samples, y: samples.map(f), name: "z = μ + σε")
    }
  }
}
