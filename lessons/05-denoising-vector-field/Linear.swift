import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// The best linear denoiser of a set of examples: P* = S (S + σ²I)⁻¹ about their mean μ.
struct LinearDenoising {
  let σ: Double
  let μ: [Double]
  /// The centred examples, their covariance, and that of the noisy ones.
  let Z, S, noisy: Matrix<Double>
  let best: Matrix<Double>

  init(of X: Matrix<Double>, σ: Double) {
    μ = X.columnMeans
    Z = X.subtractingFromEachRow(μ)
    let S = (1 / Double(Z.rows)) * (Z.T * Z)
    let noisy = S + σ * σ * .identity(X.columns)
    best = lesson.attempt { try noisy.solve(S).T }  // P*ᵀ = (S + σ²I)⁻¹ S
    (self.σ, self.S, self.noisy) = (σ, S, noisy)
  }

  /// μ + P*(x̃ − μ) for each row of X̃.
  func callAsFunction(_ X̃: Matrix<Double>) -> Matrix<Double> {
    var cleaned = X̃.subtractingFromEachRow(μ) * best.T
    cleaned.addToEachRow(μ)
    return cleaned
  }

  /// No P does better than P*. The mean over the noise is exact: ε = ±√D eᵢ, all 2D equally
  /// likely, has the mean 0 and the covariance I, and nothing else enters a quadratic loss.
  func shrinkage(_ proof: inout Proof) {
    var random = lesson.stream("some P")
    let (D, spectrum) = (S.rows, SymmetricEigen(S))
    let P = Matrix.normal(rows: D, columns: D, standardDeviation: 0.1, using: &random)
    let rest = Z - Z * P.T
    let losses = (0..<D).flatMap { i in
      [1.0, -1.0].map { sign in
        var difference = rest
        difference.addToEachRow(P.column(i).map { -sign * σ * Double(D).squareRoot() * $0 })
        return difference.squaredNorm / Double(Z.rows)
      }
    }
    proof.start(
      #"\operatorname{E} \lVert x - P(x + \sigma \varepsilon) \rVert^2"#,
      losses.sum() / Double(2 * D))
    proof.equals(
      #"\frac{1}{N} \sum_n \lVert x_n - P x_n \rVert^2 + \sigma^2 \lVert P \rVert_F^2"#,
      because: #"$\operatorname{E} \varepsilon = 0$, $\operatorname{E} \varepsilon "#
        + #"\varepsilon^\top = I$: noise on the input is a penalty on $P$"#,
      rest.squaredNorm / Double(Z.rows) + σ * σ * P.squaredNorm)
    let I = Matrix<Double>.identity(D)
    proof.equals(
      #"\operatorname{tr} (I - P) S (I - P)^\top + \sigma^2 \operatorname{tr} P P^\top"#,
      because: "the definition of $S$",
      ((I - P) * S * (I - P).T).trace + σ * σ * (P * P.T).trace)
    proof.equals(
      #"\operatorname{tr} (P - P^*)(S + \sigma^2 I)(P - P^*)^\top "#
        + #"+ \operatorname{tr} (S - P^* S)"#,
      because: #"complete the square, with $P^* = S (S + \sigma^2 I)^{-1}$"#,
      ((P - best) * noisy * (P - best).T).trace + (S - best * S).trace)
    proof.atLeast(
      #"\operatorname{tr} (S - P^* S)"#,
      because: #"$S + \sigma^2 I$ is positive definite; equality needs $P = P^*$"#,
      (S - best * S).trace)
    proof.equals(
      #"\sum_i \frac{\lambda_i \sigma^2}{\lambda_i + \sigma^2}"#,
      because: #"$P^* = U \operatorname{diag}\left(\frac{\lambda_i}{\lambda_i + \sigma^2}"#
        + #"\right) U^\top$"#,
      spectrum.values.map { $0 * σ * σ / ($0 + σ * σ) }.sum())
  }

  /// For Gaussian data with the covariance S no denoiser at all does better than P*.
  func gaussianCase(_ proof: inout Proof) {
    let gaussian = GaussianMixture(means: Matrix(rows: 1, columns: S.rows), covariances: [S])
    var noise = lesson.stream("Gaussian data")
    let x̃ = gaussian.smoothed(σ: σ).sample(10, using: &noise)
    proof.start(#"\operatorname{E}[x \mid \tilde x]"#, gaussian.posteriorMean(given: x̃, σ: σ))
    proof.equals(
      #"\tilde x + \sigma^2 \nabla \log p_\sigma(\tilde x)"#, because: "Tweedie's formula",
      x̃ + σ * σ * gaussian.smoothed(σ: σ).score(at: x̃))
    proof.equals(
      #"\tilde x - \sigma^2 (S + \sigma^2 I)^{-1} \tilde x"#,
      because: #"$p_\sigma = \mathcal N(0, S + \sigma^2 I)$"#,
      x̃ - σ * σ * lesson.attempt { try noisy.solve(x̃.T).T })
    proof.equals(
      #"S (S + \sigma^2 I)^{-1} \tilde x = P^* \tilde x"#,
      because: #"$I - \sigma^2 (S + \sigma^2 I)^{-1} = S (S + \sigma^2 I)^{-1}$"#, x̃ * best.T)
  }
}

/// P = W* W of a linear network D–D–D without biases that is trained from random weights, by
/// L-BFGS, on examples with the principal axes u and the variances λ.
///
/// Its mean over the noise is exact: on the pairs √λᵢ uᵢ ↦ √λᵢ uᵢ and σeᵢ ↦ 0 the squared
/// errors add up to tr (I − P) S (I − P)ᵀ + σ² ‖P‖².
func trainedLinear(
  _ u: Matrix<Double>, _ λ: [Double], σ: Double, iterations: Int, seed: UInt64
) -> Matrix<Double> {
  let D = λ.count
  let examples = u * Matrix.diagonal(λ.map { max($0, 0).squareRoot() })
  let noisy = examples.T.elements + (σ * Matrix<Double>.identity(D)).elements
  let clean = examples.T.elements + Matrix<Double>(rows: D, columns: D).elements
  var weights = RandomStream(seed: seed, name: "linear weights")
  return lesson.attempt {
    var network = try Autoencoder<Double>(
      inputs: D, hidden: D, activation: .identity, output: .identity, biases: false,
      using: &weights)
    let objective = try Objective(
      network, data: Matrix(rows: 2 * D, columns: D, elements: noisy),
      target: Matrix(rows: 2 * D, columns: D, elements: clean), loss: .gaussian)
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-9, valueTolerance: 0)
    network.parameters = try minimiser.minimise(objective).parameters
    return network.decoder.W * network.encoder.W
  }
}

/// N times v, as the rows of a matrix.
func rows(_ v: [Double], _ N: Int) -> Matrix<Double> {
  Matrix(rows: N, columns: v.count) { v[$1] }
}
