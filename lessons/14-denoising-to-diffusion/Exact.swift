import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// A number x₀ whose density is a mixture of Gaussians, for which every expectation of a
/// diffusion model is a sum over a grid: the rectangle rule is exact to rounding for functions
/// this smooth.
struct NumberLine {
  let mixture: GaussianMixture
  /// The grid of all variables, and the density of x₀ on it, times the grid's step.
  let grid: [Double]
  let step: Double
  let p: [Double]

  init(_ mixture: GaussianMixture, reach: Double = 8, step: Double = 0.1) {
    self.mixture = mixture
    self.step = step
    let half = Int(reach / step)
    grid = (-half...half).map { step * Double($0) }
    p = mixture.logDensity(at: column(grid)).map { step * Double.exp($0) }
  }

  /// −E log p(x₀): no model of x₀ has a smaller expected −log p.
  var entropy: Double { -zip(p, mixture.logDensity(at: column(grid))).map { $0 * $1 }.sum() }

  /// E[x₀ | x_t] on the grid.
  func clean(_ level: NoiseLevel) -> [Double] {
    mixture.posteriorMean(given: column(grid), α: level.α, σ: level.σ).elements
  }

  /// E(x₀ − E[x₀|x_t])², from E x₀² − E(E[x₀|x_t])².
  func error(_ level: NoiseLevel) -> Double {
    // A grid that follows the clean signal: x_t / α.
    let points = level.σ / level.α < 2 * step ? finer(level) : (grid, step)
    let X = column(points.0)
    let noisy = mixture.diffused(α: level.α, σ: level.σ)
    let weights = noisy.logDensity(at: X).map { points.1 * Double.exp($0) }
    let s = noisy.score(at: X).elements
    // x̂₀ = (x + σ² s)/α has the error σ²/α² (1 − σ² E s²), by Tweedie's formula.
    let ratio = level.σ * level.σ / (level.α * level.α)
    return ratio * (1 - level.σ * level.σ * zip(weights, s).map { $0 * $1 * $1 }.sum())
  }

  private func finer(_ level: NoiseLevel) -> ([Double], Double) {
    let h = step / 4
    let half = Int(grid[grid.count - 1] / h)
    return ((-half...half).map { h * Double($0) }, h)
  }

  /// The bound of a model whose levels are the schedule's and whose denoiser is exact: the
  /// divergence of q(x_T|x₀) from N(0, 1), the weighted denoising errors, and the last
  /// constant.
  func bound(_ schedule: NoiseSchedule) -> Double {
    let T = schedule.count
    let errors = schedule.levels.map { error($0) }
    let (first, last) = (schedule[1], schedule[T])
    let second = mixture.covariance[0, 0] + mixture.mean[0] * mixture.mean[0]
    let σ² = last.σ * last.σ
    let prior = 0.5 * (last.α * last.α * second + σ² - 1 - Double.log(σ²))
    var sum = prior + 0.5 * first.signalToNoise * errors[0]
    for t in stride(from: 2, through: T, by: 1) {
      sum += 0.5 * (schedule[t - 1].signalToNoise - schedule[t].signalToNoise) * errors[t - 1]
    }
    return sum + 0.5 * Double.log(2 * .pi / first.signalToNoise)
  }

  /// Of thirty ranges of σ/α the one with the least bound for so many levels.
  func bestRange(levels T: Int) throws
    -> (from: Double, to: Double, gap: Double)
  {
    var best = (from: 0.0, to: 0.0, gap: Double.infinity)
    for from in [0.05, 0.12, 0.18, 0.25, 0.35, 0.45] {
      for to in [0.8, 1.3, 2.3, 4, 10] {
        let value = try bound(.variancePreserving(levels: T, from: from, to: to)) - entropy
        if value < best.gap { best = (from, to, value) }
      }
    }
    return best
  }
}

/// Numbers as points of one component.
func column(_ x: [Double]) -> Matrix<Double> {
  Matrix(rows: x.count, columns: 1, elements: x)
}

/// The bound of a model of two levels, by sums over all x₀, x₁, x₂: each line of its
/// derivation.
struct TwoLevels {
  let line: NumberLine
  let first, second: NoiseLevel
  private let clean1, clean2: [Double]
  private let posterior: (ofNoisy: Double, ofClean: Double, variance: Double)

  init(_ line: NumberLine, _ first: NoiseLevel, _ second: NoiseLevel) {
    (self.line, self.first, self.second) = (line, first, second)
    (clean1, clean2) = (line.clean(first), line.clean(second))
    posterior = first.posterior(given: second)
  }

