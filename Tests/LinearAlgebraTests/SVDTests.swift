import LinearAlgebra
import Testing

/// Matrices that a decomposition can go wrong on.
private let gallery: [(name: String, matrix: Matrix<Double>)] = {
  var gallery: [(String, Matrix<Double>)] = []
  for (m, n) in [(0, 0), (0, 3), (3, 0), (1, 1), (1, 9), (9, 1), (2, 2), (8, 8), (9, 7), (7, 9), (70, 33), (33, 70)] {
    gallery.append(("random \(m) × \(n)", randomMatrix(m, n)))
  }
  let A = randomMatrix(40, 23, seed: 2)
  gallery += [
    ("1797 × 64", randomMatrix(1797, 64)),
    ("Hilbert 12", hilbert(12)),
    ("zero", Matrix(rows: 5, columns: 3)),
    ("identity", .identity(9)),
    ("ones", Matrix(rows: 6, columns: 10, repeating: 1)),
    ("rank 3", randomMatrix(50, 3, seed: 3) * randomMatrix(3, 20, seed: 4)),
    ("exact rank 2", Matrix(rows: 30, columns: 12) { i, j in i < 15 ? 4 : Double(j) }),
    ("one entry", Matrix(rows: 6, columns: 4) { i, j in i == 4 && j == 2 ? -3 : 0 }),
    ("times 1e150", 1e150 * A),
    ("times 1e-150", 1e-150 * A),
    ("near overflow", 1e306 * A),
    ("near underflow", power(-1010) * A),
    ("columns from 1e150 to 1e-150", Matrix(rows: 40, columns: 23) { i, j in A[i, j] * power(500 - 43 * j) }),
    ("rows from 1e-150 to 1e150", Matrix(rows: 40, columns: 23) { i, j in A[i, j] * power(-500 + 25 * i) }),
    ("zero rows and columns", Matrix(rows: 40, columns: 23) { i, j in i % 3 == 0 || j % 4 == 1 ? 0 : A[i, j] }),
  ]
  return gallery.map { (name: $0, matrix: $1) }
}()

@Suite struct SVDTests {
  @Test("UΣVᵀ rebuilds the matrix, U and V are orthonormal, σ descends, signs obey the rule", arguments: gallery)
  func decomposes(name: String, A: Matrix<Double>) {
    let svd = SVD(A)
    let r = min(A.rows, A.columns)
    #expect(svd.U.rows == A.rows && svd.U.columns == r)
    #expect(svd.V.rows == A.columns && svd.V.columns == r)
    #expect(svd.σ.count == r)
    // The products of the test itself would leave the range of Double where the entries are at its edge.
    let size = A.norm
    let unit = size > 0 ? power(Int(size.exponent)) : 1
    let product = svd.U * .diagonal(svd.σ.map { $0 / unit }) * svd.V.T
    #expect((product - A / unit).norm <= 1e-14 * (A / unit).norm)
    #expect(departureFromOrthonormality(svd.U) <= 1e-13)
    #expect(departureFromOrthonormality(svd.V) <= 1e-13)
    #expect(svd.σ.allSatisfy { $0 >= 0 })
    #expect(zip(svd.σ, svd.σ.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(obeysRuleOfSigns(svd.U))
  }

  @Test("a 2 × 2 matrix has the singular vectors found by hand")
  func byHand() {
    // AᵀA = [[25, 20], [20, 25]] has the eigenvalues 45 and 5, with vectors (1, 1)/√2 and (1, −1)/√2.
    let svd = SVD([[3, 0], [4, 5]] as Matrix<Double>)
    let U: Matrix<Double> = [[1, 3], [3, -1]]
    let V: Matrix<Double> = [[1, 1], [1, -1]]
    let σ = [45, 5].map { (square: Double) in square.squareRoot() }
    #expect(relativeError(svd.σ, σ) < 4e-16)
    #expect((svd.U - U / Double(10).squareRoot()).norm < 4e-16)
    #expect((svd.V - V / Double(2).squareRoot()).norm < 4e-16)
    #expect((svd.product - [[3, 0], [4, 5]]).norm < 4e-15)
    #expect((svd.U * svd.Σ * svd.V.T - [[3, 0], [4, 5]]).norm < 4e-15)
  }

