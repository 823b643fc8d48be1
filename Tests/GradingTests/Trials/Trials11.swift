import LinearAlgebra

extension Trial {
  static let lesson11: [Trial] = [
    Trial("proximalStep", proximalStep) { mistake in
      mistake("the prediction left out") { H, X, W, P, λ, _, L in
        try proximalStep(from: H, data: X, dictionary: W, predictions: P, λ: λ, γ: 0, L: L)
      }
      mistake("the threshold λ/L") { H, X, W, P, λ, γ, L in
        let M = (L * H - (H * W.T - X) * W + γ * P) / (L + γ)
        return M.map { soft($0, λ / L) }
      }
      mistake("the threshold λ") { H, X, W, P, λ, γ, L in
        let M = (L * H - (H * W.T - X) * W + γ * P) / (L + γ)
        return M.map { soft($0, λ) }
      }
      mistake("thresholded first, then drawn to the prediction") { H, X, W, P, λ, γ, L in
        let M = (H - (1 / L) * ((H * W.T - X) * W)).map { soft($0, λ / L) }
        return (L * M + γ * P) / (L + γ)
      }
      mistake("up the slope") { H, X, W, P, λ, γ, L in
        try proximalStep(from: H, data: 2 * H * W.T - X, dictionary: W, predictions: P, λ: λ, γ: γ, L: L)
      }
      mistake("the mean of both without weights") { H, X, W, P, λ, γ, L in
        let M = 0.5 * (H - (1 / L) * ((H * W.T - X) * W) + P)
        return M.map { soft($0, λ / (L + γ)) }
      }
      mistake("codes that cannot be negative") { H, X, W, P, λ, γ, L in
        try proximalStep(from: H, data: X, dictionary: W, predictions: P, λ: λ, γ: γ, L: L).map { max($0, 0) }
      }
    },
    Trial("sweptColumns", sweptColumns) { mistake in
      mistake("not of length 1") { W, H, X in
        swept(W, H, X) { w, h in (1 / dot(h, h)) .* w }
      }
      mistake("length 1 at most") { W, H, X in
        swept(W, H, X) { w, h in
          let best = (1 / dot(h, h)) .* w
          return (1 / max(norm(best), 1)) .* best
        }
      }
      mistake("all from the old columns") { W, H, X in
        var all = W
        for l in 0..<W.columns {
          let one = swept(W, H, X, only: l) { w, _ in (1 / norm(w)) .* w }
          for i in 0..<W.rows { all[i, l] = one[i, l] }
        }
        return all
      }
      mistake("its own share not put back") { W, H, X in
        var V = W
        for l in 0..<V.columns where H.column(l).contains(where: { $0 != 0 }) {
          let w = (X - H * V.T).T * H.column(l)
          for i in 0..<V.rows { V[i, l] = w[i] / norm(w) }
        }
        return V
      }
      mistake("least squares for all, then normalised") { W, H, X in
        var V = (H.pseudoInverse() * X).T
        for l in 0..<V.columns where norm(V.column(l)) > 0 {
          let length = norm(V.column(l))
          for i in 0..<V.rows { V[i, l] /= length }
        }
        return V
      }
      mistake("only normalised") { W, _, _ in
        Matrix(rows: W.rows, columns: W.columns) { W[$0, $1] / norm(W.column($1)) }
      }
      mistake("an unused column becomes NaN") { W, H, X in
        var V = W
        for l in 0..<V.columns {
          let h = H.column(l)
          let w = (X - H * V.T).T * h .+ dot(h, h) .* V.column(l)
          for i in 0..<V.rows { V[i, l] = w[i] / norm(w) }
        }
        return V
      }
    },
    Trial("acceleratedCodes", acceleratedCodes) { mistake in
      mistake("no momentum") { X, W, λ, L, count in
        fista(X, W, λ, L, count) { _ in 0 }
      }
      mistake("momentum from the first step on: (τ⁻ − 1)/τ with the next τ") { X, W, λ, L, count in
        fista(X, W, λ, L, count) { q in (taus[q + 1] - 1) / taus[q + 2] }
      }
      mistake("(τ − 1)/τ of one τ") { X, W, λ, L, count in
        fista(X, W, λ, L, count) { q in (taus[q + 1] - 1) / taus[q + 1] }
      }
      mistake("a constant momentum of 0.9") { X, W, λ, L, count in
        fista(X, W, λ, L, count) { _ in 0.9 }
      }
      mistake("the slope at the code, not at y") { X, W, λ, L, count in
        var H = Matrix<Double>(rows: X.rows, columns: W.columns)
        var Y = H
        for q in 0..<count {
          let next = (Y - (1 / L) * ((H * W.T - X) * W)).map { soft($0, λ / L) }
          Y = next + ((taus[q] - 1) / taus[q + 1]) * (next - H)
          H = next
        }
        return H
      }
      mistake("the point beyond the last code") { X, W, λ, L, count in
        var H = Matrix<Double>(rows: X.rows, columns: W.columns)
        var Y = H
        for q in 0..<count {
          let next = (Y - (1 / L) * ((Y * W.T - X) * W)).map { soft($0, λ / L) }
          Y = next + ((taus[q] - 1) / taus[q + 1]) * (next - H)
          H = next
        }
        return Y
      }
      mistake("the threshold λ") { X, W, λ, L, count in
        try acceleratedCodes(of: X, dictionary: W, λ: λ * L, L: L, count: count)
      }
    },
    Trial("dualityGap", dualityGap) { mistake in
      mistake("the residual not shortened") { h, x, W, λ in
        let r = x .- W * h
        return objective(h, r, λ) - dot(r, x) + dot(r, r) / 2
      }
      mistake("always stretched to λ") { h, x, W, λ in
        let r = x .- W * h
        let s = λ / (W.T * r).map(abs).greatest()
        return objective(h, r, λ) - s * dot(r, x) + s * s / 2 * dot(r, r)
      }
      mistake("s not squared") { h, x, W, λ in
        let r = x .- W * h
        let s = min(1, λ / max((W.T * r).map(abs).greatest(), 1e-300))
        return objective(h, r, λ) - s * dot(r, x) + s / 2 * dot(r, r)
      }
      mistake("shortened to the sum of the answers") { h, x, W, λ in
        let r = x .- W * h
        let s = min(1, λ / max((W.T * r).map(abs).sum(), 1e-300))
        return objective(h, r, λ) - s * dot(r, x) + s * s / 2 * dot(r, r)
      }
      mistake("answers without their magnitude") { h, x, W, λ in
        let r = x .- W * h
        let loudest = (W.T * r).greatest()
        let s = loudest > λ ? λ / loudest : 1
        return objective(h, r, λ) - s * dot(r, x) + s * s / 2 * dot(r, r)
      }
      mistake("the bound itself") { h, x, W, λ in
        let r = x .- W * h
        return objective(h, r, λ) - (try dualityGap(of: h, image: x, dictionary: W, λ: λ))
      }
      mistake("the error without ½") { h, x, W, λ in
        let r = x .- W * h
        return try dualityGap(of: h, image: x, dictionary: W, λ: λ) + dot(r, r) / 2
      }
    },
  ]
}

