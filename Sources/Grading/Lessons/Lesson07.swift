import LinearAlgebra

extension Examination {
  /// 07 · The variational autoencoder's KL.
  static let lesson07 = [
    Examination("reparameterisedSample") { student, draw in
      for (N, K) in [(5, 3), (3, 4), (1, 4), (6, 1)] {
        let (μ, ε, σ) = (draw.matrix(N, K), draw.matrix(N, K), draw.matrix(N, K, in: 0.1..<3))
        let Z: Matrix<Double> = try student(μ, σ.map { 2 * Double.log($0) }, ε)
        let expected = Matrix(rows: N, columns: K) { n, k in μ[n, k] + σ[n, k] * ε[n, k] }
        try expect("the codes of \(N) examples, \(K) numbers each", Z, equals: expected)
      }
    },
    Examination("divergenceFromPrior") { student, draw in
      for (N, K) in [(5, 3), (3, 7), (1, 4), (6, 1)] {
        let (μ, logσ²) = (draw.matrix(N, K), draw.matrix(N, K, in: -4..<2))
        let answer: Double = try student(μ, logσ²)
        try expect("the divergence of a \(N) × \(K) batch", answer, equals: meanDivergence(μ, logσ²))
      }
      let prior = Matrix<Double>(rows: 4, columns: 3)
      let none: Double = try student(prior, prior)
      try expect("the divergence where q is the prior, 4 × 3", none, equals: 0)
      let (μ, narrow) = (draw.matrix(4, 3), draw.matrix(4, 3, in: -45..<(-35)))
      let answer: Double = try student(μ, narrow)
      try expect(
        "the divergence of a 4 × 3 batch with logarithms of −45 to −35", answer, equals: meanDivergence(μ, narrow))
    },
    Examination("evidenceBound") { student, draw in
      for (N, D, K) in [(5, 7, 3), (4, 6, 9), (1, 8, 2), (3, 1, 4), (2, 5, 1)] {
        let (X, X̂) = (draw.matrix(N, D, in: 0..<1), draw.matrix(N, D, in: 0..<1))
        let (μ, logσ², v) = (
          draw.matrix(N, K), draw.matrix(N, K, in: -4..<1), (100 * draw.number(in: 0.05..<0.4)).rounded() / 100
        )
        let bound: Double = try student(X, X̂, v, μ, logσ²)
        var logLikelihood = 0.0
        for n in 0..<N {
          for i in 0..<D {
            let density = Double.exp(-(X[n, i] - X̂[n, i]) * (X[n, i] - X̂[n, i]) / (2 * v)) / (2 * .pi * v).squareRoot()
            logLikelihood += Double.log(density)
          }
        }
        try expect(
          "the bound for \(N) images of \(D) pixels, codes of \(K) numbers, τ² = \(v)", bound,
          equals: logLikelihood / Double(N) - meanDivergence(μ, logσ²))
      }
    },
    Examination("importanceWeightedBound") { student, draw in
      // Where the logarithms of each example's weights lie.
      let questions: [(S: Int, levels: [Double])] = [
        (5, [0, -3, 2]), (3, [-50, 30, 0, 4]), (7, [-1500, 1500, 0, 720, -760]), (4, [900]), (1, [-2, 1200]),
      ]
      for (S, levels) in questions {
        let N = levels.count
        let (prior, encoder) = (draw.matrix(N, S, in: -9..<(-1)), draw.matrix(N, S, in: -6..<3))
        let w = Matrix(rows: N, columns: S) { n, _ in levels[n] + draw.number(in: -3..<3) }
        let bounds: [Double] = try student(w - prior + encoder, prior, encoder)
        // log (e^a + e^b) = max(a, b) + log (1 + e^−|a − b|), one code after the other
        let expected = (0..<N).map { n in
          w.row(n).dropFirst().reduce(w[n, 0]) { max($0, $1) + Double.softplus(-abs($0 - $1)) } - Double.log(Double(S))
        }
        let examples = N == 1 ? "an example" : "\(N) examples"
        try expect(
          "the bounds of \(examples) with \(S == 1 ? "one code" : "\(S) codes"), logarithms of weights near \(levels)",
          bounds, equals: expected)
      }
    },
    Examination("gradientsThroughSample") { student, draw in
      for (N, K) in [(5, 3), (3, 4), (1, 4), (6, 1)] {
        let (μ, logσ², ε) = (draw.matrix(N, K), draw.matrix(N, K, in: -3..<1), draw.matrix(N, K))
        let β = draw.number(in: 1.5..<4)
        // R(Z) = Σ ½ a z² + b z
        let (a, b) = (draw.matrix(N, K), draw.matrix(N, K))
        func sample(_ μ: Double, _ logσ²: Double, _ ε: Double) -> Double { μ + Double.exp(logσ²).squareRoot() * ε }
        // What F has of one entry.
        func loss(_ n: Int, _ k: Int, _ μ: Double, _ logσ²: Double) -> Double {
          let z = sample(μ, logσ², ε[n, k])
          return a[n, k] * z * z / 2 + b[n, k] * z + β * divergence(μ, logσ²) / Double(N)
        }
        let G = Matrix(rows: N, columns: K) { n, k in a[n, k] * sample(μ[n, k], logσ²[n, k], ε[n, k]) + b[n, k] }
        let (inMean, inLogVariance): (Matrix<Double>, Matrix<Double>) = try student(G, μ, logσ², ε, β)
        // Central differences of the definition, hence the tolerance.
        let h = 1e-4
        try expect(
          "∂F/∂μ of a \(N) × \(K) batch", inMean,
          equals: Matrix(rows: N, columns: K) { n, k in
            (loss(n, k, μ[n, k] + h, logσ²[n, k]) - loss(n, k, μ[n, k] - h, logσ²[n, k])) / (2 * h)
          }, within: 1e-6)
        try expect(
          "∂F/∂logσ² of a \(N) × \(K) batch", inLogVariance,
          equals: Matrix(rows: N, columns: K) { n, k in
            (loss(n, k, μ[n, k], logσ²[n, k] + h) - loss(n, k, μ[n, k], logσ²[n, k] - h)) / (2 * h)
          }, within: 1e-6)
      }
    },
  ]
}

/// KL(N(μ, σ²)‖N(0, 1)) of one number, by its definition: the integral of q log q/p over z = μ + σt, by the trapezoidal
/// rule, whose error on such a function is far below rounding.
private func divergence(_ μ: Double, _ logσ²: Double) -> Double {
  let σ = Double.exp(logσ²).squareRoot()
  return (-60...60).reduce(0) { sum, node in
    let t = 0.2 * Double(node)
    let z = μ + σ * t
    let logRatio = (z * z - t * t - logσ²) / 2
    return sum + 0.2 * Double.exp(-t * t / 2) / (2 * .pi).squareRoot() * logRatio
  }
}

/// The sum over all entries, divided by the number of rows.
private func meanDivergence(_ μ: Matrix<Double>, _ logσ²: Matrix<Double>) -> Double {
  zip(μ.elements, logσ².elements).reduce(0) { $0 + divergence($1.0, $1.1) } / Double(μ.rows)
}
