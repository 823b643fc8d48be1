import Autoencoders
import LinearAlgebra

/// A sparse autoencoder 64–100–64 on the digits: sigmoid code, linear output.
///
/// Loss: ½ ‖x̂ − x‖², the mean over the minibatch, + β Σ_j KL(ρ‖ρ̂_j) with ρ̂_j the mean activation of unit j over the
/// minibatch. Minibatches of 64, the last of an epoch with what remains; Adam; Float. The loss reported is the mean of the
/// last epoch.
struct W4SparseAutoencoder: Workload {
  static let name = "W4"
  let title = "a sparse autoencoder 64–100–64"
  private let hidden = 100
  private let ρ = 0.05
  private let β = 0.1
  private let batch = 64
  private let rate = 1e-3
  private let epochs: Int

  init(quick: Bool) { epochs = quick ? 2 : 50 }

  var settings: [String: Double] {
    [
      "hidden": Double(hidden), "rho": ρ, "beta": β, "batch": Double(batch), "epochs": Double(epochs), "rate": rate,
    ]
  }

  func arrays() -> [String: Array2D] {
    let start = network()
    return benchmark.arrays(start.encoder.layers + start.decoder.layers).merging(["X": Array2D(digits())]) { $1 }
  }

  private func network() -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return Autoencoder(
      encoder: layers([64, hidden], [.sigmoid], using: &stream),
      decoder: layers([hidden, 64], [.identity], using: &stream))
  }

  private func train() throws -> (network: Autoencoder<Float>, loss: Float) {
    var network = network()
    var stream = RandomStream(seed: 1, name: name)
    let training = try network.train(
      on: digits(), loss: .gaussian, penalties: [.sparsity(ρ: Float(ρ), β: Float(β))],
      optimiser: Adam(rate: .constant(rate)), epochs: epochs, batch: batch, using: &stream)
    return (network, training.history[epochs - 1])
  }

  private func results(_ trained: (network: Autoencoder<Float>, loss: Float)) -> [String: Double] {
    ["loss": Double(trained.loss), "mean activation": Double(trained.network.encode(digits()).mean)]
  }

  var cases: [Case] {
    let results = [Case.Result(name: "loss", unit: ""), Case.Result(name: "mean activation", unit: "")]
    return [
      Case(
        name: "Adam", metric: "training", peers: ["numpy", "torch", "jax"], results: results,
        work: .repeated(train, results: self.results)),
      Case(
        name: "whole process", metric: "time", peers: ["numpy", "torch", "jax"],
        results: [Case.peakMemory] + results, work: .process),
    ]
  }

  func wholeProcess() throws -> [String: Double]? { try results(train()) }
}
