import Autoencoders
import Datasets
import LinearAlgebra

/// Distributions of a pixel's level x = 0 … 16, all on these 17 values:
/// p(x|η) = g(x) exp(ηx − A(η)), with a base measure g; or 17 natural parameters.
enum LevelFamily: CaseIterable {
  case poisson, binomial, flat, curved, histogram, categorical

  /// log g(x) for x = 0 … 16 at a pixel whose training levels are given.
  fileprivate func logBase(_ levels: [Double]) -> [Double] {
    switch self {
    case .poisson: logFactorials.map { -$0 }
    case .binomial: (0...16).map { -logFactorials[$0] - logFactorials[16 - $0] }
    case .flat, .curved, .categorical: [Double](repeating: 0, count: 17)
    case .histogram: logHistogram(levels)
    }
  }
}

/// log n! for n = 0 … 16.
private let logFactorials: [Double] = (0...16).map { n in
  (1...16).prefix(n).map { Double.log(Double($0)) }.sum()
}

/// The logarithm of a pixel's histogram, with one more image spread over all levels.
private func logHistogram(_ levels: [Double]) -> [Double] {
  var counts = [Double](repeating: 1.0 / 17, count: 17)
  for x in levels { counts[Int(x)] += 1 }
  let total = counts.sum()
  return counts.map { Double.log($0 / total) }
}

/// A decoder of one layer, η = W* h, for one family; the last number of every code h is 1. With
/// a curvature γ for each pixel, g(x) = exp(γx²/16).
struct LevelDecoder {
  let family: LevelFamily
  private let logBase: Matrix<Double>
  private var W: Matrix<Double>
  private(set) var γ: [Double]

  /// The decoder that maximises the likelihood of the levels X given the codes H, with a ridge on
  /// W: a convex loss, so there is one.
  init(_ family: LevelFamily, _ H: Matrix<Double>, _ X: Matrix<Double>, ridge: Double) {
    self.family = family
    let (N, D) = (Double(X.rows), X.columns)
    logBase =
      Matrix(
        rows: D, columns: 17, elements: (0..<D).flatMap { family.logBase(X.column($0)) }
      ).T
    W = Matrix(rows: (family == .categorical ? 17 : 1) * D, columns: H.columns)
    γ = [Double](repeating: 0, count: family == .curved ? D : 0)
    // All that the loss needs to know of the levels.
    let observed = statistics(family, H, X)
    let squares = Array((X ⊙ X / 16).columnMeans.prefix(γ.count))
    let shape = self
    let loss = Function(start: W.elements + γ) { θ, gradient in
      var decoder = shape
      decoder.set(θ)
      let (A, means, second) = decoder.moments(H)
      // The one law, expected less observed: of x, and of x² for γ.
      let atW = means.T * H / N - observed + ridge * decoder.W
      gradient = atW.elements + squares.indices.map { second[$0] / N - squares[$0] }
      return A / N - dot(decoder.W, observed) - dot(decoder.γ, squares)
        + ridge / 2 * decoder.W.squaredNorm
    }
    // To a millionth of the loss, some 10⁻⁴ nats.
    let method = LBFGS(maxIterations: 60, valueTolerance: 1e-6, memory: 5)
    set(lesson.attempt { try method.minimise(loss) }.parameters)
  }

  private mutating func set(_ θ: [Double]) {
    let count = W.rows * W.columns
    W = Matrix(rows: W.rows, columns: W.columns, elements: Array(θ[..<count]))
    γ = Array(θ[count...])
  }

  /// The mean of −log p(x|h) over images, in nats.
  func cost(_ H: Matrix<Double>, _ X: Matrix<Double>) -> Double {
    let N = Double(X.rows)
    var base = 0.0
    for i in 0..<X.columns {
      for x in X.column(i) { base += logBase[Int(x), i] + (γ.isEmpty ? 0 : γ[i] * x * x / 16) }
    }
    return (moments(H).A - base) / N - dot(W, statistics(family, H, X))
  }

