import Autoencoders
import LinearAlgebra
import Plotting

// The figures of this lesson, drawn from the quantities of main.swift.

func posteriorFigure() -> Figure {
  let path = (0...30).map { steps -> [Double] in
    guard steps > 0 else { return [0, 0] }
    return lesson.attempt {
      try ISTA(λ: weight, maxIterations: steps, tolerance: 0).encode([x], decoder: toyDecoder).H.elements
    }
  }
  return Figure("The most probable code", columns: 2) {
    Plot("Posterior of two units", x: "h₁", y: "h₂", aspect: .equal) {
      for (share, name) in [(0.9, "0.9 of the greatest"), (0.5, "0.5 of it"), (0.1, "0.1 of it"), (0.01, "0.01 of it")]
      {
        let level = MAP.objective - toy.σ * toy.σ * .log(share)
        let curve = toy.contour(x, around: MAP.H.elements, level: level)
        Line(x: curve.map { $0[0] }, y: curve.map { $0[1] }, name: name)
      }
      Points(x: [brute[0]], y: [brute[1]], name: "best of the grid", color: .orange, size: 12)
      Line(
        x: path.map { $0[0] }, y: path.map { $0[1] }, name: "ISTA", color: .black, dash: .solid, marker: .circle,
        width: 1)
    }
    Plot("F minus its minimum, one image", x: Axis("step of ISTA", scale: .log), y: Axis("F − F*", scale: .log)) {
      let shown = (1...2000).filter { gaps[$0 - 1] > 1e-9 && ($0 < 30 || $0.isMultiple(of: 20)) }
      Line(x: shown.map(Double.init), y: shown.map { gaps[$0 - 1] }, name: "ISTA")
      Line(x: shown.map(Double.init), y: shown.map { bounds[$0 - 1] }, name: "bound L‖h*‖² ∕ 2k", dash: .dashed)
    }
  }
}

func evidenceFigure() -> Figure {
  Figure("What the point estimate forgets") {
    Plot(
      "Mean over forty examples, in nats", x: Axis("scale s of the decoder", scale: .log), y: "log density", height: 240
    ) {
      Line(x: scales, y: likelihoods, name: "log p(x): all codes", marker: .circle)
      Line(x: scales, y: estimates, name: "max log p(x, h): one code", marker: .square)
      Rule(x: 1, name: "true scale")
    }
  }
}

func holeFigure() -> Figure {
  Figure("A free decoder undoes the penalty", columns: 2) {
    Plot("Population sparseness, new images", x: "iteration", y: Axis("Treves–Rolls", range: 0...1)) {
      for r in 2..<6 {
        Line(x: development[r].map(\.iteration), y: development[r].map(\.population), name: recipes[r].name)
      }
    }
    Plot("Mean length of a decoder column", x: "iteration", y: "‖w*‖") {
      for r in 2..<6 {
        Line(x: development[r].map(\.iteration), y: development[r].map(\.length), name: recipes[r].name)
      }
    }
  }
}

func activationsFigure() -> Figure {
  Figure("Activations of all units on new images", columns: 2) {
    for r in [1, 2, 3, 5] {
      Plot(recipes[r].name, x: "h", y: Axis("share of activations", scale: .log, range: 1e-4...1), height: 150) {
        Histogram(networks[r].encode(Xᵗ).elements, bins: 40, range: 0...1)
      }
    }
  }
}

func filtersFigure() -> Figure {
  let three: [(String, Network)] = [("no penalty", dense), ("KL", sparse), ("Laplace", laplace)]
  return Figure("The hidden units, three networks with unit columns") {
    ImageGrid(
      "Decoder columns of 16 units, the most and the least used; their images: the mean of the ten that excite a unit most, less that of all",
      images: three.flatMap { _, network in
        let (order, H, μᵗ) = (byUse(network, on: X), network.encode(Xᵗ), Xᵗ.columnMeans)
        let excitements = order[..<16].map { l in
          let ten = strongest(H, unit: l)
          return (0..<D).map { i in mean(ten.map { Xᵗ[$0, i] }) - μᵗ[i] }
        }
        let (most, least) = (order[..<16], order[(K - 16)...])
        return most.map(network.decoder.W.column) + excitements + least.map(network.decoder.W.column)
      },
      width: digits.width, height: digits.height, columns: 16, palette: .diverging, scaling: .each,
      rowLabels: three.flatMap { name, _ in ["\(name): most used", "their images", "least used"] })
  }
}

func strengthFigure() -> Figure {
  Figure("The price of sparseness", columns: 2) {
    Plot("Laplace: λ against both", x: Axis("λ", scale: .log), y: Axis("", range: 0...1)) {
      Line(x: λs, y: byλ.map(\.population), name: "population sparseness", marker: .circle)
      Line(x: λs, y: byλ.map(\.error), name: "error, share of variance", marker: .square)
    }
    Plot("Error against sparseness", x: "population sparseness", y: "error, share of variance") {
      Line(x: byλ.map(\.population), y: byλ.map(\.error), name: "Laplace", marker: .circle)
      Line(x: byβ.map(\.population), y: byβ.map(\.error), name: "KL", marker: .square)
      Points(x: [outcomes[1].population], y: [outcomes[1].error], name: "no penalty", marker: .diamond)
    }
  }
}
