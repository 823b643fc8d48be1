import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

/// The plane of a two-number code, cell by cell: above the held-out image whose code is nearest
/// to the middle of the cell, or nothing if no code lies in it; below what the decoder makes of
/// the middle.
func mapFigure(_ network: Network, _ test: Matrix<Double>, width: Int) -> Figure {
  let codes = network.posterior(of: test).mean
  let cells = Matrix(rows: 63, columns: 2) { n, j in
    j == 0 ? -2.2 + 0.55 * Double(n % 9) : 1.65 - 0.55 * Double(n / 9)
  }
  let decoded = network.decode(cells)
  let inhabitants = (0..<cells.rows).map { c -> [Double] in
    let distances = (0..<codes.rows).map { n in
      max(abs(codes[n, 0] - cells[c, 0]), abs(codes[n, 1] - cells[c, 1]))
    }
    let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
    return distances[nearest] <= 0.275
      ? test.row(nearest) : [Double](repeating: 0, count: test.columns)
  }
  let height = test.columns / width
  return Figure("Similar images have neighbouring codes", width: 390) {
    ImageGrid(
      "Held-out images at their codes", images: inhabitants, width: width, height: height,
      columns: 9, range: 0...1)
    ImageGrid(
      "Decoded codes, −2.2 to 2.2 and −1.65 to 1.65",
      images: (0..<cells.rows).map { decoded.row($0) }, width: width, height: height, columns: 9,
      range: 0...1)
  }
}

/// For each distribution of codes a bar from `floor` to the bound, and the gap on top of it.
func boundFigure(
  _ names: [String], bounds: [Double], logEvidence: Double, floor: Double
) -> Figure {
  Figure("The bound and its gap add up to log p(x), whatever q is", width: 390) {
    // One band with a step for each bar: from its bound up to log p(x), and no height between.
    let places = names.indices.map { Double($0) }
    let (top, edges) = (
      logEvidence, places.flatMap { [$0 - 0.38, $0 - 0.38, $0 + 0.38, $0 + 0.38] }
    )
    Plot(x: "q", y: Axis("nats", range: floor...(logEvidence + 0.4))) {
      Bars(names, heights: bounds, from: floor, name: "ELBO", color: .blue)
      Band(
        x: edges, low: bounds.flatMap { [top, $0, $0, top] }, high: edges.map { _ in top },
        name: "gap KL(q ‖ p(z|x))", color: .orange)
      Rule(y: logEvidence, name: "log p(x)")
    }
  }
}

func trainingFigure(_ history: [Milestone]) -> Figure {
  let history = history.filter { $0.epoch > 1 }
  let epochs = history.map { Double($0.epoch) }
  return Figure("The bound is still rising slowly at the end", width: 390) {
    Plot("ELBO", x: "epoch", y: "nats per image") {
      Line(x: epochs, y: history.map(\.onTraining), name: "training images")
      Line(x: epochs, y: history.map(\.onTest.mean.bound), name: "held-out images")
    }
    Plot("Its terms, held-out images", x: "epoch", y: "nats per image") {
      Line(x: epochs, y: history.map(\.onTest.mean.reconstruction), name: "E log p(x|z)")
      Line(x: epochs, y: history.map(\.onTest.mean.divergence), name: "KL")
    }
  }
}

func samplesFigure(_ network: Network, width: Int, using random: inout RandomStream) -> Figure {
  let images = network.generate(48, using: &random)
  return Figure("New images: many read as digits, some as nothing", width: 390) {
    ImageGrid(
      images: (0..<48).map { images.row($0) }, width: width, height: images.columns / width,
      columns: 8, range: 0...1)
  }
}

/// Three pairs of images of different classes, each once through the codes and once as a
/// cross-fade.
func interpolationFigure(_ network: Network, _ test: LabelledImages) -> Figure {
  let Y = test.scaled
  let codes = network.posterior(of: Y).mean
  let members = test.classes.map { label in
    test.labels.indices.first { test.labels[$0] == label } ?? 0
  }
  let pairs = (0..<3).map {
    (members[2 * $0 % members.count], members[(2 * $0 + 1) % members.count])
  }
  let shares = (0...8).map { Double($0) / 8 }
  let between = { (A: Matrix<Double>, pair: (Int, Int)) in
    Matrix(rows: 9, columns: A.columns) { s, i in
      (1 - shares[s]) * A[pair.0, i] + shares[s] * A[pair.1, i]
    }
  }
  let rows = pairs.flatMap { [network.decode(between(codes, $0)), between(Y, $0)] }
  return Figure("Codes change the shape, a cross-fade shows both images", width: 390) {
    ImageGrid(
      images: rows.flatMap { A in (0..<9).map { A.row($0) } }, width: test.width,
      height: test.height, columns: 9, range: 0...1,
      rowLabels: pairs.flatMap { _ in ["codes", "cross-fade"] })
  }
}

