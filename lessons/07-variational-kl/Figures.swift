import Autoencoders
import LinearAlgebra
import Notebook
import Plotting

// The figures of this lesson, drawn from the quantities of main.swift.

func trainingFigure() -> Figure {
  let history = history.filter { $0.epoch > 1 }
  let epochs = history.map { Double($0.epoch) }
  return Figure("Training", columns: 2) {
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

func mapFigure() -> Figure {
  let means = flat.posterior(of: Xᵗ).mean
  let classes = digits.classes.prefix(10)
  let reach = 0.2 + means.map { abs($0) }.elements.greatest()
  let steps = (0..<13).map { -2.4 + 0.4 * Double($0) }
  let grid = Matrix(rows: 169, columns: 2) { n, k in k == 0 ? steps[n % 13] : -steps[n / 13] }
  let images = flat.decode(grid)
  return Figure("A code of two numbers", columns: 2) {
    Plot("Held-out images", x: Axis("μ₁", range: -reach...reach), y: Axis("μ₂", range: -reach...reach), aspect: .equal)
    {
      for label in classes {
        let members = test.labels.indices.filter { test.labels[$0] == label }
        Points(x: members.map { means[$0, 0] }, y: members.map { means[$0, 1] }, name: "\(label)", size: 4.5)
      }
    }
    ImageGrid(
      "Decoded codes, −2.4 to 2.4", images: (0..<169).map { images.row($0) }, width: digits.width,
      height: digits.height, columns: 13, range: 0...1)
  }
}

func samplesFigure() -> Figure {
  var random = lesson.stream("new digits")
  let images = network.generate(48, using: &random)
  return Figure("Decoded samples of the prior") {
    ImageGrid(
      images: (0..<48).map { images.row($0) }, width: digits.width, height: digits.height, columns: 16, range: 0...1)
  }
}

func interpolationFigure() -> Figure {
  let codes = network.posterior(of: Xᵗ).mean
  let members = digits.classes.map { label in test.labels.indices.first { test.labels[$0] == label } ?? 0 }
  let pairs = (0..<3).map { (members[2 * $0 % members.count], members[(2 * $0 + 1) % members.count]) }
  let shares = (0...8).map { Double($0) / 8 }
  let between = { (A: Matrix<Double>, pair: (Int, Int)) in
    Matrix(rows: 9, columns: A.columns) { s, i in (1 - shares[s]) * A[pair.0, i] + shares[s] * A[pair.1, i] }
  }
  let rows = pairs.flatMap { [network.decode(between(codes, $0)), between(Xᵗ, $0)] }
  return Figure("From one image to another") {
    ImageGrid(
      images: rows.flatMap { A in (0..<9).map { A.row($0) } }, width: digits.width, height: digits.height, columns: 9,
      range: 0...1, rowLabels: pairs.flatMap { _ in ["codes", "cross-fade"] })
  }
}

func traversalFigure() -> Figure {
  let q = network.posterior(of: Xᵗ)
  let divergences = q.divergence().columnMeans
  let order = (0..<K).sorted { divergences[$0] > divergences[$1] }
  let steps = (0..<9).map { -2.4 + 0.6 * Double($0) }
  let classes = digits.classes
  return Figure("One number of the code changed, the others kept", columns: 2) {
    for label in [classes[2 % classes.count], classes[classes.count - 1]] {
      let digit = test.labels.indices.first { test.labels[$0] == label } ?? 0
      let rows = order.map { k in
        network.decode(Matrix(rows: 9, columns: K) { s, j in j == k ? steps[s] : q.mean[digit, j] })
      }
      ImageGrid(
        "a \(label)", images: rows.flatMap { A in (0..<9).map { A.row($0) } }, width: digits.width,
        height: digits.height, columns: 9, range: 0...1,
        rowLabels: order.map { "KL \(Numeral.fixed(divergences[$0], decimals: 1))" })
    }
  }
}

func collapseFigure() -> Figure {
  let shown = [1, 2, 3, 4, 5]
  return Figure("The weight of the divergence", columns: 2) {
    Plot("Held-out images", x: Axis("β", scale: .log, ticks: shown.map { sweep[$0].β }), y: "nats per image") {
      Line(
        x: shown.map { sweep[$0].β }, y: shown.map { sweep[$0].terms.reconstruction }, name: "E log p(x|z)",
        marker: .circle)
      Line(x: shown.map { sweep[$0].β }, y: shown.map { sweep[$0].terms.divergence }, name: "KL", marker: .square)
      Line(x: shown.map { sweep[$0].β }, y: shown.map { sweep[$0].terms.bound }, name: "ELBO", marker: .triangle)
    }
    Plot(
      "Divergence of each dimension", x: "dimension, most used first", y: Axis("nats", scale: .log, range: 1e-4...10)
    ) {
      for i in shown {
        Line(
          x: (1...K).map(Double.init), y: sweep[i].divergences.map { max($0, 1e-4) },
          name: "β = \(Numeral.short(sweep[i].β))",
          marker: .circle)
      }
      Rule(y: 0.1, name: "used")
    }
  }
}

func anomalyFigure() -> Figure {
  let usual = trial.scores.map { $0.of(trial.ordinary) }
  let groups = [
    ("ordinary", usual[0]), ("unseen classes", trial.scores[0].of(trial.kinds[0].images)),
    ("two averaged", trial.scores[0].of(trial.kinds[4].images)),
  ]
  let all = groups.flatMap(\.1)
  let range = all.least()...all.greatest()
  return Figure("Anomalies", columns: 2) {
    Plot(
      "ROC, unseen classes", x: Axis("false alarms", range: 0...1), y: Axis("found", range: 0...1), aspect: .equal
    ) {
      for i in [0, 3, 4] {
        let curve = operatingCurve(ordinary: usual[i], strange: trial.scores[i].of(trial.kinds[0].images))
        Line(x: curve.falseAlarms, y: curve.found, name: trial.scores[i].name)
      }
      Line(x: [0, 1], y: [0, 1], name: "coin", color: .gray, dash: .dotted)
    }
    Plot("−ELBO", x: "nats", y: "share of images") {
      for (name, values) in groups { Histogram(values, bins: 40, range: range, name: name) }
    }
  }
}

func imputationFigure() -> Figure {
  let shown = 0..<10
  let original = Xᵗ[rows: shown]
  return Figure("Missing pixels", columns: 2) {
    for trial in trials {
      let chosen = [
        "mean image", "5 iterations", "100 iterations", "20000 codes from the prior, weighted", "linear regression",
      ]
      let filled = chosen.map { name in trial.results.first { $0.name == name }?.images ?? original }
      ImageGrid(
        trial.mask.rawValue,
        images: ([original, trial.known[rows: shown] ⊙ original] + filled.map { $0[rows: shown] }).flatMap { A in
          shown.map { A.row($0) }
        },
        width: digits.width, height: digits.height, columns: 10, range: 0...1,
        rowLabels: ["image", "known", "mean", "5 it.", "100 it.", "prior", "linear"])
    }
  }
}
