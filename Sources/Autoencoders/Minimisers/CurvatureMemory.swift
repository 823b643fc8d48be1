import LinearAlgebra

/// The last steps s_k = θ_{k+1} − θ_k and gradient changes y_k = g_{k+1} − g_k, which stand for the inverse Hessian H.
struct CurvatureMemory<Element: Scalar> {
  /// s, y and ρ = 1 / yᵀs in slots, as many as are remembered; the newest is in slot `newest`, older ones before it, round
  /// the ring.
  private var s: [[Element]]
  private var y: [[Element]]
  private var ρ: [Element]
  private var α: [Element]
  private var newest = -1
  private var count = 0

  init(capacity: Int, dimensions: Int) {
    s = (0..<capacity).map { _ in [Element](repeating: 0, count: dimensions) }
    y = (0..<capacity).map { _ in [Element](repeating: 0, count: dimensions) }
    ρ = [Element](repeating: 0, count: capacity)
    α = ρ
  }

  var isEmpty: Bool { count == 0 }

  mutating func forget() { count = 0 }

  /// Adds the step from θ, with gradient g, to the next point, unless its curvature yᵀs is not positive (which the Wolfe
  /// conditions exclude but for rounding).
  ///
  /// The step is made of the vectors θ and g themselves, for a copy of either may take many megabytes; what they hold
  /// afterwards has no meaning.
  mutating func remember(from θ: inout [Element], _ g: inout [Element], to nextθ: [Element], _ nextG: [Element]) {
    subtract(&θ, from: nextθ)
    subtract(&g, from: nextG)
    let curvature = dot(g, θ)
    guard curvature > 0, (1 / curvature).isFinite else { return }
    newest = (newest + 1) % s.count
    swap(&s[newest], &θ)
    swap(&y[newest], &g)
    ρ[newest] = 1 / curvature
    count = min(count + 1, s.count)
  }

  /// p ← −H g, by the two-loop recursion (Nocedal & Wright 2006, algorithm 7.4).
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func direction(_ g: [Element], into p: inout [Element]) {
    for i in p.indices { p[i] = -g[i] }
    guard count > 0 else { return }
    for age in 0..<count {
      let k = slot(age)
      // α_k = ρ_k s_kᵀ q, q ← q − α_k y_k
      α[k] = ρ[k] * dot(s[k], p)
      add(-α[k], y[k], to: &p)
    }
    // H₀ = (sᵀy / yᵀy) I, from the newest step
    scale(&p, by: 1 / (ρ[newest] * dot(y[newest], y[newest])))
    for age in (0..<count).reversed() {
      let k = slot(age)
      // β = ρ_k y_kᵀ r, r ← r + (α_k − β) s_k
      let β = ρ[k] * dot(y[k], p)
      add(α[k] - β, s[k], to: &p)
    }
  }

  private func slot(_ age: Int) -> Int { (newest - age + s.count) % s.count }
}
