import Datasets
import LinearAlgebra
import Manifolds
import Notebook

/// A set cut into points for windows, points for the choice of the width, and points for the
/// test.
struct Parts {
  let training, validation, test: Matrix<Double>

  init(training: Matrix<Double>, validation: Matrix<Double>, test: Matrix<Double>) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// A third of the points for choice and test each a half of what training does not take.
  init(_ X: Matrix<Double>, training n: Int) {
    let rest = (X.rows - n) / 2
    training = X[rows: 0..<n]
    validation = X[rows: n..<n + rest]
    test = X[rows: n + rest..<n + 2 * rest]
  }
}

/// The best of some densities on validation points, and its nats on test points.
struct WindowFit {
  let width: Double
  let neighbours: Int
  let dimensions: Int
  let validation: Double
  let test: [Double]

  private init(
    _ density: ParzenWindows, _ width: Double, _ neighbours: Int, _ dimensions: Int,
    _ parts: Parts, less volume: Double = 0
  ) {
    (self.width, self.neighbours, self.dimensions) = (width, neighbours, dimensions)
    validation = mean(density.logDensity(at: parts.validation)) - volume
    test = density.logDensity(at: parts.test).map { $0 - volume }
  }

  /// Round windows of the best of these widths.
  static func round(_ parts: Parts, widths: [Double]) throws -> WindowFit {
    try best(
      widths.map {
        WindowFit(try ParzenWindows(parts.training, width: $0), $0, 0, 0, parts)
      })
  }

  /// Pancakes of the best of these widths, neighbourhoods and dimensions.
  static func pancakes(
    _ parts: Parts, widths: [Double], shapes: [(neighbours: Int, dimensions: Int)]
  ) throws -> WindowFit {
    try best(
      shapes.flatMap { m, d in
        try widths.map { σ in
          WindowFit(
            try ParzenWindows(parts.training, neighbours: m, dimensions: d, width: σ), σ, m,
            d, parts)
        }
      })
  }

  /// Round windows on axes stretched to variance 1: one ellipsoid for all, the training points'.
  static func ellipsoids(_ parts: Parts, widths: [Double]) throws -> WindowFit {
    let pca = PrincipalComponents(of: parts.training, count: parts.training.columns)
    let deviations = pca.variances.map { $0.squareRoot() }
    func white(_ X: Matrix<Double>) -> Matrix<Double> {
      X.subtractingFromEachRow(pca.mean) * pca.directions
        * .diagonal(deviations.map { 1 / $0 })
    }
    let whitened = Parts(
      training: white(parts.training), validation: white(parts.validation),
      test: white(parts.test))
    // x = Vσz + mean: the density of x is that of z over the product of the deviations.
    let volume = deviations.map { Double.log($0) }.sum()
    return try best(
      widths.map { σ in
        WindowFit(try ParzenWindows(whitened.training, width: σ), σ, 0, 0, whitened, less: volume)
      })
  }

  private static func best(_ fits: [WindowFit]) -> WindowFit {
    fits.dropFirst().reduce(fits[0]) { $1.validation > $0.validation ? $1 : $0 }
  }
}

/// Points of a roll with normal noise of the standard deviation σ.
func noisyRoll(_ count: Int, noise σ: Double, seed: UInt64) throws -> Matrix<Double> {
  var stream = RandomStream(seed: seed, name: "noise")
  let X = try Roll(count, seed: seed, name: "noisy roll").X
  return X + σ * .normal(rows: count, columns: 3, using: &stream)
}

/// The density of such points itself, to rounding: round windows at a fine grid on the surface.
func trueDensity(noise σ: Double) throws -> ParzenWindows {
  // Steps below the width make sums of Gaussians integrals, to 10⁻¹².
  let step = 0.8 * σ
  func length(_ t: Double) -> Double {
    0.5 * (t * (1 + t * t).squareRoot() + Double.log(t + (1 + t * t).squareRoot()))
  }
  let (first, last) = (1.5 * Double.pi, 4.5 * Double.pi)
  let along = Int(((length(last) - length(first)) / step).rounded(.up))
  let across = Int((21 / step).rounded(.up))
  var t = first
  var spiral: [(x: Double, z: Double)] = []
  for n in 0..<along {
    let wanted =
      length(first) + (Double(n) + 0.5) / Double(along) * (length(last) - length(first))
    for _ in 0..<20 { t -= (length(t) - wanted) / (1 + t * t).squareRoot() }
    spiral.append((t * Double.cos(t), t * Double.sin(t)))
  }
  let grid = Matrix(rows: along * across, columns: 3) { n, j in
    let place = spiral[n / across]
    return [place.x, 21 * (Double(n % across) + 0.5) / Double(across), place.z][j]
  }
  return try ParzenWindows(grid, width: σ)
}

/// Images on the leading principal axes of the training images, in random order.
func imageCoordinates(
  _ images: LabelledImages, dimensions D: Int, training n: Int, count: Int, seed: UInt64
) -> Matrix<Double> {
  var stream = RandomStream(seed: seed, name: "images")
  let X = images[stream.permutation(images.count).prefix(count)].scaled
  let pca = PrincipalComponents(of: X[rows: 0..<n], count: D)
  return X.subtractingFromEachRow(pca.mean) * pca.directions
}

/// The log-density of pancakes, each with its whole covariance matrix.
func fullDensity(
  _ X: Matrix<Double>, neighbours m: Int, dimensions d: Int, width σ: Double,
  at new: Matrix<Double>
) throws -> [Double] {
  let covariances = try nearestNeighbours(of: X, among: X, count: m, excludingItself: true)
    .enumerated().map { n, row in
      let differences = Matrix(rows: m, columns: X.columns) {
        X[row[$0].index, $1] - X[n, $1]
      }
      let moments = SymmetricEigen(differences.T * differences / Double(m))
      let V = moments.vectors[columns: 0..<d]
      return V * .diagonal(Array(moments.values.prefix(d))) * V.T + σ * σ
        * .identity(X.columns)
    }
  let determinants = covariances.map { C in
    SymmetricEigen(C).values.map { Double.log(2 * .pi * $0) }.sum()
  }
  return try (0..<new.rows).map { n in
    let densities = try covariances.indices.map { i in
      let z = new.row(n) .- X.row(i)
      return Double.exp(-0.5 * (dot(z, try covariances[i].solve(z)) + determinants[i]))
    }
    return Double.log(mean(densities))
  }
}

/// The mean of the tests' means, and its standard error over the tests.
func nats(_ fits: [[Double]]) -> Cell {
  let means = fits.map { mean($0) }
  return Cell(Numeral.meanAndError(means, .decimals(3), ofError: .significant(1)))
}
