import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// What a visitor sees of one run: the losses that the program prints, epoch by epoch, and one
/// number that it does not.
struct Sight {
  var losses: [Double]
  var measure: Double
  /// Images or codes, where there is something to be seen.
  var pictures = Matrix<Double>(rows: 0, columns: 0)
}

/// What is chosen once for all runs.
struct Choices {
  var hidden = 24
  var codes = 4
  var λ = 0.3
  var ρ = 0.1
  var β = 3.0
  var ν = 0.3
  var plan = Plan()
  var descent = Plan(rate: 0.3, adam: false)
}

/// The healthy runs of one seed, which several exhibits share.
final class Twins {
  var networks: [String: (net: Network, losses: [Double])] = [:]
  var coder: (net: Coder, losses: [Double])?
  var reports: (healthy: Sight, sick: Sight)?
}

/// Every run of one seed. Twins train on the same images, in the same order, from the same
/// weights.
struct Visit {
  let choices: Choices
  let seed: UInt64
  let training, test: LabelledImages
  let X, Y: Matrix<Double>
  private let start: Network
  private let coder: Coder
  private let clean = Corruption<Double>("nothing") { _, _ in }
  private let twins = Twins()
  /// Salt and pepper.
  private let spoil: Corruption<Double>

  init(_ digits: LabelledImages, seed: UInt64, _ choices: Choices) throws {
    (self.choices, self.seed) = (choices, seed)
    spoil = try .saltAndPepper(choices.ν)
    var split = RandomStream(seed: seed, name: "split")
    let parts = try digits.split(testCount: digits.count / 3, using: &split)
    (training, test) = (parts.training.prefix(600), parts.test.prefix(300))
    (X, Y) = (
      Visit.part(training, seed, nil).X, Visit.part(test, seed, nil).X
    )
    var weights = RandomStream(seed: seed, name: "weights")
    start = Network(inputs: X.columns, hidden: choices.hidden, using: &weights)
    coder = Coder(
      inputs: X.columns, hidden: choices.hidden, codes: choices.codes, using: &weights)
  }

  /// The bug and its healthy twin.
  func both(_ bug: Bug) throws -> (healthy: Sight, sick: Sight) {
    (try sight(bug, nil), try sight(bug, bug))
  }

  /// The healthy twin alone.
  func twin(of bug: Bug) throws -> Sight { try sight(bug, nil) }

