import Autoencoders
import LinearAlgebra
import Notebook

// The tables of this lesson: their column heads and rows, from the quantities of main.swift.

typealias TableContent = (columns: [String], rows: [[Cell]])

extension Lesson {
  func table(_ caption: String, _ content: TableContent, line: Int = #line) {
    table(caption, columns: content.columns, rows: content.rows, line: line)
  }
}

/// For each distribution of codes: the two terms of the bound, the bound, the gap, and the sum of both.
func boundTable(_ candidates: [(String, Gaussian)]) -> TableContent {
  (
    [
      "$q$", #"$\operatorname{E}_q \log p(x \mid z)$"#, #"$\operatorname{KL}(q \parallel p(z))$"#, "ELBO",
      #"gap $\operatorname{KL}(q \parallel p(z \mid x))$"#, "ELBO + gap",
    ],
    candidates.map { name, q in
      let (fit, divergence, gap) = (
        model.expectedLogLikelihood(x, q), q.divergence(from: prior), q.divergence(from: posterior)
      )
      return [Cell(name)]
        + [fit, divergence, fit - divergence, gap, fit - divergence + gap].map { .fixed($0, decimals: 4) }
    }
  )
}

/// For each number of codes: the importance-weighted bound, its standard error, its distance from log p(x).
func weightedTable(_ bounds: [(S: Int, bound: Estimate)]) -> TableContent {
  (
    ["codes $S$", "bound", "standard error", #"below $\log p(x)$ by"#],
    bounds.map { S, bound in
      [Cell(S)] + [bound.mean, bound.standardError, logEvidence - bound.mean].map { .fixed($0, decimals: 4) }
    }
  )
}

/// For each number of dimensions: the three estimates, and the variances of the last two over that of the first, with the
/// exact ratios.
func gradientTable(_ toys: [(K: Int, toy: GradientToy)]) -> TableContent {
  (
    [
      "$K$", "reparameterised", "score function", "score function, mean of $f$ subtracted",
      "variance, score ∕ reparameterised", "exactly", "with the mean subtracted", "exactly",
    ],
    toys.map { K, toy in
      [Cell(K)]
        + toy.all.map {
          Cell("\(Numeral.fixed($0.mean, decimals: 3)) ± \(Numeral.fixed($0.standardError, decimals: 3))")
        }
        + [
          (toy.score, toy.exactVariance.score), (toy.scoreWithBaseline, toy.exactVariance.withBaseline),
        ].flatMap { estimate, exact in
          [
            Cell(estimate.variance / toy.reparameterised.variance, significant: 3),
            Cell(exact / toy.exactVariance.reparameterised, significant: 3),
          ]
        }
    }
  )
}

/// For each column of W, the longest first: ‖w‖² + v, the eigenvalue, and the cosine of the angle to the axis.
func axisTable(_ columns: [[Double]], _ cosines: [Double]) -> TableContent {
  (
    [
      "column of $W$, by length", #"$\lVert w \rVert^2 + v$"#, #"eigenvalue $\lambda_i$"#,
      #"$\lvert \cos \rvert$ of the angle to axis $i$"#,
    ],
    columns.indices.map { i in
      [
        Cell(i + 1), Cell(dot(columns[i], columns[i]) + linear.variance, significant: 5), Cell(λ[i], significant: 5),
        .fixed(cosines[i], decimals: 6),
      ]
    }
  )
}

/// The terms of the bound on the training and on the held-out digits, and the log-likelihood of probabilistic PCA.
func termTable() -> TableContent {
  (
    ["", "reconstruction", "divergence", "ELBO"],
    [("training images", onTraining), ("held-out images", onTest)].map { name, terms in
      [Cell(name)] + [terms.reconstruction, terms.divergence, terms.bound].map { .fixed($0, decimals: 2) }
    } + [["probabilistic PCA with the same $K$, held-out: $\\log p(x)$", "", "", .fixed(onPlane, decimals: 2)]]
  )
}

/// For each weight of the divergence: the terms, the error, the dimensions used and those of the linear model.
func weightTable(_ sweep: [WeightTrial]) -> TableContent {
  (
    [
      #"$\beta$"#, "", "reconstruction", "KL", "ELBO", #"$\lVert x - \hat x(\mu) \rVert^2$"#, "dimensions used",
      #"axes with $\frac12 \log \frac{\lambda}{\beta v} > 0.1$, at most $K$"#,
    ],
    sweep.enumerated().map { i, trial in
      let name = i == 5 ? "squared error + KL" : i == 6 ? "mean squared error + KL" : ""
      return [Cell(trial.β, significant: 3), Cell(name)]
        + [trial.terms.reconstruction, trial.terms.divergence, trial.terms.bound, trial.error]
        .map { .fixed($0, decimals: 2) } + [Cell(trial.used), Cell(trial.usedIfLinear(λ, variance: v₀))]
    }
  )
}

/// For each kind of image the AUC of each score.
func anomalyTable(_ trial: AnomalyTrial) -> TableContent {
  (
    ["strange images"] + trial.scores.map(\.name),
    trial.kinds.indices.map { i in
      [Cell(trial.kinds[i].name)] + trial.areas[i].map { .fixed($0, decimals: 3) }
    }
  )
}

/// For each way of filling the gaps its error with each mask.
func imputationTable(_ trials: [ImputationTrial]) -> TableContent {
  (
    ["filled by"] + trials.map(\.mask.rawValue),
    trials[0].results.indices.map { i in
      [Cell(trials[0].results[i].name)] + trials.map { .fixed($0.results[i].error, decimals: 2) }
    }
  )
}
