/// Makes the columns of X orthogonal by plane rotations, XW = UΣ (one-sided Jacobi), and applies the rotations to W too.
///
/// Two columns are rotated whenever the cosine of the angle between them exceeds ε, until in a whole cycle none exceeds √n·ε,
/// which is what rounding errors may make of 0; so U is orthonormal to nearly ε. Each row of a cycle begins with the longest
/// remaining column (de Rijk, *A one-sided Jacobi algorithm for computing the singular value decomposition on a vector
/// computer*, 1989), which brings the singular values into order.
///
/// Each row of X changes only by rounding relative to its own norm. If X = DY with D diagonal, singular values therefore
/// come out with a relative error of O(κ(Y)·nε), however large the condition number of D (Demmel and Veselić, *Jacobi's
/// method is more accurate than QR*, 1992).
///
/// - Parameters:
///   - X: the columns to rotate; UΣ on return. Squares of their norms must neither overflow nor underflow.
///   - W: as many columns as X has, rotated alike. I on entry makes it the right singular vectors.
/// - Returns: the norms of the columns of X on return: the singular values, up to order.
/// - Complexity: about 7n³ operations for a cycle; four to seven cycles for a triangular factor from pivoted QR.
func orthogonaliseByRotations(
  _ X: borrowing ContiguousColumns<Double>, accumulatingIn W: borrowing ContiguousColumns<Double>
) -> [Double] {
  let n = X.count
  let tolerance = Double.ulpOfOne
  let convergence = Double(max(n, 16)).squareRoot() * Double.ulpOfOne
  var squares = [Double](repeating: 0, count: n)
  var order = Array(0..<n)
  var converged = false
  // Convergence is quadratic, and more than a dozen cycles have not been seen. The bound is there for the case that
  // rounding errors alone keep two columns above the tolerance.
  var cycles = 0
  while !converged && cycles < 40 {
    converged = true
    cycles += 1
    for j in 0..<n { squares[j] = dot(X[j], X[j], X.stride) }
    for p in 0..<n {
      var longest = p
      for q in p..<n where squares[order[q]] > squares[order[longest]] { longest = q }
      order.swapAt(p, longest)
      let i = order[p]
      for q in p + 1..<max(n, p + 1) {
        let j = order[q]
        let γ = dot(X[i], X[j], X.stride)
        let (α, β) = (squares[i], squares[j])
        let lengths = α.squareRoot() * β.squareRoot()
        guard abs(γ) > tolerance * lengths else { continue }
        if abs(γ) > convergence * lengths { converged = false }
        // The rotation by the smaller angle that makes the two orthogonal: t = tan φ, t² + 2ζt − 1 = 0.
        let ζ = (β - α) / (2 * γ)
        let steep = abs(ζ) > 1 / Double.ulpOfOne
        let t = (ζ < 0 ? -1 : 1) / (steep ? 2 * abs(ζ) : abs(ζ) + (1 + ζ * ζ).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        let s = c * t
        rotate(X[i], X[j], sine: s, cosine: c, X.stride)
        rotate(W[i], W[j], sine: s, cosine: c, W.stride)
        squares[i] = α - t * γ
        squares[j] = max(0, β + t * γ)
      }
    }
  }
  for j in 0..<n { squares[j] = dot(X[j], X[j], X.stride).squareRoot() }
  return squares
}

/// x ← cx − sy, y ← sx + cy, written as a change of x and y, so that its rounding errors shrink with the angle.
@inline(__always)
private func rotate(
  _ x: UnsafeMutablePointer<SIMD8<Double>>, _ y: UnsafeMutablePointer<SIMD8<Double>>, sine s: Double, cosine c: Double,
  _ count: Int
) {
  // x ← x − s(y + τx), y ← y + s(x − τy), where τ = s / (1 + c) = tan(φ/2).
  let τ = SIMD8<Double>(repeating: s / (1 + c))
  let s = SIMD8<Double>(repeating: s)
  for k in 0..<count {
    let (a, b) = (x[k], y[k])
    x[k] = a.addingProduct(-s, b.addingProduct(τ, a))
    y[k] = b.addingProduct(s, a.addingProduct(-τ, b))
  }
}
