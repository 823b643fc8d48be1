import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// How the images of this lesson are divided and its networks made and trained.

typealias Network = Autoencoder<Double>

/// Images for training and for testing.
typealias Parts = (training: LabelledImages, test: LabelledImages)

/// The images, brought down to at most 16 pixels a side, which is said on the page.
func smallEnough(_ images: LabelledImages, line: Int = #line) -> LabelledImages {
  let small = images.averaged(toSide: 16)
  if small.width < images.width {
    lesson.say(
      "(Dozens of networks are trained on this page, so these images of \(images.width) × "
        + "\(images.height) pixels were averaged over blocks, down to "
        + "\(small.width) × \(small.height).)", line: line)
  }
  return small
}

/// The classes 0–4 and 5–9 of `parts`.
func halves(_ parts: Parts) -> (low: Parts, high: Parts) {
  (
    (parts.training.labelled(0...4), parts.test.labelled(0...4)),
    (parts.training.labelled(5...9), parts.test.labelled(5...9))
  )
}

/// A quarter of each class held out at random, and the rest in a random order, so that the first
/// few of it are not those of a few writers.
func randomSplit(_ images: LabelledImages, seed: UInt64) -> Parts {
  let (training, test) = lesson.attempt { try images.split(testShare: 0.25, seed: seed) }
  var stream = RandomStream(seed: seed, name: "order")
  return (training[stream.permutation(training.count)], test)
}

/// The last quarter of the file held out: as those who wrote the digits follow each other in it,
/// a stand-in for writers who were not there in training.
func blockSplit(_ images: LabelledImages) -> Parts {
  let first = images.count - images.count / 4
  return (images.prefix(first), images[first..<images.count])
}

/// The loss of an image is a sum over its pixels. So that a decay means the same for images of
/// any size, it is multiplied by this.
func sizeFactor(pixels D: Int) -> Double { Double(D) / 64 }

/// The first step of Adam. More pixels move a unit further by the same change of all its weights,
/// hence smaller steps.
private func firstRate(pixels D: Int) -> Double { 1e-2 / sizeFactor(pixels: D).squareRoot() }

/// Minibatches of 32 by Adam; over all epochs the step shrinks to a twenty-fifth.
private func withMinibatches(
  _ network: Network, on X: Matrix<Double>, epochs: Int, seed: UInt64
) -> Network {
  let D = X.columns
  var network = network
  var random = RandomStream(seed: seed, name: "minibatches")
  lesson.attempt {
    let rate = LearningRate.exponential(firstRate(pixels: D), toShare: 0.04, over: epochs)
    _ = try network.train(
      on: X, loss: .gaussian, optimiser: Adam(rate: rate), epochs: epochs,
      batch: min(32, X.rows), using: &random)
  }
  return network
}

/// The lesson's undercomplete autoencoder, D–32–k–32–D: tanh layers around a linear code and a
/// linear output.
func undercomplete(_ k: Int, on X: Matrix<Double>, epochs: Int, seed: UInt64) -> Network {
  let start = deep([32, k], inputs: X.columns, seed: seed)
  return withMinibatches(start, on: X, epochs: epochs, seed: seed)
}

/// One hidden layer of k sigmoids, D–k–D.
func shallow(_ k: Int, on X: Matrix<Double>, epochs: Int, seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  let network = lesson.attempt {
    try Network(
      inputs: X.columns, hidden: k, activation: .sigmoid, output: .identity, using: &random)
  }
  return withMinibatches(network, on: X, epochs: epochs, seed: seed)
}

/// A network with random weights, uniform in ±√(6 / (inputs + outputs)) of a layer, and biases of
/// 0; its encoder has `hidden` layers of tanh, the last of them, the code, linear.
func deep(_ hidden: [Int], inputs D: Int, seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: D, hidden: hidden, activation: .tanh, code: .identity, output: .identity,
      using: &random)
  }
}

/// A linear network of K hidden units with random weights and no biases.
func linear(_ K: Int, inputs D: Int, seed: UInt64) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: D, hidden: K, activation: .identity, output: .identity, biases: false,
      using: &random)
  }
}

/// As many examples as the span of the rows of X has dimensions, with the same XᵀX/N.
func examples(
  _ rank: Int, likeThose spectrum: SVD<Double>, of rows: Int
) -> Matrix<Double> {
  let scale = (Double(rank) / Double(rows)).squareRoot()
  let lengths = (0..<rank).map { scale * spectrum.σ[$0] }
  return Matrix.diagonal(lengths) * spectrum.truncated(to: rank).V.T
}

/// Trains by L-BFGS with the full gradient. `watch` sees the network after steps 1, 2, 4, 8, …
/// and the last.
func withLBFGS(
  _ network: Network, on X: Matrix<Double>, steps: Int, decay: Double = 0,
  watch: (_ step: Int, _ network: Network) -> Void = { _, _ in }
) -> Network {
  let D = X.columns
  return lesson.attempt {
    var trained = network
    let penalty = try Penalty<Double>.weightDecay(sizeFactor(pixels: D) * decay)
    let objective = try Objective(network, data: X, loss: .gaussian, penalties: [penalty])
    let minimiser = LBFGS(
      maxIterations: steps, gradientTolerance: 1e-9, valueTolerance: 0, memory: 10)
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

/// Trains D–64–32–1–32–64–D, a code of one number, on `images`: `updates` steps of Adam with the
/// full gradient of a few images, or as many epochs of minibatches as make that number of steps.
/// The weights of all tanh layers start `scale` times as large as usual.
func oneNumber(
  on images: LabelledImages, scale: Double, updates: Int, seed: UInt64
) -> Network {
  let D = images.width * images.height
  var network = deep([64, 32, 1], inputs: D, seed: seed)
  for l in 0..<3 { network.encoder.layers[l].W *= scale }
  for l in 0..<2 { network.decoder.layers[l].W *= scale }
  var random = RandomStream(seed: seed, name: "one number")
  let batch = min(32, images.count)
  let epochs = max(1, updates / ((images.count + batch - 1) / batch))
  let rate = firstRate(pixels: D)
  lesson.attempt {
    _ = try network.train(
      on: images.scaled, loss: .gaussian,
      optimiser: Adam(rate: .linear(rate, to: rate / 100, over: epochs)), epochs: epochs,
      batch: batch, using: &random)
  }
  return network
}

/// Networks of one number from several starts.
func oneNumbers(
  on images: LabelledImages, scale: Double, updates: Int, starts: Int, seed: UInt64
) -> [Network] {
  (0..<starts).map {
    oneNumber(on: images, scale: scale, updates: updates, seed: seed &+ UInt64($0))
  }
}
