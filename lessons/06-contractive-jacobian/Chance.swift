import Autoencoders
import LinearAlgebra
import Notebook

/// How deterministic the contractive and the denoising loss are, and what L-BFGS makes of either.
struct Chance {
  /// The standard deviation of the loss over repeated evaluations, and the variance of the gradient, summed over its
  /// components, over the squared length of its mean.
  typealias Scatter = (deviation: Double, variance: Double)
  typealias Run = (name: String, reason: String, iterations: Int, loss: Double, adam: Double)

  let contractive: Scatter
  let before: Scatter
  let after: Scatter
  /// Contractive; denoising with new noise at every evaluation; denoising with noise drawn once.
  let runs: [Run]
  /// The loss of the last run's network on new noise.
  let fresh: Double

  init(_ contest: Contest, _ sample: Sample, strength: Double) {
    let (X, all) = (sample.X, Array(0..<sample.X.rows)[...])
    var noise = RandomStream(seed: sample.seed, name: "noise")
    let start = untrained(X.columns, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed)
    var (contracting, denoising, once) = lesson.attempt {
      let corruption = try Corruption<Double>.gaussian(σ: 0.5)
      return (
        try Objective(start, data: X, loss: .bernoulli, penalties: [.contractive(strength * Double(X.columns) / 64)]),
        try Objective(start, data: X, loss: .bernoulli, corruption: corruption),
        try Objective(start, data: corruption(X, using: &noise), target: X, loss: .bernoulli)
      )
    }
    // The loss with new noise.
    let sampled = { (θ: [Double], gradient: inout [Double]) in
      denoising.value(at: θ, gradient: &gradient, examples: all, using: &noise)
    }
    let θ = (start.parameters, contest.traits[3].network.parameters, contest.traits[4].network.parameters)
    contractive = Chance.scatter(at: θ.0) { contracting.value(at: $0, gradient: &$1) }
    before = Chance.scatter(at: θ.0, sampled)
    after = Chance.scatter(at: θ.1, sampled)
    let minimiser = LBFGS(maxIterations: 40)
    let results = lesson.attempt {
      [
        try minimiser.minimise(contracting), try minimiser.minimise(Function(start: θ.0, sampled)),
        try minimiser.minimise(once),
      ]
    }
    /// The mean loss over 20 draws of the noise.
    let expected = { (θ: [Double]) in
      var unused = θ
      return mean((0..<20).map { _ in sampled(θ, &unused) })
    }
    let byAdam = expected(θ.1)
    runs = [
      ("contractive", results[0], results[0].value, contracting.value(at: θ.2)),
      ("denoising, noise drawn anew", results[1], expected(results[1].parameters), byAdam),
      ("denoising, noise drawn once", results[2], results[2].value, once.value(at: θ.1)),
    ].map { name, result, loss, adam in
      (name, Chance.words(result.reason), result.iterations, loss, adam)
    }
    fresh = expected(results[2].parameters)
  }

  var scatterRows: [[Cell]] {
    [("contractive, untrained", contractive), ("denoising, untrained", before), ("denoising, trained", after)].map {
      [Cell($0.0), Cell($0.1.deviation, significant: 2), Cell($0.1.variance, significant: 2)]
    }
  }

  var runRows: [[Cell]] {
    runs.map { [Cell($0.name), Cell($0.reason), Cell($0.iterations), Cell($0.loss), Cell($0.adam)] }
  }

  private static func words(_ reason: LBFGS.Reason) -> String {
    switch reason {
    case .gradientIsSmall: "the gradient is small"
    case .valueIsSteady: "the loss is steady"
    case .iterationsUsedUp: "the iterations are used up"
    case .noLowerPoint, .noFlatterPoint: "no step goes downhill"
    case .noLowerBound: "the loss falls without end"
    }
  }

  private static func scatter(
    at θ: [Double], _ f: ([Double], inout [Double]) -> Double
  ) -> Scatter {
    let draws = (0..<20).map { _ in
      var gradient = [Double](repeating: 0, count: θ.count)
      return (value: f(θ, &gradient), gradient: gradient)
    }
    // Differences from the first draw, so that equal draws have a scatter of exactly 0.
    let first = draws[0]
    let steps = draws.map { zip($0.gradient, first.gradient).map { $0 - $1 } }
    let centre = θ.indices.map { i in mean(steps.map { $0[i] }) }
    let length = zip(first.gradient, centre).map { ($0 + $1) * ($0 + $1) }.sum()
    let squares = steps.map { step in zip(step, centre).map { ($0 - $1) * ($0 - $1) }.sum() }
    let shifts = draws.map { $0.value - first.value }
    let deviation = (shifts.map { ($0 - mean(shifts)) * ($0 - mean(shifts)) }.sum() / 19).squareRoot()
    return (deviation, squares.sum() / 19 / length)
  }
}
