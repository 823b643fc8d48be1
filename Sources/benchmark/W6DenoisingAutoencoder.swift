import Autoencoders
import LinearAlgebra

/// The lectures' denoising autoencoder at the size of MNIST: 784–1000–784, tied, tanh code, sigmoid output.
///
/// Loss: the cross-entropy, summed over the pixels, averaged over the minibatch. Salt-and-pepper noise: each pixel becomes 0
/// or 1 with probability 0.2 each, afresh in each minibatch. 10,000 synthetic images, minibatches of 100, Float; by Adam
/// with a step size of 10⁻³, and by plain gradient descent with 10⁻². A sample is an epoch.
///
/// The products of a step take 10·784·1000 operations an example: two for each of a multiply-add, in the encoder, the
/// decoder, the code's gradient and twice for the weights'.
struct W6DenoisingAutoencoder: Workload {
  static let name = "W6"
  let title = "the denoising autoencoder 784–1000–784, tied"
  private let noise = 0.4
  private let batch = 100
  private let examples: Int
  private let hidden: Int

  init(quick: Bool) { (examples, hidden) = quick ? (500, 64) : (10_000, 1000) }

  var settings: [String: Double] { ["noise": noise, "batch": Double(batch)] }

  func arrays() -> [String: Array2D] {
    benchmark.arrays(network(hidden).encoder.layers).merging(["X": Array2D(syntheticImages(examples))]) { $1 }
  }

  private func network(_ hidden: Int) -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return Autoencoder(tying: layers([784, hidden], [.tanh], using: &stream), output: .sigmoid)
  }

  private func train(
    _ hidden: Int, on X: Matrix<Float>, by optimiser: some Optimiser<Float>, epochs: Int,
    ended: (Double) throws -> Void
  ) throws {
    var network = network(hidden)
    var stream = RandomStream(seed: 1, name: name)
    try network.train(
      on: X, loss: .bernoulli, corruption: .saltAndPepper(noise), optimiser: optimiser, epochs: epochs,
      batch: min(batch, X.rows), using: &stream
    ) { try ended(Double($0.loss)) }
  }

  var cases: [Case] {
    let X = syntheticImages(examples)
    let (adam, sgd) = (Adam<Float>(rate: 1e-3), SGD<Float>(rate: 1e-2))
    return [training("Adam", rate: 1e-3, adam, X), training("gradient descent", rate: 1e-2, sgd, X)]
      + growth(examples: examples, hidden: hidden) { hidden, examples, epochs, ended in
        try train(hidden, on: X[rows: 0..<examples], by: adam, epochs: epochs, ended: ended)
      }
  }

  private func training(_ name: String, rate: Double, _ optimiser: some Optimiser<Float>, _ X: Matrix<Float>) -> Case {
    let operations = 10 * 784 * Double(hidden * examples)
    return Case(
      name: name, metric: "training", quantity: .rate(amount: Double(examples), unit: "samples/s"),
      peers: ["numpy", "numpy-avx512", "torch", "jax"], parameters: ["rate": rate],
      operations: (operations, .float), results: [Case.Result(name: "loss", unit: "")],
      work: .epochs { try train(hidden, on: X, by: optimiser, epochs: $0, ended: $1) })
  }
}
