import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// Five autoencoders of the same size on the same images, and what is measured of them.

/// The images of one seed and all directions and noise that the networks are tested with.
struct Sample {
  let seed: UInt64
  let training: LabelledImages
  let testing: LabelledImages
  let X: Matrix<Double>
  let Xᵗ: Matrix<Double>
  /// The test images with Gaussian noise of 0.4.
  let noisy: Matrix<Double>
  /// A random direction of length 1 for each test image, and one to the nearest other test image.
  let random: Matrix<Double>
  let towards: Matrix<Double>
  /// The mean distance of two test images.
  let spread: Double
  /// The quarter of the pixels that vary least among the training images.
  let still: [Int]
  /// Ten training images of each class, or as many as there are.
  let labelled: [Int]

  init(_ seed: UInt64, of images: LabelledImages) {
    var stream = RandomStream(seed: seed, name: "split")
    let order = stream.permutation(images.count)
    let half = min(images.count / 2, 400)
    self.seed = seed
    training = images[order[..<half]]
    testing = images[order[half...].prefix(200)]
    (X, Xᵗ) = (training.scaled, testing.scaled)
    let (N, D) = (Xᵗ.rows, Xᵗ.columns)
    noisy = Xᵗ + Matrix.normal(rows: N, columns: D, standardDeviation: 0.4, using: &stream)
    random = Sample.unitRows(Matrix.normal(rows: N, columns: D, using: &stream))
    let products = Xᵗ * Xᵗ.T
    let square = { (n: Int, m: Int) in products[n, n] + products[m, m] - 2 * products[n, m] }
    var nearest = Xᵗ
    nearest.gatherRows(
      (0..<N).map { n in
        (0..<N).reduce(n == 0 ? 1 : 0) { best, m in m != n && square(n, m) < square(n, best) ? m : best }
      }, of: Xᵗ)
    towards = Sample.unitRows(nearest - Xᵗ)
    spread = Sample.spread(Xᵗ)
    let variances = zip((X ⊙ X).columnMeans, X.columnMeans).map { $0 - $1 * $1 }
    still = Array(variances.indices.sorted { variances[$0] < variances[$1] }[..<(D / 4)])
    let labels = training.labels
    labelled = training.classes.flatMap { c in labels.indices.filter { labels[$0] == c }.prefix(10) }
  }

  /// The mean distance between rows half the batch apart.
  static func spread(_ A: Matrix<Double>) -> Double {
    let half = A.rows / 2
    return mean((0..<half).map { n in norm(zip(A.row(n), A.row(n + half)).map { $0 - $1 }) })
  }

  private static func unitRows(_ A: Matrix<Double>) -> Matrix<Double> {
    Matrix.diagonal((0..<A.rows).map { 1 / max(norm(A.row($0)), 1e-12) }) * A
  }
}

/// What distinguishes the five.
struct Recipe {
  var name: String
  var penalties: [Penalty<Double>] = []
  var corruption: Corruption<Double>?
}

/// 100 sigmoid units, tied weights, sigmoid output, cross-entropy; 40 epochs of Adam on minibatches of 50.
func trained(_ recipe: Recipe, on sample: Sample) -> Network {
  var random = RandomStream(seed: sample.seed, name: "minibatches")
  let epochs = 40
  return lesson.attempt {
    var network = untrained(sample.X.columns, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed)
    try network.train(
      on: sample.X, loss: .bernoulli, penalties: recipe.penalties, corruption: recipe.corruption,
      optimiser: Adam(rate: .exponential(0.015, factor: 0.92)), epochs: epochs, batch: 50, using: &random
    ) { lesson.progress(recipe.name, Double($0.number) / Double(epochs)) }
    return network
  }
}

