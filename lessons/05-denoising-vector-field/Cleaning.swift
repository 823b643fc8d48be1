import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// E[x | x̃] where x is one of the rows of X, all equally likely, plus Gaussian noise of width
/// τ, and x̃ = x + σε: for each row of X̃ the weighted mean of the rows of X, drawn towards x̃.
///
/// The weight of xₙ is exp(−‖x̃ − xₙ‖² / 2(σ² + τ²)). With τ = 0 these are the rows themselves;
/// with τ > 0 a Gaussian stands about each, as in a kernel estimate of a density.
func weightedMean(
  of X: Matrix<Double>, at X̃: Matrix<Double>, σ: Double, τ: Double = 0
) -> Matrix<Double> {
  let variance = σ * σ + τ * τ
  var weights = (1 / variance) * (X̃ * X.T)
  // ‖x̃‖² is the same for all n and cancels.
  weights.addToEachRow((-0.5 / variance) .* (X ⊙ X).rowSums)
  for m in 0..<X̃.rows {
    let largest = weights.row(m).greatest()
    for n in 0..<X.rows { weights[m, n] -= largest }
  }
  weights = exp(weights)
  let totals = weights.rowSums
  let sums = weights * X
  let (keep, pull) = (τ * τ / variance, σ * σ / variance)
  return Matrix(rows: X̃.rows, columns: X.columns) { m, i in
    keep * X̃[m, i] + pull * sums[m, i] / totals[m]
  }
}

/// Training images and unseen ones.
struct Parts {
  let training, unseen: Matrix<Double>
  /// Unseen images over training images.
  static let testPerTraining = 1.0 / 5

  /// One sixth of the images, in the order of the file, is unseen: mostly other writers' digits.
  init(of images: LabelledImages, sixth: Int) {
    let range = sixth * images.count / 6..<(sixth + 1) * images.count / 6
    training = images[(0..<images.count).filter { !range.contains($0) }].scaled
    unseen = images[range].scaled
  }

  /// A random sixth is unseen, but none of the last sixth of the file: most of the writers have
  /// written training images too.
  init(of images: LabelledImages, seed: UInt64) {
    let last = 5 * images.count / 6
    var random = RandomStream(seed: seed, name: "random sixth")
    let indices = random.permutation(last)
    let count = images.count / 6
    training = images[indices[count...].sorted() + (last..<images.count)].scaled
    unseen = images[indices[..<count].sorted()].scaled
  }

  /// The unseen images with noise σ.
  func noisy(σ: Double, seed: UInt64) -> Matrix<Double> {
    var random = RandomStream(seed: seed, name: "unseen, noise \(σ)")
    return lesson.attempt { try Corruption<Double>.gaussian(σ: σ)(unseen, using: &random) }
  }

  /// The width τ, of seven from 0 to 0.4, whose weighted mean cleans the unseen images best.
  func bestWidth(σ: Double, seed: UInt64) -> Double {
    let x̃ = noisy(σ: σ, seed: seed)
    let widths = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4]
    let errors = widths.map { τ in
      squaredError(weightedMean(of: training, at: x̃, σ: σ, τ: τ), unseen)
    }
    return widths[errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }]
  }
}

/// A setting of the network's steps, and the error it leaves on images that no result is told of.
struct Setting {
  let steps: Steps
  let error: Double

  /// Four settings, tried on the unseen images of `parts`.
  static func all(on parts: Parts, σ: Double, epochs: Int, seed: UInt64) -> [Setting] {
    [(0.005, 50), (0.01, 50), (0.02, 50), (0.01, 100)].map { rate, batch in
      var design = Design.images
      design.steps.rate = rate
      design.steps.batch = batch
      let r = design.trained(on: parts.training, σ: σ, epochs: epochs, seed: seed)
      return Setting(
        steps: design.steps, error: squaredError(r(parts.noisy(σ: σ, seed: seed)), parts.unseen))
    }
  }
}

/// Squared errors an image of six ways to clean unseen images of Gaussian noise.
struct Cleaning {
  let nothing, mean, linear, memory, widened, network: Double

  init(_ parts: Parts, σ: Double, τ: Double, _ design: Design, epochs: Int, seed: UInt64) {
    let (X, clean) = (parts.training, parts.unseen)
    let x̃ = parts.noisy(σ: σ, seed: seed)
    let filter = LinearDenoising(of: X, σ: σ)
    let r = design.trained(on: X, σ: σ, epochs: epochs, seed: seed)
    nothing = squaredError(x̃, clean)
    mean = squaredError(rows(filter.μ, clean.rows), clean)
    linear = squaredError(filter(x̃), clean)
    memory = squaredError(weightedMean(of: X, at: x̃, σ: σ), clean)
    widened = squaredError(weightedMean(of: X, at: x̃, σ: σ, τ: τ), clean)
    network = squaredError(r(x̃), clean)
  }
}

/// The mean error of each way that does something.
func cells(_ found: [Cleaning]) -> [Cell] {
  [\Cleaning.mean, \.linear, \.memory, \.widened, \.network].map { way in
    Cell(mean(found.map { $0[keyPath: way] }), significant: 3)
  }
}

/// Network − widened weighted mean, in pairs.
func gaps(_ found: [Cleaning]) -> [Double] { found.map { $0.network - $0.widened } }

/// The verdict on differences measured in pairs: clear if a 95 % interval by Student's t, with
/// one degree of freedom less than there are pairs, does not contain 0; `ρ` for splits whose
/// training images overlap (lesson 12).
func verdict(
  _ differences: [Double], testPerTraining ρ: Double = 0, below: String, above: String
) -> String {
  let quantiles = [12.71, 4.303, 3.182, 2.776]  // for 2, 3, 4, 5 pairs
  let difference = mean(differences)
  let reach = quantiles[differences.count - 2] * standardError(differences, testPerTraining: ρ)
  return abs(difference) <= reach ? "no clear difference" : difference < 0 ? below : above
}

/// Who cleans better, the network or the widened weighted mean.
func winner(_ found: [Cleaning]) -> String {
  verdict(
    gaps(found), testPerTraining: Parts.testPerTraining, below: "the network wins",
    above: "the mean wins")
}

/// A mean difference with its standard error.
func measured(_ differences: [Double], testPerTraining ρ: Double = 0) -> String {
  Numeral.meanAndError(differences, .significant(2), testPerTraining: ρ)
}

/// Mean and range of what several runs gave.
func band(_ values: [Double]) -> Cell {
  Cell(Numeral.meanAndRange(values, .significant(3)))
}
