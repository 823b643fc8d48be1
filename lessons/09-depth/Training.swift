import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// Autoencoders of images: deep and shallow, pretrained or not.

typealias Network = Autoencoder<Float>

/// The images of one seed, pixels between 0 and 1.
struct Images {
  let training: Matrix<Float>, test: Matrix<Float>
  let trainingLabels: [Int], testLabels: [Int]

  /// A third of the images for testing; to choose step sizes, a quarter of the others instead.
  init(_ images: LabelledImages, seed: UInt64, forChoosing: Bool = false) {
    var (training, test) = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    if forChoosing {
      (training, test) = lesson.attempt { try training.split(testShare: 0.25, seed: seed) }
    }
    func scaled(_ part: LabelledImages) -> Matrix<Float> {
      Matrix(rows: part.count, columns: part.pixels.columns) {
        Float(part.pixels[$0, $1] / images.maximum)
      }
    }
    (self.training, self.test) = (scaled(training), scaled(test))
    (trainingLabels, testLabels) = (training.labels, test.labels)
  }
}

/// Σ ‖x − x̂‖² / Σ ‖x − x̄‖².
func ε(_ X̂: Matrix<Float>, of X: Matrix<Float>) -> Double {
  Double(
    squaredError(X, X̂) * Float(X.rows) / X.subtractingFromEachRow(X.columnMeans).squaredNorm)
}

/// One way of training.
struct Way {
  enum Method { case momentum, adam }
  let name: String
  let units: Activation
  let method: Method
  var gain = 1.0
  var isPretrained = false
  /// Whether the epochs of pretraining count: fine-tuning then has half of them, not all.
  var isCounted = true
  var rate: Double

  func pretrained(rate: Double) -> Way {
    var way = with(rate: rate)
    way.isPretrained = true
    return way
  }

  var withoutCounting: Way {
    var way = self
    way.isCounted = false
    return way
  }

  func with(rate: Double) -> Way {
    var way = self
    way.rate = rate
    return way
  }
}

/// A network at its random start, after pretraining if there was any, and at the end.
struct Trained {
  let start: Network, ready: Network, end: Network
  /// Relative errors on training and test images at the end.
  let error: (training: Double, test: Double)
}

/// Random weights: Glorot's, in all layers but the last times the gain; the code and the output
/// are linear.
func untrained(_ hidden: [Int], _ way: Way, inputs: Int, seed: UInt64) -> Network {
  lesson.attempt {
    var random = RandomStream(seed: seed, name: "weights \(hidden)")
    var network = try Network(
      inputs: inputs, hidden: hidden, activation: way.units, code: .identity, output: .identity,
      using: &random)
    let last = hidden.count - 1
    for l in 0...last {
      network.encoder.layers[l].W *= Float(way.gain)
      if l < last { network.decoder.layers[l].W *= Float(way.gain) }
    }
    return network
  }
}

/// Trains for so many epochs with minibatches of 32; a pretrained network spends half of them on
/// its layers, an equal share on each. The decay λ counts in fine-tuning.
func trained(
  _ hidden: [Int], _ way: Way, on images: Images, seed: UInt64, epochs: Int, decay: Double
) -> Trained {
  let X = images.training
  let start = untrained(hidden, way, inputs: X.columns, seed: seed)
  var random = RandomStream(seed: seed, name: "order")
  let share = way.isPretrained ? epochs / (2 * hidden.count) : 0
  func train(by optimiser: (Int) -> any Optimiser<Float>) throws -> (
    ready: Network, end: Network
  ) {
    var network = start
    if way.isPretrained {
      try network.pretrain(
        on: X, loss: .gaussian, optimiser: optimiser(share), epochs: share, batch: 32,
        using: &random)
    }
    let (ready, rest) = (network, epochs - (way.isCounted ? share * hidden.count : 0))
    try network.train(
      on: X, loss: .gaussian, penalties: decay == 0 ? [] : [.weightDecay(Float(decay))],
      optimiser: optimiser(rest), epochs: rest, batch: 32,
      using: &random)
    return (ready, network)
  }
  let (ready, end) = lesson.attempt {
    switch way.method {
    case .momentum: try train { _ in SGD(rate: .constant(way.rate), momentum: 0.9) }
    case .adam: try train { Adam(rate: .exponential(way.rate, toShare: 0.1, over: $0)) }
    }
  }
  return Trained(
    start: start, ready: ready, end: end,
    error: (ε(end.reconstruct(X), of: X), ε(end.reconstruct(images.test), of: images.test)))
}

/// The norms of the loss's gradient in the weights, from the first layer to the last.
func weightGradients(_ network: Network, on X: Matrix<Float>) -> [Double] {
  let gradient = lesson.attempt { try Objective(network, data: X, loss: .gaussian).gradient() }
  var offset = 0
  return (network.encoder.layers + network.decoder.layers).map { layer in
    let weights = layer.inputs * layer.outputs
    let part = gradient[offset..<offset + weights]
    offset += weights + layer.b.count
    return Double(norm(Array(part)))
  }
}

/// How many hidden units on each side of the code give D–n–2–n–D about as many
/// parameters.
func equalWidth(_ parameters: Int, inputs D: Int) -> Int {
  Int((Double(parameters - D - 2) / Double(2 * D + 6)).rounded())
}

/// The share of test images whose nearest training image, by codes, shows another digit.
func nearestError(
  _ training: Matrix<Float>, _ test: Matrix<Float>, _ images: Images
) -> Double {
  NearestNeighbour(training, labels: images.trainingLabels)
    .errorRate(test, labels: images.testLabels)
}

/// For each way, the mean error on validation images over three seeds, with each of its step
/// sizes. They are a quarter of the images, so a third more epochs make as many steps.
func validationErrors(
  _ ways: [Way], _ rates: [[Double]], hidden: [Int], of images: LabelledImages, seed: UInt64,
  epochs: Int, decay: Double
) -> [[(rate: Double, error: Double)]] {
  zip(ways, rates).map { way, rates in
    rates.map { rate in
      (
        rate,
        mean(
          (0..<UInt64(3)).map {
            let part = Images(images, seed: seed + $0, forChoosing: true)
            return trained(
              hidden, way.with(rate: rate), on: part, seed: seed + $0,
              epochs: 4 * budget(of: way, epochs) / 3, decay: decay
            ).error.test
          })
      )
    }
  }
}
