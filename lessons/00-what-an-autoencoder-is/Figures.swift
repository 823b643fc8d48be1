import Autoencoders
import LinearAlgebra
import Notebook
import Plotting

// The figures of this lesson and the rows of its longer tables, from what main.swift has measured.

/// The network of this lesson, drawn.
func networkDrawing() -> Figure {
  Figure("The network of this lesson") {
    NetworkDiagram(
      "",
      layers: [
        .init("x", units: D, "inputs"), .init("h", units: k, "hidden", color: .orange), .init("x̂", units: D, "outputs"),
      ],
      weights: ["W, b", "W*, c"])
  }
}

/// The losses over the epochs: by back-propagation, by recirculation and with the encoder at rest.
func lossCurves() -> Figure {
  Figure("Half the squared error per image", columns: 2) {
    for (name, value) in [("Training images", \Trained.Milestone.loss), ("Held-out images", \.heldOutLoss)] {
      Plot(name, x: "epoch", y: Axis("½ ‖x − x̂‖²", scale: .log)) {
        for line in curves([runs[0], runs[3], runs[6]], value) { line }
        if name == "Training images" { Rule(y: floor, name: "floor under linear decoders") }
      }
    }
  }
}

/// One held-out image of each of ten classes, and what three networks make of it.
func reconstructedDigits() -> Figure {
  let shown = heldOutDigits.classes.prefix(10).compactMap { label in heldOutDigits.labels.firstIndex(of: label) }
  let images = Matrix(rows: shown.count, columns: D) { n, i in heldOut[shown[n], i] }
  let rows =
    [("original", images)]
    + [("back-propagation", descent), ("recirculation", recirculation), ("decoder only", decoderOnly)].map {
      ($0, $1.network.reconstruct(images))
    }
  return Figure("Held-out images and their reconstructions") {
    ImageGrid(
      "\(D) pixels through \(k) numbers", images: rows.flatMap { _, X in (0..<X.rows).map { X.row($0) } }, width: width,
      height: height, columns: shown.count, range: 0...1, rowLabels: rows.map(\.0))
  }
}

/// How similar decoder and encoder become, and how similar recirculation's steps are to steepest descent.
func alignmentCurves() -> Figure {
  Figure("Recirculation from three starts", columns: 2) {
    Plot("Decoder and encoder", x: "epoch", y: Axis("cos(W*, Wᵀ)", range: -1...1)) {
      for line in curves(starts, \.alignment) { line }
    }
    Plot("Recirculation's ΔW and steepest descent", x: "epoch", y: Axis("cosine", range: -1...1)) {
      for line in curves(Array(starts[..<3]), \.descent) { line }
    }
  }
}

/// A curve over the epochs for each run, of one of the quantities that milestones hold.
func curves(_ runs: [(name: String, run: Trained)], _ value: KeyPath<Trained.Milestone, Double>) -> [Line] {
  runs.map { name, run in
    Line(x: run.milestones.map { Double($0.epoch) }, y: run.milestones.map { $0[keyPath: value] }, name: name)
  }
}

/// The table of losses: one row a run, between those before training and the floor.
func lossRows() -> [[Cell]] {
  [["before training", Cell(descent.milestones[0].loss), Cell(descent.milestones[0].heldOutLoss), ""]]
    + runs.map { name, run in
      [
        Cell(name), Cell(run.last.loss), Cell(run.last.heldOutLoss),
        .fixed(run.last.loss / descent.last.loss, decimals: 2),
      ]
    } + [["floor under linear decoders", Cell(floor), "", .fixed(floor / descent.last.loss, decimals: 2)]]
}

/// The table of similarities: before and after training, and the loss that goes with it.
func alignmentRows() -> [[Cell]] {
  starts.map { name, run in
    [
      Cell(name.replacing("*", with: #"\*"#)), .fixed(run.milestones[0].alignment, decimals: 2),
      .fixed(run.last.alignment, decimals: 2), Cell(run.last.loss),
    ]
  }
}

/// Numbers with two decimals, as captions list them.
func listed(_ numbers: [Double]) -> String { numbers.map { Numeral.fixed($0, decimals: 2) }.joined(separator: ", ") }
