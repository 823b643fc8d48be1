import LinearAlgebra
import Testing

@testable import Autoencoders

typealias VAE = VariationalAutoencoder<Double>

@Suite struct VariationalGradientTests {
  /// Everything is drawn: shapes, depth, activation, likelihood, β, samples. The last parameter is a learnt variance's.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func theGradientAgreesWithCentralDifferencesOnRandomShapes(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, name: "variational shapes")
    let (N, D, K, S) = (
      1 + stream.integer(below: 6), 1 + stream.integer(below: 7), 1 + stream.integer(below: 4),
      1 + stream.integer(below: 3)
    )
    let hidden = (0..<stream.integer(below: 3)).map { _ in 1 + stream.integer(below: 6) }
    let likelihood: VAE.Observation = [
      .bernoulli, .gaussian(variance: 0.3), .gaussian(variance: 0.3, learnt: true),
    ][Int(seed) % 3]
    let β = [0, 0.5, 1, 4][stream.integer(below: 4)]
    var network = try VAE(
      inputs: D, hidden: hidden, latent: K, activation: [.tanh, .sigmoid, .softplus][stream.integer(below: 3)],
      likelihood: likelihood, using: &stream)
    network.parameters = network.parameters.map { _ in 0.6 * stream.normal() }
    let X = Matrix<Double>.uniform(rows: N, columns: D, using: &stream)
    let ε = Matrix<Double>.normal(rows: N * S, columns: K, using: &stream)
    let objective = try VariationalObjective(network, data: X, β: β, samples: S, noise: ε)
    let check = gradientCheck(objective)
    #expect(check.worstError < 1e-7, "\(N) × \(D), \(hidden), \(K), \(S) codes, \(likelihood), β = \(β): \(check)")
  }

  @Test func theGradientHoldsWhereTheLogVarianceIsBounded() throws {
    var stream = RandomStream(seed: 3)
    var network = try VAE(
      inputs: 3, hidden: [], latent: 2, activation: .tanh, likelihood: .bernoulli, using: &stream)
    network.encoder.layers[0].b = [0.1, -0.2, -14, 3]
    let X = Matrix<Double>.uniform(rows: 4, columns: 3, using: &stream)
    let ε = Matrix<Double>.normal(rows: 4, columns: 2, using: &stream)
    #expect(gradientCheck(try VariationalObjective(network, data: X, noise: ε)).worstError < 1e-7)
  }

  @Test func aMinibatchOfAllExamplesIsTheSameFunctionOfItsNoise() throws {
    var stream = RandomStream(seed: 4)
    let network = try VAE(
      inputs: 5, hidden: [4], latent: 2, activation: .tanh, likelihood: .bernoulli, using: &stream)
    let X = Matrix<Double>.uniform(rows: 6, columns: 5, using: &stream)
    var (one, other) = (RandomStream(seed: 9), RandomStream(seed: 9))
    var fresh = try VariationalObjective(network, data: X, β: 2)
    var g = network.parameters
    let value = fresh.value(at: network.parameters, gradient: &g, examples: ArraySlice(0..<6), using: &one)
    let ε = Matrix<Double>.normal(rows: 6, columns: 2, using: &other)
    let fixed = try VariationalObjective(network, data: X, β: 2, noise: ε)
    #expect(fixed.value() == value)
    #expect(fixed.gradient() == g)
  }

  @Test func theObjectiveIsMinusTheEvidence() throws {
    var stream = RandomStream(seed: 5)
    for likelihood in [VAE.Observation.bernoulli, .gaussian(variance: 0.2)] {
      let network = try VAE(
        inputs: 5, hidden: [4], latent: 2, activation: .tanh, likelihood: likelihood, using: &stream)
      let X = Matrix<Double>.uniform(rows: 6, columns: 5, using: &stream)
      var (one, other) = (RandomStream(seed: 9), RandomStream(seed: 9))
      let evidence = try network.evidence(of: X, using: &one)
      let ε = Matrix<Double>.normal(rows: 6, columns: 2, using: &other)
      for β in [0.0, 1, 3] {
        let value = try VariationalObjective(network, data: X, β: β, noise: ε).value()
        #expect(abs(value + evidence.mean.reconstruction - β * evidence.mean.divergence) < 1e-13)
      }
      #expect(abs(evidence.bound.sum() / 6 - evidence.mean.bound) < 1e-13)
    }
  }

  @Test(arguments: [true, false])
  func singlePrecisionAgreesWithDouble(bernoulli: Bool) throws {
    var stream = RandomStream(seed: 12)
    let double = try VAE(
      inputs: 5, hidden: [4], latent: 2, activation: .tanh,
      likelihood: bernoulli ? .bernoulli : .gaussian(variance: 0.3, learnt: true), using: &stream)
    var single = try VariationalAutoencoder<Float>(
      inputs: 5, hidden: [4], latent: 2, activation: .tanh,
      likelihood: bernoulli ? .bernoulli : .gaussian(variance: 0.3, learnt: true), using: &stream)
    single.parameters = double.parameters.map { Float($0) }
    let X = Matrix<Double>.uniform(rows: 6, columns: 5, using: &stream)
    let ε = Matrix<Double>.normal(rows: 12, columns: 2, using: &stream)
    let rounded = { (A: Matrix<Double>) in Matrix<Float>(rows: A.rows, columns: A.columns) { Float(A[$0, $1]) } }
    let exact = try VariationalObjective(double, data: X, samples: 2, noise: ε)
    let objective = try VariationalObjective(single, data: rounded(X), samples: 2, noise: rounded(ε))
    #expect(abs(Double(objective.value()) - exact.value()) < 1e-4)
    for (g, ĝ) in zip(exact.gradient(), objective.gradient()) { #expect(abs(g - Double(ĝ)) < 1e-4) }
  }

  @Test func trainingRaisesTheBoundAndLeavesTheNetworkAloneIfItFails() throws {
    var stream = RandomStream(seed: 6)
    var network = try VAE(
      inputs: 6, hidden: [8], latent: 2, activation: .tanh, likelihood: .bernoulli, using: &stream)
    let X = Matrix<Double>(rows: 40, columns: 6) { n, i in n % 2 == i % 2 ? 1 : 0 }
    let training = try network.train(on: X, optimiser: Adam(rate: 0.02), epochs: 60, batch: 10, using: &stream)
    #expect(training.history[59] < training.history[0] - 1)
    #expect(network.parameters == training.parameters)
    // Two kinds of example: log 2 nats tell them apart, and little more is needed.
    #expect(training.history[59] < 2)
    let before = network.parameters
    #expect(throws: TrainingError.self) {
      try network.train(on: X, optimiser: SGD(rate: 1e200), epochs: 5, using: &stream)
    }
    #expect(network.parameters == before)
  }
}

