import Datasets
import LinearAlgebra
import Plotting

// Denoisers of points in the plane: vector fields that can be compared with an exact one.

/// A network 2–64–64–2 that learnt to denoise 2000 points of p.
func planarDenoiser(of p: GaussianMixture, σ: Double, epochs: Int, seed: UInt64) -> Denoiser {
  var drawing = RandomStream(seed: seed, name: "planar data")
  return pointDenoiser(of: p.sample(2000, using: &drawing), σ: σ, epochs: epochs, seed: seed)
}

/// How well r(x̃) − x̃ agrees with a score s(x̃), over points x̃ of the noised density p_σ.
struct Agreement {
  /// ⟨r − x̃, s⟩ / (‖r − x̃‖ ‖s‖), with ⟨u, v⟩ = E u(x̃)ᵀv(x̃): one cosine for the whole field.
  let cosine: Double
  /// The c for which c·σ²·s is closest to r − x̃.
  let slope: Double
  /// The median over the points of the cosine between the two arrows.
  let medianCosine: Double

  /// The agreement of r with the score of p after smoothing by noise σ, or by another if it is
  /// given, at 4000 points of p_σ.
  init(
    _ r: Denoiser, with p: GaussianMixture, σ: Double, smoothing: Double? = nil, seed: UInt64
  ) {
    var drawing = RandomStream(seed: seed, name: "planar test")
    let x̃ = p.smoothed(σ: σ).sample(4000, using: &drawing)
    let (field, s) = (r(x̃) - x̃, p.smoothed(σ: smoothing ?? σ).score(at: x̃))
    cosine = dot(field, s) / (field.norm * s.norm)
    slope = dot(field, s) / s.squaredNorm / (σ * σ)
    medianCosine = median(
      (0..<x̃.rows).map { n in
        dot(field.row(n), s.row(n)) / (norm(field.row(n)) * norm(s.row(n)))
      })
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

/// The lengths of the rows of X.
func radii(_ X: Matrix<Double>) -> [Double] { (0..<X.rows).map { norm(X.row($0)) } }

/// The standard deviation of the values.
func spread(_ values: [Double]) -> Double {
  let centre = mean(values)
  return mean(values.map { ($0 - centre) * ($0 - centre) }).squareRoot()
}

/// log p_σ, and over it the arrows r(x̃) − x̃ where it is within 8 of its peak.
func portrait(
  _ title: String, _ p: GaussianMixture, σ: Double, reach: Double,
  _ r: (Matrix<Double>) -> Matrix<Double>
) -> Plot {
  func square(_ n: Int) -> Matrix<Double> {
    let centers = Shading.centers(of: -reach...reach, count: n)
    return Matrix(rows: n * n, columns: 2) { k, i in centers[i == 0 ? k % n : k / n] }
  }
  let noisy = p.smoothed(σ: σ)
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
      range: peak - 8...peak, label: "log p of noisy points")
    Arrows(
      x: shown.map { feet[$0, 0] }, y: shown.map { feet[$0, 1] },
      dx: shown.map { arrows[$0, 0] }, dy: shown.map { arrows[$0, 1] }, scale: 0.4,
      name: "r(x̃) − x̃", color: .black)
  }
}
