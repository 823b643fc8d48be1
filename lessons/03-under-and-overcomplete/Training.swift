import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// How the images of this lesson are divided and its networks made and trained.

typealias Network = Autoencoder<Double>

/// One half of the digits, for training and for testing.
typealias Parts = (training: LabelledImages, test: LabelledImages)

/// The digits 0–4 and 5–9, a quarter of each class held out.
func halves(_ seed: UInt64) -> (low: Parts, high: Parts) {
  var random = RandomStream(seed: seed, name: "split")
  let (training, test) = lesson.attempt { try digits.split(testShare: 0.25, using: &random) }
  return (
    (training.labelled(0...4), test.labelled(0...4)), (training.labelled(5...9), test.labelled(5...9))
  )
}

/// The loss of an image is a sum over its pixels. So that λ means the same for images of any size, it is multiplied by this.
var sizes: Double { Double(D) / 64 }

/// The first step of Adam. More pixels move a unit further by the same change of all its weights, hence smaller steps.
private var rate: Double { 1e-2 / sizes.squareRoot() }

/// Minibatches of 32 by Adam, 80 times through the data with a step that shrinks to a twenty-fifth.
private func withMinibatches(_ network: Network, on X: Matrix<Double>, _ decay: Double, _ seed: UInt64) -> Network {
  var network = network
  var random = RandomStream(seed: seed, name: "minibatches")
  lesson.attempt {
    _ = try network.train(
      on: X, loss: .gaussian, penalties: [try .weightDecay(sizes * decay)],
      optimiser: Adam(rate: .exponential(rate, factor: 0.96)), epochs: 80, batch: min(32, X.rows), using: &random)
  }
  return network
}

/// The lesson's undercomplete autoencoder, D–32–k–32–D: tanh layers around a linear code and a linear output.
func undercomplete(on X: Matrix<Double>, seed: UInt64, decay: Double = 0) -> Network {
  withMinibatches(deep([32, k], seed: seed), on: X, decay, seed)
}

/// One hidden layer of k sigmoids, D–k–D.
func shallow(on X: Matrix<Double>, seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  let network = lesson.attempt {
    try Network(inputs: D, hidden: k, activation: .sigmoid, output: .identity, using: &random)
  }
  return withMinibatches(network, on: X, 0, seed)
}

/// A network with random weights whose encoder has `hidden` layers of tanh, the last of them, the code, linear.
func deep(_ hidden: [Int], seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: D, hidden: hidden, activation: .tanh, code: .identity, output: .identity, using: &random)
  }
}

/// A linear network of K hidden units with random weights and no biases.
func linear(_ K: Int, seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(inputs: D, hidden: K, activation: .identity, output: .identity, biases: false, using: &random)
  }
}

/// Trains by L-BFGS with the full gradient. `watch` sees the network after steps 1, 2, 4, 8, … and the last.
func withLBFGS(
  _ network: Network, on X: Matrix<Double>, steps: Int, decay: Double = 0,
  watch: (_ step: Int, _ network: Network) -> Void = { _, _ in }
) -> Network {
  lesson.attempt {
    var trained = network
    let objective = try Objective(network, data: X, loss: .gaussian, penalties: [try .weightDecay(sizes * decay)])
    // Each pair of vectors that the method remembers takes 20 MB for 28 × 28 pixels.
    let minimiser = LBFGS(maxIterations: steps, gradientTolerance: 1e-9, valueTolerance: 0, memory: D <= 64 ? 10 : 1)
    let result = try minimiser.minimise(objective) { iteration in
      lesson.progress("L-BFGS", Double(iteration.number) / Double(steps))
      guard iteration.number.nonzeroBitCount == 1 else { return }
      trained.parameters = iteration.parameters
      watch(iteration.number, trained)
    }
    trained.parameters = result.parameters
    watch(result.iterations, trained)
    return trained
  }
}

/// Trains D–64–32–1–32–64–D, a code of one number, on `images`: 2000 steps of Adam with the full gradient of a few
/// images, or as many epochs of minibatches as make 2000 steps.
///
/// The weights start three times as large as usual, so that the tanh layers are curved from the beginning. From small
/// weights, where they are nearly linear, training often stays with what one principal component can do.
func oneNumber(on images: LabelledImages, seed: UInt64) -> Network {
  var network = deep([64, 32, 1], seed: seed)
  for l in 0..<3 { network.encoder.layers[l].W *= 3 }
  for l in 0..<2 { network.decoder.layers[l].W *= 3 }
  var random = RandomStream(seed: seed, name: "one number")
  let batch = min(32, images.count)
  let epochs = 2000 / ((images.count + batch - 1) / batch)
  lesson.attempt {
    _ = try network.train(
      on: images.scaled, loss: .gaussian, optimiser: Adam(rate: .linear(rate, to: rate / 100, over: epochs)),
      epochs: epochs,
      batch: batch, using: &random)
  }
  return network
}

/// The errors of the undercomplete network when trained on a few images with weight decay λ.
func starved(_ λ: Double, seed: UInt64, _ low: Parts) -> (training: Double, test: Double, noise: Double) {
  let X = low.training.prefix(few).scaled
  let network = withLBFGS(deep([32, k], seed: seed), on: X, steps: D <= 64 ? 1500 : 400, decay: λ)
  func error(_ X: Matrix<Double>) -> Double { ε(network.reconstruct(X), of: X) }
  return (error(X), error(low.test.scaled), error(noise))
}

/// The figures of this lesson's headline, for the split, the weights and the minibatches of `seed`.
func headlineFigures(_ seed: UInt64) -> KeyValuePairs<String, Double> {
  let (low, high) = halves(seed)
  let (Xʰ, other, handful) = (low.test.scaled, high.test.scaled, low.training.prefix(memorised))
  let code = undercomplete(on: low.training.scaled, seed: seed)
  let memory = oneNumber(on: handful, seed: seed)
  let (free, decayed) = (starved(0, seed: seed, low), starved(1e-2, seed: seed, low))
  return [
    "error of the code of 0–4 at home": ε(code.reconstruct(Xʰ), of: Xʰ),
    "its error on 5–9": ε(code.reconstruct(other), of: other),
    "its wrong neighbours on 0–4": Double(mistakes(low, code.encode)),
    "one number: training error": ε(memory.reconstruct(handful.scaled), of: handful.scaled),
    "one number: held-out error": ε(memory.reconstruct(Xʰ), of: Xʰ),
    "one number: half-way, strangeness": strangeness(inLine(memory, handful.scaled).between, among: Xʰ)
      / strangeness(handful.scaled, among: Xʰ),
    "few images, no decay: held-out error": free.test,
    "few images, λ = 0.01: held-out error": decayed.test,
  ]
}
