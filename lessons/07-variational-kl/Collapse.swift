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

  /// The bound for another noise variance and β = 1, of images of D pixels.
  func bound(variance: Double, pixels D: Int) -> Double {
    let (old, D) = (Study.variance, Double(D))
    let squares = -2 * old * (terms.reconstruction + D / 2 * Double.log(2 * .pi * old))
    return -(squares / variance + D * Double.log(2 * .pi * variance)) / 2 - terms.divergence
  }
}

/// How many dimensions, of at most k, of the linear model would have more than 0.1 nats, if the
/// covariance has the eigenvalues λ and the noise has the variance τ².
func usedIfLinear(_ λ: [Double], k: Int, variance τ²: Double) -> Int {
  min(k, λ.count { $0 > 0 && (τ² == 0 || Double.log($0 / τ²) / 2 > 0.1) })
}

/// Two remedies against collapse.
enum Remedy: String, CaseIterable {
  case annealing = "β grows from 0 to 1 over the first half"
  case freeBits = "half a nat free in each dimension"
}

/// The objective of the lesson's step with a remedy, for the library's Adam.
struct RemediedObjective: StochasticObjective {
  private var network: Network
  private let X: Matrix<Double>
  private let remedy: Remedy
  private let boundStep: BoundStep
  private let steps: Int
  private var step = 0

  init(
    _ network: Network, _ X: Matrix<Double>, _ remedy: Remedy, steps: Int,
    _ boundStep: @escaping BoundStep
  ) {
    (self.network, self.X, self.remedy, self.steps) = (network, X, remedy, steps)
    self.boundStep = boundStep
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
    let β =
      switch remedy {
      case .annealing:
        [Double](repeating: min(1, 2 * Double(step) / Double(steps)), count: network.latent)
      case .freeBits:
        // A dimension pays for its divergence only where that is above half a nat.
        network.posterior(of: x).divergence().columnMeans.map { $0 > 0.5 ? 1.0 : 0 }
      }
    step += 1
    let result = boundStep(network, x, ε, network.noiseVariance ?? .nan, β)
    gradient = result.gradient
    return result.loss
  }
}

/// The same network as that of a sweep with β = 1, trained with a remedy.
func remediedNetwork(
  _ X: Matrix<Double>, _ remedy: Remedy, latent: Int, hidden: Int, variance: Double, epochs: Int,
  seed: UInt64, _ boundStep: @escaping BoundStep
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
      network, X, remedy, steps: epochs * ((X.rows + batch - 1) / batch), boundStep)
    let training = try objective.minimised(
      by: Adam<Double>(rate: .exponential(0.01, toShare: 0.05, over: epochs)), epochs: epochs,
      batch: batch, using: &noise
    ) { lesson.progress(remedy.rawValue, Double($0.number) / Double(epochs)) }
    network.parameters = training.parameters
    return network
  }
}
