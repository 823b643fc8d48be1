import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct SparsenessTests {
  @Test(arguments: [Sparseness.trevesRolls, .hoyer])
  func oneActiveUnitIsOneAndEqualUnitsAreZero(_ measure: Sparseness) {
    #expect(abs(measure([0, 0, 3, 0.0]) - 1) < 1e-15)
    #expect(abs(measure([-2, 2, 2, -2.0])) < 1e-15)
    #expect(measure([0, 0, 0.0]).isNaN)
    #expect(measure([0, .infinity, 1.0]).isNaN)
  }

  @Test func aShareOfEquallyActiveUnitsHasTheActivityRatioOfThatShare() {
    // 3 of 12 units: a = 1/4, so (1 − 1/4) / (1 − 1/12) = 9/11; ‖r‖₁/‖r‖₂ = √3, so (√12 − √3) / (√12 − 1).
    let r = [Double](repeating: 0.7, count: 3) + [Double](repeating: 0, count: 9)
    #expect(abs(Sparseness.trevesRolls(r) - 9.0 / 11) < 1e-14)
    let twelve = 12.0.squareRoot()
    #expect(abs(Sparseness.hoyer(r) - (twelve - 3.0.squareRoot()) / (twelve - 1)) < 1e-14)
  }

  /// Recorded with NumPy 2.4.6: r = np.array([0.1, -0.5, 2.0, 0.0, 0.3]); n = 5;
  /// a = np.mean(abs(r))**2 / np.mean(r**2); (1 - a) / (1 - 1/n);
  /// (n**.5 - abs(r).sum() / (r**2).sum()**.5) / (n**.5 - 1).
  @Test func unequalActivitiesAgreeWithNumPy() {
    let r = [0.1, -0.5, 2, 0, 0.3]
    #expect(abs(Sparseness.trevesRolls(r) - 0.7666666666666666) < 1e-13)
    #expect(abs(Sparseness.hoyer(r) - 0.6841245130406427) < 1e-13)
  }

  @Test(arguments: [Sparseness.trevesRolls, .hoyer])
  func theScaleDoesNotMatter(_ measure: Sparseness) {
    let r = [0.1, 0.5, 2, 0, 0.3]
    for scale in [1e-200, 7, 1e200] { #expect(abs(measure(r.map { scale * $0 }) - measure(r)) < 1e-14) }
  }

  @Test func populationRunsOverUnitsAndLifetimeOverExamples() {
    // Both examples use one unit only; unit 0 is on for both, the others for none.
    let H: Matrix<Double> = [[1, 0, 0], [1, 0, 0]]
    #expect(Sparseness.trevesRolls.population(H).allSatisfy { abs($0 - 1) < 1e-15 })
    #expect(Sparseness.trevesRolls.population(H).count == 2)
    let lifetime = Sparseness.trevesRolls.lifetime(H)
    #expect(lifetime[0] == 0 && lifetime[1].isNaN && lifetime[2].isNaN)
  }
}
