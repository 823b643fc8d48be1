import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// Five autoencoders of the same size on the same images, and what is measured of them.

/// Images that no network was trained on, clean and with Gaussian noise of 0.4.
struct Part {
  let clean: Matrix<Double>
  let noisy: Matrix<Double>
  let labels: [Int]
}

/// The images of one seed and all directions and noise that the networks are tested with.
struct Sample {
  static let noise = 0.4
  let seed: UInt64
  let X: Matrix<Double>
  /// The same in single precision, in which the networks are trained.
  let single: Matrix<Float>
  let validation: Part
  let testing: Part
  /// A random direction of length 1 for each test image, and one to the nearest other test image.
  let random: Matrix<Double>
  let towards: Matrix<Double>
  /// The mean distance of two test images.
  let spread: Double
  /// The quarter of the pixels that vary least among the training images.
  let still: [Int]
  /// Ten training images of each class, or as many as there are, and their classes.
  let few: Matrix<Double>
  let fewLabels: [Int]

  /// Half of the images, at most 400, for training; of the others at most 200 for testing, and as
  /// many for validation.
  init(_ seed: UInt64, of images: LabelledImages) {
    var stream = RandomStream(seed: seed, name: "split")
    let order = stream.permutation(images.count)
    let half = min(images.count / 2, 400)
    let share = min((images.count - half) / 2, 200)
    let training = images[order[..<half]]
    let parts = [0, 1].map { images[order[(half + $0 * share)..<(half + ($0 + 1) * share)]] }
    X = training.scaled
    single = Matrix<Float>(
      rows: X.rows, columns: X.columns, elements: X.elements.map { Float($0) })
    let tests = parts[0].scaled
    let (N, D) = (tests.rows, tests.columns)
    var noisy: [Matrix<Double>] = []
    for part in parts {
      noisy.append(
        part.scaled
          + Matrix.normal(
            rows: N, columns: D, standardDeviation: Sample.noise, using: &stream))
    }
    testing = Part(clean: tests, noisy: noisy[0], labels: parts[0].labels)
    validation = Part(clean: parts[1].scaled, noisy: noisy[1], labels: parts[1].labels)
    random = Sample.unitRows(Matrix.normal(rows: N, columns: D, using: &stream))
    let products = tests * tests.T
    let square = { (n: Int, m: Int) in products[n, n] + products[m, m] - 2 * products[n, m] }
    var nearest = tests
    nearest.gatherRows(
      (0..<N).map { n in
        (0..<N).reduce(n == 0 ? 1 : 0) { best, m in
          m != n && square(n, m) < square(n, best) ? m : best
        }
      }, of: tests)
    towards = Sample.unitRows(nearest - tests)
    spread = Sample.spread(tests)
    let variances = (X ⊙ X).columnMeans .- X.columnMeans .* X.columnMeans
    still = Array(variances.indices.sorted { variances[$0] < variances[$1] }[..<(D / 4)])
    let labels = training.labels
    let chosen = training.classes.flatMap { c in
      labels.indices.filter { labels[$0] == c }.prefix(10)
    }
    var few = Matrix<Double>(rows: chosen.count, columns: D)
    few.gatherRows(chosen, of: X)
    self.few = few
    fewLabels = chosen.map { labels[$0] }
    self.seed = seed
  }

  /// The mean distance between rows half the batch apart.
  static func spread(_ A: Matrix<Double>) -> Double {
    let half = A.rows / 2
    return mean((0..<half).map { n in norm(A.row(n) .- A.row(n + half)) })
  }

  private static func unitRows(_ A: Matrix<Double>) -> Matrix<Double> {
    Matrix.diagonal((0..<A.rows).map { 1 / max(norm(A.row($0)), 1e-12) }) * A
  }
}

/// What distinguishes the five.
struct Recipe {
  var name: String
  var penalties: [Penalty<Float>] = []
  var corruption: Corruption<Float>?
}

/// The five, their strengths times `factor`; `strength` is that of the contractive penalty. The
/// cross-entropy is a sum over pixels: the strengths are those for 64.
func recipes(strength: Float, pixels: Int, factor: Float = 1) -> [Recipe] {
  let scale = factor * Float(pixels) / 64
  return lesson.attempt {
    [
      Recipe(name: "plain"),
      Recipe(name: "weight decay", penalties: [try .weightDecay(0.01 * scale)]),
      Recipe(name: "sparse (KL)", penalties: [try .sparsity(ρ: 0.05, β: 0.3 * scale)]),
      Recipe(name: "denoising", corruption: try .gaussian(σ: 0.5 * Double(factor))),
      Recipe(name: "contractive", penalties: [try .contractive(strength * scale)]),
    ]
  }
}

/// 100 sigmoid units, tied weights, sigmoid output, cross-entropy; Adam on minibatches of 50 in
/// single precision, its rate falling from 0.015 to a 28th of that.
func trained(_ recipe: Recipe, on sample: Sample, epochs: Int) -> Network {
  var random = RandomStream(seed: sample.seed, name: "minibatches")
  return lesson.attempt {
    var network: Autoencoder<Float> = untrained(
      sample.X.columns, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed)
    try network.train(
      on: sample.single, loss: .bernoulli, penalties: recipe.penalties,
      corruption: recipe.corruption,
      optimiser: Adam(rate: .exponential(0.015, toShare: 1.0 / 28, over: epochs)),
      epochs: epochs, batch: 50, using: &random
    ) { lesson.progress(recipe.name, Double($0.number) / Double(epochs)) }
    var copy: Network = untrained(
      sample.X.columns, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed)
    copy.parameters = network.parameters.map { Double($0) }
    return copy
  }
}

