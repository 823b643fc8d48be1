import Autoencoders
import LinearAlgebra
import Notebook

/// The images to learn from and those kept back, one a row.
struct Images {
  let training: Matrix<Double>
  let heldOut: Matrix<Double>
}

/// How the parameters change.
enum Method {
  /// Down the gradient of the loss and of λ (‖W‖² + ‖W*‖²).
  case backPropagation(decay: Double)
  /// By recirculation with regression r. In the unit in which the decoder's change is the
  /// gradient's, the encoder's change is multiplied by `gain`; weights decay as above.
  case recirculation(r: Double, gain: Double, decay: Double)
}

/// A network as training left it, with milestones on the way.
struct Trained {
  struct Milestone {
    let epoch: Int
    let loss: Double
    let heldOutLoss: Double
    /// cos(W*, Wᵀ).
    let alignment: Double
  }

  var network: Network
  var milestones: [Milestone] = []
  var last: Milestone { milestones[milestones.count - 1] }
  var halfway: Milestone { milestones[(milestones.count - 1) / 2] }
  var epochs: [Double] { milestones.map { Double($0.epoch) } }
}

/// Trains `start` in minibatches of 20 with steps of size η, on ½ ‖x − x̂‖² summed over pixels and
/// averaged over examples. Besides the start there are `milestones`, evenly spaced.
func train(
  _ start: Network, on images: Images, by method: Method, rate η: Double, epochs: Int,
  milestones: Int = 10, seed: UInt64
) -> Trained {
  var trained = Trained(network: start)
  var random = RandomStream(seed: seed, name: "minibatches")
  func record(_ epoch: Int, _ θ: [Double]) {
    trained.network.parameters = θ
    trained.milestones.append(
      Trained.Milestone(
        epoch: epoch, loss: meanLoss(trained.network, on: images.training),
        heldOutLoss: meanLoss(trained.network, on: images.heldOut),
        alignment: cosine(trained.network.decoder.W, trained.network.encoder.W.T)))
  }
  let marks = Set((1...milestones).map { $0 * epochs / milestones })
  func observe(_ epoch: Epoch<Double>) {
    if marks.contains(epoch.number) { record(epoch.number, epoch.parameters) }
  }
  record(0, start.parameters)
  lesson.attempt {
    switch method {
    case .backPropagation(let λ):
      let objective = try Objective(
        start, data: images.training, loss: .gaussian,
        penalties: λ > 0 ? [.weightDecay(λ)] : [])
      _ = try objective.minimised(
        by: SGD(rate: .constant(η)), epochs: epochs, batch: 20, using: &random, observer: observe)
    case .recirculation(let r, let gain, let λ):
      let loop = Loop(network: start, X: images.training, r: r, gain: gain, λ: λ)
      _ = try loop.minimised(
        by: SGD(rate: .constant(η)), epochs: epochs, batch: 20, using: &random, observer: observe)
    }
  }
  return trained
}

/// A network of one hidden layer of sigmoid units with random weights and linear outputs.
func randomNetwork(_ seed: UInt64, inputs: Int, hidden: Int) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: inputs, hidden: hidden, activation: .sigmoid, output: .identity, using: &random)
  }
}

/// The same encoder with the decoder that is best for it on the rows of X, by least squares.
func withBestDecoder(_ network: Network, on X: Matrix<Double>) -> Network {
  var network = network
  let H = network.encode(X)
  let (h, x) = (H.columnMeans, X.columnMeans)
  let fit = SVD(H.subtractingFromEachRow(h))
  let inverse = Matrix.diagonal(fit.σ.map { $0 > 1e-10 * fit.σ[0] ? 1 / $0 : 0 })
  // W*ᵀ = V Σ⁻¹ Uᵀ (X − x̄), and c so that the mean code becomes the mean image.
  network.decoder.W = (fit.V * inverse * (fit.U.T * X.subtractingFromEachRow(x))).T
  network.decoder.b = x .- network.decoder.W * h
  return network
}

/// The mean over examples of ½ ‖x − x̂‖².
func meanLoss(_ network: Network, on X: Matrix<Double>) -> Double {
  0.5 * squaredError(network.reconstruct(X), X)
}

/// The cosine of the angle between two matrices, taken as vectors.
func cosine(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Double { dot(A, B) / (A.norm * B.norm) }

/// The gradient of the mean loss in all parameters, in the shape of a network.
func gradient(_ network: Network, on X: Matrix<Double>) -> Network {
  var g = network
  g.parameters = lesson.attempt { try Objective(network, data: X, loss: .gaussian).gradient() }
  return g
}
