import LinearAlgebra
import Testing

@testable import Autoencoders

/// An objective whose network is out of sight, so that it is trained by copying parameters and gradients.
private struct Hidden<Objective: StochasticObjective>: StochasticObjective {
  var objective: Objective
  var start: [Objective.Element] { objective.start }
  var exampleCount: Int { objective.exampleCount }

  mutating func value(
    at θ: [Objective.Element], gradient: inout [Objective.Element], examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Objective.Element {
    objective.value(at: θ, gradient: &gradient, examples: examples, using: &stream)
  }
}

/// Trains the way the course does, and by copying: 3 epochs of 43 examples, 20 at a time.
private func bothWays<O: StochasticObjective>(
  _ objective: O, by optimiser: some Optimiser<O.Element>
) throws -> (Training<O.Element>, Training<O.Element>) {
  var (first, second) = (RandomStream(seed: 5), RandomStream(seed: 5))
  let inPlace = try objective.minimised(by: optimiser, epochs: 3, batch: 20, using: &first)
  let copied = try Hidden(objective: objective).minimised(by: optimiser, epochs: 3, batch: 20, using: &second)
  #expect(first == second)
  return (inPlace, copied)
}

/// What must be the same to the last bit.
private func same<Element>(_ a: Training<Element>, _ b: Training<Element>) -> Bool {
  a.parameters == b.parameters && a.history == b.history
}

@Suite struct DescentTests {
  @Test(arguments: [[7, 5], [9, 17, 4], [2, 33, 5, 3]], [false, true])
  func stepsInPlaceAreThoseOfVectors(sizes: [Int], tied: Bool) throws {
    try check(Double.self, sizes, tied)
    try check(Float.self, sizes, tied)
  }

  private func check<Element: Scalar>(_ element: Element.Type, _ sizes: [Int], _ tied: Bool) throws {
    var stream = RandomStream(seed: 6)
    let X: Matrix<Element> = .uniform(rows: 43, columns: sizes[0], using: &stream)
    let hidden = Array(repeating: Activation.sigmoid, count: sizes.count - 1)
    let encoder = try Stack<Element>(sizes: sizes, activations: hidden, using: &stream)
    let network =
      tied
      ? Autoencoder(tying: encoder, output: .sigmoid)
      : Autoencoder(
        encoder: encoder,
        decoder: try Stack(
          sizes: sizes.reversed(), activations: hidden.dropLast() + [.sigmoid], using: &stream))
    let penalties: [[Penalty<Element>]] = [
      [], [try .weightDecay(0.01)], [try .sparsity(ρ: 0.1, β: 0.5), try .laplace(0.01)],
      [try .contractive(0.1), try .weightDecay(0.02)],
    ]
    for penalties in penalties {
      for corruption in [nil, try Corruption<Element>.saltAndPepper(0.3)] {
        let objective = try Objective(
          network, data: X, loss: .bernoulli, penalties: penalties, corruption: corruption)
        let adam = try bothWays(objective, by: Adam(rate: 0.02))
        #expect(same(adam.0, adam.1), "Adam, \(penalties.map(\.name)), \(corruption?.name ?? "clean")")
        let sgd = try bothWays(objective, by: SGD(rate: 0.1, momentum: 0.9))
        #expect(same(sgd.0, sgd.1), "SGD, \(penalties.map(\.name)), \(corruption?.name ?? "clean")")
      }
    }
  }

  @Test(arguments: [false, true])
  func variationalStepsInPlaceAreThoseOfVectors(learnt: Bool) throws {
    var stream = RandomStream(seed: 7)
    let X: Matrix<Double> = .uniform(rows: 43, columns: 6, using: &stream)
    let network = try VariationalAutoencoder<Double>(
      inputs: 6, hidden: [9], latent: 2, activation: .tanh, likelihood: .gaussian(variance: 0.3, learnt: learnt),
      using: &stream)
    for samples in [1, 3] {
      let both = try bothWays(VariationalObjective(network, data: X, samples: samples), by: Adam(rate: 0.02))
      #expect(same(both.0, both.1))
      #expect(both.0.parameters != network.parameters)
    }
  }

  /// The last block is so large that threads share it.
  @Test func aStepBlockByBlockIsTheStep() {
    var stream = RandomStream(seed: 8)
    let blocks = [5, 0, 33, 1, 16, 200_003]
    let count = blocks.reduce(0, +)
    let start = Matrix<Double>.normal(rows: 1, columns: count, using: &stream).elements
    func check(_ optimiser: some Optimiser<Double>) {
      var (whole, inBlocks) = (optimiser, optimiser)
      var (θ, θ̃) = (start, start)
      for _ in 0..<3 {
        let g = Matrix<Double>.normal(rows: 1, columns: count, using: &stream).elements
        whole.step(&θ, gradient: g, rate: 0.1)
        inBlocks.beginStep(parameters: count)
        var offset = 0
        for size in blocks {
          var block = Array(θ̃[offset..<offset + size])
          block.withUnsafeMutableBufferPointer { block in
            Array(g[offset..<offset + size]).withUnsafeBufferPointer { g in
              inBlocks.step(block, gradient: g, at: offset, rate: 0.1)
            }
          }
          θ̃.replaceSubrange(offset..<offset + size, with: block)
          offset += size
        }
        let isSame = θ == θ̃
        #expect(isSame)
      }
    }
    check(Adam(rate: 0.1))
    check(SGD(rate: 0.1, momentum: 0.5))
  }

  /// Several examples' sums are taken at once; each is what it would be alone.
  @Test(arguments: [[5, 3], [3, 18, 2], [3, 6, 2, 5]])
  func theJacobiansOfABatchAreThoseOfItsExamples(sizes: [Int]) throws {
    var stream = RandomStream(seed: 9)
    let stack = try ContractionTests.stack(sizes, .tanh, &stream)
    for N in 1...9 {
      let X: Matrix<Double> = .normal(rows: N, columns: sizes[0], using: &stream)
      #expect(stack.squaredJacobianNorms(X) == (0..<N).flatMap { stack.squaredJacobianNorms(X[rows: $0..<$0 + 1]) })
    }
  }

  /// More rows than run upwards at a time.
  @Test(arguments: [257, 600])
  func theResultsOfManyExamplesAreThoseOfEach(N: Int) throws {
    var stream = RandomStream(seed: 10)
    let X: Matrix<Double> = .uniform(rows: N, columns: 5, using: &stream)
    let network = try VariationalAutoencoder<Double>(
      inputs: 5, hidden: [7], latent: 2, activation: .tanh, likelihood: .bernoulli, using: &stream)
    let Z: Matrix<Double> = .normal(rows: N, columns: 2, using: &stream)
    let (codes, squares) = (network.encoder(X), network.encoder.squaredJacobianNorms(X))
    let logarithms = network.logLikelihood(of: X, given: Z)
    #expect(codes.rows == N && squares.count == N && logarithms.count == N)
    for n in 0..<N {
      let (x, z) = (X[rows: n..<n + 1], Z[rows: n..<n + 1])
      #expect(codes.row(n) == network.encoder(x).row(0))
      #expect(squares[n] == network.encoder.squaredJacobianNorms(x)[0])
      #expect(logarithms[n] == network.logLikelihood(of: x, given: z)[0])
    }
  }
}
