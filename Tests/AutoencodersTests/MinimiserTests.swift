import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct MinimiserTests {
  /// f = Σ_i (100 (θ_{i+1} − θ_i²)² + (1 − θ_i)²), whose minimum is 0 at (1, …, 1).
  static func rosenbrock(_ n: Int) -> Function<Double> {
    Function(start: (0..<n).map { $0 % 2 == 0 ? -1.2 : 1 }) { θ, gradient in
      var f = 0.0
      for i in gradient.indices { gradient[i] = 0 }
      for i in 0..<n - 1 {
        let (u, v) = (θ[i + 1] - θ[i] * θ[i], 1 - θ[i])
        f += 100 * u * u + v * v
        gradient[i] += -400 * u * θ[i] - 2 * v
        gradient[i + 1] += 200 * u
      }
      return f
    }
  }

  /// ½ Σ i (θ_i − 1/i)², i from 1, whose minimum is 0 at θ_i = 1/i.
  static func quadratic(_ n: Int) -> Function<Double> {
    Function(start: [Double](repeating: 3, count: n)) { θ, gradient in
      var f = 0.0
      for i in 0..<n {
        let curvature = Double(i + 1)
        let distance = θ[i] - 1 / curvature
        gradient[i] = curvature * distance
        f += 0.5 * curvature * distance * distance
      }
      return f
    }
  }

  @Test func theMinimumOfAQuadraticIsFound() throws {
    let result = try LBFGS(gradientTolerance: 1e-10, valueTolerance: 0).minimise(Self.quadratic(50))
    #expect(result.reason == .gradientIsSmall)
    #expect(result.gradientMagnitude <= 1e-10)
    for (i, θ) in result.parameters.enumerated() { #expect(abs(θ - 1 / Double(i + 1)) < 1e-10) }
    #expect(result.value < 1e-20)
    #expect(result.iterations < 100)
  }

  @Test func aGradientWhoseSquareOverflowsIsRefused() {
    let steep = Function<Float>(start: [1, 1]) { θ, gradient in
      gradient = [1e20 * θ[0], 1e20 * θ[1]]
      return 0.5e20 * (θ[0] * θ[0] + θ[1] * θ[1])
    }
    #expect(throws: TrainingError.tooSteep(gradient: Double(Float(1e20)))) { try LBFGS().minimise(steep) }
  }

  /// Capacity 1: a good pair, then one without curvature, which must leave no trace.
  @Test func aRejectedPairIsForgotten() {
    var memory = CurvatureMemory<Double>(capacity: 1, dimensions: 2)
    var (θ, g) = ([0.0, 0], [0.0, 0])
    memory.remember(from: &θ, &g, to: [1, 1], [2, 2])
    var (before, after) = ([0.0, 0], [0.0, 0])
    memory.direction([1, 1], into: &before)
    #expect(before == [-0.5, -0.5])
    (θ, g) = ([0, 0], [0, 0])
    memory.remember(from: &θ, &g, to: [1, 2], [-1, -1])
    memory.direction([1, 1], into: &after)
    #expect(after == before)
  }

  @Test func adamsEpsilonMustNotVanishInTheNumbersOfTheParameters() {
    #expect(throws: ParameterError.self) { try Adam<Float>(rate: 0.1, ε: 1e-50).checkOptions() }
    #expect(throws: Never.self) { try Adam<Double>(rate: 0.1, ε: 1e-50).checkOptions() }
  }

  @Test(arguments: [2, 10, 100])
  func theMinimumOfRosenbrocksValleyIsFound(n: Int) throws {
    let result = try LBFGS(gradientTolerance: 1e-9, valueTolerance: 0).minimise(Self.rosenbrock(n))
    #expect(result.reason == .gradientIsSmall)
    for θ in result.parameters { #expect(abs(θ - 1) < 1e-7) }
    #expect(result.value < 1e-16)
    // As many evaluations as SciPy's L-BFGS-B takes from (−1.2, 1), with maxcor=10, ftol=0, gtol=1e-8: 46.
    if n == 2 { #expect(result.iterations <= 38 && result.evaluations <= 47) }
  }

  @Test(arguments: ["valley of 2", "valley of 30", "quadratic"])
  func everyAcceptedStepSatisfiesTheStrongWolfeConditions(name: String) throws {
    let f = name == "quadratic" ? Self.quadratic(20) : Self.rosenbrock(name == "valley of 2" ? 2 : 30)
    var steps = 0
    var lastθ = f.start
    _ = try LBFGS().minimise(f) { step in
      steps += 1
      #expect(step.number == steps)
      #expect(step.previousSlope < 0)
      #expect(step.value <= step.previousValue + 1e-4 * step.step * step.previousSlope)
      #expect(abs(step.slope) <= 0.9 * abs(step.previousSlope))
      // The reported numbers are those of the reported points.
      #expect(step.value == f.value(at: step.parameters))
      let p = zip(step.parameters, lastθ).map { ($0 - $1) / step.step }
      let slope = zip(p, f.gradient(at: step.parameters)).reduce(0) { $0 + $1.0 * $1.1 }
      let scale = abs(step.previousSlope)
      #expect(abs(slope - step.slope) < 1e-6 * scale)
      lastθ = step.parameters
    }
    #expect(steps > 5)
  }

  @Test func theHistoryNeverIncreasesAndHasOneMoreEntryThanIterations() throws {
    let result = try LBFGS(maxIterations: 12).minimise(Self.rosenbrock(6))
    #expect(result.reason == .iterationsUsedUp)
    #expect(result.iterations == 12 && result.history.count == 13)
    #expect(zip(result.history, result.history.dropFirst()).allSatisfy { $0 > $1 })
    #expect(result.value == Self.rosenbrock(6).value(at: result.parameters))
  }

  @Test func aSearchThatRunsIntoInfinityBacksOff() throws {
    // f = θ − log θ is infinite for θ ≤ 0, and the first step from 30 goes far left of it unless it is cut.
    let f = Function(start: [30.0]) { θ, gradient in
      gradient[0] = 1000 * (1 - 1 / θ[0])
      return θ[0] > 0 ? 1000 * (θ[0] - Double.log(θ[0])) : .infinity
    }
    let result = try LBFGS().minimise(f)
    #expect(abs(result.parameters[0] - 1) < 1e-6)
  }

  @Test func aStartThatIsNotFiniteIsRefused() {
    let f = Function(start: [0.0]) { _, gradient in
      gradient[0] = 1
      return .nan
    }
    #expect(throws: TrainingError.self) { try LBFGS().minimise(f) }
  }

  @Test func floatsAreMinimisedToTheirOwnPrecision() throws {
    let f = Function<Float>(start: [-1.2, 1]) { θ, gradient in
      let (u, v) = (θ[1] - θ[0] * θ[0], 1 - θ[0])
      gradient = [-400 * u * θ[0] - 2 * v, 200 * u]
      return 100 * u * u + v * v
    }
    let result = try LBFGS().minimise(f)
    for θ in result.parameters { #expect(abs(θ - 1) < 1e-3) }
  }

  // θ after each of three steps on the gradients g₁, g₂, g₃, by NumPy in binary64:
  //   m = v = 0; for t, g in enumerate(G, 1):
  //     m = .9*m + .1*g; v = .999*v + .001*g*g
  //     theta -= 0.01 * (m/(1-.9**t)) / (np.sqrt(v/(1-.999**t)) + 1e-8)
  @Test func adamsFirstStepsAreThoseOfItsDefinition() {
    let G = [[0.5, -2.0, 1e-4], [0.25, 3.0, -1e-4], [-1.0, 0.5, 2e-4]]
    let expected = [
      [0.9900000002, -0.99000000005, 0.49000099990001],
      [0.9806782040477462, -0.9924770182016269, 0.49052726306316735],
      [0.9827417742885411, -0.9952516286415947, 0.4855451938210723],
    ]
    var adam = Adam<Double>(rate: 0.01)
    var θ = [1.0, -1.0, 0.5]
    for (g, expected) in zip(G, expected) {
      adam.step(&θ, gradient: g, rate: 0.01)
      for (a, b) in zip(θ, expected) { #expect(abs(a - b) < 1e-15 * max(1, abs(b))) }
    }
  }

  @Test func momentumAccumulatesSteps() {
    // v = −0.1 g, then 0.9 v − 0.1 g with g = 1: θ = −0.1, then −0.1 − 0.19.
    var sgd = SGD<Double>(rate: 0.1, momentum: 0.9)
    var θ = [0.0]
    sgd.step(&θ, gradient: [1], rate: 0.1)
    #expect(abs(θ[0] + 0.1) < 1e-16)
    sgd.step(&θ, gradient: [1], rate: 0.1)
    #expect(abs(θ[0] + 0.29) < 1e-15)
  }

  @Test func schedulesGiveTheStepSizesTheyPromise() {
    func steps(_ rate: LearningRate) -> [Double] { [1, 2, 5].map { rate(epoch: $0) } }
    #expect(steps(0.8) == [0.8, 0.8, 0.8])
    #expect(steps(.inverseTime(0.8, halvedAfter: 4)) == [0.8, 0.64, 0.4])
    #expect(steps(.exponential(0.8, factor: 0.5)) == [0.8, 0.4, 0.05])
    #expect(steps(.linear(0.8, to: 0.2, over: 3)) == [0.8, 0.5, 0.2])
    // 1/16 after four epochs: half in each.
    for (step, expected) in zip(steps(.exponential(0.8, toShare: 0.0625, over: 4)), [0.8, 0.4, 0.05]) {
      #expect(abs(step - expected) < 1e-15)
    }
  }
}
