/// The thin QR factorisation A = QR of an m × n matrix, with r = min(m, n), by Householder reflections.
///
/// ```swift
/// let qr = QR([[3, 1], [4, 2]] as Matrix<Double>)
/// qr.R             // [[5, 2.2], [0, 0.4]]
/// ```
///
/// Q is m × r with orthonormal columns, also where A is rank-deficient; R is r × n, zero below the diagonal.
///
/// **Signs.** The diagonal of R is not negative. If the first r columns of A are linearly independent, that makes the
/// factorisation unique.
///
/// **Accuracy.** ‖QᵀQ − I‖ is a small multiple of √r·ε, and each column of QR differs from that of A by a small multiple of
/// √r·ε relative to its own norm, whatever the norms of the others. Entries may be of any size.
///
/// **Complexity.** 4mnr operations or less.
public struct QR<Element: Scalar>: Sendable {
  /// An orthonormal basis, as the columns of an m × r matrix. Its first k columns span those of A, if these are independent.
  public let Q: Matrix<Element>
  /// The coefficients of the columns of A in that basis: r × n, upper triangular.
  public let R: Matrix<Element>

  /// The factorisation of `A`, whose entries must be finite.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public init(_ A: Matrix<Element>) {
    let exponents = Self.columnExponents(A)
    let identity = Array(0..<A.rows)
    let columns = ContiguousColumns(A, transposed: false, rowOrder: identity, exponents: exponents.map { -$0 })
    let factors = HouseholderQR(columns, pivoting: false)
    let r = factors.steps
    let signs: [Element] = (0..<r).map { factors.rows.entries($0)[$0] < 0 ? -1 : 1 }
    R = Matrix(rows: r, columns: A.columns) { i, j in
      guard i <= j else { return 0 }
      let entry = signs[i] * factors.rows.entries(i)[j]
      return Element(sign: .plus, exponent: Element.Exponent(exponents[j]), significand: entry)
    }
    let basis = ContiguousColumns<Element>.identity(length: A.rows, count: r)
    factors.apply(to: basis)
    Q = basis.matrix(order: Array(0..<r), signs: signs, rowOrder: identity)
  }

  /// For each column, the exponent of its largest entry: that of a column whose entries can be squared and added up.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private static func columnExponents(_ A: Matrix<Element>) -> [Int] {
    var largest = [Element](repeating: 0, count: A.columns)
    for (k, entry) in A.elements.enumerated() {
      let j = k % A.columns
      precondition(entry.isFinite, "no QR factorisation of a matrix whose entry (\(k / A.columns), \(j)) is \(entry)")
      largest[j] = max(largest[j], abs(entry))
    }
    return largest.map { $0 > 0 ? Int($0.exponent) : 0 }
  }

  /// The solution X of AX = B, or, if A has more rows than columns, the X for which ‖AX − B‖ is smallest: RX = QᵀB.
  ///
  /// X is exact for a matrix whose columns differ from those of A by a small multiple of nε relative to their norms.
  ///
  /// - Parameter B: m × p, for an A of m × n with m ≥ n; X is n × p.
  /// - Throws: ``SingularMatrix`` if a column of A is, to working precision, a combination of the columns before it:
  ///   rⱼⱼ ≤ m·ε·‖aⱼ‖.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func solve(_ B: Matrix<Element>) throws(SingularMatrix) -> Matrix<Element> {
    let (m, n) = (Q.rows, R.columns)
    precondition(m >= n, "\(n) unknowns are not determined by \(m) equations: use pseudoInverse()")
    precondition(B.rows == m, "a right-hand side of \(B.rows) rows for \(m) equations")
    for j in 0..<n where R[j, j] <= Element(m) * Element.ulpOfOne * R[columns: j..<j + 1].norm {
      throw SingularMatrix(rows: m, columns: n, dependentColumn: j)
    }
    var X = Matrix<Element>(rows: n, columns: B.columns)
    multiply(Q, B, transposeA: true, into: &X)
    solveUpperTriangular(R, &X)
    return X
  }

  /// The solution x of Ax = b, in the sense of least squares if A has more rows than columns.
  public func solve(_ b: [Element]) throws(SingularMatrix) -> [Element] {
    try solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
  }
}
