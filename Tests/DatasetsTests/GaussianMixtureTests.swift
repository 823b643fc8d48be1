import LinearAlgebra
import Testing

@testable import Datasets

@Suite("Mixtures of Gaussians")
struct GaussianMixtureTests {
  let mixture = GaussianMixture(
    weights: [5, 3, 2], means: [[0, 0], [1, -1], [-2, 0.5]],
    covariances: [[[1, 0.3], [0.3, 0.5]], [[0.2, -0.1], [-0.1, 0.4]], [[0.05, 0], [0, 2]]])
  let places: Matrix<Double> = [[0, 0], [1.2, -0.7], [-3, 4], [30, 40]]

  /// From SciPy 1.17, with w = [.5, .3, .2], m and C as above, σ = 0.7:
  ///
  ///     l = [log(w[k]) + multivariate_normal(m[k], C[k]).logpdf(x)]; L = logsumexp(l); r = exp(l - L)
  ///     score = -sum(r[k] * solve(C[k], x - m[k]))
  ///     mean = sum(r[k] * (m[k] + C[k] @ solve(C[k] + σ² I, x - m[k])))      with r of the covariances C[k] + σ² I
  @Test func `density, score and posterior mean are SciPy's`() {
    let density = [-2.0051232949777553, -1.9289970813027097, -15.358522431105229, -1624.036444699523]
    let score: Matrix<Double> = [
      [0.3299044599220029, -0.10996815330733432], [-1.6141795140970863, -0.7485165510010072],
      [19.999999983349817, -1.7500000126617115], [-7.317073170731707, -75.60975609756098],
    ]
    let mean: Matrix<Double> = [
      [0.12968828329371876, -0.10605553681173471], [0.9283495707607327, -0.6692683197651709],
      [-2.0925700376181777, 3.3111759631521127], [23.738358241282217, 22.099487401631652],
    ]
    for (found, expected) in zip(mixture.logDensity(at: places), density) {
      #expect(abs(found - expected) <= 1e-13 * abs(expected))
    }
    #expect((mixture.score(at: places) - score).norm < 1e-12 * score.norm)
    #expect((mixture.posteriorMean(given: places, σ: 0.7) - mean).norm < 1e-12 * mean.norm)
  }

