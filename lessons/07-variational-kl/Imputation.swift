import LinearAlgebra
import Notebook

/// E[x | the known components of x] by the model: the mean of the decoder's outputs X̂ for codes
/// from the prior, each with the weight p(known components | code). What is known stays.
///
/// Also the effective number of codes, (Σ w)² / Σ w², of the median row: where it is near 1, one
/// code decides.
func conditionalMean(
  _ X: Matrix<Double>, known: Matrix<Double>, X̂: Matrix<Double>, variance: Double
) -> (means: Matrix<Double>, effectiveCodes: Double) {
  let squares = X̂ ⊙ X̂
  var means = X
  var effective: [Double] = []
  // A few rows at a time: the weights of all of them would take 30 MB, and again in each step.
  for first in stride(from: 0, to: X.rows, by: 20) {
    let rows = first..<min(first + 20, X.rows)
    let (x, m) = (X[rows: rows], known[rows: rows])
    // Σ m (x − x̂)² = Σ m x² − 2 Σ m x x̂ + Σ m x̂²; the first is the same for all codes.
    var cross = Matrix<Double>(rows: x.rows, columns: X̂.rows)
    var own = cross
    multiply(2 * (m ⊙ x), X̂, transposeB: true, into: &cross)
    multiply(m, squares, transposeB: true, into: &own)
    var logWeights = (cross - own) / (2 * variance)
    logWeights.addToEachColumn((0..<x.rows).map { -logWeights.row($0).greatest() })
    let weights = exp(logWeights)
    let sums = weights.rowSums
    let products = weights * X̂
    for n in rows {
      for i in 0..<X.columns where known[n, i] == 0 {
        means[n, i] = products[n - first, i] / sums[n - first]
      }
    }
    effective += zip(sums, (weights ⊙ weights).rowSums).map { $0 * $0 / $1 }
  }
  return (means, effective.sorted()[effective.count / 2])
}

/// E[x | the known components of x] if x were Gaussian with the mean and covariance of the
/// training images, and a little white noise, because some pixels never vary.
func linearConditionalMean(
  _ X: Matrix<Double>, known: Matrix<Double>, training: Matrix<Double>
) -> Matrix<Double> {
  let meanImage = training.columnMeans
  let centred = training.subtractingFromEachRow(meanImage)
  let C = centred.T * centred / Double(training.rows)
  var filled = X
  for n in 0..<X.rows {
    let seen = (0..<X.columns).filter { known[n, $0] == 1 }
    let missing = (0..<X.columns).filter { known[n, $0] == 0 }
    let seenC = Matrix(rows: seen.count, columns: seen.count) {
      C[seen[$0], seen[$1]] + ($0 == $1 ? 0.01 : 0)
    }
    let weights = lesson.attempt { try seenC.solve(seen.map { X[n, $0] - meanImage[$0] }) }
    for i in missing {
      filled[n, i] = meanImage[i] + zip(seen, weights).map { C[i, $0] * $1 }.sum()
    }
  }
  return filled
}
