/// The principal angles between the column spaces of A and B, ascending, in radians, each from 0 to π/2.
///
/// ```swift
/// let plane: Matrix<Double> = [[1, 0], [0, 1], [0, 0]]
/// let line: Matrix<Double> = [[1], [0], [1]]
/// principalAngles(between: plane, and: line)       // [π/4]
/// ```
///
/// There are as many as the space of smaller dimension has dimensions. The first is the smallest angle between a vector of
/// one space and a vector of the other; the next ones are the same in what is orthogonal to the vectors found.
///
/// With orthonormal bases P and Q, the cosines are the singular values of PᵀQ (Björck and Golub, *Numerical methods for
/// computing angles between linear subspaces*, 1973). The cosine of a small angle hides it in rounding errors, all of it
/// below 10⁻⁸; so the sines are computed, too, as singular values of Q − P(PᵀQ) (Knyazev and Argentati, *Principal angles
/// between subspaces in an A-based scalar product*, 2002), and the angle is that of the point (cosine, sine).
///
/// **Accuracy.** A small multiple of √m·ε, absolute, small angles included, times the condition numbers of A and B with
/// columns scaled to unit length: an angle of 10⁻¹⁰ has five correct digits or more.
///
/// - Parameters:
///   - A: m × p, of any rank and scale, with finite entries.
///   - B: m × q, likewise.
/// - Complexity: that of four ``SVD``s.
public func principalAngles<Element: Scalar>(between A: Matrix<Element>, and B: Matrix<Element>) -> [Element] {
  precondition(
    A.rows == B.rows,
    "columns of a \(A.rows) × \(A.columns) and of a \(B.rows) × \(B.columns) matrix do not lie in one space")
  var (P, Q) = (A.orthonormalBasis(), B.orthonormalBasis())
  if P.columns < Q.columns { (P, Q) = (Q, P) }
  var C = Matrix<Element>(rows: P.columns, columns: Q.columns)
  multiply(P, Q, transposeA: true, into: &C)
  var S = Q
  multiply(P, C, scale: -1, into: &S, accumulate: true)
  return zip(SVD(C).σ, SVD(S).σ.reversed()).map { cosine, sine in
    Element(arcTangent(Double(sine), Double(cosine)))
  }
}
