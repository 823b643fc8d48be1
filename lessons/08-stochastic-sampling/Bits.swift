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

/// Images as bits, and what their models draw: one seed.
struct BitStudy {
  static let names = [
    "training images", "chain, little noise", "chain", "chain, trained with walkback",
    "variational autoencoder", "independent pixels of each class", "independent pixels",
  ]
  let training: Matrix<Double>
  let held: Matrix<Double>
  private let labels: [Int]
  /// Chains of a denoiser with a third of the noise, with all of it, and trained with walkback.
  let chains: [DenoisingChain<Float>]
  /// Samples of each model, in the order of the names: at most 250.
  let samples: [Matrix<Double>]
  /// Their energy distances to the held-out images.
  let distances: [EnergyDistance]

  /// - Parameters:
  ///   - ν: the probability that a bit is replaced by a random one.
  ///   - steps: how long chains run, from random bits, before their state is a sample.
  init(_ images: LabelledImages, ν: Double, steps: Int, epochs: Int, seed: UInt64) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    let bits = [parts.training, parts.test].map { $0.scaled.map { $0 > 0.5 ? 1.0 : 0 } }
    var draw = RandomStream(seed: seed, name: "samples of bits")
    func some(_ X: Matrix<Double>, _ count: Int) -> Matrix<Double> {
      var rows = Matrix<Double>(rows: min(count, X.rows), columns: X.columns)
      rows.gatherRows(Array(draw.permutation(X.rows).prefix(rows.rows)), of: X)
      return rows
    }
    (training, labels, held) = (bits[0], parts.training.labels, some(bits[1], 300))
    let count = min(250, held.rows)
    let images = some(bits[0], count)
    chains = [(ν / 3, 1), (ν, 1), (ν, 2)].map { ν, walkback in
      bitChain(bits[0], ν: ν, walkback: walkback, epochs: epochs, seed: seed)
    }
    let walks = chains.map { chain in
      var X = single(randomBits(count, bits[0].columns, using: &draw))
      for _ in 0..<steps { chain.step(&X, using: &draw) }
      return double(X)
    }
    let means = bits[0].columnMeans
    samples =
      [images] + walks + [
        drawn(bitModel(bits[0], count: count, epochs: epochs, seed: seed), &draw),
        drawn(classMeans(bits[0], labels, count: count, using: &draw), &draw),
        drawn(Matrix(rows: count, columns: means.count) { _, i in means[i] }, &draw),
      ]
    let held = held
    distances = samples.map { EnergyDistance($0, held) }
  }

  /// How much of the pixels' covariances a model misses: the sum of the squared differences from
  /// those of the held-out images, over all pairs of different pixels, as a share of the sum of
  /// their squares. It is 1 for a model that knows of no covariance.
  func missed(_ i: Int) -> Double {
    let (A, B) = (covariance(samples[i]), covariance(held))
    var (error, all) = (0.0, 0.0)
    for i in 0..<A.rows {
      for j in 0..<A.rows where j != i {
        error += (A[i, j] - B[i, j]) * (A[i, j] - B[i, j])
        all += B[i, j] * B[i, j]
      }
    }
    return error / all
  }

  /// The mean number of bits in which samples differ from the nearest training image, and the
  /// share of the class that those images belong to most often.
  func neighbours(_ i: Int) -> (novelty: Double, commonest: Double) {
    let nearest = nearestRows(to: samples[i], among: training)
    let counts = Dictionary(grouping: nearest) { labels[$0.index] }.mapValues(\.count)
    return (
      mean(nearest.map { $0.squaredDistance }),
      Double(counts.values.max() ?? 0) / Double(nearest.count)
    )
  }
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
private func drawn(_ means: Matrix<Double>, _ stream: inout RandomStream) -> Matrix<Double> {
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
    // Each example is seen equally often, whatever the number of steps.
    let rounds = max(1, epochs / walkback)
    let objective = try WalkbackObjective(
      network, data: single(bits), corruption: corruption, steps: walkback)
    network.parameters = try objective.minimised(
      by: Adam(rate: .exponential(0.005, toShare: 0.1, over: rounds)), epochs: rounds, batch: 50,
      using: &noise
    ) { lesson.progress("denoiser of bits", Double($0.number) / Double(rounds)) }.parameters
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
