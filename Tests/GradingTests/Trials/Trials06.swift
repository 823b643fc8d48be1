import LinearAlgebra

extension Trial {
  static let lesson06: [Trial] = [
    Trial("contractivePenalty", contractivePenalty) { mistake in
      mistake("the square taken after the sum over inputs") { X, W, b in
        let (S, sums) = (slopes(activations(X, W, b)), W.rowSums)
        return dot((S ⊙ S).columnMeans, sums.map { $0 * $0 })
      }
      mistake("h(1 − h) not squared") { X, W, b in
        dot(slopes(activations(X, W, b)).columnMeans, (W ⊙ W).rowSums)
      }
      mistake("not averaged over examples") { X, W, b in try contractivePenalty(X, W: W, b: b) * Double(X.rows) }
      mistake("averaged over units too") { X, W, b in try contractivePenalty(X, W: W, b: b) / Double(W.rows) }
      mistake("a factor ½") { X, W, b in try contractivePenalty(X, W: W, b: b) / 2 }
      mistake("the norm not squared") { X, W, b in
        let S = slopes(activations(X, W, b))
        return mean((0..<X.rows).map { (Matrix.diagonal(S.row($0)) * W).norm })
      }
      mistake("the slope of tanh") { X, W, b in
        let S = activations(X, W, b).map { 1 - $0 * $0 }
        return dot((S ⊙ S).columnMeans, (W ⊙ W).rowSums)
      }
      mistake("the slope of the mean activation") { X, W, b in
        let s = activations(X, W, b).columnMeans.map { $0 * (1 - $0) }
        return (Matrix.diagonal(s) * W).squaredNorm
      }
      mistake("the mean slope squared") { X, W, b in
        (Matrix.diagonal(slopes(activations(X, W, b)).columnMeans) * W).squaredNorm
      }
      mistake("the bound ‖W‖² / 16") { _, W, _ in W.squaredNorm / 16 }
      mistake("biases left out") { X, W, b in try contractivePenalty(X, W: W, b: b.map { _ in 0 }) }
      mistake("the spectral norm") { X, W, b in
        let S = slopes(activations(X, W, b))
        return mean(
          (0..<X.rows).map { n in
            let σ = SVD(Matrix.diagonal(S.row(n)) * W).σ[0]
            return σ * σ
          })
      }
    },
    Trial("twoLayerJacobian", twoLayerJacobian) { mistake in
      mistake("transposed") { x, W₁, b₁, W₂, b₂ in try twoLayerJacobian(at: x, W₁: W₁, b₁: b₁, W₂: W₂, b₂: b₂).T }
      mistake("the slope of the sigmoid in both layers") { x, W₁, b₁, W₂, b₂ in
        product(x, W₁, b₁, W₂, b₂, lower: { $0 * (1 - $0) })
      }
      mistake("the slope of tanh in both layers") { x, W₁, b₁, W₂, b₂ in
        product(x, W₁, b₁, W₂, b₂, upper: { 1 - $0 * $0 })
      }
      mistake("the slopes of the layers interchanged") { x, W₁, b₁, W₂, b₂ in
        product(x, W₁, b₁, W₂, b₂, upper: { 1 - $0 * $0 }, lower: { $0 * (1 - $0) })
      }
      mistake("the lower slope left out") { x, W₁, b₁, W₂, b₂ in product(x, W₁, b₁, W₂, b₂, lower: { _ in 1 }) }
      mistake("the upper slope left out") { x, W₁, b₁, W₂, b₂ in product(x, W₁, b₁, W₂, b₂, upper: { _ in 1 }) }
      mistake("W₂W₁ alone") { _, W₁, _, W₂, _ in W₂ * W₁ }
      mistake("1 − z instead of 1 − z²") { x, W₁, b₁, W₂, b₂ in product(x, W₁, b₁, W₂, b₂, lower: { 1 - $0 }) }
      mistake("the slope at the activation, not at the pre-activation") { x, W₁, b₁, W₂, b₂ in
        product(x, W₁, b₁, W₂, b₂, lower: { 1 - Double.tanh($0) * Double.tanh($0) })
      }
      mistake("the upper layer is given the pre-activations") { x, W₁, b₁, W₂, b₂ in
        let a = zip(W₁ * x, b₁).map { $0 + $1 }
        let h = zip(W₂ * a, b₂).map { Double.sigmoid($0 + $1) }
        return Matrix.diagonal(h.map { $0 * (1 - $0) }) * W₂
          * Matrix.diagonal(a.map { 1 - Double.tanh($0) * Double.tanh($0) }) * W₁
      }
      mistake("biases left out") { x, W₁, b₁, W₂, b₂ in
        product(x, W₁, b₁.map { _ in 0 }, W₂, b₂.map { _ in 0 })
      }
      mistake("tanh in both layers") { x, W₁, b₁, W₂, b₂ in
        let z = zip(W₁ * x, b₁).map { Double.tanh($0 + $1) }
        let h = zip(W₂ * z, b₂).map { Double.tanh($0 + $1) }
        return Matrix.diagonal(h.map { 1 - $0 * $0 }) * W₂ * Matrix.diagonal(z.map { 1 - $0 * $0 }) * W₁
      }
    },
    Trial("contractiveGradient", contractiveGradient) { mistake in
      mistake("W held constant in J: its own term missing") { X, W, b in gradient(X, W, b, own: 0) }
      mistake("the slope held constant: nothing but its own term") { X, W, b in gradient(X, W, b, turn: { _ in 0 }) }
      mistake("the gradient of the biases 0") { X, W, b in (gradient(X, W, b).0, b.map { _ in 0 }) }
      mistake("1 − 2h forgotten") { X, W, b in gradient(X, W, b, turn: { _ in 1 }) }
      mistake("1 − h instead of 1 − 2h") { X, W, b in gradient(X, W, b, turn: { 1 - $0 }) }
      mistake("the sign of 1 − 2h turned") { X, W, b in gradient(X, W, b, turn: { 2 * $0 - 1 }) }
      mistake("the factor 2 missing") { X, W, b in gradient(X, W, b, scale: 1) }
      mistake("not averaged over examples") { X, W, b in gradient(X, W, b, scale: 2 * Double(X.rows)) }
      mistake("the biases' gradient not averaged") { X, W, b in
        let (w, v) = gradient(X, W, b)
        return (w, v.map { $0 * Double(X.rows) })
      }
      mistake("h(1 − h) not squared") { X, W, b in gradient(X, W, b, slope: { ($0 * (1 - $0)).squareRoot() }) }
      mistake("the slope of tanh") { X, W, b in gradient(X, W, b, slope: { 1 - $0 * $0 }) }
      mistake("the lengths of the weights not squared") { X, W, b in
        gradient(X, W, b, lengths: (W ⊙ W).rowSums.map { $0.squareRoot() })
      }
      mistake("the weights summed before they are squared") { X, W, b in
        gradient(X, W, b, lengths: W.rowSums.map { $0 * $0 })
      }
      mistake("the whole ‖W‖² in each unit") { X, W, b in gradient(X, W, b, lengths: b.map { _ in W.squaredNorm }) }
      mistake("right for one example: the gradient at the mean example") { X, W, b in
        gradient(Matrix(rows: 1, columns: X.columns, elements: X.columnMeans), W, b)
      }
      mistake("ascending: the sign turned") { X, W, b in gradient(X, W, b, scale: -2) }
    },
    Trial("sensitivityRatio", sensitivityRatio) { mistake in
      mistake("the mean of the ratios") { X, W, b, u, v in
        mean(zip(sensitivities(X, W, b, u), sensitivities(X, W, b, v)).map { $0 / $1 })
      }
      mistake("squares") { X, W, b, u, v in
        sensitivities(X, W, b, u).map { $0 * $0 }.sum() / sensitivities(X, W, b, v).map { $0 * $0 }.sum()
      }
      mistake("the root of the ratio of squares") { X, W, b, u, v in
        norm(sensitivities(X, W, b, u)) / norm(sensitivities(X, W, b, v))
      }
      mistake("upside down") { X, W, b, u, v in try sensitivityRatio(X, W: W, b: b, along: v, over: u) }
      mistake("the slopes left out: ‖Wu‖ / ‖Wv‖") { _, W, _, u, v in norm(W * u) / norm(W * v) }
      mistake("the slope of tanh") { X, W, b, u, v in
        let S = activations(X, W, b).map { 1 - $0 * $0 }
        let sums = [u, v].map { u in (0..<X.rows).map { n in norm(zip(S.row(n), W * u).map { $0 * $1 }) }.sum() }
        return sums[0] / sums[1]
      }
      mistake("the mean Jacobian's sensitivities") { X, W, b, u, v in
        let s = slopes(activations(X, W, b)).columnMeans
        return norm(zip(s, W * u).map { $0 * $1 }) / norm(zip(s, W * v).map { $0 * $1 })
      }
      mistake("the Jacobian at the mean example") { X, W, b, u, v in
        let centre = Matrix(rows: 1, columns: X.columns, elements: X.columnMeans)
        return X.rows == 1 ? 1 : try sensitivityRatio(centre, W: W, b: b, along: u, over: v)
      }
      mistake("biases left out") { X, W, b, u, v in
        try sensitivityRatio(X, W: W, b: b.map { _ in 0 }, along: u, over: v)
      }
      mistake("the units' changes added up instead of their squares") { X, W, b, u, v in
        let S = slopes(activations(X, W, b))
        let sums = [u, v].map { u in (0..<X.rows).map { n in dot(S.row(n), (W * u).map { abs($0) }) }.sum() }
        return sums[0] / sums[1]
      }
      mistake("how long the codes of u and v are, not how they change") { X, W, b, u, v in
        let codes = activations(Matrix(rows: 2, columns: u.count, elements: u + v), W, b)
        return norm(codes.row(0)) / norm(codes.row(1))
      }
    },
    Trial("noiseCost", noiseCost) { mistake in
      mistake("the Laplacian's term left out") { x, W, b, c in noiseCost(x, W, b, c, laplacian: { _ in 0 }) }
      mistake("the Jacobian's term left out") { x, W, b, c in noiseCost(x, W, b, c, jacobian: { _, _ in 0 }) }
      mistake("the encoder's Jacobian: the contractive penalty") { x, W, b, c in
        noiseCost(x, W, b, c, jacobian: { J, _ in J.squaredNorm })
      }
      mistake("the norms multiplied instead of the matrices") { x, W, b, c in
        noiseCost(x, W, b, c, jacobian: { J, W in J.squaredNorm * W.squaredNorm })
      }
      mistake("the trace of J_r squared") { x, W, b, c in
        noiseCost(x, W, b, c, jacobian: { J, W in (W.T * J).trace * (W.T * J).trace })
      }
      mistake("the norm of J_r not squared") { x, W, b, c in noiseCost(x, W, b, c, jacobian: { ($1.T * $0).norm }) }
      mistake("the sign of r(x) − x turned") { x, W, b, c in noiseCost(x, W, b, c, laplacian: { -$0 }) }
      mistake("a factor ½ of the Laplacian") { x, W, b, c in noiseCost(x, W, b, c, laplacian: { $0 / 2 }) }
      mistake("the cross term's 2 kept, the ½ of Taylor's series forgotten") { x, W, b, c in
        noiseCost(x, W, b, c, laplacian: { 2 * $0 })
      }
      mistake("1 − 2h forgotten in the second derivative") { x, W, b, c in
        noiseCost(x, W, b, c, second: { $0 * (1 - $0) })
      }
      mistake("the second derivative h(1 − 2h)") { x, W, b, c in
        noiseCost(x, W, b, c, second: { $0 * (1 - 2 * $0) })
      }
      mistake("the decoder's bias left out") { x, W, b, c in noiseCost(x, W, b, c.map { _ in 0 }) }
      mistake("r(x) instead of r(x) − x") { x, W, b, c in noiseCost(x, W, b, zip(c, x).map { $0 + $1 }) }
      mistake("the lengths of the weights not squared") { x, W, b, c in
        noiseCost(x, W, b, c, lengths: (W ⊙ W).rowSums.map { $0.squareRoot() })
      }
      mistake("a single second derivative for all directions") { x, W, b, c in
        noiseCost(x, W, b, c, lengths: W.rowSums.map { $0 * $0 })
      }
      mistake("the Jacobian's term halved") { x, W, b, c in
        noiseCost(x, W, b, c, jacobian: { ($1.T * $0).squaredNorm / 2 })
      }
    },
  ]
}