  /// The sum of all A(η), E[x] of each output, and the sums of E[x²]/16 over the images.
  private func moments(
    _ H: Matrix<Double>
  ) -> (A: Double, means: Matrix<Double>, second: [Double]) {
    let η = H * W.T
    if family == .categorical {
      let (means, A) = softmaxRuns(η)
      return (A, means, [])
    }
    let D = η.columns
    let g = exp(
      Matrix(rows: 17, columns: D) { x, i in
        logBase[x, i] + (γ.isEmpty ? 0 : γ[i] * Double(x * x) / 16)
      })
    let u = exp(η)
    var (total, means) = (u, u)
    var (second, sums) = ([Double](repeating: 0, count: D), [Double](repeating: 0, count: 4 * D))
    for n in 0..<η.rows {
      u.withUnsafeElements { u in
        g.withUnsafeElements { g in
          guard let u = u.baseAddress, let g = g.baseAddress else { return }
          addLevels(u + n * D, g, D, &sums)
        }
      }
      for i in 0..<D {
        total[n, i] = sums[D + i]
        means[n, i] = sums[2 * D + i] / sums[D + i]
        second[i] += sums[3 * D + i] / sums[D + i] / 16
      }
    }
    return (log(total).sum, means, second)
  }
}

/// For D pixels, one after the other: u¹⁷ (on the way, each power), and the sums over levels x
/// of g(x) uˣ, x g(x) uˣ and x² g(x) uˣ.
private func addLevels(
  _ u: UnsafePointer<Double>, _ g: UnsafePointer<Double>, _ D: Int,
  _ sums: UnsafeMutablePointer<Double>
) {
  let (power, total, first, second) = (sums, sums + D, sums + 2 * D, sums + 3 * D)
  for i in 0..<D { (power[i], total[i], first[i], second[i]) = (1, 0, 0, 0) }
  for x in 0...16 {
    let (level, g) = (Double(x), g + x * D)
    for i in 0..<D {
      let term = g[i] * power[i]
      total[i] += term
      first[i] += level * term
      second[i] += level * level * term
      power[i] *= u[i]
    }
  }
}

/// XᵀH/N, with 17 targets a pixel for the categorical family, of which that of its level is 1.
private func statistics(
  _ family: LevelFamily, _ H: Matrix<Double>, _ X: Matrix<Double>
) -> Matrix<Double> {
  guard family == .categorical else { return X.T * H / Double(X.rows) }
  var sums = Matrix<Double>(rows: 17 * X.columns, columns: H.columns)
  for n in 0..<X.rows {
    for i in 0..<X.columns {
      for k in 0..<H.columns { sums[17 * i + Int(X[n, i]), k] += H[n, k] }
    }
  }
  return sums / Double(X.rows)
}

/// The softmax of each run of 17 columns, and Σ log Σ e^η.
private func softmaxRuns(_ η: Matrix<Double>) -> (means: Matrix<Double>, partition: Double) {
  var (E, partition) = (exp(η), 0.0)
  E.withUnsafeMutableElements { e in
    for start in stride(from: 0, to: e.count, by: 17) {
      var total = 0.0
      for k in start..<start + 17 { total += e[k] }
      partition += Double.log(total)
      for k in start..<start + 17 { e[k] /= total }
    }
  }
  return (E, partition)
}

/// What the families pay for held-out images, in nats an image, if all are given the same code:
/// the first principal components.
struct LevelContest {
  static let names = [
    "each pixel's histogram, no code", "Poisson: $1 / x!$", "binomial: $16! / x! (16 - x)!$",
    "1", #"$\exp(\gamma x^2)$, $\gamma$ for each pixel"#, "each pixel's histogram",
    "categorical: a parameter for each level",
  ]
  /// The mean of −log p(x|h) over held-out images, in the order of the names.
  let nats: [Double]
  /// The share of pixels with γ < 0, whose g is a Gaussian's.
  let bellShaped: Double

  /// - Parameters:
  ///   - k: how many principal components.
  ///   - N: how many training and held-out images at most.
  init(_ images: LabelledImages, code k: Int, limit N: Int, ridge: Double, seed: UInt64) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    var order = RandomStream(seed: seed, name: "images of the contest")
    let X = [parts.training, parts.test].map { set in
      let some = Array(order.permutation(set.count).prefix(N))
      return set[some].scaled.map { (16 * $0).rounded() }
    }
    let H = codes(X[0], X[1], k)
    let histograms = (0..<X[0].columns).map { i in
      let logs = logHistogram(X[0].column(i))
      return mean(X[1].column(i).map { -logs[Int($0)] })
    }
    let decoders = LevelFamily.allCases.map { LevelDecoder($0, H[0], X[0], ridge: ridge) }
    nats = [histograms.sum()] + decoders.map { $0.cost(H[1], X[1]) }
    bellShaped = mean(decoders[3].γ.map { $0 < 0 ? 1 : 0 })
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
