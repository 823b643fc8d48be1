import Autoencoders
import LinearAlgebra
import Testing

/// A dictionary of six columns for four numbers, and five examples:
///
///     W = np.array([[np.sin(1 + 1.7*i + 2.3*l) for l in range(6)] for i in range(4)]); W /= np.linalg.norm(W, axis=0)
///     X = np.array([[np.cos(0.5 + 1.1*n + 0.7*i*(n + 1)) for i in range(4)] for n in range(5)])
private let W: Matrix<Double> = {
  let raw = Matrix<Double>(rows: 4, columns: 6) { i, l in .sin(1 + 1.7 * Double(i) + 2.3 * Double(l)) }
  let lengths = (raw ⊙ raw).columnSums.map { $0.squareRoot() }
  return Matrix(rows: 4, columns: 6) { raw[$0, $1] / lengths[$1] }
}()
private let X = Matrix<Double>(rows: 5, columns: 4) { n, i in
  .cos(0.5 + 1.1 * Double(n) + 0.7 * Double(i) * Double(n + 1))
}
private let λ = 0.2
private let P = Matrix<Double>(rows: 5, columns: 6) { n, l in 0.3 * .sin(Double(n) - Double(l)) }

private func linear(_ W: Matrix<Double>) -> Stack<Double> { Stack([Dense(W: W, activation: .identity)]) }

private func exact(_ X: Matrix<Double>, _ W: Matrix<Double>) throws -> ISTA<Double>.Codes {
  try ISTA(λ: λ, momentum: .restarted, maxIterations: 100_000, tolerance: 0).encode(X, decoder: linear(W))
}

@Suite struct MomentumTests {
  /// scikit-learn 1.7: `Lasso(alpha=0.2/4, fit_intercept=False, tol=1e-15, max_iter=10**6)` for each row of X, and
  /// `sparse_encode(X, W.T, algorithm="lasso_cd", alpha=0.2)` give this mean of ½‖x − Wh‖² + λ‖h‖₁.
  @Test(arguments: [ISTA<Double>.Momentum.none, .nesterov, .restarted])
  func objectivesAreScikitLearns(momentum: ISTA<Double>.Momentum) throws {
    let codes = try ISTA(λ: λ, momentum: momentum, maxIterations: 200_000, tolerance: 0).encode(X, decoder: linear(W))
    #expect(abs(codes.objective - 0.7371566827428564) < 1e-12)
  }

