import Autoencoders
import LinearAlgebra
import Notebook

/// How deterministic the contractive and the denoising loss are, and what L-BFGS and Adam make of
/// either, on the same images from the same start.
struct Determinism {
  /// The standard deviation of the loss over repeated evaluations, and the variance of the
  /// gradient, summed over its components, over the squared length of its mean.
  typealias Scatter = (deviation: Double, variance: Double)

  let contractive: Scatter
  let before: Scatter
  let after: Scatter

  /// - Parameter trained: the denoising network after training.
  init(_ sample: Sample, trained: Network, strength: Double) {
    let losses = Losses(sample, strength: strength)
    let θ = (losses.start.parameters, trained.parameters.map { Float($0) })
    let contracting = losses.contracting
    contractive = Determinism.scatter(at: θ.0) {
      var objective = contracting
      return objective.value(at: $0, gradient: &$1)
    }
    before = Determinism.scatter(at: θ.0, losses.sampled())
    after = Determinism.scatter(at: θ.1, losses.sampled())
  }

  var rows: [[Cell]] {
    [
      ("contractive, untrained", contractive), ("denoising, untrained", before),
      ("denoising, trained", after),
    ].map {
      [Cell($0.0), Cell($0.1.deviation, significant: 2), Cell($0.1.variance, significant: 2)]
    }
  }

  private static func scatter(
    at θ: [Float], _ f: ([Float], inout [Float]) -> Float
  ) -> Scatter {
    let draws = (0..<20).map { _ in
      var gradient = [Float](repeating: 0, count: θ.count)
      let value = f(θ, &gradient)
      return (value: Double(value), gradient: gradient.map { Double($0) })
    }
    // Differences from the first draw, so that equal draws have a scatter of exactly 0.
    let first = draws[0]
    let steps = draws.map { $0.gradient .- first.gradient }
    let centre = θ.indices.map { i in mean(steps.map { $0[i] }) }
    let length = dot(first.gradient .+ centre, first.gradient .+ centre)
    let squares = steps.map { dot($0 .- centre, $0 .- centre) }
    let shifts = draws.map { $0.value - first.value }
    let deviation = (shifts.map { ($0 - mean(shifts)) * ($0 - mean(shifts)) }.sum() / 19)
    return (deviation.squareRoot(), squares.sum() / 19 / length)
  }
}

/// The losses of one seed, in single precision: contractive, and denoising with σ = 0.5.
struct Losses {
  let start: Autoencoder<Float>
  let contracting: Objective<Float>
  private let sample: Sample
  private let denoising: Objective<Float>
  private let corruption: Corruption<Float>

  init(_ sample: Sample, strength: Double) {
    let D = sample.X.columns
    let start: Autoencoder<Float> = untrained(
      D, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed)
    (self.sample, self.start) = (sample, start)
    (corruption, contracting, denoising) = lesson.attempt {
      let corruption = try Corruption<Float>.gaussian(σ: 0.5)
      return (
        corruption,
        try Objective(
          start, data: sample.single, loss: .bernoulli,
          penalties: [.contractive(Float(strength) * Float(D) / 64)]),
        try Objective(
          start, data: sample.single, loss: .bernoulli, corruption: corruption)
      )
    }
  }

  /// The denoising loss with new noise at every evaluation.
  func sampled(_ name: String = "noise") -> ([Float], inout [Float]) -> Float {
    var noise = RandomStream(seed: sample.seed, name: name)
    var objective = denoising
    let all = Array(0..<sample.X.rows)[...]
    return { objective.value(at: $0, gradient: &$1, examples: all, using: &noise) }
  }

  /// The denoising loss with the noise of so many copies of the images drawn once.
  func frozen(copies: Int) -> Objective<Float> {
    var noise = RandomStream(seed: sample.seed, name: "noise drawn once")
    let X = sample.single
    let many = Matrix<Float>(
      rows: copies * X.rows, columns: X.columns,
      elements: (0..<copies).flatMap { _ in X.elements })
    return lesson.attempt {
      try Objective(
        start, data: corruption(many, using: &noise), target: many, loss: .bernoulli)
    }
  }

