import Autoencoders
import LinearAlgebra

// Who judges codes: a linear classifier, neighbours, distances.

/// ‖aₙ − bₙ‖² for each row.
nonisolated func squaredErrors(_ A: Matrix<Double>, _ B: Matrix<Double>) -> [Double] {
  var norms = [Double](repeating: 0, count: A.rows)
  (A - B).squaredNormsOfRows(into: &norms)
  return norms
}

/// ‖aᵢ − bⱼ‖² for all rows of A and B, by ‖a‖² + ‖b‖² − 2 aᵀb: rounding
/// may leave some 1e-14 of the largest norm, which matters to nobody who ranks neighbours.
nonisolated func squaredDistances(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Matrix<
  Double
> {
  var (a, b) = (
    [Double](repeating: 0, count: A.rows), [Double](repeating: 0, count: B.rows)
  )
  A.squaredNormsOfRows(into: &a)
  B.squaredNormsOfRows(into: &b)
  var D = Matrix<Double>(rows: A.rows, columns: B.rows)
  multiply(A, B, transposeB: true, scale: -2, into: &D)
  let columns = B.rows
  D.withUnsafeMutableElements { d in
    for i in 0..<a.count {
      for j in 0..<columns { d[i * columns + j] = max(0, d[i * columns + j] + a[i] + b[j]) }
    }
  }
  return D
}

nonisolated extension Matrix<Double> {
  /// The matrix with some of its columns taken from another.
  func replacing(_ range: Range<Int>, by other: Matrix<Double>) -> Matrix<Double> {
    var result = self
    let (rows, columns) = (rows, columns)
    result.withUnsafeMutableElements { x in
      other.withUnsafeElements { y in
        for n in 0..<rows { for j in range { x[n * columns + j] = y[n * columns + j] } }
      }
    }
    return result
  }

  /// The least entry of each row.
  var rowMinima: [Double] { (0..<rows).map { row($0).least() } }
}

/// The mean of ‖aᵢ − bⱼ‖; within one sample, over different rows. Twice the one across
/// two samples less both within is their energy distance (lesson 08).
nonisolated func meanDistance(_ A: Matrix<Double>, _ B: Matrix<Double>? = nil) -> Double {
  let D = squaredDistances(A, B ?? A)
  let sum = D.withUnsafeElements { d in d.reduce(0) { $0 + $1.squareRoot() } }
  return sum / Double(A.rows * (B.map(\.rows) ?? A.rows - 1))
}

/// `count` codes drawn from the normal distribution with the mean and the covariance of H.
nonisolated func drawnLike(
  _ H: Matrix<Double>, count: Int, using random: inout RandomStream
) -> Matrix<Double> {
  let h = H.columnMeans
  let deviations = H.subtractingFromEachRow(h)
  let eigen = SymmetricEigen(deviations.T * deviations / Double(H.rows))
  let root = eigen.vectors * .diagonal(eigen.values.map { max(0, $0).squareRoot() })
  let z = Matrix<Double>.normal(rows: count, columns: H.columns, using: &random)
  return (z * root.T).addingToEachRow(h)
}

/// Least squares on ±1 from codes with mean 0 and variance 1: the linear classifier of all
/// models.
nonisolated struct LinearReadout {
  /// Ridge strengths, relative to a code's variance; the validation images choose.
  static let strengths = [1e-3, 1e-2, 0.1, 1]
  private let (H, G): (Matrix<Double>, Matrix<Double>)
  private let (labels, truth): ([Int], [Int])
  private let classes: [Int]

  /// Codes H with `labels`, from which it may learn, and codes G with `truth`, on which it is
  /// judged.
  init(_ H: Matrix<Double>, labels: [Int], _ G: Matrix<Double>, truth: [Int]) {
    let h = H.columnMeans
    let deviations = H.subtractingFromEachRow(h)
    let scale = (deviations ⊙ deviations).columnMeans.map {
      $0 > 1e-12 ? 1 / $0.squareRoot() : 0
    }
    self.H = deviations * .diagonal(scale)
    self.G = G.subtractingFromEachRow(h) * .diagonal(scale)
    (self.labels, self.truth, classes) = (labels, truth, Set(labels).sorted())
  }

  /// For each strength the error rates in the ranges, learnt from `few` of the examples.
  func errors(_ few: [Int], in ranges: [Range<Int>]) throws -> [[Double]] {
    let (N, K, C) = (few.count, H.columns, classes.count)
    let A = Matrix(rows: N, columns: K + 1) { $1 < K ? H[few[$0], $1] : 1 }
    let T = Matrix(rows: N, columns: C) { labels[few[$0]] == classes[$1] ? 1.0 : -1 }
    let (gram, right) = (A.T * A / Double(N), A.T * T / Double(N))
    return try LinearReadout.strengths.map { α in
      let ridge = Matrix.diagonal([Double](repeating: α, count: K) + [1e-12])
      let W = try (gram + ridge).solve(right)
      let outputs = (G * W[rows: 0..<K]).addingToEachRow(W.row(K))
      let wrong = outputs.withUnsafeElements { o in
        truth.indices.map { n -> Double in
          var best = 0
          for c in 1..<C where o[n * C + c] > o[n * C + best] { best = c }
          return classes[best] == truth[n] ? 0 : 1
        }
      }
      return ranges.map { mean(Array(wrong[$0])) }
    }
  }
}

/// Squared distances from codes G to codes H, and what follows from them.
nonisolated struct Neighbours {
  let D: Matrix<Double>

  init(of G: Matrix<Double>, among H: Matrix<Double>) { D = squaredDistances(G, H) }

  /// For each code the nearest of `few`.
  func nearest(among few: [Int]) -> [Int] {
    let columns = D.columns
    return D.withUnsafeElements { d in
      (0..<D.rows).map { i in
        var best = few[0]
        for j in few where d[i * columns + j] < d[i * columns + best] { best = j }
        return best
      }
    }
  }

  /// For each code the share of its class among its k nearest.
  func precision(at k: Int, _ classes: [Int], among labels: [Int]) -> [Double] {
    let columns = D.columns
    return D.withUnsafeElements { d in
      (0..<D.rows).map { i in
        var near = [(distance: Double, index: Int)](repeating: (.infinity, 0), count: k)
        for j in 0..<columns where d[i * columns + j] < near[k - 1].distance {
          var place = k - 1
          let distance = d[i * columns + j]
          while place > 0, near[place - 1].distance > distance {
            near[place] = near[place - 1]
            place -= 1
          }
          near[place] = (distance, j)
        }
        return Double(near.count { labels[$0.index] == classes[i] }) / Double(k)
      }
    }
  }
}