  /// The same Lasso for W and X with √γ I and √γ p stacked below, γ = 0.5.
  @Test(arguments: [ISTA<Double>.Momentum.none, .nesterov, .restarted])
  func predictionsAreARidge(momentum: ISTA<Double>.Momentum) throws {
    let method = ISTA(λ: λ, γ: 0.5, momentum: momentum, maxIterations: 20_000, tolerance: 0)
    let codes = try method.encode(X, decoder: linear(W), predictions: P)
    #expect(abs(codes.objective - 0.8400078022471243) < 1e-12)
    // A stacked dictionary has curvature L + γ, so it takes the same steps.
    let root = 0.5.squareRoot()
    let stacked = Matrix(rows: 10, columns: 6) { i, l in i < 4 ? W[i, l] : i - 4 == l ? root : 0 }
    let target = Matrix(rows: 5, columns: 10) { n, i in i < 4 ? X[n, i] : root * P[n, i - 4] }
    for steps in [1, 2, 7] {
      let own = try ISTA(λ: λ, γ: 0.5, momentum: momentum, maxIterations: steps, tolerance: 0)
        .encode(X, decoder: linear(W), predictions: P)
      let other = try ISTA(λ: λ, momentum: momentum, maxIterations: steps, tolerance: 0)
        .encode(target, decoder: linear(stacked))
      #expect((own.H - other.H).map(abs).elements.greatest() < 1e-12)
      #expect(zip(own.history, other.history).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func fistaTakesItsStepsFromBeyond() throws {
    let σ₁ = SVD(W).σ[0]
    let L = σ₁ * σ₁
    var (H, before, τ, β) = (Matrix<Double>(rows: 5, columns: 6), Matrix<Double>(rows: 5, columns: 6), 1.0, 0.0)
    for step in 1...12 {
      let Y = H + β * (H - before)
      before = H
      H = (Y - (1 / L) * ((Y * W.T - X) * W)).map { softThreshold($0, λ / L) }
      let next = (1 + (1 + 4 * τ * τ).squareRoot()) / 2
      (β, τ) = ((τ - 1) / next, next)
      let codes = try ISTA(λ: λ, momentum: .nesterov, maxIterations: step, tolerance: 0).encode(X, decoder: linear(W))
      #expect((codes.H - H).map(abs).elements.greatest() < 1e-13, "step \(step)")
    }
  }

  @Test func bothRatesHoldAtEveryStep() throws {
    let best = try exact(X, W)
    let σ₁ = SVD(W).σ[0]
    let square = σ₁ * σ₁ * best.H.squaredNorm / 5
    let ista = try ISTA(λ: λ, maxIterations: 500, tolerance: 0).encode(X, decoder: linear(W)).history
    let fista = try ISTA(λ: λ, momentum: .nesterov, maxIterations: 500, tolerance: 0)
      .encode(X, decoder: linear(W)).history
    for q in 1..<min(ista.count, fista.count) {
      #expect(ista[q] - best.objective <= square / Double(2 * q) + 1e-14)
      #expect(fista[q] - best.objective <= 2 * square / Double((q + 1) * (q + 1)) + 1e-14)
    }
  }

  @Test func withRestartsTheObjectiveNeverRises() throws {
    let codes = try exact(X, W)
    #expect(zip(codes.history, codes.history.dropFirst()).allSatisfy { $0 >= $1 })
    let plain = try ISTA(λ: λ, momentum: .nesterov, maxIterations: 300, tolerance: 0).encode(X, decoder: linear(W))
    #expect(!zip(plain.history, plain.history.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func momentumStopsWhenAStepMovesNothing() throws {
    for momentum in [ISTA<Double>.Momentum.nesterov, .restarted] {
      let codes = try ISTA(λ: λ, momentum: momentum, maxIterations: 100_000, tolerance: 1e-10)
        .encode(X, decoder: linear(W))
      #expect(codes.converged && codes.iterations < 2000)
      #expect(abs(codes.objective - 0.7371566827428564) < 1e-7)
    }
  }

  /// As for ISTA alone: powers of two change no digit.
  @Test(arguments: [(700, -300), (-700, 300), (-1040, 20)])
  func scalesDoNotMatter(s: Int, u: Int) throws {
    func power(_ e: Int) -> Double { Double(sign: .plus, exponent: e, significand: 1) }
    for momentum in [ISTA<Double>.Momentum.none, .nesterov, .restarted] {
      let usual = try ISTA(λ: 0.125, γ: 0.25, momentum: momentum, maxIterations: 60, tolerance: 0)
        .encode(X, decoder: linear(W), predictions: P)
      // γ scales as the square of the dictionary, whose exponent may be too large for that: then it is left out.
      guard (power(s) * power(s)).isNormal, power(2 * s) * 0.25 < .infinity else { continue }
      let scaled = try ISTA(
        λ: 0.125 * power(s) * power(u), γ: 0.25 * power(2 * s), momentum: momentum,
        maxIterations: 60, tolerance: 0
      ).encode(
        X.map { $0 * power(u) }, decoder: linear(W.map { $0 * power(s) }), predictions: P.map { $0 * power(u - s) })
      #expect(scaled.H == usual.H.map { $0 * power(u - s) })
    }
  }

  @Test func aDictionaryOfZerosLeavesThePredictionThresholded() throws {
    let codes = try ISTA(λ: 0.1, γ: 2).encode(
      [[3, 4]], decoder: linear(Matrix(rows: 2, columns: 2)), predictions: [[1, -0.04]])
    #expect(abs(codes.H[0, 0] - 0.95) < 1e-15 && codes.H[0, 1] == 0)
  }

  @Test func optionsOutOfRangeAreRefused() {
    #expect(throws: ParameterError.self) { try ISTA(λ: 0.1, γ: -1).encode(X, decoder: linear(W), predictions: P) }
    #expect(throws: ParameterError.self) { try ISTA(λ: 0.1, γ: .nan).encode(X, decoder: linear(W), predictions: P) }
    #expect(throws: TrainingError.self) {
      try ISTA(λ: 0.1, γ: 1).encode(X, decoder: linear(W), predictions: P.map { _ in Double.infinity })
    }
  }
}

