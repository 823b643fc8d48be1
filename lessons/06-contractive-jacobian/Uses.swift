import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// What the five are good for, and rivals that were not trained, or by linear algebra alone.

/// Something that makes features of images, or cleans them, or both.
struct Candidate {
  var encode: ((Matrix<Double>) -> Matrix<Double>)?
  var clean: ((Matrix<Double>) -> Matrix<Double>)?

  init(_ network: Network) { (encode, clean) = (network.encode, network.reconstruct) }

  init(
    encode: ((Matrix<Double>) -> Matrix<Double>)?,
    clean: ((Matrix<Double>) -> Matrix<Double>)?
  ) { (self.encode, self.clean) = (encode, clean) }

  /// The first k principal components of the training images.
  static func principal(_ k: Int, of X: Matrix<Double>) -> Candidate {
    let (centre, V) = (X.columnMeans, SVD(centred(X)).V[columns: 0..<k])
    return Candidate(
      encode: { $0.subtractingFromEachRow(centre) * V },
      clean: {
        var Y = $0.subtractingFromEachRow(centre) * V * V.T
        Y.addToEachRow(centre)
        return Y
      })
  }

  /// The best linear map from noisy images to clean ones, for noise of standard deviation σ:
  /// x̂ = m + C (C + σ² I)⁻¹ (x̃ − m), mean m and covariance C of the training images.
  static func wiener(σ: Double, of X: Matrix<Double>) -> Candidate {
    let (centre, N) = (X.columnMeans, Double(X.rows))
    let C = centred(X).T * centred(X) / N
    let map = lesson.attempt { try (C + σ * σ * .identity(C.rows)).solve(C) }
    return Candidate(
      encode: nil,
      clean: {
        var Y = $0.subtractingFromEachRow(centre) * map
        Y.addToEachRow(centre)
        return Y
      })
  }
}

/// How good a candidate is: the shares classified rightly by ridge regression from ten labels a
/// class, on clean and on noisy images; and ‖r(x̃) − x‖² over ‖x̃ − x‖² for the noisy images x̃.
/// It is not a number where it cannot do the task.
struct Score {
  var clean = Double.nan
  var noisy = Double.nan
  var left = Double.nan

  init(clean: Double, noisy: Double, left: Double) {
    (self.clean, self.noisy, self.left) = (clean, noisy, left)
  }

  init(_ candidate: Candidate, _ sample: Sample, on part: Part) {
    if let encode = candidate.encode {
      let classifier = lesson.attempt {
        try RidgeClassifier(encode(sample.few), labels: sample.fewLabels)
      }
      clean = classifier.accuracy(encode(part.clean), labels: part.labels)
      noisy = classifier.accuracy(encode(part.noisy), labels: part.labels)
    }
    if let clean = candidate.clean {
      left = squaredError(clean(part.noisy), part.clean) / squaredError(part.noisy, part.clean)
    }
  }

  /// The test scores of those candidates that are best on the validation images, for each task.
  init(bestOf candidates: [Candidate], _ sample: Sample) {
    let chosen = candidates.map { Score($0, sample, on: sample.validation) }
    let tested = candidates.map { Score($0, sample, on: sample.testing) }
    func best(_ key: KeyPath<Score, Double>, _ sign: Double) -> Double {
      let n = chosen.indices.reduce(0) {
        sign * chosen[$1][keyPath: key] > sign * chosen[$0][keyPath: key] ? $1 : $0
      }
      return tested[n][keyPath: key]
    }
    (clean, noisy, left) = (best(\.clean, 1), best(\.noisy, 1), best(\.left, -1))
  }
}

/// The contest at several seeds: rivals first, then the five.
struct Uses {
  static let rivals = [
    "pixels", "principal components", "untrained units", "best linear map",
  ]
  let names: [String]
  /// For each seed the score of each contestant.
  let scores: [[Score]]

  init(_ contest: Contest, strength: Double, epochs: Int) {
    names = Uses.rivals + contest.names
    scores = zip(contest.samples, contest.traits).map { sample, traits in
      let D = sample.X.columns
      let others = [0.5, 2].map {
        recipes(strength: Float(strength), pixels: D, factor: Float($0))
      }
      let networks = contest.names.indices.map { n in
        let more = n == 0 ? [] : others.map { trained($0[n], on: sample, epochs: epochs) }
        return Score(bestOf: ([traits[n].network] + more).map(Candidate.init), sample)
      }
      let drawn = (0..<10).map { n in
        let network: Network = untrained(
          D, hidden: [100], output: .sigmoid, tied: true, seed: sample.seed, start: n + 1)
        return Score(
          Candidate(encode: network.encode, clean: nil), sample, on: sample.testing)
      }
      let components = [4, 8, 12, 16, 32].map { Candidate.principal($0, of: sample.X) }
      return [
        Score(Candidate(encode: { $0 }, clean: nil), sample, on: sample.testing),
        Score(bestOf: components, sample),
        Score(clean: mean(drawn.map(\.clean)), noisy: mean(drawn.map(\.noisy)), left: .nan),
        Score(.wiener(σ: Sample.noise, of: sample.X), sample, on: sample.testing),
      ] + networks
    }
  }

  /// A figure of a contestant at each seed.
  func values(_ key: KeyPath<Score, Double>, _ name: String) -> [Double] {
    guard let n = names.firstIndex(of: name) else { return [] }
    return scores.map { $0[n][keyPath: key] }
  }

  /// The contractive network's figure less that of another at each seed, in percentage points.
  func lead(_ key: KeyPath<Score, Double>, _ name: String) -> [Double] {
    100 .* (values(key, "contractive") .- values(key, name))
  }

  /// Mean over the seeds and, in parentheses, the contractive network's mean lead ± its standard
  /// error, in percentage points.
  var rows: [[Cell]] {
    names.map { name in
      [Cell(name)]
        + [\Score.clean, \Score.noisy, \Score.left].map { key in
          let all = values(key, name)
          guard all[0].isFinite else { return "" }
          let lead = lead(key, name)
          return Cell(
            Numeral.percent(mean(all))
              + (name == "contractive" || all.count < 2
                ? ""
                : " (\(Numeral.meanAndError(lead, .decimals(1), signed: true)))")
          )
        }
    }
  }

  /// What the seeds say of the contractive network against another.
  func verdict(_ key: KeyPath<Score, Double>, against name: String) -> String {
    let gains = (key == \Score.left ? -1 : 1) .* lead(key, name)
    guard gains.count > 1 else { return "not judged on a single split" }
    // Student's t for 99 of 100 cases and so many seeds.
    let quantiles = [63.66, 9.92, 5.84, 4.60]
    guard abs(mean(gains)) > quantiles[min(gains.count, 5) - 2] * standardError(gains) else {
      return "no clear difference"
    }
    return mean(gains) > 0 ? "the contractive one is ahead" : "the \(name) one is ahead"
  }
}
