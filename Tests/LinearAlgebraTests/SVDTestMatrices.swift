import LinearAlgebra

/// SplitMix64 (Steele, Lea and Flood 2014), so that the tests always see the same matrices.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform on −1 … 1.
  mutating func entry() -> Double { Double(next() >> 11) * 0x1p-52 - 1 }
}

func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix<Double> {
  var generator = SplitMix64(state: seed)
  return Matrix(rows: rows, columns: columns) { _, _ in generator.entry() }
}

func hilbert(_ order: Int) -> Matrix<Double> {
  Matrix(rows: order, columns: order) { i, j in 1 / Double(i + j + 1) }
}

/// 2^`exponent`, for scaling without rounding.
func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

/// ‖QᵀQ − I‖_F.
func departureFromOrthonormality<Element>(_ Q: Matrix<Element>) -> Element { (Q.T * Q - .identity(Q.columns)).norm }

/// The largest |computed − exact| / |exact|.
func relativeError(_ computed: [Double], _ exact: [Double]) -> Double {
  guard computed.count == exact.count else { return .infinity }
  return zip(computed, exact).map { abs($0 - $1) / abs($1) }.max() ?? 0
}

/// Whether the first entry of nearly the largest magnitude is positive in each column.
func obeysRuleOfSigns(_ Q: Matrix<Double>) -> Bool {
  (0..<Q.columns).allSatisfy { j in
    let column = Q.column(j)
    let largest = column.map(abs).max() ?? 0
    return (column.first { abs($0) >= largest * (1 - 1e-6) } ?? 1) > 0
  }
}
