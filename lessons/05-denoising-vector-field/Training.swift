import Autoencoders
import LinearAlgebra
import Notebook

/// A network in single precision, asked and answered in double precision.
struct Denoiser {
  let network: Autoencoder<Float>

  /// r(x̃) for each row of X̃.
  func callAsFunction(_ X̃: Matrix<Double>) -> Matrix<Double> {
    double(network.reconstruct(single(X̃)))
  }

  /// The hidden units for each row of X.
  func encode(_ X: Matrix<Double>) -> Matrix<Double> { double(network.encode(single(X))) }

  /// The rows of W: what each hidden unit looks at.
  var filters: [[Double]] {
    let W = double(network.encoder.W)
    return (0..<W.rows).map { W.row($0) }
  }
}

nonisolated private func single(_ A: Matrix<Double>) -> Matrix<Float> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Float($0) })
}

nonisolated private func double(_ A: Matrix<Float>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Double($0) })
}

/// How long the steps are and how many examples each takes. Adam's rate falls exponentially
/// to `share` of what it begins with.
struct Steps {
  var rate: Double
  var share: Double
  var batch = 50
}

/// Trains on the rows of X, corrupted afresh in every minibatch and compared with the clean ones.
private func train(
  _ start: Autoencoder<Float>, on X: Matrix<Double>, loss: Likelihood<Float>,
  _ corruption: Corruption<Float>?, _ steps: Steps, epochs: Int, seed: UInt64
) throws -> Denoiser {
  var network = start
  var noise = RandomStream(seed: seed, name: "noise")
  try network.train(
    on: single(X), loss: loss, corruption: corruption,
    optimiser: Adam(rate: .exponential(steps.rate, toShare: steps.share, over: epochs)),
    epochs: epochs, batch: steps.batch, using: &noise
  ) { lesson.progress("training", Double($0.number) / Double(epochs)) }
  return Denoiser(network: network)
}

/// A network d–H–H–d that removes Gaussian noise, with weights as Glorot and Bengio scale them
/// and biases that begin at 0.
struct Design {
  let hidden: Int
  var activation = Activation.relu
  let output: Activation
  let loss: Likelihood<Float>
  var steps: Steps

  /// For points: a linear output and the squared error.
  static let points = Design(
    hidden: 64, output: .identity, loss: .gaussian, steps: Steps(rate: 0.02, share: 0.01))
  /// For images in [0, 1]: a sigmoid output and the cross-entropy.
  static let images = Design(
    hidden: 128, output: .sigmoid, loss: .bernoulli, steps: Steps(rate: 0.01, share: 0.03))

  func trained(on X: Matrix<Double>, σ: Double, epochs: Int, seed: UInt64) -> Denoiser {
    let (d, H) = (X.columns, hidden)
    var weights = RandomStream(seed: seed, name: "weights")
    return lesson.attempt {
      let start = Autoencoder<Float>(
        encoder: try Stack(sizes: [d, H], activations: [activation], using: &weights),
        decoder: try Stack(sizes: [H, H, d], activations: [activation, output], using: &weights))
      return try train(
        start, on: X, loss: loss, .gaussian(σ: σ), steps, epochs: epochs, seed: seed)
    }
  }
}

/// A tied network of one hidden layer for images in [0, 1], trained with the cross-entropy to
/// undo a corruption; as it began if `epochs` is 0.
func tiedDenoiser(
  of images: Matrix<Double>, hidden: Int, _ activation: Activation,
  _ corruption: Corruption<Float>?, epochs: Int, seed: UInt64
) -> Denoiser {
  var weights = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    let start = try Autoencoder<Float>(
      inputs: images.columns, hidden: hidden, activation: activation, output: .sigmoid,
      tied: true, using: &weights)
    return epochs == 0
      ? Denoiser(network: start)
      : try train(
        start, on: images, loss: .bernoulli, corruption, Design.images.steps, epochs: epochs,
        seed: seed)
  }
}
