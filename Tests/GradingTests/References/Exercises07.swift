// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func reparameterisedSample(
  mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>, noise ε: Matrix<Double>
) throws -> Matrix<Double> {
  μ + exp(0.5 * logσ²) ⊙ ε
}

func divergenceFromPrior(mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>) throws -> Double {
  (μ ⊙ μ + exp(logσ²) - logσ²).map { $0 - 1 }.sum / Double(2 * μ.rows)
}

func evidenceBound(
  _ X: Matrix<Double>, reconstructions X̂: Matrix<Double>, variance v: Double, mean μ: Matrix<Double>,
  logVariance logσ²: Matrix<Double>
) throws -> Double {
  let (N, D) = (Double(X.rows), Double(X.columns))
  let logLikelihood = -(X - X̂).squaredNorm / (2 * v * N) - D / 2 * Double.log(2 * .pi * v)
  return logLikelihood - (try divergenceFromPrior(mean: μ, logVariance: logσ²))
}

func importanceWeightedBound(
  logLikelihood: Matrix<Double>, logPrior: Matrix<Double>, logEncoder: Matrix<Double>
) throws -> [Double] {
  let logWeights = logLikelihood + logPrior - logEncoder
  return (0..<logWeights.rows).map { n in
    let row = logWeights.row(n)
    let largest = row.greatest()
    return largest + Double.log(mean(row.map { Double.exp($0 - largest) }))
  }
}

func gradientsThroughSample(
  _ G: Matrix<Double>, mean μ: Matrix<Double>, logVariance logσ²: Matrix<Double>, noise ε: Matrix<Double>, β: Double
) throws -> (μ: Matrix<Double>, logσ²: Matrix<Double>) {
  let weight = β / Double(μ.rows)
  let σ = exp(0.5 * logσ²)
  return (G + weight * μ, 0.5 * (G ⊙ σ ⊙ ε + weight * (σ ⊙ σ).map { $0 - 1 }))
}
