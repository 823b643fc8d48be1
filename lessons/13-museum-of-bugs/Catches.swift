import Autoencoders
import Datasets
import LinearAlgebra

/// How a check takes an exhibit: what it finds in the healthy code and in the exhibit, and its
/// bound.
struct Catch {
  /// The lesson that has the check, 13 for a check that the museum adds.
  let lesson: String
  let check: String
  /// Why the bound is what it is, for a check that the museum adds.
  let because: String?
  let healthy, sick, bound: Double

  /// How far the exhibit is over the bound; no number at all is infinitely far.
  var factor: Double { sick.isFinite ? sick / bound : .infinity }
}

/// A few images and small networks: enough for every check.
struct Checks {
  let X, Y: Matrix<Double>
  let images: LabelledImages
  let net: Network
  let coder: Coder
  let seed: UInt64
  let λ = 0.7

  init(_ visit: Visit) {
    // Of larger images the middle is enough.
    let middle = max(0, visit.X.columns / 2 - 32)..<min(visit.X.columns, visit.X.columns / 2 + 32)
    X = visit.X[rows: 0..<12][columns: middle]
    Y = visit.Y[rows: 0..<12][columns: middle]
    seed = visit.seed
    images = visit.training
    var weights = RandomStream(seed: visit.seed, name: "small weights")
    net = Network(inputs: X.columns, hidden: 5, using: &weights)
    coder = Coder(inputs: X.columns, hidden: 5, codes: 3, using: &weights)
  }

  func take(_ bug: Bug) throws -> Catch {
    let (lesson, check, bound, because) = Checks.named(bug)
    return Catch(
      lesson: lesson, check: check, because: because, healthy: try value(bug, nil),
      sick: try value(bug, bug), bound: bound)
  }

  /// The checks by the words of the lessons that have them; for those that the museum adds, why
  /// their bounds are what they are.
  private static func named(
    _ bug: Bug
  ) -> (lesson: String, check: String, bound: Double, because: String?) {
    let rounding = "rounding in sums of a few thousand terms"
    switch bug {
    case .integerDivision, .frozenWeights:
      return (
        "06",
        "one and two layers, tied and untied: worst relative error of the library's whole "
          + "gradient", 1e-7, nil
      )
    case .summedFirst:
      return (
        "06", "the course's $J$ against dual numbers, one and two layers, relative", 1e-12, nil
      )
    case .droppedTerm, .untied: return ("00", "both terms: worst relative error", 1e-7, nil)
    case .wrongAxis, .unbounded:
      return (
        "04", "the ten lines and the library agree on the gradient in every weight and bias",
        1e-12, nil
      )
    case .noisyTarget:
      return (
        "05", "the step above and the library's, with the same noise: largest difference", 1e-12,
        nil
      )
    case .frozenNoise:
      return (
        "13", "the noises of two epochs: squared distance, in standard errors", 4,
        "a normal deviate passes 4 once in 16,000 runs"
      )
    case .scaledTwice:
      return (
        "13", "the greatest pixel, against that of the file over its maximum", 1e-12,
        "one division"
      )
    case .summedDivergence, .logVariance:
      return (
        "07", "loss and gradient of the heart against the library's, all parameters", 1e-12, nil
      )
    case .turnedSign:
      return ("07", "Monte Carlo, 20000 samples, against the formula, in standard errors", 4, nil)
    case .sharedNoise: return ("07", "their variances ∕ the exact ones, every $k$", 0.15, nil)
    case .wrongPower:
      return (
        "13", "the second step with a constant gradient, against η", 1e-7,
        "Adam's ε of $10^{-8}$ shortens it"
      )
    case .dividedTwice:
      return ("13", "a step with every image twice, against the step", 1e-12, rounding)
    case .leakedMean:
      return (
        "13", "the training images, when the test images change", 1e-12, "the same operations"
      )
    case .shiftedLabels:
      return ("13", "the mean image of each class, before and after", 1e-12, rounding)
    case .lastBatch:
      return ("13", "the held-out loss in batches, against all at once", 1e-12, rounding)
    }
  }

