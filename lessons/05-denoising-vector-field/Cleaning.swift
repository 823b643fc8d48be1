import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// E[x | x̃] if x is one of the rows of X, all equally likely, and x̃ = x + σε: for each row of
/// X̃
/// the mean of the rows of X, weighted by exp(−‖x̃ − xₙ‖² / 2σ²).
func weightedMean(of X: Matrix<Double>, at X̃: Matrix<Double>, σ: Double) -> Matrix<Double> {
  let lengths = (X ⊙ X).rowSums
  let products = X̃ * X.T
  var weights = Matrix<Double>(rows: X̃.rows, columns: X.rows) { m, n in
    (products[m, n] - lengths[n] / 2) / (σ * σ)  // ‖x̃‖² is the same for all n
  }
  for m in 0..<X̃.rows {
    let largest = weights.row(m).greatest()
    for n in 0..<X.rows { weights[m, n] -= largest }
  }
  weights = exp(weights)
  let totals = weights.rowSums
  let sums = weights * X
  return Matrix(rows: X̃.rows, columns: X.columns) { m, i in sums[m, i] / totals[m] }
}

/// Training images and unseen ones.
typealias Parts = (training: Matrix<Double>, unseen: Matrix<Double>)

/// A random fifth of the images is unseen: most of its writers have written training images too.
func randomParts(of images: LabelledImages, seed: UInt64) -> Parts {
  let parts = lesson.attempt { try images.split(testShare: 0.2, seed: seed) }
  return (parts.training.scaled, parts.test.scaled)
}

/// The given fifth of the images in the order of the file is unseen: mostly other writers.
func consecutiveParts(of images: LabelledImages, fifth: Int) -> Parts {
  let range = fifth * images.count / 5..<(fifth + 1) * images.count / 5
  let (pixels, all) = (images.scaled, Array(0..<images.count))
  func rows(_ indices: [Int]) -> Matrix<Double> {
    Matrix(
      rows: indices.count, columns: pixels.columns, elements: indices.flatMap { pixels.row($0) })
  }
  return (rows(all.filter { !range.contains($0) }), pixels[rows: range])
}

/// Squared errors an image of five ways to clean unseen images of Gaussian noise.
struct Cleaning {
  let nothing, mean, linear, memory, network: Double

  /// At most `count` unseen images of `parts` with noise σ; the network is trained with that
  /// noise.
  init(_ parts: Parts, σ: Double, count: Int, epochs: Int, seed: UInt64) {
    let (X, few) = (parts.training, parts.unseen[rows: 0..<min(count, parts.unseen.rows)])
    var random = RandomStream(seed: seed, name: "unseen, noise \(σ)")
    let x̃ = lesson.attempt { try Corruption<Double>.gaussian(σ: σ)(few, using: &random) }
    let μ = X.columnMeans
    let Z = X.subtractingFromEachRow(μ)
    let S = (1 / Double(Z.rows)) * (Z.T * Z)
    var wiener = lesson.attempt {
      x̃.subtractingFromEachRow(μ) * (try (S + σ * σ * .identity(X.columns)).solve(S))
    }
    wiener.addToEachRow(μ)
    let r = deepDenoiser(of: X, σ: σ, epochs: epochs, seed: seed)
    nothing = squaredError(x̃, few)
    mean = squaredError(Matrix(rows: few.rows, columns: few.columns) { _, i in μ[i] }, few)
    linear = squaredError(wiener, few)
    memory = squaredError(weightedMean(of: X, at: x̃, σ: σ), few)
    network = squaredError(r(x̃), few)
  }
}

/// The verdict on differences that are measured in pairs: clear beyond twice their standard
/// error.
func verdict(_ differences: [Double], below: String, above: String) -> String {
  let (difference, error) = (mean(differences), standardError(differences))
  return abs(difference) <= 2 * error ? "no clear difference" : difference < 0 ? below : above
}
