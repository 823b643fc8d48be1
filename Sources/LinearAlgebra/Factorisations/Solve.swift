/// A matrix that was to be inverted is singular, to working precision.
public struct SingularMatrix: Error, Equatable, CustomStringConvertible {
  /// The matrix's shape.
  public let rows: Int
  public let columns: Int
  /// The first column that is a linear combination of the columns before it.
  public let dependentColumn: Int

  /// The error for a matrix of this shape.
  public init(rows: Int, columns: Int, dependentColumn: Int) {
    self.rows = rows
    self.columns = columns
    self.dependentColumn = dependentColumn
  }

  public var description: String {
    """
    the columns of this \(rows) × \(columns) matrix are linearly dependent: to working precision, column \
    \(dependentColumn) is a combination of those before it; pseudoInverse() has no such limit
    """
  }
}

extension Matrix {
  /// The solution X of AX = B for a square A.
  ///
  /// By Householder QR, after scaling the rows of A by powers of two to a common size: X is the exact solution for an A whose
  /// columns, so scaled, differ by a small multiple of nε relative to their norms. Entries may be of any size; what leaves
  /// the range of `Element` in X itself becomes infinite, or loses digits. 4n³ + 4n²p operations.
  ///
  /// The entries of A and B must be finite.
  ///
  /// - Parameter B: n × p, for an n × n matrix A.
  /// - Throws: ``SingularMatrix`` if A is singular to working precision.
  public func solve(_ B: Matrix) throws(SingularMatrix) -> Matrix {
    precondition(rows == columns, "\(rows) equations in \(columns) unknowns: use QR(A).solve or pseudoInverse()")
    precondition(B.rows == rows, "a right-hand side of \(B.rows) rows for \(rows) equations")
    requireFiniteEntries("no solution of equations")
    B.requireFiniteEntries("no solution for a right-hand side")
    let exponents = exponentsOfRows().map { -$0 }
    return try QR(self, scalingRows: exponents).solve(B, scalingRows: exponents)
  }

  /// The solution x of Ax = b for a square A.
  public func solve(_ b: [Element]) throws(SingularMatrix) -> [Element] {
    try solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
  }
}

/// X ← R⁻¹X for an upper triangular R of the order of X's rows, without zeros on the diagonal.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func solveUpperTriangular<Element: Scalar>(_ R: Matrix<Element>, _ X: inout Matrix<Element>) {
  let (n, p) = (X.rows, X.columns)
  var x = X.elements
  x.withUnsafeMutableBufferPointer { x in
    R.elements.withUnsafeBufferPointer { r in
      for i in (0..<n).reversed() {
        for j in i + 1..<max(n, i + 1) {
          let factor = -r[i * n + j]
          for k in 0..<p { x[i * p + k].addProduct(factor, x[j * p + k]) }
        }
        for k in 0..<p { x[i * p + k] /= r[i * n + i] }
      }
    }
  }
  X = Matrix(rows: n, columns: p, elements: x)
}
