import LinearAlgebra

extension Examination {
  /// 11 · Predictive sparse decomposition.
  static let lesson11 = [
    Examination("proximalStep") { student, draw in
      for (N, D, K, γ) in [(3, 4, 6, 0.7), (1, 5, 3, 2.5), (2, 3, 8, 0.0), (4, 6, 4, 0.05)] {
        let (H, X, W, P) = (draw.matrix(N, K), draw.matrix(N, D), draw.matrix(D, K), draw.matrix(N, K))
        let (λ, L) = (draw.number(in: 0.1..<1.5), draw.number(in: 2..<20))
        let step: Matrix<Double> = try student(H, X, W, P, λ, γ, L)
        // Unit by unit, the slope of the bowl without |u| vanishes at m; it is c (u − m) with the curvature c.
        let slopes = (H * W.T - X) * W
        let expected = Matrix(rows: N, columns: K) { n, l in
          let c = L + γ
          let m = (L * H[n, l] - slopes[n, l] + γ * P[n, l]) / c
          return m > λ / c ? m - λ / c : m < -λ / c ? m + λ / c : 0
        }
        try expect("the step of \(N) examples in \(K) units, γ = \(γ)", step, equals: expected)
      }
    },
    Examination("sweptColumns") { student, draw in
      for (N, D, K) in [(7, 4, 3), (5, 3, 6), (9, 6, 1), (4, 5, 2)] {
        let (X, W) = (draw.matrix(N, D), draw.matrix(D, K))
        var H = draw.matrix(N, K)
        // A column that no code uses
        if K > 2 { for n in 0..<N { H[n, 1] = 0 } }
        let swept: Matrix<Double> = try student(W, H, X)
        let task = "\(K) columns for \(N) examples"
        try expect("the dictionary of \(task)", swept, hasRows: D, columns: K)
        var expected = W
        for l in 0..<K where H.column(l).contains(where: { $0 != 0 }) {
          // The residual without column l, example by example
          var direction = [Double](repeating: 0, count: D)
          for n in 0..<N {
            for i in 0..<D {
              let others = (0..<K).map { $0 == l ? 0 : H[n, $0] * expected[i, $0] }.sum()
              direction[i] += H[n, l] * (X[n, i] - others)
            }
          }
          let length = norm(direction)
          for i in 0..<D { expected[i, l] = direction[i] / length }
        }
        try expect("the dictionary of \(task)", swept, equals: expected)
      }
    },
    Examination("acceleratedCodes") { student, draw in
      for (N, D, K, count) in [(2, 4, 6, 5), (1, 3, 3, 0), (3, 5, 2, 1), (2, 4, 7, 2), (2, 6, 9, 12)] {
        let (X, W) = (draw.matrix(N, D), draw.matrix(D, K))
        let λ = draw.number(in: 0.05..<0.6)
        let σ₁ = SVD(W).σ[0]
        let L = σ₁ * σ₁ * draw.number(in: 1..<1.5)
        let codes: Matrix<Double> = try student(X, W, λ, L, count)
        var (H, before, τ) = (Matrix<Double>(rows: N, columns: K), Matrix<Double>(rows: N, columns: K), 1.0)
        var share = 0.0
        for _ in 0..<count {
          let Y = H + share * (H - before)
          let step = Y - (1 / L) * ((Y * W.T - X) * W)
          before = H
          H = step.map { $0 > λ / L ? $0 - λ / L : $0 < -λ / L ? $0 + λ / L : 0 }
          let next = (1 + (1 + 4 * τ * τ).squareRoot()) / 2
          (share, τ) = ((τ - 1) / next, next)
        }
        try expect("the codes after \(count) step\(count == 1 ? "" : "s") of FISTA", codes, equals: H)
      }
    },
    Examination("dualityGap") { student, draw in
      for (D, K, scale) in [(4, 6, 1.0), (5, 3, 0.02), (3, 8, 1.0), (6, 4, 0.3)] {
        let (x, W, λ) = (draw.normals(D), draw.matrix(D, K), draw.number(in: 0.1..<0.8))
        let h = scale .* draw.normals(K)
        let gap: Double = try student(h, x, W, λ)
        try expect("the gap of a code of \(K) units", gap, equals: reference(h, x, W, λ))
      }
      // A residual that needs no shortening, none at all, and a code of zeros.
      let (x, W) = (draw.normals(4), draw.matrix(4, 3))
      let weak = (W.T * x).map(abs).greatest() * 1.5
      let none = [Double](repeating: 0, count: 3)
      let zeros: Double = try student(none, x, W, weak)
      try expect("the gap of zeros that are the best code", zeros, equals: 0)
      let code = draw.normals(3)
      let exact: Double = try student(code, W * code, W, 0.5)
      try expect("the gap of a code without error", exact, equals: 0.5 * code.map(abs).sum(), within: 1e-9)
    },
  ]
}

/// F(h) less the bound of its shortened residual.
private func reference(_ h: [Double], _ x: [Double], _ W: Matrix<Double>, _ λ: Double) -> Double {
  let r = x .- W * h
  let loudest = (W.T * r).map(abs).greatest()
  let s = loudest > λ ? λ / loudest : 1
  return dot(r, r) / 2 + λ * h.map(abs).sum() - s * dot(r, x) + s * s / 2 * dot(r, r)
}
