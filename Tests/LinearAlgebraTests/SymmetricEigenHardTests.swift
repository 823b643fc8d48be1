@testable import LinearAlgebra
import Testing

/// Finite symmetric matrices on which iterations are known to stall, overflow or lose orthogonality.
@Suite struct SymmetricEigenHardTests {
  /// Images of one or two thick strokes, 28 × 28 pixels of 0 … 1 in steps of 1/255: few, blank margins, many equal pixels.
  static func strokes(_ count: Int, seed: UInt64) -> Matrix<Double> {
    var random = RandomStream(seed: seed, name: "strokes")
    var X = Matrix<Double>(rows: count, columns: 784)
    for n in 0..<count {
      for _ in 0...Int(2 * random.uniform()) {
        var (x, y) = (6 + 16 * random.uniform(), 6 + 16 * random.uniform())
        let (right, down) = (random.uniform() - 0.5, random.uniform() - 0.5)
        for _ in 0..<20 {
          for i in Int(y) - 1...Int(y) + 2 {
            for j in Int(x) - 1...Int(x) + 2 {
              let square = (Double(i) - y) * (Double(i) - y) + (Double(j) - x) * (Double(j) - x)
              X[n, 28 * i + j] = max(X[n, 28 * i + j], (255 * max(0, 1 - square / 2)).rounded() / 255)
            }
          }
          (x, y) = (min(max(x + right, 2), 25), min(max(y + down, 2), 25))
        }
      }
    }
    return X
  }

  /// The residual is that of a backward-stable method, and |λ| are the singular values, which come by another route.
  ///
  /// Vectors are as orthogonal as LAPACK's: on such matrices `scipy.linalg.eigh` (SciPy 1.17) departs by 3.5 to 24 √n·ε with the
  /// driver `ev`, by 3.4 to 11 with `evd`, by up to 217 with `evr`.
  static func expectDecomposed(
    _ S: Matrix<Double>, _ eigen: SymmetricEigen<Double>, residual: Double = 4, _ comment: Comment
  ) {
    let unit = Double(S.rows).squareRoot() * Double.ulpOfOne
    #expect((eigen.product - S).norm <= residual * unit * S.norm, comment)
    #expect(departureFromOrthonormality(eigen.vectors) <= 8 * unit, comment)
    let magnitudes = eigen.values.map(abs).sorted(by: >)
    #expect(zip(magnitudes, SVD(S).σ).allSatisfy { abs($0 - $1) <= residual * unit * S.norm }, comment)
  }

  @Test(
    "covariances of fewer images than pixels have a decomposition",
    arguments: [100, 188, 277, 365, 454, 542, 631, 720])
  func rankDeficientCovariances(count: Int) {
    let X = Self.strokes(count, seed: UInt64(count))
    let S = (X.T * X) / Double(count)
    Self.expectDecomposed(S, SymmetricEigen(S), "\(count) images")
  }

  @Test("matrices graded up and down", arguments: [10, 20, 40, 80, 140] as [Double], [1, -1] as [Double])
  func graded(decades: Double, direction: Double) {
    let n = 60
    let G = SymmetricEigenTests.randomSymmetric(n, seed: 24)
    // Row and column i times 10^(± decades/2 · i/(n − 1)): the entries span that many decades.
    let d = (0..<n).map { Double.exp(direction * Double.log(10) * decades / 2 * (Double($0) / Double(n - 1) - 0.5)) }
    for bandwidth in [1, n] {
      let S = Matrix<Double>(rows: n, columns: n) { i, j in abs(i - j) <= bandwidth ? G[i, j] * d[i] * d[j] : 0 }
      Self.expectDecomposed(S, SymmetricEigen(S), "\(decades) decades, bandwidth \(bandwidth)")
    }
  }

  @Test("glued Wilkinson matrices, whose eigenvalues agree to all digits in groups", arguments: [0, 1e-14, 1e-8, 1e-3])
  func gluedWilkinson(glue: Double) {
    let S = Matrix<Double>(rows: 210, columns: 210) { i, j in
      i == j ? Double(abs(i % 21 - 10)) : abs(i - j) == 1 ? (max(i, j) % 21 == 0 ? glue : 1) : 0
    }
    Self.expectDecomposed(S, SymmetricEigen(S), "glue \(glue)")
  }

