import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// Measures of trained networks, and the classification task.

/// The standard error of the mean of some trials.
func standardError(_ values: [Double]) -> Double {
  let centre = mean(values)
  let squares = values.map { ($0 - centre) * ($0 - centre) }.sum()
  return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
}

/// 1/N Σ ‖x − x̂‖² as a share of the images' variance.
func unexplained(by network: Network, on X: Matrix<Double>) -> Double {
  (X - network.reconstruct(X)).squaredNorm / Double(X.rows) / Sample.variance
}

/// The value of a penalty for a network on some examples.
func value(_ penalty: Penalty<Double>, _ network: Network, on X: Matrix<Double>) -> Double {
  lesson.attempt {
    try Objective(network, data: X, loss: .gaussian, penalties: [penalty]).value()
      - Objective(network, data: X, loss: .gaussian).value()
  }
}

/// The worst relative error of a gradient with some penalties, against central differences.
func worstGradientError(
  _ network: Network, on X: Matrix<Double>, _ penalties: [() throws -> Penalty<Double>]
) -> Double {
  lesson.attempt {
    let penalties = try penalties.map { try $0() }
    return gradientCheck(try Objective(network, data: X, loss: .gaussian, penalties: penalties)).worstError
  }
}

/// What there is to say of a trained network; ρ̂_l is measured on the training images, all else on the others.
struct Outcome {
  /// 1/N Σ ‖x − x̂‖² as a share of the images' variance.
  let error: Double
  /// Means of the sparseness of Treves and Rolls.
  let population: Double
  let lifetime: Double
  /// The mean of ‖w*_l‖.
  let length: Double
  /// The mean of ρ̂_l, and how many units have theirs within 20 % of ρ.
  let activation: Double
  let near: Int

  init(_ network: Network, on sample: Sample, ρ: Double) {
    let (H, ρ̂) = (network.encode(sample.Xᵗ), network.encode(sample.X).columnMeans)
    error = unexplained(by: network, on: sample.Xᵗ)
    population = mean(Sparseness.trevesRolls.population(H))
    lifetime = mean(Sparseness.trevesRolls.lifetime(H))
    length = meanColumnLength(network)
    activation = mean(ρ̂)
    near = ρ̂.count { abs($0 / ρ - 1) <= 0.2 }
  }

  static let columns = [
    "network", "error, share of variance", "population sparseness", "lifetime sparseness",
    #"mean $\lVert w^*_l \rVert$"#, #"mean $\hat\rho_l$"#, #"units of 100 with $\hat\rho_l$ within 20 % of $\rho$"#,
  ]

  func row(_ name: String) -> [Cell] {
    [
      Cell(name), .percent(error), .fixed(population, decimals: 3), .fixed(lifetime, decimals: 3),
      .fixed(length, decimals: 2), .fixed(activation, decimals: 4), Cell(near),
    ]
  }

  static let shortColumns = ["penalty"] + columns[1...2] + columns[5...]

  func shortRow(_ name: String) -> [Cell] {
    [Cell(name), .percent(error), .fixed(population, decimals: 3), .fixed(activation, decimals: 4), Cell(near)]
  }
}

/// A network while it learns.
struct Moment {
  let iteration: Double
  let population: Double
  let length: Double

  init(_ network: Network, on X: Matrix<Double>, iteration: Int) {
    self.iteration = Double(iteration)
    population = mean(Sparseness.trevesRolls.population(network.encode(X)))
    length = meanColumnLength(network)
  }
}

/// The last population sparseness as a share of the greatest while the network learnt.
func share(ofGreatest moments: [Moment]) -> Double {
  moments[moments.count - 1].population / moments.map(\.population).greatest()
}

/// The mean of ‖w*_l‖.
func meanColumnLength(_ network: Network) -> Double {
  mean((0..<network.hidden).map { norm(network.decoder.W.column($0)) })
}

