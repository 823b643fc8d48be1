import Autoencoders
import LinearAlgebra
import Notebook

typealias Network = Autoencoder<Double>

/// A loss L and its gradients in W, b, W* and c.
typealias LossAndGradient = (
  L: Double, W: Matrix<Double>, b: [Double], Wstar: Matrix<Double>, c: [Double]
)

/// The gradients in the order of an untied network's parameters.
func inOrder(_ g: LossAndGradient) -> [Double] { g.W.elements + g.b + g.Wstar.elements + g.c }

/// The vector as a matrix of one row.
func row(_ x: [Double]) -> Matrix<Double> { Matrix(rows: 1, columns: x.count, elements: x) }

/// The outer product x yᵀ, x.count × y.count.
func outer(_ x: [Double], _ y: [Double]) -> Matrix<Double> { row(x).T * row(y) }

/// The middle 8 × 8 pixels of an image that is `width` pixels wide.
func patch(_ image: [Double], width: Int) -> [Double] {
  let (top, left) = ((image.count / width - 8) / 2, (width - 8) / 2)
  return (0..<64).map { image[(top + $0 / 8) * width + left + $0 % 8] }
}

/// A network of sigmoid hidden units with random weights *and biases*, so that no term of a
/// derivation is zero by accident.
func arbitraryNetwork(
  inputs: Int, hidden: [Int], output: Activation = .identity, tied: Bool = false
) -> Network {
  var random = lesson.stream("arbitrary networks")
  return lesson.attempt {
    var network = try Network(
      inputs: inputs, hidden: hidden, activation: .sigmoid, output: output, tied: tied,
      using: &random)
    network.parameters = network.parameters.map { _ in 0.3 * random.normal() }
    return network
  }
}

/// The library's loss of one example x, and its δ* = ∂L/∂a*, at given pre-activations a* of the
/// output layer.
///
/// A network without decoder weights has its biases for pre-activations.
func atOutputs(
  _ a: [Double], target x: [Double], _ likelihood: Likelihood<Double>
) -> (loss: Double, δ: [Double]) {
  let silent = Dense(W: Matrix<Double>(rows: 1, columns: a.count), activation: .identity)
  let biases = Dense(
    W: Matrix(rows: a.count, columns: 1), b: a, activation: likelihood.link)
  return lesson.attempt {
    let objective = try Objective(
      Network(encoder: Stack([silent]), decoder: Stack([biases])), data: row(x), loss: likelihood)
    return (objective.value(), Array(objective.gradient().suffix(a.count)))
  }
}

/// The loss of `network` on the rows of X as a function of its parameters, with a
/// back-propagation written by hand; `lineUp` puts the gradients in the order of the parameters.
func lossByHand(
  _ network: Network, on X: Matrix<Double>,
  _ backPropagate: @escaping (Network, Matrix<Double>) -> LossAndGradient,
  lineUp: @escaping (LossAndGradient) -> [Double]
) -> Function<Double> {
  Function(start: network.parameters) { θ, g in
    var moved = network
    moved.parameters = θ
    let back = backPropagate(moved, X)
    g = lineUp(back)
    return back.L
  }
}

/// The loss after `steps` steps of plain descent along what the function says is its gradient.
func descended(_ L: Function<Double>, steps: Int, rate η: Double) -> Double {
  var (θ, optimiser) = (L.start, SGD<Double>(rate: .constant(η)))
  for _ in 0..<steps { optimiser.step(&θ, gradient: L.gradient(at: θ), rate: η) }
  return L.value(at: θ)
}

/// The worst relative errors of the library's gradients, a row a likelihood: one hidden layer
/// untied and tied, three hidden layers untied and tied. `X` are examples between 0 and 1,
/// `levels` the same with each number coded by four.
func libraryChecks(
  _ X: Matrix<Double>, levels: Matrix<Double>
) -> [(likelihood: String, errors: [Double])] {
  let kinds: [(String, Likelihood<Double>, Matrix<Double>)] = [
    ("Gaussian", .gaussian, X), ("Bernoulli", .bernoulli, X),
    ("categorical", .categorical(classes: 4), levels),
  ]
  return kinds.map { name, likelihood, X in
    let shapes: [([Int], Bool)] = [([5], false), ([5], true), ([5, 3], false), ([5, 3], true)]
    let errors = shapes.map { hidden, tied in
      let network = arbitraryNetwork(
        inputs: X.columns, hidden: hidden, output: likelihood.link, tied: tied)
      let objective = lesson.attempt { try Objective(network, data: X, loss: likelihood) }
      return gradientCheck(objective, step: 0x1p-9).worstError
    }
    return (name, errors)
  }
}
