import LinearAlgebra
import Testing

@testable import Autoencoders

/// A loss near the largest number, example by example.
private struct Huge: StochasticObjective {
  let exampleCount = 4
  var start: [Double] { [0] }

  func value(
    at θ: [Double], gradient: inout [Double], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Double {
    gradient[0] = 0
    return 1e308
  }
}

/// Values at the ends of the numbers and of their ranges, and ties.
@Suite struct ExtremeValueTests {
  // MARK: Step sizes and optimisers

  @Test func aLineOverOneEpochBeginsWhereItSays() {
    let rate = LearningRate.linear(0.8, to: 0.2, over: 1)
    #expect(rate(epoch: 1) == rate.initial)
    #expect([2, 3, 100].allSatisfy { rate(epoch: $0) == 0.2 })
    let two = LearningRate.linear(0.8, to: 0.2, over: 2)
    #expect([1, 2, 3].map { two(epoch: $0) } == [0.8, 0.2, 0.2])
  }

  @Test func optionsMustBeValidInTheNumbersOfTheParameters() {
    #expect(throws: ParameterError.self) { try SGD<Float>(rate: 1e-60).checkOptions() }
    #expect(throws: ParameterError.self) { try Adam<Float>(rate: 1e60).checkOptions() }
    #expect(throws: ParameterError.self) { try SGD<Float>(rate: .linear(0.1, to: 1e-60, over: 3)).checkOptions() }
    #expect(throws: ParameterError.self) { try SGD<Float>(rate: 0.1, momentum: 1 - 1e-12).checkOptions() }
    #expect(throws: ParameterError.self) { try Adam<Float>(rate: 0.1, β1: 1 - 1e-12).checkOptions() }
    #expect(throws: ParameterError.self) { try Adam<Float>(rate: 0.1, β2: 1 - 1e-12).checkOptions() }
    #expect(throws: ParameterError.self) { try Corruption<Float>.gaussian(σ: 1e60) }
    #expect(throws: ParameterError.self) { try Corruption<Float>.saltAndPepper(0.5, pepper: .nan) }
    #expect(throws: ParameterError.self) { try Corruption<Double>.saltAndPepper(0.5, salt: .infinity) }
    var stream = RandomStream(seed: 1)
    var network = Autoencoder<Float>(
      encoder: Stack([Dense(W: [[1]], activation: .identity)]), decoder: Stack([Dense(W: [[1]], activation: .identity)])
    )
    #expect(throws: ParameterError.self) {
      try Recirculation(rate: 0.1, regression: 1 - 1e-12).train(&network, on: [[1]], epochs: 1, using: &stream)
    }
    #expect(throws: Never.self) {
      try SGD<Double>(rate: 1e-60, momentum: 1 - 1e-12).checkOptions()
      try Adam<Double>(rate: 1e60, β1: 1 - 1e-12, β2: 1 - 1e-12).checkOptions()
    }
  }

  /// The square of the gradient overflows once; later gradients must still move the parameter.
  @Test func aGradientWhoseSquareOverflowsDoesNotStopAdam() {
    var adam = Adam<Float>(rate: 0.1, β2: 0.5)
    var θ: [Float] = [0]
    adam.step(&θ, gradient: [1e20], rate: 0.1)
    #expect(θ[0].isFinite)
    for _ in 0..<200 { adam.step(&θ, gradient: [1], rate: 0.1) }
    #expect(θ[0] < -5)
  }

  @Test(arguments: [
    "Adam, fewer", "Adam, more", "SGD, fewer", "epoch 0", "no examples", "no variational examples", "no classes",
    "more layers", "narrow points",
  ])
  func misuseStopsWithAMessage(_ name: String) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [name] in
      var stream = RandomStream(seed: 1)
      var (adam, sgd) = (Adam<Double>(rate: 0.1), SGD<Double>(rate: 0.1))
      var (θ, few, more) = ([1.0, 2, 3], [1.0, 2], [1.0, 2, 3, 4])
      adam.step(&θ, gradient: θ, rate: 0.1)
      sgd.step(&θ, gradient: θ, rate: 0.1)
      switch name {
      case "Adam, fewer": adam.step(&few, gradient: few, rate: 0.1)
      case "Adam, more": adam.step(&more, gradient: more, rate: 0.1)
      case "SGD, fewer": sgd.step(&few, gradient: few, rate: 0.1)
      case "epoch 0": _ = LearningRate.exponential(0.1, factor: 0.5)(epoch: 0)
      case "no classes": _ = Likelihood<Double>.categorical(classes: 0)
      case "more layers":
        var network = try Autoencoder<Double>(
          inputs: 3, hidden: 2, activation: .tanh, output: .identity, tied: true, using: &stream)
        network.encoder = try Stack(sizes: [3, 2, 2], activations: [.tanh, .tanh], using: &stream)
      case "narrow points":
        let network = try DiffusionNetwork<Double>(dimensions: 3, hidden: [4], using: &stream)
        _ = network.velocity([[1, 2]], at: try NoiseSchedule.variancePreserving(levels: 2).levels[0])
      case "no examples":
        let network = try Autoencoder<Double>(
          inputs: 3, hidden: 2, activation: .tanh, output: .identity, using: &stream)
        var objective = try Objective(network, data: [[1, 2, 3]], loss: .gaussian)
        var g = network.parameters
        _ = objective.value(at: g, gradient: &g, examples: [], using: &stream)
      default:
        let network = try VariationalAutoencoder<Double>(
          inputs: 3, hidden: [], latent: 1, activation: .tanh, likelihood: .bernoulli, using: &stream)
        var objective = try VariationalObjective(network, data: [[1, 0, 1]])
        var g = network.parameters
        _ = objective.value(at: g, gradient: &g, examples: [], using: &stream)
      }
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    let expected = [
      "Adam, fewer": "gradients of 3 parameters cannot take a step of 2",
      "Adam, more": "gradients of 3 parameters cannot take a step of 4",
      "SGD, fewer": "gradients of 3 parameters cannot take a step of 2", "epoch 0": "there is none of number 0",
      "more layers": "an encoder of 2 layers for a tied decoder of 1",
      "narrow points": "points of 1 × 2 for a network of 3 dimensions", "no classes": "over 0 classes",
      "no examples": "at least one", "no variational examples": "at least one",
    ]
    #expect(message.contains(expected[name] ?? "?"), "\(message)")
  }

  @Test func anEpochWhoseMeanLossOverflowsIsDivergence() {
    var stream = RandomStream(seed: 1)
    #expect(throws: TrainingError.diverged(epoch: 1, step: 2, rate: 0.5)) {
      try Huge().minimised(by: SGD(rate: 0.5), epochs: 3, batch: 2, using: &stream)
    }
  }

  // MARK: Neighbours and classes

  @Test(arguments: [1e200, 1e-200, 3e307, 0x1p-1070])
  func theNearestIsFoundAtAnyScale(scale: Double) {
    let examples: Matrix<Double> = [[-4, 0], [0, 3], [3, 3], [0, 3], [4, 1]]
    let queries: Matrix<Double> = [[3, 4], [0, 2], [-1, 0], [3, 3], [4, 0]]
    let found = nearestRows(to: queries.map { scale * $0 }, among: examples.map { scale * $0 })
    #expect(found.map(\.index) == [2, 1, 0, 2, 4])
    #expect(found[3].squaredDistance == 0)
    #expect(nearestRows(to: queries, among: examples).map(\.squaredDistance) == [1, 1, 9, 0, 1])
  }

  @Test func differencesAreScaledNotTheNumbersThemselves() {
    let examples: Matrix<Double> = [[1, 3e-200], [1, 1e-200], [1e300, 0], [-1e300, 0]]
    #expect(nearestRows(to: [[1, 0]], among: examples).map(\.index) == [1])
    // All differences overflow.
    #expect(nearestRows(to: [[1.5e308]], among: [[-1.5e308], [-1.2e308]] as Matrix<Double>).map(\.index) == [1])
    // An equal row is nearer than one whose square is 0.
    #expect(nearestRows(to: [[1, 0]], among: [[1, 1e-200], [1, 0]] as Matrix<Double>).map(\.index) == [1])
    #expect(
      nearestRows(to: [[1e300, 1]], among: [[-1e300, 1], [-1e300, 0], [-9e299, 0]] as Matrix<Double>)[0].index == 2)
  }

  @Test(arguments: [0, 1])
  func aNeighbourThatIsNotANumberIsNamed(side: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [side] in
      var points: [Matrix<Double>] = [[[1, 2], [3, 4]], [[1, 2], [3, 4]]]
      points[side][1, 0] = .nan
      _ = nearestRows(to: points[0], among: points[1])
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("the \(side == 0 ? "queries" : "examples") have nan at row 1, column 0"))
  }

  @Test(arguments: ["nan", "inf"])
  func aCodeThatIsNotFiniteHasNoClass(value: String) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [value] in
      let ridge = try RidgeClassifier<Double>([[1, 0], [-1, 0]], labels: [4, 2])
      _ = ridge.predict([[1, 0], [0, value == "nan" ? .nan : .infinity]])
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("the codes have \(value) at row 1, column 1"))
  }

  @Test func ofEqualOutputsAndDistancesTheFirstClassIsTaken() throws {
    let neighbour = NearestNeighbour<Double>([[1, 0], [-1, 0], [0, 1]], labels: [7, 3, 5])
    #expect(neighbour.predict([[0, 0]]) == [7])
    // Symmetric classes: at their centre both outputs are 0.
    let ridge = try RidgeClassifier<Double>([[1], [-1]], labels: [4, 2])
    #expect(ridge.classes == [2, 4] && ridge.b == [0, 0])
    #expect(ridge.predict([[0]]) == [2] && ridge.predict([[1], [-1]]) == [4, 2])
    #expect(neighbour.accuracy([[2, 0], [0, 3]], labels: [7, 7]) == 0.5)
  }

  @Test func codesNearTheLargestNumberAreClassified() throws {
    let H: Matrix<Double> = [[1, 0], [0.9, 0.1], [-1, 0], [-0.8, 0.2], [0.8, -0.1], [-0.9, 0]]
    let labels = [0, 0, 1, 1, 0, 1]
    for scale in [1.7e308, 1e-300] {
      let ridge = try RidgeClassifier(scale * H, labels: labels)
      #expect(ridge.predict(scale * H) == labels)
      let usual = try RidgeClassifier(H, labels: labels)
      #expect(zip(ridge.leaveOneOut, usual.leaveOneOut).allSatisfy { abs($0 - $1) < 1e-9 * $1 })
    }
  }

  /// Left with one point of the other class, a fit answers with that class: 2 off in both outputs, whatever the decay.
  @Test func decaysLostInRoundingAreRefused() throws {
    let two: Matrix<Double> = [[1], [-1]]
    for decay in [1e-300, 1e-15, .infinity, .nan] {
      #expect(throws: ParameterError.self) { try RidgeClassifier(two, labels: [0, 1], decays: [decay]) }
    }
    let errors = try RidgeClassifier(two, labels: [0, 1], decays: [1e-12, 0.1]).leaveOneOut
    #expect(errors.allSatisfy { abs($0 - 8) < 0.01 }, "\(errors)")
  }

  // MARK: Activations, likelihoods, penalties

  /// max(a, 0) has no slope at 0; all four places take 0, also for a = −0.
  @Test(arguments: [0.0, -0.0])
  func theSlopeOfAReLUAtItsKinkIsZeroEverywhere(a: Double) {
    let A = Matrix<Double>(rows: 1, columns: 1, repeating: a)
    var (H, δ) = (A, Matrix<Double>(rows: 1, columns: 1, repeating: 3))
    Activation.relu.apply(A, into: &H)
    #expect(H == [[0]])
    Activation.relu.backpropagate(&δ, A: A, H: H)
    #expect(δ == [[0]])
    let slopes = Activation.relu.slopes(A, H)
    #expect(slopes.first == [[0]] && slopes.second == [[0]])
    #expect(Activation.relu(Dual(a, derivative: 2)).derivative == 0)
    let stack = Stack<Double>([Dense(W: [[2]], b: [0], activation: .relu)])
    #expect(stack.jacobian(at: [a]) == [[0]] && stack.jacobianByDualNumbers(at: [a]) == [[0]])
    #expect(stack.squaredJacobianNorms(A) == [0])
  }

  /// √ε = 1.5·10⁻⁸.
  @Test(arguments: [(1e-8, true), (-1e-8, true), (2e-8, false), (-2e-8, false)])
  func aDistributionAddsToOneWithinTheRootOfRounding(excess: Double, isAccepted: Bool) throws {
    var stream = RandomStream(seed: 1)
    let network = try Autoencoder<Double>(
      inputs: 4, hidden: 2, activation: .tanh, output: .softmax(classes: 2), using: &stream)
    let X: Matrix<Double> = [[0, 1, 0.5, 0.5], [1, 0, 0.25 + excess, 0.75]]
    let attempt = { try Objective(network, data: X, loss: .categorical(classes: 2)) }
    if isAccepted {
      #expect(try attempt().exampleCount == 2)
    } else {
      let error = #expect(throws: TrainingError.self) { try attempt() }
      guard case .notADistribution(1, 2..<4, _) = error else {
        Issue.record("got \(String(describing: error))")
        return
      }
    }
  }

  @Test func aContractionNeedsUnitsThatHaveSlopes() throws {
    var stream = RandomStream(seed: 1)
    let network = try Autoencoder<Double>(
      inputs: 4, hidden: [4, 3], activation: .softmax(classes: 2), code: .sigmoid, output: .identity, using: &stream)
    #expect(throws: ParameterError.self) {
      try Objective(network, data: [[1, 2, 3, 4]], loss: .gaussian, penalties: [.contractive(1)])
    }
  }

  /// Three inputs and two units, so that rows and columns cannot be confused: Σ λ_j (‖w_j‖² + ‖w*_j‖²).
  @Test func decayPerUnitBelongsToRowsOfTheEncoderAndColumnsOfTheDecoder() throws {
    let network = Autoencoder<Double>(
      encoder: Stack([Dense(W: [[1, 2, 3], [4, 5, 6]], activation: .identity)]),
      decoder: Stack([Dense(W: [[1, 10], [2, 20], [3, 30]], activation: .identity)]))
    let zeros = Matrix<Double>(rows: 1, columns: 3)
    let objective = try Objective(network, data: zeros, loss: .gaussian, penalties: [.weightDecay(perUnit: [1, 100])])
    #expect(objective.value() == 14 + 7700 + 14 + 140_000)
    #expect(objective.gradient() == [2, 4, 6, 800, 1000, 1200, 2, 2000, 4, 4000, 6, 6000])
    let tied = Autoencoder(tying: network.encoder, output: .identity, biases: false)
    let shared = try Objective(tied, data: zeros, loss: .gaussian, penalties: [.weightDecay(perUnit: [1, 100])])
    #expect(shared.value() == 14 + 7700 && shared.gradient() == [2, 4, 6, 800, 1000, 1200])
  }

  @Test(arguments: [Sparseness.trevesRolls, .hoyer])
  func sparsenessHasOneNumberForEachExampleOrUnit(_ measure: Sparseness) {
    // Three examples of four units: the first uses one, the second all alike, the third two.
    let H: Matrix<Double> = [[0, 2, 0, 0], [1, 1, 1, 1], [3, 0, 3, 0]]
    #expect(measure.population(H) == [[0, 2, 0, 0], [1, 1, 1, 1], [3, 0, 3, 0]].map { measure($0) })
    #expect(measure.lifetime(H) == [[0, 1, 3], [2, 1, 0], [0, 1, 3], [0, 1, 0]].map { measure($0) })
  }

  /// KL(ρ‖ρ̂) near the ends of (0, 1), where one of its terms all but vanishes.
  @Test(arguments: [1e-300, 0x1p-1074, 1 - 0x1p-53])
  func targetsNearTheirEndsArePenalisedFinitely(ρ: Double) throws {
    for h in [0, 1e-300, 0.5, 1] {
      var gradient = Matrix<Double>(rows: 2, columns: 1)
      guard case .codes(let Ω) = try Penalty<Double>.sparsity(ρ: ρ, β: 1).kind else { return }
      let value = Ω(Matrix(rows: 2, columns: 1, repeating: h), &gradient)
      #expect(value.isFinite && value > -1e-15 && gradient.elements.allSatisfy { $0.isFinite })
      if h == 0.5 { #expect(abs(value - Double.log(2)) < 1e-14) }
    }
  }

  @Test func anExampleThatNoCodeExplainsHasNoLikelihood() throws {
    var stream = RandomStream(seed: 1)
    let network = try VariationalAutoencoder<Double>(
      inputs: 2, hidden: [], latent: 1, activation: .tanh, likelihood: .gaussian(variance: 1), using: &stream)
    let X: Matrix<Double> = [[1e200, 0], [0, 0]]
    // The encoder's outputs are bounded as variances, not as means; those are set to 0 here.
    var quiet = network
    quiet.encoder.layers[0].W = Matrix(rows: 2, columns: 2)
    let bounds = try quiet.importanceWeighted(X, samples: 3, using: &stream)
    #expect(bounds[0] == -.infinity && bounds[1].isFinite)
  }

  @Test(arguments: [Activation.identity, .sigmoid, .tanh, .relu, .softplus])
  func oneExampleOfOneComponentAndOneUnitIsTrained(_ activation: Activation) throws {
    var stream = RandomStream(seed: 5)
    var network = try Autoencoder<Double>(
      inputs: 1, hidden: 1, activation: activation, output: .identity, using: &stream)
    let training = try network.train(
      on: [[0.7]], loss: .gaussian, penalties: [.weightDecay(1e-6), .laplace(1e-6), .contractive(1e-6)],
      optimiser: Adam(rate: 0.05), epochs: 200, batch: 1, using: &stream)
    #expect(training.history[199] < 1e-3)
    #expect(network.encode(Matrix(rows: 0, columns: 1)).rows == 0)
    #expect(network.encoder.squaredJacobianNorms(Matrix(rows: 0, columns: 1)).isEmpty)
  }
}
