import LinearAlgebra

extension Examination {
  /// 08 · Stochastic encoders and decoders, and sampling.
  static let lesson08 = [
    Examination("countingGradient") { student, draw in
      for (N, D) in [(4, 3), (1, 5), (7, 1), (3, 3)] {
        let A = 2 * draw.matrix(N, D)
        let X = Matrix<Double>(rows: N, columns: D) { _, _ in Double(draw.integer(in: 0...6)) }
        let gradient: Matrix<Double> = try student(A, X)
        // −log p by its definition, in dual numbers.
        let expected = Matrix<Double>(rows: N, columns: D) { n, i in
          let μ = 1 / (1 + Dual.exp(-Dual(A[n, i], derivative: 1)))
          return -(Dual.log(1 - μ) + Dual(X[n, i]) * Dual.log(μ)).derivative / Double(N)
        }
        try expect("the gradient for \(N) examples of \(D) counts", gradient, equals: expected)
      }
      // An output far out must not lose its gradient, nor become NaN.
      let (far, counts): (Matrix<Double>, Matrix<Double>) = ([[-800, 800, 0]], [[2, 1, 0]])
      let gradient: Matrix<Double> = try student(far, counts)
      try expect("the gradient at a = −800, 800, 0 and x = 2, 1, 0", gradient, equals: [[-2, 1, 0.5]])
    },
    Examination("chainStep") { student, draw in
      for (N, D, K) in [(5, 6, 4), (1, 4, 3), (6, 3, 5), (4, 4, 4)] {
        let X = draw.matrix(N, D, in: 0..<1).map { $0 < 0.5 ? 1 : 0 }
        let (W, b, c) = (draw.matrix(K, D), draw.normals(K), draw.normals(D))
        let ν = draw.number(in: 0.3..<0.6)
        let (u, v) = (draw.matrix(N, D, in: 0..<1), draw.matrix(N, D, in: 0..<1))
        let next: Matrix<Double> = try student(X, W, b, c, ν, u, v)
        let expected = nextBits(X, W, b, c, ν, u, v)
        try expect("the next bits of \(N) chains, W being \(K) × \(D), ν = \(ν)", next, equals: expected)
      }
      // Numbers at the ends of their ranges: u = ν/2 makes a 1, u = ν leaves the bit, v = x̂ = ½ gives 0.
      let (bits, half): (Matrix<Double>, Matrix<Double>) = ([[0, 0, 1, 0]], [[0.5, 0.5, 0.5, 0.5]])
      let (u, zeros): (Matrix<Double>, [Double]) = ([[0.25, 0.25, 0.5, 0.5]], [0, 0, 0, 0])
      let edge: Matrix<Double> = try student(bits, 3 * Matrix<Double>.identity(4), zeros, zeros, 0.5, u, half)
      try expect("the next bits where u is ν/2 or ν, and v is ½", edge, equals: [[1, 1, 1, 0]])
    },
    Examination("denoisingChain") { student, draw in
      for (S, R) in [(4, 4), (5, 3), (2, 6), (1, 3), (3, 1), (6, 6)] {
        let (C, P) = (draw.table(S, R), draw.table(R, S))
        try examine(student, C, P, "a corruption of \(S) × \(R)")
      }
      // A slow chain: it leaves a state once in some ten thousand steps.
      let S = 4
      let slow = Matrix<Double>(rows: S, columns: S) { i, j in i == j ? 1 - 3e-4 : 1e-4 }
      let P = draw.table(S, S)
      let lazy = Matrix<Double>(rows: S, columns: S) { i, j in 1e-4 * P[i, j] + (i == j ? 1 - 1e-4 : 0) }
      try examine(student, slow, lazy, "a slow chain")
    },
    Examination("jointDistribution") { student, draw in
      for (S, K) in [(4, 3), (3, 5), (2, 2), (1, 3), (5, 1), (4, 4)] {
        let weights = draw.matrix(S, K).map { Double.exp($0) }
        let joint = weights / weights.sum
        let (px, ph) = (joint.rowSums, joint.columnSums)
        let encoder = Matrix<Double>(rows: S, columns: K) { joint[$0, $1] / px[$0] }
        let decoder = Matrix<Double>(rows: K, columns: S) { joint[$1, $0] / ph[$0] }
        let answer: Matrix<Double> = try student(encoder, decoder)
        try expect("the joint of compatible tables for \(S) states and \(K) codes", answer, equals: joint)
        guard S > 1, K > 1 else { continue }
        // The last row of the decoder moved, so that a test of the first row and column sees nothing.
        var other = decoder
        let row = decoder.row(K - 1)
        let moved = row.indices.map { $0 == S - 1 ? 1.1 * row[$0] : row[$0] }
        for x in 0..<S { other[K - 1, x] = moved[x] / moved.sum() }
        let none: Matrix<Double> = try student(encoder, other)
        try expect("the answer to tables without a joint, \(S) states and \(K) codes", none, hasRows: 0, columns: 0)
      }
    },
  ]
}

extension Draw {
  /// A table of positive probabilities whose rows add to 1.
  fileprivate mutating func table(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    let weights = matrix(rows, columns, in: 0.05..<1)
    let sums = weights.rowSums
    return Matrix(rows: rows, columns: columns) { weights[$0, $1] / sums[$0] }
  }
}

private func examine(_ student: Student, _ C: Matrix<Double>, _ P: Matrix<Double>, _ name: String) throws {
  let (T, stationary): (Matrix<Double>, [Double]) = try student(C, P)
  let S = C.rows
  let expected = Matrix<Double>(rows: S, columns: S) { x, y in (0..<C.columns).map { C[x, $0] * P[$0, y] }.sum() }
  try expect("the transition matrix of \(name)", T, equals: expected)
  try expect("the stationary distribution of \(name)", stationary, equals: settled(expected))
}

/// The stationary distribution by elimination (Grassmann, Taksar and Heyman), which subtracts nothing.
private func settled(_ T: Matrix<Double>) -> [Double] {
  var A = T
  for n in stride(from: T.rows - 1, to: 0, by: -1) {
    let leaving = (0..<n).map { A[n, $0] }.sum()
    for i in 0..<n { A[i, n] /= leaving }
    for i in 0..<n {
      for j in 0..<n { A[i, j] += A[i, n] * A[n, j] }
    }
  }
  var π = [1.0]
  for n in 1..<max(1, T.rows) { π.append((0..<n).map { π[$0] * A[$0, n] }.sum()) }
  let total = π.sum()
  return π.map { $0 / total }
}

/// One step of the chain, bit by bit.
private func nextBits(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ c: [Double], _ ν: Double, _ u: Matrix<Double>,
  _ v: Matrix<Double>
) -> Matrix<Double> {
  Matrix(rows: X.rows, columns: X.columns) { n, i in
    let x̃ = (0..<X.columns).map { k in u[n, k] < ν / 2 ? 0 : u[n, k] < ν ? 1 : X[n, k] }
    let a =
      (0..<W.rows).map { j in
        W[j, i] * Double.tanh(b[j] + (0..<X.columns).map { W[j, $0] * x̃[$0] }.sum())
      }.sum() + c[i]
    return v[n, i] < 1 / (1 + Double.exp(-a)) ? 1 : 0
  }
}
