/// The k algebraically largest eigenvalues of a symmetric n × n matrix, and their eigenvectors, where k is much less than n.
///
/// ```swift
/// let leading = LeadingEigen(B, count: 2)
/// B * leading.vectors      // ≈ leading.vectors * Matrix.diagonal(leading.values)
/// ```
///
/// A block Krylov method: the space of Q, SQ, S²Q, … for a random block Q of k + 4 columns grows until, within it, the k best
/// approximations (Rayleigh–Ritz) have residuals ‖Sv − λv‖ ≤ 10⁻¹³·√n·‖S‖. A block, because a single vector would find only
/// one of several equal eigenvalues; at most k + 4 equal ones are found.
///
/// **Accuracy.** Each value differs from an eigenvalue by at most its residual, each vector from an eigenvector by an angle of
/// at most the residual over the distance to the other eigenvalues. The random block has a fixed seed, so the same matrix
/// gives the same bits; the signs are those of ``SymmetricEigen``. Entries may be of any size; values above the largest
/// finite number come out as infinite.
///
/// **Complexity.** For a block with which the space has m dimensions, some 2n²(k + 4) + 16nm(k + 4) operations and the 8m³ or
/// 13m³ of ``SymmetricEigen``; some ten to forty blocks if the wanted eigenvalues stand apart. If the space becomes
/// everything, by n/(k + 4) blocks, that adds up to some 2n⁴/(k + 4), where ``SymmetricEigen`` of S takes 8n³.
///
/// Reference: C. Musco and C. Musco, *Randomized block Krylov methods for stronger and faster approximate singular value
/// decomposition* (2015).
public struct LeadingEigen: Sendable {
  /// The eigenvalues λ₁ ≥ … ≥ λₖ.
  public let values: [Double]
  /// The eigenvectors, orthonormal, as the columns of an n × k matrix.
  public let vectors: Matrix<Double>

  /// - Parameters:
  ///   - S: symmetric, up to √ε relative to its largest entry, with finite entries.
  ///   - k: at least 1 and at most n.
  public init(_ S: Matrix<Double>, count k: Int) {
    let n = S.rows
    precondition(n == S.columns, "no eigenvectors: \(S.rows) × \(S.columns) is not square")
    precondition(k >= 1 && k <= n, "cannot find \(k) of \(n) eigenvectors")
    S.requireFiniteEntries("no eigenvectors of a matrix")
    let largest = S.elements.reduce(0) { max($0, abs($1)) }
    for i in 0..<n {
      for j in 0..<i where abs(S[i, j] - S[j, i]) > largest * Double.ulpOfOne.squareRoot() {
        preconditionFailure("not symmetric: entry (\(i), \(j)) is \(S[i, j]), but (\(j), \(i)) is \(S[j, i])")
      }
    }
    // In units of a power of two, which rounds nothing, no product overflows.
    let exponent = largest > 0 ? Int(largest.exponent) : 0
    let S = S.timesPowerOfTwo(-exponent)
    var stream = RandomStream(seed: 0)
    var block = QR(Matrix<Double>.normal(rows: n, columns: min(n, k + 4), using: &stream)).Q
    var (V, SV) = (Matrix<Double>(rows: n, columns: 0), Matrix<Double>(rows: n, columns: 0))
    // VᵀSV, of which each block adds the last rows and columns.
    var projected = Matrix<Double>(rows: 0, columns: 0)
    while true {
      let image = S * block
      let right = V.T * image
      (V, SV) = (V.joined(block), SV.joined(image))
      projected = projected.joined(right).T.joined((block.T * SV).T).T
      let ritz = SymmetricEigen(0.5 * (projected + projected.T))
      let Y = ritz.vectors[columns: 0..<k]
      let vectors = V * Y
      let residuals = SV * Y - vectors * Matrix.diagonal(Array(ritz.values.prefix(k)))
      let size = ritz.values.reduce(0) { max($0, abs($1)) }
      let worst = (0..<k).map { norm(residuals.column($0)) }.greatest()
      if worst <= 1e-13 * Double(n).squareRoot() * size || V.columns == n {
        values = ritz.values.prefix(k).map { $0.timesPowerOfTwo(exponent) }
        self.vectors = vectors.withLeadingEntriesPositive
        return
      }
      // What is new in S · block. Twice, because the first time leaves an error of ε over the part that remains.
      var next = image
      for _ in 0..<2 { next = QR(next - V * (V.T * next)).Q }
      block = next[columns: 0..<min(next.columns, n - V.columns)]
    }
  }
}

extension Matrix {
  /// The columns of this matrix, then those of `other`.
  fileprivate func joined(_ other: Matrix) -> Matrix {
    Matrix(rows: rows, columns: columns + other.columns) { i, j in
      j < columns ? self[i, j] : other[i, j - columns]
    }
  }

  /// Each column or its negative: its first entry whose magnitude is at least (1 − 10⁻⁶) times the largest is positive.
  fileprivate var withLeadingEntriesPositive: Matrix {
    let signs = (0..<columns).map { j -> Element in
      let column = self.column(j)
      let bound = (1 - 1e-6) * column.reduce(0) { max($0, abs($1)) }
      return column.first { abs($0) >= bound }.map { $0 < 0 ? -1 : 1 } ?? 1
    }
    return self * Matrix.diagonal(signs)
  }
}
