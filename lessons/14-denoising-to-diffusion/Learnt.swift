import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

nonisolated func single(_ A: Matrix<Double>) -> Matrix<Float> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Float($0) })
}

nonisolated func double(_ A: Matrix<Float>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Double($0) })
}

/// A network in single precision as a denoiser in double precision.
nonisolated func inDouble(_ denoiser: @escaping Denoiser<Float>) -> Denoiser<Double> {
  { X, level in double(denoiser(single(X), level)) }
}

/// Networks 9–64–64–2 that learn from 2,000 points of a mixture in the plane: rectified
/// linear units, Adam from 0.01 down to a twentieth of it, minibatches of 100.
struct PlaneStudy {
  let mixture: GaussianMixture
  /// Trained on all levels of the schedule, and with as many steps on the middle one alone.
  let all, one: DiffusionNetwork<Float>
  let middle: NoiseLevel
  private let seed: UInt64

  init(_ mixture: GaussianMixture, schedule: NoiseSchedule, epochs: Int, seed: UInt64) {
    self.mixture = mixture
    self.seed = seed
    let centre = schedule[(schedule.count + 1) / 2]
    middle = centre
    var random = RandomStream(seed: seed, name: "plane")
    let X = single(mixture.sample(2000, using: &random))
    let C = mixture.covariance
    (all, one) = lesson.attempt {
      let start = try DiffusionNetwork<Float>(
        dimensions: 2, hidden: [64, 64], variances: [C[0, 0], C[1, 1]], using: &random)
      let alone = try NoiseSchedule(α: [centre.α], σ: [centre.σ])
      let networks = try [schedule, alone].map { schedule in
        var network = start
        try network.train(
          on: X, schedule: schedule,
          optimiser: Adam(rate: .exponential(0.01, toShare: 0.05, over: epochs)), epochs: epochs,
          batch: 100, using: &random)
        return network
      }
      return (networks[0], networks[1])
    }
  }

  /// The cosine of the angle between the learnt and the exact score of p_t, as fields: one for
  /// all of 500 points of p_t.
  func cosine(_ network: DiffusionNetwork<Float>, _ level: NoiseLevel) -> Double {
    cosine(inDouble(network.denoiser()), level)
  }

  /// The same for the score of one Gaussian with the mixture's mean and covariance.
  func cosineOfOneGaussian(_ level: NoiseLevel) -> Double {
    let one = GaussianMixture(
      weights: [1], means: Matrix(rows: 1, columns: 2, elements: mixture.mean),
      covariances: [mixture.covariance])
    return cosine(exact(one), level)
  }

  private func cosine(_ denoiser: Denoiser<Double>, _ level: NoiseLevel) -> Double {
    var random = RandomStream(seed: seed, name: "cosine")
    let noisy = mixture.diffused(α: level.α, σ: level.σ)
    let X = noisy.sample(500, using: &random)
    let clean = denoiser(X, level)
    let learnt = (level.α * clean - X) / (level.σ * level.σ)
    let s = noisy.score(at: X)
    return dot(learnt, s) / (learnt.norm * s.norm)
  }

  /// Samples by Heun's method in 20 levels, as many true points, and the samples' mean distance
  /// from the nearest of 3,000 true points over that of true points.
  func sample(
    _ network: DiffusionNetwork<Float>, _ count: Int, schedule: NoiseSchedule
  ) -> (points: Matrix<Double>, other: Matrix<Double>, away: Double) {
    var random = RandomStream(seed: seed, name: "plane samples")
    let points = lesson.attempt {
      try schedule.thinned(to: 20).sample(
        count, dimensions: 2, by: HeunSampler(), denoiser: inDouble(network.denoiser()),
        using: &random)
    }
    let other = mixture.sample(count, using: &random)
    let many = mixture.sample(3000, using: &random)
    let distances = [points, other].map { X in
      mean(nearestRows(to: X, among: many).map { $0.squaredDistance.squareRoot() })
    }
    return (points, other, distances[0] / distances[1])
  }
}

/// The lesson's step and the library's on one batch of a random network: loss and gradient.
typealias TrainingStep = (
  _ x: Matrix<Double>, _ ε: Matrix<Double>, _ levels: [NoiseLevel], _ layers: [Dense<Double>]
) -> (loss: Double, gradient: [Double])

/// What a network is told of each level, one a row.
func features(_ levels: [NoiseLevel]) -> Matrix<Double> {
  let rows = levels.map { DiffusionNetwork<Double>.features(of: $0) }
  return Matrix(
    rows: rows.count, columns: DiffusionNetwork<Double>.levelFeatures,
    elements: rows.flatMap { $0 })
}

/// [A | B]: two matrices of as many rows, side by side.
func beside(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns + B.columns) { n, j in
    j < A.columns ? A[n, j] : B[n, j - A.columns]
  }
}

struct HeartTrial {
  let heart, library: [Double]
  /// The worst relative error of the library's gradient against central differences, with classes
  /// and unequal variances.
  let differences: Double

  init(_ schedule: NoiseSchedule, seed: UInt64, _ step: TrainingStep) {
    var random = RandomStream(seed: seed, name: "heart")
    (heart, library, differences) = lesson.attempt {
      let network = try DiffusionNetwork<Double>(
        dimensions: 3, hidden: [6, 5], activation: .tanh, using: &random)
      let X = Matrix<Double>.normal(rows: 20, columns: 3, using: &random)
      let ε = Matrix<Double>.normal(rows: 20, columns: 3, using: &random)
      let levels = (0..<20).map { _ in schedule[1 + random.integer(below: schedule.count)] }
      let mine = step(X, ε, levels, network.stack.layers)
      let its = network.loss(X, noise: ε, levels: levels)
      let told = try DiffusionNetwork<Double>(
        dimensions: 3, hidden: [4], activation: .tanh, classes: 2, variances: [2, 0.5, 0],
        using: &random)
      let check = gradientCheck(
        Function(start: told.parameters) { θ, gradient in
          var network = told
          network.parameters = θ
          let (value, g) = network.loss(
            X, noise: ε, levels: levels, labels: (0..<20).map { $0 % 3 == 2 ? nil : $0 % 3 })
          gradient = g.flatMap { $0.W.elements + $0.b }
          return value
        })
      return (
        [mine.loss] + mine.gradient,
        [its.value] + its.gradient.flatMap { $0.W.elements + $0.b }, check.worstError
      )
    }
  }
}
