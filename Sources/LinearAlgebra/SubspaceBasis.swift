extension Matrix {
  /// An orthonormal basis of the column space of A, as the columns of an m × k matrix, where k is the numerical rank.
  ///
  /// By ``SVD``, after scaling the columns of A by powers of two to a common size, which leaves their span as it is. Singular
  /// values of the scaled matrix up to max(m, n)·ε·σ₁ count as zero.
  public func orthonormalBasis() -> Matrix {
    let exponents = (0..<columns).map { j in
      let largest = column(j).reduce(0) { Swift.max($0, abs($1)) }
      return largest > 0 && largest.isFinite ? largest.exponent : 0
    }
    let scaled = Matrix(rows: rows, columns: columns) { i, j in
      Element(sign: .plus, exponent: -exponents[j], significand: self[i, j])
    }
    let svd = SVD(scaled)
    return svd.truncated(to: svd.rank()).U
  }
}
