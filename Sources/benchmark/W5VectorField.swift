import Autoencoders
import LinearAlgebra

/// A denoising autoencoder as a vector field: 2–128–128–2 on 10,000 points of a noisy spiral, tanh, linear output.
///
/// Fresh Gaussian noise, σ = 0.1, on every minibatch. Loss: ½ ‖x̂ − x‖², the mean over the minibatch; a model that does
/// nothing has σ² = 0.01. Minibatches of 256, the last of an epoch with what remains; Adam; Float. The loss reported is the
/// mean of the last epoch.
struct W5VectorField: Workload {
  static let name = "W5"
  let title = "denoising in the plane, 2–128–128–2"
  private let hidden = 128
  private let σ = 0.1
  private let batch = 256
  private let rate = 1e-3
  private let points: Int
  private let epochs: Int

  init(quick: Bool) { (points, epochs) = quick ? (1000, 20) : (10_000, 200) }

  var settings: [String: Double] {
    [
      "hidden": Double(hidden), "sigma": σ, "batch": Double(batch), "epochs": Double(epochs), "rate": rate,
    ]
  }

  func arrays() -> [String: Array2D] {
    let start = network()
    return benchmark.arrays(start.encoder.layers + start.decoder.layers).merging(["X": Array2D(spiral(points))]) { $1 }
  }

  private func network() -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return Autoencoder(
      encoder: layers([2, hidden, hidden], [.tanh, .tanh], using: &stream),
      decoder: layers([hidden, 2], [.identity], using: &stream))
  }

  private func train(on X: Matrix<Float>) throws -> [String: Double] {
    var network = network()
    var stream = RandomStream(seed: 1, name: name)
    let training = try network.train(
      on: X, loss: .gaussian, corruption: .gaussian(σ: σ), optimiser: Adam(rate: .constant(rate)), epochs: epochs,
      batch: batch, using: &stream)
    return ["loss": Double(training.history[epochs - 1])]
  }

  var cases: [Case] {
    let X = spiral(points)
    let loss = Case.Result(name: "loss", unit: "")
    return [
      Case(
        name: "Adam", metric: "training", peers: ["numpy", "numpy-avx512", "torch", "jax"], results: [loss],
        work: .repeated {
          try train(on: X)
        } results: {
          $0
        }),
      Case(
        name: "whole process", metric: "time", peers: ["numpy", "numpy-avx512", "torch", "jax"],
        results: [Case.peakMemory, loss], work: .process),
    ]
  }

  func wholeProcess() throws -> [String: Double]? { try train(on: spiral(points)) }
}