  @Test("two eigenvalues with many copies each")
  func clusters() {
    // I + uuᵀ and a reflection: known values, one cluster and two.
    let u = (0..<50).map { Double($0 % 7) - 3 }
    let square = u.reduce(0) { $0 + $1 * $1 }
    let cluster = Matrix<Double>(rows: 50, columns: 50) { i, j in (i == j ? 1 : 0) + u[i] * u[j] }
    let reflection = Matrix<Double>(rows: 50, columns: 50) { i, j in (i == j ? 1 : 0) - 2 * u[i] * u[j] / square }
    #expect(relativeError(SymmetricEigen(cluster).values, [1 + square] + Array(repeating: 1, count: 49)) <= 1e-12)
    #expect(relativeError(SymmetricEigen(reflection).values, Array(repeating: 1, count: 49) + [-1]) <= 1e-14)
    Self.expectDecomposed(cluster, SymmetricEigen(cluster), "cluster")
    Self.expectDecomposed(reflection, SymmetricEigen(reflection), "reflection")
  }

  @Test("the size of the numbers changes only their exponents", arguments: [-1000, -300, 300, 1000])
  func extremeScale(exponent: Int) {
    let S = SymmetricEigenTests.randomSymmetric(20, seed: 25)
    let (eigen, scaled) = (SymmetricEigen(S), SymmetricEigen(S.map { $0 * power(exponent) }))
    #expect(scaled.vectors == eigen.vectors)
    #expect(scaled.values == eigen.values.map { $0 * power(exponent) })
  }

  @Test("a small block beside a large one keeps its own digits")
  func smallBlock() {
    // The block times 10²⁰⁰ has the values 3 and 1.
    let S: Matrix<Double> = [[1, 0, 0], [0, 2e-200, 1e-200], [0, 1e-200, 2e-200]]
    #expect(relativeError(SymmetricEigen(S).values, [1, 3e-200, 1e-200]) <= 1e-15)
    // The characteristic polynomial of T is (2 − λ)(λ² − 5λ + 15/4).
    let exact = [(5 + Double(10).squareRoot()) / 2, 2, 7.5 / (5 + Double(10).squareRoot())]
    let T: Matrix<Double> = [[2, 1, 0.5], [1, 2, 1], [0.5, 1, 3]]
    let B = Matrix<Double>(rows: 4, columns: 4) { i, j in
      i == 0 || j == 0 ? (i == j ? 1 : 0) : T[i - 1, j - 1] * power(-997)
    }
    #expect(relativeError(Array(SymmetricEigen(B).values.dropFirst()), exact.map { $0 * power(-997) }) <= 4e-15)
  }

  @Test("an entry is not neglected beside the larger of its neighbours alone")
  func smallOffDiagonal() {
    // det S = −e²: the small value is −e²/λ₁.
    for e in [1e-17, 1e-40] {
      #expect(relativeError(SymmetricEigen([[1, e], [e, 0]]).values, [1, -e * e]) <= 1e-15)
    }
  }

  @Test("where the iteration gives up, rotations decompose the matrix", arguments: [0, 7])
  func rotations(stepLimit: Int) {
    let S = SymmetricEigenTests.randomSymmetric(40, seed: 26)
    let eigen = SymmetricEigen(S, stepLimit: stepLimit)
    // T + aI, with a up to 16 times the largest entry of T, is decomposed with errors relative to its own norm.
    Self.expectDecomposed(S, eigen, residual: 4 * 16, "limit \(stepLimit)")
    #expect(zip(eigen.values, SymmetricEigen(S).values).allSatisfy { abs($0 - $1) <= 1e-14 * S.norm })
    #expect(SymmetricEigen(Matrix<Double>(rows: 3, columns: 3), stepLimit: 0).values == [0, 0, 0])
  }
}
