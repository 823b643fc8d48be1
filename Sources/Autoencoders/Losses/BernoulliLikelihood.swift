import LinearAlgebra

extension Likelihood {
  /// Inputs in [0, 1], taken as probabilities of a pixel being on: p(x|μ) = Π_i μ_i^x_i (1 − μ_i)^(1 − x_i), with
  /// sigmoid output μ = x̂ = σ(a).
  ///
  /// L = 1/N Σ_n Σ_i −x log x̂ − (1 − x) log(1 − x̂) = 1/N Σ_n Σ_i softplus(a) − x a, the cross-entropy in nats,
  /// summed over components, averaged over examples. For 0 < x < 1 its minimum is not 0 but the entropy of x.
  public static var bernoulli: Likelihood {
    Likelihood("Bernoulli", link: .sigmoid, support: 0...1) { A, X̂, X, δ in
      let total = crossEntropy(A, X, scratch: &δ)
      // ∂L/∂a = (x̂ − x) / N
      meanDifference(X̂, X, into: &δ)
      return total / Element(X.rows)
    }
  }
}

/// Σ softplus(a) − x a.
///
/// It is taken as softplus(−|a|) + a ([a > 0] − x), whose second part is exactly 0 for a saturated unit that is right.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func crossEntropy<Element: Scalar>(
  _ A: Matrix<Element>, _ X: Matrix<Element>, scratch: inout Matrix<Element>
) -> Element {
  scratch.mapInPlace(with: A) { _, a in -abs(a) }
  scratch.applySoftplus()
  let smooth = scratch.sum
  scratch.update(from: A)
  scratch.mapInPlace(with: X) { a, x in a * ((a > 0 ? 1 : 0) - x) }
  return smooth + scratch.sum
}
