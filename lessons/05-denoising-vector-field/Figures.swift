import Datasets
import LinearAlgebra
import Plotting

/// Rows of images, each a matrix with one image a row, under one another.
func imageRows(
  _ title: String, _ rows: [(label: String, images: Matrix<Double>)], count: Int, width: Int,
  height: Int
) -> Figure {
  Figure(title, width: 390) {
    ImageGrid(
      images: rows.flatMap { row in (0..<count).map { row.images.row($0) } }, width: width,
      height: height, columns: count, range: 0...1, rowLabels: rows.map(\.label))
  }
}

/// The exact and the learnt field of each density, side by side.
func fieldsFigure(
  _ title: String, _ planar: ArraySlice<Planar>, _ learnt: [Denoiser]
) -> Figure {
  Figure(title, columns: 2, width: 390) {
    for (data, network) in zip(planar, learnt) {
      portrait("\(data.name), exact", data) { x̃ in data.p.posteriorMean(given: x̃, σ: data.σ) }
      portrait("\(data.name), learnt", data) { network($0) }
    }
  }
}

/// Clouds of points in the plane.
func clouds(_ title: String, _ panels: [(title: String, points: Matrix<Double>)]) -> Figure {
  Figure(title, columns: 2, width: 390) {
    for (title, points) in panels {
      Plot(
        title, x: Axis("x₁", range: -2...2), y: Axis("x₂", range: -2...2), aspect: .equal
      ) { Points(x: points.column(0), y: points.column(1)) }
    }
  }
}

/// The network's error against the epochs of its training, beside the better weighted mean.
func budgetFigure(
  epochs: [Int], _ panels: [(title: String, network: [Double], rival: Double)]
) -> Figure {
  let x = epochs.map(Double.init)
  // One range for all panels, with a margin.
  let errors = panels.flatMap { $0.network + [$0.rival] }
  let margin = 0.05 * (errors.greatest() - errors.least())
  let range = errors.least() - margin...errors.greatest() + margin
  return Figure(
    "Who wins depends on the budget, and on who wrote the images", columns: 2, width: 390
  ) {
    for (title, network, rival) in panels {
      Plot(
        title, x: Axis("epochs", scale: .log, ticks: x),
        y: Axis("squared error per image", range: range)
      ) {
        Line(x: x, y: network, name: "network", marker: .circle)
        Line(x: [x[0], x[x.count - 1]], y: [rival, rival], name: "weighted mean, widened")
      }
    }
  }
}

/// The first twenty filters of several networks, on one scale.
func filterFigure(
  _ networks: [(title: String, filters: [[Double]])], width: Int, height: Int
) -> Figure {
  let shown = networks.map { ($0.title, Array($0.filters.prefix(20))) }
  let largest = shown.flatMap { $0.1.joined() }.map(abs).greatest()
  return Figure("More masking, smoother filters", columns: 2, width: 390) {
    for (title, images) in shown {
      ImageGrid(
        title, images: images, width: width, height: height, columns: 5,
        range: -largest...largest, palette: .diverging)
    }
  }
}
