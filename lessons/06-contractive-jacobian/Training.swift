import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// The networks of this lesson and how they are trained.

typealias Network = Autoencoder<Double>

/// u vᵀ.
func outer(_ u: [Double], _ v: [Double]) -> Matrix<Double> {
  Matrix(rows: u.count, columns: v.count) { i, j in u[i] * v[j] }
}

/// The rows less their mean.
func centred(_ X: Matrix<Double>) -> Matrix<Double> { X.subtractingFromEachRow(X.columnMeans) }

/// An encoder of sigmoid units with random weights and biases.
func encoder(_ sizes: [Int], using random: inout RandomStream) -> Stack<Double> {
  let activations = Array(repeating: Activation.sigmoid, count: sizes.count - 1)
  return lesson.attempt {
    var stack = try Stack<Double>(sizes: sizes, activations: activations, using: &random)
    for l in stack.layers.indices {
      stack.layers[l].b = stack.layers[l].b.map { _ in random.normal() }
    }
    return stack
  }
}

/// The activations of all layers for x.
func activations(_ stack: Stack<Double>, at x: [Double]) -> [[Double]] {
  var pass = stack.passes(examples: 1)
  stack.forward(Matrix(rows: 1, columns: x.count, elements: x), into: &pass)
  return pass.map { $0.H.elements }
}

/// h (1 − h) on a diagonal.
func slopes(_ h: [Double]) -> Matrix<Double> { .diagonal(h.map { $0 * (1 - $0) }) }

/// A network of sigmoid units, weights uniform within ±√(6 / (inputs + units)), biases 0.
func untrained<Element: Scalar>(
  _ inputs: Int, hidden: [Int], output: Activation = .identity, tied: Bool, seed: UInt64,
  start: Int = 0
) -> Autoencoder<Element> {
  var random = RandomStream(seed: seed, name: start == 0 ? "weights" : "weights \(start)")
  return lesson.attempt {
    try Autoencoder<Element>(
      inputs: inputs, hidden: hidden, activation: .sigmoid, output: output, tied: tied,
      using: &random)
  }
}

/// A trained network and its loss F(θ) = L(θ) + λ Ω(θ).
typealias Minimum = (network: Network, F: Double)

/// Trains by L-BFGS on L(θ) = 1/N Σ ½‖x − x̂‖² with a contractive penalty of strength λ, until
/// the loss is steady or the iterations are used up.
func contracted(
  _ start: Network, λ: Double, on X: Matrix<Double>, iterations: Int = 600
) -> Minimum {
  lesson.attempt {
    var network = start
    let objective = try Objective(
      network, data: X, loss: .gaussian, penalties: [.contractive(λ)])
    let minimiser = LBFGS(
      maxIterations: iterations, gradientTolerance: 1e-6, valueTolerance: 1e-10)
    let result = try minimiser.minimise(objective)
    network.parameters = result.parameters
    return (network, result.value)
  }
}

/// The same from several random starts, the lowest first.
func restarted(
  _ starts: Int, inputs: Int, hidden: Int, tied: Bool = true, λ: Double, on X: Matrix<Double>,
  seed: UInt64, iterations: Int = 600
) -> [Minimum] {
  (0..<starts).map { n in
    let start: Network = untrained(inputs, hidden: [hidden], tied: tied, seed: seed, start: n)
    return contracted(start, λ: λ, on: X, iterations: iterations)
  }.sorted { $0.F < $1.F }
}

/// A small network on random examples with a contractive penalty.
func penalised(hidden: [Int], tied: Bool, seed: UInt64) -> Objective<Double> {
  var random = RandomStream(seed: seed, name: "examples")
  return lesson.attempt {
    try Objective(
      untrained(5, hidden: hidden, tied: tied, seed: seed),
      data: .normal(rows: 6, columns: 5, using: &random),
      loss: .gaussian, penalties: [.contractive(0.7)])
  }
}

/// A denoiser 2–16–2 with tanh units, before and after training with noise of 0.2 on points of a
/// circle, and forty of the points.
func circleDenoiser(
  seed: UInt64
) -> (untrained: Network, trained: Network, points: Matrix<Double>) {
  var random = RandomStream(seed: seed, name: "circle")
  let X = GaussianMixture.circle().sample(400, using: &random)
  return lesson.attempt {
    let start = try Network(
      inputs: 2, hidden: 16, activation: .tanh, output: .identity, using: &random)
    var network = start
    try network.train(
      on: X, loss: .gaussian, corruption: .gaussian(σ: 0.2),
      optimiser: Adam(rate: .exponential(0.02, factor: 0.95)), epochs: 60, batch: 50,
      using: &random)
    return (start, network, X[rows: 0..<40])
  }
}
