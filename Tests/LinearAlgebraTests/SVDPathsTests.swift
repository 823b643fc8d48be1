import Testing

@testable import LinearAlgebra

/// The decomposition that pivoting and rotations find, whatever the matrix.
private func byRotations(_ A: Matrix<Double>) -> SVD<Double> {
  let isWide = A.rows < A.columns
  let magnitudes = Magnitudes(A, transposed: isWide)
  return SVD(SVDFactors(pivoting: A, transposed: isWide, magnitudes: magnitudes), transposed: isWide)
}

/// The decomposition that products of matrices find; `nil` where these are not used.
private func byProducts(_ A: Matrix<Double>) -> SVD<Double>? {
  let isWide = A.rows < A.columns
  let magnitudes = Magnitudes(A, transposed: isWide)
  guard let factors = SVDFactors(withoutPivoting: A, transposed: isWide, magnitudes: magnitudes) else { return nil }
  return SVD(factors, transposed: isWide)
}

/// A matrix with orthonormal columns.
private func orthonormal(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Double> {
  QR(randomMatrix(rows, columns, seed: seed)).Q
}

/// The Hadamard matrix of order n, a power of two: its columns are orthogonal, of length √n.
private func hadamard(_ n: Int) -> Matrix<Double> {
  Matrix(rows: n, columns: n) { i, j in (i & j).nonzeroBitCount % 2 == 0 ? 1 : -1 }
}

/// Checks that UΣVᵀ = A with orthonormal U and V, as closely as the documentation of `SVD` says.
private func expectDecomposition(_ svd: SVD<Double>, _ A: Matrix<Double>) {
  let r = Double(svd.σ.count)
  #expect((svd.product - A).norm <= 5e-15 * A.norm)
  #expect(departureFromOrthonormality(svd.U) <= r * .ulpOfOne)
  #expect(departureFromOrthonormality(svd.V) <= r * .ulpOfOne)
  #expect(zip(svd.σ, svd.σ.dropFirst()).allSatisfy { $0 >= $1 })
  #expect(obeysRuleOfSigns(svd.U))
}

@Suite struct SVDPathsTests {
  @Test("products and rotations give the same decomposition of matrices of random shapes")
  func randomShapes() throws {
    var generator = SplitMix64(state: 20)
    for seed in 0..<16 as Range<UInt64> {
      let (m, n) = (16 + Int(generator.next() % 180), 16 + Int(generator.next() % 120))
      let A = randomMatrix(m, n, seed: 100 + seed)
      let (svd, reference) = (try #require(byProducts(A)), byRotations(A))
      #expect(svd.U == SVD(A).U && svd.σ == SVD(A).σ && svd.V == SVD(A).V)
      expectDecomposition(svd, A)
      let condition = reference.σ[0] / reference.σ[reference.σ.count - 1]
      #expect(relativeError(svd.σ, reference.σ) <= 2e-15 * condition.squareRoot() + 4e-15, "\(m) × \(n)")
      // Vectors: gaps between neighbours are seldom below 10⁻⁴ σ₁.
      #expect((svd.U - reference.U).norm < 1e-9, "\(m) × \(n)")
      #expect((svd.V - reference.V).norm < 1e-9, "\(m) × \(n)")
    }
  }

  @Test("given singular values come out: spread, repeated, in clusters", arguments: [20, 64, 130])
  func givenValues(n: Int) throws {
    let spectra: [(Int) -> Double] = [
      { power(-16 * $0 / n) }, { _ in 3 }, { $0 < n / 2 ? 1 : 1e-3 }, { $0 < n / 4 ? 1 : 1e-4 },
      { $0 < n - 5 ? 2 - Double($0) / Double(n) : 1e-3 * (1 - 1e-10 * Double($0)) },
    ]
    for spectrum in spectra {
      let σ = (0..<n).map(spectrum)
      for m in [n, n + 9, 3 * n] {
        let A = orthonormal(m, n, seed: 30) * .diagonal(σ) * orthonormal(n, n, seed: 31).T
        let svd = try #require(byProducts(A))
        expectDecomposition(svd, A)
        #expect(zip(svd.σ, σ).allSatisfy { abs($0 - $1) <= 1e-14 * σ[0] })
        expectDecomposition(try #require(byProducts(A.T)), A.T)
      }
    }
  }

  @Test(
    "given singular values come out at orders around the edges of blocks", arguments: [65, 127, 128, 129, 136, 257])
  func edgesOfBlocks(n: Int) throws {
    let σ = (0..<n).map { 1 + Double(n - $0) / Double(n) + ($0 < 5 ? 1e3 : 0) }
    for m in [n, n + 1, 2 * n + 3] {
      let A = orthonormal(m, n, seed: 32) * .diagonal(σ) * orthonormal(n, n, seed: 33).T
      let svd = try #require(byProducts(A))
      expectDecomposition(svd, A)
      #expect(zip(svd.σ, σ).allSatisfy { abs($0 - $1) <= 1e-14 * σ[0] }, "\(m) × \(n)")
    }
  }

  @Test("small singular values keep their digits where columns, and rows a little, are graded", arguments: [16, 64])
  func gradedMatrices(n: Int) throws {
    let H = hadamard(n)
    let sizes = (0..<n).map { power(-(7 * $0 % n) * 17 / n) }
    let σ = sizes.map { $0 * Double(n).squareRoot() }.sorted(by: >)
    #expect(relativeError(try #require(byProducts(H * .diagonal(sizes))).σ, σ) < 5e-15)
    let tall = Matrix(rows: 3 * n, columns: n) { i, j in H[i % n, j] * sizes[j] }
    #expect(relativeError(try #require(byProducts(tall)).σ, σ.map { $0 * Double(3).squareRoot() }) < 5e-15)

    let A = Matrix(rows: 2 * n, columns: n) { i, j in (tall[i, j] + (i == j ? 8 : 0) * sizes[j]) * power(-(i % 5)) }
    #expect(relativeError(try #require(byProducts(A)).σ, byRotations(A).σ) < 5e-15)
  }

  @Test("what products could not do accurately is left to rotations")
  func exceptions() {
    let A = randomMatrix(40, 23, seed: 2)
    #expect(byProducts(A) != nil)
    // Rows of very different size, a condition number of 10⁷, linear dependence, few columns.
    #expect(byProducts(Matrix(rows: 40, columns: 23) { i, j in i == 30 ? A[i, j] / 1000 : A[i, j] }) == nil)
    #expect(byProducts(orthonormal(40, 23, seed: 3) * .diagonal((0..<23).map { power(-$0) })) == nil)
    #expect(byProducts(orthonormal(23, 23, seed: 3) * .diagonal((0..<23).map { power(-$0) })) == nil)
    #expect(byProducts(randomMatrix(40, 7, seed: 3) * randomMatrix(7, 23, seed: 4)) == nil)
    #expect(byProducts(randomMatrix(40, 15)) == nil)
    #expect(byProducts(Matrix<Double>(rows: 30, columns: 20)) == nil)
  }

  @Test("products are used up to the limits that are documented, and not beyond")
  func limits() throws {
    let A = randomMatrix(40, 23, seed: 2).map { $0 < 0 ? $0 - 1 : $0 + 1 }
    // Sizes of rows within a factor of 32, of columns within ε^(−1/2).
    #expect(byProducts(Matrix(rows: 40, columns: 23) { i, j in i == 30 ? A[i, j] / 16 : A[i, j] }) != nil)
    #expect(byProducts(Matrix(rows: 40, columns: 23) { i, j in i == 30 ? A[i, j] / 64 : A[i, j] }) == nil)
    #expect(byProducts(Matrix(rows: 40, columns: 23) { i, j in j == 3 ? A[i, j] * power(-28) : A[i, j] }) == nil)
    for (factor, isLevel) in [(power(-25), true), (power(-27), false)] {
      let graded = Matrix(rows: 40, columns: 23) { i, j in j == 3 ? A[i, j] * factor : A[i, j] }
      #expect(Magnitudes(graded, transposed: false).isLevel(graded, transposed: false) == isLevel)
    }
    // A small row that has its only entry in the last column, behind whole vectors.
    #expect(byProducts(Matrix(rows: 40, columns: 17) { i, j in i == 3 ? (j == 16 ? 1e-3 : 0) : A[i, j] }) == nil)
    // A wide matrix with a column that is small until the rows have been scaled.
    let wide = Matrix(rows: 16, columns: 40) { i, j in (j == 30 ? (i == 12 ? 1 : 0) : A[j, i]) * power(-i) }
    let svd = try #require(byProducts(wide))
    expectDecomposition(svd, wide)
    #expect(relativeError(svd.σ, byRotations(wide).σ) <= 1e-13)
    // Condition numbers up to 2¹⁹.
    for (κ, isBelow) in [(0x1p18, true), (0x1.8p19, false), (0x1.6p20, false)] {
      let σ = (0..<23).map { $0 == 22 ? 1 / κ : 1 }
      #expect((byProducts(orthonormal(23, 23, seed: 3) * .diagonal(σ)) != nil) == isBelow)
      #expect((byProducts(orthonormal(40, 23, seed: 3) * .diagonal(σ)) != nil) == isBelow)
    }
  }

  @Test("vectors are orthonormal up to the largest condition number", arguments: [20, 64, 130])
  func largestCondition(n: Int) throws {
    for m in [n, 2 * n] {
      let σ = (0..<n).map { Double.exp(-Double.log(0x1p18) * Double($0) / Double(n - 1)) }
      let A = orthonormal(m, n, seed: 32) * .diagonal(σ) * orthonormal(n, n, seed: 33).T
      expectDecomposition(try #require(byProducts(A)), A)
    }
  }

  @Test("columns that are already triangular are decomposed", arguments: [20, 65])
  func nothingToEliminate(n: Int) throws {
    // The reflection of a column with nothing below its entry must not divide by zero; 65 is a block and one column.
    let A = Matrix<Double>(rows: n + 1, columns: n) { i, j in i == j || i == n && j == n - 1 ? 1 : 0 }
    expectDecomposition(try #require(byProducts(A)), A)
  }

  @Test("the iteration on a Gram matrix alone has eigenvalues to rounding, and orthonormal vectors")
  func gramIteration() {
    let n = 200
    guard let iteration = GramQL(Array(repeating: 2, count: n), Array(repeating: -1, count: n - 1)) else {
      Issue.record("no decomposition")
      return
    }
    // Those of the second difference: 2 − 2cos kπ/(n + 1) = 4 sin² kπ/(2n + 2).
    let exact = (1...n).map { k in
      let sine = Double.sin(.pi * Double(k) / Double(2 * n + 2))
      return 4 * sine * sine
    }
    #expect(zip(iteration.values.sorted(), exact).allSatisfy { abs($0 - $1) <= 20 * .ulpOfOne })
    let Z = iteration.vectors().matrix(
      order: Array(0..<n), signs: Array(repeating: 1, count: n), rowOrder: Array(0..<n))
    #expect(departureFromOrthonormality(Z) <= Double(n) * .ulpOfOne)
    let T = Matrix<Double>(rows: n, columns: n) { i, j in i == j ? 2 : abs(i - j) == 1 ? -1 : 0 }
    #expect((T * Z - Z * .diagonal(iteration.values)).norm <= Double(n) * .ulpOfOne * T.norm)
  }

  @Test("columns of zeros and sizes at the edge of the range do not matter")
  func zerosAndScales() throws {
    let A = Matrix(rows: 90, columns: 40) { i, j in j % 7 == 3 || i == 5 ? 0 : randomEntries[i, j] }
    for B in [A, A.T, A[rows: 0..<41].T] {
      let svd = try #require(byProducts(B))
      expectDecomposition(svd, B)
      #expect(svd.rank() == 34)
      let reference = byRotations(B)
      #expect(zip(svd.σ, reference.σ).allSatisfy { abs($0 - $1) <= 2e-15 * reference.σ[0] })
    }
    let reference = try #require(byProducts(randomEntries))
    for exponent in [1015, -980] {
      let svd = try #require(byProducts(power(exponent) * randomEntries))
      #expect(svd.U == reference.U && svd.V == reference.V)
      #expect(svd.σ == reference.σ.map { $0 * power(exponent) })
    }
  }

  @Test("a decomposition in Float is that in Double, rounded", arguments: [(90, 40), (40, 90), (20, 3)])
  func singlePrecision(rows: Int, columns: Int) {
    let entries = randomMatrix(rows, columns).elements.map { Float($0) }
    let A = Matrix(rows: rows, columns: columns, elements: entries)
    let svd = SVD(A)
    let reference = SVD(Matrix<Double>(rows: rows, columns: columns, elements: entries.map { Double($0) }))
    #expect(svd.σ == reference.σ.map { Float($0) })
    #expect(svd.U.elements == reference.U.elements.map { Float($0) })
    #expect(svd.V.elements == reference.V.elements.map { Float($0) })
    #expect((svd.product - A).norm <= 1e-6 * A.norm)
  }

  private let randomEntries = randomMatrix(90, 40, seed: 40)
}
