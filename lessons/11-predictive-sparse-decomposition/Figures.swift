import Autoencoders
import LinearAlgebra
import Plotting

/// How far codes of test images are from the best: after steps from zero, learnt layers, and
/// after one pass of four encoders. Means over the seeds.
func passesFigure(_ unrolled: [Unrolled], _ contests: [Contest], names: [String]) -> Figure {
  func excess(_ path: (Unrolled) -> [Double]) -> [Double] {
    let all = unrolled.map { one in path(one).map { $0 / one.best - 1 } }
    return all[0].indices.map { q in mean(all.map { $0[q] }) }
  }
  let (ista, fista) = (excess(\.ista), excess(\.fista))
  let layers = Unrolled.depths.map(Double.init)
  return Figure("One pass is worth many steps", columns: 2, width: 440) {
    Plot(
      "The dictionary of sparse coding", x: "steps or layers",
      y: Axis("F ∕ least F − 1", scale: .log)
    ) {
      Line(x: (1...20).map(Double.init), y: (1...20).map { ista[$0] }, name: "ISTA")
      Line(x: (1...20).map(Double.init), y: (1...20).map { fista[$0] }, name: "FISTA")
      Line(
        x: layers, y: excess(\.tuned), name: "ISTA, chosen numbers", color: .purple,
        marker: .square)
      Line(
        x: layers, y: excess(\.onF), name: "learned ISTA", color: .green, marker: .circle)
    }
    Plot("One pass, four encoders", x: "", y: Axis("F ∕ least F − 1, %")) {
      let all = names.indices.map { v in contests.map { 100 * $0.verdicts[v].excess } }
      Bars(
        ["codes", "on F", "PSD", "γ = ∞"], heights: all.map { mean($0) }, from: 0,
        whiskers: all.map { values in
          let (m, e) = (mean(values), contests.count > 1 ? standardError(values) : 0)
          return m - e...m + e
        })
    }
  }
}

/// E after each single move.
func movesFigure(_ moves: [(kind: String, energy: Double)]) -> Figure {
  Figure("No move raises the energy", width: 440) {
    Plot("Three kinds of moves", x: "move", y: "E") {
      Line(
        x: moves.indices.map(Double.init), y: moves.map(\.energy), color: .gray, width: 0.8)
      for (kind, color) in [
        ("codes", SeriesColor.blue), ("dictionary", .vermillion), ("encoder", .green),
      ] {
        let those = moves.indices.filter { moves[$0].kind == kind }
        Points(
          x: those.map(Double.init), y: those.map { moves[$0].energy }, name: kind, color: color,
          size: 5)
      }
    }
  }
}

/// The least energy over the codes between its bounds.
func envelopeFigure(
  _ strengths: [Double], least: [Double], below: [Double], above: [Double], F: (Double, Double)
) -> Figure {
  Figure("From the best codes to the encoder's", width: 440) {
    Plot("Least energy over the codes", x: Axis("γ", scale: .log), y: "E") {
      Band(x: strengths, low: below, high: above, name: "between the bounds", color: .sky)
      Line(x: strengths, y: least, name: "least E", marker: .circle)
      Rule(y: F.0, name: "F of the best codes", color: .green)
      Rule(y: F.1, name: "F of the encoder's", color: .vermillion)
    }
  }
}

/// Distances from the least F beside their bounds.
func boundsFigure(_ curves: [(name: String, gaps: [Double], bound: [Double])]) -> Figure {
  Figure("Both methods keep what is proved, and do better", width: 440) {
    Plot(
      "Mean F above its minimum", x: Axis("step", scale: .log),
      y: Axis("F − least F", scale: .log)
    ) {
      for (curve, color) in zip(curves, [SeriesColor.blue, .vermillion, .green]) {
        let q = curve.gaps.indices.filter { curve.gaps[$0] > 1e-13 && $0 > 0 }
        Line(
          x: q.map(Double.init), y: q.map { curve.gaps[$0] }, name: curve.name, color: color,
          dash: .solid)
        if !curve.bound.isEmpty {
          Line(
            x: q.map(Double.init), y: q.map { curve.bound[$0] }, name: "its bound", color: color,
            dash: .dashed, width: 1.2)
        }
      }
    }
  }
}

/// The columns of two dictionaries that are used most, and the rows of the encoders below them.
func filtersFigure(
  _ models: [(name: String, model: Model)], on X: Matrix<Double>, _ size: (Int, Int)
) -> Figure {
  let shown = 12
  return Figure("Encoder and dictionary look for different things", width: 440) {
    ImageGrid(
      "Most used columns, the encoder's rows below",
      images: models.flatMap { _, model in
        let use = model.encoder(X).map(abs).columnMeans
        let order = use.indices.sorted { (use[$1], $0) < (use[$0], $1) }.prefix(shown)
        return order.map { model.dictionary.column($0) }
          + order.map { l in
            let w = model.encoder.W.row(l)
            return (1 / max(norm(w), 1e-9)) .* w
          }
      }, width: size.0, height: size.1, columns: shown, palette: .diverging, scaling: .each,
      rowLabels: models.flatMap { ["\($0.name): w*", "w"] })
  }
}
