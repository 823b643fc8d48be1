import Autoencoders
import LinearAlgebra
import Notebook

// Gaussians whose integrals are known: the model of the derivations, and probabilistic PCA.

/// A Gaussian N(m, C) over a few numbers, with any covariance.
struct Gaussian {
  let m: [Double]
  let C: Matrix<Double>
  let precision: Matrix<Double>
  let logDeterminant: Double

  init(_ m: [Double], _ C: Matrix<Double>) {
    let eigen = SymmetricEigen(C)
    (self.m, self.C) = (m, C)
    precision = eigen.vectors * .diagonal(eigen.values.map { 1 / $0 }) * eigen.vectors.T
    logDeterminant = eigen.values.map { Double.log($0) }.sum()
  }

  /// N(0, I) over K numbers.
  static func standard(_ K: Int) -> Gaussian {
    Gaussian([Double](repeating: 0, count: K), .identity(K))
  }

  /// log N(z; m, C).
  func logDensity(_ z: [Double]) -> Double {
    let d = zip(z, m).map { $0 - $1 }
    return -(dot(d, precision * d) + logDeterminant + Double(m.count) * Double.log(2 * .pi)) / 2
  }

  /// KL(self‖p) =
  /// ½ (tr C_p⁻¹C + (m_p − m)ᵀ C_p⁻¹ (m_p − m) − K + log det C_p − log det C).
  func divergence(from p: Gaussian) -> Double {
    let d = zip(p.m, m).map { $0 - $1 }
    return
      ((p.precision * C).trace + dot(d, p.precision * d) - Double(m.count) + p.logDeterminant
      - logDeterminant) / 2
  }

  /// The course's own type of a Gaussian without correlations.
  var diagonal: DiagonalGaussians<Double> {
    DiagonalGaussians(mean: [m], logVariance: [m.indices.map { Double.log(C[$0, $0]) }])
  }

  /// The Gaussian without correlations with the least KL(·‖self): the same means, and the
  /// variances 1 / (C⁻¹)_kk.
  var bestProduct: Gaussian { Gaussian(m, .diagonal(m.indices.map { 1 / precision[$0, $0] })) }

  /// Samples of the Gaussian with the same means and variances and no correlations.
  func samples(_ count: Int, using random: inout RandomStream) -> [[Double]] {
    (0..<count).map { _ in m.indices.map { m[$0] + C[$0, $0].squareRoot() * random.normal() } }
  }

  /// The Gaussian with the same means and variances and no correlations.
  var factorised: Gaussian { Gaussian(m, .diagonal(m.indices.map { C[$0, $0] })) }
}

/// p(z) = N(0, I), p(x|z) = N(Wz + c, τ²I): all of its distributions are Gaussian.
struct LinearGaussian {
  let W: Matrix<Double>
  let c: [Double]
  let τ²: Double

  /// Wz + c.
  func mean(_ z: [Double]) -> [Double] { zip(W * z, c).map { $0 + $1 } }

  /// log p(x|z).
  func logLikelihood(_ x: [Double], _ z: [Double]) -> Double {
    let r = zip(x, mean(z)).map { $0 - $1 }
    return -(dot(r, r) / τ² + Double(x.count) * Double.log(2 * .pi * τ²)) / 2
  }

  /// E_q log p(x|z) = log p(x|m) − tr(WCWᵀ) / 2τ².
  func expectedLogLikelihood(_ x: [Double], _ q: Gaussian) -> Double {
    logLikelihood(x, q.m) - (W * q.C * W.T).trace / (2 * τ²)
  }

  /// p(x) = N(c, WWᵀ + τ²I).
  var marginal: Gaussian { Gaussian(c, W * W.T + τ² * .identity(W.rows)) }

  /// p(z|x) = N(M⁻¹Wᵀ(x − c), τ²M⁻¹) with M = WᵀW + τ²I.
  func posterior(_ x: [Double]) -> Gaussian {
    let M⁻¹ = lesson.attempt { try (W.T * W + τ² * .identity(W.columns)).inverse() }
    return Gaussian(M⁻¹ * (W.T * zip(x, c).map { $0 - $1 }), τ² * M⁻¹)
  }

  /// E of the other components of x, given the first few.
  func conditionalMean(_ known: [Double]) -> [Double] {
    let (C, k) = (marginal.C, known.count)
    let weights = lesson.attempt {
      try Matrix(rows: k, columns: k) { C[$0, $1] }.solve(known.indices.map { known[$0] - c[$0] })
    }
    return (k..<c.count).map { i in c[i] + weights.indices.map { C[i, $0] * weights[$0] }.sum() }
  }

