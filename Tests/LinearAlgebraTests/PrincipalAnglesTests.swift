import LinearAlgebra
import Testing

@Suite struct PrincipalAnglesTests {
  /// Two spaces of integer vectors, of dimensions 3 and 2.
  static let A = Matrix<Double>(rows: 6, columns: 3) { i, j in Double((3 * i + j * j + i * j) % 7 - 3) }
  static let B = Matrix<Double>(rows: 6, columns: 2) { i, j in Double((2 * i * i + 5 * j + 1) % 9 - 4) }
  /// Two columns of A, changed in the tenth digit.
  static let nearA = Matrix<Double>(rows: 6, columns: 2) { i, j in
    A[i, j] + power(-33) * Double((i + 2 * j) * (i + 3) % 5 - 2)
  }

  @Test("a line at 45 degrees to a plane")
  func lineAndPlane() {
    let plane: Matrix<Double> = [[1, 0], [0, 1], [0, 0]]
    let line: Matrix<Double> = [[1], [0], [1]]
    #expect(relativeError(principalAngles(between: plane, and: line), [.pi / 4]) < 4e-16)
    #expect(relativeError(principalAngles(between: line, and: plane), [.pi / 4]) < 4e-16)
  }

  @Test("angles of 1e-10 are accurate, in a plane")
  func smallAngleInPlane() {
    let x: Matrix<Double> = [[1], [0]]
    for tangent in [1e-4, 1e-8, 1e-10, 1e-16, 1e-100] {
      // The arc tangent of t is t − t³/3 + …
      let exact = tangent - tangent * tangent * tangent / 3
      #expect(relativeError(principalAngles(between: x, and: [[1], [tangent]]), [exact]) < 1e-15)
    }
  }

  // mpmath at 150 digits: QR of both, then acos of the singular values of PᵀQ.

  @Test("angles between two spaces of integer vectors agree with mpmath")
  func generalPosition() {
    let angles = principalAngles(between: Self.A, and: Self.B)
    #expect(relativeError(angles, [0.61104773094506548336, 1.4802448978096871727]) < 2e-15)
    #expect(relativeError(principalAngles(between: Self.B, and: Self.A), angles) < 2e-15)
  }

  @Test("angles of 3e-11 between planes in general position have an absolute error of rounding size")
  func smallAngles() {
    let twoColumns = principalAngles(between: Self.A[columns: 0..<2], and: Self.nearA)
    #expect(relativeError(twoColumns, [2.9195759654679077046e-11, 7.476981273420659418e-11]) < 3e-5)
    let inSpace = principalAngles(between: Self.A, and: Self.nearA)
    #expect(relativeError(inSpace, [2.7859178853644582728e-11, 7.1728863113886338828e-11]) < 3e-5)
  }

  @Test("the angles depend on the spaces only: not on scale, basis or redundant columns")
  func invariance() {
    let angles = principalAngles(between: Self.A, and: Self.B)
    let scaled = Matrix(rows: 6, columns: 3) { i, j in Self.A[i, j] * power([0, -900, 800][j]) }
    #expect(relativeError(principalAngles(between: scaled, and: Self.B), angles) < 2e-15)
    let redundant = Matrix(rows: 6, columns: 5) { i, j in j < 3 ? Self.A[i, j] : Self.A[i, 0] - Self.A[i, j - 2] }
    #expect(relativeError(principalAngles(between: redundant, and: Self.B), angles) < 4e-15)
  }

