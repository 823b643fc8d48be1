import LinearAlgebra
import Plotting

/// A cloud in the plane (centred, one point a row) with the line that keeps most of it, and the
/// loss of a network of one hidden unit with tied weights w on it, with three ways down.
func landscapeFigure(_ cloud: Matrix<Double>) -> Figure {
  let C = cloud.T * cloud / Double(cloud.rows)
  let eigen = SymmetricEigen(C)
  let (v, u) = (eigen.vectors.column(0), eigen.vectors.column(1))
  let reach = 1.05 * cloud.elements.map(abs).greatest()
  // L(w) = ½ tr (I − w wᵀ) C (I − w wᵀ) = ½ tr C − wᵀ C w + ½ ‖w‖² wᵀ C w
  func loss(_ w: [Double]) -> Double {
    let spread = dot(w, C * w)
    return 0.5 * C.trace - spread + 0.5 * dot(w, w) * spread
  }
  func slope(_ w: [Double]) -> [Double] {
    let Cw = C * w
    return (dot(w, w) - 2) .* Cw .+ dot(w, Cw) .* w
  }
  func path(from start: [Double]) -> [[Double]] {
    var way = [start]
    for _ in 0..<900 {
      way.append(way[way.count - 1] .- (0.02 / eigen.values[0]) .* slope(way[way.count - 1]))
    }
    return way
  }
  let grid = (0...80).map { -1.5 + 3 * Double($0) / 80 }
  let values = grid.flatMap { b in grid.map { a in loss([a, b]) } }
  let (low, saddle) = (0.5 * eigen.values[1], 0.5 * eigen.values[0])
  let levels = [0.15, 0.4, 0.7, 1, 1.15, 1.4, 2, 3].map { low + $0 * (saddle - low) }
  return Figure(
    "The way to the best line leads past a saddle", columns: 2, width: 390
  ) {
    Plot(
      "A cloud and its best line", x: Axis("x₁", range: -reach...reach),
      y: Axis("x₂", range: -reach...reach), aspect: .equal
    ) {
      for n in 0..<cloud.rows {
        let x = cloud.row(n)
        let foot = dot(v, x) .* v
        Line(x: [x[0], foot[0]], y: [x[1], foot[1]], color: .orange, dash: .solid, width: 1)
      }
      Line(
        x: [-2 * reach * v[0], 2 * reach * v[0]], y: [-2 * reach * v[1], 2 * reach * v[1]],
        name: "span of v₁", color: .black, dash: .solid)
      Points(
        x: cloud.column(0), y: cloud.column(1), name: "examples", color: .blue,
        marker: .circle,
        size: 5)
    }
    Plot(
      "Loss of one tied unit", x: Axis("w₁", range: -1.5...1.5),
      y: Axis("w₂", range: -1.5...1.5), aspect: .equal
    ) {
      Contours(x: grid, y: grid, values: values, levels: levels, color: .gray)
      for side in [1.0, -1.0] {
        let way = path(from: 1.45 .* u .+ (side * 0.06) .* v)
        Line(x: way.map { $0[0] }, y: way.map { $0[1] }, color: .blue, dash: .solid)
      }
      Points(
        x: [v[0], -v[0]], y: [v[1], -v[1]], name: "minima ±v₁", color: .green,
        marker: .circle, size: 9)
      Points(
        x: [u[0], -u[0]], y: [u[1], -u[1]], name: "saddles ±v₂", color: .vermillion,
        marker: .cross, size: 11)
      Points(x: [0], y: [0], name: "maximum", color: .black, marker: .square, size: 7)
    }
  }
}

/// Loss above the floor and angle, along training.
func trainingFigure(_ runs: [(name: String, trained: Trained)]) -> Figure {
  Figure(
    "Linear networks reach the floor of PCA", columns: 2, width: 390
  ) {
    Plot(
      "Loss above the floor", x: Axis("passes over the data", scale: .log),
      y: Axis("loss ∕ floor − 1, ≥ 10⁻¹²", scale: .log)
    ) {
      for run in runs {
        Line(
          x: run.trained.milestones.map { Double($0.pass) },
          y: run.trained.milestones.map { max($0.excess, 1e-12) }, name: run.name)
      }
    }
    // The same lines: named once, on the left.
    Plot(
      "Angle to subspace", x: Axis("passes over the data", scale: .log),
      y: Axis("largest, radians", scale: .log)
    ) {
      for run in runs {
        Line(
          x: run.trained.milestones.map { Double($0.pass) },
          y: run.trained.milestones.map { max($0.angle, 1e-12) })
      }
    }
  }
}

/// |cos| between principal axes and decoder columns.
func cosinesFigure(_ decoders: [(name: String, W: Matrix<Double>)], optimum: Optimum)
  -> Figure
{
  Figure("Only unequal decay puts one component into each column", columns: 2, width: 390) {
    for decoder in decoders {
      let all = optimum.cosines(decoder.W)
      Heatmap(
        decoder.name, (0..<all.rows).map { all.row($0) }, range: 0...1, x: "decoder column j",
        y: "component i")
    }
  }
}

/// Decoder columns as images, each of unit length and of the sign of the component.
func eigendigitsFigure(
  _ rows: [(name: String, W: Matrix<Double>)], axes: Matrix<Double>, width: Int, height: Int
) -> Figure {
  Figure("Decay or a rotation finds the components", width: 390) {
    ImageGrid(
      "Columns of the decoder, each scaled to unit length",
      images: rows.flatMap { row in
        (0..<axes.columns).map { j in
          let column = row.W.column(j)
          return ((dot(column, axes.column(j)) < 0 ? -1 : 1) / norm(column)) .* column
        }
      },
      width: width, height: height, columns: axes.columns, palette: .diverging,
      rowLabels: rows.map(\.name))
  }
}

/// Measured squares of the decoder's singular values beside 1 − 2λ/γᵢ, for the axes in `shown`.
func shrinkageFigure(_ sweep: [Shrinkage], variances γ: [Double], shown: [Int]) -> Figure {
  let ends = (sweep.map(\.λ).least(), sweep.map(\.λ).greatest())
  let curve = (0...200).map {
    ends.0 * Double.exp(Double.log(ends.1 / ends.0) * Double($0) / 200)
  }
  return Figure("Decay shrinks each component, and then drops it", width: 390) {
    Plot(
      "Lines: 1 − 2λ ∕ γᵢ. Dots: trained", x: Axis("decay λ ∕ γ₁", scale: .log),
      y: Axis("sᵢ², of the decoder")
    ) {
      for (colour, i) in zip([SeriesColor.blue, .vermillion, .green, .purple], shown) {
        Line(
          x: curve.map { $0 / γ[0] }, y: curve.map { max(0, 1 - 2 * $0 / γ[i]) },
          name: "i = \(i + 1)", color: colour)
        Points(
          x: sweep.flatMap { s in s.measured.map { _ in s.λ / γ[0] } },
          y: sweep.flatMap { s in s.measured.map { $0[i] } }, color: colour, marker: .circle,
          size: 5)
      }
    }
  }
}