@Suite struct DualityGapTests {
  @Test(arguments: [0, 0.5]) func gapsBoundTheDistanceFromTheBest(γ: Double) throws {
    let method = ISTA(λ: λ, γ: γ, momentum: .restarted, maxIterations: 100_000, tolerance: 0)
    let best = try method.encode(X, decoder: linear(W), predictions: P)
    #expect(mean(method.gaps(of: best.H, for: X, decoder: linear(W), predictions: P)) < 1e-7)
    var stream = RandomStream(seed: 3)
    for scale in [0.01, 0.1, 1, 10] {
      let H = best.H + Matrix<Double>.normal(rows: 5, columns: 6, standardDeviation: scale, using: &stream)
      for n in 0..<5 {
        let row = n..<n + 1
        func F(_ H: Matrix<Double>) -> Double {
          (X[rows: row] - H * W.T).squaredNorm / 2 + λ * H.map(abs).sum + γ / 2 * (H - P[rows: row]).squaredNorm
        }
        let gap = method.gaps(of: H, for: X, decoder: linear(W), predictions: P)[n]
        #expect(gap >= F(H[rows: row]) - F(best.H[rows: row]) - 1e-12)
      }
    }
  }

  @Test func zerosAreTheBestCodeOfAWeakImage() {
    #expect(ISTA(λ: 2.0).gaps(of: [[0, 0]], for: [[1, 1]], decoder: linear(.identity(2))) == [0])
    // With biases: x − c = (1, 0) and h = 0: s = ½, F = ½, bound ½ − ⅛.
    let shifted = Stack([Dense(W: .identity(2), b: [1, 2], activation: .identity)])
    #expect(ISTA(λ: 0.5).gaps(of: [[0, 0]], for: [[2, 2]], decoder: shifted) == [0.125])
  }
}

@Suite struct DictionaryTests {
  /// Exact codes and a sweep in turn, against scikit-learn 1.7: `Lasso` as above, then
  /// `decomposition._dict_learning._update_dict` on the columns in use, which lets columns be shorter than 1; here none is.
  @Test func objectivesAreScikitLearns() throws {
    let expected = [
      0.7371566827428564, 0.39021988976748984, 0.3380009275072308, 0.3089811456932752, 0.29440926101321896,
      0.2885741365690936,
    ]
    var V = W
    for value in expected {
      let codes = try exact(X, V)
      #expect(abs(codes.objective - value) < 1e-9)
      moveColumns(of: &V, codes: codes.H, data: X)
    }
  }

  @Test func aColumnIsTheBestOfManyDirections() {
    var stream = RandomStream(seed: 5)
    let H = Matrix<Double>.normal(rows: 5, columns: 6, using: &stream)
    var V = W
    moveColumns(of: &V, codes: H, data: X)
    #expect((V ⊙ V).columnSums.allSatisfy { abs($0 - 1) < 1e-14 })
    let error = (X - H * V.T).squaredNorm
    #expect(error <= (X - H * W.T).squaredNorm)
    // The last column saw all others as they are now.
    for _ in 0..<200 {
      let d = (0..<4).map { _ in stream.normal() }
      var other = V
      for i in 0..<4 { other[i, 5] = d[i] / norm(d) }
      #expect((X - H * other.T).squaredNorm >= error - 1e-12)
    }
  }

  @Test func columnsWithoutUseOrDirectionStay() {
    var V = W
    moveColumns(of: &V, codes: Matrix(rows: 5, columns: 6), data: X)
    #expect(V == W)
    // Nothing left to explain: Rᵀh = 0.
    var one: Matrix<Double> = [[1], [0]]
    moveColumns(of: &one, codes: [[1]], data: [[0, 0]])
    #expect(one == [[1], [0]])
    var single: Matrix<Float> = [[0], [2]]
    moveColumns(of: &single, codes: [[2]], data: [[3, 4]])
    #expect(abs(single[0, 0] - 0.6) < 1e-6 && abs(single[1, 0] - 0.8) < 1e-6)
  }

