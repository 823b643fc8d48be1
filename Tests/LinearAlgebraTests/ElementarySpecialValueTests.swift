import Foundation
import LinearAlgebra
import Testing

@Suite("Elementary functions: special values and forms")
struct ElementarySpecialValueTests {
  @Test func `exp overflows and underflows where the format does`() {
    #expect(Double.exp(0) == 1)
    #expect(Double.exp(-0.0) == 1)
    #expect(Double.exp(.infinity) == .infinity)
    #expect(Double.exp(-.infinity) == 0)
    // log of the largest number, and the next Double: mpmath.log(mpf(2)**1024 * (1 - mpf(2)**-54)) = 709.78271289338400
    #expect(Double.exp(709.782712893384) < .infinity)
    #expect(Double.exp(709.7827128933841) == .infinity)
    // Half the least number, 2⁻¹⁰⁷⁵, is exp(−745.13321910194117…).
    #expect(Double.exp(-745.1332191019411) == .leastNonzeroMagnitude)
    #expect(Double.exp(-745.1332191019412) == 0)
    #expect(Float.exp(88.72283) < .infinity)
    #expect(Float.exp(88.722839) == .infinity)
    #expect(Float.exp(-103.97207) == .leastNonzeroMagnitude)
    #expect(Float.exp(-103.97209) == 0)
  }

  @Test func `log is −∞ at zero, NaN below, and exact at 1`() {
    #expect(Double.log(0) == -.infinity)
    #expect(Double.log(-0.0) == -.infinity)
    #expect(Double.log(-1).isNaN)
    #expect(Double.log(-.leastNonzeroMagnitude).isNaN)
    #expect(Double.log(-.infinity).isNaN)
    #expect(Double.log(.infinity) == .infinity)
    #expect(Double.log(1).bitPattern == 0)
    #expect(Float.log(1).bitPattern == 0)
    #expect(Float.log(0) == -.infinity)
    #expect(Float.log(-1).isNaN)
    // mpmath.log(mpf(2)**-1074), mpmath.log((2 - mpf(2)**-52) * mpf(2)**1023), mpmath.log(mpf(2)**-149)
    #expect(Double.log(.leastNonzeroMagnitude) == -744.4400719213812)
    #expect(Double.log(.greatestFiniteMagnitude) == 709.782712893384)
    #expect(Float.log(.leastNonzeroMagnitude) == -103.278929)
  }

  @Test func `tanh saturates at ±1 and keeps tiny arguments and the sign of zero`() {
    #expect(Double.tanh(.infinity) == 1)
    #expect(Double.tanh(-.infinity) == -1)
    #expect(Double.tanh(19.1) == 1)  // 1 − tanh x = 2e⁻²ˣ is below 2⁻⁵⁴ from 19.062 on
    #expect(Double.tanh(19.0) < 1)
    #expect(Float.tanh(9.02) == 1)
    #expect(Float.tanh(9.0) < 1)
    for x in [0.0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-300, 0x1p-30] {
      #expect(Double.tanh(x).bitPattern == x.bitPattern, "x = \(x)")
    }
    #expect(Float.tanh(-0.0).bitPattern == Float(-0.0).bitPattern)
    #expect(Float.tanh(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
  }

  @Test func `sigmoid reaches 1 and 0 without NaN, and is ½ at 0`() {
    #expect(Double.sigmoid(0) == 0.5)
    #expect(Double.sigmoid(-0.0) == 0.5)
    #expect(Double.sigmoid(.infinity) == 1)
    #expect(Double.sigmoid(-.infinity) == 0)
    #expect(Double.sigmoid(37.4) < 1)  // 1 − σ(x) = e⁻ˣ is below 2⁻⁵⁴ from 37.43 on
    #expect(Double.sigmoid(37.5) == 1)
    #expect(Double.sigmoid(-745.13) == .leastNonzeroMagnitude)
    #expect(Double.sigmoid(-746) == 0)
    #expect(Float.sigmoid(.infinity) == 1)
    #expect(Float.sigmoid(-.infinity) == 0)
    #expect(Float.sigmoid(0) == 0.5)
  }

  @Test func `softplus is 0 at −∞, log 2 at 0, and x for large x`() {
    #expect(Double.softplus(-.infinity) == 0)
    #expect(Double.softplus(0) == 0.6931471805599453)
    #expect(Double.softplus(-0.0) == 0.6931471805599453)
    #expect(Double.softplus(.infinity) == .infinity)
    #expect(Double.softplus(.greatestFiniteMagnitude) == .greatestFiniteMagnitude)
    #expect(Double.softplus(40) == 40)
    #expect(Double.softplus(-745.13) == .leastNonzeroMagnitude)
    #expect(Float.softplus(.infinity) == .infinity)
    #expect(Float.softplus(-.infinity) == 0)
    #expect(Float.softplus(0) == 0.6931472)
  }

