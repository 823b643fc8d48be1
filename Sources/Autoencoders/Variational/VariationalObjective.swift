import LinearAlgebra

/// What a variational autoencoder minimises, as a function of all its parameters:
///
/// L(θ) = −(1/N) Σ_n [ E_q log p(x_n|z) − β KL(q(z|x_n)‖N(0, I)) ],
///
/// in nats, summed over components and code dimensions, averaged over examples. The expectation is a mean over S samples
/// z = μ + σ ⊙ ε; the divergence is exact. For β = 1 this is minus the evidence lower bound, all constants included;
/// other β are those of Higgins et al. (2017).
///
/// With fixed ε it is a differentiable function of θ, for gradient checks and deterministic minimisers; fed with
/// minibatches it draws ε afresh each time. An evaluation allocates next to nothing, except for the first one with a
/// given number of examples.
public struct VariationalObjective<Element: Scalar>: DifferentiableFunction, StochasticObjective, NetworkDescent {
  var network: VariationalAutoencoder<Element>
  private let X: Matrix<Element>
  private let β: Element
  private let samples: Int
  private let ε: Matrix<Element>?
  var workspaces: [VariationalWorkspace<Element>] = []

  /// The objective of `network` on the examples X.
  ///
  /// - Parameters:
  ///   - data: the examples X, N × D.
  ///   - β: the weight of the divergence, at least 0.
  ///   - samples: S, how many codes are drawn for each example, at least 1.
  ///   - noise: the ε of a deterministic objective, NS × K: rows nS to nS + S − 1 belong to example n. Without it only
  ///     minibatches can be evaluated. For a linear decoder the 2K points ±√K e_k, whose mean is 0 and whose covariance
  ///     is I, make the expectation exact.
  /// - Throws: ``TrainingError`` for a data set that is empty, has a NaN or infinity, or values the likelihood does not
  ///   allow; ``ParameterError`` for β or S out of range.
  public init(
    _ network: VariationalAutoencoder<Element>, data X: Matrix<Element>, β: Element = 1, samples: Int = 1,
    noise ε: Matrix<Element>? = nil
  ) throws {
    try TrainingError.check(X, forInputs: network.inputs)
    if let ε {
      precondition(
        ε.rows == X.rows * samples && ε.columns == network.latent,
        "noise of \(ε.rows) × \(ε.columns) for \(samples) codes of \(network.latent) numbers for \(X.rows) examples")
    }
    try ParameterError.check("weight β of the divergence", β, "at least 0") { $0 >= 0 && $0.isFinite }
    try ParameterError.check("codes drawn for an example", samples, "at least 1") { $0 >= 1 }
    if network.likelihood == .bernoulli { try TrainingError.check(X, isValidFor: Likelihood<Element>.bernoulli) }
    self.network = network
    self.X = X
    self.β = β
    self.samples = samples
    self.ε = ε
  }

  /// The parameters the network came with.
  public var start: [Element] { network.parameters }
  public var exampleCount: Int { X.rows }

  /// The objective at θ over all examples, with the fixed noise.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func value(at θ: [Element], gradient: inout [Element]) -> Element {
    precondition(ε != nil, "without fixed noise the objective is random: it is no function of the parameters as such")
    let isNew = workspaces.isEmpty
    let w = workspace(examples: X.rows)
    if isNew, let ε {
      workspaces[w].gather(ArraySlice(0..<X.rows), of: X)
      workspaces[w].ε = ε
    }
    network.setParameters(θ)
    let value = workspaces[w].evaluate(network, β)
    workspaces[w].gradient.write(to: &gradient, learnsNoise: network.learnsNoise)
    return value
  }

  /// The objective at θ over the given examples, with fresh noise.
  public mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element {
    network.setParameters(θ)
    let (value, w) = evaluate(examples, using: &stream)
    workspaces[w].gradient.write(to: &gradient, learnsNoise: network.learnsNoise)
    return value
  }

  /// The network's objective over the given examples, and the workspace that has its gradient.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func evaluate(
    _ examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> (value: Element, workspace: Int) {
    precondition(ε == nil, "an objective with fixed noise is deterministic: it takes all examples at once")
    precondition(!examples.isEmpty, "the loss is a mean over examples: it needs at least one")
    let w = workspace(examples: examples.count)
    workspaces[w].gather(examples, of: X)
    stream.fillNormal(&workspaces[w].ε)
    return (workspaces[w].evaluate(network, β), w)
  }

  func newWorkspace(examples: Int) -> VariationalWorkspace<Element> {
    VariationalWorkspace(network, examples: examples, samples: samples)
  }
}

extension VariationalAutoencoder {
  /// Trains the network on the examples X (N × D) by steps on minibatches, with fresh samples of the codes in each.
  ///
  /// - Parameters:
  ///   - β: the weight of the divergence; 1 for the evidence lower bound.
  ///   - optimiser: the method, such as ``Adam``.
  ///   - epochs: how many times to go through the examples.
  ///   - batch: examples a step; all of them if nil.
  ///   - stream: the source of the orders and of ε. The same stream gives the same bits.
  ///   - observer: called at the end of each epoch.
  /// - Returns: the parameters, which the network has as well, and the objective of each epoch.
  /// - Throws: ``ParameterError`` and ``TrainingError``; the network is then what it was before.
  @discardableResult
  public mutating func train(
    on X: Matrix<Element>, β: Element = 1, optimiser: some Optimiser<Element>, epochs: Int, batch: Int? = nil,
    using stream: inout RandomStream, observer: (Epoch<Element>) throws -> Void = { _ in }
  ) throws -> Training<Element> {
    let objective = try VariationalObjective(self, data: X, β: β)
    let training = try objective.minimised(
      by: optimiser, epochs: epochs, batch: batch, using: &stream, observer: observer)
    parameters = training.parameters
    return training
  }
}