  @Test(arguments: [0.0, 0.3, 30]) func noMoveRaisesTheEnergy(γ: Double) throws {
    var psd = try PredictiveSparseDecomposition(X, dictionary: W.map { 3 * $0 }, λ: 0.1, γ: γ)
    #expect((psd.dictionary ⊙ psd.dictionary).columnSums.allSatisfy { abs($0 - 1) < 1e-14 })
    var last = psd.energy.total
    func check(_ move: String) {
      let energy = psd.energy
      #expect(energy.total <= last * (1 + 1e-14), "\(move)")
      #expect(abs(energy.error + 0.1 * energy.length + γ * energy.distance - energy.total) < 1e-14)
      last = energy.total
    }
    for _ in 1...10 {
      try psd.moveCodes(steps: 2)
      check("codes")
      psd.moveDictionary()
      check("dictionary")
      try psd.moveEncoder(iterations: 3)
      check("encoder")
    }
  }

  @Test func columnsWithoutALengthAreRefused() {
    #expect(throws: ParameterError.self) {
      try PredictiveSparseDecomposition(X, dictionary: Matrix(rows: 4, columns: 2), λ: 0.1, γ: 1)
    }
    #expect(throws: ParameterError.self) { try PredictiveSparseDecomposition(X, dictionary: W, λ: 0.1, γ: -1) }
    #expect(throws: TrainingError.self) {
      try PredictiveSparseDecomposition(X.map { _ in Double.nan }, dictionary: W, λ: 0.1, γ: 1)
    }
  }
}

@Suite struct LearnedISTATests {
  @Test(arguments: [1, 2, 5]) func untrainedItIsISTA(layers: Int) throws {
    let network = try LearnedISTA(unrolling: W, λ: λ, layers: layers)
    let steps = try ISTA(λ: λ, maxIterations: layers, tolerance: 0).encode(X, decoder: linear(W)).H
    #expect((network(X) - steps).map(abs).elements.greatest() < 1e-14)
  }

  private var network: LearnedISTA<Double> {
    get throws {
      var network = try LearnedISTA(unrolling: W, λ: λ, layers: 3)
      network.W = W.T / 3
      network.M = Matrix(rows: 6, columns: 6) { i, j in 0.2 * .cos(1.3 * Double(i) - 0.8 * Double(j)) }
      network.t = (0..<6).map { 0.05 + 0.01 * Double($0) }
      return network
    }
  }

  /// PyTorch 2, float64: `soft(v) = sign(v) * relu(|v| - t)`, `h = soft(c)`, twice `h = soft(c + h @ M.T)` with
  /// `c = X @ W.T`; the losses below and their gradients by `backward()`; best codes by scikit-learn's Lasso.
  @Test func lossesAndGradientsArePyTorchs() throws {
    let network = try network
    let H = network(X)
    let first = [
      0.3078598835184702, -0.3224714834140046, 0, 0.11837780495348567, -0.21171296507103735, 0.19229539554023986,
    ]
    #expect(zip(H.row(0), first).allSatisfy { abs($0 - $1) < 1e-14 })

    let codes = try LearnedISTAObjective(network, data: X, goal: .codes(exact(X, W).H))
    #expect(abs(codes.value() - 0.14601333633966368) < 1e-9)
    check(
      codes.gradient(),
      W: ([0.1376251874264377, 0.08059086183580937, -0.16408444745579323, 0.06308600438394586], 0.4127458070493576),
      M: (
        [
          0.007727886846989178, 0.043254697607419096, -0.051293915941201654, 0.021975781310302263, 0.004581125499499101,
          -0.03520417023708881,
        ], 0.16950918431171652
      ),
      t: [
        -0.2633120918352376, -0.16233467058877668, 0.02954876136330951, 0.18129018615590997, 0.017095938478897066,
        -0.011813947489727377,
      ], within: 1e-8)

    let energy = try LearnedISTAObjective(network, data: X, goal: .energy(dictionary: W, λ: λ))
    #expect(abs(energy.value() - 0.7712248539742192) < 1e-14)
    check(
      energy.gradient(),
      W: (
        [0.01113575355980915, -0.006125979729417414, 0.01807004116342393, -0.036783317495219944], 0.18254249706077816
      ),
      M: (
        [
          -0.0028197288220609953, 0.0035269372554457604, -0.0018554860488305966, 0.002051964896123222,
          0.0020259816145470557, -0.0030367611644079376,
        ], 0.06818190926123845
      ),
      t: [
        0.01233099824091408, -0.025891881982130407, 0.11058566021644313, 0.035336827424115876, -0.05486430049971271,
        0.0076316021222375355,
      ], within: 1e-14)
  }

