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
    length = mean((0..<network.hidden).map { norm(network.decoder.W.column($0)) })
    activation = mean(means)
    near = Double(means.count { abs($0 / ρ - 1) <= 0.2 }) / Double(means.count)
  }

  static let columns = [
    "network", "error", "population sparseness", "lifetime sparseness",
    #"$\lVert w^*_l \rVert$"#,
    #"$\hat\rho_l$"#, #"$\hat\rho_l$ near $\rho$"#,
  ]

  func row(_ name: String) -> [Cell] {
    [
      Cell(name), .percent(error), .fixed(population, decimals: 3),
      .fixed(lifetime, decimals: 3), .fixed(length, decimals: 2),
      .fixed(activation, decimals: 4),
      .percent(near, decimals: 0),
    ]
  }
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
    #"$\lVert w_l \rVert$"#, #"$\lVert J \rVert_F^2$"#, "over the variance of $h$",
  ]

  func row(_ name: String) -> [Cell] {
    [Cell(name)]
      + [slope, bound, squaredSlope, weight, jacobian, relative].map { Cell($0, significant: 3) }
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