  /// The same as a network: its encoder gives the exact posterior means M⁻¹Wᵀ(x − c), with
  /// variances of 1.
  var network: Network {
    let (D, K) = (W.rows, W.columns)
    return lesson.attempt {
      let means = try (W.T * W + τ² * .identity(K)).solve(W.T)
      let rows = Matrix(rows: 2 * K, columns: D) { k, i in k < K ? means[k, i] : 0 }
      return try Network(
        encoder: Stack([Dense(W: rows, b: (rows * c).map { -$0 }, activation: .identity)]),
        decoder: Stack([Dense(W: W, b: c, activation: .identity)]),
        likelihood: .gaussian(variance: τ²))
    }
  }
}

/// ∫∫ f over the plane: the trapezoidal rule on 81 × 81 nodes in [−8, 8]². For a smooth f
/// that has vanished at the border its error falls faster than any power of the step.
func doubleIntegral(_ f: ([Double]) -> Double) -> Double {
  let nodes = (0...80).map { -8 + 0.2 * Double($0) }
  return 0.2 * 0.2 * nodes.map { z₁ in nodes.map { z₂ in f([z₁, z₂]) }.sum() }.sum()
}

/// ∫ f over [−12, 12] by the trapezoidal rule.
func integral(_ f: (Double) -> Double) -> Double {
  0.02 * (-600...600).map { f(0.02 * Double($0)) }.sum()
}

/// log N(z; m, s²) of one number.
func logNormal(_ z: Double, _ m: Double, _ s: Double) -> Double {
  -((z - m) * (z - m) / (s * s) + Double.log(2 * .pi * s * s)) / 2
}

/// The importance-weighted estimate of log p(x) for each row of X, with codes from a q without
/// correlations that is the same for all of them: a network whose encoder ignores its input.
func importanceWeights(
  _ model: LinearGaussian, _ q: Gaussian, _ X: Matrix<Double>, codes: Int, seed: UInt64
) -> [Double] {
  let (D, K) = (model.W.rows, model.W.columns)
  // The network's log-variance is 20 tanh(a / 20).
  let outputs = (0..<K).map { k in
    let share = Double.log(q.C[k, k]) / 20
    return 10 * Double.log((1 + share) / (1 - share))
  }
  let encoder = Dense(W: Matrix(rows: 2 * K, columns: D), b: q.m + outputs, activation: .identity)
  let decoder = Dense(W: model.W, b: model.c, activation: .identity)
  var random = RandomStream(seed: seed, name: "importance weights of the model")
  return lesson.attempt {
    try Network(
      encoder: Stack([encoder]), decoder: Stack([decoder]),
      likelihood: .gaussian(variance: model.τ²)
    )
    .importanceWeighted(X, samples: codes, using: &random)
  }
}

/// A number as TeX: 3.2 \times 10^{17}.
func TeXNumber(_ x: Double) -> String {
  var (mantissa, exponent) = (x, 0)
  while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
  return "\(Numeral.fixed(mantissa, decimals: 1)) \\times 10^{\(exponent)}"
}

/// A linear variational autoencoder, trained on data of which only the covariance Λ, here
/// diagonal, matters.
struct LinearNetwork {
  var network: Network
  /// −ELBO at the end.
  var value = Double.nan

  var W: Matrix<Double> { network.decoder.W }
  /// τ².
  var variance: Double { network.noiseVariance ?? .nan }

  /// Random weights, K latent dimensions.
  init(axes: Int, latent: Int, seed: UInt64) {
    var weights = RandomStream(seed: seed, name: "linear weights")
    network = lesson.attempt {
      try Network(
        encoder: Stack(sizes: [axes, 2 * latent], activations: [.identity], using: &weights),
        decoder: Stack(
          sizes: [latent, axes], activations: [.identity], biases: false, using: &weights),
        likelihood: .gaussian(variance: 0.1, learnt: true))
    }
  }

  /// The columns of W, the longest first.
  var columns: [[Double]] { (0..<W.columns).map { W.column($0) }.sorted { norm($0) > norm($1) } }

  /// The same model of the data with other columns: the longest, a, and the shortest, b, replaced
  /// by (a + b)/√2 and (a − b)/√2.
  var turned: LinearGaussian {
    let (columns, cosine, last) = (columns, 0.5.squareRoot(), W.columns - 1)
    let (a, b) = (columns[0], columns[last])
    let turned = Matrix(rows: W.rows, columns: W.columns) { i, j in
      j == 0 ? cosine * (a[i] + b[i]) : j == last ? cosine * (a[i] - b[i]) : columns[j][i]
    }
    return LinearGaussian(W: turned, c: [Double](repeating: 0, count: W.rows), τ²: variance)
  }

  /// The ELBO's negative with the expectation taken exactly, by the 2K points ±√K e_k, on the
  /// rows of Y.
  func objective(on Y: Matrix<Double>) -> VariationalObjective<Double> {
    let K = network.latent
    let ε = Matrix(rows: Y.rows * 2 * K, columns: K) { row, k in
      row % K == k ? (row % (2 * K) < K ? 1 : -1) * Double(K).squareRoot() : 0
    }
    return lesson.attempt {
      try VariationalObjective(network, data: Y, samples: 2 * K, noise: ε)
    }
  }

