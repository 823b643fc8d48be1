import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

func single(_ A: Matrix<Double>) -> Matrix<Float> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Float($0) })
}

func double(_ A: Matrix<Float>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { Double($0) })
}

/// How good samples of bits are, against held-out images.
struct BitMeasures {
  /// Of the samples to the held-out images.
  let energyDistance: Double
  /// How much of the pixels' covariances the samples miss: the sum of squared differences from
  /// those of the held-out images, over all pairs of different pixels, as a share of the sum of
  /// their squares. It is 1 for a model that knows of no covariance.
  let missed: Double
  /// The mean number of bits in which samples differ from the nearest training image, and the
  /// share of the class that those images belong to most often.
  let novelty: Double
  let commonest: Double
}

/// Images as bits, and how good samples of their models are: one seed.
struct BitStudy {
  static let names = [
    "training images", "chain, little noise", "chain", "chain, trained with walkback",
    "variational autoencoder", "mixture of 30 products", "independent pixels of each class",
    "independent pixels",
  ]
  /// Chains of a denoiser with a third of the noise, with all of it, and trained with walkback.
  let chains: [DenoisingChain<Float>]
  /// In the order of the names.
  let measures: [BitMeasures]

  /// One step of the chain of a network, from each row of X.
  typealias Step = (
    Matrix<Float>, Autoencoder<Float>, Double, inout RandomStream
  ) -> Matrix<Float>

  /// - Parameters:
  ///   - ν: the probability that a bit is replaced by a random one.
  ///   - steps: how long chains run, from random bits, before their state is a sample.
  init(
    _ images: LabelledImages, ν: Double, steps: Int, epochs: Int, seed: UInt64, step: Step
  ) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    let bits = [parts.training, parts.test].map { $0.scaled.map { $0 > 0.5 ? 1.0 : 0 } }
    let (training, labels, held) = (bits[0], parts.training.labels, bits[1])
    var draw = RandomStream(seed: seed, name: "samples of bits")
    let networks = [(ν / 3, 1), (ν, 1), (ν, 2)].map { ν, walkback in
      bitChain(training, ν: ν, walkback: walkback, epochs: epochs, seed: seed)
    }
    // Five states of each of 300 chains.
    let walks = zip(networks, [ν / 3, ν, ν]).map { chain, ν in
      var X = single(randomBits(300, training.columns, using: &draw))
      var states: [Float] = []
      for round in 0..<5 {
        for _ in 0..<(round == 0 ? steps : max(1, steps / 5)) {
          X = step(X, chain.network, ν, &draw)
        }
        states += X.elements
      }
      return double(Matrix(rows: 1500, columns: X.columns, elements: states))
    }
    let images = bitModel(training, count: 1500, epochs: epochs, seed: seed)
    let mixture = BernoulliMixture(training, components: 30, rounds: 60, using: &draw)
    let means = training.columnMeans
    let samples = [
      training, walks[0], walks[1], walks[2], drawn(images, &draw),
      mixture.sample(1500, using: &draw),
      drawn(classMeans(training, labels, count: 1500, using: &draw), &draw),
      drawn(Matrix(rows: 1500, columns: means.count) { _, i in means[i] }, &draw),
    ]
    chains = networks
    measures = samples.map { sample in
      let (error, all) = covarianceError(sample, held)
      let near = nearest(sample, among: training)
      let counts = Dictionary(grouping: near.indices) { labels[$0] }.mapValues(\.count)
      return BitMeasures(
        energyDistance: energyDistance(sample, held), missed: error / all,
        novelty: near.distance,
        commonest: Double(counts.values.max() ?? 0) / Double(near.indices.count))
    }
  }
}

/// In how many bits each row of A differs from all rows of B, |a| + |b| − 2 aᵀb, a hundred
/// rows of A at a time. These are small whole numbers: Float is exact.
private func forEachRow(
  of A: Matrix<Double>, differencesTo B: Matrix<Double>,
  _ body: (UnsafeBufferPointer<Float>) -> Void
) {
  let (a, b) = (single(A), single(B))
  var counts = Matrix<Float>(rows: 0, columns: b.rows)
  for first in stride(from: 0, to: a.rows, by: 100) {
    let block = a[rows: first..<min(first + 100, a.rows)]
    if counts.rows != block.rows { counts = Matrix(rows: block.rows, columns: b.rows) }
    multiply(block, b, transposeB: true, scale: -2, into: &counts)
    counts.addToEachRow(b.rowSums)
    counts.addToEachColumn(block.rowSums)
    counts.withUnsafeElements { d in
      for i in 0..<block.rows { body(.init(rebasing: d[i * b.rows..<(i + 1) * b.rows])) }
    }
  }
}

