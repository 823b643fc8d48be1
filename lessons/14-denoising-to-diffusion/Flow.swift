import Autoencoders
import Datasets
import LinearAlgebra

/// A mixture on its way into noise: at u = log(σ/α), with α² + σ² = 1, everything is known.
struct Flow {
  let mixture: GaussianMixture

  /// The level at u.
  func level(_ u: Double) -> (α: Double, σ: Double) {
    let s = Double.exp(u)
    let α = 1 / (1 + s * s).squareRoot()
    return (α, s * α)
  }

  func density(_ u: Double) -> GaussianMixture {
    let (α, σ) = level(u)
    return mixture.diffused(α: α, σ: σ)
  }

  /// dx/du = (dα/du) x̂₀ + (dσ/du) ε̂, with dα/du = −ασ² and dσ/du = α²σ: ασ
  /// times v̂. `share` scales the score in ε̂ = −σ ∇log p; 1 is the flow.
  func velocity(_ X: Matrix<Double>, _ u: Double, share: Double = 1) -> Matrix<Double> {
    let (α, σ) = level(u)
    let s = share * density(u).score(at: X)
    let clean = (X + σ * σ * s) / α
    return -(α * σ * σ) * clean - (α * α * σ * σ) * s
  }

  /// ∂p/∂u + ∇·(p dx/du) on a grid of the square from −reach to reach, by differences
  /// of fourth order of step h: the largest, over the largest ∂p/∂u.
  func residual(_ u: Double, reach: Double, count: Int, h: Double, share: Double = 1) -> Double {
    let places = (0..<count).map { reach * (2 * Double($0) / Double(count - 1) - 1) }
    let X = Matrix(rows: count * count, columns: 2) { n, i in
      places[i == 0 ? n % count : n / count]
    }
    func p(_ u: Double, _ X: Matrix<Double>) -> [Double] {
      density(u).logDensity(at: X).map { Double.exp($0) }
    }
    func slope(_ f: (Double) -> [Double]) -> [Double] {
      (1 / (12 * h)) .* (8 .* (f(h) .- f(-h)) .- (f(2 * h) .- f(-2 * h)))
    }
    let change = slope { p(u + $0, X) }
    let outflow = (0..<2).map { axis in
      slope { step in
        var moved = X
        for n in 0..<X.rows { moved[n, axis] += step }
        return p(u, moved) .* velocity(moved, u, share: share).column(axis)
      }
    }
    let residual = change .+ outflow[0] .+ outflow[1]
    return residual.map(abs).greatest() / change.map(abs).greatest()
  }

  /// Heun's method from u to u′ for the points and for log p along them, d log p/du =
  /// −∇·(dx/du): where the points end, and by how much log p has changed.
  func carried(
    _ X: Matrix<Double>, from u: Double, to end: Double, steps: Int
  ) -> (X: Matrix<Double>, change: [Double]) {
    func slopes(_ X: Matrix<Double>, _ u: Double) -> (Matrix<Double>, [Double]) {
      let (α, σ) = level(u)
      let divergence = density(u).scoreDivergence(at: X)
      // ∇·x̂₀ = (D + σ² Δ log p)/α, ∇·ε̂ = −σ Δ log p
      return (
        velocity(X, u),
        divergence.map { Δ in
          α * σ * σ * (Double(X.columns) + σ * σ * Δ) / α + α * α * σ * σ * Δ
        }
      )
    }
    let h = (end - u) / Double(steps)
    var (X, change) = (X, [Double](repeating: 0, count: X.rows))
    var now = slopes(X, u)
    for n in 0..<steps {
      let guess = X + h * now.0
      let next = slopes(guess, u + Double(n + 1) * h)
      X += (h / 2) * (now.0 + next.0)
      change = change .+ (h / 2) .* (now.1 .+ next.1)
      now = slopes(X, u + Double(n + 1) * h)
    }
    return (X, change)
  }
}

extension Flow {
  /// The greatest error of the log-density at points of level u, found by carrying them to `end`:
  /// with the exact density there, and with N(0, I) in its place.
  func likelihoodErrors(
    points: Int, from u: Double, to end: Double, steps: Int, seed: UInt64
  ) -> (error: Double, prior: Double) {
    var random = RandomStream(seed: seed, name: "carried")
    let start = density(u).sample(points, using: &random)
    let (X, change) = carried(start, from: u, to: end, steps: steps)
    let exact = density(u).logDensity(at: start)
    let standard = GaussianMixture(means: [[0, 0]], σ: 1)
    let errors = [density(end), standard].map { top in
      zip(exact, top.logDensity(at: X) .- change).map { abs($0 - $1) }.greatest()
    }
    return (errors[0], errors[1])
  }
}