/// What there is to say of one of the five, on test images.
struct Traits {
  let network: Network
  /// ‖x − x̂‖² per image; and ‖r(x̃) − x‖² over ‖x̃ − x‖² for the noisy images x̃.
  let error: Double
  let denoising: Double
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
  /// The share of ‖J‖_F² in the tenth of the units that have most of it, image by image.
  let steepest: Double
  /// The mean singular values of J over the same.
  let spectrum: [Double]
  /// The shares classified rightly by ridge regression from ten labels a class, clean and noisy.
  let clean: Double
  let noisy: Double
  /// The mean distance of two codes.
  private let spread: Double

  init(_ network: Network, _ sample: Sample) {
    let (Xᵗ, N) = (sample.Xᵗ, Double(sample.Xᵗ.rows))
    let H = network.encode(Xᵗ)
    self.network = network
    error = (network.reconstruct(Xᵗ) - Xᵗ).squaredNorm / N
    denoising = (network.reconstruct(sample.noisy) - Xᵗ).squaredNorm / (sample.noisy - Xᵗ).squaredNorm
    slope = H.map { $0 * (1 - $0) }.mean
    weight = mean((0..<network.hidden).map { norm(network.encoder.W.row($0)) })
    jacobian = mean(network.encoder.squaredJacobianNorms(Xᵗ))
    relative = jacobian / zip((H ⊙ H).columnMeans, H.columnMeans).map { $0 - $1 * $1 }.sum()
    spread = Sample.spread(H)
    anisotropy = Traits.response(network, H, sample.towards) / Traits.response(network, H, sample.random)
    let Js = (0..<30).map { network.encoder.jacobian(at: Xᵗ.row($0)) }
    still = mean(
      Js.map { J in
        let squares = (J ⊙ J).columnSums
        return sample.still.map { squares[$0] }.sum() / squares.sum()
      })
    steepest = mean(
      Js.map { J in
        let squares = (0..<J.rows).map { dot(J.row($0), J.row($0)) }.sorted(by: >)
        return squares[..<(J.rows / 10)].reduce(0, +) / squares.sum()
      })
    let spectra = Js.map(Traits.singularValues)
    spectrum = spectra[0].indices.map { k in mean(spectra.map { $0[k] }) }
    var few = Matrix<Double>(rows: sample.labelled.count, columns: network.hidden)
    few.gatherRows(sample.labelled, of: network.encode(sample.X))
    let classifier = lesson.attempt {
      try RidgeClassifier(few, labels: sample.labelled.map { sample.training.labels[$0] })
    }
    clean = classifier.accuracy(H, labels: sample.testing.labels)
    noisy = classifier.accuracy(network.encode(sample.noisy), labels: sample.testing.labels)
  }

  /// A row of the table of the five.
  func row(_ name: String) -> [Cell] {
    [
      Cell(name), Cell(error, significant: 3), Cell(slope, significant: 2), Cell(weight, significant: 3),
      Cell(jacobian, significant: 3), Cell(relative, significant: 3), Cell(anisotropy, significant: 3),
      Cell(directions, significant: 3), .percent(still),
    ]
  }

  /// How many singular values share the Jacobian's energy: (Σσ²)² / Σσ⁴ of the mean ones.
  var directions: Double {
    let squares = spectrum.map { $0 * $0 }
    return squares.sum() * squares.sum() / dot(squares, squares)
  }

  /// The contraction ratio at a share of the mean distance of two images (Rifai et al. 2011): how far apart the codes of an
  /// image and of a point at that distance are, over the distance; relative to the same ratio for two images.
  func contraction(at share: Double, _ sample: Sample) -> Double {
    let distance = share * sample.spread
    let away = network.encode(sample.Xᵗ + distance * sample.random) - network.encode(sample.Xᵗ)
    return mean((0..<away.rows).map { norm(away.row($0)) }) / distance / (spread / sample.spread)
  }

  /// The mean of ‖J v‖: J v = h(1 − h) ⊙ W v.
  private static func response(_ network: Network, _ H: Matrix<Double>, _ V: Matrix<Double>) -> Double {
    let A = H.map { $0 * (1 - $0) } ⊙ (V * network.encoder.W.T)
    return mean((0..<A.rows).map { norm(A.row($0)) })
  }

