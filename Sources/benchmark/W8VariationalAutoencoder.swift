import Autoencoders
import LinearAlgebra

/// A variational autoencoder 64–128–(8 + 8)–128–64 on the digits: ReLU hidden layers, Bernoulli pixels.
///
/// Loss: the cross-entropy, summed over the pixels, + the divergence from N(0, I), both averaged over the minibatch, one
/// draw of the code for each example. The log-variance is 20 tanh(a / 20) of the encoder's output a, on both sides.
/// Minibatches of 64, the last of an epoch with what remains; Adam; Float. The bound reported is that of the trained
/// network on all digits, with ten codes for each: higher is better.
struct W8VariationalAutoencoder: Workload {
  static let name = "W8"
  let title = "a variational autoencoder 64–128–(8+8)–128–64"
  private let code = 8
  private let hidden = 128
  private let batch = 64
  private let rate = 1e-3
  private let epochs: Int

  init(quick: Bool) { self.init(epochs: quick ? 2 : 50) }
  init(epochs: Int) { self.epochs = epochs }

  var settings: [String: Double] {
    [
      "code": Double(code), "hidden": Double(hidden), "batch": Double(batch), "epochs": Double(epochs), "rate": rate,
    ]
  }

  func arrays() throws -> [String: Array2D] {
    let start = try network()
    return benchmark.arrays(start.encoder.layers + start.decoder.layers).merging(["X": Array2D(digits())]) { $1 }
  }

  private func network() throws -> VariationalAutoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return try VariationalAutoencoder(
      encoder: layers([64, hidden, 2 * code], [.relu, .identity], using: &stream),
      decoder: layers([code, hidden, 64], [.relu, .sigmoid], using: &stream), likelihood: .bernoulli)
  }

  func train() throws -> (network: VariationalAutoencoder<Float>, losses: [Float]) {
    var network = try network()
    var stream = RandomStream(seed: 1, name: name)
    let training = try network.train(
      on: digits(), optimiser: Adam(rate: .constant(rate)), epochs: epochs, batch: batch, using: &stream)
    return (network, training.history)
  }

  func results(_ trained: (network: VariationalAutoencoder<Float>, losses: [Float])) throws -> [String: Double] {
    var stream = RandomStream(seed: 5, name: name)
    return ["bound": Double(try trained.network.evidence(of: digits(), samples: 10, using: &stream).mean.bound)]
  }

  var cases: [Case] {
    let bound = Case.Result(name: "bound", unit: "nats")
    return [
      Case(
        name: "Adam", metric: "training", peers: ["numpy", "torch", "jax"], results: [bound],
        work: .repeated(train, results: results)),
      Case(
        name: "whole process", metric: "time", peers: ["numpy", "torch", "jax"], results: [Case.peakMemory, bound],
        work: .process),
    ]
  }

  func wholeProcess() throws -> [String: Double]? { try results(train()) }
}
