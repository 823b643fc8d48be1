import LinearAlgebra
import Testing

@Suite struct QRTests {
  @Test(
    "QR rebuilds the matrix, Q is orthonormal, R triangular with a diagonal that is not negative",
    arguments: [(0, 0), (0, 2), (2, 0), (1, 1), (1, 6), (6, 1), (5, 5), (12, 7), (7, 12), (300, 40)])
  func factorises(m: Int, n: Int) {
    let A = randomMatrix(m, n, seed: 11)
    let qr = QR(A)
    let r = min(m, n)
    #expect(qr.Q.rows == m && qr.Q.columns == r && qr.R.rows == r && qr.R.columns == n)
    #expect((qr.Q * qr.R - A).norm <= 2e-15 * A.norm)
    #expect(departureFromOrthonormality(qr.Q) <= 2e-14)
    for i in 0..<r {
      #expect(qr.R[i, i] >= 0)
      for j in 0..<i { #expect(qr.R[i, j] == 0) }
    }
  }

  @Test("a 2 × 2 matrix has the factors found by hand")
  func byHand() {
    let qr = QR([[3, 1], [4, 2]] as Matrix<Double>)
    #expect((qr.Q - [[0.6, -0.8], [0.8, 0.6]]).norm < 4e-16)
    #expect((qr.R - [[5, 2.2], [0, 0.4]]).norm < 2e-15)
  }

  @Test("each column is rebuilt relative to its own norm, from 1e-300 to 1e300")
  func scaledColumns() {
    let A = randomMatrix(20, 6, seed: 12)
    let exponents = [0, -990, 990, -300, 17, -1000]
    let qr = QR(Matrix(rows: 20, columns: 6) { i, j in A[i, j] * power(exponents[j]) })
    #expect(departureFromOrthonormality(qr.Q) <= 1e-14)
    let R = Matrix(rows: 6, columns: 6) { i, j in qr.R[i, j] / power(exponents[j]) }
    #expect((qr.Q * R - A).norm <= 2e-15 * A.norm)
  }

  @Test("Q is orthonormal also where columns are zero or dependent")
  func deficientRank() {
    let zero = QR(Matrix<Double>(rows: 5, columns: 3))
    #expect(departureFromOrthonormality(zero.Q) == 0)
    #expect(zero.R == Matrix(rows: 3, columns: 3))
    let A = Matrix<Double>(rows: 12, columns: 5) { i, j in j == 3 ? 0 : Double(i % 2 + j) }
    #expect(departureFromOrthonormality(QR(A).Q) <= 1e-14)
    #expect((QR(A).Q * QR(A).R - A).norm <= 2e-15 * A.norm)
  }

  @Test("the least-squares parabola through six points has the fractions found by hand")
  func leastSquares() throws {
    let A = Matrix<Double>(rows: 6, columns: 3) { i, j in [1, Double(i), Double(i * i)][j] }
    let b: [Double] = [3, 1, 4, 1, 5, 9]
    let x = try QR(A).solve(b)
    #expect(relativeError(x, [43.0 / 14, -269.0 / 140, 17.0 / 28]) < 1e-14)
    // The residual is orthogonal to the columns, and the pseudo-inverse agrees.
    let residual = zip(b, A * x).map { $0 - $1 }
    #expect((A.T * residual).allSatisfy { abs($0) < 1e-12 })
    #expect(relativeError(A.pseudoInverse() * b, x) < 1e-13)
  }

  @Test("dependent columns are named by the error")
  func dependentColumns() {
    let A: Matrix<Double> = [[1, 2, 5], [1, 2, 7], [1, 2, 6], [1, 2, 1]]
    #expect(throws: SingularMatrix(rows: 4, columns: 3, dependentColumn: 1)) { try QR(A).solve([1, 2, 3, 4]) }
  }

  @Test("a column is dependent if what is left of it is at most m·ε times its norm")
  func smallestRemainder() throws {
    // The second column, of norm 1.9, keeps δ; m·ε·1.9 is 3.8ε.
    for (δ, isDependent) in [(3.0, true), (3.7, true), (3.9, false), (5, false)] {
      let A: Matrix<Double> = [[1, 1.9], [0, δ * .ulpOfOne]]
      if isDependent {
        #expect(throws: SingularMatrix(rows: 2, columns: 2, dependentColumn: 1)) { try QR(A).solve([1, 0]) }
      } else {
        #expect(try QR(A).solve([1, 0]) == [1, 0])
      }
    }
  }

  @Test("Float reaches the accuracy of Float")
  func singlePrecision() {
    let A = Matrix<Float>(rows: 40, columns: 21) { i, j in Float((7 * i + 5 * j * j + i * j) % 23) - 11 }
    #expect((QR(A).Q * QR(A).R - A).norm <= 1e-6 * A.norm)
    #expect(departureFromOrthonormality(QR(A).Q) <= 5e-6)
  }
}