  /// The singular values of J as roots of the eigenvalues of the smaller of JJᵀ and JᵀJ.
  private static func singularValues(_ J: Matrix<Double>) -> [Double] {
    SymmetricEigen(J.rows < J.columns ? J * J.T : J.T * J).values.map { max($0, 0).squareRoot() }
  }
}

/// The five networks of one seed.
struct Contest {
  let recipes: [Recipe]
  let traits: [Traits]
  var names: [String] { recipes.map(\.name) }

  init(_ sample: Sample, strength: Double) {
    // The cross-entropy is a sum over pixels; the strengths are those for 64.
    let scale = Double(sample.X.columns) / 64
    recipes = lesson.attempt {
      [
        Recipe(name: "plain"), Recipe(name: "weight decay", penalties: [try .weightDecay(0.01 * scale)]),
        Recipe(name: "sparse (KL)", penalties: [try .sparsity(ρ: 0.05, β: 0.3 * scale)]),
        Recipe(name: "denoising", corruption: try .gaussian(σ: 0.5)),
        Recipe(name: "contractive", penalties: [try .contractive(strength * scale)]),
      ]
    }
    traits = recipes.map { Traits(trained($0, on: sample), sample) }
  }
}

/// The contest at several seeds.
struct Trials {
  let first: UInt64
  let contests: [Contest]
  var count: Int { contests.count }

  /// The given contest, and more of them at the seeds that follow.
  init(_ sample: Sample, _ contest: Contest, of images: LabelledImages, count: Int, strength: Double) {
    first = sample.seed
    contests =
      [contest]
      + (1..<count).map { Contest(Sample(sample.seed + UInt64($0), of: images), strength: strength) }
  }

  /// The five networks of a seed, if it is one of the trials'.
  func traits(of seed: UInt64) -> [Traits]? {
    seed >= first && seed - first < UInt64(count) ? contests[Int(seed - first)].traits : nil
  }

  /// A figure of the n-th network at each seed.
  func values(_ value: (Traits) -> Double, _ n: Int) -> [Double] { contests.map { value($0.traits[n]) } }

  /// The contractive network's figure less the n-th network's at each seed, in percentage points.
  func lead(_ value: (Traits) -> Double, _ n: Int) -> [Double] {
    zip(values(value, 4), values(value, n)).map { 100 * ($0 - $1) }
  }

  var meanRows: [[Cell]] {
    contests[0].names.indices.map { n in
      [
        Cell(contests[0].names[n]), .percent(mean(values(\.clean, n))), .percent(mean(values(\.noisy, n))),
        Cell(mean(values(\.denoising, n)), significant: 3),
      ]
    }
  }

  var leadRows: [[Cell]] {
    (0..<4).map { n in
      [
        Cell(contests[0].names[n]), Cell(summary(lead(\.clean, n))), Cell(summary(lead(\.noisy, n))),
        Cell(summary(lead(\.denoising, n))),
      ]
    }
  }
}

/// `1.6 ± 1.0`: mean and standard error of some differences.
func summary(_ gains: [Double]) -> String {
  "\(Numeral.fixed(mean(gains), decimals: 1)) ± \(Numeral.fixed(standardError(gains), decimals: 1))"
}

/// Whether the mean of some differences is farther from 0 than Student's t with as many degrees of freedom allows in 95 of
/// 100 cases.
func verdict(_ gains: [Double]) -> String {
  let quantiles = [12.71, 4.30, 3.18, 2.78]
  guard gains.count > 1, abs(mean(gains)) > quantiles[min(gains.count, 5) - 2] * standardError(gains) else {
    return "no clear difference"
  }
  return mean(gains) > 0 ? "yes, here" : "no, the denoising one is ahead"
}
