import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

typealias Network = VariationalAutoencoder<Double>

/// A network D–hidden–(μ, log σ²)–hidden–D with a Gaussian likelihood, trained by Adam in
/// batches of 100.
///
/// It is trained in single precision: that is twice as fast, and the noise of the batches is far
/// above its rounding.
///
/// - Parameters:
///   - variance: τ², the variance of the pixels' noise; where it begins, if it is learnt.
///   - start: a factor of the random weights at the start.
///   - epochs: of 1200 images; as many steps if there are more or fewer.
///   - observer: called with the network at the start and at the end of each epoch.
func trainedNetwork(
  _ X: Matrix<Double>, latent: Int, hidden: Int, β: Double = 1, variance: Double = 0.05,
  learnt: Bool = true, start: Double = 1, epochs: Int, seed: UInt64,
  observer: ((Int, Network) -> Void)? = nil
) -> Network {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  let epochs = max(1, epochs * 1200 / X.rows)
  return lesson.attempt {
    var network = try Network(
      inputs: X.columns, hidden: [hidden], latent: latent, activation: .tanh,
      likelihood: .gaussian(variance: variance, learnt: learnt), using: &weights)
    for l in network.encoder.layers.indices { network.encoder.layers[l].W *= start }
    for l in network.decoder.layers.indices { network.decoder.layers[l].W *= start }
    observer?(0, network)
    var single = try VariationalAutoencoder<Float>(
      encoder: inSinglePrecision(network.encoder), decoder: inSinglePrecision(network.decoder),
      likelihood: .gaussian(variance: Float(variance), learnt: learnt))
    let data = Matrix(rows: X.rows, columns: X.columns, elements: X.elements.map { Float($0) })
    let rate = LearningRate.exponential(0.01, toShare: 0.05, over: epochs)
    try single.train(
      on: data, β: Float(β), optimiser: Adam<Float>(rate: rate), epochs: epochs,
      batch: min(100, X.rows), using: &noise
    ) { epoch in
      lesson.progress("variational autoencoder", Double(epoch.number) / Double(epochs))
      guard let observer else { return }
      network.parameters = epoch.parameters.map { Double($0) }
      observer(epoch.number, network)
    }
    network.parameters = single.parameters.map { Double($0) }
    return network
  }
}

private func inSinglePrecision(_ stack: Stack<Double>) -> Stack<Float> {
  Stack(
    stack.layers.map { layer in
      let W = layer.W
      return Dense(
        W: Matrix(rows: W.rows, columns: W.columns, elements: W.elements.map { Float($0) }),
        b: layer.b.map { Float($0) }, activation: layer.activation)
    })
}

/// Forward and back through one half of the network: its output, and from the gradient there that
/// in all of its parameters and that at its input.
func backPropagate(
  _ stack: Stack<Double>, from X: Matrix<Double>,
  gradient atOutput: (_ output: Matrix<Double>) -> Matrix<Double>
) -> (output: Matrix<Double>, parameters: [Double], input: Matrix<Double>) {
  var (pass, gradient) = (stack.passes(examples: X.rows), stack.zeroGradient)
  stack.forward(X, into: &pass)
  let output = pass[pass.count - 1].H
  pass[pass.count - 1].δ = atOutput(output)
  stack.backward(X, pass: &pass, gradient: &gradient)
  return (output, gradient.flatMap { $0.W.elements + $0.b }, pass[0].δ * stack.layers[0].W)
}

/// [A | B]: two matrices of as many rows, side by side.
func beside(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns + B.columns) { n, j in
    j < A.columns ? A[n, j] : B[n, j - A.columns]
  }
}

/// The loss −E log p(x|z) + Σⱼ βⱼ KLⱼ up to a constant, and its gradient in all parameters of a
/// network.
typealias BoundStep = (
  Network, _ x: Matrix<Double>, _ ε: Matrix<Double>, _ τ²: Double, _ β: [Double]
) -> (loss: Double, gradient: [Double])

/// The loss and its gradient in all parameters of a random network, by a lesson's step and by the
/// library, with β = 2.
struct HeartTrial {
  let heart, library: [Double]

  init(_ x: Matrix<Double>, latent k: Int, hidden: Int, _ step: BoundStep) {
    var random = lesson.stream("heart")
    let (τ², ε) = (0.05, Matrix<Double>.normal(rows: x.rows, columns: k, using: &random))
    (heart, library) = lesson.attempt {
      let network = try Network(
        inputs: x.columns, hidden: [hidden], latent: k, activation: .tanh,
        likelihood: .gaussian(variance: τ²), using: &random)
      var objective = try VariationalObjective(network, data: x, β: 2, noise: ε)
      var gradient = [Double](repeating: 0, count: network.parameterCount)
      let loss = objective.value(at: network.parameters, gradient: &gradient)
      let constant = Double(x.columns) / 2 * Double.log(2 * .pi * τ²)
      let own = step(network, x, ε, τ², [Double](repeating: 2, count: k))
      return ([own.loss + constant] + own.gradient, [loss] + gradient)
    }
  }
}

/// The bound after an epoch.
typealias Milestone = (epoch: Int, onTest: Evidence<Double>, onTraining: Double)

/// What is looked at during training: after the first epochs and then after every sixteenth, the
/// bound on held-out and on training images.
func milestone(
  _ epoch: Int, _ network: Network, _ training: Matrix<Double>, _ test: Matrix<Double>,
  seed: UInt64
) -> [Milestone] {
  guard epoch % 16 == 0 || epoch < 5 else { return [] }
  return [
    (
      epoch, evidence(network, test, seed: seed, codes: 2),
      evidence(network, training, seed: seed, codes: 2).mean.bound
    )
  ]
}

/// The evidence lower bound and its terms, a number for each row of X, with 8 codes each.
func evidence(
  _ network: Network, _ X: Matrix<Double>, seed: UInt64, codes: Int = 8
) -> Evidence<Double> {
  var random = RandomStream(seed: seed, name: "evidence")
  return lesson.attempt { try network.evidence(of: X, samples: codes, using: &random) }
}

/// The importance-weighted estimate of log p(x) for each row of X.
func importanceWeighted(
  _ network: Network, _ X: Matrix<Double>, codes: Int, seed: UInt64
) -> [Double] {
  var random = RandomStream(seed: seed, name: "importance weights")
  return lesson.attempt { try network.importanceWeighted(X, samples: codes, using: &random) }
}

/// The objective of a network that was never trained, whose parameters are 0.1 sin 0, 0.1 sin 1,
/// 0.1 sin 2, …
func lossOfWaves(
  _ X: Matrix<Double>, _ ε: Matrix<Double>, hidden: Int, β: Double, variance: Double
) -> Double {
  var weights = RandomStream(seed: 1)
  return lesson.attempt {
    var network = try Network(
      inputs: X.columns, hidden: [hidden], latent: ε.columns, activation: .tanh,
      likelihood: .gaussian(variance: variance), using: &weights)
    network.parameters = (0..<network.parameterCount).map { 0.1 * Double.sin(Double($0)) }
    return try VariationalObjective(network, data: X, β: β, noise: ε).value()
  }
}