  @Test("equal spaces are at angle 0, orthogonal ones at π/2, and the empty space at none")
  func extremes() {
    let Q = QR(randomMatrix(30, 12, seed: 30)).Q
    let same = principalAngles(between: Q[columns: 0..<5], and: Q[columns: 0..<5] * randomMatrix(5, 5, seed: 31))
    #expect(same.count == 5 && same.allSatisfy { $0 >= 0 && $0 < 1e-13 })
    let orthogonal = principalAngles(between: Q[columns: 0..<5], and: Q[columns: 5..<12])
    #expect(orthogonal.count == 5 && orthogonal.allSatisfy { abs($0 - .pi / 2) < 1e-14 })
    #expect(principalAngles(between: Q, and: Matrix(rows: 30, columns: 4)).isEmpty)
    let mixed = principalAngles(between: Q[columns: 0..<5], and: Q[columns: 3..<8])
    #expect(zip(mixed, [0, 0, .pi / 2, .pi / 2, .pi / 2]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("Float finds the same angles to the accuracy of Float")
  func singlePrecision() {
    let A = Matrix<Float>(rows: 6, columns: 3) { i, j in Float(Self.A[i, j]) }
    let B = Matrix<Float>(rows: 6, columns: 2) { i, j in Float(Self.B[i, j]) }
    let angles = principalAngles(between: A, and: B).map { Double($0) }
    #expect(relativeError(angles, [0.61104773094506548336, 1.4802448978096871727]) < 1e-6)
  }

  @Test("the orthonormal basis spans the columns")
  func basis() {
    let Q = Self.A.orthonormalBasis()
    #expect(Q.columns == 3)
    #expect(departureFromOrthonormality(Q) < 1e-15 * 4)
    #expect((Self.A - Q * (Q.T * Self.A)).norm < 1e-14 * Self.A.norm)
  }
}

@Suite struct ArcTangentTests {
  /// mpmath at 150 digits: y, x, atan2(y, x) rounded to a double, and the rest of it.
  static let points: [(y: Double, x: Double, high: Double, low: Double)] = [
    (1.0, 1.0, 0.7853981633974483, 3.061616997868383e-17),
    (1.0, 0.0, 1.5707963267948966, 6.123233995736766e-17),
    (-1.0, 0.0, -1.5707963267948966, -6.123233995736766e-17),
    (1e-10, 1.0, 1e-10, -3.3333333333333338e-31),
    (0.0625, 1.0, 0.06241880999595735, -1.5490756308295046e-18),
    (0.06250001, 1.0, 0.06241881995704683, 1.3334701070445784e-19),
    (0.3, -0.7, 2.7367008673047097, 6.667662545167815e-17),
    (-0.7, 0.3, -1.1659045405098132, -5.444285494310485e-18),
    (-3.5, -1.25, -1.9138202672156, -7.010703764914096e-17),
    (1.0, 1e-17, 1.5707963267948966, 5.123233995736766e-17),
    (2.5, -1e-09, 1.5707963271948966, 2.8136191582622814e-17),
    (1e300, 3e-05, 1.5707963267948966, 6.123233995736766e-17),
    (0x1.fap-1064, 2.0, 0x1.fap-1065, 0.0),
    (1.7e308, -1.1e308, 2.1451011569695986, -1.9013414267291344e-16),
    (0x1p-1074, 0x1p-1074, 0.7853981633974483, 3.061616997868383e-17),
    (0.9375, 1.0, 0.7531512809621944, -2.4256934659182068e-17),
    (0.9999999, 1.0, 0.7853981133974458, 2.861789468373208e-17),
    (1e-200, 1e-199, 0.09966865249116202, 3.19111388420842e-18),
    (-0.7312715117751976, 0.6948674738744653, -0.810918911727619, -5.389412601886255e-17),
    (0.5275492379532281, -0.4898619485211566, 2.3191690802473492, -5.1763538617254024e-17),
    (-0.009129825816118098, -0.10101787042252375, -3.051459207960447, -1.7695622133140385e-16),
    (0.3031859454455259, 0.5774467022710263, 0.4834828772934771, 1.434958451021765e-17),
    (-0.8122808264515302, -0.9433050469559874, -2.430689142854885, 9.26492573033282e-17),
    (0.6715302078397394, -0.13446586418989326, 1.768420720076729, -7.688421951645542e-17),
    (0.524560164915884, -0.9957878932977786, 2.65675205156589, 1.1892273431034838e-17),
    (-0.10922561189039715, 0.44308006468156513, -0.2416954081083801, -9.939130881298352e-18),
    (-0.5424755574590947, 0.8905413911078446, -0.5471221496154479, 3.6230008567421204e-17),
    (0.8028549152229671, -0.9388200339328929, 2.4341022089657915, -1.287377956697085e-16),
    (-0.9491082780130784, 0.08282494558699316, -1.4837507751539383, 9.460589308701769e-17),
    (0.8782983255570211, -0.23759152462357513, 1.8349866774946155, -8.209080114906218e-17),
  ]

  @Test("the arc tangent is within 0.51 ulp of mpmath's, in every quadrant", arguments: points)
  func accuracy(y: Double, x: Double, high: Double, low: Double) {
    let error = (arcTangent(y, x) - high) - low
    #expect(abs(error) <= 0.51 * high.ulp)
    let mirrored = arcTangent(-y, x) + high
    #expect(abs(mirrored + low) <= 0.51 * high.ulp)
  }

  @Test("axes and signed zeros follow the convention of atan2")
  func axes() {
    #expect(arcTangent(0, 0) == 0)
    #expect(arcTangent(0, -0.0) == 0x1.921fb54442d18p+1)
    #expect(arcTangent(-0.0, -0.0) == -0x1.921fb54442d18p+1)
    #expect(arcTangent(0, 3) == 0)
    #expect(arcTangent(0, -3) == 0x1.921fb54442d18p+1)
    #expect(arcTangent(-0.0, -3) == -0x1.921fb54442d18p+1)
    #expect(arcTangent(-0.0, 3).sign == .minus)
    #expect(arcTangent(2, 0) == 0x1.921fb54442d18p+0)
    #expect(arcTangent(-2, 0) == -0x1.921fb54442d18p+0)
  }
}
