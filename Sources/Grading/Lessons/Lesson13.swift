import LinearAlgebra

extension Examination {
  /// 13 · A museum of real bugs.
  static let lesson13 = [
    Examination("heldOutError") { student, draw in
      for (N, D, batch) in [(7, 3, 3), (6, 2, 3), (5, 1, 1), (4, 3, 9), (1, 2, 4), (10, 4, 4)] {
        let (X, X̂) = (draw.matrix(N, D), draw.matrix(N, D))
        let error: Double = try student(X, X̂, batch)
        let squares = zip(X.elements, X̂.elements).map { ($0 - $1) * ($0 - $1) }
        try expect(
          "the error of \(N) examples in batches of \(batch)", error, equals: squares.sum() / Double(N))
      }
    },
    Examination("adamPath") { student, draw in
      let start = draw.normals(3)
      let constant = draw.numbers(3, in: 0.5..<2)
      for T in [1, 2, 3, 12] {
        let gradients = Matrix(rows: T, columns: 3) { _, i in constant[i] }
        let θ: [Double] = try student(start, gradients, 0.1)
        // Running means of a constant, corrected, are that constant: each step is η long, but for ε.
        let expected = zip(start, constant).map { $0 - 0.1 * Double(T) * ($1 / ($1 + 1e-8)) }
        try expect("the parameters after \(T) constant gradients", θ, equals: expected)
      }
      for (T, P) in [(1, 2), (2, 3), (9, 2), (40, 1)] {
        let (start, gradients, η) = (draw.normals(P), draw.matrix(T, P), draw.number(in: 0.01..<0.3))
        let θ: [Double] = try student(start, gradients, η)
        try expect("the parameters after \(T) gradients", θ, equals: path(start, gradients, η))
      }
    },
    Examination("tanhContraction") { student, draw in
      for (N, D, K) in [(7, 3, 5), (4, 6, 2), (1, 5, 3), (6, 1, 4), (5, 4, 1), (3, 3, 3)] {
        let (X, W, b) = (draw.matrix(N, D), draw.matrix(K, D), draw.normals(K))
        let (gradientW, gradientB): (Matrix<Double>, [Double]) = try student(X, W, b)
        let expectedW = Matrix(rows: K, columns: D) { j, i in contractionSlope(X, W, b, j, i) }
        let shapes = "for \(N) examples, W being \(K) × \(D)"
        try expect("∂Ω/∂W \(shapes)", gradientW, equals: expectedW)
        try expect("∂Ω/∂b \(shapes)", gradientB, equals: (0..<K).map { contractionSlope(X, W, b, $0, nil) })
      }
    },
    Examination("noiseLoss") { student, draw in
      for (N, D) in [(5, 3), (1, 4), (4, 1), (3, 3)] {
        let (X, X̂) = (draw.matrix(N, D), draw.matrix(N, D))
        for s in [draw.number(in: -3..<(-1)), draw.number(in: 0.5..<2)] {
          let (loss, slope): (Double, Double) = try student(X, X̂, s)
          // One pixel at a time, by dual numbers in s.
          let variance = Dual.exp(Dual(s, derivative: 1))
          var sum: Dual<Double> = 0
          for (x, x̂) in zip(X.elements, X̂.elements) {
            sum += Dual((x - x̂) * (x - x̂)) / (2 * variance) + 0.5 * Dual.log(2 * .init(.pi) * variance)
          }
          try expect("the loss of \(N) examples of \(D) pixels", loss, equals: sum.value / Double(N))
          try expect("its slope in s", slope, equals: sum.derivative / Double(N))
        }
        let best = Double.log((X - X̂).squaredNorm / Double(N * D))
        let (least, slope): (Double, Double) = try student(X, X̂, best)
        try expect(
          "the least loss, at the logarithm of the mean square", least,
          equals: 0.5 * Double(D) * (1 + Double.log(2 * .pi) + best))
        try expect("the slope at the logarithm of the mean square", slope, equals: 0)
      }
    },
  ]
}

/// Adam written without running means: weighted sums over all gradients so far, by powers.
private func path(_ start: [Double], _ gradients: Matrix<Double>, _ η: Double) -> [Double] {
  func average(_ t: Int, _ β: Double, _ term: (Int) -> Double) -> Double {
    var (sum, weights, weight) = (0.0, 0.0, 1.0)
    for s in (0...t).reversed() {
      sum += weight * term(s)
      weights += weight
      weight *= β
    }
    return sum / weights
  }
  return start.indices.map { i in
    (0..<gradients.rows).reduce(start[i]) { θ, t in
      let m = average(t, 0.9) { gradients[$0, i] }
      let v = average(t, 0.99) { gradients[$0, i] * gradients[$0, i] }
      return θ - η * m / (v.squareRoot() + 1e-8)
    }
  }
}

/// The derivative of the contractive penalty of tanh units in W_ji, or in b_j if i is nil: dual numbers in the entries
/// of J, with tanh a = (1 − e) / (1 + e) and its slope 4e / (1 + e)², e = exp(−2a).
private func contractionSlope(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ moved: Int, _ column: Int?
) -> Double {
  var sum: Dual<Double> = 0
  for n in 0..<X.rows {
    for j in 0..<W.rows {
      let w = (0..<W.columns).map { i in Dual(W[j, i], derivative: j == moved && i == column ? 1 : 0) }
      let bias = Dual(b[j], derivative: j == moved && column == nil ? 1 : 0)
      let e = Dual.exp(-2 * w.indices.reduce(bias) { $0 + w[$1] * Dual(X[n, $1]) })
      for weight in w {
        let entry = 4 * e / ((1 + e) * (1 + e)) * weight
        sum += entry * entry
      }
    }
  }
  return sum.derivative / Double(X.rows)
}
