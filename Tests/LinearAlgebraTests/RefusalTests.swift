import LinearAlgebra
import Testing

/// What each function asks of its arguments: a call that does not fit stops the program with a message that has the values.
@Suite struct RefusalTests {
  private static var A: Matrix<Double> { [[1, 2, 3], [4, 5, 6]] }

  private static let matrices: [(message: String, call: @Sendable () throws -> Void)] = [
    ("cannot be -1 × 2", { _ = Matrix<Double>(rows: -1, columns: 2) }),
    ("2 × 3 matrix has 6 entries, not 5", { _ = Matrix<Double>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5]) }),
    ("rows of 2 and of 1 entries", { _ = [[1, 2], [3]] as Matrix<Double> }),
    ("no entry (0, 3) in a 2 × 3 matrix", { _ = A[0, 3] }),
    (
      "no entry (0, 3) in a 2 × 3 matrix",
      {
        var B = A; B[0, 3] = 1
      }
    ),
    ("no row 2 in a 2 × 3 matrix", { _ = A.row(2) }),
    ("no column 3 in a 2 × 3 matrix", { _ = A.column(3) }),
    ("no rows 1..<3 in a 2 × 3 matrix", { _ = A[rows: 1..<3] }),
    ("no columns 1..<4 in a 2 × 3 matrix", { _ = A[columns: 1..<4] }),
    (
      "no row 2 in a 2 × 3 matrix",
      {
        var B = A; B.gatherRows([0, 2], of: A)
      }
    ),
    (
      "1 rows of a 2 × 3 matrix do not make a 2 × 3 one",
      {
        var B = A; B.gatherRows([0], of: A)
      }
    ),
    ("cannot combine 2 × 3 with 2 × 4", { _ = A + Matrix(rows: 2, columns: 4) }),
    (
      "cannot combine 2 × 3 with 3 × 3",
      {
        var B = A; B += Matrix(rows: 3, columns: 3)
      }
    ),
    (
      "cannot combine 2 × 3 with 3 × 2",
      {
        var B = A; B.update(from: A.T, applying: .exp)
      }
    ),
    (
      "cannot add 4 entries to each row of a 2 × 3 matrix",
      {
        var B = A; B.addToEachRow([1, 2, 3, 4])
      }
    ),
    (
      "cannot add 3 entries to each column of a 2 × 3 matrix",
      {
        var B = A; B.addToEachColumn([1, 2, 3])
      }
    ),
    ("no inner product of 2 and 3 entries", { _ = dot([1, 2], [1, 2, 3.0]) }),
    ("no inner product of 2 × 3 and 3 × 2 matrices", { _ = dot(A, A.T) }),
    ("2 × 3 is not square", { _ = A.trace }),
    (
      "squared norms of 2 rows do not fit into 3",
      {
        var n = [0, 0, 0.0]; A.squaredNormsOfRows(into: &n)
      }
    ),
    (
      "column sums of a 2 × 3 matrix do not fit into 4",
      {
        var s = [0, 0, 0, 0.0]; A.addColumnSums(to: &s)
      }
    ),
    (
      "does not fit into 2 × 2",
      {
        var C = Matrix<Double>(rows: 2, columns: 2); multiply(A, A.T * A, into: &C)
      }
    ),
  ]

  private static let decompositions: [(message: String, call: @Sendable () throws -> Void)] = [
    ("no QR factorisation of a matrix whose entry (0, 1) is nan", { _ = QR([[1, .nan], [2, 3]] as Matrix<Double>) }),
    // The entries of a row are looked at eight at a time, and those left one by one.
    ("no SVD of a matrix whose entry (1, 2) is nan", { _ = SVD(row(1, of: 9, with: .nan, at: 2)) }),
    ("no SVD of a matrix whose entry (1, 8) is -inf", { _ = SVD(row(1, of: 9, with: -.infinity, at: 8)) }),
    ("no SVD of a matrix whose entry (1, 1) is nan", { _ = SVD(row(1, of: 2, with: .nan, at: 1)) }),
    (
      "no principal components of examples whose entry (1, 2) is nan",
      { _ = PrincipalComponents(of: row(1, of: 3, with: .nan, at: 2), count: 1) }
    ),
    (
      "no principal components of examples whose sums overflow",
      { _ = PrincipalComponents(of: Matrix<Double>(rows: 3, columns: 1, repeating: 1.7e308), count: 1) }
    ),
    ("cannot keep 3 of 2 singular values", { _ = SVD(A).truncated(to: 3) }),
    ("2 × 3 is not square", { _ = SymmetricEigen(A) }),
    ("not symmetric: entry (1, 0) is 1.000001, but (0, 1) is 1.0", { _ = SymmetricEigen(nearlySymmetric(1e-6)) }),
    ("no inverse: 2 × 3 is not square", { _ = try A.inverse() }),
    ("2 equations in 3 unknowns", { _ = try A.solve([1, 2]) }),
    ("a right-hand side of 3 rows for 2 equations", { _ = try Matrix<Double>.identity(2).solve([1, 2, 3]) }),
    ("3 unknowns are not determined by 2 equations", { _ = try QR(A).solve([1, 2]) }),
    ("a right-hand side of 2 rows for 3 equations", { _ = try QR(A.T).solve([1, 2]) }),
    ("columns of a 2 × 3 and of a 3 × 2 matrix", { _ = principalAngles(between: A, and: A.T) }),
    ("no angle of the point (1.0, inf)", { _ = arcTangent(.infinity, 1) }),
  ]

  private static let numbers: [(message: String, call: @Sendable () throws -> Void)] = [
    ("no integer from 0 below 0", { _ = stream { $0.integer(below: 0) } }),
    ("no permutation of -1 elements", { _ = stream { $0.permutation(-1) } }),
    (
      "standard deviation cannot be -1.0",
      {
        stream {
          var B = A; $0.fillNormal(&B, standardDeviation: -1)
        }
      }
    ),
    (
      "standard deviation cannot be -1.0",
      {
        stream {
          var B = A; $0.addNormal(to: &B, standardDeviation: -1)
        }
      }
    ),
    ("cannot draw uniformly from -1e+308..<1e+308", { _ = stream { $0.uniform(in: -1e308..<1e308) } }),
    (
      "cannot draw uniformly from 1.0..<1.0",
      {
        stream {
          var B = A; $0.fillUniform(&B, in: 1..<1)
        }
      }
    ),
    ("at least 1 thread, not 0", { Parallelism.threads = 0 }),
  ]

  @Test(arguments: matrices.indices)
  func ofMatrices(index: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      try Self.matrices[index].call()
    }
    #expect(try FinitenessTests.message(result).contains(Self.matrices[index].message))
  }

  @Test(arguments: decompositions.indices)
  func ofDecompositions(index: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      try Self.decompositions[index].call()
    }
    #expect(try FinitenessTests.message(result).contains(Self.decompositions[index].message))
  }

  @Test(arguments: numbers.indices)
  func ofNumbers(index: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      try Self.numbers[index].call()
    }
    #expect(try FinitenessTests.message(result).contains(Self.numbers[index].message))
  }

  @Test func aDepartureFromSymmetryBelowTheRootOfAnUlpIsAccepted() {
    #expect(relativeError(SymmetricEigen(Self.nearlySymmetric(1e-8) + .identity(2)).values, [3, 1]) <= 2e-8)
  }

  private static func nearlySymmetric(_ departure: Double) -> Matrix<Double> { [[1, 1], [1 + departure, 1]] }

  /// Two rows of ones, but for one entry.
  private static func row(_ i: Int, of columns: Int, with entry: Double, at j: Int) -> Matrix<Double> {
    var B = Matrix<Double>(rows: 2, columns: columns, repeating: 1)
    B[i, j] = entry
    return B
  }

  private static func stream<Result>(_ use: (inout RandomStream) -> Result) -> Result {
    var stream = RandomStream(seed: 1)
    return use(&stream)
  }
}
