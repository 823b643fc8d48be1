import Autoencoders
import LinearAlgebra
import Plotting

// The figures of this lesson, drawn from what they are handed.

/// Two images of each set, as they are and as network and DCT reconstruct them.
func decodedImages(_ trial: Trial, width: Int, height: Int) -> Figure {
  let codecs: [Codec] = [{ $0 }, trial.code.reconstruct, trial.codecs[5].reconstruct]
  return Figure("A learnt code draws what it learnt", width: 390) {
    for sets in [[1, 2], [4, 6]] {
      ImageGrid(
        images: codecs.flatMap { codec in
          sets.flatMap { set in
            let decoded = codec(trial.sets[set][rows: 0..<2])
            return (0..<2).map { decoded.row($0) }
          }
        },
        width: width, height: height, columns: 4, range: 0...1,
        rowLabels: ["image", "network", "DCT"],
        columnLabels: sets.flatMap { [trial.names[$0], ""] })
    }
  }
}

/// Errors of two networks, PCA and the DCT on each set, means over the splits.
func errorsAtHomeAndAbroad(_ errors: [[[Double]]], names: [String]) -> Figure {
  Figure("Good at home, bad abroad", width: 390) {
    Plot(x: "tested on", y: Axis("relative error ε", scale: .log, range: 0.1...20)) {
      for (codec, name) in [
        (0, "network on 0–4"), (1, "network on 5–9"), (3, "PCA of 0–4"), (5, "DCT"),
      ] {
        Points(
          Array(names.dropFirst()),
          y: (1..<names.count).map { set in mean(errors.map { $0[codec][set] }) }, name: name,
          size: 9)
      }
      Rule(y: 1, name: "the set's own mean image")
    }
  }
}

/// Error over bits for codes whose numbers are rounded.
func errorsOverBits(_ codes: [(name: String, points: [(bits: Int, ε: Double)])]) -> Figure {
  Figure("More bits help PCA for longer", width: 390) {
    Plot(x: Axis("bits an image"), y: Axis("relative error ε", scale: .log)) {
      for code in codes {
        Line(
          x: code.points.map { Double($0.bits) }, y: code.points.map(\.ε),
          name: code.name.replacing("$k$", with: "k"), marker: .circle)
      }
    }
  }
}

/// The errors of an overcomplete linear network, step by step; `names` are those of the images.
func copyingInTraining(_ course: [(step: Int, errors: [Double])], names: [String]) -> Figure {
  Figure("Noise outside is never copied", width: 390) {
    Plot(x: Axis("step of L-BFGS", scale: .log), y: Axis("relative error ε", scale: .log)) {
      for (index, name) in names.enumerated() {
        Line(
          x: course.map { Double($0.step) }, y: course.map { $0.errors[index] }, name: name)
      }
    }
  }
}

/// One strip of decoded images a row, each with the name of its code.
func lineOfImages(
  _ strips: [(name: String, images: [[Double]])], width: Int, height: Int
) -> Figure {
  Figure("Trained codes put similar images side by side", width: 390) {
    ImageGrid(
      "Left to right: growing code", images: strips.flatMap(\.images), width: width,
      height: height, columns: 7, range: 0...1, rowLabels: strips.map(\.name),
      columnLabels: (1...3).flatMap { ["\($0)", "½"] } + ["4"])
  }
}

/// Wells around seven codes of the index from place `first` on, and around all that a network has
/// memorised.
func memoryWells(
  index: (network: Network, images: Matrix<Double>),
  trained: (network: Network, images: Matrix<Double>), from first: Int, memorised: Int
) -> Figure {
  Figure("Memories are wells along the code", width: 390) {
    wells(
      "Index: seven codes", index.network, index.images,
      codes: Array(inLine(index.network, index.images).codes[first..<first + 7]))
    wells(
      "Trained on \(memorised): all codes", trained.network, trained.images,
      codes: inLine(trained.network, trained.images).codes)
  }
}

/// Errors of the network with few images over the strength of the decay, and over the steps
/// without.
func errorsUnderDecay(_ trials: [DecayTrial], decays: [Double], steps: Int) -> Figure {
  func average(_ value: (DecayTrial) -> Double) -> Double { mean(trials.map(value)) }
  let course = trials[0].free
  return Figure("Decay helps as far as PCA, stopping early less", width: 390) {
    Plot(
      "With decay, after \(steps) steps", x: Axis("weight decay λ", scale: .log),
      y: Axis("relative error ε", scale: .log)
    ) {
      Line(
        x: decays, y: decays.indices.map { i in average { $0.halfway[i] } },
        name: "training, half the steps", marker: .cross)
      Line(
        x: decays, y: decays.indices.map { i in average { $0.ends[i].training } },
        name: "training", marker: .circle)
      Line(
        x: decays, y: decays.indices.map { i in average { $0.ends[i].test } }, name: "held-out",
        marker: .square)
      Rule(y: average { $0.principal.test }, name: "held-out, PCA")
    }
    Plot(
      "Without decay", x: Axis("step of L-BFGS", scale: .log),
      y: Axis("relative error ε", scale: .log)
    ) {
      Line(
        x: course.map { Double($0.step) }, y: course.map { $0.errors.training }, name: "training")
      Line(x: course.map { Double($0.step) }, y: course.map { $0.errors.test }, name: "held-out")
      Rule(y: trials[0].principal.test, name: "held-out, PCA")
    }
  }
}

/// What is left of a direction with the second moment γ by weight decay and by the Wiener filter.
func shrinkageCurves(_ decays: [Double], noise σ: Double) -> Figure {
  let γ = (0...200).map { 1e-4 * Double.exp(Double($0) * Double.log(1e5) / 200) }
  return Figure("Decay cuts where Wiener fades", width: 390) {
    Plot(
      x: Axis("second moment γ of a direction", scale: .log),
      y: Axis("factor that is left", range: 0...1)
    ) {
      for λ in decays {
        Line(x: γ, y: γ.map { decayFactor($0, λ) }, name: "decay λ = \(short(λ))")
      }
      Line(x: γ, y: γ.map { wienerFactor($0, σ) }, name: "Wiener filter", width: 3)
    }
  }
}

/// Rows of the encoders and columns of the decoders of some networks.
func filterImages(
  _ filters: [(name: String, network: Network)], width: Int, height: Int
) -> Figure {
  Figure("A narrow code draws strokes, a wide one speckle", width: 390) {
    for (title, weights) in [
      ("What units look at", { $0.encoder.W }), ("What they draw", { $0.decoder.W.T }),
    ] as [(String, (Network) -> Matrix<Double>)] {
      ImageGrid(
        title,
        images: filters.flatMap { name, network in
          // The first pixels are blank in most images: copying units of the middle tell more.
          let first = name == "copying by hand" ? width * height / 2 - 3 : 0
          return (first..<first + 5).map { weights(network).row($0) }
        },
        width: width, height: height, columns: 5, palette: .diverging, scaling: .each,
        rowLabels: filters.map(\.name))
    }
  }
}
