import Autoencoders
import Datasets
import LinearAlgebra

// How the networks of this lesson are made and trained, and how what they learnt is measured.

typealias Network = Autoencoder<Double>

/// A denoiser of points, d–64–64–d with a linear output, trained on the rows of X with fresh Gaussian noise in every
/// minibatch.
func pointDenoiser(
  of X: Matrix<Double>, σ: Double, _ activation: Activation = .relu, epochs: Int, seed: UInt64
) -> Network {
  var (weights, noise) = (RandomStream(seed: seed, name: "weights"), RandomStream(seed: seed, name: "noise"))
  return lesson.attempt {
    var network = Network(
      encoder: try Stack(sizes: [X.columns, 64], activations: [activation], using: &weights),
      decoder: try Stack(sizes: [64, 64, X.columns], activations: [activation, .identity], using: &weights))
    try network.train(
      on: X, loss: .gaussian, corruption: .gaussian(σ: σ),
      optimiser: Adam(rate: .exponential(0.02, toShare: 0.01, over: epochs)),
      epochs: epochs, batch: 100, using: &noise
    ) { lesson.progress("denoiser of points", Double($0.number) / Double(epochs)) }
    return network
  }
}

/// A tied network of one hidden layer for images in [0, 1], trained with the cross-entropy to undo a corruption.
func digitDenoiser(
  _ images: Matrix<Double>, hidden: Int, _ activation: Activation, _ corruption: Corruption<Double>?, seed: UInt64
) -> Network {
  var (weights, noise) = (RandomStream(seed: seed, name: "weights"), RandomStream(seed: seed, name: "noise"))
  let epochs = 30
  return lesson.attempt {
    var network = try Network(
      inputs: images.columns, hidden: hidden, activation: activation, output: .sigmoid, tied: true, using: &weights)
    try network.train(
      on: images, loss: .bernoulli, corruption: corruption,
      optimiser: Adam(rate: .exponential(0.01, toShare: 0.03, over: epochs)), epochs: epochs, batch: 50, using: &noise
    ) { lesson.progress("denoiser of images", Double($0.number) / Double(epochs)) }
    return network
  }
}

/// The images, two thirds to train with and one to test.
func split(seed: UInt64) -> (training: LabelledImages, test: LabelledImages) {
  var random = RandomStream(seed: seed, name: "split")
  return lesson.attempt { try digits.split(testShare: 1.0 / 3, using: &random) }
}

/// ‖A − B‖² per row.
func error(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Double { (A - B).squaredNorm / Double(A.rows) }

/// How rough a filter w is: the squared differences between pixels side by side or one above the other, added up, over
/// 2‖w‖². White noise has 2 − 1/width − 1/height on average, 1.75 for 8 × 8.
func roughness(_ w: [Double], width: Int) -> Double {
  var differences = 0.0
  for i in w.indices {
    if (i + 1) % width != 0 { differences += (w[i + 1] - w[i]) * (w[i + 1] - w[i]) }
    if i + width < w.count { differences += (w[i + width] - w[i]) * (w[i + width] - w[i]) }
  }
  return differences / (2 * dot(w, w))
}

/// The share of the unseen images whose nearest training image, by what `code` makes of both, has another label.
func nearestNeighbourErrors(_ code: (Matrix<Double>) -> Matrix<Double>) -> Double {
  1 - NearestNeighbour(code(X), labels: training.labels).accuracy(code(unseen), labels: test.labels)
}

/// The median over the units of the roughness of their filters.
func medianRoughness(_ network: Network) -> Double {
  (0..<network.hidden).map { roughness(network.encoder.W.row($0), width: digits.width) }.sorted()[network.hidden / 2]
}

/// By how many standard errors the mean of 2000 corrupted copies of x deviates from what is stated, at the worst pixel.
func deviation(of corrupt: Corruption<Double>, at x: [Double], from mean: (Double) -> Double) -> Double {
  var noise = lesson.stream("2000 copies")
  let copies = corrupt(Matrix(rows: 2000, columns: x.count) { _, i in x[i] }, using: &noise)
  let (means, squares) = (copies.columnMeans, (copies ⊙ copies).columnMeans)
  return x.indices.map { i in
    let variance = max(squares[i] - means[i] * means[i], 1e-12)
    return abs(means[i] - mean(x[i])) / (variance / 2000).squareRoot()
  }.greatest()
}

/// A linear network D–D–D trained by L-BFGS on √λᵢ uᵢ ↦ √λᵢ uᵢ and σeᵢ ↦ 0, of which the squared errors add up to
/// tr (I − P) C (I − P)ᵀ + σ² ‖P‖².
func linearDenoiser(_ u: Matrix<Double>, _ λ: [Double], σ: Double, iterations: Int) -> Network {
  let D = λ.count
  let examples = u * Matrix.diagonal(λ.map { max($0, 0).squareRoot() })
  let nothing = Matrix<Double>(rows: D, columns: D)
  let inputs = Matrix(rows: 2 * D, columns: D, elements: examples.T.elements + (σ * .identity(D)).elements)
  let targets = Matrix(rows: 2 * D, columns: D, elements: examples.T.elements + nothing.elements)
  var weights = lesson.stream("linear weights")
  return lesson.attempt {
    var network = try Network(
      inputs: D, hidden: D, activation: .identity, output: .identity, biases: false, using: &weights)
    let objective = try Objective(network, data: inputs, target: targets, loss: .gaussian)
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-9, valueTolerance: 0)
    network.parameters = try minimiser.minimise(objective).parameters
    return network
  }
}

/// Squared errors of four ways to clean images of Gaussian noise σ.
func cleaning(_ few: Matrix<Double>, σ: Double) -> (nothing: Double, linear: Double, memory: Double, network: Double) {
  lesson.attempt {
    let noise = try Corruption<Double>.gaussian(σ: σ)
    var random = lesson.stream("unseen, noise \(σ)")
    let x̃ = noise(few, using: &random)
    var linear = x̃.subtractingFromEachRow(μ) * (try (S + σ * σ * .identity(D)).solve(S))
    linear.addToEachRow(μ)
    let network = digitDenoiser(X, hidden: hidden, .tanh, noise, seed: lesson.seed)
    return (
      nothing: error(x̃, few), linear: error(linear, few), memory: error(memory.posteriorMean(given: x̃, σ: σ), few),
      network: error(network.reconstruct(x̃), few)
    )
  }
}
