import LinearAlgebra

extension Likelihood {
  /// Counts 0, 1, 2, … without an upper end: p(x|μ) = Π_i e^{−μ_i} μ_i^{x_i} / x_i!, with exponential output μ = x̂ = eᵃ.
  ///
  /// L = 1/N Σ_n Σ_i x̂ − x a + log x!, in nats, summed over components, averaged over examples.
  public static var poisson: Likelihood {
    Likelihood("Poisson", link: .exponential, support: 0...Element.greatestFiniteMagnitude, step: 1) { A, X̂, X, δ in
      δ.update(from: A)
      δ.mapInPlace(with: X) { a, x in x * a }
      let total = X̂.sum - δ.sum + X.elements.reduce(0) { $0 + Element(logFactorial(Double($1))) }
      // ∂L/∂a = (x̂ − x) / N
      meanDifference(X̂, X, into: &δ)
      return total / Element(X.rows)
    }
  }
}

/// log n! for a whole number n ≥ 0 (other numbers are rounded down), to a few units in the last place.
///
/// Up to 22 the factorial is a number that Double holds exactly; beyond, Stirling's series is cut after the term in n⁻⁷, off
/// by less than n⁻⁹/1188 < 10⁻¹⁵ where the logarithm is 51 or more.
func logFactorial(_ n: Double) -> Double {
  if n < 23 { return logarithmsOfFactorials[max(0, Int(n))] }
  let n = n.rounded(.down)
  let square = 1 / (n * n)
  let series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / n
  return n * Double.log(n) - n + 0.5 * Double.log(2 * .pi * n) + series
}

private let logarithmsOfFactorials: [Double] = {
  var (factorial, logarithms) = (1.0, [0.0])
  for n in 1...22 {
    factorial *= Double(n)
    logarithms.append(Double.log(factorial))
  }
  return logarithms
}()
