import Autoencoders
import Datasets
import LinearAlgebra
import Plotting

// The figures of this lesson, drawn from the quantities of main.swift.

func tugOfWarFigure() -> Figure {
  let shown = fits.dropFirst()
  return Figure("Tug of war, tied weights", columns: 2) {
    Plot("Error and penalty", x: Axis("λ", scale: .log), y: Axis("mean over the data", scale: .log)) {
      Line(x: shown.map(\.λ), y: shown.map(\.L), name: "error L(θ)", marker: .circle)
      Line(x: shown.map(\.λ), y: shown.map(\.Ω), name: "penalty Ω(θ)", marker: .square)
      Rule(x: λ, name: "the lesson's λ")
    }
    Plot("Sensitivities", x: Axis("λ", scale: .log), y: Axis("mean over the data", scale: .log)) {
      Line(x: shown.map(\.λ), y: shown.map(\.along), name: "‖J u₁‖", marker: .circle)
      Line(x: shown.map(\.λ), y: shown.map(\.across), name: "‖J u₂‖", marker: .square)
      Rule(x: λ, name: "the lesson's λ")
    }
  }
}

/// The points of a square grid, row after row.
func squareGrid(_ count: Int, reach: Double) -> Matrix<Double> {
  Matrix(rows: count * count, columns: 2) { n, i in
    reach * (2 * Double(i == 0 ? n % count : n / count) / Double(count - 1) - 1)
  }
}

func sensitivityFigure() -> Figure {
  let pair = [(free, "no penalty"), (held, "λ = \(λ)")]
  let outermost = max(2.6, cloud.X.column(0).map(abs).greatest() + 0.1)
  let reach = -outermost...outermost
  return Figure("The cloud", columns: 2) {
    for (fit, name) in pair {
      Plot("Sensitivity, \(name)", x: Axis("x₁", range: reach), y: Axis("x₂", range: -1.8...1.8), aspect: .equal) {
        Points(x: cloud.X.column(0), y: cloud.X.column(1), name: "data", color: .sky, size: 3)
        let chosen = (0..<cloud.X.rows).sorted { dot(cloud.X.row($0), Cloud.u₁) < dot(cloud.X.row($1), Cloud.u₁) }
        let few = stride(from: 10, to: chosen.count, by: 30).map { chosen[$0] }
        Ellipses(
          x: few.map { cloud.X[$0, 0] }, y: few.map { cloud.X[$0, 1] },
          matrices: few.map { n in
            let J = fit.network.encoder.jacobian(at: cloud.X.row(n))
            let eigen = SymmetricEigen(J.T * J)
            return
              (eigen.vectors * .diagonal(eigen.values.map { max($0, 0).squareRoot() }) * eigen.vectors.T).elements
          }, name: "how far the code moves", color: .black)
      }
    }
    for (fit, name) in pair { warp(fit.network, "A grid after r, \(name)", across: reach) }
  }
}

/// A square grid before and after r.
func warp(_ network: Network, _ title: String, across reach: ClosedRange<Double>, points: Matrix<Double>? = nil) -> Plot
{
  let grid = squareGrid(41, reach: 1.5)
  let warped = network.reconstruct(grid)
  return Plot(title, x: Axis("x₁", range: reach), y: Axis("x₂", range: -1.8...1.8), aspect: .equal) {
    if let points { Points(x: points.column(0), y: points.column(1), name: "data", color: .sky, size: 3) }
    Mesh(
      rows: 41, columns: 41, x: grid.column(0), y: grid.column(1), every: 5, name: "before", color: .gray, width: 0.5)
    Mesh(
      rows: 41, columns: 41, x: warped.column(0), y: warped.column(1), every: 5, name: "after", color: .vermillion,
      width: 1.2)
  }
}

func circleFigure() -> Figure {
  Figure("The circle", columns: 2) {
    for ring in rings {
      warp(ring.network, ring.λ == 0 ? "No penalty" : "λ = \(ring.λ)", across: -1.8...1.8, points: ring.X)
    }
  }
}

func contractionFigure() -> Figure {
  let shares = [0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5]
  return Figure("Contraction of five autoencoders", columns: 2) {
    Plot("Contraction ratio", x: "distance ∕ mean distance of two images", y: Axis("ratio, 1 for two images")) {
      for (name, t) in zip(contest.names, traits) {
        Line(x: shares, y: shares.map { t.contraction(at: $0, sample) }, name: name)
      }
    }
    Plot("Singular values of J", x: "k", y: Axis("mean σ", scale: .log)) {
      for (name, t) in zip(contest.names, traits) {
        let shown = t.spectrum.indices.filter { t.spectrum[$0] > 1e-3 }
        Line(x: shown.map { Double($0 + 1) }, y: shown.map { t.spectrum[$0] }, name: name)
      }
    }
  }
}

func tangentFigure() -> Figure {
  let digit = { (label: Int) in sample.testing.labels.firstIndex(of: label) ?? 0 }
  let classes = sample.testing.classes
  let chosen = [classes[0], classes[classes.count / 2]].map(digit)
  let networks = [("plain", plain.network), ("contractive", contractive.network)]
  return Figure("What the code notices") {
    ImageGrid(
      "An image, and the leading right singular vectors of J there",
      images: chosen.flatMap { n in
        networks.flatMap { _, network in
          let V = SVD(network.encoder.jacobian(at: sample.Xᵗ.row(n))).V
          return [sample.Xᵗ.row(n).map { $0 }] + (0..<6).map { V.column($0) }
        }
      },
      width: digits.width, height: digits.height, columns: 7, palette: .diverging, scaling: .each,
      rowLabels: chosen.flatMap { _ in networks.map(\.0) },
      columnLabels: ["image"] + (1...6).map { "direction \($0)" })
  }
}