  /// What the check of `exhibit` finds with `bug` in the code, or without any.
  func value(_ exhibit: Bug, _ bug: Bug?) throws -> Double {
    switch exhibit {
    case .integerDivision, .frozenWeights:
      return gradientCheck(penalty(bug)).worstError
    case .summedFirst:
      let norms = (0..<X.rows).map {
        net.library.encoder.jacobianByDualNumbers(at: X.row($0)).squaredNorm
      }
      return abs(contraction(X, net.W, net.b, λ: λ, bug: bug).Ω / (λ * mean(norms)) - 1)
    case .droppedTerm, .untied:
      return gradientCheck(tied(bug)).worstError
    case .wrongAxis, .unbounded, .noisyTarget:
      return try distanceToLibrary(exhibit, bug)
    case .frozenNoise:
      return try noiseOfTwoEpochs(bug)
    case .scaledTwice:
      var order = RandomStream(seed: seed)
      let greatest = prepared(images, using: &order, bug: bug).X.elements.greatest()
      return abs(greatest - images.scaled.elements.greatest())
    case .summedDivergence, .logVariance:
      return try boundAgainstLibrary(bug)
    case .turnedSign:
      return divergenceAgainstSamples(bug)
    case .sharedNoise:
      return gradientVariance(bug)
    case .wrongPower:
      var (θ, memory) = ([0.0], Memory(1))
      adamStep(&θ, [1], &memory, rate: 1, bug: bug)
      let first = θ[0]
      adamStep(&θ, [1], &memory, rate: 1, bug: bug)
      return abs(θ[0] - first + 1)
    case .dividedTwice:
      let steps = [X, stacked(X, X)].map { X in
        trained(
          net.parameters, on: X, Plan(epochs: 1, batch: X.rows, rate: 1, adam: false),
          spoil: Corruption("nothing") { _, _ in }, seed: seed, bug: bug
        ) { x, noisy, θ in
          let (loss, g) = gradients(x, noisy, net.with(θ), penalty: nothing, bug: nil)
          return (loss, g.parameters)
        }.θ .- net.parameters
      }
      return norm(steps[1] .- steps[0]) / norm(steps[0])
    case .leakedMean:
      let one = centred(X, Y, bug: bug).training
      let other = centred(X, 0 * Y, bug: bug).training
      return (one - other).norm / one.norm
    case .shiftedLabels:
      var order = RandomStream(seed: seed)
      let (Z, labels) = prepared(images, using: &order, bug: bug)
      let (before, after) = (
        classSums(images.scaled, images.labels), classSums(Z, labels)
      )
      return (after - before).norm / before.norm
    case .lastBatch:
      let whole = loss(X)
      return abs(evaluated(X, batch: 5, bug: bug, loss) / whole - 1)
    }
  }

  func loss(_ Z: Matrix<Double>) -> Double {
    gradients(Z, Z, net, penalty: nothing, bug: nil).loss
  }

  private func distanceToLibrary(_ exhibit: Bug, _ bug: Bug?) throws -> Double {
    let x̃ = exhibit == .noisyTarget ? noisy() : X
    let sparse = exhibit != .noisyTarget
    let (loss, own) = gradients(
      X, x̃, net,
      penalty: sparse ? { sparsity($0, ρ: 0.1, β: 1, bug: bug) } : nothing, bug: bug)
    let library = try Objective(
      net.library, data: x̃, target: X, loss: .bernoulli,
      penalties: sparse ? [.sparsity(ρ: 0.1, β: 1)] : [])
    return distance(
      own.tiedParameters + [loss],
      library.gradient() + [library.value()])
  }

  /// The largest difference, relative to the largest number.
  func distance(_ own: [Double], _ other: [Double]) -> Double {
    (own .- other).map { abs($0) }.greatest() / other.map { abs($0) }.greatest()
  }