@Suite struct DiagonalGaussianTests {
  /// Σ q log (q / p) over a fine grid of one dimension.
  func integratedDivergence(_ m: Double, _ s: Double, _ n: Double, _ t: Double) -> Double {
    let (σ, step) = (Double.exp(s / 2), Double.exp(s / 2) / 64)
    return (-640...640).map { i in
      let z = m + Double(i) * step
      let q = -((z - m) * (z - m) / (σ * σ) + s + Double.log(2 * .pi)) / 2
      let p = -((z - n) * (z - n) / Double.exp(t) + t + Double.log(2 * .pi)) / 2
      return step * Double.exp(q) * (q - p)
    }.sum()
  }

  @Test func theDivergenceAgreesWithNumericIntegration() {
    let (μ, s): (Matrix<Double>, Matrix<Double>) = ([[0.3, -1.2], [0, 2]], [[0.1, -3], [0, 1.5]])
    let (n, t): (Matrix<Double>, Matrix<Double>) = ([[0, 1], [0.5, 2]], [[0.4, -1], [0, 1.5]])
    let q = DiagonalGaussians(mean: μ, logVariance: s)
    let p = DiagonalGaussians(mean: n, logVariance: t)
    let (prior, other) = (q.divergence(), q.divergence(from: p))
    for i in 0..<2 {
      for k in 0..<2 {
        #expect(abs(prior[i, k] - integratedDivergence(μ[i, k], s[i, k], 0, 0)) < 1e-12)
        #expect(abs(other[i, k] - integratedDivergence(μ[i, k], s[i, k], n[i, k], t[i, k])) < 1e-12)
      }
    }
    #expect(prior[1, 0] == 0 && other[1, 1] == 0)
  }

