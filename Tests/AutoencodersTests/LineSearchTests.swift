import LinearAlgebra
import Testing

@testable import Autoencoders

/// What a search along φ = c₀ α + c₁ α² + … tries, in order, and what it returns.
private func search(_ c: [Double], first: Double) -> (tried: [Double], point: StrongWolfeLineSearch<Double>.Point?) {
  var tried: [Double] = []
  func φ(_ α: Double) -> StrongWolfeLineSearch<Double>.Point {
    tried.append(α)
    let value = c.reversed().reduce(0) { ($0 + $1) * α }
    let slope = c.indices.reversed().reduce(0.0) { $0 * α + Double($1 + 1) * c[$1] }
    return .init(α: α, value: value, slope: slope)
  }
  let search = StrongWolfeLineSearch<Double>(c1: 1e-4, c2: 0.9, maxEvaluations: 40)
  let (point, ending) = search.search(from: .init(α: 0, value: 0, slope: c[0]), first: first, φ)
  #expect(ending == .satisfied)
  #expect(point?.α == tried.last)
  return (tried, point)
}

/// Cubics, whose minimum a cubic through two points is: what is tried can be counted by hand.
@Suite struct LineSearchTests {
  func expect(_ tried: [Double], _ expected: [Double]) {
    #expect(tried.count == expected.count, "\(tried)")
    for (a, b) in zip(tried, expected) { #expect(abs(a - b) < 1e-9 * b, "\(tried)") }
  }

  @Test func theFirstStepIsTakenIfItIsGoodEnough() {
    // A decrease of 5·10⁻⁵ is sufficient for α = 10⁻⁴, though less than c₁ |φ′(0)|.
    expect(search([-1, 5000], first: 1e-4).tried, [1e-4])
  }

  @Test func aStepTooShortIsLengthenedToTheMinimumOfTheCubic() {
    // φ′ = −1 − α/2 + 3α²/16 is 0 at 4; φ′(1) is steeper than φ′(0).
    expect(search([-1, -0.25, 0.0625], first: 1).tried, [1, 4])
  }

  @Test func aStepIsLengthenedTwiceAtLeastAndTenTimesAtMost() {
    // φ′ = (α − 15): 15 would be best, and 10 is flat enough.
    expect(search([-15, 0.5], first: 1).tried, [1, 10])
    // φ′ = −1 − 3α + 22/9 α² is 0 at 1.5; 2 is higher than 1, and a bracket.
    expect(search([-1, -1.5, 22.0 / 27], first: 1).tried, [1, 2, 1.5])
  }

  @Test func aStepTooLongIsShortenedToTheMinimumOfTheCubic() {
    expect(search([-1, 2], first: 1).tried, [1, 0.25])
    // φ′ = −1 + 20α/3 + …: a cubic from left to right.
    let cubic = search([-1, 1, 1], first: 1)
    expect(cubic.tried, [1, (-1 + 4.0.squareRoot()) / 3])
  }

  @Test func aBracketIsCutByATenthAtLeast() {
    // 0.025 would be best; first 0.1, which is too high still.
    expect(search([-1, 20], first: 1).tried, [1, 0.1, 0.025])
  }

  @Test func beyondTheMinimumTheBracketLiesBehind() {
    // φ(1) = −0.1 is low enough, but φ′(1) = 1 rises too steeply: the minimum is at (√4.36 − 1.4) / 1.2.
    expect(search([-1, 0.7, 0.2], first: 1).tried, [1, (4.36.squareRoot() - 1.4) / 1.2])
  }

  @Test func aFlatPointThatIsNotLowEnoughIsRejected() {
    // φ′(1) = 0 and φ(1) = −5·10⁻⁵: flat, but less than c₁ = 10⁻⁴ below φ(0).
    let (tried, point) = search([-1, 1.99985, -0.9999], first: 1)
    #expect(tried[0] == 1 && tried.count <= 4)
    #expect(point.map { $0.α < 0.9 && $0.value <= -1e-4 * $0.α && abs($0.slope) <= 0.9 } == true)
  }

  /// Two humps: the search has to swap the ends of its bracket.
  @Test func aBracketTurnsRoundWhereTheSlopeDoes() {
    // φ = −α + 4.1α² − 5α³ + 1.92α⁴, by NumPy: minima at 0.1705 and 1.0664, φ(1) = 0.02.
    let (tried, point) = search([-1, 4.1, -5, 1.92], first: 1)
    #expect(tried.count <= 4, "\(tried)")
    #expect(point.map { abs($0.slope) <= 0.9 && $0.value < -1e-4 * $0.α } == true)
  }

  @Test(arguments: [(50.0, 1.0), (0.01, 0.01)])
  func theVeryFirstStepIsNoLongerThanOneNorThanTheGradient(start: Double, length: Double) throws {
    var tried: [Double] = []
    let f = Function(start: [0.0, start]) { θ, gradient in
      tried.append(θ[1])
      gradient = [0, θ[1]]
      return θ[1] * θ[1] / 2
    }
    _ = try LBFGS(gradientTolerance: 0).minimise(f)
    #expect(abs(tried[0] - tried[1] - length) < 1e-14)
    // A parabola is known after two points: the natural step of the second iteration is the last, or one step of rounding.
    #expect(tried.count <= 5, "\(tried)")
  }
}

@Suite struct KinkTests {
  /// |x| + a|y| from (x, y), and where SciPy 1.17's L-BFGS-B ends, most often with ABNORMAL:
  ///
  ///     minimize(lambda v: (abs(v[0]) + a*abs(v[1]), np.array([np.sign(v[0]), a*np.sign(v[1])])), start, jac=True,
  ///              method='L-BFGS-B', options=dict(maxiter=1000, ftol=0, gtol=1e-8, maxcor=10)).fun
  static let valleys: [(a: Double, x: Double, y: Double, SciPy: Double)] = [
    (1, 1, 1, 1.13516e-16), (1, 0.7, 0.3, 5.39309e-10), (1, 3, -2, 8.7398e-16), (1, 1.3, -0.4, 1.13516e-16),
    (2, 1, 1, 5.87477e-15), (2, 0.7, 0.3, 2.8143e-16), (2, 3, -2, 1.87545e-16), (2, 1.3, -0.4, 2.83721e-16),
    (10, 1, 1, 1.05309e-06), (10, 0.7, 0.3, 1.96864e-06), (10, 3, -2, 0.000826352), (10, 1.3, -0.4, 1.26),
    (100, 1, 1, 0.99), (100, 0.7, 0.3, 0.697), (100, 3, -2, 5.67636e-13), (100, 1.3, -0.4, 1.296),
    (0.1, 1, 1, 1.23552e-14), (0.1, 0.7, 0.3, 5.73251e-17), (0.1, 3, -2, 5.73257e-17), (0.1, 1.3, -0.4, 4.22909e-13),
  ]

