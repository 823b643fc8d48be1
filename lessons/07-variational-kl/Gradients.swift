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

/// The gradient of E f(z) in the first component of μ, for z ~ N(μ, σ²I) of K numbers and f(z) =
/// −½ ‖z − a‖². Every component of a − μ is 1, so the exact gradient is 1.
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

  /// With q = (σε − 1)² in each component, f = −½ Σ q. The mean and the variance of q, E qε² and
  /// E q²ε² follow from the moments 1, 3 and 15 of ε.
  private static func variances(K: Double, σ²: Double) -> (
    reparameterised: Double, score: Double, withBaseline: Double
  ) {
    let (m, s) = (1 + σ², 4 * σ² + 2 * σ² * σ²)
    let (c₂, c₄) = (1 + 3 * σ², 1 + 18 * σ² + 15 * σ² * σ²)
    let others = (mean: (K - 1) * m, variance: (K - 1) * s)
    let square = others.mean * others.mean + others.variance
    return (
      σ²,
      (c₄ + 2 * c₂ * others.mean + square) / (4 * σ²) - 1,
      (c₄ - 2 * c₂ * m + m * m + others.variance) / (4 * σ²) - 1
    )
  }
}

/// The score-function and the reparameterised gradient of E f(z) in μ and σ, z ~ N(μ, σ²),
/// against central differences.
///
/// - Parameter slope: f′.
func twoGradients(
  _ proof: inout Proof, _ f: @escaping (Double) -> Double,
  slope: @escaping (Double) -> Double, μ: Double, σ: Double
) {
  let expected = { (μ: Double, σ: Double) in
    integral { z in Double.exp(logNormal(z, μ, σ)) * f(z) }
  }
  let (q, step, σ²) = ({ z in Double.exp(logNormal(z, μ, σ)) }, 1e-4, σ * σ)
  proof.start(
    #"\Bigl( \frac{\partial}{\partial \mu} \operatorname{E}_q f(z) \text{, } "#
      + #"\frac{\partial}{\partial \sigma} \operatorname{E}_q f(z) \Bigr)"#,
    [
      expected(μ + step, σ) - expected(μ - step, σ),
      expected(μ, σ + step) - expected(μ, σ - step),
    ].map { $0 / (2 * step) })
  let scores: [(Double) -> Double] = [
    { ($0 - μ) / σ² }, { (($0 - μ) * ($0 - μ) - σ²) / (σ² * σ) },
  ]
  proof.equals(
    #"\operatorname{E}_q \, f(z) \Bigl( \frac{z - \mu}{\sigma^2} \text{, } \frac{(z - \mu)^2 - "#
      + #"\sigma^2}{\sigma^3} \Bigr)"#,
    because: #"only the density depends on $\mu$ and $\sigma$, and $\partial q = q \, \partial "#
      + #"\log q$: the *score-function* gradient"#,
    scores.map { score in integral { z in q(z) * f(z) * score(z) } }, within: 1e-6)
  proof.equals(
    #"\operatorname{E}_q \, f'(z) \Bigl( 1 \text{, } \frac{z - \mu}{\sigma} \Bigr)"#,
    because: #"integrate by parts: $\frac{\partial q}{\partial \mu} = -\frac{\partial "#
      + #"q}{\partial z}$, $\frac{\partial q}{\partial \sigma} = -\frac{\partial}{\partial z} "#
      + #"\bigl( q \frac{z - \mu}{\sigma} \bigr)$"#,
    [
      integral { z in q(z) * slope(z) }, integral { z in q(z) * slope(z) * (z - μ) / σ },
    ])
  let sloped = { ε in Double.exp(logNormal(ε, 0, 1)) * slope(μ + σ * ε) }
  proof.equals(
    #"\operatorname{E}_{\varepsilon} \, f'(\mu + \sigma \varepsilon) (1 \text{, } \varepsilon)"#,
    because:
      #"substitute $z = \mu + \sigma \varepsilon$ with $\varepsilon$ from $\mathcal N(0, 1)$: "#
      + #"the *reparameterised* gradient, with $\partial z / \partial \mu = 1$, $\partial z / "#
      + #"\partial \sigma = \varepsilon$"#,
    [integral(sloped), integral { ε in sloped(ε) * ε }])
}
