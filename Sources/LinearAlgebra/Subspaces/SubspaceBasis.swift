extension Matrix {
  /// An orthonormal basis of the column space of A, as the columns of an m × k matrix, where k is the numerical rank.
  ///
  /// By ``SVD``, after scaling the columns of A by powers of two to a common size, which leaves their span as it is. Singular
  /// values of the scaled matrix up to max(m, n)·ε·σ₁ count as zero. The entries of A must be finite.
  public func orthonormalBasis() -> Matrix {
    requireFiniteEntries("no basis of the columns of a matrix")
    let zeros = Array(repeating: 0, count: rows)
    let scaled = scaled(rows: zeros, columns: exponentsOfColumns(scalingRows: zeros).map { -$0 })
    let svd = SVD(scaled)
    return svd.truncated(to: svd.rank()).U
  }
}
