import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// A network that saw clean images only and one that was trained to undo salt and pepper, beside
/// unseen images, clean and corrupted.
struct Restoration {
  let plain, denoising: Denoiser
  let x, x̃: Matrix<Double>
  /// The mean of the training images.
  let μ: [Double]
  /// What is left of the corruption's squared error, as a share of it, by either network.
  let left, untaught: Double
  /// The plain network's on the pixels that are not faint, as a share of the corruption's there.
  let untaughtInked: Double
  /// The pixels that have hardly any ink in training: below 2 % on average.
  let faint: [Int]
  /// The share of the plain network's squared error that falls on the faint pixels.
  let faintShare: Double

  init(of images: LabelledImages, hidden: Int, ν: Double, seed: UInt64) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    let X = parts.training.scaled
    var noise = RandomStream(seed: seed, name: "salt and pepper on unseen digits")
    func network(_ corruption: Corruption<Float>?) -> Denoiser {
      tiedDenoiser(of: X, hidden: hidden, .tanh, corruption, epochs: 60, seed: seed)
    }
    let (plain, denoising) = (network(nil), network(lesson.attempt { try .saltAndPepper(ν) }))
    let (x, μ) = (parts.test.scaled, X.columnMeans)
    let x̃ = lesson.attempt { try Corruption<Double>.saltAndPepper(ν) }(x, using: &noise)
    let miss = plain(x̃) - x
    let squares = (miss ⊙ miss).columnSums
    let corruption = ((x̃ - x) ⊙ (x̃ - x)).columnSums
    let inked = μ.indices.filter { μ[$0] >= 0.02 }
    left = squaredError(denoising(x̃), x) / squaredError(x̃, x)
    untaught = squares.sum() / corruption.sum()
    untaughtInked = inked.map { squares[$0] }.sum() / inked.map { corruption[$0] }.sum()
    faint = μ.indices.filter { μ[$0] < 0.02 }
    faintShare = faint.map { squares[$0] }.sum() / squares.sum()
    (self.plain, self.denoising, self.x, self.x̃, self.μ) = (plain, denoising, x, x̃, μ)
  }
}

/// What two networks and two controls make of clean and of corrupted images.
func restorationRows(_ runs: [Restoration]) -> [[Cell]] {
  let ways: [(String, (Restoration, Matrix<Double>) -> Matrix<Double>)] = [
    ("on clean images", { run, x in run.plain(x) }),
    ("to restore", { run, x in run.denoising(x) }),
    ("doing nothing", { _, x in x }),
    ("mean image", { run, x in rows(run.μ, x.rows) }),
  ]
  return ways.map { name, way in
    [
      Cell(name), band(runs.map { squaredError(way($0, $0.x), $0.x) }),
      band(runs.map { squaredError(way($0, $0.x̃), $0.x) }),
      band(runs.map { squaredError(way($0, $0.x̃), $0.x̃) }),
    ]
  }
}
