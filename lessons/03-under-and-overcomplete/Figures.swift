import Autoencoders
import LinearAlgebra
import Plotting

// The figures of this lesson, drawn from what main.swift has measured.

/// Errors of two networks and the DCT on each set.
func errorsAtHomeAndAbroad() -> Figure {
  Figure("Errors at home and abroad") {
    Plot(x: "tested on", y: Axis("relative error ε", scale: .log, range: 0.1...20)) {
      for row in [0, 1, 5] {
        Bars(
          sets.dropFirst().map(\.name), heights: Array(errors[row].dropFirst()), from: 1,
          name: row == 0 ? "network on 0–4" : row == 1 ? "network on 5–9" : "DCT")
      }
      Rule(y: 1, name: "the mean image")
    }
  }
}

/// Two images of each set, as they are and as network and DCT reconstruct them.
func decodedImages() -> Figure {
  Figure("What is decoded") {
    ImageGrid(
      "Two images of each set; beyond the range clipped",
      images: ([{ $0 }, code.reconstruct, dct] as [Codec]).flatMap { codec in
        sets.dropFirst().flatMap { set in
          let decoded = codec(set.X[rows: 0..<2])
          return (0..<2).map { decoded.row($0) }
        }
      },
      width: digits.width, height: digits.height, columns: 12, range: 0...1,
      rowLabels: ["image", "network", "DCT"], columnLabels: sets.dropFirst().flatMap { [$0.name, ""] })
  }
}

/// The errors of the overcomplete linear network, step by step.
func copyingInTraining() -> Figure {
  Figure("An overcomplete linear network in training") {
    Plot(x: Axis("step of L-BFGS", scale: .log), y: Axis("relative error ε", scale: .log)) {
      for (index, (name, _)) in probes.enumerated() {
        Line(x: milestones.map { Double($0.step) }, y: milestones.map { $0.errors[index] }, name: name)
      }
    }
  }
}

/// Images decoded along three codes of one number.
func lineOfImages() -> Figure {
  Figure("A code of one number as a line of images") {
    ImageGrid(
      "Left to right: growing code",
      images: strip(index, lined, from: N / 2, stride: 1) + strip(memory, handful.scaled, from: 0, stride: 1)
        + strip(learner, X, from: X.rows / 14, stride: X.rows / 7),
      width: digits.width, height: digits.height, columns: 13, range: 0...1,
      rowLabels: ["index", "trained on \(memorised)", "trained on all"],
      columnLabels: (1...6).flatMap { ["\($0)", "½"] } + ["7"])
  }
}

/// How far decoded images are from the memorised ones, along two codes of one number.
func memoriesAlongTheCode() -> Figure {
  Figure("Memories along the code", columns: 2) {
    wells("Index: seven codes", index, lined, codes: Array(inLine(index, lined).codes[N / 2..<N / 2 + 7]))
    wells("Trained on \(memorised): all codes", memory, handful.scaled, codes: inLine(memory, handful.scaled).codes)
  }
}

/// Errors of the network with few examples over the strength of weight decay.
func errorsUnderDecay() -> Figure {
  Figure("Weight decay on a network trained on \(few) images") {
    Plot(x: Axis("weight decay λ", scale: .log), y: Axis("relative error ε", scale: .log)) {
      Line(x: decays, y: decayed.map(\.training), name: "training", marker: .circle)
      Line(x: decays, y: decayed.map(\.test), name: "held-out", marker: .square)
      Line(x: decays, y: decayed.map(\.noise), name: "noise", marker: .triangle)
      Rule(y: free.test, name: "held-out, no decay")
    }
  }
}

/// Rows of the encoders and columns of the decoders of four networks.
func filterImages() -> Figure {
  Figure("Filters of under- and overcomplete networks", columns: 2) {
    for (title, weights) in [("What units look at", { $0.encoder.W }), ("What they draw", { $0.decoder.W.T })]
      as [(String, (Network) -> Matrix<Double>)]
    {
      ImageGrid(
        title,
        images: filters.flatMap { name, network in
          // The first pixels are blank in most images: the copying units of the middle are more telling.
          let first = name == "copying by hand" ? D / 2 - 3 : 0
          return (first..<first + 5).map { j in
            let filter = weights(network).row(j)
            return filter.map { $0 / filter.map(abs).greatest() }
          }
        },
        width: digits.width, height: digits.height, columns: 5, range: -1...1, palette: .diverging,
        rowLabels: filters.map(\.0))
    }
  }
}
