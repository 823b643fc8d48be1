import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// All that one seed gives: its split, its networks, and what was measured with them. The tables
/// of the lesson share the networks.
struct Study {
  let seed: UInt64
  let training, test: LabelledImages
  let network: Network
  /// One with a code of two numbers, halfway through its training and at the end.
  let flatHalfway, flat: Network
  let terms: (reconstruction: Double, divergence: Double, bound: Double)
  let contest: LikelihoodContest
  let sweep: [WeightTrial]
  let remedies: [WeightTrial]
  let anomalies: AnomalyTrial
  let imputations: [ImputationTrial]

  /// The noise variance τ² of the sweep.
  static let variance = 0.05
  /// How long the networks of the sweep and of the remedies are trained.
  static let epochs = 30

  /// The weights of a sweep for images of D pixels. The last two are those of two usual losses,
  /// for which βτ² is ½ and D / 2.
  static func weights(_ D: Int) -> [Double] {
    [0, 0.5, 1, 2, 4, 0.5 / variance, Double(D) / 2 / variance]
  }

  /// - Parameters:
  ///   - step: the width of a grey level, for white = 1.
  ///   - observer: called with the large network at the end of each epoch.
  init(
    _ images: LabelledImages, latent: Int, hidden: Int, β: Double, seed: UInt64,
    boundStep: @escaping BoundStep,
    observer: (
      (_ epoch: Int, Network, _ training: Matrix<Double>, _ test: Matrix<Double>) -> Void
    )?
  ) {
    self.seed = seed
    let (training, test) = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    let (X, Y) = (training.scaled, test.scaled)
    let network: Network
    if let observer {
      network = trainedNetwork(
        X, latent: latent, hidden: hidden, β: β, epochs: 80, seed: seed
      ) { observer($0, $1, X, Y) }
    } else {
      network = trainedNetwork(X, latent: latent, hidden: hidden, β: β, epochs: 80, seed: seed)
    }
    terms = evidence(network, Y, seed: seed).mean
    var halfway = network
    let half = max(1, 80 * 1200 / X.rows)
    flat = trainedNetwork(X, latent: 2, hidden: hidden, epochs: 160, seed: seed) {
      if $0 == half { halfway = $1 }
    }
    flatHalfway = halfway

    let noisy = dequantised(X, step: 1 / images.maximum, seed: seed, "training")
    let scale = residualScale(network, noisy)
    let scaled = trainedNetwork(
      Matrix(rows: X.rows, columns: X.columns) { n, i in noisy[n, i] / scale[i] },
      latent: latent, hidden: hidden, variance: 1, epochs: 80, seed: seed)
    contest = LikelihoodContest(
      noisy, dequantised(Y, step: 1 / images.maximum, seed: seed, "held out"), network: network,
      scaled: scaled, scale: scale, seed: seed)

    sweep = Study.weights(X.columns).map { β in
      let network = trainedNetwork(
        X, latent: latent, hidden: hidden, β: β, variance: Study.variance, learnt: false,
        epochs: Study.epochs, seed: seed)
      return WeightTrial(β: β, network, on: Y, seed: seed)
    }
    // Weight β with variance τ² is weight 1 with variance βτ² = ½.
    remedies = Remedy.allCases.map { remedy in
      let network = remediedNetwork(
        X, remedy, latent: latent, hidden: hidden, variance: 0.5, epochs: Study.epochs,
        seed: seed, boundStep)
      return WeightTrial(β: 1, network, on: Y, seed: seed)
    }
    anomalies = AnomalyTrial(training, test, latent: latent, hidden: hidden, seed: seed)
    imputations = Mask.allCases.map {
      ImputationTrial($0, network, training: X, test: Y, width: images.width, seed: seed)
    }
    (self.training, self.test, self.network) = (training, test, network)
  }

  /// The share of held-out images whose nearest training code belongs to another class.
  func nearestCodeErrors(_ network: Network) -> Double {
    errors { network.posterior(of: $0).mean }
  }

  /// The same by the scores along the first k principal axes.
  func nearestScoreErrors(_ k: Int) -> Double {
    let baselines = Baselines(training.scaled)
    return errors { baselines.scores($0, k) }
  }

  private func errors(_ code: (Matrix<Double>) -> Matrix<Double>) -> Double {
    NearestNeighbour(code(training.scaled), labels: training.labels)
      .errorRate(code(test.scaled), labels: test.labels)
  }
}