  /// Variances that are 0 but for rounding made densities of 10⁸ and more.
  @Test func `a flat component has no density, whichever way its covariance was rounded`() async {
    await #expect(processExitsWith: .failure) {
      // vvᵀ, for which eigenvalues of some 10⁻¹⁷ come out.
      let v: Matrix<Double> = [[0.1], [0.7], [-0.3]]
      let flat = GaussianMixture(means: [[0, 0, 0]], covariances: [v * v.T])
      _ = flat.logDensity(at: [[0.1, 0.7, -0.3]])
    }
    let v: Matrix<Double> = [[0.1], [0.7], [-0.3]]
    let flat = GaussianMixture(means: [[0, 0, 0]], covariances: [v * v.T])
    #expect(flat.spreads[0].variances.filter { $0 > 0 }.count == 1)
    // C = vvᵀ + σ²I has the determinant (‖v‖² + σ²) σ⁴, and xᵀC⁻¹x is ‖v‖² / (‖v‖² + σ²) at x = v.
    let (s, square) = (0.01, 0.59)
    let expected = -0.5 * (square / (square + s) + Double.log((square + s) * s * s) + 3 * Double.log(2 * .pi))
    #expect(abs(flat.smoothed(σ: 0.1).logDensity(at: v.T)[0] - expected) < 1e-9)
    // What is narrow is not flat.
    let narrow = GaussianMixture(means: [[0, 0]], covariances: [[[1, 0], [0, 1e-12]]])
    #expect(abs(narrow.logDensity(at: [[0, 0]])[0] + Double.log(2 * .pi) - 6 * Double.log(10)) < 1e-9)
  }

  @Test func `the score is the slope of the log-density`() {
    let noisy = mixture.smoothed(σ: 0.4)
    let score = noisy.score(at: places)
    for n in 0..<3 {
      for i in 0..<2 {
        var steps = Matrix(rows: 2, columns: 2) { _, j in places[n, j] }
        steps[0, i] -= 1e-5
        steps[1, i] += 1e-5
        let l = noisy.logDensity(at: steps)
        #expect(abs((l[1] - l[0]) / 2e-5 - score[n, i]) < 1e-7 * max(1, abs(score[n, i])))
      }
    }
  }

  /// ∫ p(u) N(x; u, σ²I) du by a sum over a fine grid, and the mean of u under it.
  @Test func `smoothing and the posterior mean are what integration gives`() {
    let (σ, x) = (0.5, [0.6, -0.4])
    let side = (0..<400).map { -6 + 0.03 * Double($0) }
    let grid = Matrix(rows: 160_000, columns: 2) { k, i in side[i == 0 ? k % 400 : k / 400] }
    let p = mixture.logDensity(at: grid)
    var (total, mean) = (0.0, [0.0, 0.0])
    for k in 0..<grid.rows {
      let (dx, dy) = (x[0] - grid[k, 0], x[1] - grid[k, 1])
      let share = Double.exp(p[k] - (dx * dx + dy * dy) / (2 * σ * σ)) / (2 * .pi * σ * σ) * 0.0009
      total += share
      mean[0] += share * grid[k, 0]
      mean[1] += share * grid[k, 1]
    }
    let place = Matrix(rows: 1, columns: 2, elements: x)
    #expect(abs(mixture.smoothed(σ: σ).logDensity(at: place)[0] - Double.log(total)) < 1e-9)
    let found = mixture.posteriorMean(given: place, σ: σ)
    #expect(abs(found[0, 0] - mean[0] / total) < 1e-9 && abs(found[0, 1] - mean[1] / total) < 1e-9)
  }

  @Test func `Tweedie's formula joins posterior mean and score`() {
    let x̃ = mixture.posteriorMean(given: places, σ: 0.3)
    #expect((places + 0.09 * mixture.smoothed(σ: 0.3).score(at: places) - x̃).norm < 1e-11 * x̃.norm)
  }

  /// The score is SciPy's by the first test; its differences are of fourth order.
  @Test func `the score's divergence is what differences of the score give`() {
    let noisy = mixture.diffused(α: 0.8, σ: 0.4)
    let divergence = noisy.scoreDivergence(at: places)
    let h = 1e-3
    for n in 0..<4 {
      let slopes = (0..<2).map { i -> Double in
        func score(_ step: Double) -> Double {
          noisy.score(at: Matrix(rows: 1, columns: 2) { _, j in places[n, j] + (i == j ? step : 0) })[0, i]
        }
        return (8 * (score(h) - score(-h)) - (score(2 * h) - score(-2 * h))) / (12 * h)
      }
      #expect(abs(slopes.sum() - divergence[n]) < 1e-8 * max(1, abs(divergence[n])))
    }
    // One Gaussian: −tr C⁻¹ everywhere.
    let one = GaussianMixture(means: [[1, 2]], covariances: [[[2, 0.5], [0.5, 1]]])
    for value in one.scoreDivergence(at: places) { #expect(abs(value + 3 / 1.75) < 1e-12) }
  }

  @Test func `a fading signal scales the means and the covariances`() {
    let (α, σ) = (0.6, 0.8)
    let x = mixture.diffused(α: α, σ: σ)
    #expect((x.covariance - (α * α * mixture.covariance + σ * σ * .identity(2))).norm < 1e-14)
    #expect(zip(x.mean, mixture.mean).allSatisfy { abs($0 - α * $1) < 1e-15 })
    // The density of αu + σε by a change of units: p(x) = p̃(x/α) / α² with the noise σ/α.
    let other = mixture.smoothed(σ: σ / α).logDensity(at: places / α)
    for (a, b) in zip(x.logDensity(at: places), other) {
      #expect(abs(a - (b - 2 * Double.log(α))) < 1e-12 * abs(a))
    }
    // Tweedie's formula at a level: α E[x₀|x] = x + σ² ∇ log p(x).
    let clean = mixture.posteriorMean(given: places, α: α, σ: σ)
    #expect((α * clean - places - σ * σ * x.score(at: places)).norm < 1e-12 * places.norm)
    #expect(mixture.diffused(α: 1, σ: 0).logDensity(at: places) == mixture.logDensity(at: places))
  }

  @Test func `responsibilities are shares`() {
    let R = mixture.responsibilities(at: places)
    #expect((R.rows, R.columns) == (4, 3))
    for sum in R.rowSums { #expect(abs(sum - 1) < 1e-14) }
    #expect(R.elements.least() >= 0)
  }

  @Test func `a sample has the mean and the covariance of the mixture`() {
    // By hand: Σ π μ and Σ π (C + (μ − m)(μ − m)ᵀ).
    #expect(zip(mixture.mean, [-0.1, -0.2]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect((mixture.covariance - [[1.66, -0.4], [-0.4, 1.08]]).norm < 1e-14)
    var stream = RandomStream(seed: 3, name: "sample")
    let X = mixture.sample(40_000, using: &stream)
    let means = X.columnMeans
    // Five standard errors: √(variance / 40000) of the means, and √2 variance / √40000, heavy tails apart.
    #expect(abs(means[0] + 0.1) < 5 * (1.66 / 40_000).squareRoot())
    #expect(abs(means[1] + 0.2) < 5 * (1.08 / 40_000).squareRoot())
    var centred = X
    centred.addToEachRow(means.map { -$0 })
    #expect((centred.T * centred / 40_000 - mixture.covariance).norm < 0.08)
  }

  @Test func `a component of weight zero is never drawn and changes nothing`() {
    let padded = GaussianMixture(
      weights: [0, 1], means: [[9, 9], [1, 2]], covariances: [.identity(2), .identity(2)])
    let alone = GaussianMixture(means: [[1, 2]], covariances: [.identity(2)])
    #expect(padded.logDensity(at: places) == alone.logDensity(at: places))
    #expect(padded.score(at: places) == alone.score(at: places))
    var stream = RandomStream(seed: 1, name: "sample")
    #expect(padded.sample(200, using: &stream).elements.greatest() < 8)
  }

  @Test func `points without noise become a density by smoothing`() {
    let atoms = GaussianMixture(means: [[-1.0], [1.0]], σ: 0)
    let x: Matrix<Double> = [[0.3]]
    // ½ N(0.3; −1, ¼) + ½ N(0.3; 1, ¼)
    let expected = (Double.exp(-3.38) + Double.exp(-0.98)) / 2 / (2 * .pi * 0.25).squareRoot()
    #expect(abs(atoms.smoothed(σ: 0.5).logDensity(at: x)[0] - Double.log(expected)) < 1e-14)
    #expect(abs(atoms.posteriorMean(given: x, σ: 0.5)[0, 0] - Double.tanh(0.3 / 0.25)) < 1e-15)
  }

  /// Far out the widest component in that direction has it all, and the score is −C⁻¹x; beyond 1e154 x² overflows.
  @Test(arguments: [1e150, 1e154, 1e160, 1e250, 1e300])
  func `the score holds as far out as there are numbers`(distance: Double) {
    let far = distance * ([[1, 0], [0, -1], [0.6, 0.8]] as Matrix<Double>)
    let score = mixture.score(at: far)
    // C⁻¹ of the first: 1/0.41 [[0.5, −0.3], [−0.3, 1]]; the third is the widest upwards.
    let first: Matrix<Double> = [[0.5 / 0.41, -0.3 / 0.41], [-0.3 / 0.41, 1 / 0.41]]
    for (n, precision) in [(0, first), (1, [[20, 0], [0, 0.5]])] {
      let expected = (precision * [far[n, 0], far[n, 1]]).map { -$0 }
      for i in 0..<2 { #expect(abs(score[n, i] - expected[i]) <= 1e-14 * distance) }
    }
    #expect(mixture.responsibilities(at: far).rowSums.allSatisfy { abs($0 - 1) < 1e-15 })
    #expect(score.elements.allSatisfy { $0.isFinite })
    let guess = mixture.posteriorMean(given: far, σ: 0.7)
    // C (C + σ²I)⁻¹ x
    #expect(abs(guess[1, 1] + distance * 2 / 2.49) <= 1e-14 * distance)
    #expect(mixture.logDensity(at: far).allSatisfy { $0 < -1e299 })
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `no score is made up where a point is not finite`(value: Double) {
    for density in [mixture, GaussianMixture(means: [[0, 0], [1, 0]], σ: 1)] {
      #expect(density.score(at: [[0, value], [0, 0]]).row(0).contains { $0.isNaN })
      #expect(density.posteriorMean(given: [[value, 0]], σ: 0.5).elements.contains { $0.isNaN })
      #expect(density.score(at: [[0, value], [0, 0]]).row(1).allSatisfy { $0.isFinite })
    }
  }

  @Test func `components at one distance far out share a point by their weights and sizes`() {
    let twins = GaussianMixture(
      weights: [3, 1, 0, 4], means: [[0, 0], [0, 0], [0, 0], [0, 0]],
      covariances: [.identity(2), .identity(2), 9 * .identity(2), [[1, 0], [0, 0.25]]])
    // The last is as wide along the first axis, and half as large: 3 : 1 : 0 : 8.
    let R = twins.responsibilities(at: [[1e200, 0], [0, 1e200]])
    for (k, share) in [0.25, 1.0 / 12, 0, 2.0 / 3].enumerated() { #expect(abs(R[0, k] - share) < 1e-15) }
    for (k, share) in [0.75, 0.25, 0, 0].enumerated() { #expect(abs(R[1, k] - share) < 1e-15) }
    // The distances are 1/0.25 + 1/4 = 4.25 and 2/0.45 = 4.4….
    let unlike = GaussianMixture(
      means: [[0, 0], [0, 0]], covariances: [[[0.25, 0], [0, 4]], [[0.45, 0], [0, 0.45]]])
    #expect(unlike.responsibilities(at: [[1e200, 1e200]]) == [[1, 0]])
    // Components so flat that their score is beyond the numbers have no share, and spoil nothing.
    let flat = GaussianMixture(
      means: [[0, 0], [0, 0]], covariances: [.identity(2), [[1e-300, 0], [0, 1e-300]]])
    #expect(flat.score(at: [[1e200, 0]]) == [[-1e200, 0]])
  }

  @Test func `means may be as large as numbers are`() {
    let X: Matrix<Double> = [[1e200, 1]]
    #expect(GaussianMixture(means: X, σ: 1).score(at: [[1e200, 3]]) == [[0, -2]])
  }

  @Test(arguments: [
    "no density", "wrong width", "negative weight", "negative eigenvalue", "no draw", "no variance", "no noise",
    "NaN mean", "no turns", "NaN σ",
  ])
  func `misuse stops with a message`(_ name: String) async {
    await #expect(processExitsWith: .failure) { [name] in
      let points: Matrix<Double> = [[0, 0]]
      let point = GaussianMixture(means: points, σ: 0)
      var stream = RandomStream(seed: 1, name: "sample")
      switch name {
      case "no density": _ = point.logDensity(at: points)
      case "wrong width": _ = point.smoothed(σ: 1).logDensity(at: [[0, 0, 0]])
      case "negative weight": _ = GaussianMixture(weights: [-1], means: points, σ: 1)
      case "negative eigenvalue": _ = GaussianMixture(means: points, covariances: [[[1, 2], [2, 1]]])
      case "no variance": _ = GaussianMixture(means: points, σ: 1e-200)
      case "no noise": _ = point.smoothed(σ: 1e200)
      case "NaN σ": _ = point.smoothed(σ: .nan)
      case "NaN mean": _ = GaussianMixture(means: [[.nan, 0]], σ: 1)
      case "no turns": _ = GaussianMixture.spiral(turns: .infinity)
      default: _ = point.sample(0, using: &stream)
      }
    }
  }
}

@Suite("Noise levels")
struct NoiseLevelTests {
  @Test func `a noise level whose square is no normal number is refused by name`() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture.circle().diffused(α: 1, σ: 1e-160)
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("a noise level cannot be 1e-160, nor a variance 1e-320"))
  }
}

@Suite("Planar data")
struct PlanarDataTests {
  @Test func `a circle without a radius is refused by name`() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture.circle(radius: 0)
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("a circle cannot have the radius 0.0"))
  }

  @Test func `the circle is round, even and thin`() {
    let circle = GaussianMixture.circle(radius: 2, thickness: 0.05, components: 80)
    for k in 0..<80 {
      #expect(abs(norm(circle.means.row(k)) - 2) < 1e-12)
      #expect(abs(circle.weights[k] - 1 / 80) < 1e-15)
    }
    // The same at every component's mean and at every half-way point, and hardly different between the two kinds.
    func density(at turn: Double) -> Double {
      circle.logDensity(at: [[2 * Double.cos(2 * .pi * turn), 2 * Double.sin(2 * .pi * turn)]])[0]
    }
    let around = (0..<160).map { density(at: Double($0) / 160) }
    #expect(around.greatest() - around.least() < 0.01)
    #expect(circle.logDensity(at: [[2.3, 0]])[0] < density(at: 0) - 10)
  }

  @Test func `a circle is as thick as is said`() {
    // Gaussians too short to be seen beside their tangents: across them the density is ∝ e^(−(r − 1)²/2t²) / r.
    let circle = GaussianMixture.circle(components: 2000)
    let density = circle.logDensity(at: [[1, 0], [1.02, 0]])
    #expect(abs(density[0] - density[1] - 0.5 - Double.log(1.02)) < 0.001)
  }

  @Test func `the score of the circle points to it`() {
    let score = GaussianMixture.circle().smoothed(σ: 0.2).score(at: [[0, 1.5], [0.5, 0], [-1.4, 0]])
    #expect(score[0, 1] < 0 && score[1, 0] > 0 && score[2, 0] > 0)
    #expect(abs(score[0, 0]) < 1e-6 * abs(score[0, 1]))
  }

  @Test func `the spiral goes from radius 0.2 to 1 in steps of one length`() {
    let spiral = GaussianMixture.spiral(turns: 2)
    let radii = (0..<120).map { norm(spiral.means.row($0)) }
    #expect(abs(radii[0] - 0.2) < 1e-12 && abs(radii[119] - 1) < 1e-12)
    #expect(zip(radii, radii.dropFirst()).allSatisfy { $0 < $1 })
    let steps = (1..<120).map { k in
      norm(zip(spiral.means.row(k), spiral.means.row(k - 1)).map { $0 - $1 })
    }
    #expect(steps.greatest() / steps.least() < 1.01)
    // 2 turns are 4π ∫ (0.2 + 0.8 s) ds = 2.4π long, and the radial part adds little: ∫ √((4π r)² + 0.64) ds = 7.5907
    // (SciPy's quad).
    #expect(abs(steps.sum() - 7.5907) < 0.01)
  }

  @Test func `the moons are two half circles, each the other turned by half a turn`() {
    let moons = GaussianMixture.moons(components: 40)
    #expect(moons.means.rows == 40)
    for k in 0..<20 {
      #expect(abs(moons.means[k, 0] + moons.means[20 + k, 0]) < 1e-12)
      #expect(abs(moons.means[k, 1] + moons.means[20 + k, 1]) < 1e-12)
      #expect(abs(norm([moons.means[k, 0] + 0.5, moons.means[k, 1] + 0.25]) - 1) < 1e-12)
      #expect(moons.means[k, 1] >= -0.25 - 1e-12)
    }
  }

  @Test func `the stretched cloud has its variances along u₁ and u₂`() {
    let C = GaussianMixture.stretchedCloud(along: 2, across: 0.5, angle: 0.4).covariance
    let (c, s) = (Double.cos(0.4), Double.sin(0.4))
    let (u1, u2) = (Matrix(rows: 2, columns: 1, elements: [c, s]), Matrix(rows: 2, columns: 1, elements: [-s, c]))
    #expect(abs((u1.T * C * u1)[0, 0] - 4) < 1e-14)
    #expect(abs((u2.T * C * u2)[0, 0] - 0.25) < 1e-14)
    #expect(abs((u1.T * C * u2)[0, 0]) < 1e-14)
  }
}
