import LinearAlgebra
import Notebook

// Three estimates of one gradient.

/// A mean and a variance over samples, with what the mean should be.
struct Estimate {
  let mean: Double
  let variance: Double
  let samples: Int

  init(_ values: [Double]) {
    samples = values.count
    let mean = values.sum() / Double(samples)
    self.mean = mean
    variance = values.map { ($0 - mean) * ($0 - mean) }.sum() / Double(samples - 1)
  }

  /// √(variance / samples).
  var standardError: Double { (variance / Double(samples)).squareRoot() }

  /// |mean − exact| in standard errors.
  func deviation(from exact: Double) -> Double { abs(mean - exact) / standardError }
}

/// The gradient of E f(z), z ~ N(μ, σ²I) of K numbers, f(z) = −½ ‖z − a‖², in the first component
/// of μ: every component of a − μ is 1, so the exact gradient is 1.
struct GradientToy {
  let reparameterised, score, scoreWithBaseline: Estimate
  let exactVariance: (reparameterised: Double, score: Double, withBaseline: Double)
  static let exact = 1.0

  var all: [Estimate] { [reparameterised, score, scoreWithBaseline] }

  init(K: Int, σ: Double, samples: Int) {
    var random = lesson.stream("gradient in \(K) dimensions")
    let ε = Matrix<Double>.normal(rows: samples, columns: K, using: &random)
    // z − a = σε − 1 in every component.
    let f = (0..<samples).map { n in -ε.row(n).map { (σ * $0 - 1) * (σ * $0 - 1) }.sum() / 2 }
    let mean = -Double(K) * (1 + σ * σ) / 2
    let first = ε.column(0)
    // f′(μ + σε) = a − z
    reparameterised = Estimate(first.map { 1 - σ * $0 })
    // f(z) ∂ log q(z) / ∂μ = f(z) ε / σ
    score = Estimate(zip(f, first).map { $0 * $1 / σ })
    // (f(z) − E f) ε / σ
    scoreWithBaseline = Estimate(zip(f, first).map { ($0 - mean) * $1 / σ })
    exactVariance = GradientToy.variances(K: Double(K), σ²: σ * σ)
  }

  /// With q = (σε − 1)² in each component and f = −½ Σ q: the mean and the variance of q, and E q
  /// ε² and E q² ε², follow from the moments 1, 3 and 15 of ε.
  private static func variances(K: Double, σ²: Double) -> (
    reparameterised: Double, score: Double, withBaseline: Double
  ) {
    let (m, s) = (1 + σ², 4 * σ² + 2 * σ² * σ²)
    let (c₂, c₄) = (1 + 3 * σ², 1 + 18 * σ² + 15 * σ² * σ²)
    let others = (mean: (K - 1) * m, variance: (K - 1) * s)
    return (
      σ²,
      (c₄ + 2 * c₂ * others.mean + others.mean * others.mean + others.variance) / (4 * σ²) - 1,
      (c₄ - 2 * c₂ * m + m * m + others.variance) / (4 * σ²) - 1
    )
  }
}