  // The constants of the next three tests: mpmath, svd_r of the matrix as stored (its entries are doubles), at 150 digits.

  @Test("singular values of the Hilbert matrix of order 8 agree with mpmath")
  func hilbertMatrix() {
    let exact = [
      1.6959389969219494359, 0.29812521131693071067, 0.026212843578119050945, 0.0014676881177418471388,
      0.0000543694336975089627, 1.2943320918741792919e-6, 1.7988737460063012302e-8, 1.1115389694888081586e-10,
    ]
    let computed = SVD(hilbert(8)).σ
    #expect(zip(computed, exact).allSatisfy { abs($0 - $1) <= 1e-15 * exact[0] })
    // No scaling of rows and columns conditions this one well: relative errors may reach κε = 3e-6, and stay far below.
    #expect(relativeError(computed, exact) < 1e-7)
  }

  @Test("singular values of graded matrices are as accurate when they are small")
  func gradedMatrices() {
    let byRows = Matrix<Double>(rows: 8, columns: 8) { i, j in
      j >= i ? Double((3 * i + 5 * j) % 7 + 1) * power(-9 * i) : 0
    }
    let byColumns = Matrix<Double>(rows: 8, columns: 8) { i, j in
      j <= i ? Double((3 * i + 5 * j) % 7 + 1) * power(-9 * j) : 0
    }
    let ofRows = [
      11.874353028001582013, 0.01655973920922242748, 0.000026788874194469553655, 5.1749641269655560053e-8,
      2.1656696733983724291e-11, 8.368250524605049374e-14, 7.1054086505454358167e-17, 1.9839486374815239654e-20,
    ]
    let ofColumns = [
      11.874354646795132358, 0.015355149413173258332, 0.000021511907277272064694, 5.046863586167452881e-8,
      6.8567019058562405408e-11, 5.6028104121404017934e-14, 1.523869553105662731e-16, 6.0094966207541019067e-21,
    ]
    #expect(relativeError(SVD(byRows).σ, ofRows) < 5e-15)
    #expect(relativeError(SVD(byRows.T).σ, ofRows) < 5e-15)
    #expect(relativeError(SVD(byColumns).σ, ofColumns) < 5e-15)
    #expect(relativeError(SVD(byColumns.T).σ, ofColumns) < 5e-15)
  }

  @Test("rows and columns may be scaled by wildly different factors")
  func scaledMatrices() {
    // B is well-conditioned (κ = 1.9). numpy.linalg.svd, which is only normwise accurate, gives 1e-53 for the last value.
    let B = Matrix<Double>(rows: 6, columns: 6) { i, j in i == j ? 6 : Double((2 * i + 3 * j) % 5 - 2) }
    let (left, right) = ([-40, 10, 0, -90, 33, -3], [5, -61, 20, -17, 0, -100])
    let scaled = Matrix<Double>(rows: 6, columns: 6) { i, j in B[i, j] * power(left[i] + right[j]) }
    let exact = [
      18_014_398_511_652_896.001, 16416.003309029488948, 16.983363748606930774, 5.7725287992750484945e-6,
      1.7125174602661965018e-29, 9.6394885155892783217e-57,
    ]
    #expect(relativeError(SVD(scaled).σ, exact) < 5e-15)

    let C = Matrix<Double>(rows: 9, columns: 4) { i, j in Double((7 * i + 4 * j * j + i * j) % 11 - 5) }
    let byColumns = Matrix<Double>(rows: 9, columns: 4) { i, j in C[i, j] * power(-100 * j) }
    let ofColumns = [10.0, 6.6652911465779715516e-30, 5.0627371553552487075e-60, 4.8376334986727545976e-90]
    #expect(relativeError(SVD(byColumns).σ, ofColumns) < 5e-15)
    #expect(relativeError(SVD(byColumns.T).σ, ofColumns) < 5e-15)
    let byRows = Matrix<Double>(rows: 9, columns: 4) { i, j in C[i, j] * power(-30 * i) }
    let ofRows = [5.4772255750516611346, 5.350040874013703931e-9, 5.8485312928227946773e-18, 6.4498503934273463532e-27]
    #expect(relativeError(SVD(byRows).σ, ofRows) < 5e-15)
  }

