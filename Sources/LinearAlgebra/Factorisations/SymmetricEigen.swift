/// The spectral decomposition S = Q Λ Qᵀ of a symmetric n × n matrix.
///
/// ```swift
/// let eigen = SymmetricEigen([[2, 1], [1, 2]] as Matrix<Double>)
/// eigen.values     // [3, 1]
/// eigen.vectors    // columns (1, 1)/√2 and (1, −1)/√2
/// ```
///
/// **Method.** By Householder reduction to tridiagonal form; then, up to order 64, implicitly shifted QL or QR iteration: a
/// route of its own, which shares with ``SVD`` only how columns are stored, signed and copied out, so that the two can check
/// each other. Should the iteration take more than 30n steps (about 1.7n are usual), the tridiagonal matrix is diagonalised
/// by the rotations of ``SVD`` instead, which takes several times as long and is as accurate. So every finite matrix has a
/// decomposition. Beyond order 64, reduction, divide and conquer, and a correction that makes the vectors orthogonal are
/// nearly all products of matrices; matrices of `Float` are then decomposed in `Double`, and the result is rounded.
///
/// **Order and signs.** Values descend. In each eigenvector, the first entry whose magnitude is at least (1 − 10⁻⁶) times the
/// largest is positive. Where values are equal, or differ by rounding errors, only the space that their vectors span is
/// determined: which basis of it comes out, and in which order, is a matter of rounding, though the same for equal matrices
/// on every processor. A diagonal matrix has unit vectors; those of equal entries stand in the order of their rows.
///
/// **Accuracy.** Normwise backward stable: the decomposition is exact for a matrix that differs from S by a small multiple
/// of √n·ε·‖S‖, and ‖QᵀQ − I‖ is a small multiple of √n·ε (below 4√n·ε beyond order 64, as measured up to 784). So each
/// eigenvalue has an error of that size *relative to the largest*, and a vector one of that size over the gap to the next
/// eigenvalue. Where small eigenvalues of a Gram matrix XᵀX matter, use the singular values of X.
///
/// **Complexity.** About 13n³ operations up to order 64, at most 8n³ beyond.
///
/// Reference: B. N. Parlett, *The Symmetric Eigenvalue Problem*, chapters 7 and 8.
public struct SymmetricEigen<Element: Scalar>: Sendable {
  /// The eigenvalues λ₁ ≥ λ₂ ≥ … ≥ λₙ.
  public let values: [Element]
  /// The eigenvectors, orthonormal, as the columns of an n × n matrix, in the order of the values.
  public let vectors: Matrix<Element>

  /// The decomposition of `S`, of which only the lower triangle is used.
  ///
  /// The upper triangle must equal it up to √ε relative to the largest entry: more than rounding makes, less than a mistake.
  public init(_ S: Matrix<Element>) { self.init(S, stepLimit: 30 * S.rows) }

