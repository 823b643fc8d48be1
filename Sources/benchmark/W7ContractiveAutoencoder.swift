import Autoencoders
import LinearAlgebra

/// Contractive autoencoders: cross-entropy, summed over the pixels, + λ ‖J‖², J the encoder's Jacobian, both averaged over
/// the minibatch; λ = 0.1, minibatches of 100 (the last of an epoch with what remains), Adam with 10⁻³, Float. A sample is
/// an epoch.
///
/// - One layer: 784–1000–784, tied, sigmoid, on 10,000 synthetic images. ‖J‖² = Σ_j (h_j (1 − h_j))² ‖W_j‖², whose cost
///   beside the products of W6's step is small: its operations are not counted.
/// - Two layers: encoder 64–128–32, decoder 32–128–64, all sigmoid, on the digits. The peers form J exactly, either as the
///   product D₂ W₂ D₁ W₁ written out or by automatic differentiation of the encoder, and differentiate through it.
struct W7ContractiveAutoencoder: Workload {
  static let name = "W7"
  let title = "contractive autoencoders, 784–1000–784 and of two layers"
  private let λ = 0.1
  private let batch = 100
  private let rate = 1e-3
  private let examples: Int
  private let hidden: Int

  init(quick: Bool) { (examples, hidden) = quick ? (500, 64) : (10_000, 1000) }

  var settings: [String: Double] { ["penalty": λ, "batch": Double(batch), "rate": rate] }

  func arrays() -> [String: Array2D] {
    let deep = deepNetwork()
    var arrays = benchmark.arrays(shallowNetwork(hidden).encoder.layers)
    for (name, array) in benchmark.arrays(deep.encoder.layers + deep.decoder.layers) { arrays["deep-\(name)"] = array }
    arrays["X"] = Array2D(syntheticImages(examples))
    arrays["deep-X"] = Array2D(digits())
    return arrays
  }

  private func shallowNetwork(_ hidden: Int) -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return Autoencoder(tying: layers([784, hidden], [.sigmoid], using: &stream), output: .sigmoid)
  }

  private func deepNetwork() -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: "\(name) deep")
    return Autoencoder(
      encoder: layers([64, 128, 32], [.sigmoid, .sigmoid], using: &stream),
      decoder: layers([32, 128, 64], [.sigmoid, .sigmoid], using: &stream))
  }

  private func train(
    _ start: Autoencoder<Float>, on X: Matrix<Float>, epochs: Int, ended: (Double) throws -> Void
  ) throws {
    var network = start
    var stream = RandomStream(seed: 1, name: name)
    try network.train(
      on: X, loss: .bernoulli, penalties: [.contractive(Float(λ))], optimiser: Adam(rate: .constant(rate)),
      epochs: epochs, batch: min(batch, X.rows), using: &stream
    ) { try ended(Double($0.loss)) }
  }

  var cases: [Case] {
    let (X, D) = (syntheticImages(examples), digits())
    let loss = Case.Result(name: "loss", unit: "")
    return [
      Case(
        name: "one layer", metric: "training", quantity: .rate(amount: Double(examples), unit: "samples/s"),
        peers: ["numpy", "numpy-avx512", "torch", "jax"],
        operations: (10 * 784 * Double(hidden * examples), .float), results: [loss],
        work: .epochs { try train(shallowNetwork(hidden), on: X, epochs: $0, ended: $1) }),
      Case(
        name: "two layers", metric: "training", quantity: .rate(amount: Double(D.rows), unit: "samples/s"),
        peers: ["torch", "torch-jacobian", "jax", "jax-jacobian"], results: [loss],
        work: .epochs { try train(deepNetwork(), on: D, epochs: $0, ended: $1) }),
    ]
      + growth(examples: examples, hidden: hidden) { hidden, examples, epochs, ended in
        try train(shallowNetwork(hidden), on: X[rows: 0..<examples], epochs: epochs, ended: ended)
      }
  }
}
