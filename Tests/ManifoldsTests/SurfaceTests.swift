import LinearAlgebra
import Manifolds
import Testing

@Suite struct SurfaceTests {
  @Test func theRollIsARectangleWithoutStretching() {
    var stream = RandomStream(seed: 1)
    let roll = PlantedManifold.swissRoll(400, using: &stream)
    let speed = { (u: Double) in (1 + u * u).squareRoot() }
    // The length of the spiral by Simpson's rule with 2,000 steps.
    func length(to t: Double) -> Double {
      let (a, h) = (1.5 * Double.pi, (t - 1.5 * Double.pi) / 2000)
      return (0..<1000).map { k -> Double in
        let u = a + 2 * Double(k) * h
        return h / 3 * (speed(u) + 4 * speed(u + h) + speed(u + 2 * h))
      }.sum()
    }
    for n in 0..<400 {
      let (p, T) = (roll.points.row(n), roll.tangents[n])
      // t from the radius.
      let t = (p[0] * p[0] + p[2] * p[2]).squareRoot()
      #expect(abs(roll.coordinates[n, 0] - length(to: t)) < 1e-9 && roll.coordinates[n, 1] == p[1])
      #expect((T.T * T - .identity(2)).norm < 1e-14)
      // The tangent against a difference quotient of the spiral.
      let step = 1e-5
      let ahead = [(t + step) * Double.cos(t + step), p[1], (t + step) * Double.sin(t + step)]
      let behind = [(t - step) * Double.cos(t - step), p[1], (t - step) * Double.sin(t - step)]
      let difference = (ahead .- behind).map { $0 / (2 * step * speed(t)) }
      #expect(norm(difference .- T.column(0)) < 1e-8)
    }
    // Uniform along the spiral: the mean is the middle, to four standard errors.
    let whole = 89.373
    #expect(abs(length(to: 4.5 * .pi) - whole) < 1e-3)
    #expect(roll.coordinates.column(0).allSatisfy { (0..<whole + 1e-3).contains($0) })
    #expect(abs(mean(roll.coordinates.column(0)) - whole / 2) < 4 * whole / (12.0 * 400).squareRoot())
  }

  @Test func localAxesFindPlantedTangents() throws {
    let circle = PlantedManifold.circle(400)
    let axes = try localAxes(at: circle.points, of: circle.points, neighbours: 9, dimensions: 1)
    for (found, planted) in zip(axes, circle.tangents) {
      #expect(principalAngles(between: found, and: planted)[0] < 1e-10)
    }
    var stream = RandomStream(seed: 2)
    let roll = PlantedManifold.swissRoll(2000, using: &stream)
    let planes = try localAxes(at: roll.points, of: roll.points, neighbours: 12, dimensions: 2)
    let worst = zip(planes, roll.tangents).map { principalAngles(between: $0, and: $1)[1] }
    #expect(mean(worst) < 0.1)
  }
}

@Suite struct ParzenTests {
  let X = lowDiscrepancyRoll()
  let queries: Matrix<Double> = [[5, 3, 2], [-8, 10, 4]]

  @Test func densitiesAreThoseOfScikitLearnAndSciPy() throws {
    let at = Matrix(rows: 4, columns: 3) { i, j in i < 2 ? queries[i, j] : X[i - 2, j] }
    // KernelDensity(bandwidth=1.5).fit(X).score_samples(…)
    let round = try ParzenWindows(X, width: 1.5).logDensity(at: at)
    for (a, b) in zip(round, [-8.69878407, -8.68836409, -9.20183799, -8.75654068]) { #expect(abs(a - b) < 1e-8) }
    // logsumexp over multivariate_normal(X[n], σ²I + Σ σᵢ²/k vᵢvᵢᵀ), from the SVD of the differences to 6 neighbours
    let flat = try ParzenWindows(X, neighbours: 6, dimensions: 2, width: 0.5).logDensity(at: at)
    let expected = [-10.418564523859885, -7.817128998280572, -9.114096032755885, -8.15062824381749]
    for (a, b) in zip(flat, expected) { #expect(abs(a - b) < 1e-11) }
  }

  @Test func theyIntegrateToOne() throws {
    let circle = PlantedManifold.circle(24).points
    for density in [
      try ParzenWindows(circle, width: 0.2), try ParzenWindows(circle, neighbours: 3, dimensions: 1, width: 0.1),
    ] {
      let (side, h) = (160, 6.0 / 160)
      let grid = Matrix(rows: side * side, columns: 2) { n, j in -3 + h * (Double(j == 0 ? n % side : n / side) + 0.5) }
      let total = density.logDensity(at: grid).map { Double.exp($0) }.sum() * h * h
      #expect(abs(total - 1) < 1e-9)
    }
  }

  @Test func farAwayTheLogarithmIsStillANumber() throws {
    let far = try ParzenWindows([[0, 0]], width: 1).logDensity(at: [[100, 0]])[0]
    #expect(abs(far - (-5000 - Double.log(2 * .pi))) < 1e-9)
  }

  @Test func beyondAllNumbersTheLogarithmIsMinusInfinity() throws {
    let points: Matrix<Double> = [[0, 0], [1, 0], [2, 0.1]]
    for density in [
      try ParzenWindows(points, width: 1), try ParzenWindows(points, neighbours: 2, dimensions: 1, width: 0.1),
    ] {
      #expect(density.logDensity(at: [[1e200, 1e200], [0, -1e300]]) == [-.infinity, -.infinity])
      #expect(density.logDensity(at: [[.nan, 0]])[0].isNaN)
    }
  }

  /// Points of a line: along it, a window is the Gaussian of the variance λ + σ², and across it log N(0; 0, σ²).
  @Test(arguments: [1e-3, 1e-6, 1e-9, 1e-12])
  func narrowWindowsLoseNoDigits(σ: Double) throws {
    let line = Matrix<Double>(rows: 3, columns: 2) { n, j in Double(n) * (j == 0 ? 0.6 : 0.8) }
    let density = try ParzenWindows(line, neighbours: 2, dimensions: 1, width: σ)
    let terms = [(0.0, 2.5), (1, 1), (2, 2.5)].map { place, λ in
      let variance = λ + σ * σ
      return -0.5 * ((0.5 - place) * (0.5 - place) / variance + Double.log(2 * .pi * variance))
        - 0.5 * Double.log(2 * .pi * σ * σ)
    }
    let expected = Double.log(terms.map { Double.exp($0 - terms[1]) }.sum() / 3) + terms[1]
    // An axis that is off by an ulp lays the point some 1e-16 / σ standard deviations aside.
    let found = density.logDensity(at: [[0.3, 0.4]])[0]
    #expect(abs(found - expected) < 1e-12 + 1e-31 / (σ * σ))
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e-200, 1e-160, 1e160])
  func aWidthMustBePositive(σ: Double) {
    #expect(throws: ManifoldError.self) { try ParzenWindows([[0, 0]], width: σ) }
  }
}
