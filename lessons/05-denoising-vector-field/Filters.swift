import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// What a hidden layer learns from masked images, or is before it learns.
struct Masked {
  let filters: [[Double]]
  /// The median roughness of the filters.
  let roughness: Double
  /// How often the nearest training image, as the code sees it, has another label.
  let errors: Double

  /// A share of 0 is a plain autoencoder; without a share the network stays untrained.
  init(
    _ share: Double?, _ parts: (training: LabelledImages, test: LabelledImages), hidden: Int,
    seed: UInt64
  ) {
    let masking = lesson.attempt { try share.map { try Corruption<Float>.masking($0) } }
    let X = parts.training.scaled
    let network = tiedDenoiser(
      of: X, hidden: hidden, .sigmoid, masking, epochs: share == nil ? 0 : 30, seed: seed)
    filters = network.filters
    roughness = medianRoughness(filters, width: parts.training.width)
    errors = NearestNeighbour(network.encode(X), labels: parts.training.labels)
      .errorRate(network.encode(parts.test.scaled), labels: parts.test.labels)
  }
}

/// The paired change from `before` to `after`, in words; of splits with one test image for two of
/// training.
func change(_ after: [Masked], _ before: [Masked]) -> String {
  let roughness = zip(after, before).map { $0.roughness - $1.roughness }
  let points = zip(after, before).map { 100 * ($0.errors - $1.errors) }
  return "changes the roughness by \(measured(roughness)) ("
    + verdict(roughness, below: "smoother", above: "rougher")
    + ") and the errors by "
    + "\(measured(points, testPerTraining: 0.5)) points ("
    + verdict(points, testPerTraining: 0.5, below: "fewer", above: "more") + ")"
}

/// How often the nearest training image has another label.
func pixelErrors(_ parts: (training: LabelledImages, test: LabelledImages)) -> Double {
  NearestNeighbour(parts.training.scaled, labels: parts.training.labels)
    .errorRate(parts.test.scaled, labels: parts.test.labels)
}

/// How rough a filter w is: the squared differences between pixels side by side or one above the
/// other, added up, over 2‖w‖². White noise has 2 − 1/width − 1/height on average.
func roughness(_ w: [Double], width: Int) -> Double {
  var differences = 0.0
  for i in w.indices {
    if (i + 1) % width != 0 { differences += (w[i + 1] - w[i]) * (w[i + 1] - w[i]) }
    if i + width < w.count { differences += (w[i + width] - w[i]) * (w[i + width] - w[i]) }
  }
  return differences / (2 * dot(w, w))
}

/// The median roughness of the filters.
func medianRoughness(_ filters: [[Double]], width: Int) -> Double {
  median(filters.map { roughness($0, width: width) })
}

/// The middle value, the upper one of two.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
