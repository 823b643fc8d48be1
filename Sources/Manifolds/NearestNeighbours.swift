import LinearAlgebra

/// For each row of `queries` (M × D) the k nearest rows of `points` (N × D) in Euclidean distance, the nearest first; of two
/// at one distance, that with the lower index. Numbers may be of any size; differences below 10⁻¹⁵⁰ of the largest number
/// count as 0. O(M N (D + log k)).
///
/// - Parameter excludingItself: whether row i of the points is no neighbour of row i of the queries, which are then the points.
/// - Throws: ``ManifoldError`` for a k that is too small or too large, and for a NaN or infinity.
public func nearestNeighbours(
  of queries: Matrix<Double>, among points: Matrix<Double>, count k: Int, excludingItself: Bool = false
) throws(ManifoldError) -> [[Neighbour]] {
  precondition(
    queries.columns == points.columns,
    "points of \(points.rows) × \(points.columns) for queries of \(queries.rows) × \(queries.columns)")
  let most = excludingItself ? points.rows - 1 : points.rows
  guard k >= 1, k <= most else { throw .neighbours(k, points: excludingItself ? points.rows : points.rows + 1) }
  try requireFinite(points)
  try requireFinite(queries)
  let unit = unit(of: [points, queries])
  let (points, queries) = unit == 1 ? (points, queries) : (points / unit, queries / unit)
  return (0..<queries.rows).map { i in
    let query = queries.row(i)
    var squares = squaredDistances(from: query, to: points)
    if excludingItself { squares[i] = .infinity }
    return leastIndices(squares, count: k).map { Neighbour(index: $0, distance: unit * squares[$0].squareRoot()) }
  }
}

/// A power of two near the largest magnitude in `matrices`, in units of which squares stay in range; 1 where they do anyway.
func unit(of matrices: [Matrix<Double>]) -> Double {
  let largest = matrices.map { $0.elements.reduce(0) { max($0, abs($1)) } }.max() ?? 0
  guard largest > 0, abs(Int(largest.exponent)) > 400 else { return 1 }
  return Double(sign: .plus, exponent: largest.exponent, significand: 1)
}

/// A point near another one.
public struct Neighbour: Sendable, Equatable {
  /// Its row.
  public let index: Int
  /// Its Euclidean distance.
  public let distance: Double
}

/// ‖x − p‖² for each row p of the points.
func squaredDistances(from x: [Double], to points: Matrix<Double>) -> [Double] {
  let D = points.columns
  return points.withUnsafeElements { p in
    x.withUnsafeBufferPointer { x in
      (0..<points.rows).map { n in
        var sum = 0.0
        for j in 0..<D {
          let difference = x[j] - p[n * D + j]
          sum += difference * difference
        }
        return sum
      }
    }
  }
}

/// The indices of the k least of N numbers, in order; of equals the first. O(N log k).
func leastIndices(_ numbers: [Double], count k: Int) -> [Int] {
  var kept: [Int] = []
  var bound = Double.infinity
  for (i, number) in numbers.enumerated() where number < bound || kept.count < k {
    kept.append(i)
    // Every k more, the least k are kept: what comes later must be less than the last of these.
    if kept.count == 2 * k {
      kept.sort { (numbers[$0], $0) < (numbers[$1], $1) }
      kept.removeLast(k)
      bound = numbers[kept[k - 1]]
    }
  }
  return Array(kept.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.prefix(k))
}

func requireFinite(_ X: Matrix<Double>) throws(ManifoldError) {
  guard let i = X.elements.firstIndex(where: { !$0.isFinite }) else { return }
  throw .notFinite(row: i / X.columns, column: i % X.columns)
}