  @Test func `sin and cos are NaN beyond their largest angle, and sin keeps the sign of zero`() {
    let largest = SIMD8<Double>.largestAngle
    #expect(largest == 1_073_741_824)
    #expect(abs(Double.sin(largest)) <= 1)
    #expect(Double.sin(largest.nextUp).isNaN)
    #expect(Double.cos(-largest.nextUp).isNaN)
    #expect(Double.sin(.infinity).isNaN)
    #expect(Double.cos(-.infinity).isNaN)
    #expect(Double.sin(-0.0).bitPattern == (-0.0).bitPattern)
    #expect(Double.sin(0).bitPattern == 0)
    #expect(Double.cos(0) == 1)
    #expect(Double.sin(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    #expect(SIMD16<Float>.largestAngle == 32768)
    #expect(Float.sin(Float(32768).nextUp).isNaN)
    #expect(Float.cos(0) == 1)
    #expect(Float.sin(-0.0).bitPattern == Float(-0.0).bitPattern)
  }

  @Test(arguments: ElementaryFunction.all)
  func `a NaN gives a NaN`(function: ElementaryFunction) {
    #expect(function.double(.nan).isNaN)
    #expect(function.double(-.nan).isNaN)
    #expect(function.float(.nan).isNaN)
    #expect(function.float(-.nan).isNaN)
  }

  @Test(arguments: ElementaryFunction.all)
  func `a scalar, a lane and an entry of a matrix have the same bits`(function: ElementaryFunction) {
    var stream = RandomStream(seed: 2, name: function.name)
    // 3 × 7 = 21 entries: whole vectors and a rest in both formats.
    let A = Matrix<Double>.uniform(rows: 3, columns: 7, in: 0.001..<9, using: &stream)
    let B = Matrix<Float>.uniform(rows: 3, columns: 7, in: 0.001..<9, using: &stream)
    let doubles: [String: (Matrix<Double>) -> Matrix<Double>] = [
      "exp": exp, "log": log, "tanh": tanh, "sigmoid": sigmoid, "softplus": softplus, "sin": sin, "cos": cos,
    ]
    let floats: [String: (Matrix<Float>) -> Matrix<Float>] = [
      "exp": exp, "log": log, "tanh": tanh, "sigmoid": sigmoid, "softplus": softplus, "sin": sin, "cos": cos,
    ]
    #expect(doubles[function.name]?(A) == A.map(function.double))
    #expect(floats[function.name]?(B) == B.map(function.float))
    var (C, D) = (A, B)
    C.apply(function.doubles)
    D.apply(function.floats)
    #expect(C == A.map(function.double))
    #expect(D == B.map(function.float))
    for i in 0..<2 {
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = A.elements[8 * i + lane] }
      let y = function.doubles(x)
      #expect((0..<8).allSatisfy { y[$0] == function.double(x[$0]) })
    }
  }

  @Test func `matrices without entries and with one are no exception`() {
    #expect(exp(Matrix<Double>(rows: 0, columns: 5)) == Matrix<Double>(rows: 0, columns: 5))
    #expect(exp(Matrix<Float>(rows: 1, columns: 1)) == [[1]])
  }

  @Test func `Foundation's functions of numbers stay within reach beside the matrices'`() {
    let A: Matrix<Double> = [[0, 1]]
    #expect(exp(A)[0, 0] == exp(0.0))
    #expect(tanh(A)[0, 0] == tanh(0.0))
  }

  // FNV-1a over the bit patterns of f(x) for 4,096 arguments: the same on every processor, in debug and release.
  @Test func `every bit of the results is the recorded one`() {
    var stream = RandomStream(seed: 3)
    var hash: [String: UInt64] = [:]
    for function in ElementaryFunction.all {
      var h: UInt64 = 0xcbf2_9ce4_8422_2325
      for _ in 0..<4096 {
        let x = stream.uniform(in: function.interval.lowerBound..<function.interval.upperBound)
        h = (h ^ function.double(x).bitPattern) &* 0x100_0000_01b3
        h = (h ^ UInt64(function.float(Float(x)).bitPattern)) &* 0x100_0000_01b3
      }
      hash[function.name] = h
    }
    #expect(
      hash == [
        "exp": 10_652_591_160_125_803_399, "log": 3_863_750_180_118_173_910, "tanh": 17_337_529_026_315_660_236,
        "sigmoid": 16_743_045_696_892_896_376, "softplus": 186_553_810_803_499_447,
        "sin": 12_449_699_421_816_713_000, "cos": 5_134_447_731_714_470_243,
      ])
  }
}
