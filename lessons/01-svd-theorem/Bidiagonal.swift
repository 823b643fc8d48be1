import LinearAlgebra

/// A matrix with the singular values of A and numbers only on the diagonal and above it, by
/// Householder reflections from both sides: accurate to rounding relative to the largest of them.
func bidiagonal(_ A: Matrix<Double>) -> Matrix<Double> {
  var B = A
  for k in 0..<A.columns {
    B = reflected(B, clearing: k, below: k)
    if k + 2 < A.columns { B = reflected(B.T, clearing: k, below: k + 1).T }
  }
  return Matrix(rows: A.columns, columns: A.columns) { i, j in
    j == i || j == i + 1 ? B[i, j] : 0
  }
}

/// (I − 2 x xᵀ / ‖x‖²) B, with the x that makes the entries of column j below row i zero and
/// touches no row above i.
private func reflected(
  _ B: Matrix<Double>, clearing j: Int, below i: Int
) -> Matrix<Double> {
  var x = B.column(j)
  for row in 0..<i { x[row] = 0 }
  guard norm(x) > 0 else { return B }
  x[i] += x[i] < 0 ? -norm(x) : norm(x)
  let (scale, shares) = (2 / dot(x, x), B.T * x)
  return B - Matrix(rows: B.rows, columns: B.columns) { n, m in scale * x[n] * shares[m] }
}
