import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct ISTATests {
  /// F for one example, by its definition.
  func objective(_ h: [Double], _ x: [Double], _ W: Matrix<Double>, _ λ: Double) -> Double {
    var F = 0.0
    for i in x.indices {
      var x̂ = 0.0
      for j in h.indices { x̂ += W[i, j] * h[j] }
      F += 0.5 * (x̂ - x[i]) * (x̂ - x[i])
    }
    return F + λ * h.reduce(0) { $0 + abs($1) }
  }

  func linear(_ W: Matrix<Double>, b: [Double] = []) -> Stack<Double> {
    Stack([Dense(W: W, b: b, activation: .identity)])
  }

  @Test func theSoftThresholdShrinksTowardsZero() {
    #expect([-3, -1, -0.5, 0, 0.5, 1, 3].map { softThreshold($0, 1) } == [-2, 0, 0, 0, 0, 0, 2])
    #expect(softThreshold(Double.nan, 1).isNaN)
  }

  @Test func withAnOrthonormalDictionaryTheAnswerIsTheSoftThresholdOfTheProjection() throws {
    let W: Matrix<Double> = [[0.6, -0.8], [0.8, 0.6]]
    let x = [1.0, 2]
    // Wᵀx = (2.2, 0.4)
    let codes = try ISTA(λ: 0.5).encode([x], decoder: linear(W))
    #expect(abs(codes.H[0, 0] - 1.7) < 1e-12 && codes.H[0, 1] == 0)
  }

  @Test func theAnswerBeatsAGridOfAllCodes() throws {
    let W: Matrix<Double> = [[1, 0.6], [0.2, -0.9]]
    let x = [0.7, 0.5]
    let codes = try ISTA(λ: 0.15).encode([x], decoder: linear(W))
    #expect(codes.converged)
    #expect(abs(codes.objective - objective(codes.H.elements, x, W, 0.15)) < 1e-14)
    var best = Double.infinity
    for a in stride(from: -1.0, through: 1, by: 0.005) {
      for b in stride(from: -1.0, through: 1, by: 0.005) { best = min(best, objective([a, b], x, W, 0.15)) }
    }
    #expect(codes.objective <= best)
    // A grid of step 0.005 misses the minimum by at most L/2 · 2 · 0.0025² plus the slope of λ|h| there.
    #expect(codes.objective > best - 1e-4)
  }

  @Test func overcompleteCodesSatisfyTheOptimalityConditions() throws {
    var stream = RandomStream(seed: 1)
    let (N, D, K, λ) = (5, 6, 15, 0.3)
    let W = Matrix<Double>(rows: D, columns: K) { _, _ in stream.normal() }
    let X = Matrix<Double>(rows: N, columns: D) { _, _ in stream.normal() }
    let c = (0..<D).map { _ in stream.normal() }
    let codes = try ISTA(λ: λ, maxIterations: 20_000, tolerance: 0).encode(X, decoder: linear(W, b: c))
    #expect(zip(codes.history, codes.history.dropFirst()).allSatisfy { $0 >= $1 })
    var zeros = 0
    for n in 0..<N {
      for j in 0..<K {
        // Wᵀ(W h + c − x) is −λ sign(h) where h ≠ 0, and in [−λ, λ] where h = 0.
        var slope = 0.0
        for i in 0..<D {
          let x̂ = (0..<K).reduce(c[i]) { $0 + W[i, $1] * codes.H[n, $1] }
          slope += W[i, j] * (x̂ - X[n, i])
        }
        let h = codes.H[n, j]
        if h == 0 {
          zeros += 1
          #expect(abs(slope) <= λ + 1e-6)
        } else {
          #expect(abs(slope + (h > 0 ? λ : -λ)) < 1e-6)
        }
      }
    }
    // At most D of K entries are needed.
    #expect(zeros >= N * (K - D))
  }

  /// The step once came from a power method with this start, for which these dictionaries had no length at all.
  @Test(arguments: [nil, 5.0])
  func dictionariesOrthogonalToAnyOneVectorAreEncoded(start: Double?) throws {
    // 1.1 a − b ≈ 3: a alone, which is (1.1 · 3 − 0.1) / 1.21; the other unit answers with 0.1/1.1 < λ.
    let plane = try ISTA(λ: 0.1, maxIterations: 10_000, tolerance: 0).encode(
      [[3]], decoder: linear([[1.1, -1]]), from: start.map { [[$0, $0]] })
    #expect(abs(plane.H[0, 0] - 3.2 / 1.21) < 1e-8 && plane.H[0, 1] == 0)
    // Columns 1, −1 and 0 times (1, …, 1.6) each: the second of two equal and opposite atoms takes −x.
    let wide = Matrix<Double>(rows: 1, columns: 9) { _, j in j == 0 ? 1 : j == 7 ? -1 : 0 }
    let codes = try ISTA(λ: 0.5).encode(
      [[2]], decoder: linear(wide), from: start.map { Matrix(rows: 1, columns: 9, repeating: $0) })
    #expect(abs(codes.objective - 0.875) < 1e-12)
    #expect(abs(codes.H[0, 0] - codes.H[0, 7] - 1.5) < 1e-6)
  }

  @Test func theStepIsOneOverTheSquareOfTheLargestSingularValue() throws {
    // L = 9: from 0 to S(3 x₁ / 9), S(x₂ / 9).
    let codes = try ISTA(λ: 0.9, maxIterations: 1).encode([[1, 2]], decoder: linear([[3, 0], [0, 1]]))
    #expect(abs(codes.H[0, 0] - (3 - 0.9) / 9) < 1e-15 && abs(codes.H[0, 1] - (2 - 0.9) / 9) < 1e-15)
    #expect(codes.history.count == 2 && codes.history[0] == 2.5 && !codes.converged)
  }

  @Test func oneAtomHasAClosedForm() throws {
    let codes = try ISTA(λ: 1.0).encode([[3, 4]], decoder: linear([[2], [0]]))
    #expect(abs(codes.H[0, 0] - 1.25) < 1e-12 && codes.converged)
    // A row of batches, biases and a negative answer: (2 (−1 − 1) + 1) / 4.
    let shifted = try ISTA(λ: 1.0).encode([[3, 4], [-1, 0]], decoder: linear([[2], [0]], b: [1, 7]))
    #expect(abs(shifted.H[0, 0] - 0.75) < 1e-12 && abs(shifted.H[1, 0] + 0.75) < 1e-12)
  }

  /// W* by s, x by u and λ by s u: F is u² times, the codes are u/s times what they were; powers of two change no digit.
  @Test(arguments: [(700, -300), (-700, 300), (800, 200), (-700, -300), (-1040, -20), (500, 490)])
  func neitherTheDictionarysScaleNorTheDatasMatters(s: Int, u: Int) throws {
    func power(_ e: Int) -> Double { Double(sign: .plus, exponent: e, significand: 1) }
    let (W, x): (Matrix<Double>, Matrix<Double>) = ([[1, 0.5], [0.25, -1], [0.5, 0.5]], [[0.75, 0.5, -2]])
    let usual = try ISTA(λ: 0.125).encode(x, decoder: linear(W))
    let scaled = try ISTA(λ: 0.125 * power(s) * power(u)).encode(
      x.map { $0 * power(u) }, decoder: linear(W.map { $0 * power(s) }))
    #expect(scaled.H == usual.H.map { $0 * power(u - s) })
    #expect(scaled.iterations == usual.iterations && scaled.converged)
    #expect(usual.H.elements.allSatisfy { $0 != 0 })
    #expect(scaled.history == usual.history.map { $0 * power(u) * power(u) })
    // So does a start.
    let start: Matrix<Double> = [[2, -1]]
    let again = try ISTA(λ: 0.125 * power(s) * power(u)).encode(
      x.map { $0 * power(u) }, decoder: linear(W.map { $0 * power(s) }), from: start.map { $0 * power(u - s) })
    #expect(
      try again.H == ISTA(λ: 0.125).encode(x, decoder: linear(W), from: start).H.map { $0 * power(u - s) })
  }

  @Test func aDictionaryFarTooWeakForThePenaltyIsAnsweredWithZeros() throws {
    let codes = try ISTA(λ: 0.1).encode([[1]], decoder: linear([[0x1p-1030]]), from: [[4]])
    #expect(codes.H == [[0]] && codes.converged)
    #expect(abs(codes.history[0] - 0.9) < 1e-15 && codes.objective == 0.5)
  }

  @Test func floatsAreEncodedToo() throws {
    let codes = try ISTA<Float>(λ: 0.5).encode(
      [[1, 2]], decoder: Stack([Dense(W: [[0.6, -0.8], [0.8, 0.6]], activation: .identity)]))
    #expect(abs(codes.H[0, 0] - 1.7) < 1e-6 && abs(codes.H[0, 1]) < 1e-6)
  }

  /// F is some hundreds here, so an absolute tolerance would go on for longer.
  @Test func itStopsAtTheFirstIterationThatLowersFByNoMoreThanTheShareAskedFor() throws {
    var stream = RandomStream(seed: 4)
    let W = Matrix<Double>.normal(rows: 400, columns: 30, using: &stream)
    let X = Matrix<Double>.normal(rows: 3, columns: 400, using: &stream)
    let codes = try ISTA(λ: 0.5, tolerance: 1e-3).encode(X, decoder: linear(W))
    let drops = zip(codes.history, codes.history.dropFirst()).map { ($0 - $1) / $0 }
    #expect(codes.converged && drops.count > 2)
    #expect(drops.dropLast().allSatisfy { $0 > 1e-3 } && drops[drops.count - 1] <= 1e-3)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [Double.nan, .infinity])
  func whatIsNotFiniteIsRefused(value: Double) {
    #expect(throws: TrainingError.self) {
      try ISTA(λ: 0.1).encode([[1, 2]], decoder: linear(.identity(2)), from: [[value, 0]])
    }
    #expect(throws: TrainingError.self) { try ISTA(λ: 0.1).encode([[1, 2]], decoder: linear([[value, 0], [0, 1]])) }
  }

  @Test func aDictionaryOfZerosIsAnsweredWithZeros() throws {
    let codes = try ISTA(λ: 0.1).encode([[3, 4]], decoder: linear(Matrix(rows: 2, columns: 3)))
    #expect(codes.H == Matrix(rows: 1, columns: 3))
    #expect(codes.objective == 12.5)
    let started = try ISTA(λ: 0.1).encode([[3, 4]], decoder: linear(Matrix(rows: 2, columns: 3)), from: [[1, 2, 0]])
    #expect(started.H == Matrix(rows: 1, columns: 3) && started.converged)
    #expect(abs(started.history[0] - 12.8) < 1e-14 && started.objective == 12.5)
  }
}

