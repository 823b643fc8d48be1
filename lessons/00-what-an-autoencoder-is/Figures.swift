import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

/// An image of `width` pixels a line, its code as bars, and what the decoder makes of the code.
func codeFigure(_ network: Network, _ image: Matrix<Double>, width: Int) -> Figure {
  let (code, output) = (network.encode(image).row(0), network.reconstruct(image).row(0))
  func picture(_ title: String, _ x: [Double]) -> ImageGrid {
    ImageGrid(
      title, images: [x], width: width, height: x.count / width, columns: 1, range: 0...1)
  }
  let title = "\(code.count) numbers are enough to draw it again"
  return Figure(title, columns: 3, width: 390) {
    picture("the image x", image.row(0))
    Plot(
      "its code h", x: Axis("unit", ticks: [1, Double(code.count)]),
      y: Axis(range: 0...1, ticks: [0, 1])
    ) {
      Bars(x: (1...code.count).map(Double.init), heights: code)
    }
    picture("the output x̂", output)
  }
}

/// A network of one hidden layer, drawn.
func networkFigure(inputs D: Int, hidden k: Int) -> Figure {
  Figure("Two fans that meet in a narrow code", width: 390) {
    NetworkDiagram(
      "",
      layers: [
        .init("x", units: D, "inputs"), .init("h", units: k, "hidden", color: .orange),
        .init("x̂", units: D, "outputs"),
      ],
      weights: ["W, b", "W*, c"])
  }
}

/// The loss over the epochs of several runs, on the training images and on those held out, above
/// the floor under linear decoders, and the mean loss of `random` encoders with the decoders that
/// are best for them.
func trainingFigure(_ runs: [Trained], floor: Double, random: [Double]) -> Figure {
  let later = runs[0].milestones.indices.dropFirst()
  let kinds: [(String, KeyPath<Trained.Milestone, Double>, SeriesColor)] = [
    ("held out", \.heldOutLoss, .vermillion), ("training", \.loss, .blue),
  ]
  return Figure("Training closes in on the floor", width: 390) {
    Plot(
      "\(runs.count) starts, and their mean", x: "epoch",
      y: Axis("½ ‖x − x̂‖² per image")
    ) {
      for (name, value, color) in kinds {
        bundle(
          runs.map { run in later.map { run.milestones[$0][keyPath: value] } },
          at: later.map { runs[0].epochs[$0] }, name: name, color: color)
      }
      Rule(y: mean(random), name: "untrained encoders, best decoders", dash: .dotted)
      Rule(y: floor, name: "floor under linear decoders", dash: .dashed)
    }
  }
}

/// A thin line for each curve and a thick one, with the name, for their mean.
func bundle(_ curves: [[Double]], at x: [Double], name: String, color: SeriesColor) -> [Line] {
  let average = x.indices.map { i in mean(curves.map { $0[i] }) }
  return curves.map { Line(x: x, y: $0, color: color, dash: .solid, width: 0.7) }
    + [Line(x: x, y: average, name: name, color: color, width: 2.4)]
}

/// One held-out image of each of ten classes, and what several networks make of it.
func reconstructionsFigure(
  _ images: LabelledImages,
  _ rows: [(name: String, reconstruct: (Matrix<Double>) -> Matrix<Double>)]
) -> Figure {
  let shown = images.classes.prefix(10).compactMap { images.labels.firstIndex(of: $0) }
  let X = images[shown].scaled
  let all = [("original", X)] + rows.map { ($0.name, $0.reconstruct(X)) }
  return Figure("Training makes the code keep the shape", width: 390) {
    ImageGrid(
      images: all.flatMap { _, X in (0..<X.rows).map { X.row($0) } }, width: images.width,
      height: images.height, columns: shown.count, range: 0...1, rowLabels: all.map(\.0))
  }
}

/// The training loss of three kinds of recirculation over that of back-propagation at the same
/// epoch.
func ratioFigure(_ contests: [Contest]) -> Figure {
  let marks = contests[0].descent.milestones.indices.dropFirst()
  let kinds: [(String, KeyPath<Contest, Trained>, SeriesColor)] = [
    ("as published", \.plain, .vermillion), ("encoder's step corrected", \.corrected, .blue),
    ("corrected, weight decay", \.both, .green),
  ]
  return Figure("Without decay the corrected rule loses ground", width: 390) {
    Plot(
      "\(contests.count) starts, and their mean", x: "epoch",
      y: Axis("training loss ∕ that of back-propagation")
    ) {
      for (name, run, color) in kinds {
        bundle(
          contests.map { contest in
            marks.map {
              contest[keyPath: run].milestones[$0].loss / contest.descent.milestones[$0].loss
            }
          }, at: marks.map { contests[0].descent.epochs[$0] }, name: name, color: color)
      }
      Rule(y: 1)
    }
  }
}

/// How similar decoder and encoder become in several runs.
func alignmentFigure(_ runs: [(name: String, run: Trained)]) -> Figure {
  Figure("Decoder and encoder grow alike", width: 390) {
    Plot("", x: "epoch", y: Axis("cos(W*, Wᵀ)", range: -1...1)) {
      for (name, run) in runs {
        Line(x: run.epochs, y: run.milestones.map(\.alignment), name: name)
      }
    }
  }
}

/// The mean of some numbers, and in brackets the least and the greatest if there are several.
func range(_ x: [Double]) -> String { Numeral.meanAndRange(x, .significant(3)) }

/// A line of a table of losses.
func lossRow(_ name: String, _ training: [Double], _ heldOut: [Double]) -> [Cell] {
  [Cell(name), Cell(range(training)), Cell(range(heldOut))]
}

/// The mean of differences in pairs, with its standard error.
func paired(_ x: [Double]) -> String { Numeral.meanAndError(x, .decimals(3)) }
