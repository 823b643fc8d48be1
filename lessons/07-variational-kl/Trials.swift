import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// How far images halfway between two held-out images of different classes are from the nearest
/// training image, and what to compare them with.
struct InBetweens {
  /// The squared distances, one for each image.
  let kinds: [(name: String, distances: [Double])]

  init(
    _ network: Network, _ images: Matrix<Double>, _ labels: [Int], training: Matrix<Double>,
    seed: UInt64
  ) {
    var random = RandomStream(seed: seed, name: "pairs")
    var pairs: [(Int, Int)] = []
    while pairs.count < 200 {
      let (i, j) = (random.integer(below: images.rows), random.integer(below: images.rows))
      if labels[i] != labels[j] { pairs.append((i, j)) }
    }
    let halfway = { (A: Matrix<Double>) in
      Matrix(rows: pairs.count, columns: A.columns) { p, i in
        (A[pairs[p].0, i] + A[pairs[p].1, i]) / 2
      }
    }
    let q = network.posterior(of: images)
    let reconstructions = network.decode(q.mean)
    let ε = Matrix<Double>.normal(rows: images.rows, columns: network.latent, using: &random)
    kinds = [
      ("held-out images", images),
      ("their reconstructions", reconstructions),
      ("halfway through the codes", network.decode(halfway(q.mean))),
      ("halfway in the cross-fade of reconstructions", halfway(reconstructions)),
      ("halfway in the cross-fade of images", halfway(images)),
      ("decoded samples of the images' $q(z \\mid x)$", network.decode(q.sample(ε))),
      ("decoded samples of the prior", network.generate(1000, using: &random)),
    ].map { ($0, nearestRows(to: $1, among: training).map(\.squaredDistance)) }
  }

  /// The mean of one kind less that of another, pair by pair, and its standard error.
  func difference(_ i: Int, _ j: Int) -> (mean: Double, error: Double) {
    let d = kinds[i].distances .- kinds[j].distances
    return (mean(d), standardError(d))
  }

  /// The share of the samples of the prior that are as near to a training image as 95 % of the
  /// held-out images are.
  var nearSamples: Double {
    let usual = kinds[0].distances.sorted()
    let bound = usual[usual.count * 95 / 100]
    return Double(kinds[6].distances.count { $0 <= bound }) / Double(kinds[6].distances.count)
  }
}

/// A network that has seen half of the classes, and its scores for other images.
struct AnomalyTrial {
  typealias Score = (Matrix<Double>) -> [Double]
  let ordinary: Matrix<Double>
  let kinds: [(name: String, images: Matrix<Double>)]
  let scores: [(name: String, of: Score)]
  /// The AUC of each score for each kind of image.
  let areas: [[Double]]

