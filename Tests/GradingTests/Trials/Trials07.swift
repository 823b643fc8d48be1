import LinearAlgebra

extension Trial {
  static let lesson07: [Trial] = [
    Trial("reparameterisedSample", reparameterisedSample) { mistake in
      mistake("log-variance taken for standard deviation") { μ, logσ², ε in μ + logσ² ⊙ ε }
      mistake("variance taken for standard deviation") { μ, logσ², ε in μ + exp(logσ²) ⊙ ε }
      mistake("log-variance taken for variance") { μ, logσ², ε in μ + logσ².map { max(0, $0).squareRoot() } ⊙ ε }
      mistake("noise without scale") { μ, _, ε in μ + ε }
      mistake("no noise") { μ, _, _ in μ }
      mistake("twice the logarithm") { μ, logσ², ε in μ + exp(2 * logσ²) ⊙ ε }
      mistake("divided by σ") { μ, logσ², ε in μ + exp(-0.5 * logσ²) ⊙ ε }
      mistake("the mean scaled as well") { μ, logσ², ε in exp(0.5 * logσ²) ⊙ (μ + ε) }
      mistake("one number for each example") { μ, logσ², ε in
        Matrix(rows: μ.rows, columns: μ.columns) { μ[$0, $1] + Double.exp(logσ²[$0, 0] / 2) * ε[$0, 0] }
      }
      mistake("transposed") { μ, logσ², ε in try reparameterisedSample(mean: μ, logVariance: logσ², noise: ε).T }
    },
    Trial("divergenceFromPrior", divergenceFromPrior) { mistake in
      mistake("without the factor ½") { μ, logσ² in 2 * (try divergenceFromPrior(mean: μ, logVariance: logσ²)) }
      mistake("its sign turned") { μ, logσ² in -(try divergenceFromPrior(mean: μ, logVariance: logσ²)) }
      mistake("averaged over all entries") { μ, logσ² in
        try divergenceFromPrior(mean: μ, logVariance: logσ²) / Double(μ.columns)
      }
      mistake("summed over all entries") { μ, logσ² in
        try divergenceFromPrior(mean: μ, logVariance: logσ²) * Double(μ.rows)
      }
      mistake("summed over examples, averaged over dimensions") { μ, logσ² in
        try divergenceFromPrior(mean: μ.T, logVariance: logσ².T)
      }
      mistake("without the −1") { μ, logσ² in (μ ⊙ μ + exp(logσ²) - logσ²).sum / Double(2 * μ.rows) }
      mistake("one −1 for each example") { μ, logσ² in
        ((μ ⊙ μ + exp(logσ²) - logσ²).sum / Double(μ.rows) - 1) / 2
      }
      mistake("the exponential forgotten") { μ, logσ² in (μ ⊙ μ).map { $0 - 1 }.sum / Double(2 * μ.rows) }
      mistake("σ for log σ²") { μ, logσ² in
        let terms = μ ⊙ μ + exp(logσ²) - exp(0.5 * logσ²)
        return terms.map { $0 - 1 }.sum / Double(2 * μ.rows)
      }
      mistake("log-variance taken for log σ") { μ, logσ² in try divergenceFromPrior(mean: μ, logVariance: 2 * logσ²) }
      mistake("log-variance taken for variance") { μ, logσ² in
        try divergenceFromPrior(mean: μ, logVariance: logσ².map { Double.log(max(1e-10, $0)) })
      }
      mistake("of the prior from q") { μ, logσ² in
        let terms = (μ ⊙ μ).map { $0 + 1 } ⊙ exp(-logσ²) + logσ²
        return terms.map { $0 - 1 }.sum / Double(2 * μ.rows)
      }
      mistake("μ not squared") { μ, logσ² in
        let terms = μ + exp(logσ²) - logσ²
        return terms.map { $0 - 1 }.sum / Double(2 * μ.rows)
      }
      mistake("the square after the sum") { μ, logσ² in
        let squares = μ.rowSums.reduce(0) { $0 + $1 * $1 }
        return (squares + (exp(logσ²) - logσ²).map { $0 - 1 }.sum) / Double(2 * μ.rows)
      }
      mistake("clamped silently") { μ, logσ² in
        try divergenceFromPrior(mean: μ, logVariance: logσ².map { max(-30, min(20, $0)) })
      }
      mistake("of the first example") { μ, logσ² in
        try divergenceFromPrior(mean: μ[rows: 0..<1], logVariance: logσ²[rows: 0..<1])
      }
    },
    Trial("evidenceBound", evidenceBound) { mistake in
      mistake("the loss, not the bound") { X, X̂, v, μ, logσ² in
        -(try evidenceBound(X, reconstructions: X̂, variance: v, mean: μ, logVariance: logσ²))
      }
      mistake("the divergence added") { X, X̂, v, μ, logσ² in
        try evidenceBound(X, reconstructions: X̂, variance: v, mean: μ, logVariance: logσ²) + 2 * divergence(μ, logσ²)
      }
      mistake("the divergence left out") { X, X̂, v, μ, logσ² in
        try evidenceBound(X, reconstructions: X̂, variance: v, mean: μ, logVariance: logσ²) + divergence(μ, logσ²)
      }
      mistake("the divergence averaged over dimensions") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) - divergence(μ, logσ²) / Double(μ.columns)
      }
      mistake("the log-likelihood averaged over pixels") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) / Double(X.columns) - divergence(μ, logσ²)
      }
      mistake("everything averaged over all entries") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) / Double(X.columns) - divergence(μ, logσ²) / Double(μ.columns)
      }
      mistake("the constant dropped") { X, X̂, v, μ, logσ² in
        let squares = (X - X̂).squaredNorm / Double(X.rows)
        return try -squares / (2 * v) - divergence(μ, logσ²)
      }
      mistake("½ log 2π dropped") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) + Double(X.columns) / 2 * Double.log(2 * .pi) - divergence(μ, logσ²)
      }
      mistake("½ log v dropped") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) + Double(X.columns) / 2 * Double.log(v) - divergence(μ, logσ²)
      }
      mistake("the constant once for an image") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) + Double(X.columns - 1) / 2 * Double.log(2 * .pi * v) - divergence(μ, logσ²)
      }
      mistake("v taken for the standard deviation") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v * v) - divergence(μ, logσ²)
      }
      mistake("the squared error without ½") { X, X̂, v, μ, logσ² in
        try logLikelihood(X, X̂, v) - (X - X̂).squaredNorm / (2 * v * Double(X.rows)) - divergence(μ, logσ²)
      }
      mistake("the plain squared error") { X, X̂, _, μ, logσ² in
        try -(X - X̂).squaredNorm / Double(X.rows) - divergence(μ, logσ²)
      }
      mistake("a Bernoulli likelihood") { X, X̂, _, μ, logσ² in
        let terms = X ⊙ log(X̂) + X.map { 1 - $0 } ⊙ log(X̂.map { 1 - $0 })
        return try terms.sum / Double(X.rows) - divergence(μ, logσ²)
      }
      mistake("summed over the examples") { X, X̂, v, μ, logσ² in
        try Double(X.rows) * evidenceBound(X, reconstructions: X̂, variance: v, mean: μ, logVariance: logσ²)
      }
    },
    Trial("importanceWeightedBound", importanceWeightedBound) { mistake in
      mistake("weights that overflow or vanish") { likelihood, prior, encoder in
        exp(likelihood + prior - encoder).rowMeans.map { Double.log($0) }
      }
      mistake("the mean of the logarithms") { likelihood, prior, encoder in (likelihood + prior - encoder).rowMeans }
      mistake("the sum of the weights") { likelihood, prior, encoder in
        try bounds(likelihood + prior - encoder).map { $0 + Double.log(Double(prior.columns)) }
      }
      mistake("divided by S after the logarithm") { likelihood, prior, encoder in
        try bounds(likelihood + prior - encoder).map {
          ($0 + Double.log(Double(prior.columns))) / Double(prior.columns)
        }
      }
      mistake("the largest alone") { likelihood, prior, encoder in
        let logWeights = likelihood + prior - encoder
        return (0..<logWeights.rows).map { logWeights.row($0).greatest() }
      }
      mistake("the largest of the batch taken out") { likelihood, prior, encoder in
        let logWeights = likelihood + prior - encoder
        let largest = logWeights.elements.greatest()
        return exp(logWeights.map { $0 - largest }).rowMeans.map { largest + Double.log($0) }
      }
      mistake("the largest not put back") { likelihood, prior, encoder in
        let logWeights = likelihood + prior - encoder
        return (0..<logWeights.rows).map { n in
          let row = logWeights.row(n)
          return Double.log(mean(row.map { Double.exp($0 - row.greatest()) }))
        }
      }
      mistake("clamped silently") { likelihood, prior, encoder in
        exp((likelihood + prior - encoder).map { max(-700, min(700, $0)) }).rowMeans.map { Double.log($0) }
      }
      mistake("each weight at least e⁻²⁰") { likelihood, prior, encoder in
        try bounds((likelihood + prior - encoder).map { max($0, -20) })
      }
      mistake("q multiplied") { likelihood, prior, encoder in try bounds(likelihood + prior + encoder) }
      mistake("q forgotten") { likelihood, prior, _ in try bounds(likelihood + prior) }
      mistake("the prior forgotten") { likelihood, _, encoder in try bounds(likelihood - encoder) }
      mistake("the likelihood alone") { likelihood, _, _ in try bounds(likelihood) }
      mistake("the examples for the codes") { likelihood, prior, encoder in
        try bounds((likelihood + prior - encoder).T)
      }
      mistake("with the first code only") { likelihood, prior, encoder in (likelihood + prior - encoder).column(0) }
      mistake("averaged over the examples") { likelihood, prior, encoder in
        [mean(try bounds(likelihood + prior - encoder))]
      }
    },
    Trial("gradientsThroughSample", gradientsThroughSample) { mistake in
      mistake("a drawn code taken for a constant") { _, μ, logσ², ε, β in
        try gradientsThroughSample(0 * μ, mean: μ, logVariance: logσ², noise: ε, β: β)
      }
      mistake("the divergence forgotten") { G, μ, logσ², ε, _ in
        try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: 0)
      }
      mistake("β forgotten") { G, μ, logσ², ε, _ in
        try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: 1)
      }
      mistake("β on both terms") { G, μ, logσ², ε, β in
        try gradientsThroughSample(β * G, mean: μ, logVariance: logσ², noise: ε, β: β)
      }
      mistake("the divergence's sign turned") { G, μ, logσ², ε, β in
        try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: -β)
      }
      mistake("the divergence summed over the examples") { G, μ, logσ², ε, β in
        try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: β * Double(μ.rows))
      }
      mistake("the divergence averaged over all entries") { G, μ, logσ², ε, β in
        try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: β / Double(μ.columns))
      }
      mistake("G divided by N again") { G, μ, logσ², ε, β in
        try gradientsThroughSample(1 / Double(μ.rows) * G, mean: μ, logVariance: logσ², noise: ε, β: β)
      }
      mistake("the sample's ½ forgotten") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: G ⊙ exp(0.5 * logσ²) ⊙ ε, divergence: half(exp(logσ²), minus: 1))
      }
      mistake("the sample's σ forgotten") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ ε, divergence: half(exp(logσ²), minus: 1))
      }
      mistake("the variance for σ in the sample") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ exp(logσ²) ⊙ ε, divergence: half(exp(logσ²), minus: 1))
      }
      mistake("ε forgotten") { G, μ, logσ², _, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ exp(0.5 * logσ²), divergence: half(exp(logσ²), minus: 1))
      }
      mistake("the divergence's ½ forgotten") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ exp(0.5 * logσ²) ⊙ ε, divergence: 2 * half(exp(logσ²), minus: 1))
      }
      mistake("the −1 forgotten") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ exp(0.5 * logσ²) ⊙ ε, divergence: half(exp(logσ²), minus: 0))
      }
      mistake("the divergence's exponential forgotten") { G, μ, logσ², ε, β in
        roads(G, μ, β, sample: 0.5 * G ⊙ exp(0.5 * logσ²) ⊙ ε, divergence: half(logσ², minus: 1))
      }
      mistake("the derivative in σ") { G, μ, logσ², ε, β in
        let σ = exp(0.5 * logσ²)
        return roads(G, μ, β, sample: G ⊙ ε, divergence: σ.map { $0 - 1 / $0 })
      }
      mistake("the derivative in log σ") { G, μ, logσ², ε, β in
        let (inMean, right) = try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: β)
        return (inMean, 2 * right)
      }
      mistake("exchanged") { G, μ, logσ², ε, β in
        let (inMean, inLogVariance) = try gradientsThroughSample(G, mean: μ, logVariance: logσ², noise: ε, β: β)
        return (inLogVariance, inMean)
      }
    },
  ]
}

