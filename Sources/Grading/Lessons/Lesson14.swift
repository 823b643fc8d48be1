import LinearAlgebra

extension Examination {
  /// 14 · From denoising to diffusion.
  static let lesson14 = [
    Examination("chainMarginals") { student, draw in
      for T in [1, 2, 3, 6] {
        let (a, ν) = (draw.numbers(T, in: 0.4..<1.3), draw.numbers(T, in: 0.1..<1))
        let (α, σ): ([Double], [Double]) = try student(a, ν)
        // What becomes of x₀ and of each step's noise: the chain is linear, so it is run on each of them alone.
        func end(_ t: Int, _ source: Int) -> Double {
          var x = source == 0 ? 1.0 : 0
          for step in 1...t { x = a[step - 1] * x + (step == source ? ν[step - 1].squareRoot() : 0) }
          return x
        }
        try expect("α of \(T) steps", α, equals: (1...T).map { end($0, 0) })
        try expect("σ of \(T) steps", σ, equals: (1...T).map { t in norm((1...t).map { end(t, $0) }) })
      }
    },
    Examination("noiseAndScore") { student, draw in
      for (N, D) in [(1, 3), (4, 2), (5, 1), (3, 3)] {
        let (guess, ε) = (draw.matrix(N, D), draw.matrix(N, D))
        let (α, σ) = (draw.numbers(N, in: 0.2..<1.5), draw.numbers(N, in: 0.2..<1.5))
        let X = Matrix(rows: N, columns: D) { n, i in α[n] * guess[n, i] + σ[n] * ε[n, i] }
        let (noise, score): (Matrix<Double>, Matrix<Double>) = try student(X, guess, α, σ)
        try expect("the noise of \(N) points of \(D) numbers", noise, equals: ε)
        // If x₀ is sure to be the guess, the noisy density is N(α x₀, σ² I).
        let expected = Matrix(rows: N, columns: D) { n, i in
          let x = Dual(X[n, i], derivative: 1)
          let z = (x - Dual(α[n] * guess[n, i])) / Dual(σ[n])
          return (Dual(-0.5) * z * z).derivative
        }
        try expect("the score at \(N) points of \(D) numbers", score, equals: expected)
      }
    },
    Examination("ancestralStep") { student, draw in
      for (N, D) in [(1, 2), (4, 3), (3, 1), (5, 5)] {
        for isLast in [false, true] {
          let (X, guess, ε) = (draw.matrix(N, D), draw.matrix(N, D), draw.matrix(N, D))
          let (αs, σs) = isLast ? (1, 0) : (draw.number(in: 0.5..<1.4), draw.number(in: 0.2..<0.8))
          let (αt, σt) = (αs * draw.number(in: 0.3..<0.9), σs + draw.number(in: 0.1..<0.9))
          let next: Matrix<Double> = try student(X, guess, αt, σt, αs, σs, ε)
          let task = "\(N) points of \(D) numbers, \(isLast ? "the last step" : "σ from \(σt) to \(σs)")"
          guard !isLast else {
            try expect(task, next, equals: guess)
            continue
          }
          // Two measurements of x_s: N(α_s x₀, σ_s²), and x_t = a x_s + √ν ε. Precisions add.
          let a = αt / αs
          let ν = σt * σt - a * a * σs * σs
          let precision = 1 / (σs * σs) + a * a / ν
          let expected = Matrix(rows: N, columns: D) { n, i in
            (αs * guess[n, i] / (σs * σs) + a * X[n, i] / ν) / precision + ε[n, i] / precision.squareRoot()
          }
          try expect(task, next, equals: expected)
        }
      }
    },
    Examination("heunStep") { student, draw in
      for (N, K, D) in [(1, 2, 2), (4, 5, 3), (3, 1, 2), (5, 4, 1), (3, 3, 3)] {
        let (X, points) = (draw.matrix(N, D), draw.matrix(K, D))
        let (αs, σs) = (draw.number(in: 0.6..<1.2), draw.number(in: 0.2..<0.8))
        let (αt, σt) = (αs * draw.number(in: 0.4..<0.9), σs + draw.number(in: 0.1..<0.8))
        let next: Matrix<Double> = try student(X, points, αt, σt, αs, σs)
        try expect(
          "\(N) points of \(D) numbers, \(K) data points", next, equals: flowStep(X, points, (αt, σt), (αs, σs)))
      }
      // Densities of e^−5000.
      let points = 10 * draw.matrix(3, 2)
      let X = draw.matrix(4, 2)
      let next: Matrix<Double> = try student(X, points, 0.9, 0.1, 0.95, 0.05)
      try expect("a step with σ = 0.1, data 10 away", next, equals: flowStep(X, points, (0.9, 0.1), (0.95, 0.05)))
    },
    Examination("diffusionBound") { student, draw in
      for (T, D) in [(1, 2), (2, 1), (4, 3), (7, 64)] {
        // Data N(0, λ I): every error is known, and so is each divergence.
        let λ = draw.number(in: 0.3..<2)
        let α = (0..<T).map { _ in draw.number(in: 0.5..<1.2) }
        let ratios = draw.numbers(T, in: 0.3..<2.5).sorted()
        let σ = zip(α, ratios).map { $0 * $1 }
        let errors = (0..<T).map { t in
          Double(D) * λ * σ[t] * σ[t] / (α[t] * α[t] * λ + σ[t] * σ[t]) + draw.number(in: 0..<0.2)
        }
        let bound: Double = try student(errors, α, σ, Double(D) * λ, D)
        // KL(N(αx, σ²) ‖ N(0, 1)), then, at each level, the means' difference over twice the variance of
        // q(x_s|x_t, x₀), by precisions, then −log p(x₀|x₁).
        let (top, σ²) = (α[T - 1], σ[T - 1] * σ[T - 1])
        var expected = 0.5 * (top * top * Double(D) * λ + Double(D) * (σ² - 1 - Double.log(σ²)))
        for t in 1..<max(T, 1) {
          let a = α[t] / α[t - 1]
          let σs² = σ[t - 1] * σ[t - 1]
          let variance = 1 / (1 / σs² + a * a / (σ[t] * σ[t] - a * a * σs²))
          let share = α[t - 1] / σs² * variance
          expected += share * share * errors[t] / (2 * variance)
        }
        let last = σ[0] * σ[0] / (α[0] * α[0])
        expected += errors[0] / (2 * last) + 0.5 * Double(D) * Double.log(2 * .pi * last)
        try expect("the bound of \(T) level\(T == 1 ? "" : "s"), D = \(D)", bound, equals: expected)
      }
    },
  ]
}

