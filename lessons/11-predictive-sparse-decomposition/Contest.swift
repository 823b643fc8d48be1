import Autoencoders
import LinearAlgebra
import Notebook

// What one pass of an encoder is worth, on images that nothing was trained on.

/// The first step at which a history is at most a value; one more than there are if none is.
func steps(_ history: [Double], to value: Double) -> Int {
  history.firstIndex { $0 <= value } ?? history.count
}

/// F along ISTA or FISTA on a batch, from zero unless `start` says otherwise.
func history(
  _ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, momentum: ISTA<Double>.Momentum,
  steps: Int, from start: Matrix<Double>? = nil
) -> [Double] {
  lesson.attempt {
    try ISTA(λ: λ, momentum: momentum, maxIterations: steps, tolerance: 0)
      .encode(X, decoder: decoder(W), from: start).history
  }
}

/// What there is to say of codes of test images.
struct Codes {
  /// F, ½ ‖x − W*h‖², and how many units are not 0, in the mean over the images.
  let F: Double
  let error: Double
  let active: Double
  /// The share of classes read wrongly by ridge regression from few labelled codes.
  let wrong: Double

  init(
    _ H: Matrix<Double>, few: Matrix<Double>, _ sample: Sample, _ W: Matrix<Double>, λ: Double
  ) {
    error = squaredError(H * W.T, sample.newX) / 2
    F = error + λ * H.map(abs).sum / Double(H.rows)
    active = Double(H.elements.count { $0 != 0 }) / Double(H.rows)
    wrong = lesson.attempt {
      try RidgeClassifier(few, labels: sample.fewLabels)
        .errorRate(H, labels: sample.newLabels)
    }
  }
}

/// A dictionary and an encoder on the test images of one seed.
struct Verdict {
  let best: Codes
  let onePass: Codes
  /// How many steps from zero reach the encoder's F.
  let ista: Int
  let fista: Int

  /// By how much the encoder's F exceeds the least, relative to it.
  var excess: Double { onePass.F / best.F - 1 }

  init(_ model: Model, _ sample: Sample, λ: Double, best: Codes? = nil) {
    let W = model.dictionary
    self.best =
      best
      ?? Codes(
        bestCodes(sample.newX, W, λ: λ), few: bestCodes(sample.few, W, λ: λ), sample, W,
        λ: λ)
    onePass = Codes(
      model.encoder(sample.newX), few: model.encoder(sample.few), sample, W, λ: λ)
    let F = onePass.F
    (ista, fista) = (
      steps(history(sample.newX, W, λ: λ, momentum: .none, steps: 40), to: F),
      steps(history(sample.newX, W, λ: λ, momentum: .nesterov, steps: 25), to: F)
    )
  }
}

/// The dictionaries and encoders of one seed, and what they are worth.
struct Contest {
  let sample: Sample
  let models: [Model]
  let verdicts: [Verdict]

  static let names = [
    "sparse coding, encoder fitted to its codes", "sparse coding, encoder fitted to $F$",
    "predictive sparse decomposition", "sparse autoencoder, $\\gamma = \\infty$",
  ]

  init(_ sample: Sample, units K: Int, λ: Double, γ: Double, rounds: Int) {
    let coding = trained(sample, units: K, λ: λ, γ: 0, rounds: rounds)
    let refitted = lesson.attempt {
      let W: Matrix<Float> = converted(coding.dictionary)
      let f = try fitted(
        bold(coding.dictionary, λ: λ), on: sample.single,
        goal: .energy(dictionary: W, λ: Float(λ)), for: coding.dictionary, λ: λ,
        choosing: sample.validation)
      return Model(γ: 0, dictionary: coding.dictionary, encoder: f.encoder)
    }
    let models =
      [coding, refitted]
      + [γ, .infinity].map { trained(sample, units: K, λ: λ, γ: $0, rounds: rounds) }
    let first = Verdict(coding, sample, λ: λ)
    self.sample = sample
    self.models = models
    verdicts =
      [first]
      + models.dropFirst().map {
        Verdict($0, sample, λ: λ, best: $0.γ == 0 ? first.best : nil)
      }
  }
}

