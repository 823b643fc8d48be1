import LinearAlgebra
import Testing

@testable import Autoencoders

/// Random data.
private func randomData(_ rows: Int, _ columns: Int, seed: UInt64 = 3) -> Matrix<Double> {
  var stream = RandomStream(seed: seed)
  return Matrix(rows: rows, columns: columns) { _, _ in stream.uniform() }
}

/// Remembers which examples it was asked for; its loss is a NaN in one step.
private struct Recorder: StochasticObjective {
  let exampleCount: Int
  let log: Log
  var brokenStep = 0
  var start: [Double] { [0] }

  final class Log { var batches: [[Int]] = [] }

  func value(
    at θ: [Double], gradient: inout [Double], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Double {
    log.batches.append(Array(examples))
    gradient[0] = 0
    return log.batches.count == brokenStep ? .nan : Double(examples.reduce(0, +)) / Double(examples.count)
  }
}

@Suite struct TrainingTests {
  /// X = U Σ Vᵀ has a known best reconstruction from K components: it loses ½ Σ_{i>K} σ_i² / N.
  @Test(arguments: [false, true])
  func aLinearAutoencoderReachesThePCAFloor(tied: Bool) throws {
    var stream = RandomStream(seed: 21)
    let (N, D, K) = (40, 8, 3)
    let σ = [9.0, 7, 5, 4, 3, 2, 1, 0.5]
    let X = orthonormalColumns(N, D, &stream) * Matrix.diagonal(σ) * orthonormalColumns(D, D, &stream).T
    let floor = σ[K...].reduce(0) { $0 + $1 * $1 } / Double(2 * N)

    let network = try Autoencoder<Double>(
      inputs: D, hidden: K, activation: .identity, output: .identity, tied: tied, biases: false, using: &stream)
    let result = try LBFGS().minimise(Objective(network, data: X, loss: .gaussian))
    #expect(result.value >= floor * (1 - 1e-13))
    #expect(result.value <= floor * (1 + 1e-10), "\(result.value / floor - 1), \(result.reason)")
  }

  private func orthonormalColumns(_ rows: Int, _ columns: Int, _ stream: inout RandomStream) -> Matrix<Double> {
    // Gram–Schmidt, twice for good measure, on random columns.
    var q: [[Double]] = []
    while q.count < columns {
      var v = (0..<rows).map { _ in stream.normal() }
      for u in q + q {
        let overlap = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
        for i in v.indices { v[i] -= overlap * u[i] }
      }
      let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
      q.append(v.map { $0 / length })
    }
    return Matrix(rows: rows, columns: columns) { i, j in q[j][i] }
  }

  @Test func oneSeedGivesTheSameBitsAndAnotherDoesNot() throws {
    func train(_ seed: UInt64) throws -> [Double] {
      var stream = RandomStream(seed: seed)
      var network = try Autoencoder<Double>(
        inputs: 9, hidden: 5, activation: .sigmoid, output: .sigmoid, tied: true, using: &stream)
      return try network.train(
        on: randomData(50, 9), loss: .bernoulli, penalties: [.sparsity(ρ: 0.2, β: 0.1)], corruption: .masking(0.3),
        optimiser: Adam(rate: 0.01), epochs: 4, batch: 16, using: &stream
      ).parameters
    }
    let first = try train(5)
    #expect(try train(5).map(\.bitPattern) == first.map(\.bitPattern))
    #expect(try train(6) != first)
  }

