import Datasets
import LinearAlgebra
import Notebook

// Linear maps that take noise off images.

/// The eigenvectors of the second moments of images, and a map for every law of shrinkage.
struct Shrinkage {
  let moments: SymmetricEigen<Double>
  let μ: [Double]

  /// - Parameter centred: whether the images are seen from their mean.
  init(_ X: Matrix<Double>, centred: Bool) {
    μ = centred ? X.columnMeans : Array(repeating: 0, count: X.columns)
    let deviations = X.subtractingFromEachRow(μ)
    moments = SymmetricEigen((1 / Double(X.rows)) * (deviations.T * deviations))
  }

  /// Σ factor(γᵢ, i) vᵢ vᵢᵀ.
  func map(_ factor: (_ γ: Double, _ i: Int) -> Double) -> Matrix<Double> {
    let factors = moments.values.enumerated().map { factor($1, $0) }
    return moments.vectors * Matrix.diagonal(factors) * moments.vectors.T
  }

  func clean(_ Y: Matrix<Double>, _ factor: (_ γ: Double, _ i: Int) -> Double) -> Matrix<Double> {
    about(μ, Y) { $0 * map(factor) }
  }
}

/// What the global minimum of a linear autoencoder with decay λ leaves of a direction: 1 − 2λ/γ,
/// or nothing.
func decayFactor(_ γ: Double, _ λ: Double) -> Double { γ > 2 * λ ? 1 - 2 * λ / γ : 0 }

/// What the Wiener filter leaves of it: γ / (γ + σ²).
func wienerFactor(_ γ: Double, _ σ: Double) -> Double { max(γ, 0) / (max(γ, 0) + σ * σ) }

/// The ways to clean images, on one split. Strengths are chosen on a quarter of the training
/// images.
struct Cleaning {
  let copy: Double, decay: Double, components: Double, wiener: Double, aboutMean: Double
  let λ: Double

  init(_ parts: Parts, noise σ: Double, seed: UInt64) {
    let X = parts.training.scaled
    let (fitted, validation) = (X[rows: 0..<3 * X.rows / 4], X[rows: 3 * X.rows / 4..<X.rows])
    let clean = parts.test.scaled
    var random = RandomStream(seed: seed, name: "noise to clean")
    func spoilt(_ X: Matrix<Double>) -> Matrix<Double> {
      X + σ * Matrix<Double>.normal(rows: X.rows, columns: X.columns, using: &random)
    }
    let (noisyValidation, noisy) = (spoilt(validation), spoilt(clean))
    let size = sizeFactor(pixels: X.columns)
    let trial = Shrinkage(fitted, centred: false)
    let trialAbout = Shrinkage(fitted, centred: true)
    let (plain, centred) = (Shrinkage(X, centred: false), Shrinkage(X, centred: true))
    func best<Choice>(_ choices: [Choice], _ error: (Choice) -> Double) -> Choice {
      let errors = choices.map(error)
      return choices[errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }]
    }
    λ = best((0...8).map { 1e-3 * Double.exp(Double($0) * Double.log(100) / 8) }) { λ in
      ε(trial.clean(noisyValidation) { γ, _ in decayFactor(γ, size * λ) }, of: validation)
    }
    let count = best(Array(stride(from: 1, through: min(33, X.columns), by: 2))) { count in
      ε(trialAbout.clean(noisyValidation) { _, i in i < count ? 1 : 0 }, of: validation)
    }
    copy = ε(noisy, of: clean)
    let strength = size * λ
    decay = ε(plain.clean(noisy) { γ, _ in decayFactor(γ, strength) }, of: clean)
    components = ε(centred.clean(noisy) { _, i in i < count ? 1 : 0 }, of: clean)
    wiener = ε(plain.clean(noisy) { γ, _ in wienerFactor(γ, σ) }, of: clean)
    aboutMean = ε(centred.clean(noisy) { γ, _ in wienerFactor(γ, σ) }, of: clean)
  }
}

/// No linear map removes white noise of standard deviation σ from the rows of X better than
/// C (C + σ²I)⁻¹ with C = XᵀX/N: derived for any map B, evaluated for that of weight decay λ.
func wienerIsBest(_ proof: inout Proof, _ X: Matrix<Double>, noise σ: Double, decay λ: Double) {
  let shrinkage = Shrinkage(X, centred: false)
  let C = (1 / Double(X.rows)) * (X.T * X)
  let M = C + σ * σ * .identity(X.columns)
  let B = shrinkage.map { γ, _ in decayFactor(γ, λ) }
  let best = C * lesson.attempt { try M.inverse() }
  let gap = B - best
  proof.start(
    #"\frac1N \sum \lVert x - B x \rVert^2 + \sigma^2 \lVert B \rVert_F^2"#,
    squaredError(X, X * B.T) + σ * σ * B.squaredNorm)
  proof.equals(
    #"\operatorname{tr} (C - 2 B C + B M B^\top), \quad M = C + \sigma^2 I"#,
    because: "multiply out; the mean of $x x^\\top$ is $C$",
    (C - 2 * (B * C) + B * M * B.T).trace)
  proof.equals(
    #"\operatorname{tr} (B - C M^{-1}) M (B - C M^{-1})^\top "#
      + #"+ \operatorname{tr} (C - C M^{-1} C)"#,
    because: "complete the square", (gap * M * gap.T).trace + (C - best * C).trace)
  proof.atLeast(
    #"\operatorname{tr} (C - C M^{-1} C)"#,
    because: #"$M$ is positive definite: the first trace is 0 for $B = C M^{-1}$ only"#,
    (C - best * C).trace)
  proof.equals(
    #"\sigma^2 \sum_i \frac{\gamma_i}{\gamma_i + \sigma^2}"#,
    because: #"in the eigenvectors of $C$: $\gamma - \gamma^2 / (\gamma + \sigma^2)$"#,
    σ * σ * shrinkage.moments.values.map { wienerFactor($0, σ) }.sum())
}
