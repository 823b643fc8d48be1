import Autoencoders
import LinearAlgebra

/// Gaussian rivals of the network, whose log-likelihood is exact: all have the mean and the
/// principal axes of the images that they were fitted to.
struct GaussianRivals {
  private let mean: [Double]
  private let axes: Matrix<Double>
  /// The eigenvalues of the covariance, the largest first.
  let variances: [Double]

  init(_ X: Matrix<Double>) {
    mean = X.columnMeans
    let centred = X.subtractingFromEachRow(mean)
    let eigen = SymmetricEigen(centred.T * centred / Double(X.rows))
    (axes, variances) = (eigen.vectors, eigen.values.map { max($0, 0) })
  }

  /// log p(x) of each row of Y along each axis, with the given variances.
  func logDensities(_ Y: Matrix<Double>, _ variances: [Double]) -> Matrix<Double> {
    let scores = Y.subtractingFromEachRow(mean) * axes
    return Matrix(rows: Y.rows, columns: variances.count) { n, i in
      let s = variances[i]
      return -(scores[n, i] * scores[n, i] / s + Double.log(2 * .pi * s)) / 2
    }
  }

  /// Probabilistic PCA with k latent dimensions at its maximum likelihood.
  func principal(_ k: Int) -> [Double] {
    let rest = variances[k...].sum() / Double(variances.count - k)
    return variances.indices.map { $0 < k ? variances[$0] : rest }
  }

  /// The full covariance plus a ridge.
  func full(ridge: Double) -> [Double] { variances.map { $0 + ridge } }
}

/// What each model says of held-out images: nats per image, one number for each image.
struct LikelihoodContest {
  let names: [String]
  let nats: [[Double]]
  /// Chosen on the validation part: probabilistic PCA's size, the full Gaussian's ridge.
  let size: Int
  let ridge: Double
  /// The full Gaussian's lead over probabilistic PCA of the network's size along each axis.
  let leadByAxis: [Double]
  let variances: [Double]

  /// - Parameters:
  ///   - X, Y: training and held-out images, dequantised; every fourth of X validates.
  ///   - network: trained on the images as they are.
  ///   - scaled: one trained on X divided by `scale`, pixel by pixel.
  init(
    _ X: Matrix<Double>, _ Y: Matrix<Double>, network: Network, scaled: Network, scale: [Double],
    seed: UInt64
  ) {
    let part = { (isWanted: (Int) -> Bool) in
      let rows = (0..<X.rows).filter(isWanted)
      return Matrix(rows: rows.count, columns: X.columns) { n, i in X[rows[n], i] }
    }
    let validation = part { $0 % 4 == 0 }
    let candidate = GaussianRivals(part { $0 % 4 != 0 })
    let score = { (s: [Double]) in
      mean(candidate.logDensities(validation, s).rowSums)
    }
    let sizes = [2, 4, 8, 16, 24, 32, 40, 48, 56, 60].filter { $0 < X.columns }
    let ridges = [0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2]
    size = sizes.max { score(candidate.principal($0)) < score(candidate.principal($1)) } ?? 1
    ridge =
      ridges.max { score(candidate.full(ridge: $0)) < score(candidate.full(ridge: $1)) }
      ?? 1e-3
    let rivals = GaussianRivals(X)
    let same = rivals.logDensities(Y, rivals.principal(network.latent))
    let full = rivals.logDensities(Y, rivals.full(ridge: ridge))
    let S = Matrix(rows: Y.rows, columns: Y.columns) { _, i in 1 / scale[i] }
    let jacobian = scale.map { Double.log($0) }.sum()
    names = [
      "one Gaussian blob around the mean image", "probabilistic PCA of the same size $k$",
      "variational autoencoder: ELBO", "the same with a noise variance for each pixel: ELBO",
      "probabilistic PCA, size chosen by validation", "full Gaussian, ridge chosen by validation",
    ]
    nats = [
      rivals.logDensities(Y, rivals.principal(0)).rowSums, same.rowSums,
      evidence(network, Y, seed: seed).bound,
      evidence(scaled, S ⊙ Y, seed: seed).bound.map { $0 - jacobian },
      rivals.logDensities(Y, rivals.principal(size)).rowSums, full.rowSums,
    ]
    leadByAxis = (full - same).columnMeans
    variances = rivals.variances
  }

  /// The mean of one model's nats less another's, and the standard error over images.
  func lead(_ i: Int, over j: Int) -> (mean: Double, error: Double) {
    let difference = nats[i] .- nats[j]
    return (mean(difference), standardError(difference))
  }
}

/// Images whose grey values are drawn uniformly from the interval that each stands for, of width
/// `step`. A density of those bounds the probability of the images themselves, and no pixel is
/// constant: otherwise any model could have any density by betting on pixels that never vary.
func dequantised(_ X: Matrix<Double>, step: Double, seed: UInt64, _ name: String) -> Matrix<
  Double
> {
  var random = RandomStream(seed: seed, name: "grey values, \(name)")
  return X
    + Matrix<Double>.uniform(rows: X.rows, columns: X.columns, using: &random)
    .map { ($0 - 0.5) * step }
}

/// The root mean square error of the network in each pixel.
func residualScale(_ network: Network, _ X: Matrix<Double>) -> [Double] {
  let residual = X - network.reconstruct(X)
  return (residual ⊙ residual).columnMeans.map { $0.squareRoot() }
}
