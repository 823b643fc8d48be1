import Autoencoders
import Datasets
import LinearAlgebra
import Plotting

/// Points over the logarithm of the density that they should have.
private func cloud(
  _ title: String, _ points: Matrix<Double>, _ density: GaussianMixture?, reach: Double,
  arrowScale: Double? = nil
) -> Plot {
  Plot(
    title, x: Axis("x₁", range: -reach...reach), y: Axis("x₂", range: -reach...reach),
    aspect: .equal
  ) {
    if let density {
      let centers = Shading.centers(of: -reach...reach, count: 50)
      let square = Matrix(rows: 2500, columns: 2) { n, i in centers[i == 0 ? n % 50 : n / 50] }
      let height = density.logDensity(at: square)
      let peak = height.greatest()
      Shading(
        x: -reach...reach, y: -reach...reach, rows: 50, columns: 50,
        values: height.map { max($0, peak - 8) }, range: peak - 8...peak, palette: .blues,
        label: "log p")
    }
    if let density, let arrowScale {
      let places = Shading.centers(of: -reach...reach, count: 11)
      let feet = Matrix(rows: 121, columns: 2) { n, i in places[i == 0 ? n % 11 : n / 11] }
      let (height, s) = (density.logDensity(at: feet), arrowScale * density.score(at: feet))
      let shown = (0..<121).filter { height[$0] > height.greatest() - 8 }
      Arrows(
        x: shown.map { feet[$0, 0] }, y: shown.map { feet[$0, 1] }, dx: shown.map { s[$0, 0] },
        dy: shown.map { s[$0, 1] }, scale: 0.5, name: "σ² ∇log p", color: .vermillion)
    }
    let inside = (0..<points.rows).filter {
      abs(points[$0, 0]) < reach && abs(points[$0, 1]) < reach
    }
    Points(
      x: inside.map { points[$0, 0] }, y: inside.map { points[$0, 1] }, color: .black, size: 1.6)
  }
}

/// One level of the way into noise and of the way back.
func dissolvingFigure(
  _ ratio: Double, out: Matrix<Double>, back: Matrix<Double>, _ density: GaussianMixture
) -> Figure {
  Figure("Out with noise, back along the flow: one density", columns: 2, width: 440) {
    cloud("Dissolving", out, density, reach: 3)
    cloud(
      "Forming again", back, density, reach: 3, arrowScale: ratio * ratio / (1 + ratio * ratio))
  }
}

/// Ways of points along the flow, and the same numbers of steps by three samplers.
func pathsFigure(
  _ paths: [[[Double]]], _ mixture: GaussianMixture, ancestral: [[[Double]]]
) -> Figure {
  Figure("From noise to moons: along the flow, and with fresh noise", columns: 2, width: 440) {
    for (title, paths) in [("Probability flow", paths), ("Ancestral sampling", ancestral)] {
      let reach = 2.6
      Plot(
        title, x: Axis("x₁", range: -reach...reach), y: Axis("x₂", range: -reach...reach),
        aspect: .equal
      ) {
        let centers = Shading.centers(of: -reach...reach, count: 60)
        let square = Matrix(rows: 3600, columns: 2) { n, i in centers[i == 0 ? n % 60 : n / 60] }
        let height = mixture.logDensity(at: square)
        let peak = height.greatest()
        Shading(
          x: -reach...reach, y: -reach...reach, rows: 60, columns: 60,
          values: height.map { max($0, peak - 8) }, range: peak - 8...peak, palette: .blues,
          label: "log p")
        for path in paths {
          Line(
            x: path.map { min(reach, max(-reach, $0[0])) },
            y: path.map { min(reach, max(-reach, $0[1])) }, color: .vermillion, dash: .solid,
            width: 0.8)
        }
        Points(
          x: paths.map { $0[$0.count - 1][0] }, y: paths.map { $0[$0.count - 1][1] },
          color: .black, size: 3)
      }
    }
  }
}

