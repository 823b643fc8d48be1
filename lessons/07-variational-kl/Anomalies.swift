import Autoencoders
import LinearAlgebra

// Scores that say how strange an example is, and how well they tell strange examples from
// ordinary ones.

/// The ROC curve: for each threshold on the score the share of false alarms and that of strange
/// examples found.
func operatingCurve(ordinary: [Double], strange: [Double]) -> (
  falseAlarms: [Double], found: [Double]
) {
  let thresholds = [Double.infinity] + (ordinary + strange).sorted(by: >)
  let shares = { (scores: [Double]) -> [Double] in
    let sorted = scores.sorted(by: >)
    var (passed, shares) = (0, [Double]())
    for threshold in thresholds {
      while passed < sorted.count, sorted[passed] >= threshold { passed += 1 }
      shares.append(Double(passed) / Double(sorted.count))
    }
    return shares
  }
  return (shares(ordinary), shares(strange))
}

/// Distances that need no network.
struct Baselines {
  private let mean: [Double]
  private let axes: Matrix<Double>
  /// The eigenvalues of the covariance, the largest first.
  let variances: [Double]
  private let training: Matrix<Double>

  /// The mean, the leading principal axes and the examples of X.
  init(_ X: Matrix<Double>) {
    mean = X.columnMeans
    let centred = X.subtractingFromEachRow(mean)
    let eigen = SymmetricEigen(centred.T * centred / Double(X.rows))
    (axes, variances, training) = (eigen.vectors, eigen.values, X)
  }

  /// The coordinates along the first k principal axes.
  func scores(_ Y: Matrix<Double>, _ k: Int) -> Matrix<Double> {
    Y.subtractingFromEachRow(mean) * axes[columns: 0..<k]
  }

  /// The squared distance to the principal subspace of k dimensions.
  func distanceToSubspace(_ Y: Matrix<Double>, _ k: Int) -> [Double] {
    let U = axes[columns: 0..<k]
    let rest = Y.subtractingFromEachRow(mean) - Y.subtractingFromEachRow(mean) * U * U.T
    return (rest ⊙ rest).rowSums
  }

  /// −log p(x) of probabilistic PCA with k latent dimensions, at its maximum likelihood.
  func surprise(_ Y: Matrix<Double>, _ k: Int) -> [Double] {
    let σ² = variances[k...].sum() / Double(variances.count - k)
    let scores = Y.subtractingFromEachRow(mean) * axes
    return (0..<Y.rows).map { n in
      variances.indices.map { i in
        let λ = i < k ? variances[i] : σ²
        return (scores[n, i] * scores[n, i] / λ + Double.log(2 * .pi * λ)) / 2
      }.sum()
    }
  }

  /// The squared distance to the nearest training example.
  func distanceToNearest(_ Y: Matrix<Double>) -> [Double] {
    nearestRows(to: Y, among: training).map(\.squaredDistance)
  }
}
