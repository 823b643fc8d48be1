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
/// √r·ε relative to its own norm, whatever the norms of the others. Entries may be of any size; those of R that leave the
/// range of `Element` become infinite or lose digits, but ``solve(_:)-(Matrix<Element>)`` is not affected.
///
/// **Complexity.** 4mnr operations or less.
public struct QR<Element: Scalar>: Sendable {
  /// An orthonormal basis, as the columns of an m × r matrix. Its first k columns span those of A, if these are independent.
  public let Q: Matrix<Element>
  /// The coefficients of the columns of A in that basis: r × n, upper triangular.
  public let R: Matrix<Element>

  /// R with column j divided by 2 to the power `columnExponents[j]`, which is of ordinary size: so no entry has overflowed
  /// or underflowed.
  private let scaledR: Matrix<Element>
  private let columnExponents: [Int]

  /// The factorisation of `A`, whose entries must be finite.
  public init(_ A: Matrix<Element>) {
    A.requireFiniteEntries("no QR factorisation of a matrix")
    self.init(A, scalingRows: Array(repeating: 0, count: A.rows))
  }

  /// The factorisation of A with row i multiplied by 2 to the power `rowExponents[i]`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ A: Matrix<Element>, scalingRows rowExponents: [Int]) {
    let exponents = A.exponentsOfColumns(scalingRows: rowExponents)
    let identity = Array(0..<A.rows)
    let columns = ContiguousColumns(
      A.scaled(rows: rowExponents, columns: exponents.map { -$0 }), transposed: false, rowOrder: identity,
      exponents: exponents.map { _ in 0 })
    let factors = HouseholderQR(columns, pivoting: false)
    let r = factors.steps
    let signs: [Element] = (0..<r).map { factors.rows.entries($0)[$0] < 0 ? -1 : 1 }
    scaledR = Matrix(rows: r, columns: A.columns) { i, j in i <= j ? signs[i] * factors.rows.entries(i)[j] : 0 }
    columnExponents = exponents
    R = scaledR.scaled(rows: signs.map { _ in 0 }, columns: exponents)
    let basis = ContiguousColumns<Element>.identity(length: A.rows, count: r)
    factors.apply(to: basis)
    Q = basis.matrix(order: Array(0..<r), signs: signs, rowOrder: identity)
  }

  /// The solution X of AX = B, or, if A has more rows than columns, the X for which ‖AX − B‖ is smallest: RX = QᵀB.
  ///
  /// X is exact for a matrix whose columns differ from those of A by a small multiple of nε relative to their norms. Only
  /// what overflows or underflows in X itself does so, as long as the entries of a column of B are within 2¹⁸⁰⁰ of each other.
  ///
  /// - Parameter B: m × p with finite entries, for an A of m × n with m ≥ n; X is n × p.
  /// - Throws: ``SingularMatrix`` if a column of A is, to working precision, a combination of the columns before it:
  ///   rⱼⱼ ≤ m·ε·‖aⱼ‖.
  public func solve(_ B: Matrix<Element>) throws(SingularMatrix) -> Matrix<Element> {
    let (m, n) = (Q.rows, R.columns)
    precondition(m >= n, "\(n) unknowns are not determined by \(m) equations: use pseudoInverse()")
    precondition(B.rows == m, "a right-hand side of \(B.rows) rows for \(m) equations")
    B.requireFiniteEntries("no solution for a right-hand side")
    return try solve(B, scalingRows: Array(repeating: 0, count: m))
  }

  /// The same for B with row i multiplied by 2 to the power `rowExponents[i]`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func solve(_ B: Matrix<Element>, scalingRows rowExponents: [Int]) throws(SingularMatrix) -> Matrix<Element> {
    let (m, n) = (Q.rows, R.columns)
    for j in 0..<n where scaledR[j, j] <= Element(m) * Element.ulpOfOne * scaledR[columns: j..<j + 1].norm {
      throw SingularMatrix(rows: m, columns: n, dependentColumn: j)
    }
    // The columns of B are brought to where neither end of the range is near, those that are there already left alone.
    let range = Int(Element.greatestFiniteMagnitude.exponent) - 2 * (Element.significandBitCount + 8)
    let exponents = B.exponentsOfColumns(scalingRows: rowExponents).map { min(max($0, -range), range) - $0 }
    var X = Matrix<Element>(rows: n, columns: B.columns)
    multiply(Q, B.scaled(rows: rowExponents, columns: exponents), transposeA: true, into: &X)
    solveUpperTriangular(scaledR, &X)
    return X.scaled(rows: columnExponents.map { -$0 }, columns: exponents.map { -$0 })
  }

  /// The solution x of Ax = b, in the sense of least squares if A has more rows than columns.
  public func solve(_ b: [Element]) throws(SingularMatrix) -> [Element] {
    try solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
  }
}
