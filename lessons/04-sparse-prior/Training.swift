import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

typealias Network = Autoencoder<Double>

/// What a seed decides: which images are learnt from, which serve to choose hyperparameters and
/// which to test, and the weights' random numbers.
struct Sample {
  let seed: UInt64
  let training: LabelledImages
  let validation: LabelledImages
  let testing: LabelledImages
  /// The images as rows, all divided by one number, such that the training images have the total
  /// variance ``variance``.
  let X: Matrix<Double>
  let validationX: Matrix<Double>
  let newX: Matrix<Double>

  /// What five orthonormal decoder columns with codes of 1 add up to, squared.
  static let variance = 5.0

  /// A third of the images to learn from, but at most 300, as many to validate, and of the rest
  /// at most 900 to test on. In `blocks` the images keep their order, which is that of the
  /// writers, and the seed only says where the first block begins.
  init(_ seed: UInt64, of images: LabelledImages, inBlocks blocks: Bool) {
    var random = RandomStream(seed: seed, name: "split")
    let start = Int(seed % 5) * images.count / 5
    let order =
      blocks
      ? (0..<images.count).map { (start + $0) % images.count } : random.permutation(images.count)
    let third = min(images.count / 3, 300)
    self.seed = seed
    training = images[order[..<third]]
    validation = images[order[third..<2 * third]]
    testing = images[order[(2 * third)...].prefix(900)]
    let A = training.scaled
    let centred = A.subtractingFromEachRow(A.columnMeans)
    let unit = (centred.squaredNorm / Double(third) / Sample.variance).squareRoot()
    (X, validationX, newX) = (A / unit, validation.scaled / unit, testing.scaled / unit)
  }

  /// D inputs, sigmoid units with random weights, uniform in ±√(6 ∕ (D + K)), and a linear
  /// decoder whose columns are training images less their mean, at length 1: random numbers at
  /// pixels that never change would stay there for ever.
  func untrainedNetwork(hidden: Int) -> Network {
    var random = RandomStream(seed: seed, name: "weights")
    var network = lesson.attempt {
      try Network(
        inputs: X.columns, hidden: hidden, activation: .sigmoid, output: .identity,
        using: &random)
    }
    let centred = X.subtractingFromEachRow(X.columnMeans)
    network.decoder.W = Matrix(rows: X.columns, columns: hidden) { i, l in
      centred[l % X.rows, i] / max(norm(centred.row(l % X.rows)), 1e-9)
    }
    return network
  }
}

/// What keeps the codes of a network sparse, if anything does.
enum Sparsity {
  case none
  case KL(ρ: Double, β: Double)
  case laplace(λ: Double)

  func penalties<Element: Scalar>() -> [Penalty<Element>] {
    lesson.attempt {
      switch self {
      case .none: []
      case .KL(let ρ, let β): [try .sparsity(ρ: Element(ρ), β: Element(β))]
      case .laplace(let λ): [try .laplace(Element(λ))]
      }
    }
  }
}

/// The loss of a network whose decoder columns are free, or kept at length 1.
///
/// In the second case the parameters hold v_l, of any length, and the network has w*_l = v_l ∕
/// ‖v_l‖. The gradient is ∂L∕∂v = (∂L∕∂w − (w·∂L∕∂w) w) ∕ ‖v‖: what would only stretch w is
/// taken out.
struct Loss<Element: Scalar>: DifferentiableFunction {
  var objective: Objective<Element>
  let unitColumns: Bool
  /// Where the decoder's weights W* (D × K, row after row) stand among the parameters.
  let (first, D, K): (Int, Int, Int)

  init(_ network: Network, on X: Matrix<Double>, _ sparsity: Sparsity, unitColumns: Bool) throws {
    func converted(_ A: Matrix<Double>) -> Matrix<Element> {
      Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Element($0) })
    }
    func converted(_ layers: Stack<Double>) -> Stack<Element> {
      Stack(
        layers.layers.map {
          Dense(W: converted($0.W), b: $0.b.map { Element($0) }, activation: $0.activation)
        })
    }
    objective = try Objective(
      Autoencoder(encoder: converted(network.encoder), decoder: converted(network.decoder)),
      data: converted(X), loss: .gaussian, penalties: sparsity.penalties())
    self.unitColumns = unitColumns
    (D, K) = (network.inputs, network.hidden)
    first = network.encoder.parameterCount
  }

  var start: [Element] { objective.start }

  /// 1 ∕ ‖v_l‖ for each column.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func shrinkage(_ θ: [Element]) -> [Element] {
    var squares = [Element](repeating: 0, count: K)
    for i in 0..<D {
      for l in 0..<K { squares[l] += θ[first + i * K + l] * θ[first + i * K + l] }
    }
    return squares.map { 1 / $0.squareRoot() }
  }

  /// The network's parameters: those with columns of length 1 if they are to be.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func weights(_ θ: [Element]) -> [Element] {
    guard unitColumns else { return θ }
    var w = θ
    let shrinkage = shrinkage(θ)
    for i in 0..<D { for l in 0..<K { w[first + i * K + l] *= shrinkage[l] } }
    return w
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func value(at θ: [Element], gradient: inout [Element]) -> Element {
    guard unitColumns else { return objective.value(at: θ, gradient: &gradient) }
    let (w, shrinkage) = (weights(θ), shrinkage(θ))
    let value = objective.value(at: w, gradient: &gradient)
    var along = [Element](repeating: 0, count: K)
    for i in 0..<D {
      for l in 0..<K { along[l] += w[first + i * K + l] * gradient[first + i * K + l] }
    }
    for i in 0..<D {
      for l in 0..<K {
        let at = first + i * K + l
        gradient[at] = (gradient[at] - along[l] * w[at]) * shrinkage[l]
      }
    }
    return value
  }
}

