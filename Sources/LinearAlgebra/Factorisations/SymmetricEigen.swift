/// The spectral decomposition S = Q Λ Qᵀ of a symmetric n × n matrix.
///
/// ```swift
/// let eigen = SymmetricEigen([[2, 1], [1, 2]] as Matrix<Double>)
/// eigen.values     // [3, 1]
/// eigen.vectors    // columns (1, 1)/√2 and (1, −1)/√2
/// ```
///
/// By Householder reduction to tridiagonal form and implicitly shifted QL or QR iteration: a route of its own, which shares
/// with ``SVD`` only how columns are stored, signed and copied out, so that the two can check each other. Should the
/// iteration take more than 30n steps (about 1.7n are usual), the tridiagonal matrix is diagonalised by the rotations of
/// ``SVD`` instead, which takes several times as long and is as accurate. So every finite matrix has a decomposition.
///
/// **Signs.** In each eigenvector, the first entry whose magnitude is at least (1 − 10⁻⁶) times the largest is positive.
///
/// **Accuracy.** Normwise backward stable: the decomposition is exact for a matrix that differs from S by a small multiple
/// of √n·ε·‖S‖, and ‖QᵀQ − I‖ is a small multiple of √n·ε. So each eigenvalue has an error of that size *relative to the
/// largest*, and a vector one of that size over the gap to the next eigenvalue. Where small eigenvalues of a Gram matrix
/// XᵀX matter, use the singular values of X.
///
/// **Complexity.** About 9n³ operations.
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
    let columns = ContiguousColumns(
      lower, transposed: false, rowOrder: Array(0..<n), exponents: Array(repeating: -exponent, count: n))
    let tridiagonal = Tridiagonalisation(columns)
    let (d, e) = (tridiagonal.diagonal, tridiagonal.offDiagonal)
    var Q = tridiagonal.basis()
    let λ: [Element]
    if let found = diagonaliseByQL(d, e, rotating: Q, stepLimit: stepLimit) {
      λ = found
    } else {
      Q = tridiagonal.basis()
      λ = diagonaliseByRotations(d, e, rotating: Q)
    }

    let order = (0..<n).sorted { (λ[$0], $1) > (λ[$1], $0) }
    let identity = Array(0..<n)
    values = order.map { Element(sign: .plus, exponent: Element.Exponent(exponent), significand: λ[$0]) }
    let rotated = Q.matrix(order: order, signs: Q.signs(order, rowOrder: identity), rowOrder: identity)
    // Q ← Q + Q(I − QᵀQ)/2, Newton's iteration for the nearest orthogonal matrix: rotation after rotation has rounded Q.
    var departure = 0.5 * Matrix<Element>.identity(n)
    multiply(rotated, rotated, transposeA: true, scale: -0.5, into: &departure, accumulate: true)
    var orthonormal = rotated
    multiply(rotated, departure, into: &orthonormal, accumulate: true)
    vectors = orthonormal
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