  @Test func closedValues() {
    // N(1, 1) against N(0, 1) is ½; N(0, e²) is ½ (e² − 3).
    let q = DiagonalGaussians<Double>(mean: [[1, 0]], logVariance: [[0, 2]])
    #expect(abs(q.divergence()[0, 0] - 0.5) < 1e-15)
    #expect(abs(q.divergence()[0, 1] - 2.194528049465325) < 1e-14)
    // scipy.stats.norm.logpdf(0.5, 1, 1) + norm.logpdf(-1, 0, e)
    #expect(abs(q.logDensity(at: [[0.5, -1]])[0] + 3.0305447080276515) < 1e-13)
  }

  @Test func samplesHaveTheMomentsOfTheirGaussians() {
    var stream = RandomStream(seed: 2)
    let N = 20000
    let q = DiagonalGaussians<Double>(
      mean: Matrix(rows: N, columns: 1, repeating: 3), logVariance: Matrix(rows: N, columns: 1, repeating: -1))
    let z = q.sample(using: &stream)
    let mean = z.mean
    let variance = z.map { ($0 - mean) * ($0 - mean) }.mean
    #expect(abs(mean - 3) < 4 * (Double.exp(-1) / Double(N)).squareRoot())
    #expect(abs(variance / Double.exp(-1) - 1) < 4 * (2 / Double(N)).squareRoot())
  }
}

@Suite struct EvidenceTests {
  /// A linear decoder of two latent numbers, and the exact log p(x) of its marginal N(c, WWᵀ + vI).
  static func linear(_ likelihood: VAE.Observation, _ stream: inout RandomStream) throws -> VAE {
    var network = try VAE(
      inputs: 4, hidden: [], latent: 2, activation: .identity, likelihood: likelihood, using: &stream)
    network.decoder.layers[0].b = [0.5, -0.2, 0, 0.1]
    return network
  }

  static func exact(_ network: VAE, _ v: Double, _ X: Matrix<Double>) -> [Double] {
    let (W, c) = (network.decoder.W, network.decoder.b)
    let eigen = SymmetricEigen(W * W.T + v * .identity(4))
    let y = Matrix(rows: X.rows, columns: 4) { n, i in X[n, i] - c[i] } * eigen.vectors
    return (0..<X.rows).map { n in
      -(0..<4).map { i in y[n, i] * y[n, i] / eigen.values[i] + Double.log(2 * .pi * eigen.values[i]) }.sum() / 2
    }
  }

  /// The posterior N(M⁻¹Wᵀ(x − c), v M⁻¹), M = WᵀW + vI, is diagonal if W has orthogonal columns. The encoder is set to
  /// it, with all variances multiplied by `inflation`.
  static func inferred(v: Double, inflation: Double, _ stream: inout RandomStream) throws -> VAE {
    var network = try linear(.gaussian(variance: v), &stream)
    network.decoder.W = [[1, 0], [0, 2], [1, 0], [0, 0]]
    let m = [2 + v, 4 + v]
    network.encoder.W = Matrix(rows: 4, columns: 4) { j, i in j < 2 ? network.decoder.W[i, j] / m[j] : 0 }
    let shift = network.encoder.W * network.decoder.b
    network.encoder.b = (0..<4).map { j in
      j < 2 ? -shift[j] : DiagonalGaussians.output(forLogVariance: Double.log(inflation * v / m[j - 2]))
    }
    return network
  }

  @Test func theImportanceWeightedEstimateComesToTheExactLikelihoodFromBelow() throws {
    var stream = RandomStream(seed: 7)
    let network = try Self.inferred(v: 0.5, inflation: 3, &stream)
    let X = Matrix<Double>.normal(rows: 200, columns: 4, using: &stream)
    let exact = Self.exact(network, 0.5, X).sum() / 200
    let bounds = try [1, 10, 2000].map { try network.importanceWeighted(X, samples: $0, using: &stream).sum() / 200 }
    // KL(q‖posterior) = ½ (3 − 1 − log 3) for each of two dimensions.
    let gap = 2 - Double.log(3)
    let bound = try network.evidence(of: X, samples: 500, using: &stream).mean.bound
    #expect(abs(exact - bound - gap) < 0.03, "\(exact - bound), not \(gap)")
    #expect(abs(exact - bounds[0] - gap) < 0.5)
    #expect(exact - bounds[1] > 0 && exact - bounds[1] < gap / 2)
    #expect(abs(bounds[2] - exact) < 0.01, "\(bounds), exact \(exact)")
  }