/// A network after some iterations, and its loss.
struct Moment {
  let iteration: Int
  let loss: Double
  let network: Network
}

/// Trains by L-BFGS with the full gradient; gives the network after each of so many iterations
/// `stops`, in ascending order. It begins in single precision, which takes half the time, and
/// goes on in double precision where rounding would end it. Where no step lowers the loss any
/// more, the network stays as it is.
func trained(
  _ start: Network, on X: Matrix<Double>, _ sparsity: Sparsity, unitColumns: Bool, stops: [Int]
) -> [Moment] {
  lesson.attempt {
    let first = Moment(iteration: 0, loss: .infinity, network: start)
    let single = try moments(
      of: Loss<Float>(start, on: X, sparsity, unitColumns: unitColumns), after: first, at: stops)
    let double =
      single.end.iteration < stops[stops.count - 1]
      ? try moments(
        of: Loss<Double>(single.end.network, on: X, sparsity, unitColumns: unitColumns),
        after: single.end, at: stops)
      : (moments: [], end: single.end)
    return single.moments + double.moments
      + stops.filter { $0 > double.end.iteration }.map {
        Moment(iteration: $0, loss: double.end.loss, network: double.end.network)
      }
  }
}

/// Those of the moments `stops` that training gets to in one precision, and where it ends.
private func moments<Element: Scalar>(
  of loss: Loss<Element>, after start: Moment, at stops: [Int]
)
  throws -> (moments: [Moment], end: Moment)
{
  let last = stops[stops.count - 1]
  let moment = { (iterations: Int, value: Element, θ: [Element]) -> Moment in
    var network = start.network
    network.parameters = loss.weights(θ).map { Double($0) }
    return Moment(iteration: start.iteration + iterations, loss: Double(value), network: network)
  }
  var moments: [Moment] = []
  let minimiser = LBFGS(
    maxIterations: last - start.iteration, gradientTolerance: 1e-7, valueTolerance: 0)
  let result = try minimiser.minimise(loss) { now in
    lesson.progress("training", Double(start.iteration + now.number) / Double(last))
    guard stops.contains(start.iteration + now.number) else { return }
    moments.append(moment(now.number, now.value, now.parameters))
  }
  return (moments, moment(result.iterations, result.value, result.parameters))
}

/// How a network is trained: with which penalty, and whether its decoder's columns are kept at
/// length 1.
struct Recipe {
  let penalty: String
  let sparsity: Sparsity
  let unitColumns: Bool

  init(_ penalty: String, _ sparsity: Sparsity, unitColumns: Bool) {
    (self.penalty, self.sparsity, self.unitColumns) = (penalty, sparsity, unitColumns)
  }

  var name: String { "\(penalty), \(unitColumns ? "unit" : "free")" }
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

  /// ∂Ω/∂W_li of the encoder by differences, for a penalty that adds up a function of the units'
  /// mean activations.
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

/// A network whose unit l copies pixel l, W = ηI, with activations near ρ, and whose decoder
/// undoes that: s(s⁻¹(ρ) + ηd) is ρ + ρ(1 − ρ)ηd for a small η, where d = x − μ.
func copyingNetwork(ρ: Double, η: Double, μ: [Double]) -> Network {
  let I = Matrix<Double>.identity(μ.count)
  return Network(
    encoder: Stack([
      Dense(W: η * I, b: μ.map { .log(ρ / (1 - ρ)) - η * $0 }, activation: .sigmoid)
    ]),
    decoder: Stack([
      Dense(
        W: I / (ρ * (1 - ρ) * η), b: μ.map { $0 - 1 / ((1 - ρ) * η) }, activation: .identity)
    ]))
}