private func activations(_ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double]) -> Matrix<Double> {
  var A = X * W.T
  A.addToEachRow(b)
  return sigmoid(A)
}

private func slopes(_ H: Matrix<Double>) -> Matrix<Double> { H.map { $0 * (1 - $0) } }

/// ‖J_r‖² + (r(x) − x)ᵀ Δr, made of parts that may be wrong. `jacobian` is given the encoder's Jacobian, and W.
private func noiseCost(
  _ x: [Double], _ W: Matrix<Double>, _ b: [Double], _ c: [Double],
  jacobian: (Matrix<Double>, Matrix<Double>) -> Double = { ($1.T * $0).squaredNorm },
  second: (Double) -> Double = { $0 * (1 - $0) * (1 - 2 * $0) }, lengths: [Double]? = nil,
  laplacian: (Double) -> Double = { $0 }
) -> Double {
  let h = zip(W * x, b).map { Double.sigmoid($0 + $1) }
  let ρ = zip(zip(W.T * h, c), x).map { $0.0 + $0.1 - $1 }
  let curvatures = zip(h, lengths ?? (W ⊙ W).rowSums).map { second($0) * $1 }
  let J = Matrix.diagonal(h.map { $0 * (1 - $0) }) * W
  return jacobian(J, W) + laplacian(dot(ρ, W.T * curvatures))
}

