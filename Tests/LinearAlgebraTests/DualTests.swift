import LinearAlgebra
import Testing

@Suite("Dual numbers")
struct DualTests {
  /// f(x) and f′(x) written out by hand, at some x.
  static let cases: [(name: String, f: @Sendable (Dual<Double>) -> Dual<Double>, value: Double, slope: Double)] = [
    // x³ − 2x at 3
    ("polynomial", { x in x * x * x - 2 * x }, 21, 25),
    // 1 / (1 + x²) at 3: −2x / (1 + x²)²
    ("quotient", { x in 1 / (1 + x * x) }, 0.1, -0.06),
    // √(x + 1) at 3: 1/4
    ("root", { x in (x + 1).squareRoot() }, 2, 0.25),
    // x log x at 3, mpmath: 3.2958368660043291, 1 + log 3 = 2.0986122886681097
    ("logarithm", { x in x * Dual.log(x) }, 3.2958368660043291, 2.0986122886681097),
    // e^(−x²/2) at 3, mpmath: 0.011108996538242306, times −3
    ("exponential", { x in Dual.exp(-(x * x) / 2) }, 0.011108996538242306, -0.033326989614726919),
    ("larger", { x in Dual.max(x, 1) + Dual.max(1 - x, 0) }, 3, 1),
  ]

  @Test(arguments: cases.indices)
  func `a function and its derivative come out together`(index: Int) {
    let (name, f, value, slope) = Self.cases[index]
    let y = f(Dual(3, derivative: 1))
    #expect(abs(y.value - value) <= 4e-16 * abs(value), "\(name)")
    #expect(abs(y.derivative - slope) <= 1e-15 * abs(slope), "\(name)")
  }

  // ReLU is max(u, 0): its slope at 0 is that of the constant.
  @Test func `the larger of two equal numbers has the derivative of the second`() {
    let (u, v) = (Dual(2.0, derivative: 3), Dual(2.0, derivative: 5))
    #expect(Dual.max(u, v).derivative == 5)
    #expect(Dual.max(v, u).derivative == 3)
    #expect(Dual.max(Dual(0.0, derivative: 1), 0).derivative == 0)
  }

  @Test func `constants have no derivative and Float works too`() {
    let x = Dual<Float>(2, derivative: 1)
    #expect((x * 3.5).derivative == 3.5)
    #expect(Dual<Float>(2).derivative == 0)
    var sum: Dual<Float> = 0.5
    sum += x
    #expect(sum == Dual(2.5, derivative: 1))
  }
}