/// Two images, one row for each number of the code, most used first.
func traversalFigure(_ network: Network, _ test: LabelledImages) -> Figure {
  let q = network.posterior(of: test.scaled)
  let divergences = q.divergence().columnMeans
  let order = divergences.indices.sorted { divergences[$0] > divergences[$1] }
  let steps = (0..<7).map { -2.4 + 0.8 * Double($0) }
  let classes = test.classes
  return Figure("One number of the code changes stroke, slant or the digit itself", width: 390) {
    for label in [classes[2 % classes.count], classes[classes.count - 1]] {
      let digit = test.labels.indices.first { test.labels[$0] == label } ?? 0
      let rows = order.map { changed in
        network.decode(
          Matrix(rows: steps.count, columns: network.latent) { s, j in
            j == changed ? steps[s] : q.mean[digit, j]
          })
      }
      ImageGrid(
        "a \(label)", images: rows.flatMap { A in steps.indices.map { A.row($0) } },
        width: test.width, height: test.height, columns: steps.count, range: 0...1,
        rowLabels: order.map { "KL \(Numeral.fixed(divergences[$0], decimals: 1))" })
    }
  }
}

/// The terms of the bound against β, and the divergence of each dimension, for the weights other
/// than 0 and that of the mean over pixels.
func collapseFigure(_ sweep: [WeightTrial]) -> Figure {
  let shown = Array(sweep[1...5])
  let β = shown.map(\.β)
  return Figure("More weight on the divergence, fewer dimensions in use", width: 390) {
    Plot("Held-out images", x: Axis("β", scale: .log, ticks: β), y: "nats per image") {
      Line(x: β, y: shown.map(\.terms.reconstruction), name: "E log p(x|z)", marker: .circle)
      Line(x: β, y: shown.map(\.terms.divergence), name: "KL", marker: .square)
      Line(x: β, y: shown.map(\.terms.bound), name: "ELBO", marker: .triangle)
    }
    Plot(
      "Divergence of each dimension", x: "dimension, most used first",
      y: Axis("nats", scale: .log, range: 1e-4...10)
    ) {
      for trial in shown {
        Line(
          x: trial.divergences.indices.map { Double($0 + 1) },
          y: trial.divergences.map { max($0, 1e-4) }, name: "β = \(Numeral.short(trial.β))",
          marker: .circle)
      }
      Rule(y: 0.1, name: "used")
    }
  }
}

func anomalyFigure(_ trial: AnomalyTrial) -> Figure {
  let usual = trial.scores.map { $0.of(trial.ordinary) }
  let groups = [
    ("ordinary", usual[0]), ("unseen classes", trial.scores[0].of(trial.kinds[0].images)),
    ("two averaged", trial.scores[0].of(trial.kinds[4].images)),
  ]
  let all = groups.flatMap(\.1)
  let range = all.least()...all.greatest()
  return Figure("Unseen classes look strange, averages of two images do not", width: 390) {
    Plot(
      "ROC, unseen classes", x: Axis("share of ordinary images taken for strange", range: 0...1),
      y: Axis("share of strange images found", range: 0...1), aspect: .equal
    ) {
      for i in [0, 3, 4] {
        let strange = trial.scores[i].of(trial.kinds[0].images)
        let curve = operatingCurve(ordinary: usual[i], strange: strange)
        Line(x: curve.falseAlarms, y: curve.found, name: trial.scores[i].name)
      }
      Line(x: [0, 1], y: [0, 1], name: "coin", color: .gray, dash: .dotted)
    }
    Plot("−ELBO", x: "nats", y: "share of images") {
      for (name, values) in groups { Histogram(values, bins: 40, range: range, name: name) }
    }
  }
}

/// The first images of each trial: whole, what is known, and filled in five ways.
func imputationFigure(_ trials: [ImputationTrial], _ test: LabelledImages) -> Figure {
  let shown = 0..<7
  let original = test.scaled[rows: shown]
  let ways = [(0, "mean"), (2, "5 rounds"), (4, "100 rounds"), (5, "prior"), (6, "linear")]
  return Figure("The rounds commit to a shape where averages stay grey", width: 390) {
    for trial in trials {
      let filled = ways.map { trial.results[$0.0].images[rows: shown] }
      ImageGrid(
        trial.mask.rawValue,
        images: ([original, trial.known[rows: shown] ⊙ original] + filled).flatMap { A in
          shown.map { A.row($0) }
        },
        width: test.width, height: test.height, columns: shown.count, range: 0...1,
        rowLabels: ["image", "known"] + ways.map(\.1))
    }
  }
}
