import LinearAlgebra

/// What training tells its observer at the end of an epoch.
public struct Epoch<Element: Scalar>: Sendable {
  /// Which epoch it was, counted from 1.
  public let number: Int
  /// The mean loss over the epoch's examples, each taken when its minibatch was due: while the parameters moved.
  public let loss: Element
  /// The step size η.
  public let rate: Double
  /// The parameters θ at the end of the epoch.
  public let parameters: [Element]
}

/// How a training run ended.
public struct Training<Element: Scalar>: Sendable {
  /// The parameters θ after the last step.
  public let parameters: [Element]
  /// The mean loss of each epoch; see ``Epoch/loss``.
  public let history: [Element]
}

extension StochasticObjective {
  /// Minimises by steps on minibatches; an epoch takes each example once, in a freshly shuffled order.
  ///
  /// - Parameters:
  ///   - optimiser: the method, such as ``SGD`` or ``Adam``.
  ///   - epochs: how many times to go through the examples.
  ///   - batch: examples a step; the last minibatch of an epoch takes what remains. All of them if nil.
  ///   - stream: the source of the orders and of what randomness the loss has. The same stream gives the same bits.
  ///   - observer: called at the end of each epoch.
  /// - Throws: ``ParameterError`` for an option out of range; ``TrainingError`` if the batch is larger than the data
  ///   set, or the loss or a parameter becomes NaN or infinite.
  public func minimised(
    by optimiser: some Optimiser<Element>, epochs: Int, batch: Int? = nil, using stream: inout RandomStream,
    observer: (Epoch<Element>) throws -> Void = { _ in }
  ) throws -> Training<Element> {
    let batch = batch ?? exampleCount
    try optimiser.checkOptions()
    try ParameterError.check("epochs", epochs, "at least 1") { $0 >= 1 }
    try ParameterError.check("examples in a minibatch", batch, "at least 1") { $0 >= 1 }
    guard batch <= exampleCount else { throw TrainingError.batchTooLarge(batch: batch, examples: exampleCount) }

    var descent: any Descent<Element> = self as? any Descent<Element> ?? VectorDescent(self)
    var optimiser: any Optimiser<Element> = optimiser
    var order = Array(0..<exampleCount)
    var history: [Element] = []
    for epoch in 1...epochs {
      let η = optimiser.rate(epoch: epoch)
      var total: Element = 0
      if batch < exampleCount { stream.shuffle(&order) }
      for (step, first) in stride(from: 0, to: exampleCount, by: batch).enumerated() {
        let examples = order[first..<min(first + batch, exampleCount)]
        let loss = descent.step(by: &optimiser, rate: Element(η), examples: examples, using: &stream)
        guard loss.isFinite else { throw TrainingError.diverged(epoch: epoch, step: step + 1, rate: η) }
        total += loss * Element(examples.count)
      }
      let θ = descent.parameters
      guard total.isFinite, firstNotFinite(θ) == nil else {
        throw TrainingError.diverged(epoch: epoch, step: (exampleCount - 1) / batch + 1, rate: η)
      }
      history.append(total / Element(exampleCount))
      try observer(Epoch(number: epoch, loss: history[epoch - 1], rate: η, parameters: θ))
    }
    return Training(parameters: descent.parameters, history: history)
  }
}

extension Autoencoder {
  /// Trains the network on the examples X by steps on minibatches.
  ///
  /// ```swift
  /// let training = try network.train(
  ///   on: X, loss: .bernoulli, corruption: .masking(0.25), optimiser: Adam(rate: 5e-3), epochs: 100, batch: 64,
  ///   using: &stream
  /// ) { epoch in print(epoch.number, epoch.loss) }
  /// ```
  ///
  /// - Parameters:
  ///   - X: the examples, N × D.
  ///   - loss: the likelihood; summed over components, averaged over examples.
  ///   - penalties: what is added to it.
  ///   - corruption: what is done to each minibatch, afresh, before the network sees it; the target stays clean.
  ///   - optimiser: the method, such as ``SGD`` or ``Adam``.
  ///   - epochs: how many times to go through the examples.
  ///   - batch: examples a step; all of them if nil.
  ///   - stream: the source of the orders and of the corruption. The same stream gives the same bits.
  ///   - observer: called at the end of each epoch.
  /// - Returns: the parameters, which the network has as well, and the loss of each epoch.
  /// - Throws: ``ParameterError`` and ``TrainingError``; the network is then what it was before.
  @discardableResult
  public mutating func train(
    on X: Matrix<Element>, loss: Likelihood<Element>, penalties: [Penalty<Element>] = [],
    corruption: Corruption<Element>? = nil, optimiser: some Optimiser<Element>, epochs: Int, batch: Int? = nil,
    using stream: inout RandomStream, observer: (Epoch<Element>) throws -> Void = { _ in }
  ) throws -> Training<Element> {
    let objective = try Objective(self, data: X, loss: loss, penalties: penalties, corruption: corruption)
    let training = try objective.minimised(
      by: optimiser, epochs: epochs, batch: batch, using: &stream, observer: observer)
    parameters = training.parameters
    return training
  }
}
