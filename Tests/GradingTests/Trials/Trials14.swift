import LinearAlgebra

extension Trial {
  static let lesson14: [Trial] = [
    Trial("chainMarginals", chainMarginals) { mistake in
      mistake("σ² for σ") { a, ν in
        let (α, σ) = try chainMarginals(a: a, ν: ν)
        return (α, σ.map { $0 * $0 })
      }
      mistake("α² for α") { a, ν in
        let (α, σ) = try chainMarginals(a: a, ν: ν)
        return (α.map { $0 * $0 }, σ)
      }
      mistake("noise that does not fade") { a, ν in chain(a, ν) { _, variance, ν in variance + ν } }
      mistake("variance multiplied by a, not a²") { a, ν in chain(a, ν) { a, variance, ν in a * variance + ν } }
      mistake("the new noise fades at once") { a, ν in chain(a, ν) { a, variance, ν in a * a * (variance + ν) } }
      mistake("standard deviations added") { a, ν in
        var σ = 0.0
        return (
          try chainMarginals(a: a, ν: ν).α,
          zip(a, ν).map {
            σ = $0 * σ + $1.squareRoot()
            return σ
          }
        )
      }
      mistake("ν taken for a standard deviation") { a, ν in try chainMarginals(a: a, ν: ν.map { $0 * $0 }) }
      mistake("σ² = 1 − α²") { a, ν in
        let α = try chainMarginals(a: a, ν: ν).α
        return (α, α.map { max(0, 1 - $0 * $0).squareRoot() })
      }
      mistake("the last step only") { a, ν in (a, ν.map { $0.squareRoot() }) }
      mistake("time reversed") { a, ν in try chainMarginals(a: a.reversed(), ν: ν.reversed()) }
      mistake("x₀ in front: T + 1 levels") { a, ν in
        let (α, σ) = try chainMarginals(a: a, ν: ν)
        return ([1] + α, [0] + σ)
      }
    },
    Trial("noiseAndScore", noiseAndScore) { mistake in
      mistake("the score's sign turned") { X, guess, α, σ in
        let (noise, score) = try noiseAndScore(X, guess: guess, α: α, σ: σ)
        return (noise, -1 * score)
      }
      mistake("the noise's sign turned") { X, guess, α, σ in
        let (noise, score) = try noiseAndScore(X, guess: guess, α: α, σ: σ)
        return (-1 * noise, score)
      }
      mistake("σ² for σ") { X, guess, α, σ in try noiseAndScore(X, guess: guess, α: α, σ: σ.map { $0 * $0 }) }
      mistake("α² for α") { X, guess, α, σ in try noiseAndScore(X, guess: guess, α: α.map { $0 * $0 }, σ: σ) }
      mistake("α forgotten") { X, guess, α, σ in try noiseAndScore(X, guess: guess, α: α.map { _ in 1 }, σ: σ) }
      mistake("not divided by σ") { X, guess, α, σ in
        (rows(X, α, σ) { x, n, i, α, _ in x - α * guess[n, i] }, try noiseAndScore(X, guess: guess, α: α, σ: σ).score)
      }
      mistake("the score for the noise: the same twice") { X, guess, α, σ in
        let noise = try noiseAndScore(X, guess: guess, α: α, σ: σ).noise
        return (noise, -1 * noise)
      }
      mistake("the score over σ once more") { X, guess, α, σ in
        let (noise, score) = try noiseAndScore(X, guess: guess, α: α, σ: σ)
        return (noise, rows(score, α, σ) { s, _, _, _, σ in s / σ })
      }
      mistake("the score of lesson 05, in units of x₀") { X, guess, α, σ in
        let (noise, score) = try noiseAndScore(X, guess: guess, α: α, σ: σ)
        return (noise, rows(score, α, σ) { s, _, _, α, _ in α * s })
      }
      mistake("the first level for all") { X, guess, α, σ in
        try noiseAndScore(X, guess: guess, α: α.map { _ in α[0] }, σ: σ.map { _ in σ[0] })
      }
      mistake("the velocity") { X, guess, α, σ in
        let (noise, score) = try noiseAndScore(X, guess: guess, α: α, σ: σ)
        return (rows(noise, α, σ) { ε, n, i, α, σ in α * ε - σ * guess[n, i] }, score)
      }
      mistake("x₀ and x interchanged") { X, guess, α, σ in try noiseAndScore(guess, guess: X, α: α, σ: σ) }
    },
    Trial("ancestralStep", ancestralStep) { mistake in
      mistake("time reversed") { X, guess, αt, σt, αs, σs, ε in
        try ancestralStep(X, guess: guess, αt: αs, σt: max(σs, 0.1), αs: αt, σs: σt, noise: ε)
      }
      mistake("the variance for the standard deviation") { X, guess, αt, σt, αs, σs, ε in
        ancestral(X, guess, αt, σt, αs, σs, ε) { τ, _ in τ * τ }
      }
      mistake("the noise of the step up") { X, guess, αt, σt, αs, σs, ε in
        ancestral(X, guess, αt, σt, αs, σs, ε) { _, ν in ν.squareRoot() }
      }
      mistake("noise σ_s") { X, guess, αt, σt, αs, σs, ε in ancestral(X, guess, αt, σt, αs, σs, ε) { _, _ in σs } }
      mistake("noise added in the last step") { X, guess, αt, σt, αs, σs, ε in
        ancestral(X, guess, αt, σt, αs, σs, ε) { τ, ν in σs == 0 ? ν.squareRoot() : τ }
      }
      mistake("no noise at all") { X, guess, αt, σt, αs, σs, ε in
        ancestral(X, guess, αt, σt, αs, σs, ε) { _, _ in 0 }
      }
      mistake("noise taken away") { X, guess, αt, σt, αs, σs, ε in
        ancestral(X, guess, αt, σt, αs, σs, ε) { τ, _ in -τ }
      }
      mistake("the guess, noised again to level s") { X, guess, _, _, αs, σs, ε in
        combined(X, guess, ε, (x: 0, guess: αs, ε: σs))
      }
      mistake("the flow's step") { X, guess, αt, σt, αs, σs, ε in
        combined(X, guess, ε, (x: σs / σt, guess: αs - σs / σt * αt, ε: 0))
      }
      mistake("σ for σ²") { X, guess, αt, σt, αs, σs, ε in
        try ancestralStep(
          X, guess: guess, αt: αt, σt: σt.squareRoot(), αs: αs, σs: σs.squareRoot(), noise: ε)
      }
      mistake("a squared in front of x") { X, guess, αt, σt, αs, σs, ε in
        let a = αt / αs
        let excess = a * (a - 1) * σs * σs / (σt * σt)
        let step = try ancestralStep(X, guess: guess, αt: αt, σt: σt, αs: αs, σs: σs, noise: ε)
        return step + excess * X
      }
      mistake("the chain's noise without what has faded: ν = σ_t² − σ_s²") { X, guess, αt, σt, αs, σs, ε in
        let ν = max(0, σt * σt - σs * σs)
        let shares = (x: αt / αs * σs * σs / (σt * σt), guess: αs * ν / (σt * σt), ε: σs * ν.squareRoot() / σt)
        return combined(X, guess, ε, shares)
      }
      mistake("levels with α² + σ² = 1 taken for granted") { X, guess, αt, _, αs, _, ε in
        let (σt, σs) = (max(0.05, 1 - αt * αt).squareRoot(), max(0, 1 - αs * αs).squareRoot())
        let a = αt / αs
        let ν = max(0, σt * σt - a * a * σs * σs)
        let shares = (x: a * σs * σs / (σt * σt), guess: αs * ν / (σt * σt), ε: σs * ν.squareRoot() / σt)
        return combined(X, guess, ε, shares)
      }
    },
    Trial("heunStep", heunStep) { mistake in
      mistake("Euler's step") { X, points, αt, σt, αs, σs in euler(X, points, αt, σt, αs, σs) }
      mistake("the second look alone") { X, points, αt, σt, αs, σs in
        let first = euler(X, points, αt, σt, αs, σs)
        return 2 * (try heunStep(X, points: points, αt: αt, σt: σt, αs: αs, σs: σs)) - first
      }
      mistake("the steps added, not averaged") { X, points, αt, σt, αs, σs in
        2 * (try heunStep(X, points: points, αt: αt, σt: σt, αs: αs, σs: σs)) - X
      }
      mistake("the second look at the old level") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs) { first in
          let x₀ = posterior(first, points, αt, σt)
          return (x₀, (first - αt * x₀) / σt)
        }
      }
      mistake("the second look from the old points") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs) { _ in
          let x₀ = posterior(X, points, αs, σs)
          return (x₀, (X - αs * x₀) / σs)
        }
      }
      mistake("ε̂ kept from the first look") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs) { first in
          (posterior(first, points, αs, σs), (X - αt * posterior(X, points, αt, σt)) / σt)
        }
      }
      mistake("time reversed") { X, points, αt, σt, αs, σs in
        try heunStep(X, points: points, αt: αs, σt: σs, αs: αt, σs: σt)
      }
      mistake("ε̂'s sign turned") { X, points, αt, σt, αs, σs in
        let x₀ = posterior(X, points, αt, σt)
        let first = moved(X, αs - αt, x₀, σt - σs, (X - αt * x₀) / σt)
        let x₁ = posterior(first, points, αs, σs)
        let second = moved(X, αs - αt, x₁, σt - σs, (first - αs * x₁) / σs)
        return 0.5 * (first + second)
      }
      mistake("σ for σ² in the posterior") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs, sharpness: { 1 / (2 * $0) })
      }
      mistake("½ left out in the posterior") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs, sharpness: { 1 / ($0 * $0) })
      }
      mistake("α left out in the posterior") { X, points, αt, σt, αs, σs in
        let x₀ = posterior(X, points, 1, σt)
        let first = moved(X, αs - αt, x₀, σs - σt, (X - αt * x₀) / σt)
        let x₁ = posterior(first, points, 1, σs)
        let second = moved(X, αs - αt, x₁, σs - σt, (first - αs * x₁) / σs)
        return 0.5 * (first + second)
      }
      mistake("the nearest point in the place of the mean") { X, points, αt, σt, αs, σs in
        heun(X, points, αt, σt, αs, σs, sharpness: { _ in 1e9 })
      }
      mistake("densities that underflow") { X, points, αt, σt, αs, σs in
        let step = try heunStep(X, points: points, αt: αt, σt: σt, αs: αs, σs: σs)
        let far = (0..<X.rows).contains { n in
          !(0..<points.rows).contains { k in
            let d = X.row(n) .- αt .* points.row(k)
            return Double.exp(-dot(d, d) / (2 * σt * σt)) > 0
          }
        }
        return far ? step.map { _ in .nan } : step
      }
    },
    Trial("diffusionBound", diffusionBound) { mistake in
      mistake("weights dropped") { errors, α, σ, m, D in
        bound(errors, α, σ, m, D) { _, _ in 1 }
      }
      mistake("α/σ, not squared") { errors, α, σ, m, D in
        try diffusionBound(
          errors: errors, α: α.map { $0.squareRoot() }, σ: σ.map { $0.squareRoot() }, secondMoment: m, dimensions: D)
      }
      mistake("each error with the step below it") { errors, α, σ, m, D in
        try diffusionBound(
          errors: [errors[errors.count - 1]] + errors.dropLast(), α: α, σ: σ, secondMoment: m, dimensions: D)
      }
      mistake("½ left out") { errors, α, σ, m, D in bound(errors, α, σ, m, D) { s, t in 2 * (s - t) } }
      mistake("γ of the level itself") { errors, α, σ, m, D in bound(errors, α, σ, m, D) { s, _ in s } }
      mistake("the sign turned: γ_t − γ_s") { errors, α, σ, m, D in bound(errors, α, σ, m, D) { s, t in t - s } }
      mistake("noise over signal") { errors, α, σ, m, D in
        bound(errors, α, σ, m, D) { s, t in 1 / t - 1 / s }
      }
      mistake("the divergence from the prior left out") { errors, α, σ, m, D in
        let T = α.count - 1
        let σ² = σ[T] * σ[T]
        let divergence = 0.5 * (α[T] * α[T] * m + Double(D) * (σ² - 1 - Double.log(σ²)))
        return try diffusionBound(errors: errors, α: α, σ: σ, secondMoment: m, dimensions: D) - divergence
      }
      mistake("the prior's divergence for one number") { errors, α, σ, m, D in
        let σ² = σ[α.count - 1] * σ[α.count - 1]
        let missing = 0.5 * Double(D - 1) * (σ² - 1 - Double.log(σ²))
        return try diffusionBound(errors: errors, α: α, σ: σ, secondMoment: m, dimensions: D) - missing
      }
      mistake("the constant of the last step left out") { errors, α, σ, m, D in
        let constant = Double(D) / 2 * Double.log(2 * .pi * σ[0] * σ[0] / (α[0] * α[0]))
        return try diffusionBound(errors: errors, α: α, σ: σ, secondMoment: m, dimensions: D) - constant
      }
      mistake("the last step left out") { errors, α, σ, m, D in
        let last = 0.5 * α[0] * α[0] / (σ[0] * σ[0]) * errors[0]
        return try diffusionBound(errors: errors, α: α, σ: σ, secondMoment: m, dimensions: D) - last
      }
      mistake("minus the bound") { errors, α, σ, m, D in
        -(try diffusionBound(errors: errors, α: α, σ: σ, secondMoment: m, dimensions: D))
      }
    },
  ]
}

