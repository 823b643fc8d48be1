import LinearAlgebra

/// How well a gradient agrees with central differences.
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// The largest |g_i − ĝ_i| / max(|g_i|, |ĝ_i|, 10⁻² max_j |ĝ_j|): relative to the component, or, for a component so
  /// small that the differences are mostly rounding, to a hundredth of the largest. It is 0 if both gradients are all
  /// zeros.
  public let worstError: Double
  /// The component i in which it occurs, an index into θ.
  public let worstIndex: Int
  /// g_i, as the function's own gradient has it.
  public let analytic: Double
  /// ĝ_i, the central difference.
  public let numeric: Double

  public var description: String {
    "worst relative error \(worstError) in component \(worstIndex): gradient \(analytic), central difference \(numeric)"
  }
}

/// Compares a function's gradient at θ with central differences of fourth order,
/// ĝ_i = (8 (f(θ + εe_i) − f(θ − εe_i)) − (f(θ + 2εe_i) − f(θ − 2εe_i))) / 12ε.
///
/// ```swift
/// let check = gradientCheck(try Objective(network, data: X, loss: .bernoulli))
/// check.worstError    // some 1e-10, or there is a mistake
/// ```
///
/// The differences are off by ε⁴ f⁗′/30 and by about 10⁻¹⁶ |f| / ε from rounding; ε = `step` · max(1, |θ_i|) with the
/// default step leaves some 10⁻¹² |f|. Within 2ε of a kink (ReLU or |h| at 0) they mean nothing: check elsewhere, or
/// with a smaller step.
///
/// - Parameters:
///   - function: the function and its gradient.
///   - θ: where; its ``DifferentiableFunction/start`` if nil.
///   - step: ε for a component of size 1 or less.
/// - Complexity: four times as many evaluations as θ has components.
public func gradientCheck<F: DifferentiableFunction>(
  _ function: F, at θ: [Double]? = nil, step: Double = 0x1p-12
) -> GradientCheck where F.Element == Double {
  var f = function
  var θ = θ ?? function.start
  var analytic = [Double](repeating: 0, count: θ.count)
  var unused = analytic
  _ = f.value(at: θ, gradient: &analytic)
  let numeric = θ.indices.map { i in
    centralDifference(&θ, i, step) { θ in [f.value(at: θ, gradient: &unused)] }[0]
  }
  let floor = 1e-2 * numeric.reduce(0) { max($0, abs($1)) }
  let errors = zip(analytic, numeric).map { g, ĝ in
    g == ĝ ? 0 : abs(g - ĝ) / max(abs(g), abs(ĝ), floor)
  }
  // A NaN is the worst error of all.
  let worst = errors.firstIndex(where: \.isNaN) ?? errors.indices.max { errors[$0] < errors[$1] }
  guard let worst else { return GradientCheck(worstError: 0, worstIndex: 0, analytic: 0, numeric: 0) }
  return GradientCheck(
    worstError: errors[worst], worstIndex: worst, analytic: analytic[worst], numeric: numeric[worst])
}

/// The Hessian of a function at θ, from central differences of its gradient: H_ij = ∂²f/∂θ_i∂θ_j, n × n.
///
/// Column j is the derivative of ∇f in θ_j, by the differences of ``gradientCheck(_:at:step:)``; the result is then
/// symmetrised, ½ (H + Hᵀ). Its entries are good to some 10⁻¹² of the gradient's size.
///
/// - Complexity: 4n evaluations and n² numbers: for small problems.
public func hessian<F: DifferentiableFunction>(
  _ function: F, at θ: [Double]? = nil, step: Double = 0x1p-12
) -> Matrix<Double> where F.Element == Double {
  var f = function
  var θ = θ ?? function.start
  let columns = θ.indices.map { j in
    centralDifference(&θ, j, step) { θ in
      var gradient = [Double](repeating: 0, count: θ.count)
      _ = f.value(at: θ, gradient: &gradient)
      return gradient
    }
  }
  // ½ (H + Hᵀ)
  return Matrix(rows: θ.count, columns: θ.count) { i, j in (columns[j][i] + columns[i][j]) / 2 }
}

/// The derivative of a vector-valued function in θ_i, to fourth order in ε = `step` · max(1, |θ_i|).
private func centralDifference(
  _ θ: inout [Double], _ i: Int, _ step: Double, _ evaluate: ([Double]) -> [Double]
) -> [Double] {
  let centre = θ[i]
  let ε = step * max(1, abs(centre))
  func at(_ k: Double) -> [Double] {
    θ[i] = centre + k * ε
    return evaluate(θ)
  }
  let (right, left, farRight, farLeft) = (at(1), at(-1), at(2), at(-2))
  θ[i] = centre
  return right.indices.map { (8 * (right[$0] - left[$0]) - (farRight[$0] - farLeft[$0])) / (12 * ε) }
}
