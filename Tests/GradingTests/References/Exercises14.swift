// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func chainMarginals(a: [Double], ν: [Double]) throws -> (α: [Double], σ: [Double]) {
  var (α, variance) = (1.0, 0.0)
  var (αs, σs) = ([Double](), [Double]())
  for (a, ν) in zip(a, ν) {
    α *= a
    variance = a * a * variance + ν
    αs.append(α)
    σs.append(variance.squareRoot())
  }
  return (αs, σs)
}

func noiseAndScore(
  _ X: Matrix<Double>, guess: Matrix<Double>, α: [Double], σ: [Double]
) throws -> (noise: Matrix<Double>, score: Matrix<Double>) {
  let noise = Matrix(rows: X.rows, columns: X.columns) { n, i in (X[n, i] - α[n] * guess[n, i]) / σ[n] }
  return (noise, Matrix(rows: X.rows, columns: X.columns) { n, i in -noise[n, i] / σ[n] })
}

func ancestralStep(
  _ X: Matrix<Double>, guess: Matrix<Double>, αt: Double, σt: Double, αs: Double, σs: Double,
  noise: Matrix<Double>
) throws -> Matrix<Double> {
  let a = αt / αs
  let ν = σt * σt - a * a * σs * σs
  let (ofNoisy, ofClean) = (a * σs * σs / (σt * σt), αs * ν / (σt * σt))
  let mean = ofNoisy * X + ofClean * guess
  return mean + (σs * ν.squareRoot() / σt) * noise
}

func heunStep(
  _ X: Matrix<Double>, points: Matrix<Double>, αt: Double, σt: Double, αs: Double, σs: Double
) throws -> Matrix<Double> {
  func beliefs(_ X: Matrix<Double>, _ α: Double, _ σ: Double) -> (clean: Matrix<Double>, noise: Matrix<Double>) {
    let clean = clean(X, points, α, σ)
    return (clean, (X - α * clean) / σ)
  }
  let (x₀, ε) = beliefs(X, αt, σt)
  let (dα, dσ) = (αs - αt, σs - σt)
  let first = X + dα * x₀ + dσ * ε
  let (x₁, ε₁) = beliefs(first, αs, σs)
  let sum = dα * (x₀ + x₁) + dσ * (ε + ε₁)
  return X + 0.5 * sum
}

/// E[x₀ | x_t] for equally likely points.
private func clean(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ α: Double, _ σ: Double
) -> Matrix<Double> {
  var clean = Matrix<Double>(rows: X.rows, columns: X.columns)
  for n in 0..<X.rows {
    let logs = (0..<points.rows).map { k -> Double in
      let difference = X.row(n) .- α .* points.row(k)
      return -dot(difference, difference) / (2 * σ * σ)
    }
    let weights = logs.map { Double.exp($0 - logs.greatest()) }
    for k in 0..<points.rows {
      for i in 0..<X.columns { clean[n, i] += weights[k] / weights.sum() * points[k, i] }
    }
  }
  return clean
}

func diffusionBound(
  errors: [Double], α: [Double], σ: [Double], secondMoment: Double, dimensions D: Int
) throws -> Double {
  let γ = zip(α, σ).map { $0 * $0 / ($1 * $1) }
  let (T, D) = (α.count, Double(D))
  let σ² = σ[T - 1] * σ[T - 1]
  var bound = 0.5 * (α[T - 1] * α[T - 1] * secondMoment + D * (σ² - 1 - Double.log(σ²)))
  for t in 1..<max(T, 1) { bound += 0.5 * (γ[t - 1] - γ[t]) * errors[t] }
  return bound + 0.5 * γ[0] * errors[0] + D / 2 * Double.log(2 * .pi / γ[0])
}
