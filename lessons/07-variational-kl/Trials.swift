import Datasets
import LinearAlgebra

// The experiments on in-betweens, anomalies and missing pixels.

/// A network with two latent dimensions beside the two leading principal axes, on held-out digits.
struct MapTrial {
  /// The ELBO, and the log-likelihood of probabilistic PCA.
  let bound, planeBound: Double
  /// How often the nearest training code has the wrong label.
  let errors, planeErrors: Double

  init(_ network: Network) {
    let share = { (code: (Matrix<Double>) -> Matrix<Double>) in
      nearestNeighbourErrors(code(X), training.labels, code(Xᵗ), test.labels)
    }
    bound = evidence(network, Xᵗ, seed: lesson.seed).mean.bound
    planeBound = -mean(baselines.surprise(Xᵗ, 2))
    errors = share { network.posterior(of: $0).mean }
    planeErrors = share { baselines.scores($0, 2) }
  }
}

/// How far images halfway between two held-out digits of different classes are from the nearest training digit, and
/// what to compare them with.
struct InBetweens {
  /// The squared distances, one for each image.
  let kinds: [(name: String, distances: [Double])]

  init(_ network: Network, _ images: Matrix<Double>, _ labels: [Int], seed: UInt64) {
    var random = RandomStream(seed: seed, name: "pairs")
    var pairs: [(Int, Int)] = []
    while pairs.count < 200 {
      let (i, j) = (random.integer(below: images.rows), random.integer(below: images.rows))
      if labels[i] != labels[j] { pairs.append((i, j)) }
    }
    let halfway = { (A: Matrix<Double>) in
      Matrix(rows: pairs.count, columns: A.columns) { p, i in (A[pairs[p].0, i] + A[pairs[p].1, i]) / 2 }
    }
    let q = network.posterior(of: images)
    let codes = q.mean
    let reconstructions = network.decode(codes)
    let drawn = q.sample(.normal(rows: images.rows, columns: codes.columns, using: &random))
    kinds = [
      ("held-out images", images),
      ("their reconstructions", reconstructions),
      ("halfway through the codes", network.decode(halfway(codes))),
      ("halfway in the cross-fade of reconstructions", halfway(reconstructions)),
      ("halfway in the cross-fade of images", halfway(images)),
      ("decoded samples of the images' $q(z \\mid x)$", network.decode(drawn)),
      ("decoded samples of the prior", network.generate(1000, using: &random)),
    ].map { ($0, baselines.distanceToNearest($1)) }
  }

  /// The mean of one kind over that of another.
  func ratio(_ i: Int, _ j: Int) -> Double { mean(kinds[i].distances) / mean(kinds[j].distances) }

  /// The share of the samples of the prior that are as near to a training digit as 95 % of the held-out digits are.
  var nearSamples: Double {
    let usual = kinds[0].distances.sorted()
    let bound = usual[usual.count * 95 / 100]
    return Double(kinds[6].distances.count { $0 <= bound }) / Double(kinds[6].distances.count)
  }
}

/// A network of the digits with a fixed variance and some weight of the divergence, measured on held-out digits.
struct WeightTrial {
  let β: Double
  let terms: (reconstruction: Double, divergence: Double, bound: Double)
  let error: Double
  /// Of each latent dimension, the largest first.
  let divergences: [Double]

  init(β: Double, variance: Double) {
    let network = digitNetwork(
      X, latent: K, β: β, variance: variance, learnt: false, epochs: 30, seed: lesson.seed)
    self.β = β
    terms = evidence(network, Xᵗ, seed: lesson.seed).mean
    error = squaredError(network.reconstruct(Xᵗ), Xᵗ)
    divergences = network.posterior(of: Xᵗ).divergence().columnMeans.sorted(by: >)
  }

  /// The dimensions with more than 0.1 nats.
  var used: Int { divergences.count { $0 > 0.1 } }