private func soft(_ v: Double, _ t: Double) -> Double { v > t ? v - t : v < -t ? v + t : 0 }

private func objective(_ h: [Double], _ r: [Double], _ λ: Double) -> Double {
  dot(r, r) / 2 + λ * h.map(abs).sum()
}

/// FISTA's τ, the first being 1.
private let taus: [Double] = {
  var taus = [1.0]
  for _ in 0..<20 {
    let last = taus[taus.count - 1]
    taus.append((1 + (1 + 4 * last * last).squareRoot()) / 2)
  }
  return taus
}()

/// FISTA with another momentum after step q, counted from 0.
private func fista(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ λ: Double, _ L: Double, _ count: Int, _ share: (Int) -> Double
) -> Matrix<Double> {
  var H = Matrix<Double>(rows: X.rows, columns: W.columns)
  var Y = H
  for q in 0..<count {
    let next = (Y - (1 / L) * ((Y * W.T - X) * W)).map { soft($0, λ / L) }
    Y = next + share(q) * (next - H)
    H = next
  }
  return H
}

/// A sweep that makes something else of Rᵀh than a unit vector; of one column only, if so wished.
private func swept(
  _ W: Matrix<Double>, _ H: Matrix<Double>, _ X: Matrix<Double>, only: Int? = nil,
  _ column: ([Double], [Double]) -> [Double]
) -> Matrix<Double> {
  var V = W
  for l in 0..<V.columns where only ?? l == l && H.column(l).contains(where: { $0 != 0 }) {
    let h = H.column(l)
    let w = column((X - H * V.T).T * h .+ dot(h, h) .* V.column(l), h)
    for i in 0..<V.rows { V[i, l] = w[i] }
  }
  return V
}
