import Foundation
import LinearAlgebra
import Testing

/// One elementary function in all its forms.
struct ElementaryFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let double: @Sendable (Double) -> Double
  let doubles: @Sendable (SIMD8<Double>) -> SIMD8<Double>
  let float: @Sendable (Float) -> Float
  let floats: @Sendable (SIMD16<Float>) -> SIMD16<Float>
  /// By Foundation, that is libm.
  let reference: @Sendable (Double) -> Double
  /// The reference's own error, in ulp.
  let referenceError: Double
  /// The arguments of interest: beyond them the result is constant, 0 or infinite, or undefined.
  let interval: ClosedRange<Double>

  var testDescription: String { name }

  static let all = [
    ElementaryFunction(
      name: "exp", double: { Double.exp($0) }, doubles: { SIMD8.exp($0) }, float: { Float.exp($0) },
      floats: { SIMD16.exp($0) }, reference: { Foundation.exp($0) }, referenceError: 1, interval: -700...700),
    ElementaryFunction(
      name: "log", double: { Double.log($0) }, doubles: { SIMD8.log($0) }, float: { Float.log($0) },
      floats: { SIMD16.log($0) }, reference: { Foundation.log($0) }, referenceError: 1, interval: 1e-6...20),
    ElementaryFunction(
      name: "tanh", double: { Double.tanh($0) }, doubles: { SIMD8.tanh($0) }, float: { Float.tanh($0) },
      floats: { SIMD16.tanh($0) }, reference: { Foundation.tanh($0) }, referenceError: 2.5, interval: -20...20),
    ElementaryFunction(
      name: "sigmoid", double: { Double.sigmoid($0) }, doubles: { SIMD8.sigmoid($0) }, float: { Float.sigmoid($0) },
      floats: { SIMD16.sigmoid($0) }, reference: sigmoidByLibm, referenceError: 2.5,
      interval: -40...40),
    ElementaryFunction(
      name: "softplus", double: { Double.softplus($0) }, doubles: { SIMD8.softplus($0) },
      float: { Float.softplus($0) }, floats: { SIMD16.softplus($0) },
      reference: softplusByLibm, referenceError: 2.5, interval: -40...40),
    ElementaryFunction(
      name: "sin", double: { Double.sin($0) }, doubles: { SIMD8.sin($0) }, float: { Float.sin($0) },
      floats: { SIMD16.sin($0) }, reference: { Foundation.sin($0) }, referenceError: 1, interval: -3e4...3e4),
    ElementaryFunction(
      name: "cos", double: { Double.cos($0) }, doubles: { SIMD8.cos($0) }, float: { Float.cos($0) },
      floats: { SIMD16.cos($0) }, reference: { Foundation.cos($0) }, referenceError: 1, interval: -3e4...3e4),
  ]
}

private func sigmoidByLibm(_ x: Double) -> Double {
  let t = Foundation.exp(-abs(x))
  return x < 0 ? t / (1 + t) : 1 / (1 + t)
}

private func softplusByLibm(_ x: Double) -> Double { max(x, 0) + Foundation.log1p(Foundation.exp(-abs(x))) }

/// The worst error seen, and where.
private struct WorstError: CustomStringConvertible {
  var ulps = 0.0
  var x = 0.0

  mutating func note(_ ulps: Double, at x: Double) {
    if !(ulps <= self.ulps) { (self.ulps, self.x) = (ulps, x) }
  }

  var description: String { "\(ulps) ulp at \(x)" }
}

@Suite("Elementary functions: accuracy")
struct ElementaryAccuracyTests {
  /// The bound that the documentation states, in ulp.
  static let bound = 0.85

