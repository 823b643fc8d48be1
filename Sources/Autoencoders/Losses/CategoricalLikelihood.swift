import LinearAlgebra

extension Likelihood {
  /// One of `classes` classes, or one for each run of `classes` consecutive components, coded by a 1 among zeros:
  /// p(x|μ) = Π_k μ_k^x_k, with softmax output μ_k = x̂_k = e^{a_k} / Σ_m e^{a_m}.
  ///
  /// L = 1/N Σ_n Σ_k −x_k log x̂_k, the cross-entropy in nats, summed over components, averaged over examples.
  /// Since each run of x adds to 1, ∂L/∂a = ((Σ_m x_m) x̂ − x) / N = (x̂ − x) / N.
  public static func categorical(classes: Int) -> Likelihood {
    precondition(classes >= 1, "a distribution over \(classes) classes")
    return Likelihood("categorical", link: .softmax(classes: classes), support: 0...1, classes: classes) { A, X̂, X, δ in
      // ∂L/∂a = (x̂ − x) / N
      meanDifference(X̂, X, into: &δ)
      return crossEntropy(A, X̂, X, classes) / Element(X.rows)
    }
  }
}

/// Σ −x_k log x̂_k over all runs, from the pre-activations.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func crossEntropy<Element: Scalar>(
  _ A: Matrix<Element>, _ X̂: Matrix<Element>, _ X: Matrix<Element>, _ classes: Int
) -> Element {
  precondition(
    A.rows == X.rows && A.columns == X.columns && X.columns % classes == 0,
    "a target of \(X.rows) × \(X.columns) for outputs of \(A.rows) × \(A.columns) in runs of \(classes)")
  return A.withUnsafeElements { a in
    X̂.withUnsafeElements { x̂ in
      X.withUnsafeElements { x in
        var total: Element = 0
        for start in stride(from: 0, to: x.count, by: classes) {
          let run = start..<start + classes
          var top = start
          for k in run where a[k] > a[top] { top = k }
          // log Σ_m e^{a_m} = a_k − log x̂_k for every k; the largest x̂ is at least 1 / classes, so its log is safe.
          let rest = -Element.log(x̂[top])
          // −x_k log x̂_k = x_k (log Σ_m e^{a_m} − a_k)
          for k in run { total += x[k] * ((a[top] - a[k]) + rest) }
        }
        return total
      }
    }
  }
}
