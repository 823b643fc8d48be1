import LinearAlgebra

extension Examination {
  /// 04 · The sparse prior.
  static let lesson04 = [
    Examination("softThreshold") { student, draw in
      for t in [hundredths(&draw, in: 30...90), 1.5, 0] {
        let values =
          [t, -t, 0, t / 2, -t / 2, 2 * t, -2 * t] + (0..<6).map { _ in hundredths(&draw, in: -300...300) }
        let answer: [Double] = try student(values, t)
        try expect("the number of results for \(values.count) values", answer.count, equals: values.count)
        for (v, h) in zip(values, answer) {
          try expect("h for v = \(v), t = \(t)", h, equals: nearest(to: v, penalty: t))
        }
      }
    },
    Examination("sparsityPenalty") { student, draw in
      for (N, K) in [(7, 3), (3, 5), (1, 4), (6, 1)] {
        let ρ = hundredths(&draw, in: 2...40)
        var H = draw.matrix(N, K, in: 0.05..<0.9)
        for asleep in [false, true] {
          // The last unit sleeps.
          if asleep { for n in 0..<N { H[n, K - 1] = 1e-12 } }
          let Ω: Double = try student(H, ρ)
          let subject = "Ω of codes of \(N) examples in \(K) units\(asleep ? ", one of them asleep," : "") for ρ = \(ρ)"
          try expect(subject, Ω, equals: (0..<K).reduce(0) { $0 + divergence(ρ, H.column($1)) })
        }
      }
    },
    Examination("populationAndLifetime") { student, draw in
      for (N, K) in [(6, 4), (3, 7), (2, 3), (5, 5)] {
        var H = draw.matrix(N, K)
        // An example of which one unit knows, another that all know alike.
        for l in 0..<K { (H[0, l], H[1, l]) = (l == 1 ? -2 : 0, l.isMultiple(of: 2) ? 0.5 : -0.5) }
        let (population, lifetime): ([Double], [Double]) = try student(H)
        let sizes = "of \(N) examples in \(K) units"
        try expect("the population sparseness \(sizes)", population, equals: (0..<N).map { sparseness(H.row($0)) })
        try expect("the lifetime sparseness \(sizes)", lifetime, equals: (0..<K).map { sparseness(H.column($0)) })
      }
    },
    Examination("sparseCodes") { student, draw in
      for (N, D, K) in [(4, 3, 5), (2, 6, 4), (1, 2, 3), (3, 5, 1)] {
        let (X, Wˢ, H, c) = (draw.matrix(N, D), draw.matrix(D, K), draw.matrix(N, K), draw.normals(D))
        let η = (1e4 * draw.number(in: 0.3..<0.9) / Wˢ.squaredNorm).rounded() / 1e4
        // Thresholds η λ that some of the entries do not reach.
        for (threshold, count) in [(0.6, 1), (0.2, draw.integer(in: 2...6)), (0, 2), (0.6, 0)] {
          let λ = (10 * threshold / η).rounded() / 10
          let codes: Matrix<Double> = try student(X, Wˢ, c, λ, η, count, H)
          let subject = "the codes for N = \(N), D = \(D), K = \(K), λ = \(λ), η = \(η), count = \(count)"
          var expected = H
          for n in 0..<N {
            for _ in 0..<count {
              let h = expected.row(n)
              let error = (0..<D).map { i in (0..<K).reduce(c[i] - X[n, i]) { $0 + Wˢ[i, $1] * h[$1] } }
              for l in 0..<K {
                let slope = (0..<D).reduce(0) { $0 + Wˢ[$1, l] * error[$1] }
                expected[n, l] = nearest(to: h[l] - η * slope, penalty: η * λ)
              }
            }
          }
          try expect(subject, codes, equals: expected)
        }
      }
    },
    Examination("sparsityGradient") { student, draw in
      for (N, K) in [(6, 3), (3, 5), (1, 4), (5, 1)] {
        let ρ = hundredths(&draw, in: 2...40)
        var A = draw.matrix(N, K)
        let subject = "the gradient for ρ = \(ρ), \(N) examples in \(K) units"
        let gradient: Matrix<Double> = try student(A, ρ)
        // By central differences, of which seven decimals can be trusted.
        let differences = Matrix(rows: N, columns: K) { n, l in
          let values = [1e-5, -1e-5].map { ε in
            divergence(ρ, (0..<N).map { 1 / (1 + .exp(-A[$0, l] - ($0 == n ? ε : 0))) })
          }
          return (values[0] - values[1]) / 2e-5
        }
        try expect(subject, gradient, equals: differences, within: 1e-7)
        for stuck in [-40.0, 40] {
          for n in 0..<N { A[n, 0] = stuck }
          if K > 1 { A[0, K - 1] = -stuck }
          let gradient: Matrix<Double> = try student(A, ρ)
          // Multiplied out: (ρ̂ − ρ) / (ρ̂ (1 − ρ̂)) times h (1 − h) / N.
          let expected = Matrix(rows: N, columns: K) { n, l in
            let (on, off) = A.column(l).reduce((0, 0)) { ($0.0 + 1 / (1 + .exp(-$1)), $0.1 + 1 / (1 + .exp($1))) }
            let distance = on * (1 - ρ) - off * ρ
            return distance / (on * off * (2 + .exp(A[n, l]) + .exp(-A[n, l])))
          }
          try expect("\(subject), unit 0 with a = \(stuck) for all", gradient, equals: expected)
        }
      }
    },
  ]
}

/// A whole number of hundredths, legible in a message.
private func hundredths(_ draw: inout Draw, in range: ClosedRange<Int>) -> Double {
  Double(draw.integer(in: range)) / 100
}

/// The divergence of a coin that shows 1 as often as the mean of `h` from one that does so with probability ρ.
private func divergence(_ ρ: Double, _ h: [Double]) -> Double {
  let on = h.sum() / Double(h.count)
  return ρ * .log(ρ) + (1 - ρ) * .log(1 - ρ) - ρ * .log(on) - (1 - ρ) * .log(1 - on)
}

/// (n − (Σ|r|)²/Σr²) / (n − 1), the same as (1 − a) / (1 − 1/n).
private func sparseness(_ r: [Double]) -> Double {
  let (sum, squares) = r.reduce((0, 0)) { ($0.0 + abs($1), $0.1 + $1 * $1) }
  return (Double(r.count) - sum * sum / squares) / Double(r.count - 1)
}

/// The h that minimises ½ (h − v)² + t |h|.
private func nearest(to v: Double, penalty t: Double) -> Double { max(v - t, 0) - max(-v - t, 0) }
