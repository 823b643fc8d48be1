import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// A decoder of one layer, η = c + W* h, for one distribution of a pixel; W has c as its last
/// column.
enum Decoder: String, CaseIterable {
  case gaussian, poisson, binomial, categorical

  /// E[x] of each output, and the sum of all A(η).
  func moments(_ η: Matrix<Double>) -> (means: Matrix<Double>, partition: Double) {
    switch self {
    case .gaussian: return (η, η.squaredNorm / 2)
    case .poisson:
      let rates = exp(η)
      return (rates, rates.sum)
    case .binomial: return (16 * sigmoid(η), 16 * softplus(η).sum)
    case .categorical: return softmaxRuns(η, of: 17)
    }
  }

  /// The weights that maximise the likelihood of the targets X given the codes H, with a ridge
  /// of 10⁻³: the loss is convex, so there is one answer.
  func fitted(_ H: Matrix<Double>, _ X: Matrix<Double>) -> Matrix<Double> {
    let (N, K) = (Double(X.rows), H.columns)
    let loss = Function(start: [Double](repeating: 0, count: X.columns * K)) { θ, gradient in
      let W = Matrix(rows: X.columns, columns: K, elements: θ)
      let η = H * W.T
      let (means, partition) = moments(η)
      // The one law: E[x] − x at the output, whatever the distribution.
      gradient = (((means - X) / N).T * H + 1e-3 * W).elements
      return (partition - dot(η, X)) / N + 0.5e-3 * W.squaredNorm
    }
    let fit = lesson.attempt { try LBFGS(maxIterations: 50, memory: 5).minimise(loss) }
    return Matrix(rows: X.columns, columns: K, elements: fit.parameters)
  }
}

/// softplus of each entry, log (1 + e^η).
private func softplus(_ η: Matrix<Double>) -> Matrix<Double> {
  η.map { Double.softplus($0) }
}

/// The softmax of each run of columns, and Σ log Σ e^η.
private func softmaxRuns(
  _ η: Matrix<Double>, of classes: Int
) -> (means: Matrix<Double>, partition: Double) {
  var (E, partition) = (exp(η.map { min($0, 300) }), 0.0)
  E.withUnsafeMutableElements { e in
    for start in stride(from: 0, to: e.count, by: classes) {
      var total = 0.0
      for k in start..<start + classes { total += e[k] }
      partition += Double.log(total)
      for k in start..<start + classes { e[k] /= total }
    }
  }
  return (E, partition)
}

/// What distributions of a pixel's 17 grey levels pay for held-out images, in nats an image, if
/// all are given the same code: the first principal components.
struct LevelContest {
  static let names = [
    "each pixel's histogram, no code", "Gaussian, one width", "Gaussian, a width for each pixel",
    "Poisson", "binomial", "categorical",
  ]
  /// The mean of −log p(x|h) over held-out images, in the order of the names.
  let nats: [Double]
  /// The share of probability that the Poisson distribution spends on levels above 16.
  let wasted: Double

  /// - Parameters:
  ///   - k: how many principal components.
  ///   - limit: how many training and held-out images at most.
  init(_ images: LabelledImages, code k: Int, limit: Int, seed: UInt64) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    var order = RandomStream(seed: seed, name: "images of the contest")
    let X = [parts.training, parts.test].map { set in
      let some = Array(order.permutation(set.count).prefix(limit))
      return set[some].scaled.map { (16 * $0).rounded() }
    }
    let H = codes(X[0], X[1], k)
    let η = Dictionary(
      uniqueKeysWithValues: Decoder.allCases.map { decoder in
        let targets =
          decoder == .categorical
          ? oneHot(X[0]) : decoder == .gaussian ? X[0] / 16 : X[0]
        let W = decoder.fitted(H[0], targets)
        return (decoder, H.map { $0 * W.T })
      })
    func outputs(_ decoder: Decoder) -> [Matrix<Double>] { η[decoder] ?? [] }
    let gaussian = outputs(.gaussian)
    let tried = widths.map { discretised(X[0], about: gaussian[0], s: $0) }
    let paid = widths.map { discretised(X[1], about: gaussian[1], s: $0) }
    let own = (0..<X[0].columns).map { i in paid[best(tried.map { $0[i] })][i] }
    let N = Double(X[1].rows)
    let factorials = X[1].elements.map { logFactorials[Int($0)] }.sum() / N
    let choices =
      X[1].elements.map { x in
        logFactorials[16] - logFactorials[Int(x)] - logFactorials[16 - Int(x)]
      }.sum() / N
    func cost(_ decoder: Decoder, _ targets: Matrix<Double>) -> Double {
      let η = outputs(decoder)[1]
      return (decoder.moments(η).partition - dot(η, targets)) / N
    }
    nats = [
      histograms(X[0], X[1]), paid[best(tried.map { $0.sum() })].sum(), own.sum(),
      cost(.poisson, X[1]) + factorials, cost(.binomial, X[1]) - choices,
      cost(.categorical, oneHot(X[1])),
    ]
    wasted = mean(exp(outputs(.poisson)[1]).elements.map { tail($0) })
  }
}