/// How far samplers end from where the flow ends, from the same noise, and how far their samples
/// are from the mixture.
struct StepStudy {
  let counts: [Int]
  /// The median distance from the end of the flow, for Euler and for Heun.
  let euler, heun: [Double]

  init(_ mixture: GaussianMixture, counts: [Int], points: Int, seed: UInt64) {
    self.counts = counts
    var random = RandomStream(seed: seed, name: "endpoints")
    let noise = Matrix<Double>.normal(rows: points, columns: 2, using: &random)
    func end(_ sampler: some Sampler, _ count: Int) -> Matrix<Double> {
      lesson.attempt {
        var unused = RandomStream(seed: seed)
        return try NoiseSchedule.variancePreserving(levels: count + 1, from: 0.05, to: 20)
          .descend(from: noise, by: sampler, denoiser: exact(mixture), using: &unused)
      }
    }
    // Heun's error is c/n²: two of its results cancel it.
    let (coarse, fine) = (end(HeunSampler(), 512), end(HeunSampler(), 1024))
    let goal = (4 * fine - coarse) / 3
    // The median: a point that starts near a watershed of the flow would rule a mean.
    func error(_ X: Matrix<Double>) -> Double {
      (0..<points).map { norm(X.row($0) .- goal.row($0)) }.sorted()[points / 2]
    }
    euler = counts.map { error(end(EulerSampler(), $0)) }
    heun = counts.map { error(end(HeunSampler(), $0)) }
  }

  /// The slope of log error against log steps, with its sign turned.
  func order(_ errors: [Double]) -> Double {
    let (x, y) = (counts.map { Double.log(Double($0)) }, errors.map { Double.log($0) })
    let (mx, my) = (mean(x), mean(y))
    let products = zip(x, y).map { ($0 - mx) * ($1 - my) }.sum()
    return -products / x.map { ($0 - mx) * ($0 - mx) }.sum()
  }
}

/// The best denoiser of a mixture at every level.
nonisolated func exact(_ mixture: GaussianMixture) -> Denoiser<Double> {
  { X, level in mixture.posteriorMean(given: X, α: level.α, σ: level.σ) }
}

/// Samples with the exact denoiser in some numbers of steps, and their energy distances to other
/// points of the mixture.
struct FewSteps {
  static let names = ["ancestral", "Euler", "Heun"]
  let counts: [Int]
  /// Points of this many steps: samplers, then counts.
  let clouds: [[Matrix<Double>]]
  let distances: [[EnergyDistance]]
  let floor: EnergyDistance

  init(_ mixture: GaussianMixture, counts: [Int], points: Int, seed: UInt64) {
    self.counts = counts
    var random = RandomStream(seed: seed, name: "few steps")
    let other = mixture.sample(points, using: &random)
    floor = EnergyDistance(mixture.sample(points, using: &random), other)
    let samplers: [any Sampler] = [AncestralSampler(), EulerSampler(), HeunSampler()]
    clouds = samplers.map { sampler in
      counts.map { count in
        drawn(mixture, points, by: sampler, levels: count, using: &random)
      }
    }
    distances = clouds.map { $0.map { EnergyDistance($0, other) } }
  }
}

/// Points drawn with the exact denoiser.
func drawn(
  _ mixture: GaussianMixture, _ count: Int, by sampler: any Sampler, levels: Int,
  using random: inout RandomStream
) -> Matrix<Double> {
  lesson.attempt {
    try NoiseSchedule.variancePreserving(levels: levels, from: 0.02, to: 20).sample(
      count, dimensions: 2, by: sampler, denoiser: exact(mixture), using: &random)
  }
}

/// The ways of points from one noise, from level to level, with the exact denoiser.
func paths(
  of mixture: GaussianMixture, _ count: Int, by sampler: some Sampler, levels: Int, seed: UInt64
) -> [[[Double]]] {
  var random = RandomStream(seed: seed, name: "paths")
  let start = Matrix<Double>.normal(rows: count, columns: 2, using: &random)
  var states: [Matrix<Double>] = []
  lesson.attempt {
    _ = try NoiseSchedule.variancePreserving(levels: levels, from: 0.02, to: 20).descend(
      from: start, by: sampler, denoiser: exact(mixture), using: &random
    ) { _, X in states.append(X) }
  }
  return (0..<count).map { n in states.map { $0.row(n) } }
}