  /// The first row of the gradient in W and its norm, the second row in M and its norm, and the gradient in t.
  private func check(
    _ g: [Double], W: ([Double], Double), M: ([Double], Double), t: [Double], within tolerance: Double
  ) {
    let (inW, inM, inT) = (Array(g[..<24]), Array(g[24..<60]), Array(g[60...]))
    #expect(zip(inW, W.0).allSatisfy { abs($0 - $1) < tolerance })
    #expect(abs(norm(inW) - W.1) < tolerance)
    #expect(zip(inM[6..<12], M.0).allSatisfy { abs($0 - $1) < tolerance })
    #expect(abs(norm(inM) - M.1) < tolerance)
    #expect(zip(inT, t).allSatisfy { abs($0 - $1) < tolerance })
  }

  @Test(arguments: [1, 2, 3]) func gradientsAreCentralDifferences(layers: Int) throws {
    var network = try LearnedISTA(unrolling: W, λ: λ, layers: layers)
    if layers > 1 { network.M = try self.network.M }
    for goal in [LearnedISTAObjective<Double>.Goal.codes(P), .energy(dictionary: W, λ: λ)] {
      let check = gradientCheck(try LearnedISTAObjective(network, data: X, goal: goal), step: 0x1p-20)
      #expect(check.worstError < 1e-7, "\(check)")
    }
  }

  @Test func aThresholdBelowZeroCountsAsZero() throws {
    var network = try LearnedISTA(unrolling: W, λ: λ, layers: 1)
    network.t = network.t.map { _ in -0.5 }
    #expect(network(X) == X * network.W.T)
    let g = try LearnedISTAObjective(network, data: X, goal: .codes(P)).gradient()
    #expect(g.suffix(6).allSatisfy { $0 == 0 })
  }

  @Test func parametersGoRound() throws {
    var network = try network
    let θ = network.parameters.map { 2 * $0 }
    network.parameters = θ
    #expect(network.parameters == θ && network.parameterCount == 66)
    #expect(try network.M == 2 * self.network.M)
  }

  @Test func floatsAgree() throws {
    let single = Matrix<Float>(rows: 4, columns: 6, elements: W.elements.map { Float($0) })
    let batch = Matrix<Float>(rows: 5, columns: 4, elements: X.elements.map { Float($0) })
    let own = try LearnedISTA<Float>(unrolling: single, λ: 0.2, layers: 3)(batch)
    let other = try LearnedISTA(unrolling: W, λ: λ, layers: 3)(X)
    #expect(zip(own.elements, other.elements).allSatisfy { abs(Double($0) - $1) < 1e-6 })
  }

  @Test func whatCannotBeUnrolledIsRefused() {
    #expect(throws: ParameterError.self) { try LearnedISTA(unrolling: W, λ: λ, layers: 0) }
    #expect(throws: ParameterError.self) { try LearnedISTA(unrolling: W, λ: -1, layers: 1) }
    #expect(throws: ParameterError.self) {
      try LearnedISTA(unrolling: Matrix<Double>(rows: 2, columns: 2), λ: 1, layers: 1)
    }
    #expect(throws: ParameterError.self) {
      try LearnedISTA(unrolling: Matrix<Double>(rows: 2, columns: 2, repeating: .nan), λ: 1, layers: 1)
    }
  }
}
