import LinearAlgebra
import Testing

/// Gram matrices of images have many eigenvalues that are nothing but rounding noise.
@Suite struct SymmetricEigenClusterTests {
  @Test(arguments: [(784, 300), (400, 30), (200, 1)])
  func aClusterOfRoundingNoiseIsIsolated(n: Int, rank: Int) {
    var random = RandomStream(seed: UInt64(n), name: "cluster")
    // Graded factors: the noise of the large ones is of the size of the small ones.
    let B = Matrix<Double>.normal(rows: rank, columns: n, using: &random)
    let graded = Matrix(rows: rank, columns: n) { i, j in B[i, j] / Double(1 << min(i / 10, 40)) }
    let G = graded.T * graded
    let eigen = SymmetricEigen(G)
    #expect((eigen.product - G).norm <= 1e-13 * G.norm)
    #expect((eigen.vectors.T * eigen.vectors - .identity(n)).norm <= 8 * Double(n).squareRoot() * .ulpOfOne)
    #expect(eigen.values[rank...].allSatisfy { abs($0) <= 1e-13 * eigen.values[0] })
  }
}
