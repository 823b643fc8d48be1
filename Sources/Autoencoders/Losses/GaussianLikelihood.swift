import LinearAlgebra

extension Likelihood {
  /// Real-valued inputs: p(x|μ) = Π_i N(x_i; μ_i, 1), with linear output μ = x̂ = a.
  ///
  /// L = 1/N Σ_n ½ ‖x̂_n − x_n‖², summed over components, averaged over examples. This is −log p(x|μ) without its
  /// constant (D/2) log 2π; a variance other than 1 would divide the whole by it, and add (D/2) log σ².
  public static var gaussian: Likelihood {
    Likelihood("Gaussian", link: .identity) { _, X̂, X, δ in
      // ∂L/∂a = (x̂ − x) / N
      meanDifference(X̂, X, into: &δ)
      // L = 1/N Σ ½ (x̂ − x)² = N/2 Σ δ²
      return Element(X.rows) / 2 * δ.squaredNorm
    }
  }
}
