import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  Cell(Numeral.meanAndRange(values, .decimals(decimals)))
}

/// A mean and its standard error: 3.1 ± 0.2.
func withError(_ difference: (mean: Double, error: Double), decimals: Int = 2) -> String {
  "\(Numeral.fixed(difference.mean, decimals: decimals)) ± "
    + Numeral.fixed(difference.error, decimals: decimals)
}

/// On which side of a rival the network is, given the rival's lead: 6.0 ± 0.1 nats above.
func side(_ lead: (mean: Double, error: Double)) -> String {
  withError((abs(lead.mean), lead.error), decimals: 1) + " nats "
    + (lead.mean < 0 ? "above" : "*below*")
}

/// The mean of a paired difference over seeds, each with a split of its own with one test image
/// for two of training, and its standard error: the training parts overlap (lesson 12).
func overSeeds(_ differences: [Double]) -> (mean: Double, error: Double) {
  (mean(differences), standardError(differences, testPerTraining: 0.5))
}

/// The same mean in its standard errors.
func deviations(_ differences: [Double]) -> Double {
  let difference = overSeeds(differences)
  return difference.mean / difference.error
}

/// For each number of dimensions: the three estimates, and the variances of the last two over
/// that of the first, with the exact ratios.
func gradientTable(_ toys: [(k: Int, toy: GradientToy)]) -> (columns: [String], rows: [[Cell]]) {
  (
    [
      "$k$", "reparameterised", "score function", "score function, mean of $f$ subtracted",
      "variance, score ∕ reparameterised", "exactly", "with the mean subtracted", "exactly",
    ],
    toys.map { k, toy in
      let estimates = toy.all.map { Cell(withError(($0.mean, $0.standardError), decimals: 3)) }
      let reparameterised = toy.exactVariance.reparameterised
      return [Cell(k)] + estimates + [
        Cell(toy.score.variance / toy.reparameterised.variance, significant: 3),
        Cell(toy.exactVariance.score / reparameterised, significant: 3),
        Cell(toy.scoreWithBaseline.variance / toy.reparameterised.variance, significant: 3),
        Cell(toy.exactVariance.withBaseline / reparameterised, significant: 3),
      ]
    }
  )
}

/// What a paired difference says: nothing within 2.78 standard errors, 95 % of Student's t for
/// five splits, and nothing of interest below `least`.
func verdict(
  _ d: (mean: Double, error: Double), least: Double = 0, higher: String, lower: String,
  same: String
) -> String {
  abs(d.mean) < max(least, 2.78 * d.error) ? same : d.mean > 0 ? higher : lower
}

let boundColumns = [
  "$q$", #"$\operatorname{E}_q \log p(x \mid z)$"#, #"$\operatorname{KL}(q \parallel p(z))$"#,
  "ELBO", "gap", "ELBO + gap",
]

func boundRows(
  _ names: [String], _ fits: [Double], _ divergences: [Double], _ gaps: [Double]
) -> [[Cell]] {
  names.indices.map { n in
    let bound = fits[n] - divergences[n]
    return [Cell(names[n])]
      + [fits[n], divergences[n], bound, gaps[n], bound + gaps[n]].map { .fixed($0, decimals: 4) }
  }
}

let contestColumns = [
  "model", "nats (least to greatest)", "less the autoencoder's ELBO, ± standard error",
]

func contestRows(
  _ contests: [LikelihoodContest], _ leads: [(mean: Double, error: Double)]
) -> [[Cell]] {
  contests[0].names.indices.map { i in
    [
      Cell(contests[0].names[i]), spread(contests.map { mean($0.nats[i]) }),
      Cell(i == 2 ? "" : withError(leads[i])),
    ]
  }
}

let axisColumns = [
  "column of $W$, by length", #"$\lVert w_j \rVert^2 + \tau^2$"#, #"eigenvalue $\lambda_j$"#,
  #"$\lvert \cos \rvert$ of the angle to axis $j$"#,
]

func axisRows(_ network: LinearNetwork, _ λ: [Double], _ cosines: [Double]) -> [[Cell]] {
  network.columns.enumerated().map { i, w in
    [
      Cell(i + 1), Cell(dot(w, w) + network.variance, significant: 5),
      Cell(λ[i], significant: 5), .fixed(cosines[i], decimals: 6),
    ]
  }
}

let weightColumns = [
  #"$\beta$"#, "", "reconstruction", "KL", "ELBO", #"$\lVert x - \hat x(\mu) \rVert^2$"#,
  "dimensions used", "in the linear model, of at most $k$",
]

func weightRows(_ sweeps: [[WeightTrial]], _ λ: [Double], k: Int) -> [[Cell]] {
  zip(sweeps, ["", "", "", "", "", "squared error + KL", "mean squared error + KL"]).map {
    trials, kind in
    [
      Cell(trials[0].β, significant: 3), Cell(kind),
      spread(trials.map(\.terms.reconstruction)), spread(trials.map(\.terms.divergence)),
      spread(trials.map(\.terms.bound)), spread(trials.map(\.error)),
      spread(trials.map { Double($0.used) }, decimals: 1),
      Cell(usedIfLinear(λ, k: k, variance: trials[0].β * Study.variance)),
    ]
  }
}

let remedyColumns = [
  "training", "dimensions used", "KL", #"$\lVert x - \hat x(\mu) \rVert^2$"#, "ELBO",
  "less the plain one, ± standard error",
]

func remedyRows(
  _ plain: [WeightTrial], _ bounds: [Double], _ remedied: [[WeightTrial]],
  _ gains: [(mean: Double, error: Double)]
) -> [[Cell]] {
  let row = { (name: String, trials: [WeightTrial], bounds: [Double], gain: String) in
    [
      Cell(name), spread(trials.map { Double($0.used) }, decimals: 1),
      spread(trials.map(\.terms.divergence)), spread(trials.map(\.error)), spread(bounds),
      Cell(gain),
    ]
  }
  return [row("plain", plain, bounds, "")]
    + zip(Remedy.allCases, zip(remedied, gains)).map { remedy, result in
      row(
        remedy.rawValue, result.0, result.0.map(\.terms.bound), withError(result.1))
    }
}
