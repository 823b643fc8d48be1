import LinearAlgebra
import Notebook

// The map of the course's mathematics, and a small law of noise.

/// The rows of the map: theorem, where it is proved, where it is used.
func theorems() -> [[Cell]] {
  let names = [
    "00": "00-what-an-autoencoder-is", "01": "01-svd-theorem",
    "02": "02-linear-autoencoder",
    "03": "03-under-and-overcomplete", "04": "04-sparse-prior",
    "05": "05-denoising-vector-field",
    "06": "06-contractive-jacobian", "07": "07-variational-kl",
    "08": "08-stochastic-sampling",
    "09": "09-depth", "10": "10-manifolds", "11": "11-predictive-sparse-decomposition",
  ]
  func links(_ lessons: String) -> String {
    lessons.split(separator: " ").map { lesson in
      names[String(lesson)].map { "[\(lesson)](../\($0)/README.md)" } ?? "here"
    }.joined(separator: ", ")
  }
  let map: [(String, String, String)] = [
    ("the chain rule, back through layers", "00", "00 04 05 06 07 08 09 11 12"),
    ("the gradient $\\hat x - x$ of exponential families", "00 08", "00 05 07 08"),
    ("Gibbs' inequality: a divergence is not negative", "00", "00 04 07 08 10 12"),
    ("singular values exist, and are unique", "01", "01 02 03 05 06 08 10"),
    ("the closest matrix of rank $k$ (Schmidt, Eckart, Young)", "01", "02 03 10 12"),
    ("Ky Fan's inequality", "01", "01 02 10"),
    ("a linear decoder never beats PCA", "02", "03 09 11 12"),
    ("all bad critical points are saddles", "02", "02"),
    ("orthonormal waves: errors of coefficients are errors of pixels", "03", "03 10 12"),
    ("the soft threshold solves the lasso in one dimension", "04", "04 11"),
    ("ISTA never rises", "04", "04 11 12"),
    ("the best denoiser is the conditional mean", "05", "05 08"),
    ("Tweedie's formula", "05", "05 08"),
    ("small noise is a penalty on a Jacobian", "06", "06 10"),
    ("the evidence bound and its gap", "07", "07 08"),
    ("the KL divergence of Gaussians in closed form", "07", "07"),
    ("conditionals with a common joint: cross-ratios are 1", "08", "08"),
    ("a denoiser's chain leaves the data as they are", "08", "08"),
    ("a tent after a tent: exponentially many pieces", "09", "09"),
    ("distances and Gram matrices", "10", "10"),
    ("the mean squared error splits into bias and variance", "12", "05 12"),
    ("a message is as long as its interval is narrow", "12", "03 12"),
  ]
  return map.map { [Cell($0.0), Cell(links($0.1)), Cell(links($0.2))] }
}

/// Sigmoid units with normal noise before the sigmoid: expectations by sums over a grid.
struct NoisyUnits {
  /// The outputs of each unit on the grid, and the grid's weights.
  private let outputs: [[Double]]
  private let weights: [Double]

  init(a: [Double], σ: Double) {
    let grid = (-160...160).map { Double($0) / 20 }
    let densities = grid.map { Double.exp(-$0 * $0 / 2) }
    weights = densities.map { $0 / densities.sum() }
    outputs = a.map { a in grid.map { 1 / (1 + Double.exp(-(a + σ * $0))) } }
  }

  var means: [Double] { outputs.map { dot($0, weights) } }
  var variances: [Double] {
    zip(outputs, means).map { h, m in dot(h.map { ($0 - m) * ($0 - m) }, weights) }
  }

  /// The mean over both units' noise of a function of their outputs.
  func expectation(_ f: ([Double]) -> Double) -> Double {
    weights.indices.map { i in
      weights[i]
        * weights.indices.map { weights[$0] * f([outputs[0][i], outputs[1][$0]]) }.sum()
    }.sum()
  }
}
