import Datasets
import LinearAlgebra

// The experiments on in-betweens, anomalies and missing pixels.

/// Images halfway between two held-out digits of different classes, and what to compare them with.
struct InBetweens {
  let kinds: [(name: String, images: Matrix<Double>)]

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
    let codes = network.posterior(of: images).mean
    let reconstructions = network.decode(codes)
    kinds = [
      ("held-out digits", images),
      ("their reconstructions", reconstructions),
      ("halfway through the codes", network.decode(halfway(codes))),
      ("halfway in the cross-fade of reconstructions", halfway(reconstructions)),
      ("halfway in the cross-fade of digits", halfway(images)),
      ("decoded samples of the prior", network.generate(200, using: &random)),
    ]
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
    let seen = training.labelled(known).scaled
    let network = digitNetwork(seen, latent: K, epochs: 50, seed: seed)
    let ordinary = test.labelled(known).scaled
    let unseen = test.labelled(digits.classes.filter { !known.contains($0) }).scaled
    var random = RandomStream(seed: seed, name: "anomalies")
    let places = random.permutation(D)
    let half = ordinary.rows / 2
    let seenMean = seen.columnMeans
    kinds = [
      ("classes never seen", unseen),
      ("ordinary digits, inverted", ordinary.map { 1 - $0 }),
      ("ordinary digits, pixels shuffled", Matrix(rows: ordinary.rows, columns: D) { n, i in ordinary[n, places[i]] }),
      ("uniform noise", .uniform(rows: ordinary.rows, columns: D, using: &random)),
      (
        "two ordinary digits laid over each other",
        0.5 * (ordinary[rows: 0..<half] + ordinary[rows: half..<2 * half])
      ),
      ("the mean of the training digits", Matrix(rows: 1, columns: D, elements: seenMean)),
    ]
    let baselines = Baselines(seen)
    let scores: [(name: String, of: Score)] = [
      ("−ELBO", { evidence(network, $0, seed: seed, codes: 4).bound.map { -$0 } }),
      ("reconstruction only", { evidence(network, $0, seed: seed, codes: 4).reconstruction.map { -$0 } }),
      ("KL only", { network.posterior(of: $0).divergence().rowSums }),
      ("distance to \(K) principal axes", { baselines.distanceToSubspace($0, K) }),
      ("distance to the nearest training digit", { baselines.distanceToNearest($0) }),
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
  let results: [(name: String, images: Matrix<Double>, error: Double)]

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
    candidates.append(
      ("20000 codes from the prior, weighted", conditionalMean(filled, known: known, X̂: X̂, variance: v)))
    candidates.append(("linear regression", linearConditionalMean(filled, known: known, training: X)))
    (self.mask, self.known) = (mask, known)
    results = candidates.map { ($0.0, $0.1, squaredError(images, $0.1)) }
  }

  /// The squared error per digit of one of the ways.
  func error(of name: String) -> Double { results.first { $0.name == name }?.error ?? .nan }
}
