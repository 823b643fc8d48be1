import Autoencoders
import LinearAlgebra
import Plotting

/// The bars, and for each the most similar column of some matrices.
func barsFigure(_ data: Bars, _ rows: [(name: String, W: Matrix<Double>)]) -> Figure {
  let count = data.bars.rows
  let found = rows.flatMap { data.likest(in: $0.W).map(\.column) }
  return Figure("Sparse causes: sparsity finds them", width: 390) {
    ImageGrid(
      "The most similar column of each method",
      images: (0..<count).map(data.X.row) + (0..<count).map(data.bars.row) + found,
      width: Bars.side, height: Bars.side, columns: count, palette: .diverging, scaling: .each,
      rowLabels: ["images", "the bars"] + rows.map(\.name))
  }
}

/// The divergence between two coins as a curve, and the soft threshold.
func penaltiesFigure(ρ: Double, t: Double, KL: (Double) -> Double) -> Figure {
  let activations = (1..<100).map { Double($0) / 100 }
  let values = (-30...30).map { Double($0) / 10 }
  return Figure("KL prefers ρ, the soft threshold prefers 0", columns: 2, width: 390) {
    Plot(
      "KL from a coin of \(ρ)", x: Axis("mean activation ρ̂", range: 0...1),
      y: Axis("divergence, nats", range: 0...2.5)
    ) {
      Line(x: activations, y: activations.map(KL), name: "KL(ρ‖ρ̂)")
      Line(
        x: activations, y: activations.map { 2 * ($0 - ρ) * ($0 - ρ) }, name: "2 (ρ̂ − ρ)²")
      Rule(x: ρ, name: "ρ")
    }
    Plot("Soft threshold, t = 1", x: Axis("y"), y: Axis("best h")) {
      Line(x: values, y: values, name: "h = y")
      Line(x: values, y: values.map { softThreshold($0, t) }, name: "Sₜ(y)", width: 3)
    }
  }
}

/// The posterior of two units with the path of ISTA, and its distance from the best on an image.
func posteriorFigure(
  _ toy: Toy, x: [Double], best: [Double], path: [[Double]], gaps: [Double], bounds: [Double]
) -> Figure {
  Figure("ISTA walks to the most probable code", columns: 2, width: 390) {
    Plot("Posterior of two units", x: "h₁", y: "h₂", aspect: .equal) {
      for share in [0.9, 0.5, 0.1, 0.01] {
        let level = toy.F(x, best) - toy.σ * toy.σ * .log(share)
        let curve = toy.contour(x, around: best, level: level)
        Line(x: curve.map { $0[0] }, y: curve.map { $0[1] }, name: "\(share) of peak")
      }
      Points(x: [best[0]], y: [best[1]], name: "best of grid", color: .orange, size: 12)
      Line(
        x: path.map { $0[0] }, y: path.map { $0[1] }, name: "ISTA", color: .black, dash: .solid,
        marker: .circle, width: 1)
    }
    Plot(
      "F above its minimum", x: Axis("step of ISTA", scale: .log),
      y: Axis("F − F(h*)", scale: .log)
    ) {
      let shown = (1...gaps.count).filter { gaps[$0 - 1] > 1e-9 && ($0 < 30 || $0 % 20 == 0) }
      Line(x: shown.map(Double.init), y: shown.map { gaps[$0 - 1] }, name: "ISTA")
      Line(
        x: shown.map(Double.init), y: shown.map { bounds[$0 - 1] }, name: "bound", dash: .dashed)
    }
  }
}

func evidenceFigure(scales: [Double], likelihoods: [Double], estimates: [Double]) -> Figure {
  Figure("One code wants a longer decoder", width: 390) {
    Plot(
      "Mean over forty examples, in nats", x: Axis("scale α of the decoder", scale: .log),
      y: "log density", height: 240
    ) {
      Line(x: scales, y: likelihoods, name: "log p(x): all codes", marker: .circle)
      Line(x: scales, y: estimates, name: "max log p(x, h): one code", marker: .square)
      Rule(x: 1, name: "true scale")
    }
  }
}

