/// The thin singular value decomposition A = U Σ Vᵀ of an m × n matrix, with r = min(m, n).
///
/// ```swift
/// let svd = SVD([[3, 0], [4, 5]] as Matrix<Double>)
/// svd.σ            // [6.708…, 2.236…], that is √45 and √5
/// ```
///
/// U is m × r and V is n × r, both with orthonormal columns, also where A is rank-deficient or zero. Any shape is allowed.
///
/// **Signs.** In each column of U, the first entry whose magnitude is at least (1 − 10⁻⁶) times the largest magnitude of the
/// column is positive; V follows. So equal matrices give equal figures, and nearly equal ones nearly equal figures. (Where
/// singular values coincide, vectors are determined only up to a rotation, which no rule of signs can fix.)
///
/// **Method.** The columns of a square X = Rᵀ, where A = QR, are made orthogonal by multiplying X from the right by
/// orthogonal matrices, which changes each row only by rounding relative to its own norm. Where the condition number of
/// A is below 2¹⁹, and the sizes of its rows differ by a factor below 32 once the columns are scaled to a common size, these
/// matrices are the eigenvectors of XᵀX and corrections to them, and nearly all of the work is in products of matrices.
/// Everywhere else they are plane rotations (Jacobi), after QR factorisations with pivoting. Matrices of `Float` are
/// decomposed as matrices of `Double`, and the result is rounded.
///
/// **Accuracy.** For `Double`, ‖A − UΣVᵀ‖ / ‖A‖ is a small multiple of √r·ε, ‖UᵀU − I‖ and ‖VᵀV − I‖ are below r·ε or near
/// it (Frobenius norms, as measured up to r = 784; ε is `ulpOfOne`), a little more where there are very many rows: 7.7 rε for
/// 50,000 × 3. For A = D₁BD₂ with diagonal D₁ and D₂, *every* singular value has a relative error of O(κ·rε), so that small
/// ones of graded or badly scaled matrices are as accurate as large ones. Here κ is the largest condition number of B and of
/// its leading square blocks, once rows and columns stand in descending order of D₁ and D₂ (of B alone where D₁ = I). If such a
/// block is singular, that of B is no bound: a small σ with an error of 5 % has been seen at κ(B) = 32. Singular values below
/// 2⁻⁹⁶⁰ σ₁ may come out as 0, those above the largest finite number as infinite. For `Float`, the entries of U, σ and V are
/// those of this decomposition, each rounded.
///
/// **Complexity.** About 6mr² + 10r³ operations, 14r³ if A is square, or 6mr² + 40r³ by rotations, each of which takes longer.
///
/// Reference: Z. Drmač and K. Veselić, *New fast and accurate Jacobi SVD algorithm I, II*, SIAM J. Matrix Anal. Appl. 29
/// (2008), for the rotations; T. Ogita and K. Aishima, *Iterative refinement for symmetric eigenvalue decomposition*, Japan
/// J. Indust. Appl. Math. 35 (2018), for corrections of eigenvectors.
public struct SVD<Element: Scalar>: Sendable {
  /// The left singular vectors, as the columns of an m × r matrix.
  public let U: Matrix<Element>
  /// The singular values, r of them, in descending order.
  public let σ: [Element]
  /// The right singular vectors, as the columns of an n × r matrix.
  public let V: Matrix<Element>

  /// σ divided by 2 to the power `exponent`, at most 2: what is computed with these does not overflow where σ does.
  let scaledσ: [Element]
  let exponent: Int

  init(U: Matrix<Element>, scaledσ: [Element], exponent: Int, V: Matrix<Element>) {
    self.U = U
    self.σ = scaledσ.map { $0.timesPowerOfTwo(exponent) }
    self.V = V
    self.scaledσ = scaledσ
    self.exponent = exponent
  }

  /// The decomposition of `A`, whose entries must be finite.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public init(_ A: Matrix<Element>) {
    let isWide = A.rows < A.columns
    let svd = SVD<Double>(SVDFactors(of: converted(A), transposed: isWide), transposed: isWide)
    self.init(
      U: converted(svd.U), scaledσ: svd.scaledσ.map { Element($0) }, exponent: svd.exponent, V: converted(svd.V))
  }

  /// Σ as an r × r diagonal matrix.
  public var Σ: Matrix<Element> { .diagonal(σ) }

  /// U Σ Vᵀ: the matrix decomposed, or its best approximation if the decomposition is truncated.
  public var product: Matrix<Element> {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      var C = Matrix<Element>(rows: U.rows, columns: V.rows)
      multiply(Matrix(rows: U.rows, columns: σ.count) { i, j in U[i, j] * scaledσ[j] }, V, transposeB: true, into: &C)
      return C.timesPowerOfTwo(exponent)
    }
  }

  /// The k leading singular triples: U_k (m × k), σ₁ … σ_k and V_k (n × k).
  public func truncated(to k: Int) -> SVD {
    precondition(k >= 0 && k <= σ.count, "cannot keep \(k) of \(σ.count) singular values")
    return SVD(U: U[columns: 0..<k], scaledσ: Array(scaledσ[0..<k]), exponent: exponent, V: V[columns: 0..<k])
  }

  /// The numerical rank: how many singular values exceed `tolerance`, by default max(m, n)·ε·σ₁ with ε = `ulpOfOne`.
  public func rank(tolerance: Element? = nil) -> Int {
    if let tolerance { return σ.count { $0 > tolerance } }
    let bound = Element(max(U.rows, V.rows)) * Element.ulpOfOne * (scaledσ.first ?? 0)
    return scaledσ.count { $0 > bound }
  }
}

extension SVD<Double> {
  /// The decomposition of A whose `factors` are those of A or, if `transposed`, of Aᵀ: in order, with signs by the rule.
  init(_ factors: borrowing SVDFactors, transposed isWide: Bool) {
    let order = factors.values.indices.sorted { (factors.values[$0], $1) > (factors.values[$1], $0) }
    // U and V of the tall matrix are V and U of a wide one, and the rule of signs looks at U.
    let identity = Array(factors.values.indices)
    let signs =
      isWide
      ? factors.right.signs(order, rowOrder: identity) : factors.left.signs(order, rowOrder: factors.rowOrder)
    let left = factors.left.matrix(order: order, signs: signs, rowOrder: factors.rowOrder)
    let right = factors.right.matrix(order: order, signs: signs, rowOrder: identity)
    let largest = order.first.map { factors.values[$0] } ?? 0
    let exponent = largest > 0 ? Int(largest.exponent) : 0
    self.init(
      U: isWide ? right : left, scaledσ: order.map { factors.values[$0].timesPowerOfTwo(-exponent) },
      exponent: exponent - factors.exponent, V: isWide ? left : right)
  }
}

/// A with each entry rounded to another format, or A itself.
@inline(__always)
func converted<From: Scalar, To: Scalar>(_ A: Matrix<From>) -> Matrix<To> {
  A as? Matrix<To> ?? Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { To($0) })
}
