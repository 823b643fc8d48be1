import Testing

@testable import LinearAlgebra

@Suite struct MatrixSumsTests {
  let A: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]

  /// The documented order of a sum, written down a second time: lane by lane, without vectors.
  private func documentedSum<Element: Scalar>(
    _ terms: Int, _ lanes: Int, _ add: (inout Element, Int) -> Void
  ) -> Element {
    var s = [Element](repeating: 0, count: 4 * lanes)
    for i in 0..<terms { add(&s[i % (4 * lanes)], i) }
    // Step by step: Swift 6.2 gives up on the types of longer expressions.
    var total = (0..<lanes).map { (lane: Int) -> Element in
      let (first, second) = (s[lane] + s[lanes + lane], s[2 * lanes + lane] + s[3 * lanes + lane])
      return first + second
    }
    while total.count > 1 {
      let half = total.count / 2
      total = (0..<half).map { (i: Int) -> Element in total[i] + total[half + i] }
    }
    return total[0]
  }

  @Test("sums have the documented order", arguments: [0, 1, 7, 8, 9, 16, 31, 32, 33, 63, 64, 65, 127, 1000])
  func order(count: Int) {
    let x = (0..<count).map { Double(($0 * 7919) % 1009) / 1013 - 0.4 }
    let y = (0..<count).map { Double(($0 * 6007) % 997) / 991 - 0.6 }
    let (X, Y) = (Matrix(rows: 1, columns: count, elements: x), Matrix(rows: count, columns: 1, elements: y))
    #expect(X.sum == documentedSum(count, 8) { $0 += x[$1] })
    #expect(dot(x, y) == documentedSum(count, 8) { $0.addProduct(x[$1], y[$1]) })
    #expect(Y.squaredNorm == documentedSum(count, 8) { $0.addProduct(y[$1], y[$1]) })
    let (f, g) = (x.map { Float($0) }, y.map { Float($0) })
    #expect(dot(f, g) == documentedSum(count, 16) { $0.addProduct(f[$1], g[$1]) })
    #expect(dot(X.T, Y) == dot(x, y))
  }

  @Test("sums and means go over the stated axis")
  func axes() {
    #expect(A.sum == 21 && A.mean == 3.5)
    #expect(A.rowSums == [6, 15] && A.rowMeans == [2, 5])
    #expect(A.columnSums == [5, 7, 9] && A.columnMeans == [2.5, 3.5, 4.5])
    var gradient: [Double] = [1, 1, 1]
    A.addColumnSums(to: &gradient)
    #expect(gradient == [6, 8, 10])
    #expect(([[1, 2], [3, 4]] as Matrix<Double>).trace == 5)
    var norms: [Double] = [7, 7]
    A.squaredNormsOfRows(into: &norms)
    #expect(norms == [14, 77])
    #expect(dot(A, A) == 91 && A.squaredNorm == 91)
  }

  @Test("the norm neither overflows nor underflows")
  func extremeNorms() {
    #expect(([[3, 4]] as Matrix<Double>).norm == 5)
    #expect(norm([3e150, 4e150] as [Double]) == 5e150)
    #expect(abs(norm([3e-160, 4e-160] as [Double]) - 5e-160) <= 5e-160 * .ulpOfOne)
    #expect(norm([3e30, 4e30] as [Float]) == 5e30)
    #expect(norm([.leastNonzeroMagnitude, 0] as [Double]) == .leastNonzeroMagnitude)
    #expect(norm([.greatestFiniteMagnitude] as [Double]) == .greatestFiniteMagnitude)
    #expect(norm([] as [Double]) == 0 && norm([0, -0.0] as [Double]) == 0)
    #expect(norm([1, -.infinity] as [Double]) == .infinity)
    #expect(norm([1, .nan, 1e300] as [Double]).isNaN)
  }

  @Test("small entries count although their squares are subnormal, beside one whose square is not")
  func subnormalSquares() {
    // (3a)² = 9·2⁻¹⁰²², and b² = 1.49·2⁻¹⁰⁷⁴, of which each sum would lose a third.
    let (a, b) = (0x1p-511, 1.49.squareRoot() * 0x1p-537)
    let exact = (9 + 4096 * 1.49 * 0x1p-52).squareRoot() * a
    #expect(abs(norm(Array(repeating: b, count: 4096) + [3 * a]) - exact) <= 2 * exact.ulp)
  }
}
