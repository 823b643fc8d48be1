import LinearAlgebra
import Testing

@Suite("Leading eigenvectors")
struct LeadingEigenTests {
  /// Down to matrices whose whole space a few blocks fill.
  @Test(arguments: 1...14) func `they are those of the whole decomposition`(n: Int) {
    var random = RandomStream(seed: UInt64(n), name: "symmetric")
    let A = Matrix<Double>.normal(rows: n, columns: n, using: &random)
    let S = A + A.T
    let whole = SymmetricEigen(S)
    for k in 1...n {
      let leading = LeadingEigen(S, count: k)
      #expect(leading.values.count == k && leading.vectors.rows == n && leading.vectors.columns == k)
      #expect((0..<k).allSatisfy { abs(leading.values[$0] - whole.values[$0]) < 1e-12 })
      #expect((leading.vectors - whole.vectors[columns: 0..<k]).norm < 1e-9)
    }
  }

  @Test func `of equal eigenvalues as many are found as are asked for`() {
    let n = 40
    var random = RandomStream(seed: 7, name: "basis")
    let Q = QR(Matrix<Double>.normal(rows: n, columns: n, using: &random)).Q
    let S = Q * Matrix.diagonal((0..<n).map { $0 < 3 ? 5 : 1 / Double($0) }) * Q.T
    let leading = LeadingEigen(0.5 * (S + S.T), count: 3)
    #expect(leading.values.allSatisfy { abs($0 - 5) < 1e-12 })
    #expect((S * leading.vectors - 5 * leading.vectors).norm < 1e-11)
    #expect((leading.vectors.T * leading.vectors - Matrix.identity(3)).norm < 1e-13)
  }

  /// Several blocks are needed.
  @Test(arguments: [-1000, -500, 500, 1000]) func `a power of two changes no bit`(exponent: Int) {
    var random = RandomStream(seed: 9, name: "symmetric")
    let A = Matrix<Double>.normal(rows: 60, columns: 60, using: &random)
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let (usual, scaled) = (LeadingEigen(A + A.T, count: 2), LeadingEigen(scale * (A + A.T), count: 2))
    #expect(scaled.vectors == usual.vectors && scaled.values == usual.values.map { scale * $0 })
  }

  @Test func `the largest and the least numbers have eigenvectors`() {
    let large = LeadingEigen([[1e308, 0], [0, -5e307]], count: 2)
    #expect(abs(large.values[0] / 1e308 - 1) < 1e-14 && abs(large.values[1] / -5e307 - 1) < 1e-14)
    #expect((large.vectors - .identity(2)).norm < 1e-14)
    // 2·10³⁰⁸ is no number.
    let beyond = LeadingEigen([[1e308, 1e308], [1e308, 1e308]], count: 1)
    let entry = Double(0.5).squareRoot()
    #expect(beyond.values == [.infinity] && (beyond.vectors - [[entry], [entry]]).norm < 1e-14)
    let least = Double.leastNonzeroMagnitude
    let small = LeadingEigen([[3 * least, 0], [0, least]], count: 2)
    #expect(small.values == [3 * least, least] && (small.vectors - .identity(2)).norm < 1e-14)
  }
}