/// Errors of samplers against steps.
func ordersFigure(_ study: StepStudy, _ few: FewSteps) -> Figure {
  let x = study.counts.map(Double.init)
  return Figure(
    "Twice the steps: half of Euler's error, a quarter of Heun's", columns: 2, width: 440
  ) {
    Plot(
      "Distance from the end of the flow", x: Axis("steps", scale: .log),
      y: Axis("median", scale: .log)
    ) {
      Line(x: x, y: study.euler, name: "Euler", marker: .circle)
      Line(x: x, y: study.heun, name: "Heun", marker: .square)
    }
    Plot(
      "Energy distance from the moons", x: Axis("levels", scale: .log), y: "energy distance"
    ) {
      for (name, distances) in zip(FewSteps.names, few.distances) {
        Line(
          x: few.counts.map(Double.init), y: distances.map(\.value), name: name,
          marker: .circle)
      }
      Rule(y: few.floor.value, name: "two true samples")
    }
  }
}

/// Samples of too few steps.
func fewFigure(_ few: FewSteps, _ columns: [Int]) -> Figure {
  Figure("Too few steps", columns: 2, width: 440) {
    for (name, clouds) in zip(FewSteps.names, few.clouds) {
      for i in columns {
        cloud("\(name), \(few.counts[i]) levels", clouds[i], nil, reach: 2.2)
      }
    }
  }
}

/// The cosine of learnt and exact scores, level by level, and samples.
func learntFigure(
  _ schedule: NoiseSchedule, shown: [Int], all: [[Double]], one: [[Double]],
  clouds: [(title: String, points: Matrix<Double>)]
) -> Figure {
  let x = shown.map { schedule[$0].σ / schedule[$0].α }
  func series(_ values: [[Double]], _ pick: ([Double]) -> Double) -> [Double] {
    shown.indices.map { i in pick(values.map { $0[i] }) }
  }
  return Figure("A network that is told the level", columns: 2, width: 440) {
    Plot("Learnt against exact score", x: Axis("σ/α", scale: .log), y: "cosine") {
      for (name, values) in [("all levels", all), ("the middle level only", one)] {
        Line(x: x, y: series(values) { mean($0) }, name: name, marker: .circle)
        Band(
          x: x, low: series(values) { $0.least() }, high: series(values) { $0.greatest() },
          name: "least to greatest")
      }
    }
    for (title, points) in clouds { cloud(title, points, nil, reach: 2.2) }
  }
}

/// Images on their way from noise, in rows.
func formingFigure(
  _ rows: [(label: String, images: Matrix<Double>)], width: Int, height: Int
) -> Figure {
  Figure("Digits form out of noise", width: 440) { grid(rows, width, height) }
}

private func grid(
  _ rows: [(label: String, images: Matrix<Double>)], _ width: Int, _ height: Int
) -> ImageGrid {
  ImageGrid(
    images: rows.flatMap { row in (0..<row.images.rows).map { row.images.row($0) } },
    width: width, height: height, columns: rows[0].images.rows, range: 0...1,
    rowLabels: rows.map(\.label))
}

/// Samples of several models, each row above the training images nearest to it.
func samplesFigure(
  _ study: ImageStudy, _ memory: Matrix<Double>, count: Int, width: Int, height: Int
) -> Figure {
  let (drawn, means) = (study.samples[ImageStudy.heun], study.samples[ImageStudy.means])
  let rows = [("diffusion", drawn), ("VAE", means), ("memory", memory)]
    .flatMap { name, samples -> [(label: String, images: Matrix<Double>)] in
      let shown = samples[rows: 0..<count]
      var nearest = shown
      nearest.gatherRows(
        nearestRows(to: shown, among: study.training).map(\.index), of: study.training)
      return [(name, shown), ("nearest", nearest)]
    }
  return Figure("New digits, blurred ones, repeated ones", width: 440) {
    grid(rows, width, height)
  }
}
