import LinearAlgebra

extension Examination {
  /// 00 · What an autoencoder is.
  static let lesson00 = [
    Examination("excessCrossEntropy") { student, draw in
      for (N, D, reach) in [(7, 3, 3.0), (1, 5, 3), (4, 6, 40), (3, 2, 1000)] {
        var X = draw.matrix(N, D, in: 0.05..<0.95)
        var A = draw.matrix(N, D, in: -reach..<reach)
        // The last example has pixels that are off and on, each with a unit that is wrong and one that is right.
        for i in 0..<D where N > 1 {
          X[N - 1, i] = Double(i % 2)
          A[N - 1, i] = (i / 2).isMultiple(of: 2) ? -reach : reach
        }
        // And one grey pixel has a unit at the end of the range.
        A[0, 0] = reach
        let excess: Double = try student(X, A)
        var total = 0.0
        for n in 0..<N {
          for i in 0..<D { total += surprise(X[n, i], A[n, i]) - entropy(X[n, i]) }
        }
        try expect(
          "the excess of a \(N) × \(D) batch with pre-activations up to ±\(Int(reach))", excess,
          equals: total / Double(N))
      }
    },
    Examination("softmaxGradient") { student, draw in
      for (N, K, scale) in [(5, 3, 1.0), (2, 6, 1), (1, 4, 1), (4, 5, 900)] {
        let X = Matrix(rows: N, columns: K) { n, k in
          // The last of several documents is empty, the first has two words at least.
          n > 0 && n == N - 1 ? 0 : Double(draw.integer(in: 0...4)) + (n == 0 && k < 2 ? 1 : 0)
        }
        // Large pre-activations of either sign: no number serves all rows as a shift.
        let A = Matrix(rows: N, columns: K) { n, _ in
          draw.number(in: -1.5..<1.5) + (scale == 1 ? 0 : n.isMultiple(of: 2) ? scale : -scale)
        }
        let gradient: Matrix<Double> = try student(X, A)
        let expected = Matrix(rows: N, columns: K) { n, k in
          let μ = 1 / (0..<K).map { Double.exp(A[n, $0] - A[n, k]) }.sum()
          return (X.row(n).sum() * μ - X[n, k]) / Double(N)
        }
        try expect(
          "the gradient for \(N) documents and \(K) words\(scale == 1 ? "" : ", pre-activations about ±\(Int(scale))")",
          gradient, equals: expected)
      }
    },
    Examination("backPropagation") { student, draw in
      for (N, D, k) in [(6, 4, 3), (3, 5, 2), (1, 3, 4), (5, 2, 1)] {
        let X = draw.matrix(N, D)
        let variances = draw.numbers(D, in: 0.2..<3)
        let (W, b, Wˢ, c) = (draw.matrix(k, D), draw.normals(k), draw.matrix(D, k), draw.normals(D))
        let gradients: (Matrix<Double>, Matrix<Double>) = try student(X, variances, W, b, Wˢ, c)
        func loss(_ W: [Vector], _ Wˢ: [Vector]) -> Dual<Double> {
          mean(over: X) { x in
            let h = sigmoid(zip(times(W, x), b).map { $0 + Dual($1) })
            let x̂ = zip(times(Wˢ, h), c).map { $0 + Dual($1) }
            return x.indices.map { (x[$0] - x̂[$0]) * (x[$0] - x̂[$0]) / Dual(2 * variances[$0]) }.reduce(0) { $0 + $1 }
          }
        }
        let batch = "of a \(N) × \(D) batch, k = \(k)"
        try expect("∂L/∂W \(batch)", gradients.0, equals: derivatives(at: W) { loss($0, rows(Wˢ)) })
        try expect("∂L/∂W* \(batch)", gradients.1, equals: derivatives(at: Wˢ) { loss(rows(W), $0) })
      }
    },
    Examination("deepTiedGradients") { student, draw in
      for (N, D, p, q) in [(4, 5, 3, 2), (3, 2, 4, 3), (1, 4, 2, 5), (5, 3, 3, 3)] {
        let X = draw.matrix(N, D, in: 0..<1)
        let (W₁, W₂) = (draw.matrix(p, D), draw.matrix(q, p))
        let gradients: (Matrix<Double>, Matrix<Double>) = try student(X, W₁, W₂)
        func loss(_ W₁: [Vector], _ W₂: [Vector]) -> Dual<Double> {
          mean(over: X) { x in
            let h₂ = sigmoid(times(W₂, sigmoid(times(W₁, x))))
            let x̂ = sigmoid(times(transposed(W₁), sigmoid(times(transposed(W₂), h₂))))
            return zip(x, x̂).reduce(0) { $0 - $1.0 * Dual.log($1.1) - (1 - $1.0) * Dual.log(1 - $1.1) }
          }
        }
        let batch = "of a \(N) × \(D) batch, p = \(p), q = \(q)"
        try expect("∂L/∂W₁ \(batch)", gradients.0, equals: derivatives(at: W₁) { loss($0, rows(W₂)) })
        try expect("∂L/∂W₂ \(batch)", gradients.1, equals: derivatives(at: W₂) { loss(rows(W₁), $0) })
      }
    },
  ]
}

/// −x log s(a) − (1 − x) log (1 − s(a)).
private func surprise(_ x: Double, _ a: Double) -> Double {
  max(a, 0) - x * a + Double.log(1 + Double.exp(-a.magnitude))
}

/// −x log x − (1 − x) log (1 − x).
private func entropy(_ x: Double) -> Double {
  -[x, 1 - x].filter { $0 > 0 }.map { $0 * Double.log($0) }.sum()
}

// Losses as they are defined, in numbers that carry their derivative along: no step size, and no step backwards.

private typealias Vector = [Dual<Double>]

/// The derivatives of `loss` in each entry of `A`; `loss` is given the rows of the matrix.
private func derivatives(at A: Matrix<Double>, of loss: ([Vector]) -> Dual<Double>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns) { i, j in
    var moved = rows(A)
    moved[i][j].derivative = 1
    return loss(moved).derivative
  }
}

private func rows(_ A: Matrix<Double>) -> [Vector] { (0..<A.rows).map { A.row($0).map { Dual($0) } } }

/// The mean of `loss` over the rows of `X`.
private func mean(over X: Matrix<Double>, _ loss: (Vector) -> Dual<Double>) -> Dual<Double> {
  rows(X).map(loss).reduce(0) { $0 + $1 } / Dual(Double(X.rows))
}

/// W x
private func times(_ W: [Vector], _ x: Vector) -> Vector {
  W.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
}

private func transposed(_ W: [Vector]) -> [Vector] { W[0].indices.map { j in W.map { $0[j] } } }

private func sigmoid(_ a: Vector) -> Vector { a.map { 1 / (1 + Dual.exp(-$0)) } }
