import LinearAlgebra

/// The d leading principal axes of the k points nearest to each row of `queries` (M × D): an estimate of the tangent spaces of
/// the surface that the points lie on, each D × d with orthonormal columns.
///
/// - Throws: ``ManifoldError`` unless d ≤ min(k, D), for k out of range, and for a NaN or infinity.
public func localAxes(
  at queries: Matrix<Double>, of points: Matrix<Double>, neighbours k: Int, dimensions d: Int
) throws(ManifoldError) -> [Matrix<Double>] {
  guard d >= 1, d <= min(k, points.columns) else { throw .dimensions(d, most: min(k, points.columns)) }
  return try nearestNeighbours(of: queries, among: points, count: k).map { row in
    let near = points.rows(row.map(\.index))
    return SVD(near.subtractingFromEachRow(near.columnMeans)).truncated(to: d).V
  }
}

extension Matrix {
  /// The rows of those indices, in order.
  func rows(_ indices: [Int]) -> Matrix {
    var chosen = Matrix(rows: indices.count, columns: columns)
    chosen.gatherRows(indices, of: self)
    return chosen
  }
}
