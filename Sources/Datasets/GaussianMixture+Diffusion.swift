import LinearAlgebra

/// What becomes of a mixture on the way x₀ → x_t = α x₀ + σ ε, ε ~ N(0, I), of a diffusion model.
extension GaussianMixture {
  /// The density of α x + σ ε: again a mixture, with the means α μ_k and the covariances α² C_k + σ² I.
  ///
  /// - Parameters:
  ///   - α: greater than 0; at α = 0 nothing would be left of the mixture.
  ///   - σ: at least 0.
  public func diffused(α: Double, σ: Double) -> GaussianMixture {
    precondition(α > 0 && (α * α).isNormal, "a share of the signal cannot be \(α), nor its square \(α * α)")
    precondition(σ == 0 || σ > 0 && (σ * σ).isNormal, "a noise level cannot be \(σ), nor a variance \(σ * σ)")
    return GaussianMixture(
      weights: weights, means: α * means,
      spreads: spreads.map { Spread(variances: $0.variances.map { α * α * $0 + σ * σ }, axes: $0.axes) })
  }

  /// E[x | α x + σ ε] at each row of X, N × D: the best denoiser at this level.
  public func posteriorMean(given X: Matrix<Double>, α: Double, σ: Double) -> Matrix<Double> {
    precondition(α > 0, "a share of the signal cannot be \(α)")
    return posteriorMean(given: X / α, σ: σ / α)
  }
}
