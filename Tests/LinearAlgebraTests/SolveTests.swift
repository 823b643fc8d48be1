import LinearAlgebra
import Testing

@Suite struct SolveTests {
  @Test("the inverse of a Hilbert matrix is the integer matrix it should be")
  func inverseOfHilbert() throws {
    // The inverse of the Hilbert matrix of order 4; κ = 1.6e4.
    let exact: Matrix<Double> = [
      [16, -120, 240, -140], [-120, 1200, -2700, 1680], [240, -2700, 6480, -4200], [-140, 1680, -4200, 2800],
    ]
    #expect((try hilbert(4).inverse() - exact).norm < 1e-11 * exact.norm)
    #expect((hilbert(4).pseudoInverse() - exact).norm < 1e-11 * exact.norm)
  }

  @Test("A⁻¹A = AA⁻¹ = I", arguments: [0, 1, 2, 3, 17, 64])
  func inverts(order: Int) throws {
    let A = randomMatrix(order, order, seed: 13) + .identity(order)
    let inverse = try A.inverse()
    let κ = A.norm * inverse.norm
    #expect((inverse * A - .identity(order)).norm <= 1e-15 * κ)
    #expect((A * inverse - .identity(order)).norm <= 1e-15 * κ)
  }

  @Test("bad scaling is not singularity")
  func badScaling() throws {
    let scales = [-300, 250, 0, -40, 111]
    let A = randomMatrix(5, 5, seed: 14)
    let inverse = try A.inverse()
    let byRows = Matrix(rows: 5, columns: 5) { i, j in A[i, j] * power(scales[i]) }
    let byColumns = Matrix(rows: 5, columns: 5) { i, j in A[i, j] * power(scales[j]) }
    let ofRows = try byRows.inverse()
    let ofColumns = try byColumns.inverse()
    for i in 0..<5 {
      for j in 0..<5 {
        #expect(abs(ofRows[i, j] * power(scales[j]) - inverse[i, j]) < 1e-13 * inverse.norm)
        #expect(abs(ofColumns[i, j] * power(scales[i]) - inverse[i, j]) < 1e-13 * inverse.norm)
      }
    }
    #expect(try Matrix<Double>.diagonal([1e-300, -4, 1e300]).inverse() == .diagonal([1 / 1e-300, -0.25, 1 / 1e300]))
  }

  @Test("a singular matrix throws and says which column depends on the others")
  func singular() {
    let A: Matrix<Double> = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    #expect(throws: SingularMatrix(rows: 3, columns: 3, dependentColumn: 2)) { try A.inverse() }
    #expect(throws: SingularMatrix(rows: 2, columns: 2, dependentColumn: 0)) {
      try Matrix<Double>(rows: 2, columns: 2).inverse()
    }
    #expect(throws: SingularMatrix.self) { try hilbert(13).inverse() }
    let message = SingularMatrix(rows: 3, columns: 3, dependentColumn: 2).description
    #expect(message.contains("3 × 3") && message.contains("column 2") && message.contains("pseudoInverse"))
  }

  @Test("a system with a known solution is solved, for one and for several right-hand sides")
  func solves() throws {
    let A: Matrix<Double> = [[0, 2, 1], [1, -2, -3], [-1, 1, 2]]
    #expect(relativeError(try A.solve([-8, 0, 3]), [-4, -5, 2]) < 1e-14)
    let X = randomMatrix(3, 4, seed: 15)
    #expect((try A.solve(A * X) - X).norm < 1e-14)
  }

  @Test(
    "the pseudo-inverse satisfies Penrose's four equations",
    arguments: [(0, 2, 0), (1, 1, 1), (7, 4, 4), (4, 7, 4), (9, 9, 3), (30, 20, 11), (5, 6, 0)])
  func penrose(m: Int, n: Int, rank: Int) {
    let A = randomMatrix(m, rank, seed: 16) * randomMatrix(rank, n, seed: 17)
    let P = A.pseudoInverse()
    #expect(P.rows == n && P.columns == m)
    let κ = max(1, A.norm * P.norm)
    #expect((A * P * A - A).norm <= 1e-14 * κ * A.norm)
    #expect((P * A * P - P).norm <= 1e-14 * κ * P.norm)
    #expect(((A * P).T - A * P).norm <= 1e-14 * κ)
    #expect(((P * A).T - P * A).norm <= 1e-14 * κ)
  }

  @Test("Float is inverted to the accuracy of Float")
  func singlePrecision() throws {
    let A: Matrix<Float> = [[4, 1, 0], [1, 3, -1], [0, -1, 2]]
    let exact: Matrix<Float> = [[5, -2, -1], [-2, 8, 4], [-1, 4, 11]]
    #expect((18 * (try A.inverse()) - exact).norm < 1e-5)
  }
}
