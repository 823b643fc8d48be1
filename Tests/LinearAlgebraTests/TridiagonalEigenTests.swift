import Testing

@testable import LinearAlgebra

/// Divide and conquer at orders around those where blocks are split, on matrices whose eigenvalues are known.
@Suite struct TridiagonalEigenTests {
  private static let orders = [1, 2, 63, 64, 65, 72, 73, 127, 128, 129, 130, 200, 257, 333]

  /// Checks T = ZΛZᵀ with an orthonormal Z, and the eigenvalues where they are known.
  ///
  /// Z is as orthogonal as LAPACK's: for the first two matrices, that of `scipy.linalg.eigh_tridiagonal` with the driver
  /// `stevd` (SciPy 1.17) departs by 0.73 nε at n = 64, by 0.54 to 0.58 nε from 200 to 333.
  private func expectDecomposed(_ diagonal: [Double], _ offDiagonal: [Double], values: [Double]? = nil) {
    let n = diagonal.count
    guard let eigen = TridiagonalEigen(diagonal, offDiagonal) else {
      Issue.record("no convergence at n = \(n)")
      return
    }
    let (λ, all) = (eigen.values, Array(0..<n))
    let Z = eigen.vectors.matrix(order: all, signs: all.map { _ in 1 }, rowOrder: all)
    let T = Matrix<Double>(rows: n, columns: n) { i, j in
      i == j ? diagonal[i] : abs(i - j) == 1 ? offDiagonal[min(i, j)] : 0
    }
    let largest = (diagonal + offDiagonal).map(abs).max() ?? 0
    let unit = Double(n).squareRoot() * .ulpOfOne
    let residual = T * Z - Matrix(rows: n, columns: n) { i, j in Z[i, j] * λ[j] }
    #expect(residual.norm <= 4 * unit * T.norm, "n = \(n)")
    #expect(departureFromOrthonormality(Z) <= max(8 * unit, Double(n) * .ulpOfOne), "n = \(n)")
    if let values {
      let differences = zip(λ.sorted(), values.sorted()).map { abs($0 - $1) }
      #expect(differences.allSatisfy { $0 <= 8 * unit * largest }, "n = \(n)")
    }
  }

  @Test("second differences, whose eigenvalues are 2 ∓ 2cos kπ/(n + 1)", arguments: orders)
  func secondDifferences(n: Int) {
    let values = (1...n).map { 2 - 2 * Double.cos(Double($0) * .pi / Double(n + 1)) }
    for sign in [-1, 1] as [Double] {
      expectDecomposed(
        Array(repeating: 2, count: n), Array(repeating: sign, count: n - 1), values: values)
    }
  }

  @Test("the matrix of Clement, whose eigenvalues are −n + 1, −n + 3, …, n − 1", arguments: orders)
  func clement(n: Int) {
    let beside = (1..<max(n, 1)).map { Double($0 * (n - $0)).squareRoot() }
    expectDecomposed(
      Array(repeating: 0, count: n), beside, values: (0..<n).map { Double(2 * $0 - n + 1) })
  }

  @Test("random entries of either sign", arguments: orders)
  func random(n: Int) {
    var generator = SplitMix64(state: UInt64(n))
    expectDecomposed((0..<n).map { _ in generator.entry() }, (1..<max(n, 1)).map { _ in generator.entry() })
  }

  @Test("entries beside the diagonal that are zero, at one place or at all", arguments: [65, 130, 257])
  func splitMatrices(n: Int) {
    let diagonal = (0..<n).map { Double(($0 * 7) % 5) }
    expectDecomposed(diagonal, Array(repeating: 0, count: n - 1), values: diagonal)
    for gap in [0, n / 2 - 1, n / 2, (n / 2 + 7) / 8 * 8 - 1, (n / 2 + 7) / 8 * 8, n - 2] {
      expectDecomposed(diagonal, (0..<n - 1).map { $0 == gap ? 0 : 1 })
    }
    expectDecomposed(Array(repeating: 0, count: n), Array(repeating: 0, count: n - 1))
  }

  @Test("eigenvalues that agree to all digits in groups: glued Wilkinson matrices", arguments: [0, 1e-14, 1e-8, 1e-3])
  func gluedWilkinson(glue: Double) {
    expectDecomposed(
      (0..<210).map { Double(abs($0 % 21 - 10)) }, (1..<210).map { $0 % 21 == 0 ? glue : 1 })
  }

  @Test("entries graded over many orders of magnitude, downwards and upwards", arguments: [-1, 1])
  func graded(direction: Int) {
    let n = 150
    let sizes = (0..<n).map { power(direction * $0) }
    expectDecomposed(sizes, (1..<n).map { (sizes[$0] * sizes[$0 - 1]).squareRoot() / 3 })
  }

  @Test("the size of the numbers changes only their exponents", arguments: [-100, 100])
  func scaled(exponent: Int) {
    let n = 130
    var generator = SplitMix64(state: 3)
    let diagonal = (0..<n).map { _ in generator.entry() }
    let offDiagonal = (1..<n).map { _ in generator.entry() }
    let unit = power(exponent)
    expectDecomposed(diagonal.map { $0 * unit }, offDiagonal.map { $0 * unit })
    let (reference, scaled) = (
      TridiagonalEigen(diagonal, offDiagonal)?.values,
      TridiagonalEigen(diagonal.map { $0 * unit }, offDiagonal.map { $0 * unit })?.values
    )
    #expect(scaled == reference?.map { $0 * unit })
  }
}