  /// The same with another limit to the steps of the iteration: 0 for rotations alone.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ S: Matrix<Element>, stepLimit: Int) {
    let n = S.rows
    precondition(n == S.columns, "no eigenvectors: \(S.rows) × \(S.columns) is not square")
    let largest = S.elements.reduce(0) { max($0, abs($1)) }
    for i in 0..<n {
      for j in 0...i {
        precondition(
          S[i, j].isFinite && S[j, i].isFinite,
          "no eigenvectors of a matrix whose entries (\(i), \(j)) and (\(j), \(i)) are \(S[i, j]) and \(S[j, i])")
        precondition(
          abs(S[i, j] - S[j, i]) <= largest * Element.ulpOfOne.squareRoot(),
          "not symmetric: entry (\(i), \(j)) is \(S[i, j]), but (\(j), \(i)) is \(S[j, i])")
      }
    }
    // Entries of at most 1 in magnitude: no square overflows, and what underflows is negligible.
    let exponent = largest > 0 ? Int(largest.exponent) + 1 : 0
    let lower = Matrix(rows: n, columns: n) { i, j in S[max(i, j), min(i, j)] }
    let (λ, Q) =
      Self.byDivideAndConquer(lower, exponent: -exponent)
      ?? Self.byIteration(lower, exponent: -exponent, stepLimit: stepLimit)
    values = λ.map { Element(sign: .plus, exponent: Element.Exponent(exponent), significand: $0) }
    vectors = Q
  }

  /// The decomposition of S·2^`exponent`, in `Double`; `nil` for small matrices, and if it does not converge.
  private static func byDivideAndConquer(
    _ S: Matrix<Element>, exponent: Int
  ) -> (values: [Element], vectors: Matrix<Element>)? {
    let n = S.rows
    guard n > TridiagonalEigen.leaf else { return nil }
    let lanes = SIMD8<Double>.scalarCount
    let padded = (n + lanes - 1) / lanes * lanes
    let reduction = TridiagonalReduction(
      ContiguousColumns(
        converted(S), transposed: true, rowOrder: Array(0..<n), exponents: Array(repeating: exponent, count: padded),
        columns: (0..<padded).map { min($0, n - 1) }))
    guard let eigen = TridiagonalEigen(reduction.diagonal, reduction.offDiagonal) else { return nil }
    reduction.apply(to: eigen.vectors)
    improveOrthogonality(of: eigen.vectors)
    let (values, vectors) = arranged(eigen.values, eigen.vectors)
    return (values.map { Element($0) }, converted(vectors))
  }

  /// The same in the format of the elements.
  private static func byIteration(
    _ S: Matrix<Element>, exponent: Int, stepLimit: Int
  ) -> (values: [Element], vectors: Matrix<Element>) {
    let n = S.rows
    let tridiagonal = Tridiagonalisation(
      ContiguousColumns(
        S, transposed: false, rowOrder: Array(0..<n), exponents: Array(repeating: exponent, count: n)))
    let (d, e) = (tridiagonal.diagonal, tridiagonal.offDiagonal)
    var Q = tridiagonal.basis()
    let λ: [Element]
    if let found = diagonaliseByQL(d, e, rotating: Q, stepLimit: stepLimit) {
      λ = found
    } else {
      Q = tridiagonal.basis()
      λ = diagonaliseByRotations(d, e, rotating: Q)
    }
    let (values, rotated) = arranged(λ, Q)
    // Newton's iteration, as in improveOrthogonality(of:): rotation after rotation has rounded Q.
    var departure = 0.5 * Matrix<Element>.identity(n)
    multiply(rotated, rotated, transposeA: true, scale: -0.5, into: &departure, accumulate: true)
    var orthonormal = rotated
    multiply(rotated, departure, into: &orthonormal, accumulate: true)
    return (values, orthonormal)
  }

  /// Q Λ Qᵀ: the matrix decomposed.
  public var product: Matrix<Element> {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      var S = Matrix<Element>(rows: vectors.rows, columns: vectors.rows)
      let scaled = Matrix(rows: vectors.rows, columns: values.count) { i, j in vectors[i, j] * values[j] }
      multiply(scaled, vectors, transposeB: true, into: &S)
      return S
    }
  }
}

/// Q ← Q + Q(I − QᵀQ)/2: one step of Newton's iteration for the orthogonal matrix that is nearest to Q.
///
/// What is added is of the size of rounding errors, so that the digits of `Float` do for it.
private func improveOrthogonality(of Q: borrowing ContiguousColumns<Double>) {
  let G = gram(Q)
  let half = ContiguousColumns<Float>(length: Q.count, count: Q.count)
  for j in 0..<Q.count {
    let (row, column) = (G.entries(j), half.entries(j))
    for i in 0..<j {
      column[i] = Float(-row[i] / 2)
      half.entries(i)[j] = column[i]
    }
    column[j] = Float((1 - row[j]) / 2)
  }
  addProduct(with: half, to: Q)
}

/// Descending eigenvalues, and the vectors in their order, with signs by the rule.
private func arranged<Element: Scalar>(
  _ λ: [Element], _ Q: borrowing ContiguousColumns<Element>
) -> (values: [Element], vectors: Matrix<Element>) {
  let order = λ.indices.sorted { (λ[$0], $1) > (λ[$1], $0) }
  let identity = Array(λ.indices)
  return (order.map { λ[$0] }, Q.matrix(order: order, signs: Q.signs(order, rowOrder: identity), rowOrder: identity))
}
