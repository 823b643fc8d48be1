import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// How the networks of this lesson are made and trained, and how what they learnt is measured.

typealias Network = VariationalAutoencoder<Double>

/// The digits, two thirds to train with and one to test.
func split(seed: UInt64) -> (training: LabelledImages, test: LabelledImages) {
  var random = RandomStream(seed: seed, name: "split")
  return lesson.attempt { try digits.split(testShare: 1.0 / 3, using: &random) }
}

/// A variational autoencoder D–hidden–(μ, log σ²)–hidden–D with a Gaussian likelihood for images in [0, 1], trained by Adam
/// on minibatches of 100.
///
/// - Parameters:
///   - variance: of the pixels' noise; where it begins, if it is learnt.
///   - epochs: of 1200 images; as many steps if there are more or fewer.
///   - observer: called with the network at the end of each epoch.
func digitNetwork(
  _ X: Matrix<Double>, latent: Int, β: Double = 1, variance: Double = 0.05, learnt: Bool = true, epochs: Int,
  seed: UInt64, observer: (Int, Network) -> Void = { _, _ in }
) -> Network {
  var (weights, noise) = (RandomStream(seed: seed, name: "weights"), RandomStream(seed: seed, name: "noise"))
  let epochs = max(1, epochs * 1200 / X.rows)
  return lesson.attempt {
    var network = try Network(
      inputs: X.columns, hidden: [hidden], latent: latent, activation: .tanh,
      likelihood: .gaussian(variance: variance, learnt: learnt), using: &weights)
    var snapshot = network
    observer(0, network)
    try network.train(
      on: X, β: β, optimiser: Adam(rate: .exponential(0.01, toShare: 0.05, over: epochs)), epochs: epochs,
      batch: min(100, X.rows), using: &noise
    ) { epoch in
      lesson.progress("variational autoencoder", Double(epoch.number) / Double(epochs))
      snapshot.parameters = epoch.parameters
      observer(epoch.number, snapshot)
    }
    return network
  }
}

/// The network with K latent dimensions on the digits X.
func largeNetwork(
  _ X: Matrix<Double>, seed: UInt64, observer: (Int, Network) -> Void = { _, _ in }
) -> Network {
  digitNetwork(X, latent: K, β: β, epochs: 80, seed: seed, observer: observer)
}

/// The bound after an epoch.
typealias Milestone = (epoch: Int, onTest: Evidence<Double>, onTraining: Double)

/// The same, with its bound after the first epochs and every eighth.
func trainedWithHistory(seed: UInt64) -> (network: Network, history: [Milestone]) {
  var history: [Milestone] = []
  let network = largeNetwork(X, seed: seed) { epoch, network in
    guard epoch % 8 == 0 || epoch < 5 else { return }
    history.append(
      (epoch, evidence(network, Xᵗ, seed: seed, codes: 2), evidence(network, X, seed: seed, codes: 2).mean.bound))
  }
  return (network, history)
}

/// The objective of a network that was never trained, whose parameters are 0.1 sin 0, 0.1 sin 1, 0.1 sin 2, …
func lossOfWaves(_ X: Matrix<Double>, _ ε: Matrix<Double>, β: Double, variance: Double) -> Double {
  var weights = RandomStream(seed: 1)
  return lesson.attempt {
    var network = try Network(
      inputs: X.columns, hidden: [hidden], latent: ε.columns, activation: .tanh,
      likelihood: .gaussian(variance: variance), using: &weights)
    network.parameters = (0..<network.parameterCount).map { 0.1 * Double.sin(Double($0)) }
    return try VariationalObjective(network, data: X, β: β, noise: ε).value()
  }
}

/// The evidence lower bound and its terms, a number for each row of X, with 8 codes each.
func evidence(_ network: Network, _ X: Matrix<Double>, seed: UInt64, codes: Int = 8) -> Evidence<Double> {
  var random = RandomStream(seed: seed, name: "evidence")
  return lesson.attempt { try network.evidence(of: X, samples: codes, using: &random) }
}

/// The mean of the importance-weighted estimate of log p(x) over the rows of X.
func importanceWeighted(_ network: Network, _ X: Matrix<Double>, codes: Int, seed: UInt64) -> Double {
  var random = RandomStream(seed: seed, name: "importance weights")
  return mean(lesson.attempt { try network.importanceWeighted(X, samples: codes, using: &random) })
}

/// ‖A − B‖² per row.
func squaredError(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Double { (A - B).squaredNorm / Double(A.rows) }

/// E[x | the known components of x] by the model: the mean of the decoder's outputs X̂ for codes from the prior, each
/// with the weight p(known components | code). What is known stays. And the effective number of codes, (Σ w)² / Σ w²,
/// of the median row: where it is near 1, one code decides.
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
    // Σ_i m_i (x_i − x̂_i)² = Σ m x² − 2 Σ m x x̂ + Σ m x̂², of which the first is the same for all codes.
    var (cross, own) = (Matrix<Double>(rows: x.rows, columns: X̂.rows), Matrix<Double>(rows: x.rows, columns: X̂.rows))
    multiply(2 * (m ⊙ x), X̂, transposeB: true, into: &cross)
    multiply(m, squares, transposeB: true, into: &own)
    var logWeights = (cross - own) / (2 * variance)
    logWeights.addToEachColumn((0..<x.rows).map { -logWeights.row($0).greatest() })
    let weights = exp(logWeights)
    let sums = weights.rowSums
    let products = weights * X̂
    for n in rows {
      for i in 0..<X.columns where known[n, i] == 0 { means[n, i] = products[n - first, i] / sums[n - first] }
    }
    effective += zip(sums, (weights ⊙ weights).rowSums).map { $0 * $0 / $1 }
  }
  return (means, effective.sorted()[effective.count / 2])
}

/// E[x | the known components of x] if x were Gaussian with the mean and covariance of the training images (and a little
/// white noise, because some pixels never vary).
func linearConditionalMean(_ X: Matrix<Double>, known: Matrix<Double>, training: Matrix<Double>) -> Matrix<Double> {
  let μ = training.columnMeans
  let centred = training.subtractingFromEachRow(μ)
  let C = centred.T * centred / Double(training.rows)
  var filled = X
  for n in 0..<X.rows {
    let (seen, missing) = (
      (0..<X.columns).filter { known[n, $0] == 1 }, (0..<X.columns).filter { known[n, $0] == 0 }
    )
    let seenC = Matrix(rows: seen.count, columns: seen.count) { C[seen[$0], seen[$1]] + ($0 == $1 ? 0.01 : 0) }
    let weights = lesson.attempt { try seenC.solve(seen.map { X[n, $0] - μ[$0] }) }
    for i in missing { filled[n, i] = μ[i] + zip(seen, weights).map { C[i, $0] * $1 }.sum() }
  }
  return filled
}

/// The share of the rows of `test` whose nearest row of `training` has another label.
func nearestNeighbourErrors(
  _ training: Matrix<Double>, _ labels: [Int], _ test: Matrix<Double>, _ testLabels: [Int]
) -> Double {
  let nearest = NearestNeighbour(training, labels: labels)
  return 1 - nearest.accuracy(test, labels: testLabels)
}
