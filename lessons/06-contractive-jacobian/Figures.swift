import Autoencoders
import Datasets
import LinearAlgebra
import Plotting

/// How far the codes of some networks move at some points of the cloud.
func sensitivityFigure(_ cloud: Cloud, _ fits: [(fit: CloudFit, name: String)]) -> Figure {
  let order = (0..<cloud.X.rows).sorted {
    dot(cloud.X.row($0), Cloud.u₁) < dot(cloud.X.row($1), Cloud.u₁)
  }
  let few = stride(from: 10, to: order.count, by: 30).map { order[$0] }
  return Figure("The penalty flattens the code", width: 390) {
    for (fit, name) in fits {
      Plot(
        "Sensitivity, \(name)", x: Axis("x₁", range: cloud.frame.x),
        y: Axis("x₂", range: cloud.frame.y), aspect: .equal
      ) {
        Points(x: cloud.X.column(0), y: cloud.X.column(1), name: "data", color: .sky, size: 3)
        Ellipses(
          x: few.map { cloud.X[$0, 0] }, y: few.map { cloud.X[$0, 1] },
          matrices: few.map { n in
            let J = fit.network.encoder.jacobian(at: cloud.X.row(n))
            let eigen = SymmetricEigen(J.T * J)
            let roots = Matrix.diagonal(eigen.values.map { max($0, 0).squareRoot() })
            return (eigen.vectors * roots * eigen.vectors.T).elements
          }, name: "how far the code moves; flat: in one direction only", color: .black)
      }
    }
  }
}

/// A square grid after r.
func warpFigure(_ cloud: Cloud, _ fits: [(fit: CloudFit, name: String)]) -> Figure {
  let grid = Matrix<Double>(rows: 41 * 41, columns: 2) { n, i in
    1.5 * (Double(i == 0 ? n % 41 : n / 41) / 20 - 1)
  }
  return Figure("The penalty flattens the plane", columns: 2, width: 390) {
    for (fit, name) in fits {
      warp(
        fit.network, name, grid, rows: 41, columns: 41, every: 5, x: cloud.frame.x,
        y: cloud.frame.y)
    }
  }
}

/// A mesh of points before and after r, or after so many times r.
func warp(
  _ network: Network, _ title: String, _ mesh: Matrix<Double>, rows: Int, columns: Int,
  every step: Int, times: Int = 1, x: ClosedRange<Double>, y: ClosedRange<Double>
) -> Plot {
  let warped = (0..<times).reduce(mesh) { points, _ in network.reconstruct(points) }
  return Plot(title, x: Axis("x₁", range: x), y: Axis("x₂", range: y), aspect: .equal) {
    Mesh(
      rows: rows, columns: columns, x: mesh.column(0), y: mesh.column(1), every: step,
      name: "before", color: .gray, width: 0.5)
    Mesh(
      rows: rows, columns: columns, x: warped.column(0), y: warped.column(1), every: step,
      name: "after", color: .vermillion, width: 1.4)
  }
}

/// Both kinds of minima along λ: what they cost relative to each other, and how sensitive the
/// best of all is along the two axes.
func tugOfWarFigure(_ sweep: Sweep) -> Figure {
  let best = sweep.best.filter { $0.λ > 0 }
  let gaps = sweep.gaps.filter { $0.λ > 0 && $0.λ <= 3 * sweep.crossing }
  let (before, after) = (best.filter(\.keepsBoth), best.filter { !$0.keepsBoth })
  return Figure("Two kinds of minima: the cheaper one switches abruptly", width: 390) {
    Plot("Loss: both axes less one", x: Axis("λ"), y: Axis("difference of ℒ + λΩ")) {
      Line(x: gaps.map(\.λ), y: gaps.map(\.gap), name: "difference", marker: .circle)
      Rule(y: 0, name: "equally good")
      Rule(x: sweep.crossing, name: "λ of the jump", color: .vermillion)
    }
    Plot(
      "The best network", x: Axis("λ", scale: .log),
      y: Axis("‖J v₁‖ and ‖J v₂‖", scale: .log)
    ) {
      Line(x: best.map(\.λ), y: best.map(\.along), name: "‖J v₁‖", marker: .circle)
      Line(
        x: before.map(\.λ), y: before.map(\.across), name: "‖J v₂‖, both kept", color: .green,
        marker: .square)
      Line(
        x: after.map(\.λ), y: after.map(\.across), name: "‖J v₂‖, one kept", color: .purple,
        marker: .square)
      Rule(x: sweep.crossing, name: "λ of the jump", color: .vermillion)
    }
  }
}

