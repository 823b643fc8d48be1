import LinearAlgebra

/// Global coordinates from local ones by one eigenproblem: local tangent space alignment.
///
/// Around each point, the k nearest others have local coordinates Θᵢ (k × d) on their principal axes. Global coordinates Y
/// are wanted of which each neighbourhood's part is an affine image of Θᵢ: they minimise Σᵢ ‖(I − Gᵢ Gᵢᵀ) Yᵢ‖², where Gᵢ has
/// the orthonormal columns 1/√k and those of Θᵢ, among all Y with orthonormal columns orthogonal to 1. So they are the
/// eigenvectors of M = Σᵢ Sᵢ (I − Gᵢ Gᵢᵀ) Sᵢᵀ for the 2nd to the (d+1)-th least eigenvalue; Sᵢ picks the neighbourhood.
///
/// A neighbourhood does not hold the point itself, as in scikit-learn, whereas the paper's does.
///
/// **Accuracy.** That of ``SymmetricEigen`` for M. The signs are arbitrary, and the axes too where eigenvalues are equal.
///
/// Reference: Z. Zhang and H. Zha, *Principal manifolds and nonlinear dimensionality reduction via tangent space alignment*,
/// SIAM Journal on Scientific Computing 26 (2004).
public struct TangentAlignment: Sendable {
  /// The coordinates, N × d: centred, with orthonormal columns.
  public let coordinates: Matrix<Double>
  /// The 2nd to the (d+1)-th least eigenvalue of M: what the local coordinates disagree by. The least is 0.
  public let eigenvalues: [Double]

  /// The coordinates of the rows of X (N × D). O(N² D + N k (k + D) min(k, D) + N³).
  ///
  /// - Throws: ``ManifoldError`` unless 1 ≤ d < k < N and d ≤ D; for a NaN or infinity; and if the graph of the neighbours
  ///   falls into pieces, each of which could move on its own.
  public init(_ X: Matrix<Double>, neighbours k: Int, dimensions d: Int) throws(ManifoldError) {
    let nearest = try nearestNeighbours(of: X, among: X, count: k, excludingItself: true)
    guard d >= 1, d <= min(k - 1, X.columns) else { throw .dimensions(d, most: min(k - 1, X.columns)) }
    let pieces = NeighbourGraph(nearest).pieces
    guard pieces.count == 1 else {
      throw .disconnected(
        neighbours: k, sizes: pieces.map(\.count), connecting: try NeighbourGraph.leastConnectingNeighbours(X))
    }
    var M = Matrix<Double>(rows: X.rows, columns: X.rows)
    for row in nearest {
      let indices = row.map(\.index)
      let near = X.rows(indices)
      let Θ = SVD(near.subtractingFromEachRow(near.columnMeans)).truncated(to: d).U
      let projection = Θ * Θ.T
      for (a, i) in indices.enumerated() {
        for (b, j) in indices.enumerated() {
          M[i, j] += (a == b ? 1 : 0) - 1 / Double(k) - projection[a, b]
        }
      }
    }
    let eigen = SymmetricEigen(M)
    let wanted = (1...d).map { X.rows - 1 - $0 }
    eigenvalues = wanted.map { eigen.values[$0] }
    coordinates = Matrix(rows: X.rows, columns: d) { i, j in eigen.vectors[i, wanted[j]] }
  }
}