/// How the codes of a network answer to small changes of the images.
struct Sensitivity {
  /// The mean of the slopes h (1 − h), that of the bounds ρ̂ (1 − ρ̂), and by how much a unit's mean slope exceeds its
  /// bound at most.
  var slope: Double
  var bound: Double
  var excess: Double
  /// The mean of (h (1 − h))².
  var squaredSlope: Double
  /// The mean of ‖w_l‖, of the encoder.
  var weight: Double
  /// The mean of ‖J‖² = Σ_l (h_l (1 − h_l))² ‖w_l‖², and its ratio to the variance of the codes.
  var jacobian: Double
  var relative: Double

  init(_ network: Network, on X: Matrix<Double>) {
    let (H, W) = (network.encode(X), network.encoder.W)
    let slopes = H.map { $0 * (1 - $0) }
    let bounds = H.columnMeans.map { $0 * (1 - $0) }
    let squares = (0..<W.rows).map { l in dot(W.row(l), W.row(l)) }
    (slope, bound) = (slopes.mean, mean(bounds))
    squaredSlope = (slopes ⊙ slopes).mean
    excess = zip(slopes.columnMeans, bounds).map { $0 - $1 }.greatest()
    weight = mean(squares.map { $0.squareRoot() })
    jacobian = dot((slopes ⊙ slopes).columnMeans, squares)
    relative = jacobian / variances(H).sum()
  }

  static let columns = [
    "network", "mean of $h (1 - h)$", #"mean of $\hat\rho_l (1 - \hat\rho_l)$"#, "mean of $(h (1 - h))^2$",
    #"mean $\lVert w_l \rVert$"#,
    #"mean $\lVert J \rVert_F^2$"#, "over the variance of $h$",
  ]

  func row(_ name: String) -> [Cell] {
    [Cell(name)] + [slope, bound, squaredSlope, weight, jacobian, relative].map { Cell($0) }
  }
}

/// The variance of each column.
func variances(_ H: Matrix<Double>) -> [Double] {
  zip((H ⊙ H).columnMeans, H.columnMeans).map { $0 - $1 * $1 }
}

/// The hidden units from the most to the least used; the use of unit j is how much it moves the output, Var(h_j) ‖w*_j‖².
func byUse(_ network: Network, on X: Matrix<Double>) -> [Int] {
  let (spread, Wˢ) = (variances(network.encode(X)), network.decoder.W)
  let use = (0..<network.hidden).map { j in spread[j] * dot(Wˢ.column(j), Wˢ.column(j)) }
  return use.indices.sorted { use[$0] > use[$1] }
}

/// The ten images whose codes are largest in unit l.
func strongest(_ H: Matrix<Double>, unit l: Int) -> [Int] {
  let h = H.column(l)
  return Array(h.indices.sorted { h[$0] > h[$1] }[..<10])
}

/// The linear part of a code, but for a constant: what least squares on the 40 leading principal components makes of it,
/// fitted on the training images.
struct LinearPart {
  private let network: Network
  private let μ: [Double]
  /// From an image less the mean to the code, D × K.
  private let B: Matrix<Double>

  init(of network: Network, on sample: Sample) {
    (self.network, μ) = (network, sample.X.columnMeans)
    let svd = SVD(sample.X.subtractingFromEachRow(μ)).truncated(to: 40)
    // The scores Z V have orthogonal columns of length σ, so the fit is V Σ⁻² Vᵀ Zᵀ H.
    B = svd.V * (Matrix.diagonal(svd.σ.map { 1 / $0 }) * (svd.U.T * network.encode(sample.X)))
  }

  func codes(_ X: Matrix<Double>) -> Matrix<Double> { X.subtractingFromEachRow(μ) * B }

  /// The share of the variance of the codes of X that it explains.
  func share(of X: Matrix<Double>) -> Double {
    let H = network.encode(X)
    return 1 - variances(H - codes(X)).sum() / variances(H).sum()
  }
}