/// What there is to say of one of the five, on test images.
struct Traits {
  let network: Network
  /// ‖x − x̂‖² per image.
  let error: Double
  /// The means of h(1 − h) and of ‖w‖.
  let slope: Double
  let weight: Double
  /// The mean of ‖J‖_F², and its ratio to the variance of the codes.
  let jacobian: Double
  let relative: Double
  /// The mean of ‖J v‖ towards the nearest other image over that in a random direction.
  let anisotropy: Double
  /// The share of ‖J‖_F² in the quarter of the pixels that vary least, over thirty images.
  let still: Double
  /// The mean singular values of J over the same.
  let spectrum: [Double]
  /// The mean distance of two codes.
  private let spread: Double

  init(_ network: Network, _ sample: Sample) {
    let tests = sample.testing.clean
    let H = network.encode(tests)
    self.network = network
    error = squaredError(network.reconstruct(tests), tests)
    slope = H.map { $0 * (1 - $0) }.mean
    weight = mean((0..<network.hidden).map { norm(network.encoder.W.row($0)) })
    jacobian = mean(network.encoder.squaredJacobianNorms(tests))
    relative = jacobian / ((H ⊙ H).columnMeans .- H.columnMeans .* H.columnMeans).sum()
    spread = Sample.spread(H)
    anisotropy =
      Traits.response(network, H, sample.towards) / Traits.response(network, H, sample.random)
    let Js = (0..<min(30, tests.rows)).map { network.encoder.jacobian(at: tests.row($0)) }
    still = mean(
      Js.map { J in
        let squares = (J ⊙ J).columnSums
        return sample.still.map { squares[$0] }.sum() / squares.sum()
      })
    let spectra = Js.map(Traits.singularValues)
    spectrum = spectra[0].indices.map { k in mean(spectra.map { $0[k] }) }
  }

  /// How many singular values share the Jacobian's energy: (Σσ²)² / Σσ⁴ of the mean ones.
  var directions: Double {
    let squares = spectrum .* spectrum
    return squares.sum() * squares.sum() / dot(squares, squares)
  }

  /// The contraction ratio at a share of the mean distance of two images (Rifai et al. 2011): how
  /// far apart the codes of an image and of a point at that distance are, over the distance;
  /// relative to the same ratio for two images.
  func contraction(at share: Double, _ sample: Sample) -> Double {
    let distance = share * sample.spread
    let tests = sample.testing.clean
    let away = network.encode(tests + distance * sample.random) - network.encode(tests)
    return mean((0..<away.rows).map { norm(away.row($0)) }) / distance / (spread / sample.spread)
  }

  /// The mean of ‖J v‖: J v = h(1 − h) ⊙ W v.
  private static func response(
    _ network: Network, _ H: Matrix<Double>, _ V: Matrix<Double>
  ) -> Double {
    let A = H.map { $0 * (1 - $0) } ⊙ (V * network.encoder.W.T)
    return mean((0..<A.rows).map { norm(A.row($0)) })
  }

  /// The singular values of J as roots of the eigenvalues of the smaller of JJᵀ and JᵀJ.
  private static func singularValues(_ J: Matrix<Double>) -> [Double] {
    SymmetricEigen(J.rows < J.columns ? J * J.T : J.T * J).values.map { max($0, 0).squareRoot() }
  }
}

/// The five networks of each seed, at the strengths at which the four remedies cost about the
/// same reconstruction error.
struct Contest {
  let names: [String]
  let samples: [Sample]
  let traits: [[Traits]]

  init(_ samples: [Sample], strength: Double, epochs: Int) {
    let recipes = recipes(strength: Float(strength), pixels: samples[0].X.columns)
    self.samples = samples
    names = recipes.map(\.name)
    traits = samples.map { sample in
      recipes.map { Traits(trained($0, on: sample, epochs: epochs), sample) }
    }
  }

  /// A figure of network n over that of network m, seed by seed.
  func ratios(_ value: (Traits) -> Double, _ n: Int, over m: Int = 0) -> [Double] {
    traits.map { value($0[n]) / value($0[m]) }
  }

  /// ‖J‖_F² over the variance of the codes for two networks of any seed, even one not in the
  /// contest.
  func relativeJacobians(
    _ seed: UInt64, of images: LabelledImages, strength: Double, epochs: Int
  ) -> (plain: Double, contractive: Double) {
    if let n = samples.firstIndex(where: { $0.seed == seed }) {
      return (traits[n][0].relative, traits[n][4].relative)
    }
    let sample = Sample(seed, of: images)
    let recipes = recipes(strength: Float(strength), pixels: sample.X.columns)
    let pair = [0, 4].map { Traits(trained(recipes[$0], on: sample, epochs: epochs), sample) }
    return (pair[0].relative, pair[1].relative)
  }

  /// A row for each network: means over the seeds; of the ratios to the plain network of the same
  /// seed also the least and the greatest.
  var rows: [[Cell]] {
    names.indices.map { n in
      let all = traits.map { $0[n] }
      let over = ratios(\.relative, n)
      return [
        Cell(names[n]), Cell(mean(all.map(\.error)), significant: 3),
        Cell(mean(all.map(\.slope)), significant: 2),
        Cell(mean(all.map(\.weight)), significant: 3),
        Cell(mean(all.map(\.jacobian)), significant: 3),
        Cell(
          n == 0
            ? "1"
            : "\(Numeral.short(mean(over), significant: 2)) "
              + "(\(Numeral.short(over.least(), significant: 2)) to "
              + "\(Numeral.short(over.greatest(), significant: 2)))"),
        Cell(mean(all.map(\.anisotropy)), significant: 3),
        Cell(mean(all.map(\.directions)), significant: 3), .percent(mean(all.map(\.still))),
      ]
    }
  }
}
