import Autoencoders
import LinearAlgebra
import Notebook

/// A network trained in single precision, which is twice as fast and loses nothing that is
/// measured
/// here; asked and answered in double precision.
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

private func single(_ A: Matrix<Double>) -> Matrix<Float> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Float($0) })
}

private func double(_ A: Matrix<Float>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Double($0) })
}

/// The images as the loss takes them: spoilt afresh in each minibatch, compared with the clean
/// ones.
typealias Spoiling = Corruption<Float>

/// A denoiser of points, d–64–64–d with a linear output: Adam from a rate of 0.02, which falls
/// to a
/// hundredth of it; minibatches of 100; weights as Glorot and Bengio scale them, biases 0.
func pointDenoiser(
  of X: Matrix<Double>, σ: Double, _ activation: Activation = .relu, epochs: Int, seed: UInt64
) -> Denoiser {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  return lesson.attempt {
    var network = Autoencoder<Float>(
      encoder: try Stack(sizes: [X.columns, 64], activations: [activation], using: &weights),
      decoder: try Stack(
        sizes: [64, 64, X.columns], activations: [activation, .identity], using: &weights))
    try network.train(
      on: single(X), loss: .gaussian, corruption: .gaussian(σ: σ),
      optimiser: Adam(rate: .exponential(0.02, toShare: 0.01, over: epochs)),
      epochs: epochs, batch: 100, using: &noise
    ) { lesson.progress("denoiser of points", Double($0.number) / Double(epochs)) }
    return Denoiser(network: network)
  }
}

/// A tied network of one hidden layer for images in [0, 1], trained with the cross-entropy to
/// undo
/// a corruption: Adam from a rate of 0.01, which falls to 3 % of it; minibatches of 50.
func imageDenoiser(
  of images: Matrix<Double>, hidden: Int, _ activation: Activation, _ corruption: Spoiling?,
  epochs: Int, seed: UInt64
) -> Denoiser {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  return lesson.attempt {
    var network = try Autoencoder<Float>(
      inputs: images.columns, hidden: hidden, activation: activation, output: .sigmoid,
      tied: true, using: &weights)
    try network.train(
      on: single(images), loss: .bernoulli, corruption: corruption,
      optimiser: Adam(rate: .exponential(0.01, toShare: 0.03, over: epochs)),
      epochs: epochs, batch: 50, using: &noise
    ) { lesson.progress("denoiser of images", Double($0.number) / Double(epochs)) }
    return Denoiser(network: network)
  }
}

/// A network D–128–128–D with rectified linear units for images in [0, 1], trained with the
/// cross-entropy to undo Gaussian noise: Adam from a rate of 0.01, which falls to 3 % of it;
/// minibatches of 100.
func deepDenoiser(
  of images: Matrix<Double>, σ: Double, epochs: Int, seed: UInt64
) -> Denoiser {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  let D = images.columns
  return lesson.attempt {
    var network = Autoencoder<Float>(
      encoder: try Stack(sizes: [D, 128], activations: [.relu], using: &weights),
      decoder: try Stack(sizes: [128, 128, D], activations: [.relu, .sigmoid], using: &weights))
    try network.train(
      on: single(images), loss: .bernoulli, corruption: .gaussian(σ: σ),
      optimiser: Adam(rate: .exponential(0.01, toShare: 0.03, over: epochs)),
      epochs: epochs, batch: 100, using: &noise
    ) { lesson.progress("deep denoiser", Double($0.number) / Double(epochs)) }
    return Denoiser(network: network)
  }
}

/// A linear network D–D–D trained by L-BFGS on √λᵢ uᵢ ↦ √λᵢ uᵢ and σeᵢ ↦ 0, of which the squared
/// errors add up to tr (I − P) S (I − P)ᵀ + σ² ‖P‖².
func linearDenoiser(
  _ u: Matrix<Double>, _ λ: [Double], σ: Double, iterations: Int, seed: UInt64
) -> Autoencoder<Double> {
  let D = λ.count
  let examples = u * Matrix.diagonal(λ.map { max($0, 0).squareRoot() })
  let spoilt = examples.T.elements + (σ * Matrix<Double>.identity(D)).elements
  let clean = examples.T.elements + Matrix<Double>(rows: D, columns: D).elements
  var weights = RandomStream(seed: seed, name: "linear weights")
  return lesson.attempt {
    var network = try Autoencoder<Double>(
      inputs: D, hidden: D, activation: .identity, output: .identity, biases: false,
      using: &weights)
    let objective = try Objective(
      network, data: Matrix(rows: 2 * D, columns: D, elements: spoilt),
      target: Matrix(rows: 2 * D, columns: D, elements: clean), loss: .gaussian)
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-9, valueTolerance: 0)
    network.parameters = try minimiser.minimise(objective).parameters
    return network
  }
}

/// N times v, as the rows of a matrix.
func rows(_ v: [Double], _ N: Int) -> Matrix<Double> {
  Matrix(rows: N, columns: v.count) { v[$1] }
}