  /// How many dimensions of the linear model would have more than 0.1 nats, for the eigenvalues λ.
  func usedIfLinear(_ λ: [Double], variance: Double) -> Int {
    min(K, λ.count { $0 > 0 && (β == 0 || Double.log($0 / (β * variance)) / 2 > 0.1) })
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

  init(seed: UInt64) {
    let known = Array(digits.classes[..<(digits.classes.count / 2)])
    let (training, test) = split(seed: seed)
    let seen = training.labelled(known).scaled
    let network = digitNetwork(seen, latent: K, epochs: 50, seed: seed)
    let ordinary = test.labelled(known).scaled
    let unseen = test.labelled(digits.classes.filter { !known.contains($0) }).scaled
    var random = RandomStream(seed: seed, name: "anomalies")
    let places = random.permutation(D)
    let half = ordinary.rows / 2
    let (some, others) = (ordinary[rows: 0..<half], ordinary[rows: half..<2 * half])
    let seenMean = seen.columnMeans
    kinds = [
      ("classes never seen", unseen),
      ("ordinary images, inverted", ordinary.map { 1 - $0 }),
      ("ordinary images, pixels shuffled", Matrix(rows: ordinary.rows, columns: D) { n, i in ordinary[n, places[i]] }),
      ("uniform noise", .uniform(rows: ordinary.rows, columns: D, using: &random)),
      ("two ordinary images, averaged", 0.5 * (some + others)),
      (
        "two ordinary images, ink over ink",
        Matrix(rows: half, columns: D) { n, i in some[n, i] < others[n, i] ? others[n, i] : some[n, i] }
      ),
      ("the mean of the training images", Matrix(rows: 1, columns: D, elements: seenMean)),
    ]
    let baselines = Baselines(seen)
    let scores: [(name: String, of: Score)] = [
      ("−ELBO", { evidence(network, $0, seed: seed, codes: 4).bound.map { -$0 } }),
      ("reconstruction only", { evidence(network, $0, seed: seed, codes: 4).reconstruction.map { -$0 } }),
      ("KL only", { network.posterior(of: $0).divergence().rowSums }),
      ("distance to \(K) principal axes", { baselines.distanceToSubspace($0, K) }),
      ("distance to the nearest training image", { baselines.distanceToNearest($0) }),
    ]
    let usual = scores.map { $0.of(ordinary) }
    areas = kinds.map { kind in
      zip(scores, usual).map { areaUnderCurve(ordinary: $1, strange: $0.of(kind.images)) }
    }
    (self.ordinary, self.scores) = (ordinary, scores)
  }
}

/// Held-out digits with missing pixels, filled in several ways.
struct ImputationTrial {
  enum Mask: String {
    case lowerHalf = "lower half"
    case random = "random half"
  }

  let mask: Mask
  let known: Matrix<Double>
  /// For each of the ways ‖x − x̂‖² per digit, and ‖x̂ − x̄‖² with the mean image x̄: how much it commits itself.
  let results: [(name: String, images: Matrix<Double>, error: Double, contrast: Double)]

  /// How many of the prior's codes decide, for the median digit.
  let effectiveCodes: Double

  init(_ mask: Mask) {
    var random = lesson.stream("missing pixels")
    // A regression for each mask: fewer of them if they are large.
    let images = Xᵗ[rows: 0..<min(D <= 64 ? 200 : 40, Xᵗ.rows)]
    let known: Matrix<Double> =
      switch mask {
      case .lowerHalf:
        Matrix(rows: images.rows, columns: D) { _, i in i / digits.width < digits.height / 2 ? 1 : 0 }
      case .random:
        .uniform(rows: images.rows, columns: D, using: &random).map { $0 < 0.5 ? 1 : 0 }
      }
    let filled = Matrix(rows: images.rows, columns: D) { n, i in known[n, i] == 1 ? images[n, i] : μ[i] }
    var candidates = [("mean image", filled)]
    for iterations in [1, 5, 20, 100] {
      candidates.append(
        (
          "\(iterations) iteration\(iterations == 1 ? "" : "s")",
          network.impute(filled, known: known, iterations: iterations)
        ))
    }
    let X̂ = network.generate(20000, using: &random)
    let weighted = conditionalMean(filled, known: known, X̂: X̂, variance: v)
    effectiveCodes = weighted.effectiveCodes
    candidates.append(("20000 codes from the prior, weighted", weighted.means))
    candidates.append(("linear regression", linearConditionalMean(filled, known: known, training: X)))
    (self.mask, self.known) = (mask, known)
    results = candidates.map { ($0, $1, squaredError(images, $1), squaredError($1, filled)) }
  }

  /// The squared error of one way over that of another.
  func ratio(_ name: String, _ other: String) -> Double { error(of: name) / error(of: other) }

  private func error(of name: String) -> Double { results.first { $0.name == name }?.error ?? .nan }

  /// ‖x̂ − x̄‖² of one way over that of another.
  func contrast(_ name: String, _ other: String) -> Double {
    let contrast = { name in results.first { $0.name == name }?.contrast ?? .nan }
    return contrast(name) / contrast(other)
  }
}

/// The figures whose bands over five seeds the lesson shows.
func headlines(seed: UInt64) -> KeyValuePairs<String, Double> {
  let (training, test) = split(seed: seed)
  let network = seed == lesson.seed ? network : largeNetwork(training.scaled, seed: seed)
  let trial = seed == lesson.seed ? trial : AnomalyTrial(seed: seed)
  let terms = evidence(network, test.scaled, seed: seed).mean
  return [
    "held-out ELBO, nats": terms.bound,
    "of which reconstruction": terms.reconstruction,
    "of which divergence": terms.divergence,
    "AUC of −ELBO, unseen classes": trial.areas[0][0],
    "AUC of −ELBO, averages of two images": trial.areas[4][0],
  ]
}
