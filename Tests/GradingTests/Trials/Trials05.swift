import LinearAlgebra

extension Trial {
  static let lesson05: [Trial] = [
    Trial("saltAndPepper", saltAndPepper) { mistake in
      mistake("a share ν is kept") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] >= ν }, { v[$0, $1] < s ? 1 : 0 })
      }
      mistake("X + mask ⊙ (salt − X), where X swallows the salt") { X, ν, s, u, v in
        Matrix(rows: X.rows, columns: X.columns) { n, i in
          let salt: Double = v[n, i] < s ? 1 : 0
          return u[n, i] < ν ? X[n, i] + (salt - X[n, i]) : X[n, i]
        }
      }
      mistake("spoilt at the threshold too") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] <= ν }, { v[$0, $1] < s ? 1 : 0 })
      }
      mistake("salt at the threshold too") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { v[$0, $1] <= s ? 1 : 0 })
      }
      mistake("salt and pepper interchanged") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { v[$0, $1] < s ? 0 : 1 })
      }
      mistake("one draw for the whole example") { X, ν, s, u, v in
        spoilt(X, where: { n, _ in u[n, 0] < ν }, { v[$0, $1] < s ? 1 : 0 })
      }
      mistake("one pattern for all examples") { X, ν, s, u, v in
        spoilt(X, where: { _, i in u[0, i] < ν }, { v[$0, $1] < s ? 1 : 0 })
      }
      mistake("the first draw decides both") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { u[$0, $1] < s ? 1 : 0 })
      }
      mistake("kept components rescaled, as in dropout") { X, ν, s, u, v in
        let rescaled = X / (1 - ν)
        return spoilt(rescaled, where: { u[$0, $1] < ν }, { v[$0, $1] < s ? 1 : 0 })
      }
      mistake("salt added to the component") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { v[$0, $1] < s ? X[$0, $1] + 1 : 0 })
      }
      mistake("replaced by the draw itself") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { v[$0, $1] })
      }
      mistake("masking whatever s is") { X, ν, s, u, v in spoilt(X, where: { u[$0, $1] < ν }, { _, _ in 0 }) }
      mistake("salt and pepper whatever s is") { X, ν, s, u, v in
        spoilt(X, where: { u[$0, $1] < ν }, { v[$0, $1] < 0.5 ? 1 : 0 })
      }
    },
    Trial("denoisingLoss", denoisingLoss) { mistake in
      mistake("the noisy input as the target") { X, ε, σ, W, b, c in
        try denoisingLoss(X + σ * ε, noise: ε, σ: 0, W: W, b: b, c: c)
      }
      mistake("the noise forgotten") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: 0, W: W, b: b, c: c)
      }
      mistake("the noise on the target instead of the input") { X, ε, σ, W, b, c in
        let difference = X + σ * ε - outputs(X, W, b, c)
        return difference.squaredNorm / Double(X.rows)
      }
      mistake("σ taken for the variance") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ.squareRoot(), W: W, b: b, c: c)
      }
      mistake("σ² for the deviation") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ * σ, W: W, b: b, c: c)
      }
      mistake("averaged over components too") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ, W: W, b: b, c: c) / Double(X.columns)
      }
      mistake("not averaged over examples") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ, W: W, b: b, c: c) * Double(X.rows)
      }
      mistake("a factor ½") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ, W: W, b: b, c: c) / 2
      }
      mistake("the norm not squared") { X, ε, σ, W, b, c in
        let errors = X - outputs(X + σ * ε, W, b, c)
        return mean((0..<X.rows).map { norm(errors.row($0)) })
      }
      mistake("the decoder's bias forgotten") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ, W: W, b: b, c: c.map { _ in 0 })
      }
      mistake("the encoder's bias forgotten") { X, ε, σ, W, b, c in
        try denoisingLoss(X, noise: ε, σ: σ, W: W, b: b.map { _ in 0 }, c: c)
      }
      mistake("sigmoid units") { X, ε, σ, W, b, c in
        let difference = X - outputs(X + σ * ε, W, b, c, sigmoid)
        return difference.squaredNorm / Double(X.rows)
      }
      mistake("the output left linear") { X, ε, σ, W, b, c in
        let logits = outputs(X + σ * ε, W, b, c).map { Double.log($0 / (1 - $0)) }
        return (X - logits).squaredNorm / Double(X.rows)
      }
      mistake("the same noise for all examples") { X, ε, σ, W, b, c in
        let first = Matrix(rows: X.rows, columns: X.columns) { _, i in ε[X.rows - 1, i] }
        return X.rows == 1 ? 0 : try denoisingLoss(X, noise: first, σ: σ, W: W, b: b, c: c)
      }
    },
    Trial("optimalDenoiser", optimalDenoiser) { mistake in
      mistake("all weights rounded to 0: not a number") { X, σ, X̃ in
        weighted(X, X̃) { bell($0, σ) }
      }
      mistake("the sum of the weights silently kept from 0") { X, σ, X̃ in
        weighted(X, X̃) { max(bell($0, σ), 1e-300) }
      }
      mistake("weights not normalised") { X, σ, X̃ in
        weighted(X, X̃, normalised: false) { bell($0, σ) }
      }
      mistake("the nearest example") { X, σ, X̃ in try optimalDenoiser(X, σ: 1e-6, at: X̃) }
      mistake("the mean of all examples") { X, σ, X̃ in try optimalDenoiser(X, σ: 1e6, at: X̃) }
      mistake("σ instead of σ²") { X, σ, X̃ in try optimalDenoiser(X, σ: σ.squareRoot(), at: X̃) }
      mistake("the 2 in the exponent forgotten") { X, σ, X̃ in
        try optimalDenoiser(X, σ: σ / 2.0.squareRoot(), at: X̃)
      }
      mistake("distances not squared") { X, σ, X̃ in
        weighted(X, X̃) { bell($0.squareRoot(), σ) }
      }
      mistake("weights 1/distance²") { X, σ, X̃ in weighted(X, X̃) { 1 / $0 } }
      mistake("the arrow r(x̃) − x̃") { X, σ, X̃ in try optimalDenoiser(X, σ: σ, at: X̃) - X̃ }
      mistake("the noisy points as they are") { _, _, X̃ in X̃ }
      mistake("the first point's answer for all") { X, σ, X̃ in
        let R = try optimalDenoiser(X, σ: σ, at: X̃)
        return Matrix(rows: R.rows, columns: R.columns) { _, i in R[0, i] }
      }
      mistake("normalised over the noisy points") { X, σ, X̃ in
        let P = Matrix(rows: X̃.rows, columns: X.rows) { m, n in
          bell(squaredDistance(X̃.row(m), X.row(n)), σ)
        }
        return P * Matrix.diagonal(P.columnSums.map { 1 / max($0, 1e-300) }) * X
      }
    },
    Trial("mixtureScore", mixtureScore) { mistake in
      mistake("the sign turned") { x, μ, σ, w in try mixtureScore(at: x, means: μ, σ: σ, weights: w).map { -$0 } }
      mistake("the densities rounded to 0: not a number") { x, μ, σ, w in
        mixture(x, μ, σ, w) { d, σ in bell(d, σ) / power(σ, x.count) }
      }
      mistake("the density silently kept from 0") { x, μ, σ, w in
        mixture(x, μ, σ, w) { d, σ in max(bell(d, σ) / power(σ, x.count), 1e-300) }
      }
      mistake("the gradient of the density, not of its logarithm") { x, μ, σ, w in
        let p = w.indices.map { k in
          w[k] * bell(squaredDistance(x, μ.row(k)), σ[k]) / power((2 * .pi).squareRoot() * σ[k], x.count)
        }
        return (try mixtureScore(at: x, means: μ, σ: σ, weights: w)).map { p.sum() * $0 }
      }
      mistake("the factor (2πσ²)^(−D/2) left out") { x, μ, σ, w in
        let compensated = zip(w, σ).map { $0 * power($1, x.count) }
        return try mixtureScore(at: x, means: μ, σ: σ, weights: compensated)
      }
      mistake("the factor of one dimension") { x, μ, σ, w in
        let compensated = zip(w, σ).map { $0 * power($1, x.count) / $1 }
        return try mixtureScore(at: x, means: μ, σ: σ, weights: compensated)
      }
      mistake("the factor of two dimensions") { x, μ, σ, w in
        let compensated = zip(w, σ).map { $0 * power($1, x.count) / ($1 * $1) }
        return try mixtureScore(at: x, means: μ, σ: σ, weights: compensated)
      }
      mistake("the weights left out") { x, μ, σ, w in
        try mixtureScore(at: x, means: μ, σ: σ, weights: w.map { _ in 1 })
      }
      mistake("σ instead of σ²") { x, μ, σ, w in
        try mixtureScore(at: x, means: μ, σ: σ.map { $0.squareRoot() }, weights: w)
      }
      mistake("times σ²: the arrow of a denoiser") { x, μ, σ, w in
        let arrows = w.indices.map { k in zip(μ.row(k), x).map { $0 - $1 } }
        let p = w.indices.map { k in
          w[k] * bell(squaredDistance(x, μ.row(k)), σ[k]) / power(σ[k], x.count)
        }
        return x.indices.map { i in zip(p, arrows).map { $0 * $1[i] }.sum() / max(p.sum(), 1e-300) }
      }
      mistake("divided by the mean variance") { x, μ, σ, w in
        let variance = mean(σ.map { $0 * $0 })
        return mixture(x, μ, σ, w, variance: { _ in variance }) { d, σ in bell(d, σ) / power(σ, x.count) }
      }
      mistake("the nearest mean alone") { x, μ, σ, w in
        let nearest = w.indices.min { squaredDistance(x, μ.row($0)) < squaredDistance(x, μ.row($1)) } ?? 0
        return zip(μ.row(nearest), x).map { ($0 - $1) / (σ[nearest] * σ[nearest]) }
      }
      mistake("the scores averaged with the weights w") { x, μ, σ, w in mixture(x, μ, σ, w) { _, _ in 1 } }
    },
    Trial("denoiserSlope", denoiserSlope) { mistake in
      mistake("the variance, not over σ²") { X, σ, x̃ in σ * σ * (try denoiserSlope(X, σ: σ, at: x̃)) }
      mistake("over σ instead of σ²") { X, σ, x̃ in σ * (try denoiserSlope(X, σ: σ, at: x̃)) }
      mistake("second moments about 0") { X, σ, x̃ in
        moments(X, weights(X, σ, x̃), about: x̃.map { _ in 0 }, over: σ * σ)
      }
      mistake("second moments about x̃") { X, σ, x̃ in moments(X, weights(X, σ, x̃), about: x̃, over: σ * σ) }
      mistake("the covariance of all examples") { X, σ, _ in
        moments(X, X.column(0).map { _ in 1 / Double(X.rows) }, about: X.columnMeans, over: σ * σ)
      }
      mistake("the variances alone, on the diagonal") { X, σ, x̃ in
        let J = try denoiserSlope(X, σ: σ, at: x̃)
        return .diagonal(x̃.indices.map { J[$0, $0] })
      }
      mistake("the slope of the arrow r(x̃) − x̃") { X, σ, x̃ in
        try denoiserSlope(X, σ: σ, at: x̃) - .identity(x̃.count)
      }
      mistake("the slope of the nearest example: 0") { _, _, x̃ in Matrix(rows: x̃.count, columns: x̃.count) }
      mistake("weights not normalised") { X, σ, x̃ in
        let p = (0..<X.rows).map { bell(squaredDistance(x̃, X.row($0)), σ) }
        return moments(X, p, about: X.T * weights(X, σ, x̃), over: σ * σ)
      }
      mistake("all weights rounded to 0: not a number") { X, σ, x̃ in
        let powers = (0..<X.rows).map { bell(squaredDistance(x̃, X.row($0)), σ) }
        let p = powers.map { $0 / powers.sum() }
        return moments(X, p, about: X.T * p, over: σ * σ)
      }
      mistake("by differences") { X, σ, x̃ in
        let steps = Matrix(rows: x̃.count, columns: x̃.count) { k, i in x̃[i] + (i == k ? 1e-5 : 0) }
        let back = Matrix(rows: x̃.count, columns: x̃.count) { k, i in x̃[i] - (i == k ? 1e-5 : 0) }
        return (try optimalDenoiser(X, σ: σ, at: steps) - optimalDenoiser(X, σ: σ, at: back)).T / 2e-5
      }
    },
  ]
}

