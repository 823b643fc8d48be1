import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// Images on their principal axes: where the network learns them, and the way back to pixels.
struct Axes {
  private let mean: [Double]
  private let axes: Matrix<Double>
  private let scale: Double
  /// The variances along the axes; their mean is 1.
  let variances: [Double]

  init(_ pixels: Matrix<Double>) {
    mean = pixels.columnMeans
    let centred = pixels.subtractingFromEachRow(mean)
    let eigen = SymmetricEigen(centred.T * centred / Double(pixels.rows))
    let spread = LinearAlgebra.mean(eigen.values)
    scale = spread.squareRoot()
    axes = eigen.vectors
    variances = eigen.values.map { max(0, $0) / spread }
  }

  func coordinates(_ pixels: Matrix<Double>) -> Matrix<Double> {
    pixels.subtractingFromEachRow(mean) * axes / scale
  }

  /// Pixels, cut off at black and white.
  func pixels(_ coordinates: Matrix<Double>) -> Matrix<Double> {
    var X = scale * (coordinates * axes.T)
    X.addToEachRow(mean)
    return X.map { min(1, max(0, $0)) }
  }
}

/// A network D–128–128–D that learns images at all levels of a schedule: rectified linear
/// units, Adam from 0.005 down to a twentieth of it, minibatches of 100.
struct ImageModel {
  let axes: Axes
  let network: DiffusionNetwork<Float>

  /// - Parameters:
  ///   - labels: the classes that it is told; none if nil.
  ///   - epochs: of 1,200 images; as many steps if there are more or fewer.
  init(
    _ pixels: Matrix<Double>, labels: [Int]? = nil, schedule: NoiseSchedule, epochs: Int,
    seed: UInt64
  ) {
    let frame = Axes(pixels)
    axes = frame
    var random = RandomStream(seed: seed, name: "image model")
    let epochs = max(1, epochs * 1200 / pixels.rows)
    network = lesson.attempt {
      var network = try DiffusionNetwork<Float>(
        dimensions: pixels.columns, hidden: [128, 128],
        classes: labels.map { ($0.max() ?? 0) + 1 } ?? 0, variances: frame.variances,
        using: &random)
      try network.train(
        on: single(frame.coordinates(pixels)), schedule: schedule, labels: labels,
        optimiser: Adam(rate: .exponential(0.005, toShare: 0.05, over: epochs)), epochs: epochs,
        batch: min(100, pixels.rows), using: &random
      ) { lesson.progress("diffusion model", Double($0.number) / Double(epochs)) }
      return network
    }
  }

  /// Images drawn in that many levels.
  func sample(
    _ count: Int, schedule: NoiseSchedule, levels: Int, by sampler: any Sampler = HeunSampler(),
    labels: [Int]? = nil, guidance: Double = 1, using random: inout RandomStream
  ) -> Matrix<Double> {
    lesson.attempt {
      let points = try schedule.thinned(to: levels).sample(
        count, dimensions: axes.variances.count, by: sampler,
        denoiser: network.denoiser(labels: labels, guidance: guidance), using: &random)
      return axes.pixels(double(points))
    }
  }

  /// Images at six levels on their way from noise, scaled up as far as there is signal, with the
  /// last guess of x₀ below.
  func forming(
    _ count: Int, schedule: NoiseSchedule, levels: Int, seed: UInt64
  ) -> [(label: String, images: Matrix<Double>)] {
    var random = RandomStream(seed: seed, name: "forming")
    return lesson.attempt {
      let schedule = try schedule.thinned(to: levels)
      let noise = Matrix<Float>.normal(rows: count, columns: axes.variances.count, using: &random)
      let shown = [1, 0.7, 0.55, 0.4, 0.25].map { max(1, Int($0 * Double(levels))) }
      var rows: [(label: String, images: Matrix<Double>)] = []
      let end = try schedule.descend(
        from: noise, by: HeunSampler(), denoiser: network.denoiser(), using: &random
      ) { t, X in
        guard shown.contains(t) else { return }
        rows.append(("level \(t)", axes.pixels(double(X) / max(schedule[t].α, 0.3))))
      }
      return rows + [("x̂₀", axes.pixels(double(network.denoiser()(end, schedule[1]))))]
    }
  }
}