  init(
    _ training: LabelledImages, _ test: LabelledImages, latent: Int, hidden: Int, seed: UInt64
  ) {
    let classes = training.classes
    let known = Array(classes[..<(classes.count / 2)])
    let seen = training.labelled(known).scaled
    let D = seen.columns
    let network = trainedNetwork(seen, latent: latent, hidden: hidden, epochs: 30, seed: seed)
    let ordinary = test.labelled(known).scaled
    let unseen = test.labelled(classes.filter { !known.contains($0) }).scaled
    var random = RandomStream(seed: seed, name: "anomalies")
    let places = random.permutation(D)
    let half = ordinary.rows / 2
    let (some, others) = (ordinary[rows: 0..<half], ordinary[rows: half..<2 * half])
    let seenMean = seen.columnMeans
    kinds = [
      ("classes never seen", unseen),
      ("ordinary images, inverted", ordinary.map { 1 - $0 }),
      (
        "ordinary images, pixels shuffled",
        Matrix(rows: ordinary.rows, columns: D) { n, i in ordinary[n, places[i]] }
      ),
      ("uniform noise", .uniform(rows: ordinary.rows, columns: D, using: &random)),
      ("two ordinary images, averaged", 0.5 * (some + others)),
      (
        "two ordinary images, ink over ink",
        Matrix(rows: half, columns: D) { n, i in max(some[n, i], others[n, i]) }
      ),
      ("the mean of the training images", Matrix(rows: 1, columns: D, elements: seenMean)),
    ]
    let baselines = Baselines(seen)
    let scores: [(name: String, of: Score)] = [
      ("−ELBO", { evidence(network, $0, seed: seed, codes: 4).bound.map { -$0 } }),
      (
        "reconstruction only",
        {
          evidence(network, $0, seed: seed, codes: 4).reconstruction.map { -$0 }
        }
      ),
      ("KL only", { network.posterior(of: $0).divergence().rowSums }),
      ("distance to \(latent) principal axes", { baselines.distanceToSubspace($0, latent) }),
      ("distance to the nearest training image", { baselines.distanceToNearest($0) }),
    ]
    let usual = scores.map { $0.of(ordinary) }
    areas = kinds.map { kind in
      zip(scores, usual).map {
        RankingQuality.areaUnderCurve(ordinary: $1, strange: $0.of(kind.images))
      }
    }
    (self.ordinary, self.scores) = (ordinary, scores)
  }
}

/// Which pixels are missing.
enum Mask: String, CaseIterable {
  case lowerHalf = "lower half"
  case random = "random half"
}

/// Held-out images with missing pixels, filled in several ways.
struct ImputationTrial {
  let mask: Mask
  let known: Matrix<Double>
  /// For each way the images, and ‖x − x̂‖² of each.
  let results: [(name: String, images: Matrix<Double>, errors: [Double])]
  /// How many of the prior's codes decide, for the median image.
  let effectiveCodes: Double

  static let ways = [
    "mean image", "1 round", "5 rounds", "20 rounds", "100 rounds",
    "10000 codes from the prior, weighted", "linear regression",
  ]

  /// - Parameter width: of an image, in pixels.
  init(
    _ mask: Mask, _ network: Network, training: Matrix<Double>, test: Matrix<Double>, width: Int,
    seed: UInt64
  ) {
    var random = RandomStream(seed: seed, name: "missing pixels")
    let D = test.columns
    // A regression for each mask: fewer of them if they are large.
    let images = test[rows: 0..<min(D <= 64 ? 100 : 40, test.rows)]
    let known: Matrix<Double> =
      switch mask {
      case .lowerHalf:
        Matrix(rows: images.rows, columns: D) { _, i in i / width < D / width / 2 ? 1 : 0 }
      case .random:
        .uniform(rows: images.rows, columns: D, using: &random).map { $0 < 0.5 ? 1 : 0 }
      }
    let meanImage = training.columnMeans
    let filled = Matrix(rows: images.rows, columns: D) { n, i in
      known[n, i] == 1 ? images[n, i] : meanImage[i]
    }
    var rounds: [Matrix<Double>] = []
    for further in [1, 4, 15, 80] {
      rounds.append(
        network.impute(rounds.last ?? filled, known: known, iterations: further))
    }
    let weighted = conditionalMean(
      filled, known: known, X̂: network.generate(10000, using: &random),
      variance: network.noiseVariance ?? .nan)
    effectiveCodes = weighted.effectiveCodes
    (self.mask, self.known) = (mask, known)
    let linear = linearConditionalMean(filled, known: known, training: training)
    results = zip(ImputationTrial.ways, [filled] + rounds + [weighted.means, linear]).map {
      let difference = $1 - images
      return ($0, $1, (difference ⊙ difference).rowSums)
    }
  }

  /// The errors of one way less those of another: the mean, and its standard error over images.
  func difference(_ way: Int, _ other: Int) -> (mean: Double, error: Double) {
    let d = results[way].errors .- results[other].errors
    return (mean(d), standardError(d))
  }
}