  /// What is to be seen at the place of `exhibit`, with `bug` in the code or without any.
  private func sight(_ exhibit: Bug, _ bug: Bug?) throws -> Sight {
    switch exhibit {
    case .integerDivision, .frozenWeights, .summedFirst:
      let (net, losses) = healthy("contractive", bug) { contractive(bug) }
      let norms = net.library.encoder.squaredJacobianNorms(Y)
      return Sight(losses: losses, measure: mean(norms), pictures: net.W)
    case .droppedTerm, .untied, .wrongPower:
      let (net, losses) = plain(bug)
      let tied = Network(W: net.W, Wˢ: net.W.T, b: net.b, c: net.c)
      return Sight(losses: losses, measure: heldOutLoss(tied, Y), pictures: tied.reconstruct(Y))
    case .wrongAxis, .unbounded:
      let (net, losses) = healthy("sparse", bug) { sparse(bug) }
      let means = sigmoid(affine(Y, net.W, net.b)).columnMeans
      let farthest = means.map { abs($0 / choices.ρ - 1) }.greatest()
      let finite = losses.prefix { $0.isFinite }.count
      return Sight(
        losses: losses, measure: exhibit == .wrongAxis ? farthest : Double(finite),
        pictures: Matrix(rows: 1, columns: means.count, elements: means))
    case .noisyTarget, .frozenNoise:
      let (net, losses) = healthy("denoising", bug) { denoising(bug) }
      var fresh = RandomStream(seed: seed, name: "fresh noise")
      let noisy = spoil(Y, using: &fresh)
      let restored = net.reconstruct(noisy)
      return Sight(
        losses: losses, measure: squaredError(restored, Y) / squaredError(noisy, Y),
        pictures: stacked(noisy[rows: 0..<8], restored[rows: 0..<8]))
    case .scaledTwice:
      let own = Visit.part(test, seed, bug).X
      let (net, losses) = plain(bug)
      let error = squaredError(net.reconstruct(own), own)
      let spread = own.subtractingFromEachRow(own.columnMeans).squaredNorm / Double(own.rows)
      return Sight(losses: losses, measure: error / spread)
    case .summedDivergence, .turnedSign, .logVariance, .sharedNoise:
      let (net, losses) = variational(bug)
      var codes = RandomStream(seed: seed, name: "evidence")
      let library = try net.library()
      let bound = try library.evidence(of: Y, samples: 4, using: &codes).mean.bound
      return Sight(
        losses: losses, measure: -bound, pictures: library.generate(8, using: &codes))
    case .dividedTwice:
      let (net, losses) = plain(bug, adam: false)
      return Sight(losses: losses, measure: heldOutLoss(net, Y))
    case .leakedMean:
      return try leaking(bug)
    case .shiftedLabels:
      let (net, losses) = plain(nil)
      let (own, other) = (
        Visit.part(training, seed, bug), Visit.part(test, seed, bug)
      )
      func codes(_ X: Matrix<Double>) -> Matrix<Double> { sigmoid(affine(X, net.W, net.b)) }
      let some = min(200, own.X.rows)
      let classifier = try RidgeClassifier(
        codes(own.X[rows: 0..<some]), labels: Array(own.labels.prefix(some)))
      return Sight(
        losses: losses, measure: classifier.errorRate(codes(other.X), labels: other.labels))
    case .lastBatch:
      return reported(bug)
    }
  }

  /// The images of a part, between 0 and 1, in random order.
  private static func part(
    _ images: LabelledImages, _ seed: UInt64, _ bug: Bug?
  ) -> (X: Matrix<Double>, labels: [Int]) {
    var order = RandomStream(seed: seed, name: "shuffle")
    return prepared(images, using: &order, bug: bug)
  }

  private func heldOutLoss(_ net: Network, _ Z: Matrix<Double>) -> Double {
    gradients(Z, Z, net, penalty: nothing, bug: nil).loss
  }

  /// A tied network without penalty.
  private func plain(_ bug: Bug?, adam: Bool = true) -> (net: Network, losses: [Double]) {
    healthy("plain, Adam: \(adam)", bug) { plainRun(bug, adam ? choices.plan : choices.descent) }
  }

  /// The same run for all who ask for it without a bug.
  private func healthy(
    _ name: String, _ bug: Bug?, _ run: () -> (net: Network, losses: [Double])
  ) -> (net: Network, losses: [Double]) {
    if bug == nil, let known = twins.networks[name] { return known }
    let result = run()
    if bug == nil { twins.networks[name] = result }
    return result
  }

  private func plainRun(_ bug: Bug?, _ plan: Plan) -> (net: Network, losses: [Double]) {
    let images = Visit.part(training, seed, bug).X
    let run = trained(
      start.parameters, on: images, plan, spoil: clean, seed: seed, bug: bug
    ) { x, noisy, θ in
      let (loss, g) = gradients(x, noisy, start.with(θ), penalty: nothing, bug: bug)
      return (loss, g.parameters)
    }
    return (start.with(run.θ), run.losses)
  }

  private func contractive(_ bug: Bug?) -> (net: Network, losses: [Double]) {
    let run = trained(
      start.parameters, on: X, choices.plan, spoil: clean, seed: seed, bug: bug
    ) { x, _, θ in
      let net = start.with(θ)
      var (loss, g) = gradients(x, x, net, penalty: nothing, bug: bug)
      let penalty = contraction(x, net.W, net.b, λ: choices.λ, bug: bug)
      g.W += penalty.W
      g.Wˢ += penalty.W.T
      g.b = g.b .+ penalty.b
      loss += penalty.Ω
      return (loss, g.parameters)
    }
    return (start.with(run.θ), run.losses)
  }

