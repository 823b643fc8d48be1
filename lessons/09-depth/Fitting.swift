import Autoencoders
import LinearAlgebra
import Notebook

// Networks of one variable that learn the tents from random weights.

/// A network that has learnt: its exact distance from the tents, and its pieces.
struct Fit {
  let error: Double, pieces: Int, network: Stack<Double>
}

/// A random ReLU network of one variable: the first layer's kinks are uniform in [0, 1], its
/// slopes ±1 times a normal number; the layers above have He's weights and biases within ±½.
func randomNetwork(_ hidden: [Int], using random: inout RandomStream) -> Stack<Double> {
  var layers: [Dense<Double>] = []
  for (l, units) in hidden.enumerated() {
    let inputs = l == 0 ? 1 : hidden[l - 1]
    let gain = (2 / Double(inputs)).squareRoot()
    let W = gain * Matrix<Double>.normal(rows: units, columns: inputs, using: &random)
    let b = (0..<units).map { j in
      l == 0 ? -W[j, 0] * random.uniform() : random.uniform() - 0.5
    }
    layers.append(Dense(W: W, b: b, activation: .relu))
  }
  let top = hidden[hidden.count - 1]
  let gain = (1 / Double(top)).squareRoot()
  let W = gain * Matrix<Double>.normal(rows: 1, columns: top, using: &random)
  return Stack(layers + [Dense(W: W, b: [0], activation: .identity)])
}

/// Adam on half the squared error at 257 points of L tents, from random weights.
func fit(_ hidden: [Int], to L: Int, steps: Int, seed: UInt64, start: Int) -> Fit {
  lesson.attempt {
    var random = RandomStream(seed: seed, name: "fit \(hidden) \(start)")
    let network = randomNetwork(hidden, using: &random)
    let X = Matrix<Double>(rows: 257, columns: 1) { n, _ in Double(n) / 256 }
    let target = tents(L)(X)
    let top = network.layers.count - 1
    var learner = Autoencoder(
      encoder: Stack(Array(network.layers[..<top])), decoder: Stack([network.layers[top]]))
    let objective = try Objective(learner, data: X, target: target, loss: .gaussian)
    let training = try objective.minimised(
      by: Adam(rate: .exponential(0.02, toShare: 0.05, over: steps)), epochs: steps,
      using: &random)
    learner.parameters = training.parameters
    let learnt = Stack(learner.encoder.layers + learner.decoder.layers)
    return Fit(
      error: distance(tents(L), learnt), pieces: try learnt.linearPieces(in: 0...1).count,
      network: learnt)
  }
}

/// Fits from several random starts, the best first.
func fits(_ hidden: [Int], to L: Int, steps: Int, seed: UInt64, starts: Int) -> [Fit] {
  (0..<starts).map { fit(hidden, to: L, steps: steps, seed: seed, start: $0) }
    .sorted { $0.error < $1.error }
}

/// How many pieces random networks have on [0, 1].
func randomPieces(_ hidden: [Int], draws: Int, seed: UInt64) -> [Double] {
  var random = RandomStream(seed: seed, name: "random pieces \(hidden)")
  return lesson.attempt {
    try (0..<draws).map { _ in
      Double(try randomNetwork(hidden, using: &random).linearPieces(in: 0...1).count)
    }
  }
}
