import LinearAlgebra

extension Examination {
  /// 05 · The denoising autoencoder's vector field.
  static let lesson05 = [
    Examination("saltAndPepper") { student, draw in
      func ask(
        _ subject: String, _ X: Matrix<Double>, ν: Double, _ s: Double, _ u: Matrix<Double>, _ v: Matrix<Double>
      ) throws {
        let X̃: Matrix<Double> = try student(X, ν, s, u, v)
        var expected = X
        for n in 0..<X.rows {
          for i in 0..<X.columns where !(u[n, i] >= ν) { expected[n, i] = v[n, i] >= s ? 0 : 1 }
        }
        try expect("\(subject), ν = \(ν), s = \(s)", X̃, equals: expected)
      }
      for (N, D) in [(6, 4), (3, 5), (1, 8), (7, 1)] {
        for (ν, s) in [(draw.hundredths(30...70), 0.5), (0.5, 0), (0.6, draw.hundredths(60...90)), (0, 0.5), (1, 0.5)] {
          let (u, v) = (draw.matrix(N, D, in: 0..<1), draw.matrix(N, D, in: 0..<1))
          try ask("the corrupted \(N) × \(D) batch", draw.matrix(N, D), ν: ν, s, u, v)
        }
      }
      // Pixels so large that what is spoilt is lost in a sum with them.
      let (huge, u, v) = (1e20 * draw.matrix(3, 4), draw.matrix(3, 4, in: 0..<1), draw.matrix(3, 4, in: 0..<1))
      try ask("the corrupted batch of huge numbers", huge, ν: 1, 0.5, u, v)
      for (ν, s) in [(0.5, 0.25), (0.5, 0), (0, 0.5)] {
        let (u, v): (Matrix<Double>, Matrix<Double>) = ([[ν, 0, 0]], [[0, s, 0]])
        try ask("the corrupted row for u = \(u.elements), v = \(v.elements)", draw.matrix(1, 3), ν: ν, s, u, v)
      }
    },
    Examination("denoisingLoss") { student, draw in
      for (N, D, H) in [(5, 4, 3), (4, 3, 6), (1, 5, 2), (6, 1, 3)] {
        for σ in [draw.hundredths(20...60), draw.hundredths(150...200), 0] {
          let (X, ε, W) = (draw.matrix(N, D, in: 0..<1), draw.matrix(N, D), draw.matrix(H, D))
          let (b, c) = (draw.normals(H), draw.normals(D))
          var total = 0.0
          for n in 0..<N {
            var outputs = c
            for j in 0..<H {
              var a = b[j]
              for i in 0..<D { a += W[j, i] * (X[n, i] + σ * ε[n, i]) }
              for i in 0..<D { outputs[i] += W[j, i] * .tanh(a) }
            }
            for i in 0..<D {
              let difference = X[n, i] - 1 / (1 + .exp(-outputs[i]))
              total += difference * difference
            }
          }
          let loss: Double = try student(X, ε, σ, W, b, c)
          try expect("the loss of \(N) examples, D = \(D), H = \(H), σ = \(σ)", loss, equals: total / Double(N))
        }
      }
    },
    Examination("optimalDenoiser") { student, draw in
      func ask(_ subject: String, _ X: Matrix<Double>, σ: Double, _ X̃: Matrix<Double>) throws {
        let R: Matrix<Double> = try student(X, σ, X̃)
        let (same, equal) = (X.column(0).map { _ in σ }, X.column(0).map { _ in 1.0 })
        // x̃ + σ² ∇ log p_σ(x̃): Tweedie's formula.
        let rows = (0..<X̃.rows).flatMap { m in
          let x̃ = X̃.row(m)
          return zip(x̃, score(at: x̃, means: X, σ: same, weights: equal)).map { $0 + σ * σ * $1 }
        }
        try expect(subject, R, equals: Matrix(rows: X̃.rows, columns: X̃.columns, elements: rows))
      }
      for (N, D, M) in [(6, 3, 4), (4, 5, 7), (5, 1, 3), (1, 2, 3), (7, 4, 1)] {
        let (X, X̃, σ) = (draw.matrix(N, D), draw.matrix(M, D), draw.hundredths(40...80))
        try ask("r at \(M) points, for \(N) examples with D = \(D), σ = \(σ)", X, σ: σ, X̃)
        try ask("r for \(N) examples with D = \(D), σ = 2", X, σ: 2, X̃)
        let far = X̃.map { $0 < 0 ? $0 - 50 : $0 + 50 }
        try ask("r at \(M) far points, for \(N) examples, σ = \(σ)", X, σ: σ, far)
      }
      let X = 4 * draw.matrix(5, 3)
      try ask("r for small σ = 0.01", X, σ: 0.01, draw.matrix(4, 3))
      try ask("r half-way between two examples, σ = 0.01", [[0, 2], [1, 1], [5, 5]], σ: 0.01, [[0.5, 1.5]])
    },
    Examination("mixtureScore") { student, draw in
      for (K, D) in [(3, 2), (2, 5), (4, 1), (1, 3), (3, 3)] {
        let (μ, σ, shares) = (draw.matrix(K, D), draw.numbers(K, in: 0.4..<1.6), draw.numbers(K, in: 0.2..<2))
        let w = shares.map { $0 / shares.sum() }
        let (near, direction) = (draw.normals(D), draw.normals(D))
        let far = direction.map { 120 * $0 / norm(direction) }
        for (place, x) in [("a", near), ("a far", far), ("the opposite far", far.map { -$0 })] {
          let answer: [Double] = try student(x, μ, σ, w)
          let expected = score(at: x, means: μ, σ: σ, weights: w)
          try expect("the score of \(K) Gaussians with D = \(D) at \(place) point", answer, equals: expected)
        }
      }
    },
    Examination("denoiserSlope") { student, draw in
      func ask(_ subject: String, _ X: Matrix<Double>, σ: Double, _ x̃: [Double]) throws {
        let slope: Matrix<Double> = try student(X, σ, x̃)
        let columns = x̃.indices.map { k in denoised(moving(x̃, component: k), X, σ: σ).map(\.derivative) }
        try expect(subject, slope, equals: Matrix(rows: x̃.count, columns: x̃.count) { i, k in columns[k][i] })
      }
      for (N, D) in [(6, 3), (5, 2), (4, 1), (1, 3), (3, 5)] {
        let (X, x̃) = (draw.matrix(N, D), draw.normals(D))
        for σ in [draw.hundredths(60...90), 2] {
          try ask("the slope for \(N) examples with D = \(D), σ = \(σ)", X, σ: σ, x̃)
        }
      }
      // Two examples about x̃, three others far away.
      let (x̃, step) = (draw.normals(3), draw.normals(3))
      let X = Matrix(rows: 5, columns: 3) { n, i in
        n < 2 ? x̃[i] + (n == 0 ? step[i] : -step[i]) : x̃[i] + 10 * Double(n) * step[i]
      }
      try ask("the slope half-way between two examples, σ small", X, σ: norm(step) / 50, x̃)
    },
  ]
}