  private func logNormal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
    -0.5 * ((x - mean) * (x - mean) / variance + Double.log(2 * .pi * variance))
  }

  /// A table of log N(row; factor · column + shift of the column, variance).
  private func table(
    _ factor: Double, _ variance: Double, _ shift: [Double]? = nil
  ) -> Matrix<Double> {
    let g = line.grid
    return Matrix(rows: g.count, columns: g.count) { i, j in
      logNormal(g[i], factor * g[j] + (shift?[j] ?? 0), variance)
    }
  }

  /// The variance of p(x₀|x₁), σ₁²/α₁².
  var lastVariance: Double { 1 / first.signalToNoise }

  /// The model's −E log p(x₀), p(x₀) summed over x₂ and x₁.
  var evidence: Double {
    let (g, h) = (line.grid, line.step)
    let down = table(posterior.ofNoisy, posterior.variance, posterior.ofClean .* clean2)
    let prior = g.map { h * Double.exp(logNormal($0, 0, 1)) }
    let p1 = h .* (exp(down) * prior)
    let p0 = exp(table(0, lastVariance, clean1)) * p1
    return -zip(line.p, p0).map { $0 * Double.log($1) }.sum()
  }

  /// E_q[log q(x₁, x₂|x₀) − log p(x₀, x₁, x₂)], a sum over all triples.
  var joint: Double {
    let (g, h) = (line.grid, line.step)
    let a = second.α / first.α
    let added = second.σ * second.σ - a * a * first.σ * first.σ
    let (up1, up2) = (table(first.α, first.σ * first.σ), table(a, added))
    let down = table(posterior.ofNoisy, posterior.variance, posterior.ofClean .* clean2)
    let last = table(0, lastVariance, clean1)
    let (weight1, weight2) = (h * exp(up1), h * exp(up2))
    let prior = g.map { logNormal($0, 0, 1) }
    var sum = 0.0
    for i in g.indices where line.p[i] > 0 {
      for j in g.indices {
        let weight = line.p[i] * weight1[j, i]
        let fixed = up1[j, i] - last[i, j]
        var inner = 0.0
        for k in g.indices {
          inner += weight2[k, j] * (fixed + up2[k, j] - down[j, k] - prior[k])
        }
        sum += weight * inner
      }
    }
    return sum
  }

  /// E KL(q(x₂|x₀) ‖ p(x₂)).
  var prior: Double {
    let (g, h) = (line.grid, line.step)
    let q = table(second.α, second.σ * second.σ)
    return g.indices.map { i in
      line.p[i]
        * g.indices.map { h * Double.exp(q[$0, i]) * (q[$0, i] - logNormal(g[$0], 0, 1)) }
        .sum()
    }.sum()
  }

  /// E KL(q(x₁|x₂, x₀) ‖ p(x₁|x₂)), the divergence summed over x₁ for all pairs
  /// x₀, x₂.
  var steps: Double {
    let (g, h) = (line.grid, line.step)
    let (b, v) = (posterior.ofClean, posterior.variance)
    let q = table(second.α, second.σ * second.σ)
    return pairs(q) { i, k in
      let (mine, its) = (b * g[i], b * clean2[k])
      let mean = posterior.ofNoisy * g[k]
      var sum = 0.0
      for x in g where abs(x - mean - mine) < 9 * v.squareRoot() {
        let log = logNormal(x, mean + mine, v)
        sum += h * Double.exp(log) * (log - logNormal(x, mean + its, v))
      }
      return sum
    }
  }

  /// The same in closed form: the squared difference of the means over twice the variance.
  var stepsInClosedForm: Double {
    let (b, v) = (posterior.ofClean, posterior.variance)
    return pairs(table(second.α, second.σ * second.σ)) { i, k in
      let difference = b * (line.grid[i] - clean2[k])
      return difference * difference / (2 * v)
    }
  }

  /// −E log p(x₀|x₁).
  var reconstruction: Double {
    let last = table(0, lastVariance, clean1)
    return pairs(table(first.α, first.σ * first.σ)) { i, j in -last[i, j] }
  }

  /// E(x₀ − x̂₀(x_t))² of the first and of the second level.
  var errors: [Double] {
    [(first, clean1), (second, clean2)].map { level, clean in
      pairs(table(level.α, level.σ * level.σ)) { i, j in
        (line.grid[i] - clean[j]) * (line.grid[i] - clean[j])
      }
    }
  }

  /// E of a function of x₀, number i of the grid, and x_t, number j, where log q(x_t|x₀) is
  /// given.
  private func pairs(_ log: Matrix<Double>, _ f: (Int, Int) -> Double) -> Double {
    line.grid.indices.map { i in
      guard line.p[i] > 1e-300 else { return 0 }
      return line.p[i]
        * line.grid.indices.map { j in
          log[j, i] < -60 ? 0 : line.step * Double.exp(log[j, i]) * f(i, j)
        }.sum()
    }.sum()
  }
}
