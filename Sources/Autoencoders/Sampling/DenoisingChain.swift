import LinearAlgebra

/// A Markov chain on vectors of bits: corrupt, reconstruct, sample.
///
/// x → x̃ ~ C(x̃|x) → x̂ = r(x̃) → x ~ Π_i Bernoulli(x̂_i). If the network's p(x|x̃) were the posterior of the data under C,
/// the data would be its stationary distribution (Bengio et al. 2013). Pixels are drawn independently given x̃, which the
/// posterior's are only if little is corrupted.
///
/// ```swift
/// let chain = DenoisingChain(network, corruption: try .saltAndPepper(0.3))
/// var X = Matrix<Float>(rows: 100, columns: 64)     // a hundred chains, which start in black
/// for _ in 0..<200 { chain.step(&X, using: &stream) }
/// ```
public struct DenoisingChain<Element: Scalar>: Sendable {
  public let network: Autoencoder<Element>
  public let corruption: Corruption<Element>

  /// The chain of a network whose outputs are probabilities.
  public init(_ network: Autoencoder<Element>, corruption: Corruption<Element>) {
    precondition(network.output == .sigmoid, "outputs that are \(network.output) are no probabilities of bits")
    (self.network, self.corruption) = (network, corruption)
  }

  /// One step of each chain, a row of X (N × D), in place.
  public func step(_ X: inout Matrix<Element>, using stream: inout RandomStream) {
    corruption.apply(to: &X, using: &stream)
    X = network.reconstruct(X)
    stream.change(&X) { x̂, u in Element(u) < x̂ ? 1 : 0 }
  }
}

/// The loss of a denoising autoencoder of bits that also learns to find back from where its own chain goes (walkback;
/// Bengio et al. 2013, algorithm 1).
///
/// From each example x the chain takes steps x̃₁ → x₁ → x̃₂ → …, with the network as it is, and the loss is the mean over
/// `steps` corrupted states of −log p(x|x̃_t): the target is the clean x each time. With one step it is plain denoising.
/// The states are drawn, not differentiated through.
public struct WalkbackObjective<Element: Scalar>: StochasticObjective {
  private var network: Autoencoder<Element>
  private let X: Matrix<Element>
  private let corruption: Corruption<Element>
  private let steps: Int

  /// - Parameters:
  ///   - network: one whose outputs are probabilities.
  ///   - data: the examples, N × D, of numbers in [0, 1].
  ///   - corruption: C, drawn afresh each time.
  ///   - steps: how many corrupted states each example is to be found back from.
  /// - Throws: ``ParameterError`` unless there is at least one step; ``TrainingError`` for data that are not probabilities.
  public init(
    _ network: Autoencoder<Element>, data X: Matrix<Element>, corruption: Corruption<Element>, steps: Int
  ) throws {
    guard steps >= 1 else { throw ParameterError("steps of a walkback", "\(steps)", mustBe: "at least 1") }
    _ = try Objective(network, data: X, loss: .bernoulli)
    (self.network, self.X, self.corruption, self.steps) = (network, X, corruption, steps)
  }

  public var start: [Element] { network.parameters }
  public var exampleCount: Int { X.rows }

  public mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element {
    network.parameters = θ
    var clean = Matrix<Element>(rows: examples.count, columns: X.columns)
    clean.gatherRows(examples, of: X)
    var (state, inputs, targets) = (clean, [Element](), [Element]())
    for step in 1...steps {
      corruption.apply(to: &state, using: &stream)
      inputs += state.elements
      targets += clean.elements
      guard step < steps else { break }
      state = network.reconstruct(state)
      stream.change(&state) { x̂, u in Element(u) < x̂ ? 1 : 0 }
    }
    let shape = (rows: steps * examples.count, columns: X.columns)
    // What was checked of the data holds for all that is drawn from it.
    guard
      var objective = try? Objective(
        network, data: Matrix(rows: shape.rows, columns: shape.columns, elements: inputs),
        target: Matrix(rows: shape.rows, columns: shape.columns, elements: targets), loss: .bernoulli)
    else { return .nan }
    return objective.value(at: θ, gradient: &gradient)
  }
}
