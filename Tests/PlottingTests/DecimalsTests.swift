import Testing

@testable import Plotting

@Suite struct DecimalsTests {
  // mpmath.mp.dps = 40; [mp.log10(mp.mpf(x)) for x in (...)] with x the exact double
  @Test(arguments: [
    (1.0, 0.0), (2.0, 0.30102999566398119521), (3.0, 0.4771212547196624373), (0.1, -0.99999999999999997589),
    (
      0.7,
      -0.15490195998574319684
    ), (1.4142135623730951, 0.15051499783199062729), (1.41, 0.14921911265537987709),
    (
      1.42,
      0.15228834438305645958
    ), (1e-09, -8.999999999999999973), (9.999999, 0.9999999565705496707),
    (
      10000000000.0,
      10.0
    ), (6.02214076e+23, 23.779750902385115368), (1e-300, -299.99999999999999999),
    (
      1e+300,
      300.00000000000000002
    ), (1.0000001, 4.3429446044209944784e-8), (123456.789, 5.0915149771692704627),
  ])
  func `log10 is within three units of the last place`(x: Double, log: Double) {
    let error = (Decimals.log10(x) - log).magnitude
    #expect(error <= 3e-16 * max(1, log.magnitude), "log₁₀ \(x) is off by \(error)")
  }

  @Test func `powers of ten are the nearest numbers there are`() {
    let literals = [(0, 1), (1, 10), (22, 1e22), (23, 1e23), (-1, 0.1), (-5, 1e-5), (300, 1e300), (-300, 1e-300)]
    for (n, literal) in literals { #expect(Decimals.powerOfTen(n) == literal) }
  }

  @Test func `the exponent steps exactly at powers of ten`() {
    for n in stride(from: -300, through: 300, by: 7) {
      let power = Decimals.powerOfTen(n)
      #expect(Decimals.exponent(of: power) == n)
      #expect(Decimals.exponent(of: power.nextDown) == n - 1)
      #expect(Decimals.exponent(of: 9.999 * power) == n)
    }
  }
}
