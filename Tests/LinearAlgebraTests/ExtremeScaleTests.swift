import LinearAlgebra
import Testing

/// Finite numbers near the ends of the range: what is representable comes out, and NaN is refused with its place.
@Suite struct ExtremeScaleTests {
  /// 7 × 4, of rank 3.
  static let A = randomMatrix(7, 3, seed: 41) * randomMatrix(3, 4, seed: 42)

  /// By powers of two nothing is rounded: results must scale exactly. At 2¹⁰²³ the norm of the matrix overflows.
  @Test(arguments: [-900, -500, 500, 1022])
  func rankAndPseudoInverseFollowTheScale(exponent: Int) {
    let scaled = Self.A.map { $0 * power(exponent) }
    #expect(SVD(scaled).rank() == 3)
    // Subnormal results may be rounded twice.
    let difference = scaled.pseudoInverse() - Self.A.pseudoInverse().map { $0 * power(-exponent) }
    #expect(difference.elements.allSatisfy { abs($0) <= .leastNonzeroMagnitude })
    #expect((SVD(scaled).product.map { $0 * power(-exponent) } - Self.A).norm <= 1e-14 * Self.A.norm)
  }

  @Test func aLargestSingularValueBeyondTheRangeIsInfiniteAndTheRankIsRight() {
    let S = Matrix<Double>(rows: 3, columns: 3, repeating: .greatestFiniteMagnitude)
    let svd = SVD(S)
    #expect(svd.σ[0] == .infinity)
    #expect(svd.rank() == 1)
    // The pseudo-inverse of c·11ᵀ is 11ᵀ/(9c).
    #expect(S.pseudoInverse().elements.allSatisfy { abs($0 * 9 * 0x1p1023 - 0.5) <= 1e-14 })
  }

  @Test func aToleranceIsAbsolute() {
    let D: Matrix<Double> = .diagonal([4, 2, 1])
    #expect(SVD(D).rank(tolerance: 1) == 2)
    #expect(SVD(D).rank(tolerance: 0.99) == 3)
    #expect(D.pseudoInverse(tolerance: 1) == .diagonal([0.25, 0.5, 0]))
    #expect(D.pseudoInverse(tolerance: 2) == .diagonal([0.25, 0, 0]))
  }

  @Test(arguments: [-1040, -1000, 1000])
  func equationsAreSolvedAtAnyScale(exponent: Int) throws {
    // Entries of 2⁻¹⁰⁴⁰ are subnormal: these small integers are exact nevertheless.
    let A: Matrix<Double> = [[0, 2, 1], [1, -2, -3], [-1, 1, 2]]
    let b = [-8, 0, 3].map { $0 * power(exponent) }
    #expect(relativeError(try A.map { $0 * power(exponent) }.solve(b), [-4, -5, 2]) < 1e-14)
    #expect(
      relativeError(
        try QR(A.map { $0 * power(exponent) }).solve(Matrix(rows: 3, columns: 1, elements: b)).elements,
        [-4, -5, 2]) < 1e-14)
    #expect(relativeError(try A.solve(b), [-4, -5, 2].map { $0 * power(exponent) }) < 1e-14)
  }

  @Test func onlyWhatOverflowsInTheSolutionIsInfinite() throws {
    let x = try Matrix<Double>.diagonal([1e-200, 1]).solve([1e200, 1])
    #expect(x == [.infinity, 1])
  }

  @Test(arguments: [-1000, 1000])
  func basesAndAnglesDoNotDependOnTheScale(exponent: Int) {
    let B = randomMatrix(7, 2, seed: 43)
    let scaled = Self.A.map { $0 * power(exponent) }
    #expect(scaled.orthonormalBasis() == Self.A.orthonormalBasis())
    #expect(principalAngles(between: scaled, and: B) == principalAngles(between: Self.A, and: B))
    #expect(QR(scaled).Q == QR(Self.A).Q)
    #expect(QR(scaled).R == QR(Self.A).R.map { $0 * power(exponent) })
  }
}

/// One rule for all factorisations and equations: an entry that is no finite number stops the program, which names it.
@Suite struct FinitenessTests {
  static func message(_ result: ExitTest.Result?) throws -> String {
    String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
  }

  @Test func ofARightHandSide() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix<Double>.identity(2).solve([1, .nan])
    }
    #expect(try Self.message(result).contains("right-hand side whose entry (1, 0) is nan"))
  }

  @Test func ofARightHandSideOfLeastSquares() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try QR(Matrix<Double>(rows: 2, columns: 1, repeating: 1)).solve([.infinity, 1])
    }
    #expect(try Self.message(result).contains("right-hand side whose entry (0, 0) is inf"))
  }

  @Test func ofAMatrixWhoseColumnsSpanASpace() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ([[1, 2], [.nan, 1]] as Matrix<Double>).orthonormalBasis()
    }
    #expect(try Self.message(result).contains("columns of a matrix whose entry (1, 0) is nan"))
  }

  @Test func ofAnEigenproblem() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SymmetricEigen([[1, .nan], [.nan, 1]] as Matrix<Double>)
    }
    #expect(try Self.message(result).contains("nan"))
  }

  @Test func ofAMatrixThatIsNotSymmetric() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SymmetricEigen([[1, 2], [2.001, 1]] as Matrix<Double>)
    }
    #expect(try Self.message(result).contains("symmetric"))
  }
}