/// `91.2 % ± 0.3 %`: mean and standard error of some trials.
func summary(_ shares: [Double]) -> String {
  "\(Numeral.percent(mean(shares))) ± \(Numeral.percent(standardError(shares)))"
}

/// What one seed gives, for networks with unit columns: without penalty, with KL, with Laplace (or the first two of them).
struct Trial {
  let outcomes: [Outcome]
  /// Of raw pixels, 20 principal components and the networks' codes.
  let shares: [(ridge: Double, nearest: Double)]

  init(_ networks: [Network], on sample: Sample, ρ: Double) {
    outcomes = networks.map { Outcome($0, on: sample, ρ: ρ) }
    let codes = networks.map { network in { network.encode($0) } }
    shares = contest([{ $0 }, principalComponents(20, of: sample.X)] + codes, sample)
  }
}

/// `sparse wins, 3.8 ± 0.2 percentage points`: the mean of some gains of sparse over dense codes, with its standard error.
func verdict(_ gain: [Double]) -> String {
  let (centre, error) = (mean(gain), standardError(gain))
  let verdict = abs(centre) < 2 * error ? "no clear difference" : centre > 0 ? "sparse wins" : "dense wins"
  return
    "\(verdict), \(Numeral.fixed(100 * centre, decimals: 1)) ± \(Numeral.fixed(100 * error, decimals: 1)) percentage points"
}

/// The scores of the first k principal components of X, for any images.
func principalComponents(_ k: Int, of X: Matrix<Double>) -> (Matrix<Double>) -> Matrix<Double> {
  let V = SVD(X.subtractingFromEachRow(X.columnMeans)).V[columns: 0..<k]
  return { $0 * V }
}

/// The shares of test images whose class is found from `perClass` labelled images a class, averaged over `draws` choices
/// of them: by ridge regression, and by the nearest neighbour. One pair for each of the representations, which are what a
/// contestant makes of images.
func contest(
  _ representations: [(Matrix<Double>) -> Matrix<Double>], _ sample: Sample, perClass: Int = 10, draws: Int = 5
) -> [(ridge: Double, nearest: Double)] {
  var random = RandomStream(seed: sample.seed, name: "labelled")
  let labels = sample.training.labels
  let choices = (0..<draws).map { _ in
    let order = random.permutation(labels.count)
    return sample.training.classes.flatMap { c in order.filter { labels[$0] == c }.prefix(perClass) }
  }
  return representations.map { representation in
    let (H, Hᵗ) = (representation(sample.X), representation(sample.Xᵗ))
    let shares = choices.map { chosen in
      let known = chosen.map { labels[$0] }
      var few = Matrix<Double>(rows: chosen.count, columns: H.columns)
      few.gatherRows(chosen, of: H)
      let ridge = lesson.attempt { try RidgeClassifier(few, labels: known) }
      return (
        ridge: ridge.accuracy(Hᵗ, labels: sample.testing.labels),
        nearest: NearestNeighbour(few, labels: known).accuracy(Hᵗ, labels: sample.testing.labels)
      )
    }
    return (mean(shares.map(\.ridge)), mean(shares.map(\.nearest)))
  }
}

/// The derivative of a function by central differences of fourth order, exact to some 10⁻¹⁰.
func differences(of f: (Double) -> Double, at x: Double) -> Double {
  let ε = 1e-3
  return (8 * (f(x + ε) - f(x - ε)) - (f(x + 2 * ε) - f(x - 2 * ε))) / (12 * ε)
}

/// The integral of a smooth function by Simpson's rule on 2,000 intervals.
func integral(from a: Double, to b: Double, of f: (Double) -> Double) -> Double {
  let step = (b - a) / 2000
  var sum = f(a) + f(b)
  for i in 1..<2000 { sum += (i.isMultiple(of: 2) ? 2 : 4) * f(a + Double(i) * step) }
  return sum * step / 3
}
