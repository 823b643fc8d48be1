import Autoencoders
import LinearAlgebra
import Testing

@Suite struct NoiseScheduleTests {
  @Test func levelsKeepTheVarianceAndFallInEqualProportions() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 5, from: 0.1, to: 10)
    for (level, ratio) in zip(schedule.levels, [0.1, 0.1.squareRoot(), 1, 10.0.squareRoot(), 10]) {
      #expect(abs(level.α * level.α + level.σ * level.σ - 1) < 1e-15)
      #expect(abs(level.σ / level.α / ratio - 1) < 1e-14)
      #expect(abs(level.signalToNoise * ratio * ratio - 1) < 1e-14)
    }
    #expect(schedule[1].signalToNoise > schedule[5].signalToNoise && schedule.count == 5)
  }

  @Test func thinningKeepsTheEnds() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 11)
    #expect(try schedule.thinned(to: 11) == schedule)
    #expect(try schedule.thinned(to: 3).levels == [schedule[1], schedule[6], schedule[11]])
    #expect(try schedule.thinned(to: 1).levels == [schedule[11]])
    for count in 2...11 {
      let levels = try schedule.thinned(to: count).levels
      #expect(levels.count == count && levels[0] == schedule[1] && levels[count - 1] == schedule[11])
    }
  }

  @Test func whatIsNoScheduleIsNamed() {
    #expect(throws: ScheduleError.noLevels(0)) { try NoiseSchedule(α: [], σ: []) }
    #expect(throws: ScheduleError.noLevels(0)) { try NoiseSchedule.variancePreserving(levels: 0) }
    #expect(throws: ScheduleError.noLevels(-3)) { try NoiseSchedule.variancePreserving(levels: -3) }
    #expect(throws: ScheduleError.counts(α: 2, σ: 1)) { try NoiseSchedule(α: [1, 0.5], σ: [1]) }
    #expect(throws: ScheduleError.notPositive(level: 2, name: "σ", value: 0)) {
      try NoiseSchedule(α: [1, 0.5], σ: [0.1, 0])
    }
    #expect(throws: ScheduleError.notPositive(level: 1, name: "α", value: -1)) { try NoiseSchedule(α: [-1], σ: [1]) }
    #expect(throws: ScheduleError.self) { try NoiseSchedule(α: [.nan], σ: [1]) }
    #expect(throws: ScheduleError.self) { try NoiseSchedule(α: [1], σ: [.infinity]) }
    #expect(throws: ScheduleError.self) { try NoiseSchedule(α: [1e-200], σ: [1]) }
    // Levels that do not fall: equal ones, and the most noise first.
    #expect(throws: ScheduleError.notFalling(level: 2, signalToNoise: 1, before: 1)) {
      try NoiseSchedule(α: [1, 0.5], σ: [1, 0.5])
    }
    #expect(throws: ScheduleError.notFalling(level: 2, signalToNoise: 4, before: 1)) {
      try NoiseSchedule(α: [1, 1], σ: [1, 0.5])
    }
    #expect(throws: ScheduleError.ratios(least: 0, greatest: 1)) {
      try NoiseSchedule.variancePreserving(levels: 3, from: 0, to: 1)
    }
    #expect(throws: ScheduleError.ratios(least: 2, greatest: 1)) {
      try NoiseSchedule.variancePreserving(levels: 3, from: 2, to: 1)
    }
    #expect(throws: ScheduleError.tooMany(4, levels: 3)) {
      try NoiseSchedule.variancePreserving(levels: 3).thinned(to: 4)
    }
    #expect(throws: ScheduleError.noLevels(0)) { try NoiseSchedule.variancePreserving(levels: 3).thinned(to: 0) }
  }
}

/// Samplers on data N(0, λ), where the denoiser is a factor and the flow has a closed form.
@Suite struct SamplerTests {
  private let λ = 0.3

  private func variance(_ level: NoiseLevel) -> Double { level.α * level.α * λ + level.σ * level.σ }

  private func denoiser(_ X: Matrix<Double>, _ level: NoiseLevel) -> Matrix<Double> {
    (level.α * λ / variance(level)) * X
  }

