import Autoencoders
import LinearAlgebra
import Testing

@Suite struct TransitionMatrixTests {
  private let chain: Matrix<Double> = [
    [0.5, 0.3, 0.2, 0], [0.1, 0.6, 0.2, 0.1], [0.25, 0.25, 0.4, 0.1], [0, 0.05, 0.15, 0.8],
  ]

  // numpy.linalg.eig(P.T), the eigenvector of 1 divided by its sum, and 1 minus the second largest |eigenvalue|.
  @Test func theStationaryDistributionAndTheGapAreThoseOfNumPy() throws {
    let P = try TransitionMatrix(chain)
    let π = try P.stationaryDistribution()
    for (a, b) in zip(π, [0.1792976, 0.3142329, 0.23290203, 0.27356747]) { #expect(abs(a - b) < 1e-8) }
    #expect(norm(P.distribution(after: 1, from: π) .- π) < 1e-16)
    #expect(norm(P.distribution(after: 200, from: [1, 0, 0, 0]) .- π) < 1e-15)
    #expect(abs(try P.spectralGap() - 0.2658692028703661) < 1e-10)
    // A chain round a circle has complex eigenvalues: |−0.35 ± 0.606i| = 0.7.
    let round = try TransitionMatrix([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.8, 0.1, 0.1]])
    #expect(abs(try round.spectralGap() - 0.3) < 1e-10)
    #expect(try TransitionMatrix([[0.2, 0.8], [0.2, 0.8]]).spectralGap() == 1)
  }

  @Test func probabilitiesFarApartAreFoundToEveryDigit() throws {
    // Birth and death: π(i) p = π(i+1) q, so π(i) ∝ (p/q)^i.
    let (p, q) = (1e-9, 0.5)
    let P = Matrix<Double>(rows: 12, columns: 12) { i, j in
      let (up, down) = (i < 11 ? p : 0, i > 0 ? q : 0)
      return j == i + 1 ? up : j == i - 1 ? down : j == i ? 1 - up - down : 0
    }
    let π = try TransitionMatrix(P).stationaryDistribution()
    for i in 1..<12 { #expect(abs(π[i] / π[i - 1] / (p / q) - 1) < 1e-14) }
    #expect(π[11] < 1e-90 && π[11] > 0)
  }

  @Test func aSlowChainHasASmallGap() throws {
    // Two states that swap with probability ε: λ₂ = 1 − 2ε.
    for ε in [0.25, 1e-3, 1e-6] {
      let P = try TransitionMatrix([[1 - ε, ε], [ε, 1 - ε]])
      #expect(abs(try P.spectralGap() - 2 * ε) < 1e-10)
    }
  }

  @Test func chainsWithoutOneLimitAreNamed() throws {
    #expect(throws: ChainError.notADistribution(row: 1, sum: 1.5)) { try TransitionMatrix([[1, 0], [0.5, 1]]) }
    #expect(throws: ChainError.self) { try TransitionMatrix([[1.5, -0.5], [0, 1]]) }
    #expect(throws: ChainError.self) { try TransitionMatrix([[.nan, 1], [0, 1]]) }
    let pieces = try TransitionMatrix([[1, 0, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]])
    #expect(throws: ChainError.reducible(from: 0, to: 1)) { try pieces.stationaryDistribution() }
    let absorbing = try TransitionMatrix([[0.5, 0.5], [0, 1]])
    #expect(throws: ChainError.reducible(from: 1, to: 0)) { try absorbing.spectralGap() }
    let round = try TransitionMatrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    #expect(try round.period() == 3)
    #expect(throws: ChainError.periodic(3)) { try round.limit() }
    #expect(try round.stationaryDistribution().allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
    #expect(try TransitionMatrix(chain).period() == 1 && TransitionMatrix([[1]]).limit() == [1])
  }
}

@Suite struct ConditionalPairTests {
  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix<Double> {
    var stream = RandomStream(seed: seed)
    return Matrix<Double>.uniform(rows: rows, columns: columns, in: 0.1..<1, using: &stream)
  }

  @Test func conditionalsOfAJointFitAndTheirChainHasItsMarginal() throws {
    let weights = random(6, 3, 1)
    let joint = (1 / weights.sum) * weights
    let pair = try ConditionalPair(joint: joint)
    #expect(pair.incompatibility < 1e-14)
    let π = try pair.chain().stationaryDistribution()
    #expect(norm(π .- joint.rowSums) < 1e-15)
  }

  @Test func randomConditionalsDoNotAndTheWorstCrossRatioIsFound() throws {
    func normalised(_ A: Matrix<Double>) -> Matrix<Double> {
      let sums = A.rowSums
      return Matrix(rows: A.rows, columns: A.columns) { A[$0, $1] / sums[$0] }
    }
    let pair = try ConditionalPair(encoder: normalised(random(5, 3, 2)), decoder: normalised(random(3, 5, 3)))
    func R(_ x: Int, _ h: Int) -> Double { pair.encoder[x, h] / pair.decoder[h, x] }
    var worst = 0.0
    for x in 0..<5 {
      for y in 0..<5 {
        for h in 0..<3 {
          for g in 0..<3 { worst = max(worst, Double.log(R(x, h) * R(y, g) / (R(x, g) * R(y, h)))) }
        }
      }
    }
    #expect(worst > 0.5 && abs(pair.incompatibility - worst) < 1e-14)
  }

  @Test func zerosAreRefused() {
    #expect(throws: ChainError.notADistribution(row: 0, sum: 1)) {
      try ConditionalPair(encoder: [[1, 0], [0.5, 0.5]], decoder: [[0.5, 0.5], [0.5, 0.5]])
    }
  }
}