/// Circles around the centre and their spokes after r, once and several times, for nets trained
/// on one circle.
func circleFigure(_ rings: [Ring], times: Int) -> Figure {
  let (radii, angles) = (21, 97)
  let polar = Matrix<Double>(rows: radii * angles, columns: 2) { n, i in
    let radius = 0.5 + 0.05 * Double(n / angles)
    let angle = 2 * Double.pi * Double(n % angles) / Double(angles - 1)
    return radius * (i == 0 ? .cos(angle) : .sin(angle))
  }
  return Figure("The penalty contracts across the circle of the data", columns: 2, width: 390) {
    for times in [1, times] {
      for ring in rings {
        warp(
          ring.network,
          (ring.λ == 0 ? "No penalty" : "λ = \(ring.λ)")
            + (times == 1 ? "" : ", \(times) times r"),
          polar, rows: radii, columns: angles, every: 4, times: times, x: -1.7...1.7,
          y: -1.7...1.7)
      }
    }
  }
}

/// The minima of all starts and seeds: how good they are and how many directions they keep.
func directionsFigure(_ trials: [ManifoldTrial]) -> Figure {
  Figure("Minima of exactly d directions lie at 0, the best ones at 1", width: 390) {
    Plot(
      "Every start, strong penalty",
      x: Axis("loss ∕ lowest loss on the same data"), y: Axis("next singular value ∕ d-th")
    ) {
      for trial in trials {
        Points(
          x: trial.all.map(\.excess), y: trial.all.map(\.next), name: "d = \(trial.d)", size: 7)
      }
    }
  }
}

/// Contraction against distance and Jacobian spectra of the five networks.
func contractionFigure(_ names: [String], _ traits: [Traits], _ sample: Sample) -> Figure {
  let shares = [0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5]
  return Figure("The contractive network's codes move least", width: 390) {
    Plot(
      "Contraction ratio", x: "distance ∕ that of two images",
      y: Axis("ratio, 1 for two images")
    ) {
      for (name, t) in zip(names, traits) {
        Line(x: shares, y: shares.map { t.contraction(at: $0, sample) }, name: name)
      }
    }
    Plot("Singular values of J", x: "k", y: Axis("mean σ", scale: .log)) {
      for (name, t) in zip(names, traits) {
        let shown = t.spectrum.indices.filter { t.spectrum[$0] > 1e-3 }
        Line(x: shown.map { Double($0 + 1) }, y: shown.map { t.spectrum[$0] }, name: name)
      }
    }
  }
}

/// Two images and the directions to which two networks' codes are most sensitive there.
func tangentFigure(
  _ networks: [(name: String, network: Network)], _ sample: Sample, width: Int, height: Int
) -> Figure {
  let labels = sample.testing.labels
  let classes = Set(labels).sorted()
  let chosen = [classes[0], classes[classes.count / 2]].map { labels.firstIndex(of: $0) ?? 0 }
  return Figure("The plain code notices the margins, the contractive one less", width: 390) {
    ImageGrid(
      "An image, and the leading right singular vectors of J there",
      images: chosen.flatMap { n in
        networks.flatMap { _, network in
          let x = sample.testing.clean.row(n)
          let V = SVD(network.encoder.jacobian(at: x)).V
          return [x] + (0..<4).map { V.column($0) }
        }
      },
      width: width, height: height, columns: 5, palette: .diverging, scaling: .each,
      rowLabels: chosen.flatMap { _ in networks.map(\.name) },
      columnLabels: ["image"] + (1...4).map { "direction \($0)" })
  }
}