  /// The mean denoising loss over 20 draws of noise that no network was trained on.
  func expected(_ θ: [Float]) -> Double {
    let loss = sampled("fresh noise")
    var unused = θ
    return mean((0..<20).map { _ in Double(loss(θ, &unused)) })
  }
}

/// What five ways of training make of the two losses, seed by seed.
struct Minimisers {
  typealias Row = (name: String, passes: Int, losses: [Double])
  let denoising: [Row]
  let contractive: [Row]
  /// The test scores of the denoising and the contractive network after so many epochs, seed by
  /// seed.
  let scores: [(epochs: Int, denoising: [Score], contractive: [Score])]
  /// The loss on the very noise it was trained on of the network with one frozen copy.
  let fitted: [Double]

  init(_ contest: Contest, strength: Double, epochs: Int) {
    let (iterations, copies) = (epochs, 2)
    let long = epochs * copies
    let minimiser = LBFGS(maxIterations: iterations)
    var columns: [[Double]] = []
    var tested: [[Score]] = []
    for (sample, traits) in zip(contest.samples, contest.traits) {
      let losses = Losses(sample, strength: strength)
      let recipes = recipes(strength: Float(strength), pixels: sample.X.columns)
      let single = { (network: Network) in network.parameters.map { Float($0) } }
      var contracting = losses.contracting
      let value = { (θ: [Float]) in
        var gradient = θ
        return Double(contracting.value(at: θ, gradient: &gradient))
      }
      let (anew, once, often, exact) = lesson.attempt {
        (
          try minimiser.minimise(Function(start: losses.start.parameters, losses.sampled())),
          try minimiser.minimise(losses.frozen(copies: 1)),
          try minimiser.minimise(losses.frozen(copies: copies)),
          try minimiser.minimise(losses.contracting)
        )
      }
      let more = [3, 4].map { trained(recipes[$0], on: sample, epochs: long) }
      tested.append(
        [traits[3].network, traits[4].network, more[0], more[1]].map {
          Score(Candidate($0), sample, on: sample.testing)
        })
      columns.append([
        losses.expected(single(traits[3].network)),
        losses.expected(single(more[0])),
        losses.expected(anew.parameters), losses.expected(once.parameters),
        losses.expected(often.parameters), value(single(traits[4].network)),
        value(single(more[1])), Double(exact.value),
        Double(once.value),
      ])
    }
    let row = { (n: Int) in columns.map { $0[n] } }
    scores = [
      (epochs, tested.map { $0[0] }, tested.map { $0[1] }),
      (long, tested.map { $0[2] }, tested.map { $0[3] }),
    ]
    denoising = [
      ("Adam, noise drawn anew", epochs, row(0)), ("Adam, noise drawn anew", long, row(1)),
      ("L-BFGS, noise drawn anew", iterations, row(2)),
      ("L-BFGS, noise drawn once", iterations, row(3)),
      ("L-BFGS, noise drawn once for \(copies) copies", iterations * copies, row(4)),
    ]
    contractive = [
      ("Adam", epochs, row(5)), ("Adam", long, row(6)), ("L-BFGS", iterations, row(7)),
    ]
    fitted = row(8)
  }

  /// The rows of a table: what both do with noisy images, and the contractive network's lead.
  var budgetRows: [[Cell]] {
    scores.map { epochs, denoising, contractive in
      let cells = [\Score.noisy, \Score.left].map { key -> Cell in
        let (a, b) = (denoising.map { $0[keyPath: key] }, contractive.map { $0[keyPath: key] })
        let lead = 100 .* (b .- a)
        return Cell(
          "\(Numeral.percent(mean(a))), \(Numeral.percent(mean(b)))"
            + (lead.count < 2
              ? ""
              : " (\(Numeral.meanAndError(lead, .decimals(1))))"))
      }
      return [Cell(epochs)] + cells
    }
  }

  /// The rows of a table: the mean loss, and its lead over the first row's ± standard error.
  static func rows(_ ways: [Row]) -> [[Cell]] {
    ways.map { way in
      let less = way.losses .- ways[0].losses
      return [
        Cell(way.name), Cell(way.passes), Cell(mean(way.losses), significant: 4),
        Cell(
          way.name == ways[0].name && way.passes == ways[0].passes || less.count < 2
            ? ""
            : Numeral.meanAndError(less, .decimals(2))),
      ]
    }
  }
}
