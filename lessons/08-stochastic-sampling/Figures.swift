import Autoencoders
import LinearAlgebra
import Plotting

/// Where chains are that all started at the right-hand corner, beside points of the mixture.
func planeFigure(
  _ data: Matrix<Double>, _ runs: [(title: String, run: RingRun)]
) -> Figure {
  let clouds = [("the data", data)] + runs.map { ($0.title, $0.run.points) }
  return Figure("A chain needs noise, and a decoder that draws", columns: 2, width: 390) {
    for (title, points) in clouds {
      Plot(
        title, x: Axis("x₁", range: -1.6...1.6, ticks: [-1, 0, 1]),
        y: Axis("x₂", range: -1.6...1.6, ticks: [-1, 0, 1]), aspect: .equal
      ) { Points(x: points.column(0), y: points.column(1)) }
    }
  }
}

/// How far trained tables are from one joint, against the number of examples.
func toyFigure(_ study: ToyStudy) -> Figure {
  let x = study.sizes.map(Double.init)
  let names = ToyStudy.names
  return Figure("Compatible if any table fits, and is reached", columns: 2, width: 390) {
    Plot(
      "Largest log cross-ratio", x: Axis("examples", scale: .log),
      y: Axis("log cross-ratio", scale: .log)
    ) {
      for (name, runs) in zip(names, study.finite) {
        Line(x: x, y: runs.map { mean($0.map(\.misfit)) }, name: name, marker: .circle)
      }
    }
    Plot(
      "Data against what the chain settles to", x: Axis("examples", scale: .log),
      y: Axis("KL in nats", scale: .log)
    ) {
      for (name, runs) in zip(names, study.finite) {
        Line(x: x, y: runs.map { mean($0.map(\.divergence)) }, name: name, marker: .circle)
      }
      Line(x: x, y: x.map { 5 / (2 * $0) }, name: "5 ∕ 2N")
    }
  }
}

/// The states of one chain of each kind, from random bits on.
func chainFigure(
  _ chains: [(name: String, chain: DenoisingChain<Float>)], width: Int, height: Int,
  seed: UInt64
) -> Figure {
  let times = [0, 1, 2, 4, 8, 16, 32, 64]
  var images: [[Double]] = []
  for (_, chain) in chains {
    var random = RandomStream(seed: seed, name: "chain in pictures")
    var X = single(randomBits(2, width * height, using: &random))
    var states: [Matrix<Double>] = []
    for t in 0...64 {
      if times.contains(t) { states.append(double(X)) }
      chain.step(&X, using: &random)
    }
    for row in 0..<2 { images += states.map { $0.row(row) } }
  }
  return Figure("Chains of digits that start from random bits", width: 390) {
    ImageGrid(
      images: images, width: width, height: height, columns: times.count, range: 0...1,
      rowLabels: chains.flatMap { [$0.name, ""] }, columnLabels: times.map(String.init))
  }
}

/// What each model lacks, a mean over seeds with its range.
func lackFigure(
  _ names: [String], distances: [[Double]], missed: [[Double]]
) -> Figure {
  func bars(_ title: String, _ axis: String, _ values: [[Double]]) -> Plot {
    Plot(title, x: "", y: Axis(axis)) {
      Bars(
        names, heights: values.map { mean($0) },
        whiskers: values.map { $0.least()...$0.greatest() }, name: "mean, least to greatest")
    }
  }
  return Figure("Two measures of the same samples", columns: 2, width: 390) {
    bars("Energy distance to held-out images", "distance", distances)
    bars("Covariances missed", "share", missed)
  }
}

/// How fast the chain of six states forgets, against its noise.
func gapFigure(_ noises: [Double], gaps: [Double]) -> Figure {
  Figure("Little noise, slow chain", width: 390) {
    Plot(
      x: Axis("ν", scale: .log), y: Axis("spectral gap 1 − λ₂", scale: .log)
    ) { Line(x: noises, y: gaps, marker: .circle) }
  }
}