  func trained(on Y: Matrix<Double>, iterations: Int) -> LinearNetwork {
    let result = lesson.attempt {
      try LBFGS(maxIterations: iterations, gradientTolerance: 1e-9, valueTolerance: 0).minimise(
        objective(on: Y)
      ) {
        lesson.progress("linear network", Double($0.number) / Double(iterations))
      }
    }
    var trained = self
    trained.network.parameters = result.parameters
    trained.value = result.value
    return trained
  }
}

/// The mean log-likelihood of data with the eigenvalues λ under N(0, WWᵀ + τ²I), and why it is at
/// most that of probabilistic PCA.
func largestLikelihood(_ proof: inout Proof, _ λ: [Double], _ W: Matrix<Double>, τ²: Double) {
  let (axes, size, Λ) = (W.rows, W.columns, Matrix.diagonal(λ))
  let discarded = λ[size...].sum() / Double(axes - size)
  let C = W * W.T + τ² * .identity(axes)
  let eigen = SymmetricEigen(C)
  let (m, a) = (Array(eigen.values[..<size]), eigen.vectors)
  let gains = m.map { 1 / τ² - 1 / $0 }
  let kept = (0..<size).map { i in dot(a.column(i), Λ * a.column(i)) }
  let constant = Double(axes) * Double.log(2 * .pi)
  let logNoise = Double(axes - size) * Double.log(τ²)
  let logs = m.map { Double.log($0) }.sum() + logNoise
  let inverse = lesson.attempt { try C.inverse() }
  let logDeterminant = eigen.values.map { Double.log($0) }.sum()
  proof.start(
    #"-\tfrac12 \bigl( D \log 2\pi + \log \det C + \operatorname{tr} C^{-1} \Lambda \bigr)"#,
    -(constant + logDeterminant + (inverse * Λ).trace) / 2)
  proof.equals(
    #"-\tfrac12 \Bigl( D \log 2\pi + \sum_{i \le k} \log m_i + (D - k) \log \tau^2 + "#
      + #"\frac{1}{\tau^2} \sum_i \lambda_i - \sum_{i \le k} \gamma_i \, a_i^\top \Lambda a_i "#
      + #"\Bigr)"#,
    because: #"$C^{-1} = \tau^{-2} I - \sum_{i \le k} \gamma_i a_i a_i^\top$ with $\gamma_i = "#
      + #"\tau^{-2} - m_i^{-1}$, so $\gamma_1 \ge \dots \ge \gamma_k \ge 0$"#,
    -(constant + logs + λ.sum() / τ² - dot(gains, kept)) / 2)
  proof.atMost(
    #"-\tfrac12 \Bigl( D \log 2\pi + \sum_{i \le k} \log m_i + (D - k) \log \tau^2 + "#
      + #"\frac{1}{\tau^2} \sum_i \lambda_i - \sum_{i \le k} \gamma_i \lambda_i \Bigr)"#,
    because:
      #"$\sum_i \gamma_i t_i = \sum_{j \le k} (\gamma_j - \gamma_{j+1}) \sum_{i \le j} t_i$ "#
      + #"with $\gamma_{k+1} = 0$, and $j$ orthonormal vectors have $\sum_{i \le j} a_i^\top "#
      + #"\Lambda a_i \le \sum_{i \le j} \lambda_i$ ([lesson 01](../01-svd-theorem/README.md))"#,
    -(constant + logs + λ.sum() / τ² - dot(gains, Array(λ[..<size]))) / 2)
  proof.equals(
    #"-\tfrac12 \Bigl( D \log 2\pi + \sum_{i \le k} \Bigl( \log m_i + \frac{\lambda_i}{m_i} "#
      + #"\Bigr) + (D - k) \Bigl( \log \tau^2 + \frac{\tau_*^2}{\tau^2} \Bigr) \Bigr)"#,
    because:
      #"collect; $\tau_*^2 = \frac{1}{D - k} \sum_{i > k} \lambda_i$ is the mean discarded "#
      + "eigenvalue",
    -(constant + logs + zip(λ, m).map { $0 / $1 }.sum() + Double(axes - size) * discarded / τ²)
      / 2)
  proof.atMost(
    #"-\tfrac12 \Bigl( D \log 2\pi + \sum_{i \le k} \log \lambda_i + (D - k) \log \tau_*^2 + D "#
      + #"\Bigr)"#,
    because: #"$\log m + \frac \lambda m \ge \log \lambda + 1$, from $y - 1 \ge \log y$ at $y = "#
      + #"\frac \lambda m$; the same for $\tau^2$"#,
    -(constant + λ[..<size].map { Double.log($0) }.sum()
      + Double(axes - size) * Double.log(discarded) + Double(axes)) / 2)
}
