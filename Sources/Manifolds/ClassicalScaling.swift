import LinearAlgebra

/// Coordinates from distances: classical multidimensional scaling.
///
/// For the N × N matrix D of distances, B = −½ J D² J, with squares entry by entry and J = I − 11ᵀ/N, is the Gram matrix of
/// the centred points exactly if D has the distances of points; then the d leading eigenvectors, each times the root of its
/// eigenvalue, are their coordinates on the d leading principal axes. Otherwise they are those of the matrix closest to B
/// among the Gram matrices of rank d.
///
/// **Accuracy.** That of ``LeadingEigen`` for B.
///
/// Reference: W. S. Torgerson, *Multidimensional scaling: I. Theory and method*, Psychometrika 17 (1952).
public struct ClassicalScaling: Sendable {
  /// The coordinates, N × d: centred, along orthogonal axes.
  public let coordinates: Matrix<Double>
  /// The d leading eigenvalues of B. One that is not above 4N·ε·λ₁ counts as 0, and its coordinates are 0: it is a rounding
  /// error, or so far below 0 that no points have these distances.
  public let eigenvalues: [Double]
  /// The eigenvalues, with 0 for those that count as 0.
  private let variances: [Double]
  /// The mean over the points of the squared distance to each, N numbers: what is needed to place new points.
  private let meanSquares: [Double]

  /// - Throws: ``ManifoldError`` for d out of range, for an infinite or undefined distance, and if the largest one is not 0
  ///   and its square has no room among the numbers.
  public init(distances D: Matrix<Double>, dimensions d: Int) throws(ManifoldError) {
    precondition(D.rows == D.columns, "distances of \(D.rows) × \(D.columns) are not those of points to each other")
    let N = D.rows
    guard d >= 1, d <= N else { throw .dimensions(d, most: N) }
    try requireFinite(D)
    let largest = D.elements.map(abs).greatest()
    guard largest == 0 || (1e-140...1e140).contains(largest) else { throw .size(largest) }
    let squares = D ⊙ D
    meanSquares = squares.columnMeans
    let mean = squares.mean
    let means = meanSquares
    let B = Matrix(rows: N, columns: N) { i, j in -0.5 * (squares[i, j] - means[i] - means[j] + mean) }
    let leading = LeadingEigen(B, count: d)
    // Of points on a line, rounding leaves up to 1.02 N·ε·λ₁, as measured: the most for three of them, less for many.
    let floor = 4 * Double(N) * .ulpOfOne * leading.values[0]
    eigenvalues = leading.values
    variances = leading.values.map { $0 > floor ? max(0, $0) : 0 }
    coordinates = leading.vectors * Matrix.diagonal(variances.map { $0.squareRoot() })
  }

  /// The coordinates of new points from their distances to the old ones, M × N: M × d.
  ///
  /// ½ Λ⁻¹ Yᵀ (m − δ²), with the coordinates Y, the eigenvalues Λ, the new distances δ and the means m of squared distances;
  /// for an old point that is its coordinates (de Silva and Tenenbaum 2004). Along axes whose eigenvalue is not above 4N·ε·λ₁,
  /// 0: on them the old points do not differ, and say nothing of new ones.
  public func coordinates(fromDistances δ: Matrix<Double>) -> Matrix<Double> {
    precondition(
      δ.columns == coordinates.rows, "distances of \(δ.rows) × \(δ.columns) to \(coordinates.rows) points")
    let means = meanSquares
    let gain = variances.map { $0 > 0 ? 0.5 / $0 : 0 }
    return Matrix(rows: δ.rows, columns: δ.columns) { i, j in means[j] - δ[i, j] * δ[i, j] }
      * (coordinates * Matrix.diagonal(gain))
  }
}
