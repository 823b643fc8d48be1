import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct LikelihoodTests {
  /// The loss of one example of pre-activations a, with its gradient.
  func loss(_ likelihood: Likelihood<Double>, _ a: [Double], _ x: [Double]) -> (value: Double, gradient: [Double]) {
    let A = Matrix(rows: 1, columns: a.count, elements: a)
    let X = Matrix(rows: 1, columns: x.count, elements: x)
    var pass = LayerPass<Double>(examples: 1, units: a.count)
    pass.A = A
    likelihood.link.apply(A, into: &pass.H)
    let value = likelihood(&pass, activation: likelihood.link, target: X)
    return (value, pass.δ.elements)
  }

  // mpmath, 40 digits: log(1+exp(a)) − x·a and 1/(1+exp(−a)) − x.
  @Test(arguments: [
    (-3.7, 0.3, 1.1344228459337792, -0.2758729785823308), (40, 1, 4.2483542552915890e-18, -4.2483542552915890e-18),
    (-40, 0, 4.2483542552915890e-18, 4.2483542552915890e-18), (40, 0, 40, 1),
    (0.5, 0.25, 0.84907698418010668, 0.37245933120185456), (-800, 1, 800, -1),
    (1e-9, 0, 0.69314718105994531, 0.50000000025),
  ])
  func theCrossEntropyAgreesWithManyDigits(a: Double, x: Double, value: Double, gradient: Double) {
    let result = loss(.bernoulli, [a], [x])
    #expect(abs(result.value - value) <= 4e-15 * abs(value))
    #expect(abs(result.gradient[0] - gradient) <= max(2e-15 * abs(gradient), 1.2e-16))
  }

  @Test func theCrossEntropyOfExtremePreactivationsIsExact() {
    #expect(loss(.bernoulli, [1e4, -1e4, 1e4, -1e4, 1e4], [1, 0, 0, 1, 0.25]).value == 0 + 0 + 1e4 + 1e4 + 7500)
    #expect(loss(.bernoulli, [1e4, -1e4, 1e4, -1e4, 1e4], [1, 0, 0, 1, 0.25]).gradient == [0, 0, 1, -1, 0.75])
  }

  @Test func theCategoricalLossOfExtremePreactivationsIsExact() {
    #expect(loss(.categorical(classes: 3), [1e4, -1e4, 0], [0, 0, 1]).value == 1e4)
    #expect(loss(.categorical(classes: 3), [1e4, -1e4, 0], [0, 1, 0]).value == 2e4)
    #expect(loss(.categorical(classes: 3), [1e4, -1e4, 0], [1, 0, 0]).value == 0)
    #expect(loss(.categorical(classes: 3), [1e4, -1e4, 0], [0, 1, 0]).gradient == [1, -1, 0])
  }

  // mpmath, 40 digits: −Σ x log softmax(a) for a = (1.5, −2, 0.25), x = (0.2, 0.5, 0.3), and softmax(a) − x.
  @Test func theCategoricalLossAgreesWithManyDigits() {
    let result = loss(.categorical(classes: 3), [1.5, -2, 0.25], [0.2, 0.5, 0.3])
    #expect(abs(result.value - 2.4001302622476353) < 1e-15)
    for (g, expected) in zip(result.gradient, [0.55947318609698231, -0.47706589700045957, -0.082407289096522732]) {
      #expect(abs(g - expected) < 1e-15)
    }
  }

  @Test func equalLogitsOfAnySizeCostTheLogarithmOfTheNumberOfClasses() {
    for a in [0, 1e4, -1e4] {
      #expect(abs(loss(.categorical(classes: 4), [a, a, a, a], [0, 1, 0, 0]).value - 1.3862943611198906) < 1e-15)
    }
  }

  @Test func lossesAreSummedOverComponentsAndAveragedOverExamples() throws {
    // Errors of 1 and 2 in the first example, 3 in the second: ½ (1 + 4 + 9) / 2.
    let X: Matrix<Double> = [[1, 2], [0, 3]]
    var pass = LayerPass<Double>(examples: 2, units: 2)
    let value = Likelihood.gaussian(&pass, activation: .identity, target: X)
    #expect(value == 3.5)
    #expect(pass.δ == [[-0.5, -1], [0, -1.5]])
  }

  @Test func floatsAndDoublesAgree() {
    let (A, X) = ([0.3, -2, 7, -30], [0.1, 0.9, 1, 0])
    var (double, float) = (LayerPass<Double>(examples: 2, units: 2), LayerPass<Float>(examples: 2, units: 2))
    double.A = Matrix(rows: 2, columns: 2, elements: A)
    float.A = Matrix(rows: 2, columns: 2, elements: A.map { Float($0) })
    Activation.sigmoid.apply(double.A, into: &double.H)
    Activation.sigmoid.apply(float.A, into: &float.H)
    let exact = Likelihood<Double>.bernoulli(
      &double, activation: .sigmoid, target: Matrix(rows: 2, columns: 2, elements: X))
    let rounded = Likelihood<Float>.bernoulli(
      &float, activation: .sigmoid, target: Matrix(rows: 2, columns: 2, elements: X.map { Float($0) }))
    #expect(abs(Double(rounded) - exact) < 1e-6)
    for (a, b) in zip(float.δ.elements, double.δ.elements) { #expect(abs(Double(a) - b) < 1e-7) }
  }
}

@Suite struct CountLikelihoodTests {
  private let loss = LikelihoodTests().loss

  // scipy.stats.poisson.logpmf(x, exp(a)) for each pair, negated and added.
  @Test func thePoissonLossIsThatOfSciPy() {
    let (a, x) = ([0.3, -1.2, 2.5, 3.1, -0.4], [1.0, 0, 16, 22, 40])
    let result = loss(.poisson, a, x)
    #expect(abs(result.value - 133.66549948034225) < 1e-12)
    for (g, (a, x)) in zip(result.gradient, zip(a, x)) { #expect(abs(g - (Double.exp(a) - x)) < 1e-13) }
  }

  // scipy.stats.binom.logpmf(16 x, 16, 1 / (1 + exp(-a))), negated and added.
  @Test func theBinomialLossIsThatOfSciPy() {
    let (a, x) = ([0.3, -1.2, 2.5, -6, 0.7], [0.25, 0, 1, 0.0625, 0.5])
    let result = loss(.binomial(levels: 16), a, x)
    #expect(abs(result.value - 16.29319207905594) < 1e-12)
    for (g, (a, x)) in zip(result.gradient, zip(a, x)) {
      #expect(abs(g - 16 * (Double.sigmoid(a) - x)) < 1e-13)
    }
  }

  // ∂L/∂a by central differences, for two examples: the mean over examples included.
  @Test func gradientsAreThoseOfDifferences() throws {
    let A: Matrix<Double> = [[0.3, -1.1], [1.4, 0.2]]
    for (likelihood, X) in [
      (Likelihood<Double>.poisson, [[2, 0], [5, 1]] as Matrix<Double>),
      (.binomial(levels: 4), [[0.5, 0], [1, 0.75]]),
    ] {
      func value(_ A: Matrix<Double>) -> (Double, Matrix<Double>) {
        var pass = LayerPass<Double>(examples: 2, units: 2)
        pass.A = A
        likelihood.link.apply(A, into: &pass.H)
        return (likelihood(&pass, activation: likelihood.link, target: X), pass.δ)
      }
      let h = 1e-5
      for i in 0..<2 {
        for j in 0..<2 {
          var (up, down) = (A, A)
          (up[i, j], down[i, j]) = (A[i, j] + h, A[i, j] - h)
          #expect(abs((value(up).0 - value(down).0) / (2 * h) - value(A).1[i, j]) < 1e-9)
        }
      }
    }
  }

  // mpmath.loggamma(n + 1).
  @Test(arguments: [
    (0.0, 0.0), (1, 0), (10, 15.104412573075515), (22, 48.471181351835224), (23, 51.606675567764374),
    (100, 363.73937555556349), (1e6, 12815518.38465817),
  ])
  func logarithmsOfFactorials(n: Double, expected: Double) {
    #expect(abs(logFactorial(n) - expected) <= 4e-16 * max(1, abs(expected)) * 2)
  }

  @Test func whatIsNoCountIsRefused() {
    #expect(throws: TrainingError.self) { try TrainingError.check([[0.5]], isValidFor: Likelihood<Double>.poisson) }
    let negative = TrainingError.outsideSupport(
      row: 0, column: 1, value: -1, likelihood: "Poisson", support: 0...Double.greatestFiniteMagnitude)
    #expect(throws: negative) { try TrainingError.check([[3, -1]], isValidFor: Likelihood<Double>.poisson) }
    let between = TrainingError.betweenSteps(row: 1, column: 0, value: 0.3, likelihood: "binomial", step: 0.0625)
    #expect(throws: between) {
      try TrainingError.check([[0.25], [0.3]], isValidFor: Likelihood<Double>.binomial(levels: 16))
    }
    #expect(throws: Never.self) {
      try TrainingError.check([[1.0 / 255, 254.0 / 255]], isValidFor: Likelihood<Double>.binomial(levels: 255))
    }
  }
}