@Suite struct RecirculationTests {
  @Test func oneStepChangesTheWeightsAsTheRuleSays() throws {
    // x = 1, W = 2, W* = 1, r = ¾: h₁ = 2, x̂ = 2, x₂ = 1.25, h₃ = 2.125.
    var network = Autoencoder<Double>(
      encoder: Stack([Dense(W: [[2]], b: [0], activation: .identity)]),
      decoder: Stack([Dense(W: [[1]], b: [0], activation: .identity)]))
    var stream = RandomStream(seed: 1)
    let training = try Recirculation(rate: 0.1).train(&network, on: [[1]], epochs: 1, using: &stream)
    #expect(abs(network.encoder.W[0, 0] - (2 + 0.1 * (2 - 2.125) * 1.25)) < 1e-15)
    #expect(abs(network.encoder.b[0] - 0.1 * (2 - 2.125)) < 1e-15)
    #expect(abs(network.decoder.W[0, 0] - (1 + 0.1 * (1 - 1.25) * 2)) < 1e-15)
    #expect(abs(network.decoder.b[0] - 0.1 * (1 - 1.25)) < 1e-15)
    #expect(training.history == [0.5])
  }

  @Test(arguments: [Activation.identity, .sigmoid])
  func itsChangesAreStepsDownTheGradientOfTheLinkedLikelihood(output: Activation) throws {
    var stream = RandomStream(seed: 3)
    let X = Matrix<Double>.uniform(rows: 9, columns: 6, using: &stream)
    var network = try Autoencoder<Double>(inputs: 6, hidden: 4, activation: .sigmoid, output: output, using: &stream)
    // W* = Wᵀ, in separate matrices.
    network.decoder.W = network.encoder.W.T
    let (rest, count) = (0x1p-12, network.encoder.parameterCount)
    var changed = network
    try Recirculation(rate: 1, regression: 1 - rest).train(&changed, on: X, epochs: 1, using: &stream)
    let change = zip(changed.parameters, network.parameters).map { $0 - $1 }
    let gradient = try Objective(network, data: X, loss: output == .identity ? .gaussian : .bernoulli).gradient()
    let largest = gradient.map(abs).greatest()
    for i in gradient.indices {
      // The encoder's part is off by a share of order 1 − r, and by the rounding of h₁ − h₃.
      let (step, share) = i < count ? (rest * rest, 1e-2) : (rest, 1e-10)
      #expect(abs(change[i] / step + gradient[i]) < share * largest, "component \(i)")
    }
  }

  @Test func recirculationLearnsAboutAsWellAsBackpropagation() throws {
    var stream = RandomStream(seed: 2)
    // Sixteen examples of eight pixels on a curve of one parameter.
    let X = Matrix<Double>(rows: 16, columns: 8) { n, i in
      let distance = Double(i) - Double(n) / 2
      return 1 / (1 + distance * distance)
    }
    let start = try Autoencoder<Double>(inputs: 8, hidden: 4, activation: .sigmoid, output: .sigmoid, using: &stream)
    var (looped, descended) = (start, start)
    let recirculated = try Recirculation(rate: 2).train(&looped, on: X, epochs: 1500, batch: 4, using: &stream)
    let backpropagated = try descended.train(
      on: X, loss: .gaussian, optimiser: SGD(rate: 2), epochs: 1500, batch: 4, using: &stream)
    let (first, last) = (recirculated.history[0], recirculated.history[1499])
    #expect(last < 0.2 * first, "\(first), \(last), \(backpropagated.history[1499])")
    #expect(last < 10 * backpropagated.history[1499])
  }
}