  /// One image for 400 epochs: how far the noise of an epoch is from that of the next one.
  private func noiseOfTwoEpochs(_ bug: Bug?) throws -> Double {
    var noises: [Matrix<Double>] = []
    let (σ, one) = (0.4, X[rows: 0..<1])
    _ = trained(
      [0], on: one, Plan(epochs: 400, batch: 1), spoil: try .gaussian(σ: σ), seed: seed,
      bug: bug
    ) { x, noisy, _ in
      noises.append(noisy - x)
      return (0, [0])
    }
    let squares = stride(from: 0, to: 400, by: 2).map {
      (noises[$0 + 1] - noises[$0]).squaredNorm
    }
    let n = Double(squares.count * one.columns)
    return abs(squares.sum() / (2 * σ * σ * n) - 1) / (2 / n).squareRoot()
  }

  private func boundAgainstLibrary(_ bug: Bug?) throws -> Double {
    var noise = RandomStream(seed: seed, name: "check")
    let ε = codeNoise(X.rows, coder.codes, using: &noise, bug: nil)
    let (loss, own) = negativeBound(X, ε, coder, bug: bug)
    let library = try VariationalObjective(coder.library(), data: X, noise: ε)
    return distance(
      coder.sortedForLibrary(own) + [loss],
      library.gradient() + [library.value()])
  }

  /// KL of one image's code as the loss has it, against a mean of log q ∕ p over samples.
  private func divergenceAgainstSamples(_ bug: Bug?) -> Double {
    let one = X[rows: 0..<1]
    let H = tanh(affine(one, coder.up))
    let q = DiagonalGaussians(
      mean: affine(H, coder.mean), logVariance: 20 * tanh(affine(H, coder.spread) / 20))
    // The divergence is what the loss gains when the decoder's part is taken away.
    let zero = Matrix<Double>(rows: 1, columns: coder.codes)
    let whole = negativeBound(one, zero, coder, bug: bug).loss
    let pixels = crossEntropy(
      affine(tanh(affine(q.mean, coder.down)), coder.out), one)
    var stream = RandomStream(seed: seed, name: "samples")
    let S = 20_000
    let ε = Matrix<Double>.normal(rows: S, columns: coder.codes, using: &stream)
    let logRatios = (0..<S).map { r in
      (0..<coder.codes).map { i in
        let (μ, s) = (q.mean[0, i], q.logVariance[0, i])
        let z = μ + Double.exp(s / 2) * ε[r, i]
        return 0.5 * (z * z - ε[r, i] * ε[r, i] - s)
      }.sum()
    }
    return abs(whole - pixels - mean(logRatios)) / standardError(logRatios)
  }

  /// The variance of the gradient over 400 draws, over that of independent images, less 1.
  private func gradientVariance(_ bug: Bug?) -> Double {
    func spread(_ Z: Matrix<Double>, _ bug: Bug?, _ name: String) -> Double {
      var noise = RandomStream(seed: seed, name: name)
      let draws = (0..<400).map { _ in
        negativeBound(
          Z, codeNoise(Z.rows, coder.codes, using: &noise, bug: bug), coder, bug: nil
        ).gradient
      }
      let all = Matrix(
        rows: draws.count, columns: draws[0].count, elements: draws.flatMap { $0 })
      return all.subtractingFromEachRow(all.columnMeans).squaredNorm / Double(draws.count)
    }
    // Independent images: the mean of N gradients has 1/N² of the sum of their variances.
    let alone = (0..<X.rows).map { spread(X[rows: $0..<$0 + 1], nil, "image \($0)") }.sum()
    return abs(spread(X, bug, "batch") * Double(X.rows * X.rows) / alone - 1)
  }
}

/// The sum of the images of each class.
private func classSums(_ X: Matrix<Double>, _ labels: [Int]) -> Matrix<Double> {
  let classes = Set(labels).sorted()
  return Matrix(rows: classes.count, columns: X.rows) { labels[$1] == classes[$0] ? 1 : 0 } * X
}