/// Models of images and what they draw: one seed.
struct ImageStudy {
  static let names = [
    "training images", "diffusion, Heun", "diffusion, Euler", "diffusion, ancestral",
    "diffusion, Heun, 3 levels", "diffusion, Euler, as many calls as Heun", "one Gaussian",
    "ten Gaussians",
    "variational autoencoder, means", "variational autoencoder, drawn",
    "chain of bits",
  ]
  /// Where these are among the names.
  static let (heun, euler, three, equalCalls) = (1, 2, 4, 5)
  static let (gaussian, ten, means, decoder, chain) = (6, 7, 8, 9, 10)
  let training, held: Matrix<Double>
  let model: ImageModel
  let samples: [Matrix<Double>]
  /// Energy distances to the held-out images, and those of all as bits.
  let distances, asBits: [EnergyDistance]

  init(
    _ images: LabelledImages, schedule: NoiseSchedule, levels: Int, epochs: Int, seed: UInt64
  ) {
    let parts = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    var draw = RandomStream(seed: seed, name: "image samples")
    func some(_ X: Matrix<Double>, _ count: Int) -> Matrix<Double> {
      var rows = Matrix<Double>(rows: min(count, X.rows), columns: X.columns)
      rows.gatherRows(Array(draw.permutation(X.rows).prefix(rows.rows)), of: X)
      return rows
    }
    let X = parts.training.scaled
    (training, held) = (X, some(parts.test.scaled, 200))
    let count = min(200, held.rows)
    let own = some(X, count)
    let model = ImageModel(X, schedule: schedule, epochs: epochs, seed: seed)
    self.model = model
    let drawn = [
      (HeunSampler() as any Sampler, levels), (EulerSampler(), levels),
      (AncestralSampler(), levels), (HeunSampler(), 3),
      (EulerSampler(), min(2 * levels - 1, schedule.count)),
    ].map { model.sample(count, schedule: schedule, levels: $1, by: $0, using: &draw) }
    let gaussian =
      Matrix<Double>.normal(rows: count, columns: X.columns, using: &draw)
      * .diagonal(model.axes.variances.map { $0.squareRoot() })
    let (means, noise) = variational(X, count: count, seed: seed)
    let others = [
      model.axes.pixels(gaussian), tenGaussians(X, count: count, seed: seed),
      means.map { min(1, max(0, $0)) },
      (means + noise).map { min(1, max(0, $0)) },
      bitChain(X, count: count, seed: seed),
    ]
    samples = [own] + drawn + others
    let (held, bits) = (held, held.map { $0 > 0.5 ? 1.0 : 0 })
    distances = samples.map { EnergyDistance($0, held) }
    asBits = samples.map { EnergyDistance($0.map { $0 > 0.5 ? 1 : 0 }, bits) }
  }

  /// The mean distance of samples from the nearest training image, over that of held-out images.
  func novelty(_ i: Int) -> Double { nearness(samples[i]) / heldNearness }

  var heldNearness: Double { nearness(held) }

  private func nearness(_ X: Matrix<Double>) -> Double {
    mean(nearestRows(to: X, among: training).map { $0.squaredDistance.squareRoot() })
  }
}

