import Autoencoders
import LinearAlgebra
import Notebook

/// Images of 6 × 6 pixels that are sums of bars: each of six rows and six columns is there with
/// probability `share`, on its own, at length 1, and every pixel has noise of deviation 0.1.
struct Bars {
  static let (side, units) = (6, 24)
  let bars: Matrix<Double>
  let X: Matrix<Double>
  let newX: Matrix<Double>
  let untrained: Network
  /// The means of 24 clusters of images, as columns.
  let clusterMeans: Matrix<Double>

  /// 400 images to learn from and 400 to test on.
  init(_ seed: UInt64, share: Double) {
    let side = Bars.side
    var random = RandomStream(seed: seed, name: "bars")
    let bars = Matrix<Double>(rows: 2 * side, columns: side * side) { c, i in
      (c < side ? i / side == c : i % side == c - side) ? 1 / Double(side).squareRoot() : 0
    }
    func images() -> Matrix<Double> {
      let present = Matrix<Double>(rows: 400, columns: 2 * side) { _, _ in
        random.uniform() < share ? 1 : 0
      }
      return present * bars
        + 0.1 * Matrix<Double>.normal(rows: 400, columns: side * side, using: &random)
    }
    self.bars = bars
    (X, newX) = (images(), images())
    clusterMeans = Bars.clusterMeans(of: X)
    untrained = lesson.attempt {
      try Network(
        inputs: side * side, hidden: Bars.units, activation: .sigmoid, output: .identity,
        using: &random)
    }
  }

  /// What a network with unit columns learns: after half of the iterations, and after all.
  func learnt(_ sparsity: Sparsity, iterations: Int) -> [Network] {
    trained(
      untrained, on: X, sparsity, unitColumns: true, stops: [iterations / 2, iterations]
    ).map(\.network)
  }

  /// The leading principal axes, one for each hidden unit, as columns.
  var principalAxes: Matrix<Double> {
    SVD(X.subtractingFromEachRow(X.columnMeans)).V[columns: 0..<Bars.units]
  }

  /// Lloyd's rounds from the first 24 images, until no image changes its cluster, at most 30.
  private static func clusterMeans(of X: Matrix<Double>) -> Matrix<Double> {
    var (means, nearest) = (X[rows: 0..<Bars.units], [Int]())
    for _ in 0..<30 {
      let now = nearestRows(to: X, among: means).map(\.index)
      if now == nearest { break }
      nearest = now
      for c in 0..<Bars.units {
        let members = nearest.indices.filter { nearest[$0] == c }
        for i in 0..<X.columns where !members.isEmpty {
          means[c, i] = mean(members.map { X[$0, i] })
        }
      }
    }
    return means.T
  }

  /// The error of a network on the images to test on, as a share of their variance.
  func error(of network: Network) -> Double {
    squaredError(newX, network.reconstruct(newX)) / variances(newX).sum()
  }

  /// For each bar the column of W that is most like it, turned to it, and the cosine of the two.
  func likest(in W: Matrix<Double>) -> [(column: [Double], cosine: Double)] {
    (0..<bars.rows).map { c in
      let cosines = (0..<W.columns).map { l in
        dot(W.column(l), bars.row(c)) / max(norm(W.column(l)), 1e-12)
      }
      let best = cosines.indices.reduce(0) { abs(cosines[$1]) > abs(cosines[$0]) ? $1 : $0 }
      let sign: Double = cosines[best] < 0 ? -1 : 1
      return (sign .* W.column(best), abs(cosines[best]))
    }
  }

  /// How many bars have a column with a cosine above 0.9.
  func found(in W: Matrix<Double>) -> Double { Double(likest(in: W).count { $0.cosine > 0.9 }) }
}

/// In each of some sets of images, how many bars have a column that is like them.
func found(_ sets: [Bars], in columns: [Matrix<Double>]) -> [Double] {
  zip(sets, columns).map { $0.found(in: $1) }
}

/// What Laplace finds in sets of images with one share of bars, beside the means of clusters.
struct BarRun {
  let share: Double
  let rate: Double
  let iterations: Int
  let found: [Double]
  let clusters: [Double]
  let error: [Double]

  init(_ sets: [Bars], share: Double, rate: Double, iterations: Int, networks: [Network]) {
    (self.share, self.rate, self.iterations) = (share, rate, iterations)
    found = zip(sets, networks).map { $0.found(in: $1.decoder.W) }
    clusters = sets.map { $0.found(in: $0.clusterMeans) }
    error = zip(sets, networks).map { $0.error(of: $1) }
  }
}

/// `11.5 (10 to 12)`: the mean of some counts, the least and the greatest.
func range(_ counts: [Double]) -> String {
  "\(Numeral.short(mean(counts), significant: 3)) "
    + "(\(Numeral.short(counts.least())) to \(Numeral.short(counts.greatest())))"
}