@Suite struct PenaltyTests {
  func ofCodes(_ penalty: Penalty<Double>, _ H: Matrix<Double>) -> (value: Double, gradient: Matrix<Double>) {
    var gradient = Matrix<Double>(rows: H.rows, columns: H.columns)
    guard case .codes(let Ω) = penalty.kind else { return (.nan, gradient) }
    return (Ω(H, &gradient), gradient)
  }

  // mpmath, 40 digits: KL(0.1‖0.25) + KL(0.1‖0.7), and (−ρ/ρ̂ + (1−ρ)/(1−ρ̂)) for each.
  @Test func theDivergenceIsThatOfTheMeansOverTheBatch() throws {
    // Means 0.25 and 0.7 over four examples.
    let H: Matrix<Double> = [[0.1, 0.9], [0.2, 0.8], [0.3, 0.7], [0.4, 0.4]]
    let result = ofCodes(try .sparsity(ρ: 0.1, β: 3), H)
    #expect(abs(result.value - 3 * 0.86662037282291105) < 1e-14)
    for n in 0..<4 {
      #expect(abs(result.gradient[n, 0] - 0.75 * 0.8) < 1e-14)
      #expect(abs(result.gradient[n, 1] - 0.75 * 2.8571428571428571) < 1e-14)
    }
  }

