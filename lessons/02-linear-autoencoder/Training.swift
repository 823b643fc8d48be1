import Autoencoders
import LinearAlgebra
import Notebook

// How the networks of this lesson are made, trained and measured. Sizes, data and the floor are those of main.swift.

typealias Network = Autoencoder<Double>

/// A network of D inputs and k hidden units with random weights; a linear one has no biases.
func randomNetwork(_ seed: UInt64, _ activation: Activation = .identity, tied: Bool = false) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: D, hidden: k, activation: activation, output: .identity, tied: tied, biases: activation != .identity,
      using: &random)
  }
}

/// The first `count` rows of X that are linearly independent: each is farther from the span of those before it than 10⁻⁴ of
/// the longest row.
func independent(_ count: Int, of X: Matrix<Double>) -> Matrix<Double> {
  let least = 1e-4 * (0..<X.rows).map { norm(X.row($0)) }.greatest()
  var (chosen, basis): ([Int], [[Double]]) = ([], [])
  for n in 0..<X.rows where chosen.count < count {
    var rest = X.row(n)
    // Twice, because once leaves rounding of the size of what was taken away.
    for _ in 0..<2 { for b in basis { rest = zip(rest, b).map { [c = dot(rest, b)] in $0 - c * $1 } } }
    guard norm(rest) > least else { continue }
    chosen.append(n)
    basis.append(rest.map { $0 / norm(rest) })
  }
  return Matrix(rows: chosen.count, columns: X.columns) { X[chosen[$0], $1] }
}

/// The mean over examples of ½ ‖x − x̂‖².
func loss(_ network: Network, on data: Matrix<Double>) -> Double {
  lesson.attempt { try Objective(network, data: data, loss: .gaussian).value() }
}

/// A network as training left it, with milestones on the way.
struct Trained {
  var network: Network
  var steps = 0
  /// Loss ∕ floor − 1 at the end, and the least of all steps.
  var excess = Double.nan
  var leastExcess = Double.infinity
  /// Step, loss ∕ floor − 1 and angle.
  var milestones: [(step: Int, excess: Double, angle: Double)] = []

  mutating func record(step: Int, loss: Double) {
    (steps, excess) = (step, loss / floor - 1)
    leastExcess = min(leastExcess, excess)
  }
}

/// The largest angle between what the decoder spans and the principal subspace.
func angle(_ network: Network) -> Double {
  principalAngles(between: network.decoder.W, and: principal).last ?? .nan
}

/// Sixteen steps of each octave are enough for a logarithmic axis.
func isMilestone(_ step: Int) -> Bool {
  step.isMultiple(of: max(1, 1 << (Int.bitWidth - step.leadingZeroBitCount - 5)))
}

/// Trains with the full gradient by L-BFGS. The loss recorded includes the penalties.
func withLBFGS(
  _ network: Network, on data: Matrix<Double>, iterations: Int = 2500, penalties: [Penalty<Double>] = []
) -> Trained {
  lesson.attempt {
    var trained = Trained(network: network)
    let objective = try Objective(network, data: data, loss: .gaussian, penalties: penalties)
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-8, valueTolerance: 0)
    let result = try minimiser.minimise(objective) { iteration in
      trained.record(step: iteration.number, loss: iteration.value)
      guard isMilestone(iteration.number) else { return }
      lesson.progress("L-BFGS", Double(iteration.number) / Double(iterations))
      trained.network.parameters = iteration.parameters
      trained.milestones.append((iteration.number, trained.excess, angle(trained.network)))
    }
    trained.network.parameters = result.parameters
    return trained
  }
}

/// Trains by Adam, on all of the data at once or on minibatches; the loss recorded is that of all the data.
func withAdam(
  _ network: Network, on data: Matrix<Double>, _ rate: LearningRate, epochs: Int, batch: Int? = nil,
  _ random: inout RandomStream
) -> Trained {
  lesson.attempt {
    var (trained, learner) = (Trained(network: network), network)
    let whole = try Objective(network, data: lean, loss: .gaussian)
    try learner.train(
      on: data, loss: .gaussian, optimiser: Adam(rate: rate), epochs: epochs, batch: batch, using: &random
    ) { epoch in
      guard isMilestone(epoch.number) || epoch.number == epochs else { return }
      lesson.progress("Adam", Double(epoch.number) / Double(epochs))
      trained.network.parameters = epoch.parameters
      trained.record(step: epoch.number, loss: whole.value(at: epoch.parameters))
      trained.milestones.append((epoch.number, trained.excess, angle(trained.network)))
    }
    return trained
  }
}
