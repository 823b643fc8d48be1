import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

// Denoisers of points in the plane: vector fields that can be compared with an exact one.

/// Data near a curve, the noise on them, and the network that removes it.
struct Planar {
  let name: String
  let p: GaussianMixture
  let σ: Double
  let epochs: Int
  /// The figure shows the square from −reach to reach.
  let reach: Double

  /// A network that learns from 2,000 points of p.
  func denoiser(
    _ activation: Activation = .relu, epochs: Int? = nil, seed: UInt64
  ) -> Denoiser {
    var random = RandomStream(seed: seed, name: "planar data")
    let X = p.sample(2000, using: &random)
    var design = Design.points
    design.activation = activation
    return design.trained(on: X, σ: σ, epochs: epochs ?? self.epochs, seed: seed)
  }
}

/// 2,000 other points of p, with noise σ, and the score of the noised density p_σ there.
struct TestPoints {
  let clean, noisy, score: Matrix<Double>
  let σ: Double

  init(_ p: GaussianMixture, σ: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "planar test")
    clean = p.sample(2000, using: &random)
    noisy = clean + σ * .normal(rows: clean.rows, columns: 2, using: &random)
    score = p.smoothed(σ: σ).score(at: noisy)
    self.σ = σ
  }

  /// The best denoiser's error, σ²D − σ⁴ E‖∇ log p_σ‖².
  var leastError: Double {
    2 * σ * σ - σ * σ * σ * σ * score.squaredNorm / Double(score.rows)
  }

  /// By how many standard errors E‖r(x̃) − x‖² − E‖m(x̃) − x‖², over these pairs, differs from
  /// E‖r(x̃) − m(x̃)‖², where m is the best denoiser.
  func surprise(of r: Denoiser) -> Double {
    let best = noisy + σ * σ * score
    let cleaned = r(noisy)
    func squares(_ A: Matrix<Double>) -> [Double] { (A ⊙ A).rowSums }
    let differences =
      squares(cleaned - clean) .- squares(best - clean) .- squares(cleaned - best)
    return abs(mean(differences)) / standardError(differences)
  }
}

/// How well r(x̃) − x̃ agrees with a score s(x̃) at points of the noised density.
struct Agreement {
  /// ⟨r − x̃, s⟩ / (‖r − x̃‖ ‖s‖), with ⟨u, v⟩ = E u(x̃)ᵀv(x̃): one cosine for the whole field.
  let cosine: Double
  /// The c for which c·σ²·s is closest to r − x̃.
  let slope: Double
  /// E‖r − x̃ − σ²s‖²: σ⁴ times the score-matching error.
  let missed: Double

  /// The agreement with the score of p_σ, or with another one if it is given.
  init(_ r: Denoiser, at points: TestPoints, score: Matrix<Double>? = nil) {
    let (field, s, σ²) = (
      r(points.noisy) - points.noisy, score ?? points.score, points.σ * points.σ
    )
    cosine = dot(field, s) / (field.norm * s.norm)
    slope = dot(field, s) / s.squaredNorm / σ²
    missed = squaredError(field, σ² * s)
  }
}

/// The mean length of the arrows r(x̃) − x̃ on the circle of the given radius about the origin.
func arrowLength(_ r: (Matrix<Double>) -> Matrix<Double>, radius: Double) -> Double {
  let ring = Matrix(rows: 360, columns: 2) { n, i in
    let angle = 2 * .pi * Double(n) / 360
    return radius * (i == 0 ? Double.cos(angle) : Double.sin(angle))
  }
  let arrows = r(ring) - ring
  return mean((0..<360).map { norm(arrows.row($0)) })
}

/// The radius at which p is greatest along the first axis, to 0.001.
func ridgeRadius(of p: GaussianMixture) -> Double {
  let radii = (0...1000).map { 0.5 + 0.001 * Double($0) }
  let density = p.logDensity(
    at: Matrix(rows: radii.count, columns: 2) { n, i in i == 0 ? radii[n] : 0 })
  return radii[density.indices.reduce(0) { density[$1] > density[$0] ? $1 : $0 }]
}

