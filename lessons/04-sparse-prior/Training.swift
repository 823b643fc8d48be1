import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// The data, the networks and their training. Sizes, penalties and the classification task are those of main.swift.

typealias Network = Autoencoder<Double>

/// Half of the images, at most 600, to learn from, others to test on, and the weights' random numbers: all that a seed decides.
struct Sample {
  let seed: UInt64
  let training: LabelledImages
  let testing: LabelledImages
  /// The images as rows, divided by one number, such that the training images have the total variance ``variance``.
  let X: Matrix<Double>
  let Xᵗ: Matrix<Double>

  /// What five orthonormal decoder columns with codes of 1 add up to, squared.
  static let variance = 5.0

  init(_ seed: UInt64, of images: LabelledImages) {
    var random = RandomStream(seed: seed, name: "split")
    let order = random.permutation(images.count)
    let half = min(images.count / 2, 600)
    self.seed = seed
    training = images[order[..<half]]
    testing = images[order[half...].prefix(900)]
    let (A, Aᵗ) = (training.scaled, testing.scaled)
    let unit = (A.subtractingFromEachRow(A.columnMeans).squaredNorm / Double(half) / Sample.variance).squareRoot()
    (X, Xᵗ) = (A / unit, Aᵗ / unit)
  }

  /// The negatives of the test images.
  var negatives: Matrix<Double> {
    let white = Xᵗ.elements.greatest()
    return Xᵗ.map { white - $0 }
  }

  /// The test images of one class.
  func newImages(ofClass c: Int) -> Matrix<Double> {
    let chosen = testing.labels.indices.filter { testing.labels[$0] == c }
    var images = Matrix<Double>(rows: chosen.count, columns: Xᵗ.columns)
    images.gatherRows(chosen, of: Xᵗ)
    return images
  }

  /// D inputs, sigmoid units with random weights, and a linear decoder. The decoder's columns are as many training images
  /// less their mean, at length 1: random numbers at pixels that never change would stay there for ever.
  func untrainedNetwork(hidden: Int) -> Network {
    var random = RandomStream(seed: seed, name: "weights")
    var network = lesson.attempt {
      try Network(inputs: X.columns, hidden: hidden, activation: .sigmoid, output: .identity, using: &random)
    }
    let columns = X[rows: 0..<hidden].subtractingFromEachRow(X.columnMeans)
    let lengths = (0..<hidden).map { norm(columns.row($0)) }
    network.decoder.W = (Matrix.diagonal(lengths.map { 1 / max($0, 1e-9) }) * columns).T
    return network
  }
}

/// What distinguishes the networks of this lesson.
struct Recipe {
  var name: String
  var penalties: [Penalty<Double>] = []
  /// Whether the decoder's columns are kept at length 1.
  var unitColumns = false
}

/// The loss of a network whose decoder columns are free, or kept at length 1.
///
/// In the second case the parameters hold v_j, of any length, and the network has w*_j = v_j ∕ ‖v_j‖. The gradient is
/// ∂L∕∂v = (∂L∕∂w − (w·∂L∕∂w) w) ∕ ‖v‖: what would only stretch w is taken out.
struct Loss: DifferentiableFunction {
  var objective: Objective<Double>
  let unitColumns: Bool
  /// Where the decoder's weights W* (D × K, row after row) stand among the parameters.
  let (first, D, K): (Int, Int, Int)

  init(_ recipe: Recipe, _ network: Network, on X: Matrix<Double>) throws {
    objective = try Objective(network, data: X, loss: .gaussian, penalties: recipe.penalties)
    unitColumns = recipe.unitColumns
    (D, K) = (network.inputs, network.hidden)
    first = network.encoder.parameterCount
  }

  var start: [Double] { objective.start }

  /// 1 ∕ ‖v_j‖ for each column.
  private func shrinkage(_ θ: [Double]) -> [Double] {
    var squares = [Double](repeating: 0, count: K)
    for i in 0..<D { for j in 0..<K { squares[j] += θ[first + i * K + j] * θ[first + i * K + j] } }
    return squares.map { 1 / $0.squareRoot() }
  }

