import LinearAlgebra

/// ∂f/∂a_i for each component i of a, from values of f alone, by central differences of fourth
/// order: (8 (f(a + εe_i) − f(a − εe_i)) − (f(a + 2εe_i) − f(a − 2εe_i))) / 12ε.
///
/// The error is ε⁴ f⁗′/30 plus 10⁻¹⁶ |f| / ε from rounding, here some 10⁻¹³ |f|.
func slopes(at a: [Double], of f: ([Double]) -> Double) -> [Double] {
  slopes(at: a) { [f($0)] }.row(0)
}

/// The Jacobian ∂f_k/∂a_m of a vector-valued function: one row for each k.
func slopes(at a: [Double], of f: ([Double]) -> [Double]) -> Matrix<Double> {
  let ε = 0x1p-10
  let columns = a.indices.map { m in
    func shifted(_ steps: Double) -> [Double] {
      var a = a
      a[m] += steps * ε
      return f(a)
    }
    let near = shifted(1) .- shifted(-1)
    let far = shifted(2) .- shifted(-2)
    return (1 / (12 * ε)) .* (8 .* near .- far)
  }
  return Matrix(rows: columns[0].count, columns: a.count) { k, m in columns[m][k] }
}

/// ∂f/∂W_ij for each entry of a matrix W, shaped like it.
func slopes(at W: Matrix<Double>, of f: (Matrix<Double>) -> Double) -> Matrix<Double> {
  let g = slopes(at: W.elements) { (θ: [Double]) in
    f(Matrix(rows: W.rows, columns: W.columns, elements: θ))
  }
  return Matrix(rows: W.rows, columns: W.columns, elements: g)
}
