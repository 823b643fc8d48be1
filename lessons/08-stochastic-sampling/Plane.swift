import Datasets
import LinearAlgebra

/// Points in the plane: round Gaussians of one width at the corners of a polygon, for which the
/// posterior under Gaussian noise is a mixture again.
struct Ring {
  let means: Matrix<Double>
  /// The standard deviation of each Gaussian.
  let s: Double

  init(corners: Int = 5, s: Double = 0.1) {
    means = Matrix(rows: corners, columns: 2) { k, i in
      let φ = 2 * Double.pi * Double(k) / Double(corners)
      return i == 0 ? Double.cos(φ) : Double.sin(φ)
    }
    self.s = s
  }

  var mixture: GaussianMixture { GaussianMixture(means: means, σ: s) }

  /// What a chain does with a noisy point: draw from the posterior, or take its mean.
  enum Decoder { case sample, mean }

  /// A step of each chain, a row of X: x̃ = x + σε, then x from p(x|x̃), or E[x|x̃].
  ///
  /// Given component k, x is Gaussian about μ_k + ρ(x̃ − μ_k) with the variance ρσ²,
  /// ρ = s² / (s² + σ²).
  func step(
    _ X: Matrix<Double>, σ: Double, _ decoder: Decoder, using stream: inout RandomStream
  ) -> Matrix<Double> {
    let X̃ = X + σ * Matrix<Double>.normal(rows: X.rows, columns: 2, using: &stream)
    if decoder == .mean { return mixture.posteriorMean(given: X̃, σ: σ) }
    let shares = mixture.smoothed(σ: σ).responsibilities(at: X̃)
    let ρ = s * s / (s * s + σ * σ)
    let width = ρ.squareRoot() * σ
    var next = X̃
    for n in 0..<X.rows {
      let k = draw(shares.row(n), stream.uniform())
      for i in 0..<2 {
        next[n, i] = means[k, i] + ρ * (X̃[n, i] - means[k, i]) + width * stream.normal()
      }
    }
    return next
  }

  /// Which corner each point is nearest to.
  func corners(_ X: Matrix<Double>) -> [Int] {
    (0..<X.rows).map { n in
      var (nearest, largest) = (0, -Double.infinity)
      // All corners are as far from the middle: the nearest one has the largest product.
      for k in 0..<means.rows {
        let product = X[n, 0] * means[k, 0] + X[n, 1] * means[k, 1]
        if product > largest { (nearest, largest) = (k, product) }
      }
      return nearest
    }
  }
}

/// Chains that all start at one corner, after some steps.
struct RingRun {
  let σ: Double
  let decoder: Ring.Decoder
  let points: Matrix<Double>
  /// The share of steps that end at another corner, and of chains that are not at the first one.
  let moves: Double
  let away: Double
  /// The median squared distance from the nearest corner in the last 50 steps, over that of the
  /// data, 2s² log 2.
  let spread: Double

  init(
    _ ring: Ring, σ: Double, _ decoder: Ring.Decoder, chains: Int, steps: Int, seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, name: "ring \(σ) \(decoder)")
    var X = Matrix<Double>(rows: chains, columns: 2) { _, i in ring.means[0, i] }
    var (at, moved, squares) = (ring.corners(X), 0, [Double]())
    for t in 0..<steps {
      X = ring.step(X, σ: σ, decoder, using: &stream)
      let now = ring.corners(X)
      moved += zip(at, now).count { $0 != $1 }
      at = now
      guard t >= steps - 50 else { continue }
      for n in 0..<chains {
        let (dx, dy) = (X[n, 0] - ring.means[at[n], 0], X[n, 1] - ring.means[at[n], 1])
        squares.append(dx * dx + dy * dy)
      }
    }
    (self.σ, self.decoder, points) = (σ, decoder, X)
    moves = Double(moved) / Double(chains * steps)
    away = Double(at.count { $0 != 0 }) / Double(chains)
    spread = squares.sorted()[squares.count / 2] / (2 * ring.s * ring.s * Double.log(2))
  }
}