  func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  @Test(arguments: valleys)
  func alongKinksItGetsLowerThanSciPy(a: Double, x: Double, y: Double, SciPy: Double) throws {
    let f = Function(start: [x, y]) { θ, gradient in
      gradient = [self.sign(θ[0]), a * self.sign(θ[1])]
      return abs(θ[0]) + a * abs(θ[1])
    }
    let result = try LBFGS(valueTolerance: 0).minimise(f)
    #expect(result.value <= SciPy, "\(result.reason)")
    #expect(zip(result.history, result.history.dropFirst()).allSatisfy { $0 > $1 })
    #expect(result.value == f.value(at: result.parameters))
  }

  /// x² + a|y| from (1.3, −0.4); SciPy, as above: 6.66057e-14 and 7.44278e-15.
  @Test(arguments: [(1.0, 6.66057e-14), (10, 7.44278e-15)])
  func acrossAKinkToo(a: Double, SciPy: Double) throws {
    let f = Function(start: [1.3, -0.4]) { θ, gradient in
      gradient = [2 * θ[0], a * self.sign(θ[1])]
      return θ[0] * θ[0] + a * abs(θ[1])
    }
    #expect(try LBFGS(valueTolerance: 0).minimise(f).value <= SciPy)
  }

  /// The gradient is never small here. One evaluation more than a search may take, and the value is kept.
  @Test func whatIsLowerIsKeptWhereNoStepIsFlatEnough() throws {
    let f = Function(start: [1.0]) { θ, gradient in
      gradient[0] = θ[0] >= 1.0 / 3 ? 1 : -2
      return θ[0] >= 1.0 / 3 ? θ[0] - 1.0 / 3 : 2 * (1.0 / 3 - θ[0])
    }
    let once = try LBFGS(maxIterations: 1).minimise(f)
    #expect(once.value < 0.01 && once.iterations == 1 && once.evaluations <= 15, "\(once)")
    let result = try LBFGS(valueTolerance: 0).minimise(f)
    #expect(result.value < 1e-15 && result.reason == .noFlatterPoint, "\(result)")
    // At the kink itself there is nothing to keep.
    #expect(try LBFGS().minimise(f, from: [1.0 / 3]).reason == .noLowerPoint)
  }