/// The energy distance of two samples of bits, as the library's: ‖x − y‖ is the root of the
/// number of different bits.
func energyDistance(_ X: Matrix<Double>, _ Y: Matrix<Double>) -> Double {
  let roots = (0...X.columns).map { Double($0).squareRoot() }
  func total(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Double {
    var sum = 0.0
    forEachRow(of: A, differencesTo: B) { for d in $0 { sum += roots[Int(d)] } }
    return sum
  }
  let (N, M) = (Double(X.rows), Double(Y.rows))
  return 2 * total(X, Y) / (N * M) - total(X, X) / (N * (N - 1)) - total(Y, Y) / (M * (M - 1))
}

/// The nearest of the examples to each row, and the mean number of bits to it.
private func nearest(
  _ X: Matrix<Double>, among examples: Matrix<Double>
) -> (indices: [Int], distance: Double) {
  var (indices, total) = ([Int](), 0.0)
  forEachRow(of: X, differencesTo: examples) { d in
    var (best, least) = (0, d[0])
    for i in 1..<d.count where d[i] < least { (best, least) = (i, d[i]) }
    indices.append(best)
    total += Double(least)
  }
  return (indices, total / Double(X.rows))
}

/// The squared differences of the covariances of pairs of different pixels, and the squares of
/// those of the second sample, summed.
private func covarianceError(
  _ X: Matrix<Double>, _ Y: Matrix<Double>
) -> (error: Double, all: Double) {
  let (A, B) = (covariance(X), covariance(Y))
  var (error, all) = (0.0, 0.0)
  for i in 0..<A.rows {
    for j in 0..<A.rows where j != i {
      error += (A[i, j] - B[i, j]) * (A[i, j] - B[i, j])
      all += B[i, j] * B[i, j]
    }
  }
  return (error, all)
}

private func covariance(_ X: Matrix<Double>) -> Matrix<Double> {
  let centred = X.subtractingFromEachRow(X.columnMeans)
  return centred.T * centred / Double(X.rows)
}

/// Random bits, each 1 with probability ½.
func randomBits(_ rows: Int, _ columns: Int, using stream: inout RandomStream) -> Matrix<Double> {
  Matrix.uniform(rows: rows, columns: columns, using: &stream).map { $0 < 0.5 ? 1 : 0 }
}

/// Bits that are 1 with the given probabilities.
func drawn(_ means: Matrix<Double>, _ stream: inout RandomStream) -> Matrix<Double> {
  var X = means
  stream.change(&X) { μ, u in u < μ ? 1 : 0 }
  return X
}

/// A denoiser D–100–D of bits, rectified linear units; Adam from 0.005, which falls to a
/// tenth of it; minibatches of 50.
func bitChain(
  _ bits: Matrix<Double>, ν: Double, walkback: Int, epochs: Int, seed: UInt64
) -> DenoisingChain<Float> {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  let D = bits.columns
  return lesson.attempt {
    var network = Autoencoder<Float>(
      encoder: try Stack(sizes: [D, 100], activations: [.relu], using: &weights),
      decoder: try Stack(sizes: [100, D], activations: [.sigmoid], using: &weights))
    let corruption = try Corruption<Float>.saltAndPepper(ν)
    // Each example is seen equally often, so that walkback makes fewer steps.
    let rounds = max(1, epochs / walkback)
    let optimiser = Adam<Float>(rate: .exponential(0.005, toShare: 0.1, over: rounds))
    if walkback == 1 {
      try network.train(
        on: single(bits), loss: .bernoulli, corruption: corruption, optimiser: optimiser,
        epochs: rounds, batch: 50, using: &noise)
    } else {
      let objective = try WalkbackObjective(
        network, data: single(bits), corruption: corruption, steps: walkback)
      network.parameters = try objective.minimised(
        by: optimiser, epochs: rounds, batch: 50, using: &noise
      ).parameters
    }
    return DenoisingChain(network, corruption: corruption)
  }
}

/// What lesson 07's kind of model thinks images look like: 8 latent dimensions, 100 hidden units.
private func bitModel(
  _ bits: Matrix<Double>, count: Int, epochs: Int, seed: UInt64
) -> Matrix<Double> {
  var weights = RandomStream(seed: seed, name: "weights")
  var noise = RandomStream(seed: seed, name: "noise")
  return lesson.attempt {
    var network = try VariationalAutoencoder<Float>(
      inputs: bits.columns, hidden: [100], latent: 8, activation: .tanh, likelihood: .bernoulli,
      using: &weights)
    try network.train(
      on: single(bits), optimiser: Adam(rate: .exponential(0.01, toShare: 0.05, over: epochs)),
      epochs: epochs, batch: 100, using: &noise
    ) { lesson.progress("variational autoencoder", Double($0.number) / Double(epochs)) }
    return double(network.generate(count, using: &noise))
  }
}

/// The pixel means of the classes, drawn as often as the classes occur.
private func classMeans(
  _ bits: Matrix<Double>, _ labels: [Int], count: Int, using stream: inout RandomStream
) -> Matrix<Double> {
  let means = Dictionary(grouping: labels.indices) { labels[$0] }.mapValues { members in
    (0..<bits.columns).map { i in mean(members.map { bits[$0, i] }) }
  }
  let chosen = (0..<count).map { _ in labels[stream.integer(below: labels.count)] }
  return Matrix(rows: count, columns: bits.columns) { n, i in means[chosen[n]]?[i] ?? 0 }
}