  // Argument, then the exact value as the sum of two doubles, by mpmath:
  //   mp.dps = 400; v = mp.exp(mpf(x)); high = float(v); low = float(v - mpf(high))
  // with tanh(x), 1/(1 + exp(-x)), log1p(exp(x)) etc. in the place of exp. The last three angles are those doubles below
  // 2**30 that come closest to a multiple of pi/2, from the continued fractions of 2**j * pi/2.
  static let exact: [String: [(x: Double, high: Double, low: Double)]] = [
    "exp": [
      (1.0, 2.718281828459045, 1.4456468917292502e-16),
      (-1.0, 0.36787944117144233, -1.2428753672788363e-17),
      (0.5, 1.6487212707001282, -4.731568479435833e-17),
      (1e-09, 1.000000001, -8.224037093664211e-17),
      (-0.3465, 0.7071588192872713, 2.7398169635918757e-17),
      (0.3467, 1.414392344013204, -3.186554358254012e-17),
      (10.25, 28282.541920334977, 1.6137346351068288e-12),
      (-20.125, 1.8189616875530459e-09, 3.508617072894393e-26),
      (100.0, 2.6881171418161356e+43, -1.6101271449201627e+27),
      (-300.5, 3.1225412772322846e-131, 2.3777947889417906e-147),
      (709.75, 1.7398368732641605e+308, 4.077104310933529e+291),
      (-708.25, 2.5759248692837695e-308, 0.0),
    ],
    "log": [
      (2.0, 0.6931471805599453, 2.3190468138462996e-17),
      (0.5, -0.6931471805599453, -2.3190468138462996e-17),
      (10.0, 2.302585092994046, -2.1707562233822494e-16),
      (0.9999999, -1.0000000494736474e-07, -5.529865283193222e-24),
      (1.0000001, 9.999999505838704e-08, 1.5249709528441489e-24),
      (1.4142135, 0.3465735461755332, 8.968498764708435e-18),
      (1.4142136, 0.346573616886212, -2.4694329069429484e-17),
      (0.7071067, -0.3465737050950959, 1.5444022390489187e-17),
      (0x1p-1060, -734.7360113935421, 4.33637528802888e-14),
      (1e+300, 690.7755278982137, 2.3747660028800243e-14),
      (0.1, -2.3025850929940455, -1.7150243628057985e-16),
      (123456.789, 11.723646487185881, -4.1025541885795297e-16),
    ],
    "tanh": [
      (1e-09, 1e-09, -3.3333333333333338e-28),
      (0.01, 0.00999966667999946, 2.249494707259477e-19),
      (0.17328, 0.1715662801363796, -7.5867968640753e-18),
      (0.1734, 0.17168274553941867, -1.3007883670734649e-17),
      (0.25, 0.24491866240370913, -1.6036228849882693e-18),
      (0.5, 0.46211715726000974, 2.1916603238260928e-17),
      (-0.549306, -0.49999989174945103, 6.541049867109258e-18),
      (1.0, 0.7615941559557649, 3.7090214482164924e-17),
      (2.0, 0.9640275800758169, -1.9413550547557176e-17),
      (5.5, 0.9999665971563038, 4.933089545428797e-17),
      (-9.0, -0.999999969540041, 2.5991562562660026e-17),
      (18.9, 0.9999999999999999, 3.4339393453745474e-17),
    ],
    "sigmoid": [
      (1e-09, 0.50000000025, -2.068509273422303e-17),
      (0.5, 0.6224593312018546, -2.855738705812305e-17),
      (-0.5, 0.37754066879814546, -2.695376417313478e-17),
      (1.0, 0.7310585786300049, -1.679727399649845e-17),
      (-1.0, 0.2689414213699951, 1.679727399649845e-17),
      (3.7, 0.9758729785823308, 6.175739348317058e-18),
      (-3.7, 0.024127021417669196, 7.631545555901705e-19),
      (20.0, 0.9999999979388464, -3.704475624817485e-17),
      (-20.0, 2.0611536181902037e-09, -1.573719952885692e-25),
      (36.5, 0.9999999999999999, -2.9663868782099e-17),
      (-300.0, 5.148200222412013e-131, 2.962376373372979e-147),
      (-708.0, 3.307553003638408e-308, 0.0),
    ],
    "softplus": [
      (1e-09, 0.6931471810599453, -1.8054717329941393e-17),
      (0.5, 0.9740769841801067, -5.522109052790765e-18),
      (-0.5, 0.4740769841801067, -5.522109052790765e-18),
      (0.88, 1.2269761000189525, -1.0393956375338247e-16),
      (-0.88, 0.3469761000189524, 7.082738709133182e-18),
      (-0.89, 0.3440546691512107, -1.542116045769402e-17),
      (3.7, 3.724422845933779, 1.8581236576650498e-16),
      (-3.7, 0.024422845933779157, -1.5377696389901916e-18),
      (20.0, 20.000000002061153, 5.942804456825612e-16),
      (-20.0, 2.061153620314381e-09, -1.0113320447997458e-25),
      (35.0, 35.0, 6.305116760146987e-16),
      (-700.0, 9.85967654375977e-305, 0.0),
    ],
    "sin": [
      (0.5, 0.479425538604203, -5.103969860556013e-18),
      (0.7853981, 0.7071067363577804, 5.5291687018012506e-17),
      (0.7853982, 0.7071068070684596, -3.82613664725841e-17),
      (1.0, 0.8414709848078965, 1.776845092935536e-18),
      (3.0, 0.1411200080598672, 8.577269787017502e-18),
      (-6.25, 0.03317921654755682, 5.87475042180262e-20),
      (22.0, -0.008851309290403876, 2.8485303089220057e-19),
      (355.0, -3.014435335948845e-05, 1.3012643991046347e-21),
      (100000.0, 0.03574879797201651, 1.5429743706109861e-18),
      (-123456789.125, -0.9998763854272629, 5.1559855244731284e-17),
      (45.553093477052, 1.0, -1.915685142356643e-37),
      (91.106186954104, -1.2379612731767154e-18, 1.1116010032489888e-35),
      (14461176.67027838, -1.0, 1.4424576300901068e-36),
    ],
    "cos": [
      (0.5, 0.8775825618903728, -4.2623149864279997e-17),
      (0.7853981, 0.7071068260153117, 3.6081947293983725e-18),
      (0.7853982, 0.7071067553046345, -6.554887352441718e-18),
      (1.0, 0.5403023058681398, -4.760954612604417e-17),
      (3.0, -0.9899924966004454, -4.2060261566099734e-17),
      (-6.25, 0.9994494182244994, 1.1869597287901431e-17),
      (11.0, 0.004425697988050785, 3.2449142686784373e-19),
      (355.0, -0.999999999545659, 1.0574612846643521e-17),
      (100000.0, -0.9993608074382124, -2.3447088905187402e-17),
      (-123456789.125, 0.01572303612257408, 1.0704522971882638e-18),
      (45.553093477052, -6.189806365883577e-19, 5.558005016244944e-36),
      (91.106186954104, -1.0, 7.662740569426572e-37),
      (14461176.67027838, -1.6985038298986004e-18, 3.029174338658756e-36),
    ],
  ]