  @Test(arguments: [1, 7, 10, 20])
  func anEpochTakesEachExampleOnce(batch: Int) throws {
    var stream = RandomStream(seed: 4)
    let recorder = Recorder(exampleCount: 20, log: .init())
    let training = try recorder.minimised(by: SGD(rate: 1), epochs: 3, batch: batch, using: &stream)
    let steps = (20 + batch - 1) / batch
    #expect(recorder.log.batches.count == 3 * steps)
    var orders: Set<[Int]> = []
    for epoch in 0..<3 {
      let order = recorder.log.batches[epoch * steps..<(epoch + 1) * steps].flatMap { $0 }
      #expect(order.sorted() == Array(0..<20))
      orders.insert(order)
    }
    #expect(orders.count == (batch < 20 ? 3 : 1))
    // The mean of 0…19, however unequal the minibatches.
    for loss in training.history { #expect(abs(loss - 9.5) < 1e-13) }
  }

  @Test func minibatchGradientsAverageToTheFullGradient() throws {
    var stream = RandomStream(seed: 5)
    let X = randomData(10, 4)
    let network = try Autoencoder<Double>(inputs: 4, hidden: 3, activation: .tanh, output: .sigmoid, using: &stream)
    var objective = try Objective(network, data: X, loss: .bernoulli)
    let full = objective.gradient()
    var mean = [Double](repeating: 0, count: full.count)
    var gradient = mean
    let order = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7]
    for examples in [order[0..<4], order[4..<8], order[8..<10]] {
      _ = objective.value(at: network.parameters, gradient: &gradient, examples: examples, using: &stream)
      for i in mean.indices { mean[i] += gradient[i] * Double(examples.count) / 10 }
    }
    for (a, b) in zip(mean, full) { #expect(abs(a - b) < 1e-15) }
  }

  @Test func aTargetOfItsOwnGoesWithItsExamplesIntoTheMinibatches() throws {
    var stream = RandomStream(seed: 5)
    let (X, Y) = (randomData(10, 4), randomData(10, 4, seed: 9))
    let network = try Autoencoder<Double>(inputs: 4, hidden: 3, activation: .tanh, output: .identity, using: &stream)
    var objective = try Objective(network, data: X, target: Y, loss: .gaussian)
    var gradient = [Double](repeating: 0, count: network.parameterCount)
    let value = objective.value(at: network.parameters, gradient: &gradient, examples: [7, 2], using: &stream)
    // ½ ‖x̂ − y‖², averaged over examples 7 and 2.
    let X̂ = network.reconstruct(X)
    let expected = [7, 2].reduce(0) { sum, n in
      sum + zip(X̂.row(n), Y.row(n)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 4
    }
    #expect(abs(value - expected) < 1e-15)
  }

  @Test func aLossThatIsNotANumberStopsTrainingAtThatStep() {
    var stream = RandomStream(seed: 6)
    let broken = Recorder(exampleCount: 6, log: .init(), brokenStep: 5)
    #expect(throws: TrainingError.diverged(epoch: 2, step: 2, rate: 0.5)) {
      try broken.minimised(by: SGD(rate: 0.5), epochs: 3, batch: 2, using: &stream)
    }
  }

  @Test func theEpochLossIsTheMeanOverAllExamples() throws {
    var stream = RandomStream(seed: 6)
    let X = randomData(23, 4)
    var network = try Autoencoder<Double>(inputs: 4, hidden: 3, activation: .tanh, output: .sigmoid, using: &stream)
    let loss = try Objective(network, data: X, loss: .bernoulli).value()
    // A step too small to change anything.
    let training = try network.train(
      on: X, loss: .bernoulli, optimiser: SGD(rate: 1e-40), epochs: 2, batch: 5, using: &stream)
    for epoch in training.history { #expect(abs(epoch - loss) < 1e-14) }
  }

  @Test func observersSeeEachEpochWithItsStepSizeAndParameters() throws {
    var stream = RandomStream(seed: 7)
    var network = try Autoencoder<Double>(inputs: 3, hidden: 2, activation: .tanh, output: .identity, using: &stream)
    var epochs: [Epoch<Double>] = []
    let training = try network.train(
      on: randomData(12, 3), loss: .gaussian, optimiser: SGD(rate: .exponential(0.1, factor: 0.5), momentum: 0.5),
      epochs: 4,
      batch: 4, using: &stream
    ) { epochs.append($0) }
    #expect(epochs.map(\.number) == [1, 2, 3, 4])
    #expect(epochs.map(\.rate) == [0.1, 0.05, 0.025, 0.0125])
    #expect(epochs.map(\.loss) == training.history)
    #expect(epochs.last?.parameters == network.parameters && training.parameters == network.parameters)
    #expect(epochs[0].parameters != epochs[3].parameters)
  }

  @Test func floatsAreTrainedToo() throws {
    var stream = RandomStream(seed: 8)
    let X = Matrix<Float>(rows: 60, columns: 8) { n, i in (n + i) % 4 == 0 ? 1 : 0 }
    var network = try Autoencoder<Float>(inputs: 8, hidden: 3, activation: .sigmoid, output: .sigmoid, using: &stream)
    let training = try network.train(
      on: X, loss: .bernoulli, optimiser: Adam(rate: 0.05), epochs: 200, batch: 20, using: &stream)
    #expect(training.history[199] < 0.1 * training.history[0])
  }

  @Test func theTargetOfADenoisingAutoencoderIsTheCleanInput() throws {
    // With everything masked only the biases are left, whose best output is the mean of the clean data.
    var stream = RandomStream(seed: 9)
    let X = randomData(30, 5)
    var network = try Autoencoder<Double>(inputs: 5, hidden: 4, activation: .tanh, output: .identity, using: &stream)
    try network.train(
      on: X, loss: .gaussian, corruption: .masking(1), optimiser: SGD(rate: 0.2), epochs: 300, using: &stream)
    let output = network.reconstruct(Matrix(rows: 1, columns: 5))
    for (x̂, mean) in zip(output.elements, X.columnMeans) { #expect(abs(x̂ - mean) < 1e-6) }
  }

  @Test func aSingleExampleIsEnough() throws {
    var stream = RandomStream(seed: 10)
    let X: Matrix<Double> = [[0.2, 0.9, 0.4]]
    var network = try Autoencoder<Double>(inputs: 3, hidden: 2, activation: .sigmoid, output: .identity, using: &stream)
    try network.train(on: X, loss: .gaussian, optimiser: SGD(rate: 0.3), epochs: 500, using: &stream)
    #expect((network.reconstruct(X) - X).norm < 1e-6)
  }
}
