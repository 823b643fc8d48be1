import LinearAlgebra

/// The largest eigenvalue of WᵀW, the square of W's largest singular value, by the power method.
///
/// The start is fixed, with unequal entries so that it is hardly orthogonal to the leading eigenvector. The estimate
/// approaches from below; it stops when an iteration raises it by less than one part in 10⁶ (Float: 10⁵), at the
/// latest after 1000.
///
/// - Complexity: O(rows · columns) an iteration.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func largestEigenvalue<Element: Scalar>(ofGramMatrixOf W: Matrix<Element>) -> Element {
  var v = Matrix<Element>(rows: W.columns, columns: 1) { j, _ in 1 + Element(j % 7) / 10 }
  var Wv = Matrix<Element>(rows: W.rows, columns: 1)
  var λ: Element = 0
  let tolerance = max(1e-6, 100 * Element.ulpOfOne)
  for _ in 0..<1000 {
    // v ← WᵀW v / ‖v‖, λ = ‖WᵀW v‖ / ‖v‖
    let length = v.norm
    guard length > 0 else { return 0 }
    v /= length
    multiply(W, v, into: &Wv)
    multiply(W, Wv, transposeA: true, into: &v)
    let before = λ
    λ = v.norm
    if λ - before <= tolerance * λ { return λ }
  }
  return λ
}