/// (1/N) Σ log N(x; x̂, vI).
private func logLikelihood(_ X: Matrix<Double>, _ X̂: Matrix<Double>, _ v: Double) -> Double {
  -((X - X̂).squaredNorm / Double(X.rows) / v + Double(X.columns) * Double.log(2 * .pi * v)) / 2
}

/// KL(q‖p), averaged over the examples.
private func divergence(_ μ: Matrix<Double>, _ logσ²: Matrix<Double>) throws -> Double {
  try divergenceFromPrior(mean: μ, logVariance: logσ²)
}

/// The importance-weighted bounds from the logarithms of the weights.
private func bounds(_ logWeights: Matrix<Double>) throws -> [Double] {
  let zero = 0 * logWeights
  return try importanceWeightedBound(logLikelihood: logWeights, logPrior: zero, logEncoder: zero)
}

/// The gradients, the second of them from what the two roads contribute.
private func roads(
  _ G: Matrix<Double>, _ μ: Matrix<Double>, _ β: Double, sample: Matrix<Double>, divergence: Matrix<Double>
) -> (Matrix<Double>, Matrix<Double>) {
  let weight = β / Double(μ.rows)
  return (G + weight * μ, sample + weight * divergence)
}

/// ½ (A − c), entry by entry.
private func half(_ A: Matrix<Double>, minus c: Double) -> Matrix<Double> { A.map { ($0 - c) / 2 } }
