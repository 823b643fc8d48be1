import Autoencoders
import LinearAlgebra
import Notebook
import Plotting

// The figures of this lesson, drawn from the quantities of main.swift.

func corruptionFigure() -> Figure {
  var noise = lesson.stream("examples of noise")
  let clean = unseen[rows: 0..<10]
  let rows = [clean] + corruptions.map { $0.apply(clean, using: &noise) }
  return Figure("The same images, spoilt") {
    ImageGrid(
      "Grey values below 0 and above 1 are shown as 0 and 1", images: rows.flatMap { A in (0..<10).map { A.row($0) } },
      width: digits.width, height: digits.height, columns: 10, range: 0...1,
      rowLabels: ["clean"] + corruptions.map(\.name))
  }
}

func oneDimensionFigure() -> Figure {
  Figure("Reconstruction against input; data at −½, 0, ½", columns: 2) {
    for i in 0..<2 { comparison("σ = \(levels[i])", best: optimal[i], learnt: learnt[i]) }
  }
}

func fieldsFigure() -> Figure {
  Figure("r(x̃) − x̃ over log p_σ", columns: 2) {
    portrait("Circle, exact", circle, σ: σ, reach: 1.6, exact)
    portrait("Circle, learnt", circle, σ: σ, reach: 1.6, fields[0].reconstruct)
    portrait("Spiral, learnt", planar[1].p, σ: 0.1, reach: 1.3, fields[1].reconstruct)
    portrait("Moons, learnt", planar[2].p, σ: 0.2, reach: 1.8, fields[2].reconstruct)
  }
}

func restorationFigure() -> Figure {
  Figure("Unseen images under salt and pepper") {
    ImageGrid(
      images: [unseen, x̃, plain.reconstruct(x̃), denoising.reconstruct(x̃)].flatMap { A in (0..<12).map { A.row($0) } },
      width: digits.width, height: digits.height, columns: 12, range: 0...1,
      rowLabels: ["original", "corrupted", "plain", "denoising"])
  }
}

func filterFigure() -> Figure {
  let filters = networks.map { network in (0..<20).map { network.encoder.W.row($0) } }
  let largest = filters.joined().joined().map(abs).greatest()
  return Figure("Rows of W as images, the first 20 units", columns: 3) {
    for (ν, images) in zip(shares, filters) {
      ImageGrid(
        Numeral.percent(ν, decimals: 0), images: images, width: digits.width, height: digits.height, columns: 4,
        range: -largest...largest, palette: .diverging)
    }
  }
}