  @Test func thePosteriorIsThatOfTwoMeasurements() throws {
    let (s, t) = (try NoiseLevel(α: 0.8, σ: 0.5), try NoiseLevel(α: 0.5, σ: 1.1))
    let a = t.α / s.α
    let ν = t.σ * t.σ - a * a * s.σ * s.σ
    let precision = 1 / (s.σ * s.σ) + a * a / ν
    let posterior = s.posterior(given: t)
    #expect(abs(posterior.variance * precision - 1) < 1e-14)
    #expect(abs(posterior.ofNoisy - a / ν / precision) < 1e-15)
    #expect(abs(posterior.ofClean - s.α / (s.σ * s.σ) / precision) < 1e-15)
  }

  /// Along the flow of a Gaussian a point keeps its place in units of the standard deviation.
  @Test(arguments: [(false, 1.0), (true, 2.0)]) func theFlowsSamplersHaveTheirOrder(isHeun: Bool, order: Double) throws
  {
    var stream = RandomStream(seed: 1)
    let noise: Matrix<Double> = [[1.3], [-0.4], [2.2]]
    let errors = try [64, 256].map { steps in
      let schedule = try NoiseSchedule.variancePreserving(levels: steps + 1, from: 0.05, to: 20)
      let end =
        try isHeun
        ? schedule.descend(from: noise, by: HeunSampler(), denoiser: denoiser, using: &stream)
        : schedule.descend(from: noise, by: EulerSampler(), denoiser: denoiser, using: &stream)
      let exact = (variance(schedule[1]) / variance(schedule[steps + 1])).squareRoot() * noise
      return (end - exact).norm
    }
    #expect(abs(Double.log(errors[0] / errors[1]) / Double.log(4) - order) < 0.05)
  }

  @Test func ancestralSamplesHaveTheVarianceOfTheirRecursion() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 8, from: 0.1, to: 10)
    var stream = RandomStream(seed: 2)
    let N = 20_000
    let start = schedule[8].σ * Matrix<Double>.normal(rows: N, columns: 1, using: &stream)
    let end = try schedule.descend(from: start, by: AncestralSampler(), denoiser: denoiser, using: &stream)
    var expected = schedule[8].σ * schedule[8].σ
    for t in stride(from: 8, to: 1, by: -1) {
      let q = schedule[t - 1].posterior(given: schedule[t])
      let factor = q.ofNoisy + q.ofClean * schedule[t].α * λ / variance(schedule[t])
      expected = factor * factor * expected + q.variance
    }
    // The variance of N normal numbers has the relative standard error √(2/N).
    #expect(abs(end.squaredNorm / Double(N) / expected - 1) < 4 * (2 / Double(N)).squareRoot())
    // With the steps of a real schedule, the variance of the data.
    let fine = try NoiseSchedule.variancePreserving(levels: 400, from: 0.01, to: 100)
    let samples = try fine.sample(N, dimensions: 1, by: AncestralSampler(), denoiser: denoiser, using: &stream)
    #expect(abs(samples.squaredNorm / Double(N) / λ - 1) < 0.08)
  }

  @Test func noNoiseIsAddedAtTheEnd() throws {
    let one = try NoiseSchedule(α: [0.5], σ: [0.9])
    var (first, second) = (RandomStream(seed: 3), RandomStream(seed: 3))
    let sample = try one.sample(4, dimensions: 2, by: AncestralSampler(), denoiser: denoiser, using: &first)
    let noise = 0.9 * Matrix<Double>.normal(rows: 4, columns: 2, using: &second)
    #expect(sample == denoiser(noise, one[1]))
  }

  @Test func theObserverSeesEachLevel() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 4)
    var stream = RandomStream(seed: 4)
    var seen: [Int] = []
    _ = try schedule.descend(from: [[1.0]], by: EulerSampler(), denoiser: denoiser, using: &stream) { t, _ in
      seen.append(t)
    }
    #expect(seen == [4, 3, 2, 1])
  }

  @Test func numbersThatAreNoneEndTheWay() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 6, from: 0.01, to: 100)
    var stream = RandomStream(seed: 5)
    // A denoiser that exaggerates: a step later the points are beyond the range of the numbers.
    let wild: Denoiser<Double> = { X, _ in X.map { 1e200 * $0 } }
    #expect(throws: SamplingError.notFinite(level: 4, of: 6)) {
      try schedule.descend(from: [[1.0, 2.0]], by: EulerSampler(), denoiser: wild, using: &stream)
    }
    #expect(throws: SamplingError.notFinite(level: 5, of: 6)) {
      try schedule.descend(from: [[1.0]], by: HeunSampler(), denoiser: wild, using: &stream)
    }
    #expect(throws: SamplingError.notFinite(level: 6, of: 6)) {
      try schedule.descend(from: [[Double.nan]], by: EulerSampler(), denoiser: denoiser, using: &stream)
    }
    #expect(throws: SamplingError.notFinite(level: 0, of: 1)) {
      try NoiseSchedule(α: [1], σ: [1]).sample(
        2, dimensions: 1, by: EulerSampler(), denoiser: { X, _ in X.map { _ in Double.infinity } }, using: &stream)
    }
  }
}