  /// The network's parameters: those with columns of length 1 if they are to be.
  func weights(_ θ: [Double]) -> [Double] {
    guard unitColumns else { return θ }
    var w = θ
    let shrinkage = shrinkage(θ)
    for i in 0..<D { for j in 0..<K { w[first + i * K + j] *= shrinkage[j] } }
    return w
  }

  mutating func value(at θ: [Double], gradient: inout [Double]) -> Double {
    guard unitColumns else { return objective.value(at: θ, gradient: &gradient) }
    let (w, shrinkage) = (weights(θ), shrinkage(θ))
    let value = objective.value(at: w, gradient: &gradient)
    var along = [Double](repeating: 0, count: K)
    for i in 0..<D { for j in 0..<K { along[j] += w[first + i * K + j] * gradient[first + i * K + j] } }
    for i in 0..<D {
      for j in 0..<K {
        let at = first + i * K + j
        gradient[at] = (gradient[at] - along[j] * w[at]) * shrinkage[j]
      }
    }
    return value
  }
}

/// Trains by L-BFGS with the full gradient. `observer` sees the network after every `interval`-th iteration.
func trained(
  _ recipe: Recipe, from start: Network, on X: Matrix<Double>, iterations: Int = 100, every interval: Int = .max,
  observer: (Int, Network) -> Void = { _, _ in }
) -> Network {
  lesson.attempt {
    var network = start
    let loss = try Loss(recipe, network, on: X)
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-7, valueTolerance: 0)
    let result = try minimiser.minimise(loss) { iteration in
      lesson.progress(recipe.name, Double(iteration.number) / Double(iterations))
      guard iteration.number.isMultiple(of: interval) else { return }
      network.parameters = loss.weights(iteration.parameters)
      observer(iteration.number, network)
    }
    network.parameters = loss.weights(result.parameters)
    return network
  }
}

/// The six networks of this lesson: without penalty and with each of the two, the decoder's columns free or of length 1.
func sixRecipes(KL: () throws -> Penalty<Double>, laplace: () throws -> Penalty<Double>) -> [Recipe] {
  let (KL, laplace) = lesson.attempt { ([try KL()], [try laplace()]) }
  return [("no penalty", []), ("KL", KL), ("Laplace", laplace)].flatMap { name, penalties in
    [
      Recipe(name: name, penalties: penalties),
      Recipe(name: name + ", unit columns", penalties: penalties, unitColumns: true),
    ]
  }
}

extension Network {
  /// A network that returns its input of D numbers, which is also the code.
  static func copying(_ D: Int) -> Network {
    let copy = Stack<Double>([Dense(W: .identity(D), activation: .identity)])
    return Network(encoder: copy, decoder: copy)
  }

  /// The activations of unit l after b_l ← b_l + shift.
  func activations(of l: Int, on X: Matrix<Double>, shiftedBy shift: Double) -> [Double] {
    var moved = self
    moved.encoder.b[l] += shift
    return moved.encode(X).column(l)
  }

  /// ∂Ω/∂W_li of the encoder by differences, for a penalty that adds up a function of the units' mean activations.
  func weightGradient(on X: Matrix<Double>, of penalty: (Double) -> Double) -> Matrix<Double> {
    Matrix(rows: hidden, columns: inputs) { l, i in
      differences(
        of: { w in
          var moved = self
          moved.encoder.W[l, i] = w
          return penalty(moved.encode(X).columnMeans[l])
        }, at: encoder.W[l, i])
    }
  }
}

/// A network whose unit l copies pixel l, W = ηI, with activations near ρ, and whose decoder undoes that: σ(σ⁻¹(ρ) + ηu) is
/// ρ + ρ(1 − ρ)ηu for a small η, where u = x − μ.
func copyingNetwork(ρ: Double, η: Double, μ: [Double]) -> Network {
  let I = Matrix<Double>.identity(μ.count)
  return Network(
    encoder: Stack([Dense(W: η * I, b: μ.map { .log(ρ / (1 - ρ)) - η * $0 }, activation: .sigmoid)]),
    decoder: Stack([
      Dense(W: I / (ρ * (1 - ρ) * η), b: μ.map { $0 - 1 / ((1 - ρ) * η) }, activation: .identity)
    ]))
}