/// Means over the trials for several recipes, given as rows: sparseness and column length.
func holeFigure(_ courses: [[Course]]) -> Figure {
  func line(_ trials: [Course], _ value: (Outcome) -> Double) -> Line {
    let iterations = trials[0].moments.map(\.iteration)
    return Line(
      x: iterations.map { Double($0) },
      y: iterations.indices.map { i in mean(trials.map { value($0.outcomes[i]) }) },
      name: trials[0].name, marker: .circle)
  }
  return Figure("A free decoder undoes the penalty", columns: 2, width: 390) {
    Plot(
      "Population sparseness", x: Axis("iteration", scale: .log),
      y: Axis("Treves–Rolls", range: 0...1)
    ) {
      for trials in courses { line(trials, \.population) }
    }
    Plot(
      "Length of columns", x: Axis("iteration", scale: .log),
      y: Axis("‖w*‖", scale: .log)
    ) {
      for trials in courses { line(trials, \.length) }
    }
  }
}

func activationsFigure(_ networks: [(name: String, network: Network)], on X: Matrix<Double>)
  -> Figure
{
  Figure("Penalty and unit columns: most activations are next to zero", columns: 2, width: 390) {
    for (name, network) in networks {
      Plot(
        name, x: "h", y: Axis("share", scale: .log, range: 1e-4...1), height: 150
      ) {
        Histogram(network.encode(X).elements, bins: 40, range: 0...1)
      }
    }
  }
}

/// Decoder columns of the eight most used units of some networks, and the mean of the ten images
/// that excite each most, less that of all.
func filtersFigure(
  _ networks: [(name: String, network: Network)], on X: Matrix<Double>, width: Int, height: Int
) -> Figure {
  Figure("Patches of ink, with a penalty and without", width: 390) {
    ImageGrid(
      "The most used columns; the images that excite them",
      images: networks.flatMap { _, network in
        let (most, H, μ) = (byUse(network, on: X).prefix(8), network.encode(X), X.columnMeans)
        let excitements = most.map { l in
          let order = H.column(l).indices.sorted { H[$0, l] > H[$1, l] }
          return (0..<X.columns).map { i in mean(order.prefix(10).map { X[$0, i] }) - μ[i] }
        }
        return most.map(network.decoder.W.column) + excitements
      },
      width: width, height: height, columns: 8, palette: .diverging, scaling: .each,
      rowLabels: networks.flatMap { name, _ in [name, "their images"] })
  }
}

/// Mean scores over the trials against the iterations, with bands of one standard error, and the
/// two rivals that need no training.
func budgetFigure(_ trials: [Trial]) -> Figure {
  let stops = trials[0].courses[0].moments.map { Double($0.iteration) }
  func curve(_ name: String) -> [[Double]] {
    let scores = trials.map { trial in trial.scores.filter { $0.name == name }.flatMap(\.test) }
    return stops.indices.map { i in scores.map { $0[i] } }
  }
  return Figure("The gain melts with training", width: 390) {
    Plot(
      "Ten labels a class, ridge regression", x: Axis("iterations of training", scale: .log),
      y: "share of new images right", height: 260
    ) {
      let curves: [(String, SeriesColor)] = [
        ("KL", .blue), ("Laplace", .green), ("no penalty", .vermillion),
      ]
      for (name, color) in curves {
        let values = curve(name)
        let (middle, error) = (values.map { mean($0) }, values.map { standardError($0) })
        Band(
          x: stops, low: middle .- error, high: middle .+ error, name: "± standard error",
          color: color)
        Line(x: stops, y: middle, name: name, color: color, marker: .circle)
      }
      Rule(y: mean(trials.map { $0.scores[3].chosenTest }), name: "untrained bumps")
      Rule(y: mean(trials.map { $0.scores[0].chosenTest }), name: "pixels")
    }
  }
}
