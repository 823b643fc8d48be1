extension Matrix {
  /// The inverse A⁻¹ of a square matrix.
  ///
  /// Column j of the result solves Ax = eⱼ to the accuracy of ``solve(_:)-(Matrix<Element>)``: the relative error is
  /// O(nε) times the condition number of A with its rows scaled to a common size. About 8n³ operations.
  ///
  /// - Throws: ``SingularMatrix`` if A is singular to working precision.
  public func inverse() throws(SingularMatrix) -> Matrix {
    precondition(rows == columns, "no inverse: \(rows) × \(columns) is not square; use pseudoInverse()")
    return try solve(.identity(rows))
  }

  /// The Moore–Penrose inverse A⁺ = V_k Σ_k⁻¹ U_kᵀ, n × m for an m × n matrix, where k is the numerical rank.
  ///
  /// A⁺b is, among the x for which ‖Ax − b‖ is smallest, the one of smallest norm. The relative error is O(κε), with κ the
  /// ratio of the largest to the smallest singular value kept. Entries of A may be of any size, but must be finite; those of
  /// A⁺ that leave the range of `Element` become infinite, or lose digits.
  ///
  /// - Parameter tolerance: singular values up to it count as zero; by default max(m, n)·ε·σ₁.
  public func pseudoInverse(tolerance: Element? = nil) -> Matrix {
    let svd = SVD(self)
    let kept = svd.truncated(to: svd.rank(tolerance: tolerance))
    var inverse = Matrix(rows: columns, columns: rows)
    let scaled = Matrix(rows: columns, columns: kept.σ.count) { i, j in kept.V[i, j] / kept.scaledσ[j] }
    multiply(scaled, kept.U, transposeB: true, into: &inverse)
    return inverse.timesPowerOfTwo(-kept.exponent)
  }
}
