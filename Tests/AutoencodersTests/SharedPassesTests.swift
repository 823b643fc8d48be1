import Autoencoders
import LinearAlgebra
import Testing

/// Passes that are long enough for several threads.
@Suite(.serialized) struct SharedPassesTests {
  @Test(
    "no bit of a contractive encoder's training depends on the number of threads",
    arguments: [[400, 500], [70, 140, 40], [40, 128, 130, 20]])
  func contraction(sizes: [Int]) throws {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    var trained: [Training<Double>] = []
    for threads in [1, 2, 3] {
      Parallelism.threads = threads
      var stream = RandomStream(seed: 8)
      let X: Matrix<Double> = .uniform(rows: 67, columns: sizes[0], using: &stream)
      let activations = Array(repeating: Activation.sigmoid, count: sizes.count - 1)
      var network = Autoencoder(
        tying: try Stack<Double>(sizes: sizes, activations: activations, using: &stream), output: .sigmoid)
      trained.append(
        try network.train(
          on: X, loss: .bernoulli, penalties: [.contractive(0.5)], optimiser: Adam(rate: 0.01), epochs: 2,
          using: &stream))
    }
    for other in trained.dropFirst() {
      #expect(other.parameters == trained[0].parameters && other.history == trained[0].history)
    }
  }
}
