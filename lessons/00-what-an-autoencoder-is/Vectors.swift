import LinearAlgebra

// Lists of numbers as vectors, where a lesson about one example needs them.

/// The vector as a matrix of one row.
func row(_ x: [Double]) -> Matrix<Double> { Matrix(rows: 1, columns: x.count, elements: x) }

/// The outer product x yᵀ, x.count × y.count.
func outer(_ x: [Double], _ y: [Double]) -> Matrix<Double> { row(x).T * row(y) }

/// x − y.
func - (x: [Double], y: [Double]) -> [Double] { zip(x, y).map { $0 - $1 } }

/// The product entry by entry.
func ⊙ (x: [Double], y: [Double]) -> [Double] { zip(x, y).map { $0 * $1 } }

/// The affine map W x + b.
func affine(_ W: Matrix<Double>, _ x: [Double], _ b: [Double]) -> [Double] { zip(W * x, b).map { $0 + $1 } }

/// s(a) for each entry.
func s(_ a: [Double]) -> [Double] { a.map { Double.sigmoid($0) } }

/// e^{a_k} / Σ_m e^{a_m}, as it is written: good for small a only.
func softmax(_ a: [Double]) -> [Double] {
  let e = a.map { Double.exp($0) }
  return e.map { $0 / e.sum() }
}

/// x log y, with 0 log 0 = 0.
func xlogy(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * Double.log(y) }

/// log(1 + e) = e − e²/2 + e³/3 − …, for 0 ≤ e ≤ e⁻².
func log1p(_ e: Double) -> Double { (1...60).reversed().reduce(0) { rest, n in e * (1 / Double(n) - rest) } }

/// The covariance of paired numbers, from the differences of all N² pairs of examples:
/// 1/(2N²) Σ_mn (h_n − h_m)(a_n − a_m).
func covariance(_ h: [Double], _ a: [Double]) -> Double {
  var total = 0.0
  for m in h.indices {
    for n in h.indices { total += (h[n] - h[m]) * (a[n] - a[m]) }
  }
  return total / Double(2 * h.count * h.count)
}
