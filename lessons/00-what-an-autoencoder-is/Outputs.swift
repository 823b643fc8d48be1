import Autoencoders
import LinearAlgebra

// Output units one by one: the inputs of the derivations, losses under other links, losses of saturated units.

/// The middle 8 × 8 pixels of an image.
func patch(_ image: [Double]) -> [Double] {
  let (top, left) = ((height - 8) / 2, (width - 8) / 2)
  return (0..<64).map { image[(top + $0 / 8) * width + left + $0 % 8] }
}

/// What `work` makes of each pixel's four outputs a and four targets x, one pixel after the other.
func pixelwise(
  _ outputs: [Double], _ targets: [Double], _ work: (_ a: [Double], _ x: [Double]) -> [Double]
) -> [Double] {
  stride(from: 0, to: outputs.count, by: 4).flatMap { work(Array(outputs[$0..<$0 + 4]), Array(targets[$0..<$0 + 4])) }
}

/// How far a loss's slopes in a*, by central differences, are from `short`: relative to it.
func deviation(_ L: ([Double]) -> Double, at a: [Double], from short: [Double]) -> Double {
  norm(slopes(at: a, of: L) - short) / norm(short)
}

/// ½ ‖x̂ − x‖².
func halfSquare(_ x̂: [Double], _ x: [Double]) -> Double { 0.5 * (x̂ - x).map { $0 * $0 }.sum() }

/// Four pairs of a loss and an output non-linearity, each with the deviation of its gradient in a* from x̂ − x.
func pairsOfLossAndLink() -> [(loss: String, link: String, off: Double)] {
  let tanh = { (a: [Double]) in a.map { Double.tanh($0) } }
  return [
    ("½ squared error", "linear", deviation({ halfSquare($0, x) }, at: a, from: a - x)),
    ("cross-entropy", "sigmoid", deviation(bernoulliSurprise, at: a, from: s(a) - ink)),
    ("½ squared error", "sigmoid", deviation({ halfSquare(s($0), ink) }, at: a, from: s(a) - ink)),
    ("½ squared error", "tanh", deviation({ halfSquare(tanh($0), x) }, at: a, from: tanh(a) - x)),
  ]
}

/// The cross-entropy of one unit at a* with target x in three ways: through log x̂, by the course, and as it should be,
/// max(∓a*, 0) + log(1 + e^{−|a*|}) with the logarithm's series.
func saturatedUnit(_ a: Double, _ x: Double) -> (a: Double, x: Double, naive: Double, stable: Double, truth: Double) {
  let x̂ = Double.sigmoid(a)
  let naive = -x * Double.log(x̂) - (1 - x) * Double.log(1 - x̂)
  let truth = ((a > 0) != (x > 0) ? abs(a) : 0) + log1p(Double.exp(-abs(a)))
  return (a, x, naive, atOutputs([a], target: [x], .bernoulli).loss, truth)
}

/// The worst relative errors of the course's gradients, a row a likelihood: one hidden layer untied and tied, three
/// hidden layers untied and tied.
func courseChecks() -> [(likelihood: String, errors: [Double])] {
  let kinds: [(String, Likelihood<Double>, Matrix<Double>)] = [
    ("Gaussian", .gaussian, few), ("Bernoulli", .bernoulli, few),
    ("categorical", .categorical(classes: 4), Matrix(rows: 2, columns: 256) { _, i in levels[i] }),
  ]
  return kinds.map { name, likelihood, X in
    (
      name,
      [([5], false), ([5], true), ([5, 3], false), ([5, 3], true)].map {
        courseCheck(likelihood, X, hidden: $0.0, tied: $0.1)
      }
    )
  }
}