  @Test(arguments: ElementaryFunction.all)
  func `a Double is within the stated bound of the exact value`(function: ElementaryFunction) throws {
    let table = try #require(Self.exact[function.name])
    var worst = WorstError()
    for (x, high, low) in table {
      worst.note(abs((function.double(x) - high) - low) / high.ulp, at: x)
    }
    #expect(worst.ulps <= Self.bound, "\(worst)")
  }

  @Test(arguments: ElementaryFunction.all)
  func `a Double agrees with libm within both errors`(function: ElementaryFunction) {
    var stream = RandomStream(seed: 1, name: function.name)
    var worst = WorstError()
    for i in 0..<20_000 {
      // One half over the whole interval, the other where activations and angles are.
      let range = i % 2 == 0 ? function.interval : max(function.interval.lowerBound, -4)...4
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = stream.uniform(in: range.lowerBound..<range.upperBound) }
      let y = function.doubles(x)
      for lane in 0..<8 {
        let expected = function.reference(x[lane])
        worst.note(abs(y[lane] - expected) / expected.ulp, at: x[lane])
      }
    }
    #expect(worst.ulps <= Self.bound + function.referenceError, "\(worst)")
  }

  @Test(arguments: ElementaryFunction.all)
  func `a Float is within the stated bound of the value in Double`(function: ElementaryFunction) {
    let largest: Float = function.name == "sin" || function.name == "cos" ? SIMD16<Float>.largestAngle : .infinity
    var worst = WorstError()
    var wrong: [Float] = []
    // Every 1,021st bit pattern of the format: some 4 million numbers of all magnitudes.
    for first in stride(from: 0, to: UInt64(1) << 32, by: 16 * 1021) {
      var x = SIMD16<Float>()
      for lane in 0..<16 { x[lane] = Float(bitPattern: UInt32(truncatingIfNeeded: first + 1021 * UInt64(lane))) }
      let y = function.floats(x)
      for lane in 0..<16 {
        let exact = abs(x[lane]) > largest ? .nan : function.reference(Double(x[lane]))
        let rounded = Float(exact)
        if rounded.isNaN || rounded.isInfinite || rounded == 0 {
          if rounded.isNaN != y[lane].isNaN || (!rounded.isNaN && rounded.bitPattern != y[lane].bitPattern) {
            wrong.append(x[lane])
          }
        } else {
          worst.note(abs(Double(y[lane]) - exact) / ulp(exact), at: Double(x[lane]))
        }
      }
    }
    #expect(worst.ulps <= Self.bound, "\(worst)")
    #expect(wrong.isEmpty, "e.g. at \(wrong.prefix(5))")
  }

  /// The unit in the last place of a Float of this magnitude.
  private func ulp(_ exact: Double) -> Double {
    let exponent = max(Int(exact.bitPattern >> 52 & 0x7ff), 1023 - 126)
    return Double(bitPattern: UInt64(exponent - 23) << 52)
  }
}
