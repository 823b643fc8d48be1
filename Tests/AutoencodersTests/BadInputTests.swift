import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct BadInputTests {
  let X = Matrix<Double>(rows: 6, columns: 3) { n, i in Double((n + i) % 2) }

  func network(_ activation: Activation = .tanh, output: Activation = .sigmoid) throws -> Autoencoder<Double> {
    var stream = RandomStream(seed: 1)
    return try Autoencoder(inputs: 3, hidden: 2, activation: activation, output: output, using: &stream)
  }

  func train(
    _ X: Matrix<Double>, optimiser: some Optimiser<Double>, epochs: Int = 1, batch: Int? = nil
  ) throws {
    var (network, stream) = (try network(), RandomStream(seed: 2))
    try network.train(on: X, loss: .bernoulli, optimiser: optimiser, epochs: epochs, batch: batch, using: &stream)
  }

  @Test func anEmptyDataSetIsRefused() {
    #expect(throws: TrainingError.emptyData(rows: 0, columns: 3)) {
      try train(Matrix(rows: 0, columns: 3), optimiser: SGD(rate: 0.1))
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func dataThatIsNotFiniteIsRefusedWithItsPlace(value: Double) {
    var X = X
    X[4, 1] = value
    let error = #expect(throws: TrainingError.self) { try train(X, optimiser: SGD(rate: 0.1)) }
    guard case .notFinite(4, 1, _) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func recirculationAndTheVariationalBoundRefuseDataThatAreNotFinite() throws {
    var (X, stream) = (X, RandomStream(seed: 3))
    X[4, 1] = .infinity
    var looped = try network(.sigmoid)
    #expect(throws: TrainingError.notFinite(row: 4, column: 1, value: .infinity)) {
      try Recirculation(rate: 0.1).train(&looped, on: X, epochs: 1, using: &stream)
    }
    let drawn = try VariationalAutoencoder<Double>(
      inputs: 3, hidden: [2], latent: 1, activation: .tanh, likelihood: .gaussian(variance: 1), using: &stream)
    #expect(throws: TrainingError.notFinite(row: 4, column: 1, value: .infinity)) {
      try VariationalObjective(drawn, data: X)
    }
  }

  @Test func dataOutsideTheLikelihoodsSupportAreRefusedWithTheirPlace() {
    var X = X
    X[2, 2] = 16
    #expect(
      throws: TrainingError.outsideSupport(row: 2, column: 2, value: 16, likelihood: "Bernoulli", support: 0...1)
    ) {
      try train(X, optimiser: SGD(rate: 0.1))
    }
  }

  @Test func categoricalDataMustBeDistributions() throws {
    let network = try network(output: .softmax(classes: 3))
    #expect(throws: TrainingError.notADistribution(row: 1, columns: 0..<3, sum: 2)) {
      try Objective(network, data: [[0, 1, 0], [1, 0, 1]], loss: .categorical(classes: 3))
    }
  }

  @Test(arguments: [(7, "batch larger"), (0, "batch empty"), (-1, "batch negative")])
  func aBatchThatCannotBeDrawnIsRefused(batch: Int, name: String) {
    if batch > 6 {
      #expect(throws: TrainingError.batchTooLarge(batch: 7, examples: 6)) {
        try train(X, optimiser: SGD(rate: 0.1), batch: batch)
      }
    } else {
      #expect(throws: ParameterError("examples in a minibatch", batch, mustBe: "at least 1")) {
        try train(X, optimiser: SGD(rate: 0.1), batch: batch)
      }
    }
  }

  @Test(arguments: [0, -1e-3, .nan, .infinity] as [Double])
  func aStepSizeThatIsNotPositiveIsRefused(rate: Double) {
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: .constant(rate))) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: Adam(rate: .constant(rate))) }
  }

  @Test func otherOptionsOutOfRangeAreRefused() throws {
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: 0.1), epochs: 0) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: 0.1, momentum: 1)) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: Adam(rate: 0.1, β1: 1)) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: .exponential(0.1, factor: 0))) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: .inverseTime(0.1, halvedAfter: 0))) }
    #expect(throws: ParameterError.self) { try train(X, optimiser: SGD(rate: .linear(0.1, to: 0, over: 4))) }
    let objective = try Objective(try network(), data: X, loss: .bernoulli)
    #expect(throws: ParameterError.self) { try LBFGS(maxIterations: 0).minimise(objective) }
    #expect(throws: ParameterError.self) { try LBFGS(memory: 0).minimise(objective) }
    #expect(throws: ParameterError.self) { try LBFGS(gradientTolerance: -1).minimise(objective) }
    let decoder = try network(output: .identity).decoder
    #expect(throws: ParameterError.self) { try ISTA(λ: -1.0).encode(X, decoder: decoder) }
    var (network, stream) = (try network(), RandomStream(seed: 1))
    #expect(throws: ParameterError.self) {
      try Recirculation(rate: 0.1, regression: 1).train(&network, on: X, epochs: 1, using: &stream)
    }
  }

  @Test(arguments: [0, 1, -0.1, 1.1, .nan])
  func aSparsityTargetOutsideTheUnitIntervalIsRefused(ρ: Double) {
    #expect(throws: ParameterError.self) { try Penalty<Double>.sparsity(ρ: ρ, β: 1) }
  }

  @Test func negativeStrengthsAreRefused() {
    #expect(throws: ParameterError.self) { try Penalty<Double>.sparsity(ρ: 0.1, β: -1) }
    #expect(throws: ParameterError.self) { try Penalty<Double>.weightDecay(-1) }
    #expect(throws: ParameterError.self) { try Penalty<Double>.weightDecay(perUnit: [1, -1]) }
    #expect(throws: ParameterError.self) { try Penalty<Double>.laplace(-1) }
  }

  @Test func meanActivationsNeedSigmoidCodes() {
    #expect(throws: ParameterError("the code's activation under KL sparsity", "tanh", mustBe: "sigmoid")) {
      try Objective(network(.tanh), data: X, loss: .bernoulli, penalties: [.sparsity(ρ: 0.1, β: 1)])
    }
  }

  @Test(arguments: [-0.1, 1.1, .nan])
  func aProbabilityOutsideTheUnitIntervalIsRefused(ν: Double) {
    #expect(throws: ParameterError.self) { try Corruption<Double>.masking(ν) }
    #expect(throws: ParameterError.self) { try Corruption<Double>.saltAndPepper(ν) }
  }

  @Test func aNegativeNoiseLevelIsRefused() {
    #expect(throws: ParameterError.self) { try Corruption<Double>.gaussian(σ: -1) }
  }

  @Test(arguments: [(0, 2), (3, 0), (-1, 2)])
  func aLayerWithoutUnitsIsRefused(inputs: Int, hidden: Int) {
    var stream = RandomStream(seed: 1)
    #expect(throws: ParameterError.self) {
      try Autoencoder<Double>(
        inputs: inputs, hidden: hidden, activation: .tanh, output: .identity, using: &stream)
    }
  }

  @Test func divergenceIsReportedWithEpochAndStepSizeAndLeavesTheNetworkAlone() throws {
    var (network, stream) = (try network(.identity, output: .identity), RandomStream(seed: 2))
    let before = network.parameters
    let error = #expect(throws: TrainingError.self) {
      try network.train(on: X, loss: .gaussian, optimiser: SGD(rate: 50), epochs: 200, batch: 2, using: &stream)
    }
    guard case .diverged(let epoch, let step, let rate) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect((1...200).contains(epoch) && (1...3).contains(step) && rate == 50)
    #expect(network.parameters == before)
    #expect("\(TrainingError.diverged(epoch: 3, step: 2, rate: 50))".contains("epoch 3, with step size 50"))
  }

  /// The loss of the last step is that before it.
  @Test func parametersBeyondTheFormatAreDivergenceThoughTheLossIsFinite() throws {
    var (network, stream) = (try network(.identity, output: .identity), RandomStream(seed: 2))
    #expect(throws: TrainingError.diverged(epoch: 1, step: 1, rate: 1e308)) {
      try network.train(
        on: 1e3 * X, loss: .gaussian, optimiser: SGD(rate: 1e308), epochs: 1, batch: X.rows,
        using: &stream)
    }
  }

  @Test func messagesSayWhatIsWrongAndWhatIsRight() {
    let error = #expect(throws: ParameterError.self) { try Penalty<Double>.sparsity(ρ: 1.5, β: 1) }
    #expect(error?.description == "sparsity target ρ is 1.5, but must be between 0 and 1, both excluded")
  }
}
