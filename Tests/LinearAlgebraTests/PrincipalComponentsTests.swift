import LinearAlgebra
import Testing

@Suite struct PrincipalComponentsTests {
  @Test("four points on two lines have the components found by hand")
  func byHand() {
    // Around (1, 2): ±(3, 3) and ±(1, −1). The variances are (2 · 18)/4 and (2 · 2)/4.
    let X: Matrix<Double> = [[4, 5], [-2, -1], [2, 1], [0, 3]]
    let pca = PrincipalComponents(of: X, count: 2)
    #expect(pca.mean == [1, 2])
    #expect(relativeError(pca.variances, [9, 1]) < 1e-15)
    #expect(abs(pca.totalVariance - 10) < 1e-14)
    #expect((pca.directions - ([[1, 1], [1, -1]] as Matrix<Double>) / Double(2).squareRoot()).norm < 1e-15)
    #expect(PrincipalComponents(of: X, count: 1).directions == pca.directions[columns: 0..<1])
    #expect(PrincipalComponents(of: X, count: 0).variances == [])
  }

  @Test(
    "they are those of the singular value decomposition, to ε relative to the first", arguments: [(300, 20), (90, 70)])
  func singularValues(examples: Int, columns: Int) {
    let X = randomMatrix(examples, columns, seed: 50).map { 3 + $0 } * .diagonal((0..<columns).map { power(-$0 / 4) })
    let pca = PrincipalComponents(of: X, count: 8)
    let svd = SVD(X.subtractingFromEachRow(X.columnMeans)).truncated(to: 8)
    let variances = svd.σ.map { $0 * $0 / Double(examples) }
    #expect(zip(pca.variances, variances).allSatisfy { abs($0 - $1) <= 1e-14 * variances[0] })
    // Vectors agree up to sign, and to ε over the gaps.
    #expect(((pca.directions.T * svd.V).map(abs) - .identity(8)).norm < 1e-10)
    let rounded = Matrix<Float>(rows: examples, columns: columns) { i, j in Float(X[i, j]) }
    let narrow = PrincipalComponents(of: rounded, count: 8)
    #expect(zip(narrow.variances, variances).allSatisfy { abs(Double($0) - $1) <= 1e-5 * variances[0] })
  }

  @Test("examples of any size have the same directions", arguments: [-900, -600, -540, 500, 600, 1000])
  func extremeScale(exponent: Int) {
    let X = randomMatrix(30, 6, seed: 51)
    let pca = PrincipalComponents(of: X, count: 6)
    let scaled = PrincipalComponents(of: X.map { $0 * power(exponent) }, count: 6)
    #expect(scaled.directions == pca.directions)
    #expect(scaled.mean == pca.mean.map { $0 * power(exponent) })
    #expect(scaled.variances == pca.variances.map { $0 * power(exponent) * power(exponent) })
    #expect(scaled.totalVariance == pca.totalVariance * power(exponent) * power(exponent))
    let narrow = Matrix<Float>(rows: 30, columns: 6) { Float(X[$0, $1]) }
    let factor: Float = exponent < 0 ? 0x1p-70 : 0x1p100
    let rounded = PrincipalComponents(of: narrow.map { $0 * factor }, count: 6)
    #expect(rounded.directions == PrincipalComponents(of: narrow, count: 6).directions)
  }

  @Test("examples that are all equal have no variance")
  func constant() {
    let pca = PrincipalComponents(of: Matrix<Double>(rows: 5, columns: 3, repeating: 0.1), count: 3)
    #expect(pca.variances.allSatisfy { $0 >= 0 && $0 < 1e-32 })
    #expect((pca.directions.T * pca.directions - .identity(3)).norm < 1e-15)
  }
}