/// The marginals of a chain whose variance grows by another rule.
private func chain(
  _ a: [Double], _ ν: [Double], _ rule: (_ a: Double, _ variance: Double, _ ν: Double) -> Double
) -> ([Double], [Double]) {
  var (α, variance) = (1.0, 0.0)
  var levels: ([Double], [Double]) = ([], [])
  for (a, ν) in zip(a, ν) {
    α *= a
    variance = rule(a, variance, ν)
    levels.0.append(α)
    levels.1.append(variance.squareRoot())
  }
  return levels
}

/// A matrix changed entry by entry, with the level of its row.
private func rows(
  _ X: Matrix<Double>, _ α: [Double], _ σ: [Double],
  _ change: (_ x: Double, _ n: Int, _ i: Int, _ α: Double, _ σ: Double) -> Double
) -> Matrix<Double> {
  Matrix(rows: X.rows, columns: X.columns) { n, i in change(X[n, i], n, i, α[n], σ[n]) }
}

/// An ancestral step with another standard deviation of its noise, of τ and of ν.
private func ancestral(
  _ X: Matrix<Double>, _ guess: Matrix<Double>, _ αt: Double, _ σt: Double, _ αs: Double, _ σs: Double,
  _ ε: Matrix<Double>, _ deviation: (_ τ: Double, _ ν: Double) -> Double
) -> Matrix<Double> {
  let a = αt / αs
  let ν = σt * σt - a * a * σs * σs
  let τ = deviation(σs * ν.squareRoot() / σt, ν)
  return combined(X, guess, ε, (x: a * σs * σs / (σt * σt), guess: αs * ν / (σt * σt), ε: τ))
}