  @Test func withTheExactPosteriorEveryWeightIsTheLikelihood() throws {
    var stream = RandomStream(seed: 8)
    let v = 0.5
    let network = try Self.inferred(v: v, inflation: 1, &stream)
    let X = Matrix<Double>.normal(rows: 20, columns: 4, using: &stream)
    let exact = Self.exact(network, v, X)
    let one = try network.importanceWeighted(X, samples: 1, using: &stream)
    for (a, b) in zip(one, exact) { #expect(abs(a - b) < 1e-11) }
  }

  @Test func theWeightsAreTakenRelativeToTheLargest() throws {
    var stream = RandomStream(seed: 9)
    let network = try Self.linear(.gaussian(variance: 1e-6), &stream)
    // log p(x|z) near −10⁶: e to that power is 0.
    let estimate = try network.importanceWeighted([[1, 2, 3, 4]], samples: 50, using: &stream)
    #expect(estimate[0].isFinite && estimate[0] < -1e5)
  }

  @Test func theLikelihoodHasItsConstants() throws {
    var stream = RandomStream(seed: 10)
    let gaussian = try Self.linear(.gaussian(variance: 0.25), &stream)
    let (X, Z): (Matrix<Double>, Matrix<Double>) = ([[1, 0, 0.5, 1]], [[0.3, -0.4]])
    let x̂ = gaussian.decode(Z)
    let expected = (0..<4).map { i in
      Double.log(Double.exp(-(X[0, i] - x̂[0, i]) * (X[0, i] - x̂[0, i]) / 0.5) / (2 * .pi * 0.25).squareRoot())
    }.sum()
    #expect(abs(gaussian.logLikelihood(of: X, given: Z)[0] - expected) < 1e-13)
    let bernoulli = try Self.linear(.bernoulli, &stream)
    let p = bernoulli.decode(Z)
    let cross = (0..<4).map { X[0, $0] * Double.log(p[0, $0]) + (1 - X[0, $0]) * Double.log(1 - p[0, $0]) }.sum()
    #expect(abs(bernoulli.logLikelihood(of: X, given: Z)[0] - cross) < 1e-13)
  }

  @Test func imputationKeepsWhatIsKnownAndComesToAFixedPoint() throws {
    var stream = RandomStream(seed: 11)
    let network = try Self.linear(.gaussian(variance: 0.25), &stream)
    let X: Matrix<Double> = [[1, 2, 0, 0], [0, 1, 3, 0]]
    let known: Matrix<Double> = [[1, 1, 0, 0], [0, 1, 1, 1]]
    #expect(network.impute(X, known: known, iterations: 0) == X)
    let filled = network.impute(X, known: known, iterations: 500)
    #expect((known ⊙ filled) == (known ⊙ X))
    #expect(network.impute(1e-20 * X, known: known, iterations: 1)[0, 0] == 1e-20)
    let X̂ = network.reconstruct(filled)
    #expect(((X̂ - filled) - known ⊙ (X̂ - filled)).norm < 1e-6)
    #expect((filled - X).norm > 0.1)
  }
}

@Suite struct VariationalBadInputTests {
  @Test func optionsOutOfRangeAreRefused() throws {
    var stream = RandomStream(seed: 1)
    #expect(throws: ParameterError("latent dimensions", 0, mustBe: "at least 1")) {
      try VAE(inputs: 3, hidden: [2], latent: 0, activation: .tanh, likelihood: .bernoulli, using: &stream)
    }
    #expect(throws: ParameterError.self) {
      try VAE(inputs: 3, hidden: [0], latent: 1, activation: .tanh, likelihood: .bernoulli, using: &stream)
    }
    for variance in [0, -1, 1e30, .nan, .infinity] {
      #expect(throws: ParameterError.self) {
        try VAE(
          inputs: 3, hidden: [], latent: 1, activation: .tanh, likelihood: .gaussian(variance: variance), using: &stream
        )
      }
    }
    let network = try VAE(
      inputs: 3, hidden: [2], latent: 1, activation: .tanh, likelihood: .bernoulli, using: &stream)
    let X = Matrix<Double>(rows: 2, columns: 3, repeating: 0.5)
    for β in [-1, .nan, .infinity] {
      #expect(throws: ParameterError.self) { try VariationalObjective(network, data: X, β: β) }
    }
    #expect(throws: ParameterError.self) { try VariationalObjective(network, data: X, samples: 0) }
    #expect(throws: ParameterError.self) { try network.evidence(of: X, samples: 0, using: &stream) }
    #expect(throws: ParameterError.self) { try network.importanceWeighted(X, samples: -1, using: &stream) }
    #expect(throws: TrainingError.self) { try VariationalObjective(network, data: 3 * X) }
    #expect(throws: TrainingError.self) { try VariationalObjective(network, data: [[0, .nan, 0]]) }
    #expect(throws: TrainingError.self) { try VariationalObjective(network, data: Matrix(rows: 0, columns: 3)) }
  }

  @Test(arguments: [1e3, 1e6, 1e300, -1e3, -1e300])
  func noOutputOfTheEncoderMakesAnythingInfinite(output: Double) throws {
    var stream = RandomStream(seed: 2)
    var network = try VAE(
      inputs: 3, hidden: [], latent: 2, activation: .tanh, likelihood: .bernoulli, using: &stream)
    network.encoder.layers[0].b = [0, 0, output, output]
    let X = Matrix<Double>(rows: 2, columns: 3, repeating: 0.5)
    let q = network.posterior(of: X)
    #expect(abs(q.logVariance[0, 0]) <= 20 && (q.logVariance[0, 0] > 0) == (output > 0))
    let objective = try VariationalObjective(network, data: X, noise: .normal(rows: 2, columns: 2, using: &stream))
    #expect(objective.value().isFinite)
    #expect(objective.gradient().allSatisfy { $0.isFinite })
    #expect(try network.importanceWeighted(X, samples: 3, using: &stream).allSatisfy { $0.isFinite })
  }

  @Test func theBoundIsHardlyFeltByOrdinaryVariances() {
    for s in [-3.0, -1.5, 0, 1.5] { #expect(abs(DiagonalGaussians.logVariance(of: s) - s) < 0.03) }
    for s in [-19.0, -6, 0, 2] {
      #expect(abs(DiagonalGaussians.logVariance(of: DiagonalGaussians.output(forLogVariance: s)) - s) < 1e-12)
    }
  }

  @Test func aLearntVarianceBeginsWhereItWasPut() throws {
    var stream = RandomStream(seed: 2)
    let network = try VAE(
      inputs: 3, hidden: [], latent: 2, activation: .tanh, likelihood: .gaussian(variance: 0.07, learnt: true),
      using: &stream)
    #expect(abs((network.noiseVariance ?? .nan) - 0.07) < 1e-14)
    #expect(network.parameters.count == network.parameterCount)
  }

  @Test func sizesThatDoNotFitAreNamed() async throws {
    let mask = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var stream = RandomStream(seed: 1)
        let network = try VAE(
          inputs: 3, hidden: [2], latent: 1, activation: .tanh, likelihood: .bernoulli, using: &stream)
        let X = Matrix<Double>(rows: 5, columns: 3)
        _ = network.impute(X, known: Matrix(rows: 4, columns: 3), iterations: 1)
      })
    let message = String(decoding: mask.standardErrorContent, as: UTF8.self)
    #expect(message.contains("4 × 3") && message.contains("5 × 3"))
    let stacks = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var stream = RandomStream(seed: 1)
        let encoder = try Stack<Double>(sizes: [3, 5], activations: [.identity], using: &stream)
        let decoder = try Stack<Double>(sizes: [2, 3], activations: [.sigmoid], using: &stream)
        _ = try VAE(encoder: encoder, decoder: decoder, likelihood: .bernoulli)
      })
    #expect(String(decoding: stacks.standardErrorContent, as: UTF8.self).contains("from 3 to 5"))
  }
}