extension Draw {
  /// A number with two decimals, to be shown.
  fileprivate mutating func hundredths(_ range: ClosedRange<Int>) -> Double { Double(integer(in: range)) / 100 }
}

/// A point of which one component moves with speed 1.
private func moving(_ x: [Double], component k: Int) -> [Dual<Double>] {
  x.indices.map { Dual(x[$0], derivative: $0 == k ? 1 : 0) }
}

private func squaredDistance(_ x: [Dual<Double>], _ y: [Double]) -> Dual<Double> {
  zip(x, y).reduce(0) { $0 + ($1.0 - Dual($1.1)) * ($1.0 - Dual($1.1)) }
}

/// ∇ log p(x) of a mixture of Gaussians: the derivative of log p in each component, by dual numbers. The weights
/// need not add to 1.
private func score(at x: [Double], means μ: Matrix<Double>, σ: [Double], weights w: [Double]) -> [Double] {
  x.indices.map { i in
    let exponents = w.indices.map { k in
      Dual(.log(w[k]) - Double(x.count) * .log(σ[k]))
        - squaredDistance(moving(x, component: i), μ.row(k)) / Dual(2 * σ[k] * σ[k])
    }
    // The same factor for all, so that none is lost.
    let largest = Dual(exponents.map(\.value).greatest())
    return Dual.log(exponents.reduce(0) { $0 + Dual.exp($1 - largest) }).derivative
  }
}

/// E[x | x̃] for examples that are the rows of X.
private func denoised(_ x̃: [Dual<Double>], _ X: Matrix<Double>, σ: Double) -> [Dual<Double>] {
  let distances = (0..<X.rows).map { squaredDistance(x̃, X.row($0)) }
  let least = Dual(distances.map(\.value).least())
  let terms = distances.map { Dual.exp((least - $0) / Dual(2 * σ * σ)) }
  let total = terms.reduce(0) { $0 + $1 }
  return x̃.indices.map { i in
    terms.indices.reduce(0) { $0 + terms[$1] * Dual(X[$1, i]) } / total
  }
}
