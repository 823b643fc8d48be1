import Autoencoders
import LinearAlgebra
import Notebook

/// ISTA, FISTA and FISTA with restarts from zero, beside what is proved of them.
struct Race {
  /// The best codes, their mean F and their mean duality gap.
  let best: Matrix<Double>
  let least: Double
  let gap: Double
  /// The distances from the least F, beside the bounds.
  let curves: [(name: String, gaps: [Double], bound: [Double])]
  /// The largest ratio of a distance to its bound, for ISTA and FISTA.
  let ratios: [Double]
  /// How often FISTA's F rose, and the steps to a millionth of the least F.
  let rises: Int
  let needed: [Int]

  init(_ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, steps count: Int) {
    let method = ISTA(λ: λ, momentum: .restarted, maxIterations: 20_000, tolerance: 1e-18)
    best = lesson.attempt { try method.encode(X, decoder: decoder(W)).H }
    gap = mean(method.gaps(of: best, for: X, decoder: decoder(W)))
    least = F(best, X, W, λ: λ)
    let σ₁ = SVD(W).σ[0]
    let square = σ₁ * σ₁ * best.squaredNorm / Double(X.rows)
    let histories = [ISTA<Double>.Momentum.none, .nesterov, .restarted].map {
      history(X, W, λ: λ, momentum: $0, steps: count)
    }
    let q = (0...count).map { Double($0) }
    let bounds: [[Double]] = [
      q.map { square / (2 * $0) }, q.map { 2 * square / (($0 + 1) * ($0 + 1)) }, [],
    ]
    let (least, names) = (least, ["ISTA", "FISTA", "with restarts"])
    curves = names.indices.map { c in
      (names[c], histories[c].map { $0 - least }, bounds[c])
    }
    ratios = curves.prefix(2).map { curve in
      curve.gaps.indices.dropFirst().map { curve.gaps[$0] / curve.bound[$0] }.greatest()
    }
    rises = zip(histories[1], histories[1].dropFirst()).count { $1 > $0 }
    needed = histories.map { steps($0, to: (1 + 1e-6) * least) }
  }
}

/// The codes that minimise the energy E of images whose first is that of `energy`.
func envelopeCodes(_ X: Matrix<Double>, _ energy: Energy, steps: Int) -> Matrix<Double> {
  lesson.attempt {
    try ISTA(
      λ: energy.λ, γ: energy.γ, momentum: .restarted, maxIterations: steps, tolerance: 1e-18
    ).encode(
      X, decoder: decoder(energy.W),
      predictions: Matrix(rows: 1, columns: energy.p.count, elements: energy.p)
    ).H
  }
}

/// The least energy over the codes for several γ, between its bounds; means over images.
struct Limits {
  let strengths: [Double]
  let least: [Double]
  let below: [Double]
  let above: [Double]
  /// F of the best codes and of the encoder's.
  let best: Double
  let predicted: Double

  init(
    _ X: Matrix<Double>, _ W: Matrix<Double>, _ encoder: Encoder, λ: Double,
    strengths: [Double]
  ) {
    let P = encoder(X)
    let N = Double(X.rows)
    let coding = ISTA(λ: λ, momentum: .restarted, maxIterations: 5000, tolerance: 1e-16)
    let H = lesson.attempt { try coding.encode(X, decoder: decoder(W)).H }
    let (best, predicted) = (F(H, X, W, λ: λ), F(P, X, W, λ: λ))
    let subgradients = (0..<X.rows).map { n in
      Energy(X.row(n), W, λ: λ, γ: 0, p: P.row(n)).subgradient(P.row(n))
    }
    let steepness = subgradients.map { dot($0, $0) }.sum() / N
    let away = (H - P).squaredNorm / N
    least = strengths.map { γ in
      lesson.attempt {
        try ISTA(λ: λ, γ: γ, momentum: .restarted, maxIterations: 5000, tolerance: 1e-16)
          .encode(X, decoder: decoder(W), predictions: P, from: P).objective
      }
    }
    below = strengths.map { max(best, predicted - steepness / (2 * $0)) }
    above = strengths.map { min(predicted, best + $0 / 2 * away) }
    (self.strengths, self.best, self.predicted) = (strengths, best, predicted)
  }

  /// By how much a least energy lies outside of its bounds, relative.
  var outside: Double {
    strengths.indices.map { max(below[$0] - least[$0], least[$0] - above[$0]) / least[$0] }
      .greatest()
  }
}

/// Steps to within 1 % and 0.01 % of the least F, from zero and from the encoder's codes.
func warmStarts(_ model: Model, _ X: Matrix<Double>, λ: Double) -> [[Cell]] {
  let W = model.dictionary
  let least = F(bestCodes(X, W, λ: λ, steps: 2000), X, W, λ: λ)
  return [("ISTA", ISTA<Double>.Momentum.none), ("FISTA", .nesterov)].map { name, momentum in
    let histories = [nil, model.encoder(X)].map {
      history(X, W, λ: λ, momentum: momentum, steps: 600, from: $0)
    }
    return [Cell(name)]
      + [0.01, 0.0001].flatMap { share in
        histories.map { Cell(steps($0, to: (1 + share) * least)) }
      }
  }
}

/// How the excess over the least F depends on where encoders begin and on how they are fitted:
/// sparse coding, predictive sparse decomposition and the sparse autoencoder.
func meltingRows(
  _ contest: Contest, units K: Int, λ: Double, γ: Double, rounds: Int
) -> [[Cell]] {
  let sample = contest.sample
  func excess(_ start: Encoder?) -> [Cell] {
    [0, γ, .infinity].map { γ in
      let model = trained(
        sample, units: K, λ: λ, γ: γ, rounds: rounds, start: start, fit: 80)
      let best = F(
        bestCodes(sample.newX, model.dictionary, λ: λ), sample.newX, model.dictionary, λ: λ)
      let f = F(model.encoder(sample.newX), sample.newX, model.dictionary, λ: λ)
      return .fixed(100 * (f / best - 1), decimals: 1)
    }
  }
  let timid = lesson.attempt { try LearnedISTA(unrolling: sample.images(K), λ: λ, layers: 1) }
  return [
    ["a step of ISTA; one run"] + excess(timid), ["bold; one run"] + excess(nil),
    ["bold; begun anew"]
      + [0, 2, 3].map { .fixed(100 * contest.verdicts[$0].excess, decimals: 1) },
  ]
}

/// The share of classes read wrongly from pixels by the same ridge regression, for each sample.
func pixelErrors(_ samples: [Sample]) -> [Double] {
  samples.map { sample in
    lesson.attempt {
      try RidgeClassifier(sample.few, labels: sample.fewLabels)
        .errorRate(sample.newX, labels: sample.newLabels)
    }
  }
}
