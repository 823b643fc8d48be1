import LinearAlgebra

/// How far the k nearest neighbours in an embedding Y (N × d) can be trusted to be near in X (N × D): 1 if they are the same.
///
/// T = 1 − 2/(N k (2N − 3k − 1)) Σᵢ Σⱼ (r(i, j) − k), where j runs over the points that are among the k nearest to i in Y but
/// not in X, and r(i, j) is the rank of j among the neighbours of i in X. 0 is the worst possible. Ties are ranked by index.
/// O(N² (D + d + log k)).
///
/// Reference: J. Venna and S. Kaski, *Local multidimensional scaling*, Neural Networks 19 (2006).
///
/// - Throws: ``ManifoldError`` unless 1 ≤ k < N/2, for which the scale is defined, and for a NaN or infinity.
public func trustworthiness(
  of Y: Matrix<Double>, for X: Matrix<Double>, neighbours k: Int
) throws(ManifoldError) -> Double {
  precondition(X.rows == Y.rows, "an embedding of \(Y.rows) points for \(X.rows)")
  let N = X.rows
  guard k >= 1, 2 * k < N else { throw .neighbours(k, points: (N + 1) / 2) }
  let near = try nearestNeighbours(of: Y, among: Y, count: k, excludingItself: true)
  try requireFinite(X)
  let X = X / unit(of: [X])
  var excess = 0
  for i in 0..<N {
    var squares = squaredDistances(from: X.row(i), to: X)
    squares[i] = .infinity
    for place in places(of: near[i].map(\.index), in: squares) { excess += max(0, place + 1 - k) }
  }
  return 1 - 2 * Double(excess) / (Double(N * k) * Double(2 * N - 3 * k - 1))
}

/// How many of N numbers come before each of those at k indices, in ascending order; of equals the first comes before.
/// O((N + k) log k).
private func places(of indices: [Int], in numbers: [Double]) -> [Int] {
  let indices = indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
  // between[t] come before indices[t], but not before indices[t − 1].
  var between = [Int](repeating: 0, count: indices.count + 1)
  for (i, number) in numbers.enumerated() {
    var (low, high) = (0, indices.count)
    while low < high {
      let middle = (low + high) / 2
      let isBefore = (number, i) < (numbers[indices[middle]], indices[middle])
      (low, high) = isBefore ? (low, middle) : (middle + 1, high)
    }
    between[low] += 1
  }
  var place = 0
  return between.dropLast().map { count in
    place += count
    return place
  }
}

/// How far the k nearest neighbours in X are still near in an embedding Y: ``trustworthiness(of:for:neighbours:)`` with the two
/// exchanged.
public func continuity(
  of Y: Matrix<Double>, for X: Matrix<Double>, neighbours k: Int
) throws(ManifoldError) -> Double {
  try trustworthiness(of: X, for: Y, neighbours: k)
}