/// Heun's step for data points, written as the mean of two Euler steps that differ in where they look.
private func flowStep(
  _ X: Matrix<Double>, _ points: Matrix<Double>, _ t: (α: Double, σ: Double), _ s: (α: Double, σ: Double)
) -> Matrix<Double> {
  let looks = (0..<X.rows).map { n -> [Double] in
    let x = X.row(n)
    func mean(_ y: [Double], _ level: (α: Double, σ: Double)) -> [Double] {
      let logs = (0..<points.rows).map { k in
        -0.5 * zip(y, points.row(k)).map { ($0 - level.α * $1) / level.σ }.map { $0 * $0 }.sum()
      }
      let shares = logs.map { Double.exp($0 - logs.greatest()) }
      return (0..<points.columns).map { i in
        (0..<points.rows).map { shares[$0] * points[$0, i] }.sum() / shares.sum()
      }
    }
    let seen = mean(x, t)
    // α_s x̂₀ + σ_s ε̂, since x = α_t x̂₀ + σ_t ε̂
    let first = x.indices.map { s.α * seen[$0] + s.σ * (x[$0] - t.α * seen[$0]) / t.σ }
    let again = mean(first, s)
    return x.indices.map { i in
      let second = x[i] + (s.α - t.α) * again[i] + (s.σ - t.σ) * (first[i] - s.α * again[i]) / s.σ
      return 0.5 * (first[i] + second)
    }
  }
  return Matrix(rows: X.rows, columns: X.columns, elements: looks.flatMap { $0 })
}