/// A sum of three matrices, each with a factor.
private func combined(
  _ X: Matrix<Double>, _ guess: Matrix<Double>, _ ε: Matrix<Double>, _ shares: (x: Double, guess: Double, ε: Double)
) -> Matrix<Double> {
  let mean = shares.x * X + shares.guess * guess
  return mean + shares.ε * ε
}

/// x + (α_s − α_t) x̂₀ + (σ_s − σ_t) ε̂.
private func moved(
  _ X: Matrix<Double>, _ α: Double, _ clean: Matrix<Double>, _ σ: Double, _ noise: Matrix<Double>
) -> Matrix<Double> {
  combined(X, clean, noise, (x: 1, guess: α, ε: σ))
}

/// E[x₀ | x_t] for equally likely points, with weights exp(−sharpness ‖x − αμ‖²).
private func posterior(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ α: Double, _ σ: Double,
  sharpness: (Double) -> Double = { 1 / (2 * $0 * $0) }
) -> Matrix<Double> {
  var clean = Matrix<Double>(rows: X.rows, columns: X.columns)
  for n in 0..<X.rows {
    let logs = (0..<points.rows).map { k -> Double in
      let d = X.row(n) .- α .* points.row(k)
      return -sharpness(σ) * dot(d, d)
    }
    let weights = logs.map { Double.exp($0 - logs.greatest()) }
    for k in 0..<points.rows {
      for i in 0..<X.columns { clean[n, i] += weights[k] / weights.sum() * points[k, i] }
    }
  }
  return clean
}

