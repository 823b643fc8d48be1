import Autoencoders
import LinearAlgebra
import Notebook

// The networks that the derivations look at.

typealias Network = Autoencoder<Double>

/// A network with random weights *and biases*, so that no term of a derivation is zero by accident.
func arbitraryNetwork(
  inputs: Int, hidden: [Int], output: Activation = .identity, tied: Bool = false
) -> Network {
  var random = lesson.stream("arbitrary networks")
  return lesson.attempt {
    var network = try Network(
      inputs: inputs, hidden: hidden, activation: .sigmoid, output: output, tied: tied, using: &random)
    network.parameters = network.parameters.map { _ in 0.3 * random.normal() }
    return network
  }
}

/// A linear network that copies everything: D units, W a random rotation and W* = Wᵀ.
func rotationAndBack(using random: inout RandomStream) -> Network {
  let Q = QR(Matrix<Double>.normal(rows: D, columns: D, using: &random)).Q
  return Network(
    encoder: Stack([Dense(W: Q, activation: .identity)]), decoder: Stack([Dense(W: Q.T, activation: .identity)]))
}

/// The course's loss of one example x, and its δ* = ∂L/∂a*, at given pre-activations a* of the output layer.
///
/// A network without decoder weights has its biases for pre-activations.
func atOutputs(_ a: [Double], target x: [Double], _ likelihood: Likelihood<Double>) -> (loss: Double, δ: [Double]) {
  let network = Network(
    encoder: Stack([Dense(W: Matrix(rows: 1, columns: a.count), activation: .identity)]),
    decoder: Stack([Dense(W: Matrix(rows: a.count, columns: 1), b: a, activation: likelihood.link)]))
  return lesson.attempt {
    let objective = try Objective(network, data: row(x), loss: likelihood)
    return (objective.value(), Array(objective.gradient().suffix(a.count)))
  }
}

/// The loss after `steps` steps of plain descent along what the function says is its gradient.
func descended(_ L: Function<Double>, steps: Int, rate η: Double) -> Double {
  var (θ, optimiser) = (L.start, SGD<Double>(rate: .constant(η)))
  for _ in 0..<steps { optimiser.step(&θ, gradient: L.gradient(at: θ), rate: η) }
  return L.value(at: θ)
}

extension Dense<Double> {
  /// The pre-activations a = W x + b of the rows of X.
  func preActivations(_ X: Matrix<Double>) -> Matrix<Double> {
    var A = X * W.T
    A.addToEachRow(b)
    return A
  }
}

/// ½ Σ_{i>k} λ_i, with the eigenvalues λ of the covariance of the rows of X: the least mean loss of a linear decoder of
/// k units with biases (lesson 02).
func principalFloor(_ X: Matrix<Double>, units k: Int) -> Double {
  let σ = SVD(X.subtractingFromEachRow(X.columnMeans)).σ
  return 0.5 * σ.dropFirst(k).map { $0 * $0 }.sum() / Double(X.rows)
}

/// The worst relative error of the course's gradient of an arbitrary network on the rows of X.
func courseCheck(_ likelihood: Likelihood<Double>, _ X: Matrix<Double>, hidden: [Int], tied: Bool) -> Double {
  let network = arbitraryNetwork(inputs: X.columns, hidden: hidden, output: likelihood.link, tied: tied)
  return gradientCheck(lesson.attempt { try Objective(network, data: X, loss: likelihood) }, step: 0x1p-9).worstError
}

/// A loss L and its gradients in W, b, W* and c.
typealias LossAndGradient = (L: Double, W: Matrix<Double>, b: [Double], Wˢ: Matrix<Double>, c: [Double])

/// The loss of `network` on the few images, as a function of its parameters, with the lesson's own back-propagation;
/// `lineUp` puts the gradients in the order of the parameters.
func lossByHand(_ network: Network, lineUp: @escaping (LossAndGradient) -> [Double]) -> Function<Double> {
  Function(start: network.parameters) { θ, g in
    var moved = network
    moved.parameters = θ
    let back = backPropagate(moved, few)
    g = lineUp(back)
    return back.L
  }
}

/// How far s(a) − s(a − ρe) is from ρ s′(a) ⊙ e, relative to it, with e = W (x − x̂) for the rows x of X.
func taylorResidual(_ network: Network, on X: Matrix<Double>, _ ρ: Double) -> Double {
  let (A, e) = (network.encoder.layers[0].preActivations(X), (X - network.reconstruct(X)) * network.encoder.W.T)
  let linear = ρ * (network.encode(X).map { $0 * (1 - $0) } ⊙ e)
  return (sigmoid(A) - sigmoid(A - ρ * e) - linear).norm / linear.norm
}