  @Test func whatFallsWithoutEndIsReportedWithTheLowestPoint() throws {
    let line = Function(start: [0.0]) { θ, gradient in
      gradient[0] = -1
      return -θ[0]
    }
    let result = try LBFGS().minimise(line)
    #expect(result.reason == .noLowerBound)
    #expect(result.value <= -0x1p39 && result.value == -result.parameters[0])
    #expect(result.evaluations <= 42 && result.iterations == 1)
    // log θ is −∞ at 0, where the first step goes; nothing finite was lower than the start.
    let well = Function(start: [1.0]) { θ, gradient in
      gradient[0] = 1 / θ[0]
      return Double.log(θ[0])
    }
    let fallen = try LBFGS().minimise(well)
    #expect(fallen.reason == .noLowerBound && fallen.value == 0 && fallen.parameters == [1])
    // From 1.5 the first step stops at 0.5: lower, and finite.
    let lower = try LBFGS().minimise(well, from: [1.5])
    #expect(lower.value < 0 && lower.value.isFinite && lower.value == Double.log(lower.parameters[0]))
  }

  @Test func aPointWithoutASlopeIsNoPoint() throws {
    // The first step of length 1 ends at 0.4, where the value is low but the gradient NaN.
    let f = Function(start: [1.4]) { θ, gradient in
      gradient[0] = θ[0] < 0.5 ? .nan : 20 * (θ[0] - 1)
      return θ[0] < 0.5 ? -100 : 10 * (θ[0] - 1) * (θ[0] - 1)
    }
    let result = try LBFGS().minimise(f)
    #expect(abs(result.parameters[0] - 1) < 1e-6 && result.value >= 0)
    let walled = Function(start: [1.4]) { θ, gradient in
      gradient[0] = θ[0] < 0.5 ? -.infinity : 20 * (θ[0] - 1)
      return θ[0] < 0.5 ? .nan : 10 * (θ[0] - 1) * (θ[0] - 1)
    }
    #expect(abs(try LBFGS().minimise(walled).parameters[0] - 1) < 1e-6)
  }

  @Test func startsThatAreMinimaAndFunctionsOfNothingNeedOneEvaluation() throws {
    for start in [[], [2.0], [2.0, 2]] {
      let flat = Function(start: start) { _, gradient in
        for i in gradient.indices { gradient[i] = 0 }
        return 5
      }
      let result = try LBFGS(gradientTolerance: 0).minimise(flat)
      #expect(result.reason == .gradientIsSmall && result.evaluations == 1)
      #expect(result.parameters == start && result.history == [5])
    }
    let faint = Function(start: [1.0]) { θ, gradient in
      gradient[0] = 1e-200
      return 1e-200 * θ[0]
    }
    #expect(try LBFGS(gradientTolerance: 0).minimise(faint).reason == .gradientIsSmall)
  }

  /// f = s (1 + Σ i θ_i⁴): the last iteration is the first to lower f by no more than the share asked for.
  @Test(arguments: [1e-3, 1, 1e3])
  func theValueIsSteadyRelativeToItself(scale: Double) throws {
    let f = Function(start: [1.0, 2, 3]) { θ, gradient in
      gradient = θ.enumerated().map { scale * 4 * Double($0 + 1) * $1 * $1 * $1 }
      return scale * (1 + θ.enumerated().map { Double($0 + 1) * $1 * $1 * $1 * $1 }.sum())
    }
    let result = try LBFGS(gradientTolerance: 0, valueTolerance: 1e-4).minimise(f)
    let drops = zip(result.history, result.history.dropFirst()).map { ($0 - $1) / $0 }
    #expect(result.reason == .valueIsSteady)
    #expect(drops.dropLast().allSatisfy { $0 > 1e-4 } && drops[drops.count - 1] <= 1e-4)
  }
}
