import LinearAlgebra
import Testing

/// Orders around 64, up to which QL iteration decomposes matrices, and above, on matrices that are known in closed form.
@Suite struct SymmetricEigenLargeTests {
  /// S = (min(i, j)), i, j = 1 … n, the inverse of a second difference: λₖ = 1 / (2 sin θₖ/2)², and entry j of the vector is in
  /// proportion to sin jθₖ, with θₖ = (2k − 1)π / (2n + 1).
  private static func minima<Element: Scalar>(_ n: Int) -> Matrix<Element> {
    Matrix(rows: n, columns: n) { i, j in Element(min(i, j) + 1) }
  }

  private static func angle(_ k: Int, _ n: Int) -> Double { Double(2 * k - 1) * .pi / Double(2 * n + 1) }

  private static func values(_ n: Int) -> [Double] {
    (1...n).map { k in
      let sine = 2 * Double.sin(angle(k, n) / 2)
      return 1 / (sine * sine)
    }
  }

  /// The leading vectors, with the norm 1 and signs by the rule.
  private static func vectors(_ n: Int, count: Int) -> Matrix<Double> {
    let sines = Matrix<Double>(rows: n, columns: count) { j, k in .sin(Double(j + 1) * angle(k + 1, n)) }
    let unsigned = sines / (Double(2 * n + 1) / 4).squareRoot()
    return Matrix(rows: n, columns: count) { j, k in
      let column = unsigned.column(k)
      let largest = column.map(abs).max() ?? 0
      return unsigned[j, k] * ((column.first { abs($0) >= largest * (1 - 1e-6) } ?? 1) < 0 ? -1 : 1)
    }
  }

  @Test("values and vectors of (min(i, j))", arguments: [64, 65, 66, 72, 127, 128, 129, 200, 400])
  func closedForm(n: Int) {
    let eigen = SymmetricEigen(Self.minima(n) as Matrix<Double>)
    let exact = Self.values(n)
    let unit = Double(n).squareRoot() * .ulpOfOne
    #expect(zip(eigen.values, exact).allSatisfy { abs($0 - $1) <= unit * exact[0] })
    // Over the gap, at least 0.02 λ₁ for the first four.
    #expect((eigen.vectors[columns: 0..<4] - Self.vectors(n, count: 4)).norm <= 50 * unit)
    #expect(departureFromOrthonormality(eigen.vectors) <= (n > 64 ? 4 : 8) * unit)
  }

  @Test("beyond order 64, Float has the digits of Double, rounded", arguments: [65, 130])
  func singlePrecision(n: Int) {
    let eigen = SymmetricEigen(Self.minima(n) as Matrix<Float>)
    let (values, vectors) = (Self.values(n), Self.vectors(n, count: 4))
    let roundingError = Double(Float.ulpOfOne) / 2 * 1.001
    #expect(zip(eigen.values, values).allSatisfy { abs(Double($0) - $1) <= roundingError * $1 + 1e-13 * values[0] })
    for j in 0..<n {
      for k in 0..<4 {
        #expect(abs(Double(eigen.vectors[j, k]) - vectors[j, k]) <= roundingError * abs(vectors[j, k]) + 1e-12)
      }
    }
  }

  @Test(
    "a diagonal matrix has unit vectors, those of equal entries in the order of their rows",
    arguments: [5, 64, 65, 150])
  func equalValues(n: Int) {
    let entries = (0..<n).map { Double(($0 * 7) % 5) - 2 }
    let order = (0..<n).sorted { (entries[$0], $1) > (entries[$1], $0) }
    let eigen = SymmetricEigen(Matrix.diagonal(entries))
    #expect(eigen.values == order.map { entries[$0] })
    #expect(eigen.vectors == Matrix(rows: n, columns: n) { i, j in i == order[j] ? 1 : 0 })
    #expect(SymmetricEigen(Matrix<Double>(rows: n, columns: n)).vectors == .identity(n))
  }

  @Test("the vectors of an eigenvalue of many copies span its space")
  func repeatedValues() {
    // 3I + 2PPᵀ with orthonormal P: entry i of column k is that of a discrete cosine transform.
    let (n, rank) = (96, 40)
    let P = Matrix<Double>(rows: n, columns: rank) { i, k in
      .cos(Double((2 * i + 1) * (k + 1)) * .pi / Double(2 * n)) * (2 / Double(n)).squareRoot()
    }
    let S = 3 * Matrix<Double>.identity(n) + 2 * (P * P.T)
    let eigen = SymmetricEigen(S)
    let exact = Array(repeating: 5.0, count: rank) + Array(repeating: 3, count: n - rank)
    #expect(zip(eigen.values, exact).allSatisfy { abs($0 - $1) <= 2e-14 })
    let Q = eigen.vectors[columns: 0..<rank]
    #expect((Q * Q.T - P * P.T).norm <= 1e-13)
    #expect(obeysRuleOfSigns(eigen.vectors))
    #expect(SymmetricEigen(S).vectors == eigen.vectors)
  }

  @Test("only the lower triangle is used, whatever its size", arguments: [-1000, 0, 1000])
  func lowerTriangle(exponent: Int) {
    let S = SymmetricEigenTests.randomSymmetric(70, seed: 52)
    let perturbed = Matrix(rows: 70, columns: 70) { i, j in S[i, j] * power(exponent) * (i < j ? 1 + 1e-12 : 1) }
    let (eigen, other) = (SymmetricEigen(S), SymmetricEigen(perturbed))
    #expect(other.vectors == eigen.vectors)
    #expect(other.values == eigen.values.map { $0 * power(exponent) })
  }
}
