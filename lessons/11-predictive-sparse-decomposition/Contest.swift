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
  /// F after 1, 2 and 3 steps of ISTA whose lengths were chosen on the validation images.
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
    tuned = Unrolled.depths.map { depth in
      let lengths = chosenLengths(sample.validation, W, λ: λ, steps: depth)
      return F(walked(sample.newX, W, λ: λ, lengths), sample.newX, W, λ: λ)
    }
    let codes: Matrix<Float> = converted(bestCodes(sample.X, W, λ: λ))
    func learned(
      _ one: Model, _ goal: LearnedISTAObjective<Float>.Goal
    ) -> [Double] {
      [F(one.encoder(sample.newX), sample.newX, W, λ: λ)]
        + [2, 3].map { depth in
          lesson.attempt {
            let fits = try starts(one.encoder, W, λ: λ, layers: depth).map { start in
              try fitted(
                start.network, on: sample.single, goal: goal, for: W, λ: λ,
                iterations: start.iterations, times: start.times, choosing: sample.validation)
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

/// Where a network of several layers begins, and how it is fitted: as the network of one layer,
/// which M = 0 makes it, by L-BFGS that is begun anew after every five iterations; and as long
/// steps of ISTA, of length ½, by one run of 70.
func starts(_ one: Encoder, _ W: Matrix<Double>, λ: Double, layers: Int) throws
  -> [(network: Encoder, iterations: Int, times: Int)]
{
  let unrolled = try LearnedISTA(unrolling: W, λ: λ, layers: layers)
  var (alike, long) = (unrolled, unrolled)
  (alike.W, alike.t, alike.M) = (one.W, one.t, 0 * alike.M)
  long.W = 0.5 * W.T
  long.M = .identity(W.columns) - 0.5 * (W.T * W)
  long.t = long.t.map { _ in 0.5 * λ }
  return [(alike, 5, 8), (long, 70, 1)]
}

/// Codes after steps of ISTA from zero, of given lengths.
func walked(_ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, _ lengths: [Double])
  -> Matrix<Double>
{
  lengths.reduce(Matrix(rows: X.rows, columns: W.columns)) { H, η in
    (H - η * ((H * W.T - X) * W)).map { softThreshold($0, η * λ) }
  }
}

/// The lengths of so many steps that are best for the mean F on a batch, of eight from 1/L to
/// 12/L: one after the other, twice round.
func chosenLengths(_ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, steps: Int) -> [Double] {
  let few = X[rows: 0..<min(100, X.rows)]
  let σ₁ = SVD(W).σ[0]
  let lengths = [1, 1.5, 2, 3, 4, 6, 8, 12].map { $0 / (σ₁ * σ₁) }
  var chosen = [Double](repeating: lengths[0], count: steps)
  for _ in 0..<2 {
    for s in chosen.indices {
      let values = lengths.map { η in
        var tried = chosen
        tried[s] = η
        return F(walked(few, W, λ: λ, tried), few, W, λ: λ)
      }
      chosen[s] = lengths[values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }]
    }
  }
  return chosen
}

/// The untrained start of one sample, images for columns: its encoder's codes.
func untrained(_ sample: Sample, units K: Int, λ: Double) -> Codes {
  let W = sample.images(K)
  let f = bold(W, λ: λ)
  return Codes(f(sample.newX), few: f(sample.few), sample, W, λ: λ)
}

/// The mean of paired differences and its standard error.
func withError(_ d: [Double], decimals: Int = 1, unit: String = "") -> String {
  "\(Numeral.fixed(mean(d), decimals: decimals)) ± "
    + "\(Numeral.fixed(standardError(d), decimals: decimals))\(unit)"
}

/// The mean of a figure and its standard error.
func cell(_ values: [Double], decimals: Int) -> Cell {
  Cell(withError(values, decimals: decimals))
}

/// The mean, with one decimal.
func average(_ values: [Double]) -> String { Numeral.fixed(mean(values), decimals: 1) }
