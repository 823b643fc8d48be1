import LinearAlgebra

/// The loss of an autoencoder on a data set, with its penalties, as a function of all its parameters.
///
/// L(θ) = 1/N Σ_n −log p(x_n | x̂_n) + Σ Ω, the likelihood's loss summed over components and averaged over examples,
/// and each penalty as it says itself.
///
/// ```swift
/// let objective = try Objective(network, data: X, loss: .gaussian, penalties: [.weightDecay(1e-3)])
/// let result = try LBFGS(maxIterations: 500).minimise(objective)
/// network.parameters = result.parameters
/// ```
///
/// An evaluation allocates next to nothing, except for the first one with a given number of examples.
public struct Objective<Element: Scalar>: DifferentiableFunction, StochasticObjective, NetworkDescent {
  var network: Autoencoder<Element>
  private let X: Matrix<Element>
  private let target: Matrix<Element>?
  private let loss: Likelihood<Element>
  private let penalties: [Penalty<Element>]
  private let corruption: Corruption<Element>?
  var workspaces: [Workspace<Element>] = []

  /// The loss of `network` on the examples X.
  ///
  /// - Parameters:
  ///   - data: the examples X, N × D.
  ///   - target: what to reconstruct, N × D, if not X itself.
  ///   - loss: the likelihood.
  ///   - penalties: what is added to it.
  ///   - corruption: what is done to a minibatch, afresh each time, before the network sees it; the target stays
  ///     clean. It makes the loss random, so a full-batch evaluation, which must be a function of θ alone, is not
  ///     defined then.
  /// - Throws: ``TrainingError`` for a data set that is empty, has a NaN or infinity, or values the likelihood does
  ///   not allow; ``ParameterError`` for a penalty that does not suit the encoder's activations.
  public init(
    _ network: Autoencoder<Element>, data X: Matrix<Element>, target: Matrix<Element>? = nil,
    loss: Likelihood<Element>, penalties: [Penalty<Element>] = [], corruption: Corruption<Element>? = nil
  ) throws {
    try TrainingError.check(X, forInputs: network.inputs)
    if let target {
      precondition(
        target.rows == X.rows && target.columns == X.columns,
        "a target of \(target.rows) × \(target.columns) for examples of \(X.rows) × \(X.columns)")
    }
    try TrainingError.check(target ?? X, isValidFor: loss)
    let code = network.encoder.layers[network.encoder.layers.count - 1].activation
    for penalty in penalties {
      guard let needed = penalty.codeActivation, needed != code else { continue }
      throw ParameterError("the code's activation under \(penalty.name)", "\(code)", mustBe: "\(needed)")
    }
    for case .contraction in penalties.map(\.kind) {
      guard let layer = network.encoder.layers.first(where: { !$0.activation.isElementwise }) else { continue }
      throw ParameterError(
        "an encoder layer's activation under the contractive penalty", "\(layer.activation)", mustBe: "unit by unit")
    }
    self.network = network
    self.X = X
    self.target = target
    self.loss = loss
    self.penalties = penalties
    self.corruption = corruption
  }

  /// The parameters the network came with.
  public var start: [Element] { network.parameters }
  public var exampleCount: Int { X.rows }

  /// The loss at θ over all examples.
  public mutating func value(at θ: [Element], gradient: inout [Element]) -> Element {
    precondition(
      corruption == nil, "a corrupted loss is random: it is no function of the parameters to minimise as such")
    let w = workspace(examples: X.rows)
    network.setParameters(θ)
    let value = workspaces[w].evaluate(network, input: X, target: target ?? X, loss, penalties)
    workspaces[w].gradient.write(to: &gradient)
    return value
  }

  /// The loss at θ over the given examples, corrupted afresh.
  public mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element {
    network.setParameters(θ)
    let (value, w) = evaluate(examples, using: &stream)
    workspaces[w].gradient.write(to: &gradient)
    return value
  }

  /// The network's loss over the given examples, and the workspace that has its gradient.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func evaluate(
    _ examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> (value: Element, workspace: Int) {
    precondition(!examples.isEmpty, "the loss is a mean over examples: it needs at least one")
    let w = workspace(examples: examples.count)
    workspaces[w].input.gatherRows(examples, of: X)
    let reconstructsInput = target == nil && corruption == nil
    if !reconstructsInput { workspaces[w].target.gatherRows(examples, of: target ?? X) }
    corruption?.apply(to: &workspaces[w].input, using: &stream)
    let input = workspaces[w].input
    let target = reconstructsInput ? input : workspaces[w].target
    return (workspaces[w].evaluate(network, input: input, target: target, loss, penalties), w)
  }

  func newWorkspace(examples: Int) -> Workspace<Element> {
    Workspace(network, examples: examples, penalties: penalties)
  }
}