  @Test("a diagonal matrix gives its diagonal, to the bit, over most of the range of Double")
  func diagonalMatrix() {
    let diagonal: [Double] = [-0.1, 7e120, 0, 3e-120, -2, 1e-160]
    #expect(SVD(.diagonal(diagonal)).σ == [7e120, 2, 0.1, 3e-120, 1e-160, 0])
  }

  @Test("repeated singular values come out equal")
  func repeatedValues() {
    // A Hadamard matrix of order 16: all singular values are 4.
    let H = Matrix<Double>(rows: 16, columns: 16) { i, j in (i & j).nonzeroBitCount % 2 == 0 ? 1 : -1 }
    #expect(relativeError(SVD(H).σ, Array(repeating: 4, count: 16)) < 5e-15)
    // Reflections keep the singular values 5, 5, 5, 2, 2, 0.
    let Q = QR(randomMatrix(9, 6, seed: 5)).Q
    let P = QR(randomMatrix(6, 6, seed: 6)).Q
    let σ = SVD(Q * .diagonal([5, 5, 5, 2, 2, 0]) * P.T).σ
    #expect(zip(σ, [5, 5, 5, 2, 2, 0]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("where two entries are nearly as large, rounding errors do not decide the sign")
  func nearTies() {
    let A = Matrix<Double>(rows: 3, columns: 1, elements: [-2, 2, 1])
    for perturbation in [-1e-9, 0, 1e-9] {
      var B = A
      B[1, 0] += perturbation
      #expect(SVD(B).U[0, 0] > 0)
      #expect(SVD(B).V[0, 0] == -1)
      #expect(SVD(B.T).U[0, 0] == 1)
      #expect(SVD(B.T).V[0, 0] < 0)
    }
  }

  @Test("an entry smaller than the largest by less than 1e-6 of it counts as large, one smaller by more does not")
  func limitOfNearTies() {
    #expect(SVD(Matrix<Double>(rows: 3, columns: 1, elements: [-1, 1 + 5e-7, 0])).U[0, 0] > 0)
    #expect(SVD(Matrix<Double>(rows: 3, columns: 1, elements: [-1, 1 + 2e-6, 0])).U[0, 0] < 0)
    // The first vector is (−1, 1 + δ)/√2, nearly.
    for (δ, sign) in [(5e-7, 1.0), (2e-6, -1)] {
      let u = [-1, 1 + δ]
      #expect(SymmetricEigen(Matrix<Double>(rows: 2, columns: 2) { i, j in u[i] * u[j] }).vectors[0, 0] * sign > 0)
    }
  }

  @Test("vectors of equal singular values stand in the order of the columns", arguments: [5, 20])
  func orderOfEquals(n: Int) {
    let svd = SVD(Matrix<Double>.identity(n))
    #expect(svd.U == .identity(n) && svd.V == .identity(n))
  }

  @Test("squares of the singular values are the eigenvalues of the Gram matrix, by the independent route")
  func gramMatrix() {
    let A = randomMatrix(90, 30, seed: 7)
    let svd = SVD(A)
    let eigen = SymmetricEigen(A.T * A)
    #expect(relativeError(svd.σ.map { $0 * $0 }, eigen.values) < 1e-13)
    // Vectors agree up to sign.
    let cosines = (svd.V.T * eigen.vectors).map(abs)
    #expect((cosines - .identity(30)).norm < 1e-12)
  }

  @Test("the error of the best approximation of rank k is the tail of σ, and Weyl's inequality holds")
  func approximation() {
    let A = randomMatrix(24, 17, seed: 8)
    let svd = SVD(A)
    let σ = svd.σ
    for k in 0...17 {
      let B = svd.truncated(to: k).product
      let tail = σ[k...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs((A - B).norm - tail) < 1e-13)
      #expect(SVD(B).rank() == k)
      #expect(abs((SVD(A - B).σ.first ?? 0) - (k < 17 ? σ[k] : 0)) < 1e-13)
    }
    let E = 1e-3 * randomMatrix(24, 17, seed: 9)
    let spectral = SVD(E).σ[0]
    #expect(zip(SVD(A + E).σ, σ).allSatisfy { abs($0 - $1) <= spectral * (1 + 1e-12) })
  }

  @Test("the numerical rank counts the singular values above the tolerance")
  func rank() {
    #expect(SVD(randomMatrix(50, 3, seed: 3) * randomMatrix(3, 20, seed: 4)).rank() == 3)
    #expect(SVD(Matrix<Double>(rows: 4, columns: 2)).rank() == 0)
    #expect(SVD(Matrix<Double>(rows: 0, columns: 2)).rank() == 0)
    #expect(SVD(.diagonal([4, 2, 1e-14, 1e-17])).rank() == 3)
    let ε = Double.ulpOfOne
    #expect(SVD(.diagonal([1, 5 * ε, 3 * ε, 0])).rank() == 2)
    #expect(SVD(.diagonal([4, 2, 1e-14, 1e-17])).rank(tolerance: 2) == 1)
    // By default relative to σ₁, and to the longer side.
    #expect(SVD(.diagonal([1.9, 8 * ε, 7 * ε, 5 * ε])).rank() == 2)
    let tall = Matrix<Double>(rows: 40, columns: 3) { i, j in i == j ? [1, 50 * ε, 30 * ε][j] : 0 }
    #expect(SVD(tall).rank() == 2 && SVD(tall.T).rank() == 2)
  }

  @Test("truncation keeps the leading triples")
  func truncation() {
    let svd = SVD(randomMatrix(9, 6, seed: 10))
    let leading = svd.truncated(to: 2)
    #expect(leading.U == svd.U[columns: 0..<2])
    #expect(leading.σ == Array(svd.σ[0..<2]))
    #expect(leading.V == svd.V[columns: 0..<2])
    #expect(leading.Σ == .diagonal([svd.σ[0], svd.σ[1]]))
  }

  @Test("Float reaches the accuracy of Float, over the range of Float", arguments: [1, 1e30, 1e-30] as [Float])
  func singlePrecision(scale: Float) {
    let double = randomMatrix(70, 33)
    let A = Matrix<Float>(rows: 70, columns: 33) { i, j in scale * Float(double[i, j]) }
    let exact = Matrix<Double>(rows: 70, columns: 33) { i, j in Double(A[i, j] / scale) }
    let svd = SVD(A)
    #expect((svd.product / scale - A / scale).norm <= 5e-7 * (A / scale).norm)
    #expect(departureFromOrthonormality(svd.U) <= 1e-6)
    #expect(departureFromOrthonormality(svd.V) <= 1e-6)
    #expect(relativeError(svd.σ.map { Double($0 / scale) }, SVD(exact).σ) < 2e-7)
    let graded = Matrix<Float>(rows: 8, columns: 8) { i, j in
      j >= i ? Float((3 * i + 5 * j) % 7 + 1) * Float(power(-9 * i)) : 0
    }
    #expect(abs(SVD(graded).σ[7] / 1.9839486374815239654e-20 - 1) < 2e-7)
  }
}
