import Autoencoders
import Datasets
import LinearAlgebra

// How the networks of this lesson are made and trained, and how what they learnt is measured.

typealias Network = Autoencoder<Double>

/// A step size that falls to a share of `end` over the epochs.
func falling(from rate: Double, to end: Double = 0.01, over epochs: Int) -> LearningRate {
  .exponential(rate, factor: Double.exp(Double.log(end) / Double(epochs)))
}

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
      on: X, loss: .gaussian, corruption: .gaussian(σ: σ), optimiser: Adam(rate: falling(from: 0.02, over: epochs)),
      epochs: epochs, batch: 100, using: &noise
    ) { lesson.progress("denoiser of points", Double($0.number) / Double(epochs)) }
    return network
  }
}

/// A tied network of one hidden layer for digits in [0, 1], trained with the cross-entropy to undo a corruption.
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
      optimiser: Adam(rate: falling(from: 0.01, to: 0.03, over: epochs)), epochs: epochs, batch: 50, using: &noise
    ) { lesson.progress("denoiser of digits", Double($0.number) / Double(epochs)) }
    return network
  }
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

/// The share of the rows of `test` whose nearest row of `training` has another label.
func nearestNeighbourErrors(
  _ training: Matrix<Double>, _ trainingLabels: [Int], _ test: Matrix<Double>, _ testLabels: [Int]
) -> Double {
  // ‖a − b‖² = ‖a‖² + ‖b‖² − 2aᵀb, of which ‖b‖² is the same for all a.
  let products = training * test.T
  let squares = (training ⊙ training).rowSums
  var wrong = 0
  for t in 0..<test.rows {
    var nearest = (distance: Double.infinity, label: -1)
    for n in 0..<training.rows {
      let distance = squares[n] - 2 * products[n, t]
      if distance < nearest.distance { nearest = (distance, trainingLabels[n]) }
    }
    if nearest.label != testLabels[t] { wrong += 1 }
  }
  return Double(wrong) / Double(test.rows)
}