/// The leading principal components of both sets, scaled to variance 1, and a column of ones.
private func codes(
  _ X: Matrix<Double>, _ Y: Matrix<Double>, _ k: Int
) -> [Matrix<Double>] {
  let centred = X.subtractingFromEachRow(X.columnMeans)
  let eigen = SymmetricEigen(centred.T * centred / Double(X.rows))
  return [X, Y].map { set in
    let scores = set.subtractingFromEachRow(X.columnMeans) * eigen.vectors
    return Matrix(rows: set.rows, columns: k + 1) { n, j in
      j < k ? scores[n, j] / eigen.values[j].squareRoot() : 1
    }
  }
}

/// log n! for n = 0 … 16.
private let logFactorials: [Double] = (0...16).map { n in
  (1...16).prefix(n).map { Double.log(Double($0)) }.sum()
}

/// The probability of more than 16 under a Poisson distribution.
private func tail(_ μ: Double) -> Double {
  var (term, total) = (Double.exp(-μ), 0.0)
  for n in 0...16 {
    total += term
    term *= μ / Double(n + 1)
  }
  return 1 - total
}

/// The widths that a Gaussian is offered.
private let widths = (0..<10).map { 0.02 * Double.exp(0.4 * Double($0)) }

private func best(_ costs: [Double]) -> Int { costs.firstIndex(of: costs.least()) ?? 0 }

/// Nats of each pixel, mean over the images, if x/16 is Gaussian about its mean, restricted to
/// the 17 levels: p(x) ∝ exp(−(x/16 − μ)² / 2s²), normalised over the levels.
private func discretised(
  _ X: Matrix<Double>, about means: Matrix<Double>, s: Double
) -> [Double] {
  let scale = 1 / (2 * s * s)
  let squares = { (level: Double) in means.map { ($0 - level) * ($0 - level) * scale } }
  // The nearest level has the largest term.
  let least = means.map { μ in
    let distance = μ - (16 * min(max(μ, 0), 1)).rounded() / 16
    return distance * distance * scale
  }
  var total = Matrix<Double>(rows: X.rows, columns: X.columns)
  for level in 0...16 { total += exp(least - squares(Double(level) / 16)) }
  return Matrix(rows: X.rows, columns: X.columns) { n, i in
    let distance = X[n, i] / 16 - means[n, i]
    return distance * distance * scale - least[n, i] + Double.log(total[n, i])
  }.columnMeans
}

/// Nats of a held-out image if each pixel has the histogram of the training images, with one
/// more image spread over all levels.
private func histograms(_ training: Matrix<Double>, _ test: Matrix<Double>) -> Double {
  (0..<training.columns).map { i in
    var counts = [Double](repeating: 1.0 / 17, count: 17)
    for x in training.column(i) { counts[Int(x)] += 1 }
    let total = counts.sum()
    return test.column(i).map { -Double.log(counts[Int($0)] / total) }.sum()
  }.sum() / Double(test.rows)
}

/// Seventeen targets a pixel, of which that of its level is 1.
private func oneHot(_ counts: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: counts.rows, columns: 17 * counts.columns) { n, i in
    Int(counts[n, i / 17]) == i % 17 ? 1 : 0
  }
}