/// 1,000 points of p for each seed.
func samples(of p: GaussianMixture, _ name: String, _ seeds: [UInt64]) -> [Matrix<Double>] {
  seeds.map { seed in
    var random = RandomStream(seed: seed, name: name)
    return p.sample(1000, using: &random)
  }
}

/// Points after Langevin steps x ← x + a (r(x) − x) + √(2a) σ ε from a square about the origin.
func langevin(
  _ r: (Matrix<Double>) -> Matrix<Double>, σ: Double, a: Double, steps: Int, points: Int,
  seed: UInt64
) -> Matrix<Double> {
  var random = RandomStream(seed: seed, name: "Langevin")
  var x = 1.6 * Matrix<Double>.uniform(rows: points, columns: 2, in: -1..<1, using: &random)
  for _ in 0..<steps {
    let ε = Matrix<Double>.normal(rows: points, columns: 2, using: &random)
    x += a * (r(x) - x) + (2 * a).squareRoot() * σ * ε
  }
  return x
}

/// The same start after steps x ← r(x) without noise.
func climbed(
  _ r: (Matrix<Double>) -> Matrix<Double>, steps: Int, points: Int, seed: UInt64
) -> Matrix<Double> {
  var x = langevin(r, σ: 0, a: 0, steps: 0, points: points, seed: seed)
  for _ in 0..<steps { x = r(x) }
  return x
}

/// The variance at which a Langevin chain with the share a settles for a Gaussian of variance σ².
func settledVariance(_ proof: inout Proof, a: Double, σ: Double) {
  var settled = 0.0
  for _ in 0..<400 { settled = (1 - a) * (1 - a) * settled + 2 * a * σ * σ }
  proof.start("s", settled)
  proof.equals(
    #"(1 - a)^2 s + 2 a \sigma^2"#,
    because: #"one step multiplies by $1 - a$ and adds noise; the variance no longer changes"#,
    (1 - a) * (1 - a) * settled + 2 * a * σ * σ)
  proof.equals(
    #"\frac{2 a \sigma^2}{1 - (1 - a)^2}"#, because: "solve for $s$",
    2 * a * σ * σ / (1 - (1 - a) * (1 - a)))
  proof.equals(
    #"\frac{\sigma^2}{1 - a / 2}"#, because: "$1 - (1 - a)^2 = 2 a (1 - a / 2)$",
    σ * σ / (1 - a / 2))
}

/// The lengths of the rows of X.
func radii(_ X: Matrix<Double>) -> [Double] { (0..<X.rows).map { norm(X.row($0)) } }

/// The standard deviation of the values.
func spread(_ values: [Double]) -> Double {
  let centre = mean(values)
  return mean(values.map { ($0 - centre) * ($0 - centre) }).squareRoot()
}

/// log p_σ, and over it the arrows r(x̃) − x̃ where it is within 8 of its peak.
func portrait(
  _ title: String, _ data: Planar, _ r: (Matrix<Double>) -> Matrix<Double>
) -> Plot {
  let reach = data.reach
  func square(_ n: Int) -> Matrix<Double> {
    let centers = Shading.centers(of: -reach...reach, count: n)
    return Matrix(rows: n * n, columns: 2) { k, i in centers[i == 0 ? k % n : k / n] }
  }
  let noisy = data.p.smoothed(σ: data.σ)
  let (feet, height) = (square(17), noisy.logDensity(at: square(60)))
  let (arrows, density) = (r(feet) - feet, noisy.logDensity(at: feet))
  let peak = height.greatest()
  let shown = density.indices.filter { density[$0] > peak - 8 }
  return Plot(
    title, x: Axis("x₁", range: -reach...reach), y: Axis("x₂", range: -reach...reach),
    aspect: .equal
  ) {
    Shading(
      x: -reach...reach, y: -reach...reach, rows: 60, columns: 60, values: height,
      range: peak - 8...peak, label: "log p_σ")
    Arrows(
      x: shown.map { feet[$0, 0] }, y: shown.map { feet[$0, 1] },
      dx: shown.map { arrows[$0, 0] }, dy: shown.map { arrows[$0, 1] }, scale: 0.4,
      name: "r(x̃) − x̃", color: .black)
  }
}