/// D₂ W₂ D₁ W₁ with slopes that are any functions of the activations h and z.
private func product(
  _ x: [Double], _ W₁: Matrix<Double>, _ b₁: [Double], _ W₂: Matrix<Double>, _ b₂: [Double],
  upper: (Double) -> Double = { $0 * (1 - $0) }, lower: (Double) -> Double = { 1 - $0 * $0 }
) -> Matrix<Double> {
  let z = zip(W₁ * x, b₁).map { Double.tanh($0 + $1) }
  let h = zip(W₂ * z, b₂).map { Double.sigmoid($0 + $1) }
  return Matrix.diagonal(h.map(upper)) * W₂ * Matrix.diagonal(z.map(lower)) * W₁
}

/// The gradient made of factors that may be wrong: `own` is what multiplies W, `turn` the derivative of h(1 − h)
/// over h(1 − h).
private func gradient(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], scale: Double = 2, own: Double = 1,
  turn: (Double) -> Double = { 1 - 2 * $0 }, slope: (Double) -> Double = { $0 * (1 - $0) },
  lengths: [Double]? = nil
) -> (Matrix<Double>, [Double]) {
  let H = activations(X, W, b)
  let (S, lengths) = (H.map(slope), lengths ?? (W ⊙ W).rowSums)
  let δ = Matrix(rows: X.rows, columns: W.rows) { n, j in
    scale * S[n, j] * S[n, j] * turn(H[n, j]) * lengths[j] / Double(X.rows)
  }
  return (own * scale * (Matrix.diagonal((S ⊙ S).columnMeans) * W) + δ.T * X, δ.columnSums)
}

/// ‖J(xₙ) u‖ for each n.
private func sensitivities(_ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ u: [Double]) -> [Double] {
  let S = slopes(activations(X, W, b))
  return (0..<X.rows).map { n in norm(zip(S.row(n), W * u).map { $0 * $1 }) }
}
