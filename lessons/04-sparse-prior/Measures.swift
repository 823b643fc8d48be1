import Autoencoders
import LinearAlgebra
import Notebook

/// 1/N Σ ‖x − x̂‖² as a share of the images' variance.
func unexplained(by network: Network, on X: Matrix<Double>) -> Double {
  squaredError(X, network.reconstruct(X)) / Sample.variance
}

/// The value of a penalty for a network on some examples.
func value(_ sparsity: Sparsity, _ network: Network, on X: Matrix<Double>) -> Double {
  lesson.attempt {
    try Objective(network, data: X, loss: .gaussian, penalties: sparsity.penalties()).value()
      - Objective(network, data: X, loss: .gaussian).value()
  }
}

/// What there is to say of a trained network; ρ̂_l is measured on the training images, all else
/// on the test images.
struct Outcome {
  /// 1/N Σ ‖x − x̂‖² as a share of the images' variance.
  let error: Double
  /// Means of the sparseness of Treves and Rolls.
  let population: Double
  let lifetime: Double
  /// The mean of ‖w*_l‖.
  let length: Double
  /// The mean of ρ̂_l, and the share of units that have theirs within 20 % of ρ.
  let activation: Double
  let near: Double

  init(_ network: Network, on sample: Sample, ρ: Double) {
    let (H, means) = (network.encode(sample.newX), network.encode(sample.X).columnMeans)
    error = unexplained(by: network, on: sample.newX)
    population = mean(Sparseness.trevesRolls.population(H))
    lifetime = mean(Sparseness.trevesRolls.lifetime(H))
    length = mean((network.decoder.W ⊙ network.decoder.W).columnSums.map { $0.squareRoot() })
    activation = mean(means)
    near = Double(means.count { abs($0 / ρ - 1) <= 0.2 }) / Double(means.count)
  }

  static let columns = [
    "network", "error", "population sparseness", "lifetime sparseness",
    #"$\lVert w^*_l \rVert$"#,
    #"$\hat\rho_l$"#, #"$\hat\rho_l$ within 20 % of $\rho$"#,
  ]

  /// What several seeds' networks of one recipe have in common.
  static func row(_ name: String, _ outcomes: [Outcome]) -> [Cell] {
    [
      Cell(name), Cell(summary(outcomes.map(\.error))),
      Cell(spread(outcomes.map(\.population))), Cell(spread(outcomes.map(\.lifetime))),
      Cell(spread(outcomes.map(\.length), decimals: 2)),
      Cell(spread(outcomes.map(\.activation), decimals: 4)),
      .percent(mean(outcomes.map(\.near)), decimals: 0),
    ]
  }
}

/// A network in the course of its training.
struct Course {
  let name: String
  let moments: [Moment]
  let outcomes: [Outcome]

  init(_ name: String, _ moments: [Moment], on sample: Sample, ρ: Double) {
    (self.name, self.moments) = (name, moments)
    outcomes = moments.map { Outcome($0.network, on: sample, ρ: ρ) }
  }

  /// The network at the end, and what there is to say of it.
  var network: Network { moments[moments.count - 1].network }
  var end: Outcome { outcomes[outcomes.count - 1] }
}

/// How the codes of a network answer to small changes of the images.
struct Sensitivity {
  /// The means of h (1 − h), of ρ̂ (1 − ρ̂) and of (h (1 − h))².
  let slope: Double
  let bound: Double
  let squaredSlope: Double
  /// The mean of ‖w_l‖, of the encoder.
  let weight: Double
  /// The mean of ‖J‖² = Σ_l (h_l (1 − h_l))² ‖w_l‖², and its ratio to the variance of the codes.
  let jacobian: Double
  let relative: Double

  init(_ network: Network, on X: Matrix<Double>) {
    let (H, W) = (network.encode(X), network.encoder.W)
    let slopes = H.map { $0 * (1 - $0) }
    let squares = (0..<W.rows).map { l in dot(W.row(l), W.row(l)) }
    (slope, bound) = (slopes.mean, mean(H.columnMeans.map { $0 * (1 - $0) }))
    squaredSlope = (slopes ⊙ slopes).mean
    weight = mean(squares.map { $0.squareRoot() })
    jacobian = dot((slopes ⊙ slopes).columnMeans, squares)
    relative = jacobian / variances(H).sum()
  }

  static let columns = [
    "network", "$h (1 - h)$", #"$\hat\rho_l (1 - \hat\rho_l)$"#, "$(h (1 - h))^2$",
    #"$\lVert w_l \rVert$"#, #"$\lVert J \rVert_F^2$"#, "the same over the variance of $h$",
  ]

  /// Means over several seeds' networks.
  static func row(_ name: String, _ all: [Sensitivity]) -> [Cell] {
    let columns: [KeyPath<Sensitivity, Double>] = [
      \.slope, \.bound, \.squaredSlope, \.weight, \.jacobian, \.relative,
    ]
    return [Cell(name)]
      + columns.map { key in Cell(mean(all.map { $0[keyPath: key] }), significant: 3) }
  }
}

/// The variance of each column.
func variances(_ H: Matrix<Double>) -> [Double] {
  zip((H ⊙ H).columnMeans, H.columnMeans).map { $0 - $1 * $1 }
}

/// The hidden units from the most to the least used; the use of unit l is how much it moves the
/// output, Var(h_l) ‖w*_l‖².
func byUse(_ network: Network, on X: Matrix<Double>) -> [Int] {
  let (spread, W) = (variances(network.encode(X)), network.decoder.W)
  let use = (0..<network.hidden).map { l in spread[l] * dot(W.column(l), W.column(l)) }
  return use.indices.sorted { use[$0] > use[$1] }
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

/// `0.912 ± 0.003`: mean and standard error of some trials.
func spread(_ values: [Double], decimals: Int = 3) -> String {
  Numeral.meanAndError(values, .decimals(decimals))
}

/// `91.2 % ± 0.3 %`: the same of shares.
func summary(_ shares: [Double]) -> String {
  "\(Numeral.percent(mean(shares))) ± \(Numeral.percent(standardError(shares)))"
}

/// `3.8 ± 0.2 points`: the same of paired differences of shares.
func points(_ gain: [Double]) -> String { "\(spread(100 .* gain, decimals: 1)) points" }

/// What Student's t of so many values without a mean of their own exceeds, either way, in one
/// case of twenty.
func studentsT(_ count: Int) -> Double {
  let quantiles = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36]
  return quantiles[min(count - 2, quantiles.count - 1)]
}

/// What paired differences say, the winner's name first.
func verdict(_ gain: [Double], _ winner: String, _ loser: String) -> String {
  let isClear = abs(mean(gain)) > studentsT(gain.count) * standardError(gain)
  return isClear ? (mean(gain) > 0 ? winner : loser) : "no clear difference"
}
