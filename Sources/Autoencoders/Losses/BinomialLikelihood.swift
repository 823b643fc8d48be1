import LinearAlgebra

extension Likelihood {
  /// Grey values of M + 1 levels, as x = 0, 1/M, …, 1: each pixel counts the successes of M independent trials,
  /// p(Mx|μ) = Π_i (M choose Mx_i) μ_i^{Mx_i} (1 − μ_i)^{M(1 − x_i)}, with sigmoid output μ = x̂ = σ(a).
  ///
  /// L = 1/N Σ_n Σ_i M (softplus(a) − x a) − log (M choose Mx), in nats, summed over components, averaged over examples: a
  /// probability of the grey value itself, where ``bernoulli`` has the mean over images of black and white. In units of
  /// counts it has the gradient of every likelihood here, ∂L/∂a = (M x̂ − M x) / N.
  ///
  /// - Parameter M: at least 1; 16 for the course's digits, 255 for bytes.
  public static func binomial(levels M: Int) -> Likelihood {
    precondition(M >= 1, "a binomial distribution of \(M) trials")
    let trials = Element(M)
    let choices = (0...M).map { k in
      Element(logFactorial(Double(M)) - logFactorial(Double(k)) - logFactorial(Double(M - k)))
    }
    let bernoulli = Likelihood.bernoulli
    return Likelihood("binomial", link: .sigmoid, support: 0...1, step: 1 / trials) { A, X̂, X, δ in
      let crossEntropy = bernoulli.loss(A, X̂, X, &δ)
      δ *= trials
      let constant = X.elements.reduce(0) { $0 + choices[Int((trials * $1).rounded())] }
      return trials * crossEntropy - constant / Element(X.rows)
    }
  }
}