/// Codes after one, two and three layers or steps for one dictionary, on test images.
struct Unrolled {
  /// The mean F of the best codes.
  let best: Double
  /// F after so many steps of ISTA and FISTA from zero.
  let ista: [Double]
  let fista: [Double]
  /// F after 1, 2 and 3 steps of ISTA whose lengths, and whose lengths and thresholds, were
  /// chosen on the validation images.
  let lengths: [Double]
  let tuned: [Double]
  /// F of learned ISTA with 1, 2 and 3 layers, trained on the best codes and on F.
  let onCodes: [Double]
  let onF: [Double]

  static let depths = [1, 2, 3]
  /// The first three steps.
  var firstISTA: [Double] { Array(ista[1...3]) }
  var firstFISTA: [Double] { Array(fista[1...3]) }

  init(_ contest: Contest, λ: Double) {
    let (sample, W) = (contest.sample, contest.models[0].dictionary)
    best = contest.verdicts[0].best.F
    ista = history(sample.newX, W, λ: λ, momentum: .none, steps: 40)
    fista = history(sample.newX, W, λ: λ, momentum: .nesterov, steps: 25)
    let chosen = [false, true].map { free in
      Unrolled.depths.map { depth in
        let steps = chosenSteps(depth, for: sample.validation, W, λ: λ, thresholds: free)
        return F(walked(sample.newX, W, steps), sample.newX, W, λ: λ)
      }
    }
    (lengths, tuned) = (chosen[0], chosen[1])
    let codes: Matrix<Float> = converted(bestCodes(sample.X, W, λ: λ))
    func learned(
      _ one: Model, _ goal: LearnedISTAObjective<Float>.Goal
    ) -> [Double] {
      [F(one.encoder(sample.newX), sample.newX, W, λ: λ)]
        + [2, 3].map { depth in
          lesson.attempt {
            let fits = try starts(one.encoder, W, λ: λ, layers: depth).map { start in
              try fitted(
                start, on: sample.single, goal: goal, for: W, λ: λ, choosing: sample.validation)
            }
            let f = fits[fits[0].validation <= fits[1].validation ? 0 : 1].encoder
            return F(f(sample.newX), sample.newX, W, λ: λ)
          }
        }
    }
    onCodes = learned(contest.models[0], .codes(codes))
    onF = learned(contest.models[1], .energy(dictionary: converted(W), λ: Float(λ)))
  }
}

/// Where a network of several layers begins: as the network of one layer, which M = 0 makes it;
/// and as steps of ISTA of twice the safe length, 2/L.
func starts(_ one: Encoder, _ W: Matrix<Double>, λ: Double, layers: Int) throws -> [Encoder] {
  let unrolled = try LearnedISTA(unrolling: W, λ: λ, layers: layers)
  var (alike, long) = (unrolled, unrolled)
  (alike.W, alike.t, alike.M) = (one.W, one.t, 0 * alike.M)
  (long.W, long.t) = (2 * long.W, 2 .* long.t)
  long.M = 2 * long.M - .identity(W.columns)
  return [alike, long]
}

/// The untrained start of one sample, images for columns: its encoder's codes.
func untrained(_ sample: Sample, units K: Int, λ: Double) -> Codes {
  let W = sample.images(K)
  let f = bold(W, λ: λ)
  return Codes(f(sample.newX), few: f(sample.few), sample, W, λ: λ)
}

/// A mean over splits of one data set and its standard error; of differences, with ρ test images
/// a training image, the one for training parts that overlap (lesson 12).
func withError(_ d: [Double], decimals: Int = 1, testPerTraining ρ: Double = 0) -> String {
  Numeral.meanAndError(d, .decimals(decimals), testPerTraining: ρ)
}

/// The mean of a figure and its standard error.
func cell(_ values: [Double], decimals: Int) -> Cell {
  Cell(withError(values, decimals: decimals))
}

/// The mean, with one decimal.
func average(_ values: [Double]) -> String { Numeral.fixed(mean(values), decimals: 1) }
