import Autoencoders
import LinearAlgebra
import Notebook

/// A network with a fixed noise variance τ² and some weight β of the divergence, measured on
/// held-out images.
struct WeightTrial {
  let β: Double
  let terms: (reconstruction: Double, divergence: Double, bound: Double)
  /// ‖x − x̂(μ)‖² per image.
  let error: Double
  /// Of each latent dimension, the largest first.
  let divergences: [Double]

  init(β: Double, _ network: Network, on test: Matrix<Double>, seed: UInt64) {
    self.β = β
    terms = evidence(network, test, seed: seed).mean
    error = squaredError(network.reconstruct(test), test)
    divergences = network.posterior(of: test).divergence().columnMeans.sorted(by: >)
  }

  /// The dimensions with more than 0.1 nats.
  var used: Int { divergences.count { $0 > 0.1 } }
}

/// How many dimensions of the linear model would have more than 0.1 nats, of at most k, if the
/// covariance has the eigenvalues λ and the noise the variance τ².
func usedIfLinear(_ λ: [Double], k: Int, variance τ²: Double) -> Int {
  min(k, λ.count { $0 > 0 && (τ² == 0 || Double.log($0 / τ²) / 2 > 0.1) })
}

/// Two remedies against collapse.
enum Remedy: String, CaseIterable {
  case annealing = "β grows from 0 to 1 over the first half"
  case freeBits = "half a nat free in each dimension"
}

/// The gradient of −E log p(x|z) + Σⱼ βⱼ KLⱼ for a network, images x, noise ε, τ² and β.
typealias BoundGradient = (Network, Matrix<Double>, Matrix<Double>, Double, [Double]) -> [Double]

/// The objective of the lesson's step with a remedy, for the library's Adam.
struct RemediedObjective: StochasticObjective {
  private var network: Network
  private let X: Matrix<Double>
  private let remedy: Remedy
  private let boundGradient: BoundGradient
  private let steps: Int
  private var step = 0

  init(
    _ network: Network, _ X: Matrix<Double>, _ remedy: Remedy, steps: Int,
    _ boundGradient: @escaping BoundGradient
  ) {
    (self.network, self.X, self.remedy, self.steps) = (network, X, remedy, steps)
    self.boundGradient = boundGradient
  }

  var start: [Double] { network.parameters }
  var exampleCount: Int { X.rows }

  mutating func value(
    at θ: [Double], gradient: inout [Double], examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Double {
    network.parameters = θ
    var x = Matrix<Double>(rows: examples.count, columns: X.columns)
    x.gatherRows(examples, of: X)
    let ε = Matrix<Double>.normal(rows: x.rows, columns: network.latent, using: &stream)
    let q = network.posterior(of: x)
    let perDimension = q.divergence().columnMeans
    // Free bits: a dimension pays for its divergence only where that is above half a nat.
    let β =
      switch remedy {
      case .annealing:
        [Double](repeating: min(1, 2 * Double(step) / Double(steps)), count: network.latent)
      case .freeBits: perDimension.map { $0 > 0.5 ? 1.0 : 0 }
      }
    gradient = boundGradient(network, x, ε, network.noiseVariance ?? .nan, β)
    step += 1
    let fit = network.logLikelihood(of: x, given: q.sample(ε))
    return dot(β, perDimension) - mean(fit)
  }
}

/// The same network as that of a sweep with β = 1, trained with a remedy.
func remediedNetwork(
  _ X: Matrix<Double>, _ remedy: Remedy, latent: Int, hidden: Int, variance: Double, epochs: Int,
  seed: UInt64, _ boundGradient: @escaping BoundGradient
) -> Network {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  let epochs = max(1, epochs * 1200 / X.rows)
  let batch = min(100, X.rows)
  return lesson.attempt {
    var network = try Network(
      inputs: X.columns, hidden: [hidden], latent: latent, activation: .tanh,
      likelihood: .gaussian(variance: variance), using: &weights)
    let objective = RemediedObjective(
      network, X, remedy, steps: epochs * ((X.rows + batch - 1) / batch), boundGradient)
    let training = try objective.minimised(
      by: Adam<Double>(rate: .exponential(0.01, toShare: 0.05, over: epochs)), epochs: epochs,
      batch: batch, using: &noise
    ) { lesson.progress(remedy.rawValue, Double($0.number) / Double(epochs)) }
    network.parameters = training.parameters
    return network
  }
}
