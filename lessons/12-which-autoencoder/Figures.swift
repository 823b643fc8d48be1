import Datasets
import LinearAlgebra
import Plotting

// The figures of this lesson.

/// Use by use the error of the best model over that of each model.
func standingFigure(_ contest: Contest) -> Figure {
  let values = Use.allCases.flatMap { use -> [Double] in
    let errors = Model.allCases.map { model in
      let result = mean(contest.results(model, use))
      return use.higherIsBetter ? 1 - result : result
    }
    let least = errors.least()
    return errors.map { min(1, max(0.4, least / max($0, 1e-9))) }
  }
  return Figure("Who is good at what: bright is good", width: 460) {
    Heatmap(
      "Error of the best model over the model's own, 1 for the best",
      rows: Use.allCases.count, columns: Model.allCases.count, values: values,
      range: 0.4...1,
      rowLabels: Use.allCases.map(\.title.name),
      columnLabels: Model.allCases.map(\.title.name))
  }
}

/// The scores of all models on blocks against those on random splits.
func splitsFigure(_ blocks: Contest, _ random: Contest) -> Figure {
  let uses: [Use] = [.reconstruction, .linearAll, .nearestAll]
  return Figure("New writers are harder, for every model", columns: 2, width: 440) {
    for use in uses {
      let trained = Model.allCases.filter { $0 != .mean && $0 != .untrained }
      Plot(use.title.name, x: "random split, error", y: "new writers, error") {
        for model in trained {
          Points(
            x: [mean(random.results(model, use))], y: [mean(blocks.results(model, use))],
            name: use == uses[0] ? model.title.name : nil, size: 7)
        }
      }
    }
  }
}

/// Precision against recall as the Hamming radius grows, and what a code unit puts out.
func hashingFigure(_ trials: [HashingTrial]) -> Figure {
  Figure("Noise makes bits; a rotation finds as well", columns: 2, width: 440) {
    Plot(
      "Finding images of a class", x: Axis("recall", range: 0...1),
      y: Axis("precision", range: 0...1)
    ) {
      for (way, name) in HashingTrial.names.enumerated() {
        let radii = trials[0].qualities[way].recall.indices
        Line(
          x: radii.map { r in mean(trials.map { $0.qualities[way].recall[r] }) },
          y: radii.map { r in mean(trials.map { $0.qualities[way].precision[r] }) },
          name: name, marker: .circle)
      }
    }
    Plot("Outputs of code units", x: Axis("output", range: 0...1), y: "share") {
      for (n, name) in ["with noise", "without"].enumerated() {
        let outputs = trials.flatMap { $0.outputs[n] }
        let bins = (0..<20).map { bin in
          Double(outputs.count { min(19, Int(20 * $0)) == bin }) / Double(outputs.count)
        }
        Line(
          x: bins.indices.map { (Double($0) + 0.5) / 20 }, y: bins, name: name,
          marker: n == 0 ? .circle : .square)
      }
    }
  }
}

/// Error against bits of all codecs, means over the splits.
func rateFigure(_ curves: [(name: String, points: [[RatePoint]])]) -> Figure {
  Figure("Bits against error: eight numbers, or as many as pixels", width: 440) {
    Plot(
      "New writers' images, rounded and coded",
      x: Axis("bits a pixel", scale: .log),
      y: Axis("error: share of the variance", scale: .log)
    ) {
      for curve in curves {
        let steps = curve.points[0].indices
        Line(
          x: steps.map { s in mean(curve.points.map { $0[s].bitsPerPixel }) },
          y: steps.map { s in mean(curve.points.map { $0[s].error }) },
          name: curve.name, marker: .circle)
      }
    }
  }
}

/// Images, their reconstructions and repairs, and new ones.
func galleryFigure(
  _ rows: [(name: String, images: Matrix<Double>)], width: Int, height: Int
) -> Figure {
  let count = rows[0].images.rows
  return Figure("What eight numbers keep, repair and invent", width: 440) {
    ImageGrid(
      "", images: rows.flatMap { row in (0..<count).map { row.images.row($0) } },
      width: width,
      height: height, columns: count, range: 0...1, rowLabels: rows.map(\.name))
  }
}