@Suite struct DiffusionNetworkTests {
  private let levels: [NoiseLevel]
  private let X = Matrix<Double>(rows: 4, columns: 3) { i, j in Double.cos(Double(3 * i + j)) }
  private let ε = Matrix<Double>(rows: 4, columns: 3) { i, j in Double.sin(Double(5 * i + 2 * j + 1)) }
  private let labels: [Int?] = [0, nil, 1, 1]
  private let network: DiffusionNetwork<Double>

  init() throws {
    levels = try [(0.9, 0.2), (0.6, 0.8), (1.0, 2.0), (0.3, 0.9)].map { try NoiseLevel(α: $0.0, σ: $0.1) }
    var stream = RandomStream(seed: 1)
    var network = try DiffusionNetwork<Double>(
      dimensions: 3, hidden: [4], activation: .tanh, classes: 2, variances: [2, 0.5, 0], using: &stream)
    network.parameters = network.parameters.indices.map { 0.3 * Double.sin(Double($0)) }
    self.network = network
  }

  // torch 2, in float64: x = αX + σE and v = αE − σX with α² + σ² = 1, c = α²λ + σ², and
  //   vh = a*s*(1-lam)/c*x + sqrt(lam/c)*(W2 @ tanh(W1 @ cat([sqrt(lam/c)*x, f, y]) + b1) + b2)
  //   L = mean over rows of 0.5*((vh - v)**2).sum(); L.backward()
  // f = [u/4, sin u/2, cos u/2, sin u, cos u, sin 2u, cos 2u], u = log(s/a); y one-hot, or zeros.
  @Test func lossAndGradientAreThoseOfAutograd() {
    let (value, layers) = network.loss(X, noise: ε, levels: levels, labels: labels)
    #expect(abs(value - 1.088652360497598) < 1e-14)
    let g = layers.flatMap { $0.W.elements + $0.b }
    #expect(g.count == 67)
    for (i, expected) in [
      (0, -0.10018921549987282), (5, 0.0757819591544158), (11, 0.09699683052642656), (12, -0.009073959317281458),
      (30, -0.05125503439134042), (47, -0.08725430466044243), (48, 0.07043879285036334), (51, -0.06022879042213529),
      (52, 0.03466595898318068), (60, 0), (64, 0.14408536300686361), (66, 0),
    ] {
      #expect(abs(g[i] - expected) < 1e-14, "component \(i)")
    }
    #expect(abs(norm(g) - 0.46139809762484696) < 1e-14)
    #expect(abs(g.indices.map { g[$0] * Double.cos(Double($0)) }.sum() + 0.06352844193064572) < 1e-14)
  }

  @Test func theGradientIsThatOfCentralDifferences() {
    let check = gradientCheck(
      Function(start: network.parameters) { θ, gradient in
        var network = self.network
        network.parameters = θ
        let (value, layers) = network.loss(self.X, noise: self.ε, levels: self.levels, labels: self.labels)
        gradient = layers.flatMap { $0.W.elements + $0.b }
        return value
      })
    #expect(check.worstError < 1e-9, "\(check)")
  }

  @Test func withoutItsLayersItIsTheBestLinearDenoiser() throws {
    var network = network
    network.parameters = network.parameters.map { _ in 0 }
    for level in levels {
      let clean = network.denoiser()(X, level)
      for n in 0..<4 {
        for (i, λ) in network.variances.enumerated() {
          let expected = level.α * λ / (level.α * level.α * λ + level.σ * level.σ) * X[n, i]
          #expect(abs(clean[n, i] - expected) < 1e-15)
        }
      }
    }
  }