private func squaredDistance(_ x: [Double], _ y: [Double]) -> Double {
  zip(x, y).map { ($0 - $1) * ($0 - $1) }.sum()
}

/// exp(−d / 2σ²) of a squared distance d.
private func bell(_ d: Double, _ σ: Double) -> Double { .exp(-d / (2 * σ * σ)) }

private func power(_ base: Double, _ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { product, _ in product * base }
}

/// x̂ of each row of X, in the network of `denoisingLoss`, with any activation of the hidden units.
private func outputs(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ c: [Double],
  _ activation: (Matrix<Double>) -> Matrix<Double> = tanh
) -> Matrix<Double> {
  var A = X * W.T
  A.addToEachRow(b)
  var B = activation(A) * W
  B.addToEachRow(c)
  return sigmoid(B)
}

/// Σ p_k (μ_k − x) / σ_k² over Σ p_k, with p_k = w_k times a density of ‖x − μ_k‖² and σ_k.
private func mixture(
  _ x: [Double], _ μ: Matrix<Double>, _ σ: [Double], _ w: [Double],
  variance: (Double) -> Double = { $0 * $0 }, _ density: (_ d: Double, _ σ: Double) -> Double
) -> [Double] {
  let p = w.indices.map { w[$0] * density(squaredDistance(x, μ.row($0)), σ[$0]) }
  return x.indices.map { i in
    w.indices.map { p[$0] / p.sum() * (μ[$0, i] - x[i]) / variance(σ[$0]) }.sum()
  }
}

