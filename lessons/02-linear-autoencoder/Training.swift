import Autoencoders
import LinearAlgebra
import Notebook

// How the networks of this lesson are made, trained and measured.

typealias Network = Autoencoder<Double>

/// A network with random weights, uniform within ±√(6 / (inputs + units)); a linear one has no
/// biases, the others start with biases of 0.
func randomNetwork(
  _ inputs: Int, units: Int, seed: UInt64, activation: Activation = .identity,
  tied: Bool = false
) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: inputs, hidden: units, activation: activation, output: .identity, tied: tied,
      biases: activation != .identity, using: &random)
  }
}

/// A linear network with these weights.
func linear(_ encoder: Matrix<Double>, _ decoder: Matrix<Double>) -> Network {
  Network(
    encoder: Stack([Dense(W: encoder, activation: .identity)]),
    decoder: Stack([Dense(W: decoder, activation: .identity)]))
}

/// The mean over the rows x of `data` of ½ ‖x − x̂‖², with penalties.
func loss(
  _ network: Network, on data: Matrix<Double>, penalties: [Penalty<Double>] = []
) -> Double {
  lesson.attempt {
    try Objective(network, data: data, loss: .gaussian, penalties: penalties).value()
  }
}

/// What training is measured against: the least loss that a linear decoder of k units can have,
/// and the k leading principal axes, the columns of a D × k matrix.
struct Optimum {
  let floor: Double
  let axes: Matrix<Double>

  /// The largest principal angle between what the decoder spans and the principal subspace.
  func angle(_ network: Network) -> Double {
    principalAngles(between: network.decoder.W, and: axes).last ?? .nan
  }

  /// |cos| of the angles between principal axes (rows) and the decoder's columns.
  func cosines(_ decoder: Matrix<Double>) -> Matrix<Double> {
    let M = axes.T * decoder
    let lengths = (0..<decoder.columns).map { norm(decoder.column($0)) }
    return Matrix(rows: M.rows, columns: M.columns) { i, j in abs(M[i, j]) / lengths[j] }
  }

  /// How well the worst column of the decoder matches any axis.
  func worstMatch(_ decoder: Matrix<Double>) -> Double {
    let all = cosines(decoder)
    return (0..<all.columns).map { all.column($0).greatest() }.least()
  }

  /// How well the worst column of the decoder matches the axis of its own number.
  func worstInOrder(_ decoder: Matrix<Double>) -> Double {
    let all = cosines(decoder)
    return (0..<all.columns).map { all[$0, $0] }.least()
  }
}

/// A network as training left it, with milestones on the way.
struct Trained {
  var network: Network
  var passes = 0
  /// Loss / floor − 1 at the end, and the least of all passes; penalties included.
  var excess = Double.nan
  var leastExcess = Double.infinity
  var milestones: [(pass: Int, excess: Double, angle: Double)] = []

  mutating func record(pass: Int, loss: Double, floor: Double) {
    (passes, excess) = (pass, loss / floor - 1)
    leastExcess = min(leastExcess, excess)
  }
}

/// Eight passes of each octave are enough for a logarithmic axis.
private func isMilestone(_ pass: Int) -> Bool {
  pass.isMultiple(of: max(1, 1 << (Int.bitWidth - pass.leadingZeroBitCount - 4)))
}

/// Trains with the full gradient by L-BFGS until no component of it exceeds 10⁻⁸.
func withLBFGS(
  _ network: Network, on data: Matrix<Double>, to optimum: Optimum, iterations: Int = 1500,
  penalties: [Penalty<Double>] = []
) -> Trained {
  lesson.attempt {
    var trained = Trained(network: network)
    let objective = try Objective(network, data: data, loss: .gaussian, penalties: penalties)
    let minimiser = LBFGS(
      maxIterations: iterations, gradientTolerance: 1e-8, valueTolerance: 0)
    let result = try minimiser.minimise(objective) { iteration in
      trained.record(pass: iteration.number, loss: iteration.value, floor: optimum.floor)
      guard isMilestone(iteration.number) else { return }
      lesson.progress("L-BFGS", Double(iteration.number) / Double(iterations))
      trained.network.parameters = iteration.parameters
      trained.milestones.append(
        (iteration.number, trained.excess, optimum.angle(trained.network)))
    }
    trained.network.parameters = result.parameters
    return trained
  }
}

/// Trains by Adam, on all of the data at once or on minibatches. The loss recorded is that on
/// `whole`, which stands for all the data.
func withAdam(
  _ network: Network, on data: Matrix<Double>, whole: Matrix<Double>, to optimum: Optimum,
  rate: LearningRate, epochs: Int, batch: Int? = nil, seed: UInt64
) -> Trained {
  lesson.attempt {
    var random = RandomStream(seed: seed, name: "minibatches")
    var (trained, learner) = (Trained(network: network), network)
    let all = try Objective(network, data: whole, loss: .gaussian)
    try learner.train(
      on: data, loss: .gaussian, optimiser: Adam(rate: rate), epochs: epochs, batch: batch,
      using: &random
    ) { epoch in
      guard isMilestone(epoch.number) || epoch.number == epochs else { return }
      lesson.progress("Adam", Double(epoch.number) / Double(epochs))
      trained.network.parameters = epoch.parameters
      trained.record(
        pass: epoch.number, loss: all.value(at: epoch.parameters), floor: optimum.floor)
      trained.milestones.append(
        (epoch.number, trained.excess, optimum.angle(trained.network)))
    }
    return trained
  }
}

/// From the least to the greatest, or one number where they look alike.
func span(_ x: [Double], significant: Int = 2) -> String {
  let ends = [x.least(), x.greatest()].map {
    $0 == $0.rounded() ? Numeral.short($0) : Numeral.short($0, significant: significant)
  }
  return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
}

/// The first `count` rows of X that are linearly independent: each is farther from the span of
/// those before it than 10⁻⁴ of the longest row.
func independent(_ count: Int, of X: Matrix<Double>) -> Matrix<Double> {
  let least = 1e-4 * (0..<X.rows).map { norm(X.row($0)) }.greatest()
  var (chosen, basis): ([Double], [[Double]]) = ([], [])
  for n in 0..<X.rows where basis.count < count {
    var rest = X.row(n)
    // Twice, because once leaves rounding of the size of what was taken away.
    for _ in 0..<2 { for b in basis { rest = rest .- dot(rest, b) .* b } }
    guard norm(rest) > least else { continue }
    chosen += X.row(n)
    basis.append((1 / norm(rest)) .* rest)
  }
  return Matrix(rows: basis.count, columns: X.columns, elements: chosen)
}

/// How far U_k, of the examples X, is moved by (X Xᵀ)(X Xᵀ)⁻¹, nil without an inverse, and by
/// X X⁺.
func disturbance(
  _ X: Matrix<Double>, units k: Int
) -> (count: Int, rank: Int, inverse: Double?, pseudoInverse: Double) {
  let svd = SVD(X)
  let head = svd.truncated(to: k).U
  let inverse = try? (X * X.T).inverse()
  return (
    X.rows, svd.rank(), inverse.map { (X * X.T * $0 * head - head).norm / head.norm },
    (X * (X.pseudoInverse() * head) - head).norm / head.norm
  )
}