  private func sparse(_ bug: Bug?) -> (net: Network, losses: [Double]) {
    let (ρ, β) = (choices.ρ, choices.β)
    let run = trained(
      start.parameters, on: X, choices.plan, spoil: clean, seed: seed, bug: bug
    ) { x, noisy, θ in
      let (loss, g) = gradients(
        x, noisy, start.with(θ), penalty: { sparsity($0, ρ: ρ, β: β, bug: bug) }, bug: bug)
      return (loss, g.parameters)
    }
    return (start.with(run.θ), run.losses)
  }

  private func denoising(_ bug: Bug?) -> (net: Network, losses: [Double]) {
    let run = trained(
      start.parameters, on: X, choices.plan, spoil: spoil, seed: seed, bug: bug
    ) { x, noisy, θ in
      let (loss, g) = gradients(x, noisy, start.with(θ), penalty: nothing, bug: bug)
      return (loss, g.parameters)
    }
    return (start.with(run.θ), run.losses)
  }

  /// A variational network.
  func variational(_ bug: Bug?) -> (net: Coder, losses: [Double]) {
    if bug == nil, let known = twins.coder { return known }
    var noise = RandomStream(seed: seed, name: "codes")
    let run = trained(
      coder.parameters, on: X, choices.plan, spoil: clean, seed: seed, bug: bug
    ) { x, _, θ in
      let ε = codeNoise(x.rows, choices.codes, using: &noise, bug: bug)
      return negativeBound(x, ε, coder.with(θ), bug: bug)
    }
    let result = (coder.with(run.θ), run.losses)
    if bug == nil { twins.coder = result }
    return result
  }

  /// A linear network of four codes for forty images, after the mean has been taken away.
  private func leaking(_ bug: Bug?) throws -> Sight {
    let (own, other) = centred(X[rows: 0..<40], Y, bug: bug)
    var stream = RandomStream(seed: seed, name: "linear")
    var net = try Autoencoder<Double>(
      inputs: X.columns, hidden: 4, activation: .identity, output: .identity, tied: true,
      biases: false, using: &stream)
    let training = try net.train(
      on: own, loss: .gaussian, optimiser: Adam(rate: .constant(2 * choices.plan.rate)),
      epochs: 60, using: &stream)
    return Sight(losses: training.history, measure: squaredError(net.reconstruct(other), other))
  }

  /// The held-out loss at the beginning of every epoch, as the program reports it; the run is the
  /// same with the bug and without.
  private func reported(_ bug: Bug?) -> Sight {
    if let known = twins.reports { return bug == nil ? known.healthy : known.sick }
    let steps = (X.rows + choices.plan.batch - 1) / choices.plan.batch
    var (step, whole) = (0, [Double]())
    var reports: [[Double]] = [[], []]
    _ = trained(
      start.parameters, on: X, choices.plan, spoil: clean, seed: seed, bug: nil
    ) { x, noisy, θ in
      let net = start.with(θ)
      if step % steps == 0 {
        for (n, bug) in [nil, Bug.lastBatch].enumerated() {
          reports[n].append(evaluated(Y, batch: 64, bug: bug) { heldOutLoss(net, $0) })
        }
        whole.append(heldOutLoss(net, Y))
      }
      step += 1
      let (loss, g) = gradients(x, noisy, net, penalty: nothing, bug: nil)
      return (loss, g.parameters)
    }
    let sights = reports.map { losses in
      Sight(losses: losses, measure: abs((losses.last ?? 0) / (whole.last ?? 1) - 1))
    }
    twins.reports = (sights[0], sights[1])
    return sights[bug == nil ? 0 : 1]
  }
}