  @Test func velocityNoiseAndExampleAreOneGuess() throws {
    // The loss of one example, from the denoiser: v̂ − v = (x₀ − x̂₀)/σ with α² + σ² = 1.
    for (n, level) in levels.enumerated() {
      let row = X[rows: n..<n + 1]
      let noise = ε[rows: n..<n + 1]
      let x = level.α * row + level.σ * noise
      let clean = network.denoiser(labels: [labels[n]])(x, level)
      let scale = (level.α * level.α + level.σ * level.σ).squareRoot()
      let expected = 0.5 * (row - clean).squaredNorm * scale * scale / (level.σ * level.σ)
      let loss = network.loss(row, noise: noise, levels: [level], labels: [labels[n]]).value
      #expect(abs(loss - expected) < 1e-13 * expected)
    }
  }

  @Test func guidanceIsAStraightLineBetweenTwoModels() throws {
    let told: [Int?] = [0, 1, 1, 0]
    let guesses = [0, 1, 2.5].map { network.denoiser(labels: told, guidance: $0)(X, levels[1]) }
    #expect(guesses[0] == network.denoiser()(X, levels[1]))
    #expect((guesses[2] - (guesses[0] + 2.5 * (guesses[1] - guesses[0]))).norm < 1e-14)
    #expect((guesses[1] - guesses[0]).norm > 1e-3)
  }

  @Test func trainingLearnsAndRepeatsItself() throws {
    let schedule = try NoiseSchedule.variancePreserving(levels: 20, from: 0.05, to: 20)
    var stream = RandomStream(seed: 6)
    // Two points: anything but Gaussian.
    let data = Matrix<Float>(rows: 200, columns: 2) { n, i in (n % 2 == 0 ? 1 : -1) * (i == 0 ? 1 : 0.5) }
    func trained() throws -> (DiffusionNetwork<Float>, [Float]) {
      var stream = RandomStream(seed: 7)
      var network = try DiffusionNetwork<Float>(
        dimensions: 2, hidden: [32], variances: [1, 0.25], using: &stream)
      let training = try network.train(
        on: data, schedule: schedule, optimiser: Adam(rate: 0.01), epochs: 400, batch: 50, using: &stream)
      return (network, training.history)
    }
    let (network, history) = try trained()
    #expect(history[399] < 0.7 * history[0])
    #expect(try trained().0.parameters == network.parameters)
    let samples = try schedule.sample(
      200, dimensions: 2, by: HeunSampler(), denoiser: network.denoiser(), using: &stream)
    let near = nearestRows(to: samples, among: data[rows: 0..<2]).map(\.squaredDistance)
    #expect(near.count { $0 < 0.04 } > 150)
  }

  @Test func badInputIsNamed() throws {
    var stream = RandomStream(seed: 8)
    let schedule = try NoiseSchedule.variancePreserving(levels: 3)
    #expect(throws: ParameterError.self) { try DiffusionNetwork<Float>(dimensions: 0, hidden: [3], using: &stream) }
    #expect(throws: ParameterError.self) { try DiffusionNetwork<Float>(dimensions: 2, hidden: [0], using: &stream) }
    #expect(throws: ParameterError.self) {
      try DiffusionNetwork<Float>(dimensions: 2, hidden: [3], classes: -1, using: &stream)
    }
    #expect(throws: ParameterError.self) {
      try DiffusionNetwork<Float>(dimensions: 2, hidden: [3], variances: [1, -0.1], using: &stream)
    }
    #expect(throws: TrainingError.notFinite(row: 1, column: 0, value: .infinity)) {
      var bad = X
      bad[1, 0] = .infinity
      _ = try DiffusionObjective(network, data: bad, schedule: schedule)
    }
    #expect(throws: ParameterError.self) {
      try DiffusionObjective(network, data: X, schedule: schedule, untold: 1.5)
    }
    #expect(throws: TrainingError.self) {
      var network = try DiffusionNetwork<Float>(dimensions: 2, hidden: [3], using: &stream)
      let before = network.parameters
      defer { #expect(network.parameters == before) }
      try network.train(
        on: Matrix<Float>(rows: 4, columns: 2, repeating: 1e30), schedule: schedule, optimiser: SGD(rate: 1e30),
        epochs: 3, using: &stream)
    }
  }
}