private func spoilt(
  _ X: Matrix<Double>, where isSpoilt: (Int, Int) -> Bool, _ value: (Int, Int) -> Double
) -> Matrix<Double> {
  Matrix(rows: X.rows, columns: X.columns) { n, i in isSpoilt(n, i) ? value(n, i) : X[n, i] }
}

/// The mean of the examples with weights that are a function of squared distance.
private func weighted(
  _ X: Matrix<Double>, _ X̃: Matrix<Double>, normalised: Bool = true, _ weight: (Double) -> Double
) -> Matrix<Double> {
  let P = Matrix(rows: X̃.rows, columns: X.rows) { m, n in weight(squaredDistance(X̃.row(m), X.row(n))) }
  let sums = normalised ? P.rowSums : P.rowSums.map { _ in 1 }
  return Matrix.diagonal(sums.map { 1 / $0 }) * P * X
}

/// Weighted second moments of the examples about a centre that may depend on the weights.
private func moments(
  _ X: Matrix<Double>, _ p: [Double], about centre: [Double], over divisor: Double
) -> Matrix<Double> {
  let Z = X.subtractingFromEachRow(centre)
  return Z.T * Matrix.diagonal(p) * Z / divisor
}

private func weights(_ X: Matrix<Double>, _ σ: Double, _ x̃: [Double]) -> [Double] {
  let distances = (0..<X.rows).map { squaredDistance(x̃, X.row($0)) }
  let p = distances.map { Double.exp((distances.least() - $0) / (2 * σ * σ)) }
  return p.map { $0 / p.sum() }
}