@Suite struct EnergyDistanceTests {
  private func points(_ count: Int, _ a: Double, _ b: Double, shift: Double = 0) -> Matrix<Double> {
    Matrix(rows: count, columns: 2) { i, j in
      let x = Double(i) * (j == 0 ? a : b)
      return x - x.rounded(.down) + (j == 0 ? shift : 0)
    }
  }

  // scipy's cdist: 2 mean(X,Y) − sum(X,X)/(n(n−1)) − sum(Y,Y)/(m(m−1)), and its jackknife by numpy.delete.
  @Test func valueAndErrorAreThoseOfSciPy() {
    let X = points(40, 0.618033988749895, 0.754877666246693)
    let Y = points(30, 0.569840290998053, 0.324717957244746, shift: 0.3)
    let distance = EnergyDistance(X, Y)
    #expect(abs(distance.value - 0.1586338667538716) < 1e-13)
    #expect(abs(distance.standardError - 0.07522527608707728) < 1e-13)
  }

  @Test func halvesOfOneSampleAreNotApart() {
    var stream = RandomStream(seed: 4)
    let distance = EnergyDistance(
      Matrix<Double>.normal(rows: 300, columns: 3, using: &stream),
      Matrix<Double>.normal(rows: 300, columns: 3, using: &stream))
    #expect(abs(distance.value) < 4 * distance.standardError)
  }
}

@Suite struct DenoisingChainTests {
  /// Two bits and two hidden units.
  private func network(_ seed: UInt64 = 5) throws -> Autoencoder<Double> {
    var stream = RandomStream(seed: seed)
    var network = try Autoencoder<Double>(inputs: 2, hidden: 2, activation: .tanh, output: .sigmoid, using: &stream)
    network.parameters = network.parameterCount == 12 ? (0..<12).map { 1.3 * Double.sin(Double(3 * $0 + 1)) } : []
    return network
  }

  // The oracle sums over all corrupted states by hand, and over all draws.
  @Test func theStatesComeAsOftenAsTheEnumeratedChainSays() throws {
    let (network, ν, N) = (try network(), 0.4, 40_000)
    let states: Matrix<Double> = [[0, 0], [1, 0], [0, 1], [1, 1]]
    let X̂ = network.reconstruct(states)
    let chain = DenoisingChain(network, corruption: try .saltAndPepper(ν))
    var stream = RandomStream(seed: 6)
    for x in 0..<4 {
      var X = Matrix<Double>(rows: N, columns: 2) { _, i in states[x, i] }
      chain.step(&X, using: &stream)
      #expect(X.elements.allSatisfy { $0 == 0 || $0 == 1 })
      for y in 0..<4 {
        var p = 0.0
        for x̃ in 0..<4 {
          var term = 1.0
          for i in 0..<2 {
            term *= states[x, i] == states[x̃, i] ? 1 - ν / 2 : ν / 2
            term *= states[y, i] == 1 ? X̂[x̃, i] : 1 - X̂[x̃, i]
          }
          p += term
        }
        let share = Double((0..<N).count { X[$0, 0] == states[y, 0] && X[$0, 1] == states[y, 1] }) / Double(N)
        #expect(abs(share - p) < 4.5 * (p * (1 - p) / Double(N)).squareRoot())
      }
    }
  }

  @Test func aWalkOfOneStepIsDenoising() throws {
    let network = try network()
    let X = Matrix<Double>(rows: 9, columns: 2) { n, i in Double((n >> i) & 1) }
    let corruption = try Corruption<Double>.saltAndPepper(0.3)
    var plain = try Objective(network, data: X, loss: .bernoulli, corruption: corruption)
    var walk = try WalkbackObjective(network, data: X, corruption: corruption, steps: 1)
    var (a, b) = ([Double](repeating: 0, count: 12), [Double](repeating: 0, count: 12))
    var (one, other) = (RandomStream(seed: 1), RandomStream(seed: 1))
    let order = [4, 0, 7, 2, 8][...]
    let left = plain.value(at: network.parameters, gradient: &a, examples: order, using: &one)
    let right = walk.value(at: network.parameters, gradient: &b, examples: order, using: &other)
    #expect(abs(left - right) < 1e-14 && zip(a, b).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test func aWalkGoesOnFromWhatTheChainDrewAndAimsAtTheCleanExample() throws {
    // This network turns both bits round, so surely that its draws are known: 40 is a certain output.
    let turning = Autoencoder<Double>(
      encoder: Stack([Dense(W: [[1, 0], [0, 1]], b: [0, 0], activation: .identity)]),
      decoder: Stack([Dense(W: [[-80, 0], [0, -80]], b: [40, 40], activation: .sigmoid)]))
    let none = try Corruption<Double>.masking(0)
    var stream = RandomStream(seed: 3)
    var gradient = [Double](repeating: 0, count: turning.parameterCount)
    for (steps, expected) in [(1, 80.0), (2, 40), (3, 160.0 / 3), (4, 40)] {
      var walk = try WalkbackObjective(turning, data: [[1, 0], [0, 0]], corruption: none, steps: steps)
      let loss = walk.value(at: turning.parameters, gradient: &gradient, examples: [0, 1], using: &stream)
      // Odd states are the example itself, whose output is wrong by 40 nats a bit; even ones are its opposite.
      #expect(abs(loss - expected) < 1e-9)
    }
  }

  @Test func badInputIsNamed() throws {
    let network = try network()
    #expect(throws: ParameterError.self) {
      try WalkbackObjective(network, data: [[0, 1]], corruption: .masking(0.1), steps: 0)
    }
    #expect(throws: TrainingError.self) {
      try WalkbackObjective(network, data: [[0, 1.5]], corruption: .masking(0.1), steps: 2)
    }
  }
}
