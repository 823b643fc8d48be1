import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// Every way of training on the images of one seed, and the table of five seeds.

/// The ways that are compared, their step sizes chosen on validation images.
struct Ways {
  let sigmoid, pretrainedSigmoid, wideSigmoid, sigmoidAdam, relu, pretrainedReLU, longerReLU: Way

  /// A squared error grows with the pixels, so plain steps shrink.
  private let scale: Double

  init(pixels D: Int) {
    scale = 64 / Double(D)
    sigmoid = Way(
      name: "sigmoid, momentum", units: .sigmoid, method: .momentum, rate: 0.06 * scale)
    pretrainedSigmoid = sigmoid.pretrained(rate: 0.06 * scale)
    wideSigmoid = Way(
      name: "sigmoid, 4 × the weights, momentum", units: .sigmoid, method: .momentum, gain: 4,
      rate: 0.04 * scale)
    sigmoidAdam = Way(name: "sigmoid, Adam", units: .sigmoid, method: .adam, rate: 0.012)
    relu = Way(name: "ReLU, Adam", units: .relu, method: .adam, rate: 0.012)
    pretrainedReLU = relu.pretrained(rate: 0.012)
    longerReLU = pretrainedReLU.withoutCounting
  }

  var all: [Way] {
    [
      sigmoid, pretrainedSigmoid, wideSigmoid, sigmoidAdam, relu, pretrainedReLU, longerReLU,
    ]
  }

  /// The step sizes among which each was chosen.
  var candidates: [[Double]] {
    let adam = [0.003, 0.006, 0.012, 0.025, 0.05]
    let momentum = [0.01, 0.02, 0.04, 0.06, 0.1, 0.15].map { $0 * scale }
    return [momentum, momentum, momentum, adam, adam, adam, adam]
  }
}

/// How many epochs a way of training gets: Adam needs half as many.
func budget(of way: Way, _ epochs: Int) -> Int { way.method == .adam ? epochs / 2 : epochs }

/// What became of all ways on the images of one seed.
struct Study {
  let images: Images
  /// The deep networks, in the order of ``Ways/all``.
  let deep: [Trained]
  /// The shallow ones, in the order of their widths.
  let shallow: [Trained]
  /// Two principal components: their codes, and their errors.
  let principal: (training: Matrix<Float>, test: Matrix<Float>)
  let principalError: (training: Double, test: Double)

  init(
    _ digits: LabelledImages, ways: Ways, hidden: [Int], widths: [Int], seed: UInt64,
    epochs: Int, decay: Double
  ) {
    let images = Images(digits, seed: seed)
    deep = ways.all.map {
      trained(
        hidden, $0, on: images, seed: seed, epochs: budget(of: $0, epochs), decay: decay)
    }
    shallow = widths.map {
      trained(
        [$0, 2], ways.relu, on: images, seed: seed,
        epochs: budget(of: ways.relu, epochs), decay: decay)
    }
    let pca = PrincipalComponents(of: images.training, count: 2)
    func codes(_ X: Matrix<Float>) -> Matrix<Float> {
      X.subtractingFromEachRow(pca.mean) * pca.directions
    }
    func error(_ X: Matrix<Float>) -> Double {
      var X̂ = codes(X) * pca.directions.T
      X̂.addToEachRow(pca.mean)
      return ε(X̂, of: X)
    }
    principal = (codes(images.training), codes(images.test))
    principalError = (error(images.training), error(images.test))
    self.images = images
  }

  /// The share of test images whose nearest code belongs to another digit, of a network.
  func neighbourError(_ network: Network) -> Double {
    nearestError(
      network.encode(images.training), network.encode(images.test), images)
  }
}

/// A mean with the least and the greatest of several seeds.
func spread(_ x: [Double]) -> Cell { Cell(Numeral.meanAndRange(x, .significant(3))) }
