import Autoencoders
import LinearAlgebra
import Notebook

// Steps of ISTA whose lengths and thresholds are chosen: the rival of learnt layers.

/// A step H ← S_t(H − η (H W*ᵀ − X) W*). ISTA's has the threshold t = η λ.
struct ThresholdedStep {
  var η: Double
  var t: Double
}

/// Codes after some steps from zero.
func walked(_ X: Matrix<Double>, _ W: Matrix<Double>, _ steps: [ThresholdedStep])
  -> Matrix<Double>
{
  steps.reduce(Matrix(rows: X.rows, columns: W.columns)) { H, step in
    (H - step.η * ((H * W.T - X) * W)).map { softThreshold($0, step.t) }
  }
}

/// The mean F after steps from zero, as a function of log η and log t of each, or of log η
/// alone, with t = η λ.
func stepObjective(
  _ start: [ThresholdedStep], _ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double,
  thresholds free: Bool
) -> Function<Double> {
  let count = start.count
  return Function(
    start: start.map { Double.log($0.η) } + (free ? start.map { Double.log($0.t) } : [])
  ) { θ, gradient in
    let steps = decoded(θ, count: count, λ: λ)
    var (H, slopes) = ([Matrix<Double>(rows: X.rows, columns: W.columns)], [Matrix<Double>]())
    for step in steps {
      slopes.append((H[H.count - 1] * W.T - X) * W)
      let moved = H[H.count - 1] - step.η * slopes[slopes.count - 1]
      H.append(moved.map { softThreshold($0, step.t) })
    }
    let N = Double(X.rows)
    let last = H[count]
    var δ = ((last * W.T - X) * W + last.map { $0 == 0 ? 0 : $0 > 0 ? λ : -λ }) / N
    for q in (0..<count).reversed() {
      let step = steps[q]
      // What passes the threshold: ∂F/∂t = −Σ δ sign(h), ∂F/∂η = −Σ δ ⊙ slope
      δ = δ ⊙ H[q + 1].map { $0 == 0 ? 0 : 1 }
      let inT = -(δ ⊙ H[q + 1].map { $0 > 0 ? 1 : -1 }).sum * step.t
      let inη = -(δ ⊙ slopes[q]).sum * step.η
      gradient[q] = free ? inη : inη + inT
      if free { gradient[count + q] = inT }
      δ = δ - step.η * ((δ * W.T) * W)
    }
    return F(last, X, W, λ: λ)
  }
}

private func decoded(_ θ: [Double], count: Int, λ: Double) -> [ThresholdedStep] {
  (0..<count).map { q in
    let η = Double.exp(θ[q])
    return ThresholdedStep(η: η, t: θ.count > count ? Double.exp(θ[count + q]) : η * λ)
  }
}

/// The steps that are best for the mean F on a batch, by L-BFGS from three starts.
func chosenSteps(
  _ count: Int, for X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, thresholds free: Bool
) -> [ThresholdedStep] {
  let σ₁ = SVD(W).σ[0]
  let fits = [1.0, 2, 5].map { factor in
    let start = ThresholdedStep(η: factor / (σ₁ * σ₁), t: factor * λ / (σ₁ * σ₁))
    return lesson.attempt {
      try LBFGS(maxIterations: 100).minimise(
        stepObjective(
          Array(repeating: start, count: count), X, W, λ: λ, thresholds: free))
    }
  }
  let best = fits.reduce(fits[0]) { $1.value < $0.value ? $1 : $0 }
  return decoded(best.parameters, count: count, λ: λ)
}