/// Samples of ten Gaussians, each with the mean and the covariance of one cluster: the images are
/// divided by ten centres, which move to the means of theirs, twenty times.
private func tenGaussians(_ X: Matrix<Double>, count: Int, seed: UInt64) -> Matrix<Double> {
  var random = RandomStream(seed: seed, name: "clusters")
  var centres = Matrix<Double>(rows: 10, columns: X.columns)
  centres.gatherRows(Array(random.permutation(X.rows).prefix(10)), of: X)
  var members: [[Int]] = []
  for _ in 0..<20 {
    let nearest = nearestRows(to: X, among: centres).map(\.index)
    members = (0..<10).map { c in nearest.indices.filter { nearest[$0] == c } }
    centres = Matrix(rows: 10, columns: X.columns) { c, i in
      members[c].isEmpty
        ? centres[c, i] : members[c].map { X[$0, i] }.sum() / Double(members[c].count)
    }
  }
  // A cluster is drawn as often as a training image of it would be.
  let drawn = (0..<count).map { _ in random.integer(below: X.rows) }
  var samples = Matrix<Double>(rows: 0, columns: X.columns)
  for cluster in members where cluster.count > 1 {
    let own = Set(cluster)
    var images = Matrix<Double>(rows: cluster.count, columns: X.columns)
    images.gatherRows(cluster, of: X)
    let axes = Axes(images)
    let noise = Matrix<Double>.normal(
      rows: drawn.count { own.contains($0) }, columns: X.columns, using: &random)
    let some = axes.pixels(noise * .diagonal(axes.variances.map { $0.squareRoot() }))
    samples = Matrix(
      rows: samples.rows + some.rows, columns: X.columns,
      elements: samples.elements + some.elements)
  }
  return samples
}

/// Lesson 07's model of images: what it decodes from codes drawn from the prior, and the noise of
/// its pixels.
private func variational(
  _ X: Matrix<Double>, count: Int, seed: UInt64
) -> (means: Matrix<Double>, noise: Matrix<Double>) {
  var random = RandomStream(seed: seed, name: "variational")
  let epochs = max(1, 160 * 1200 / X.rows)
  return lesson.attempt {
    var network = try VariationalAutoencoder<Float>(
      inputs: X.columns, hidden: [100], latent: 8, activation: .tanh,
      likelihood: .gaussian(variance: 0.05, learnt: true), using: &random)
    try network.train(
      on: single(X), optimiser: Adam(rate: .exponential(0.01, toShare: 0.05, over: epochs)),
      epochs: epochs, batch: min(100, X.rows), using: &random)
    let τ = Double(network.noiseVariance ?? 0).squareRoot()
    let means = double(network.generate(count, using: &random))
    return (means, τ * .normal(rows: count, columns: X.columns, using: &random))
  }
}

/// Lesson 08's chain of bits, ν = 0.3, 100 steps from random bits, a denoiser D–100–D.
private func bitChain(_ X: Matrix<Double>, count: Int, seed: UInt64) -> Matrix<Double> {
  var random = RandomStream(seed: seed, name: "chain")
  let epochs = max(1, 40 * 1200 / X.rows)
  return lesson.attempt {
    var network = Autoencoder<Float>(
      encoder: try Stack(sizes: [X.columns, 100], activations: [.relu], using: &random),
      decoder: try Stack(sizes: [100, X.columns], activations: [.sigmoid], using: &random))
    let corruption = try Corruption<Float>.saltAndPepper(0.3)
    try network.train(
      on: single(X).map { $0 > 0.5 ? 1 : 0 }, loss: .bernoulli, corruption: corruption,
      optimiser: Adam(rate: .exponential(0.005, toShare: 0.1, over: epochs)), epochs: epochs,
      batch: min(50, X.rows), using: &random)
    let chain = DenoisingChain(network, corruption: corruption)
    var bits = Matrix<Float>.uniform(rows: count, columns: X.columns, using: &random).map {
      $0 < 0.5 ? Float(1) : 0
    }
    for _ in 0..<100 { chain.step(&bits, using: &random) }
    return double(bits)
  }
}

/// Samples with the exact denoiser of the training images themselves, a mixture of points: what
/// the loss asks for if it is minimised without limit.
func remembered(
  _ training: Matrix<Double>, _ count: Int, schedule: NoiseSchedule, levels: Int, seed: UInt64
) -> Matrix<Double> {
  let axes = Axes(training)
  let points = GaussianMixture(means: axes.coordinates(training), σ: 0)
  var random = RandomStream(seed: seed, name: "remembered")
  return lesson.attempt {
    axes.pixels(
      try schedule.thinned(to: levels).sample(
        count, dimensions: training.columns, by: HeunSampler(), denoiser: exact(points),
        using: &random))
  }
}