  @Test func aUnitAtTheTargetCostsNothing() throws {
    let result = ofCodes(try .sparsity(ρ: 0.3, β: 3), [[0.1, 0.5], [0.5, 0.1]])
    #expect(abs(result.value) < 1e-15)
    #expect(result.gradient.norm < 1e-14)
  }

  @Test(arguments: [0.0, 1.0])
  func aSaturatedUnitCostsMuchButNotInfinity(h: Double) throws {
    let result = ofCodes(try .sparsity(ρ: 0.05, β: 3), Matrix(rows: 3, columns: 1, repeating: h))
    #expect(result.value.isFinite && result.value > 1)
    #expect(result.gradient[0, 0].isFinite && (h == 0 ? result.gradient[0, 0] < -1e3 : result.gradient[0, 0] > 1e3))
  }

  @Test func theLaplacePriorIsTheMeanMagnitude() throws {
    let result = ofCodes(try .laplace(0.5), [[1, -2], [0, 3]])
    let mean: Double = (1 + 2 + 0 + 3) / 2
    #expect(result.value == 0.5 * mean)
    #expect(result.gradient == [[0.25, -0.25], [0, 0.25]])
  }

  @Test func weightDecayCountsEachMatrixOnceAndNoBiases() throws {
    var stream = RandomStream(seed: 1)
    for tied in [false, true] {
      var network = try Autoencoder<Double>(
        inputs: 2, hidden: 1, activation: .identity, output: .identity, tied: tied, using: &stream)
      network.parameters = tied ? [1, 2, 100, 100, 100] : [1, 2, 100, 3, 4, 100, 100]
      let zeros = Matrix<Double>(rows: 1, columns: 2)
      let bare = try Objective(network, data: zeros, loss: .gaussian).value()
      let all = try Objective(network, data: zeros, loss: .gaussian, penalties: [.weightDecay(0.5)]).value()
      #expect(all - bare == (tied ? 2.5 : 15))
      let perUnit = try Objective(network, data: zeros, loss: .gaussian, penalties: [.weightDecay(perUnit: [2])])
        .value()
      #expect(perUnit - bare == (tied ? 10 : 60))
    }
  }
}
