import Testing

@testable import LinearAlgebra

@Suite struct MatrixTests {
  let A: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]

  @Test("entries are stored row by row")
  func storage() {
    #expect(A.rows == 2 && A.columns == 3)
    #expect(A.elements == [1, 2, 3, 4, 5, 6])
    #expect(A[1, 0] == 4)
    #expect(Matrix<Double>(rows: 2, columns: 2) { i, j in Double(10 * i + j) }.elements == [0, 1, 10, 11])
    #expect(Matrix<Double>.identity(2) == [[1, 0], [0, 1]])
    #expect(Matrix<Double>.diagonal([2, 3]) == [[2, 0], [0, 3]])
  }

  @Test("a copy does not change with the original")
  func copies() {
    var B = A
    B[0, 0] = 9
    #expect(A[0, 0] == 1 && B[0, 0] == 9)
    B.withUnsafeMutableElements { $0[5] = -1 }
    #expect(B[1, 2] == -1 && A[1, 2] == 6)
    let sum = B.withUnsafeElements { $0.reduce(0, +) }
    #expect(sum == 22)
  }

  @Test("rows and columns can be taken out")
  func slices() {
    #expect(A.row(1) == [4, 5, 6])
    #expect(A.column(2) == [3, 6])
    #expect(A[rows: 1..<2] == [[4, 5, 6]])
    #expect(A[columns: 1..<3] == [[2, 3], [5, 6]])
    #expect(A[columns: 1..<1] == Matrix(rows: 2, columns: 0))
    #expect(A[rows: 2..<2] == Matrix(rows: 0, columns: 3))
  }

  @Test("the transpose exchanges indices", arguments: [(0, 3), (1, 1), (1, 40), (16, 16), (17, 33), (50, 15)])
  func transpose(rows: Int, columns: Int) {
    let B = Matrix<Float>(rows: rows, columns: columns) { i, j in Float(100 * i + j) }
    #expect(B.T.rows == columns && B.T.columns == rows)
    #expect(B.T == Matrix(rows: columns, columns: rows) { i, j in Float(100 * j + i) })
  }

  @Test("rows are gathered in the order of the indices")
  func gather() {
    let source = Matrix<Float>(rows: 4, columns: 2) { i, j in Float(10 * i + j) }
    var batch = Matrix<Float>(rows: 3, columns: 2)
    batch.gatherRows([3, 0, 3], of: source)
    #expect(batch == [[30, 31], [0, 1], [30, 31]])
    batch.gatherRows([9, 2, 1, 0][1...], of: source)
    #expect(batch == [[20, 21], [10, 11], [0, 1]])
  }

  @Test("small matrices are printed in columns, large ones by shape")
  func description() {
    #expect(([[1, -2.5], [30, 4]] as Matrix<Double>).description == "[  1.0  -2.5 ]\n[ 30.0   4.0 ]")
    #expect(Matrix<Float>(rows: 784, columns: 2).description == "784 × 2 matrix")
    #expect(Matrix<Float>(rows: 0, columns: 2).description == "0 × 2 matrix")
    #expect(Matrix<Float>(rows: 16, columns: 1).description.split(separator: "\n").count == 16)
    #expect(Matrix<Float>(rows: 1, columns: 16).description.count { $0 == "." } == 16)
    #expect(Matrix<Float>(rows: 17, columns: 1).description == "17 × 1 matrix")
    #expect(Matrix<Float>(rows: 1, columns: 17).description == "1 × 17 matrix")
  }

  @Test("arithmetic is entry by entry")
  func arithmetic() {
    let B: Matrix<Double> = [[6, 5, 4], [3, 2, 1]]
    #expect(A + B == Matrix(rows: 2, columns: 3, repeating: 7))
    #expect(A - B == [[-5, -3, -1], [1, 3, 5]])
    let product = A ⊙ B  // named, because #expect does not know the operator
    #expect(product == [[6, 10, 12], [12, 10, 6]])
    #expect(2 * A == [[2, 4, 6], [8, 10, 12]])
    #expect(A / 2 == [[0.5, 1, 1.5], [2, 2.5, 3]])
    #expect(-A == [[-1, -2, -3], [-4, -5, -6]])
    #expect(A.map { $0 * $0 } == [[1, 4, 9], [16, 25, 36]])
  }

  @Test("arithmetic in place equals arithmetic out of place")
  func arithmeticInPlace() {
    let B: Matrix<Double> = [[6, 5, 4], [3, 2, 1]]
    let (sum, product) = (A + B, A ⊙ B)
    var C = A
    C += B
    #expect(C == sum)
    C -= B
    #expect(C == A)
    C ⊙= B
    #expect(C == product)
    C *= 3
    #expect(C == 3 * product)
    C /= 3
    #expect(C == product)
    C.update(from: A)
    C.add(scale: -2, B)
    #expect(C == [[-11, -8, -5], [-2, 1, 4]])
    C.mapInPlace { $0 + 1 }
    #expect(C == [[-10, -7, -4], [-1, 2, 5]])
    C.mapInPlace(with: A) { $0 * 10 + $1 }
    #expect(C == [[-99, -68, -37], [-6, 25, 56]])
    C.update(repeating: 7)
    #expect(C == sum)
    C += C
    #expect(C == 2 * sum)
  }

  @Test("adding a multiple rounds once")
  func multiplyAdd() {
    let ε = Double.ulpOfOne
    var C: Matrix<Double> = [[-1]]
    C.add(scale: 1 + ε, [[1 - ε]])
    #expect(C[0, 0] == -ε * ε)
  }

  @Test("vectors are added to every row or column")
  func addingVectors() {
    var B = A
    B.addToEachRow([10, 20, 30])
    #expect(B == [[11, 22, 33], [14, 25, 36]])
    #expect(B.subtractingFromEachRow([1, 2, 3]) == [[10, 20, 30], [13, 23, 33]])
    B.addToEachColumn([-1, 1])
    #expect(B == [[10, 21, 32], [15, 26, 37]])
  }

  @Test("the mean of numbers is their sum over their count")
  func meanOfNumbers() {
    #expect(mean([1, 2, 6.0]) == 3)
    #expect(mean([0.5, 0.25] as [Float]) == 0.375)
    #expect(mean([Double]()).isNaN)
  }
}
