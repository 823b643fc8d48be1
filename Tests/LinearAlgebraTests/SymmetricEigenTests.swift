import LinearAlgebra
import Testing

@Suite struct SymmetricEigenTests {
  static func randomSymmetric(_ order: Int, seed: UInt64) -> Matrix<Double> {
    let A = randomMatrix(order, order, seed: seed)
    return A + A.T
  }

  @Test(
    "QΛQᵀ rebuilds the matrix, Q is orthonormal, values descend, signs obey the rule",
    arguments: [0, 1, 2, 3, 8, 9, 50, 64, 65, 120], [1, 1e150, 1e-150, 1e307] as [Double])
  func decomposes(order: Int, scale: Double) {
    let S = Self.randomSymmetric(order, seed: 20)
    let eigen = SymmetricEigen(scale * S)
    let rebuilt = eigen.vectors * .diagonal(eigen.values.map { $0 / scale }) * eigen.vectors.T
    #expect((rebuilt - S).norm <= 1e-14 * S.norm)
    #expect(departureFromOrthonormality(eigen.vectors) <= 5e-14)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(obeysRuleOfSigns(eigen.vectors))
  }

  @Test("a 2 × 2 matrix has the eigenvectors found by hand")
  func byHand() {
    let eigen = SymmetricEigen([[2, 1], [1, 2]] as Matrix<Double>)
    #expect(relativeError(eigen.values, [3, 1]) < 1e-15)
    #expect((eigen.vectors - ([[1, 1], [1, -1]] as Matrix<Double>) / Double(2).squareRoot()).norm < 4e-16)
    #expect((eigen.product - [[2, 1], [1, 2]]).norm < 4e-15)
  }

  @Test("the second difference has the eigenvalues 2 − 2cos kπ/(n + 1)")
  func secondDifference() {
    let S = Matrix<Double>(rows: 10, columns: 10) { i, j in i == j ? 2 : abs(i - j) == 1 ? -1 : 0 }
    // mpmath: [2 - 2*cos(k*pi/11) for k in 10 … 1]
    let exact = [
      3.9189859472289947798, 3.6825070656623623377, 3.3097214678905701281, 2.8308300260037728511,
      2.2846296765465702809, 1.7153703234534297191, 1.1691699739962271489, 0.69027853210942987189,
      0.31749293433763766228, 0.081014052771005220219,
    ]
    #expect(zip(SymmetricEigen(S).values, exact).allSatisfy { abs($0 - $1) <= 4e-15 })
  }

  @Test("Wilkinson's W₂₁⁺ has pairs of eigenvalues that agree to many digits")
  func wilkinson() {
    let W = Matrix<Double>(rows: 21, columns: 21) { i, j in
      i == j ? Double(abs(i - 10)) : abs(i - j) == 1 ? 1 : 0
    }
    // mpmath: eigsy at 150 digits
    let exact = [
      10.746194182903393432, 10.746194182903321832, 9.2106786473613321079, 9.210678647304918594, 8.0389411228290232363,
      8.0389411158142733084, 7.0039522095286756738, 7.0039517986163749693, 6.0002340315841670166, 6.00021752225709814,
      5.0002444250019130081, 4.99978247774290186, 4.0043540234408567351, 3.9960482013836250307, 3.0430992925788237393,
      2.9610588841857266916, 2.1302092193625059945, 1.789321352695081406, 0.94753436752929327885,
      0.25380581709667816771, -1.1254415221199842223,
    ]
    let eigen = SymmetricEigen(W)
    #expect(zip(eigen.values, exact).allSatisfy { abs($0 - $1) <= 2e-14 })
    #expect(departureFromOrthonormality(eigen.vectors) <= 2e-14)
  }

  @Test("an indefinite matrix has the eigenvalues and the vector of mpmath")
  func indefinite() {
    let S = Matrix<Double>(rows: 5, columns: 5) { i, j in Double((i * j + 3 * (i + j)) % 9 - 4) }
    let values = [
      8.3531754991946957447, 2.1509631684938086281, 0.94245942656102738079, -5.2563146227723444035,
      -8.1902834714771873501,
    ]
    // The largest entry in magnitude, −0.643…, is made positive.
    let first = [
      0.15107360635741142486, -0.57496606894965137754, 0.64307491963148549318, -0.11828853005709920569,
      0.46803125581166034773,
    ]
    let eigen = SymmetricEigen(S)
    #expect(zip(eigen.values, values).allSatisfy { abs($0 - $1) <= 1e-14 })
    #expect(zip(eigen.vectors.column(0), first).allSatisfy { abs($0 - $1) <= 1e-14 })
  }

  @Test("repeated eigenvalues come with a full orthonormal set of vectors")
  func repeatedValues() {
    let J = Matrix<Double>(rows: 12, columns: 12, repeating: 1) + .identity(12)
    let eigen = SymmetricEigen(J)
    #expect(zip(eigen.values, [13.0] + Array(repeating: 1, count: 11)).allSatisfy { abs($0 - $1) < 2e-14 })
    #expect(departureFromOrthonormality(eigen.vectors) <= 1e-14)
    #expect((eigen.product - J).norm <= 2e-14 * J.norm)
    let diagonal = SymmetricEigen(.diagonal([3, -1, 3, 0]) as Matrix<Double>)
    #expect(diagonal.values == [3, 3, 0, -1])
    #expect(SymmetricEigen(Matrix<Double>(rows: 4, columns: 4)).vectors == .identity(4))
  }

  @Test("rounding errors above the diagonal are ignored")
  func lowerTriangle() {
    let S = Self.randomSymmetric(9, seed: 21)
    let perturbed = Matrix(rows: 9, columns: 9) { i, j in i < j ? S[i, j] * (1 + 1e-12) : S[i, j] }
    #expect(SymmetricEigen(perturbed).values == SymmetricEigen(S).values)
    #expect(SymmetricEigen(perturbed).vectors == SymmetricEigen(S).vectors)
  }

  @Test("Float reaches the accuracy of Float")
  func singlePrecision() {
    let S = Matrix<Float>(rows: 40, columns: 40) { i, j in Float((i * j + 3 * (i + j)) % 19 - 9) }
    let eigen = SymmetricEigen(S)
    #expect((eigen.product - S).norm <= 5e-6 * S.norm)
    #expect(departureFromOrthonormality(eigen.vectors) <= 1e-5)
  }
}