private func euler(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ αt: Double, _ σt: Double, _ αs: Double, _ σs: Double
) -> Matrix<Double> {
  let x₀ = posterior(X, points, αt, σt)
  return moved(X, αs - αt, x₀, σs - σt, (X - αt * x₀) / σt)
}

/// Heun's step with another posterior.
private func heun(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ αt: Double, _ σt: Double, _ αs: Double, _ σs: Double,
  sharpness: (Double) -> Double
) -> Matrix<Double> {
  let x₀ = posterior(X, points, αt, σt, sharpness: sharpness)
  let first = moved(X, αs - αt, x₀, σs - σt, (X - αt * x₀) / σt)
  let x₁ = posterior(first, points, αs, σs, sharpness: sharpness)
  let second = moved(X, αs - αt, x₁, σs - σt, (first - αs * x₁) / σs)
  return 0.5 * (first + second)
}

/// Heun's step with another second look, from where Euler's step ends.
private func heun(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ αt: Double, _ σt: Double, _ αs: Double, _ σs: Double,
  _ second: (Matrix<Double>) -> (clean: Matrix<Double>, noise: Matrix<Double>)
) -> Matrix<Double> {
  let first = euler(X, points, αt, σt, αs, σs)
  let (x₁, ε₁) = second(first)
  return 0.5 * (first + moved(X, αs - αt, x₁, σs - σt, ε₁))
}

/// The bound with other weights of the errors from level 2 on, functions of γ_s and γ_t.
private func bound(
  _ errors: [Double], _ α: [Double], _ σ: [Double], _ m: Double, _ D: Int,
  _ weight: (_ s: Double, _ t: Double) -> Double
) -> Double {
  let γ = zip(α, σ).map { $0 * $0 / ($1 * $1) }
  let (T, D) = (α.count, Double(D))
  let σ² = σ[T - 1] * σ[T - 1]
  var sum = 0.5 * (α[T - 1] * α[T - 1] * m + D * (σ² - 1 - Double.log(σ²)))
  for t in 1..<max(T, 1) { sum += 0.5 * weight(γ[t - 1], γ[t]) * errors[t] }
  return sum + 0.5 * γ[0] * errors[0] + D / 2 * Double.log(2 * .pi / γ[0])
}
