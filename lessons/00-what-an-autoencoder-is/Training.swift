import Autoencoders
import LinearAlgebra
import Notebook

// How the networks of this lesson are made, trained and measured. The data are those of main.swift.

/// A network of one hidden layer of sigmoid units with random weights.
func randomNetwork(
  _ seed: UInt64, inputs: Int, hidden: Int, output: Activation = .identity, tied: Bool = false
) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(inputs: inputs, hidden: hidden, activation: .sigmoid, output: output, tied: tied, using: &random)
  }
}

/// The same encoder with the decoder W* = `scale` · Wᵀ, not tied to it: from there on the two may part.
func mirrored(_ network: Network, scale: Double = 1) -> Network {
  var network = network
  network.decoder.W = scale * network.encoder.W.T
  return network
}

/// The mean over examples of ½ ‖x − x̂‖².
func meanLoss(_ network: Network, on X: Matrix<Double>) -> Double {
  0.5 * (network.reconstruct(X) - X).squaredNorm / Double(X.rows)
}

/// The cosine of the angle between two matrices, taken as vectors.
func cosine(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Double { dot(A, B) / (A.norm * B.norm) }

/// The gradient of the mean loss in all parameters, in the shape of a network.
func gradient(_ network: Network, on X: Matrix<Double>) -> Network {
  var g = network
  g.parameters = lesson.attempt { try Objective(network, data: X, loss: .gaussian).gradient() }
  return g
}

/// What one step of recirculation of size 1 on all of X adds to the parameters, in the shape of a network.
func recirculationChange(_ network: Network, on X: Matrix<Double>, regression r: Double) -> Network {
  var (after, change, unused) = (network, network, RandomStream(seed: 0))
  lesson.attempt { _ = try Recirculation(rate: 1, regression: r).train(&after, on: X, epochs: 1, using: &unused) }
  change.parameters = zip(after.parameters, network.parameters).map { $0 - $1 }
  return change
}

/// The cosine between recirculation's change of W and the way of steepest descent, −∂L/∂W.
func descentCosine(_ network: Network, on X: Matrix<Double>, regression r: Double) -> Double {
  -cosine(recirculationChange(network, on: X, regression: r).encoder.W, gradient(network, on: X).encoder.W)
}

/// A way to train.
enum Method {
  /// By the gradient, which back-propagation computes.
  case backpropagation(any Optimiser<Double>)
  /// The same, with the encoder left as it is: what the decoder achieves alone.
  case decoderOnly(rate: LearningRate)
  case recirculation(rate: LearningRate, regression: Double)
}

/// A network as training left it, with milestones on the way.
struct Trained {
  /// Where training stood at the end of an epoch.
  struct Milestone {
    let epoch: Int
    let loss: Double
    let heldOutLoss: Double
    /// cos(W*, Wᵀ).
    let alignment: Double
    /// The cosine of recirculation's next change of W and steepest descent; NaN for other methods.
    let descent: Double
  }

  var network: Network
  var milestones: [Milestone] = []
  var last: Milestone { milestones[milestones.count - 1] }
  /// By how much cos(W*, Wᵀ) has grown in training.
  var growth: Double { last.alignment - milestones[0].alignment }
  /// The mean after the third epoch of the cosine between recirculation's change of W and steepest descent.
  var compass: Double { milestones.dropFirst(4).map(\.descent).sum() / Double(milestones.count - 4) }

  mutating func record(_ epoch: Int, _ θ: [Double], regression: Double?) {
    network.parameters = θ
    milestones.append(
      Milestone(
        epoch: epoch, loss: meanLoss(network, on: training), heldOutLoss: meanLoss(network, on: heldOut),
        alignment: cosine(network.decoder.W, network.encoder.W.T),
        descent: regression.map {
          descentCosine(network, on: training[rows: 0..<min(300, training.rows)], regression: $0)
        } ?? .nan))
  }
}

/// Trains `start` on the training images in minibatches of 20, with ½ ‖x − x̂‖² as the loss.
func train(_ start: Network, by method: Method, epochs: Int, seed: UInt64) -> Trained {
  var trained = Trained(network: start)
  var random = RandomStream(seed: seed, name: "minibatches")
  var regression: Double?
  if case .recirculation(_, let r) = method { regression = r }
  trained.record(0, start.parameters, regression: regression)

  func observe(_ epoch: Epoch<Double>) {
    lesson.progress("training", Double(epoch.number) / Double(epochs))
    // The first epochs one by one, then every fifth: enough for a curve.
    guard epoch.number <= 10 || epoch.number.isMultiple(of: 5) || epoch.number == epochs else { return }
    trained.record(epoch.number, epoch.parameters, regression: regression)
  }

  lesson.attempt {
    let objective = try Objective(start, data: training, loss: .gaussian)
    switch method {
    case .backpropagation(let optimiser):
      _ = try objective.minimised(by: optimiser, epochs: epochs, batch: 20, using: &random, observer: observe)
    case .decoderOnly(let rate):
      let decoder = WithFixedEncoder(objective: objective, encoderParameters: start.encoder.parameterCount)
      _ = try decoder.minimised(by: SGD(rate: rate), epochs: epochs, batch: 20, using: &random, observer: observe)
    case .recirculation(let rate, let regression):
      var network = start
      try Recirculation(rate: rate, regression: regression).train(
        &network, on: training, epochs: epochs, batch: 20, using: &random, observer: observe)
    }
  }
  return trained
}

/// A loss whose gradient in the encoder's parameters is replaced by zero.
struct WithFixedEncoder: StochasticObjective {
  var objective: Objective<Double>
  let encoderParameters: Int

  var start: [Double] { objective.start }
  var exampleCount: Int { objective.exampleCount }

  mutating func value(
    at θ: [Double], gradient: inout [Double], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Double {
    let value = objective.value(at: θ, gradient: &gradient, examples: examples, using: &stream)
    for i in 0..<encoderParameters { gradient[i] = 0 }
    return value
  }
}

/// Trains by recirculation with steps of `steps` · η / (1 − r), for which the decoder's are those of back-propagation.
func recirculated(_ start: Network, steps: Double = 1, seed: UInt64 = seed) -> Trained {
  train(start, by: .recirculation(rate: .constant(steps * η / (1 - r)), regression: r), epochs: epochs, seed: seed)
}

/// The figures of this lesson's headline, trained from the weights and minibatches of `seed`.
func headlineFigures(_ seed: UInt64) -> KeyValuePairs<String, Double> {
  let start = randomNetwork(seed, inputs: D, hidden: k)
  let descent = train(start, by: .backpropagation(SGD(rate: .constant(η))), epochs: epochs, seed: seed)
  let recirculation = recirculated(start, seed: seed)
  let decoderOnly = train(start, by: .decoderOnly(rate: .constant(η)), epochs: epochs, seed: seed)
  return [
    "back-propagation: training loss": descent.last.loss,
    "back-propagation: held-out loss": descent.last.heldOutLoss,
    "recirculation: held-out loss": recirculation.last.heldOutLoss,
    "recirculation over back-propagation, training": recirculation.last.loss / descent.last.loss,
    "recirculation over back-propagation, held out": recirculation.last.heldOutLoss / descent.last.heldOutLoss,
    "decoder only: held-out loss": decoderOnly.last.heldOutLoss,
    "recirculation: cosine of decoder and encoder": recirculation.last.alignment,
  ]
}
