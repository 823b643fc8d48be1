import LinearAlgebra

extension Trial {
  static let lesson00: [Trial] = [
    Trial("excessCrossEntropy", excessCrossEntropy) { mistake in
      mistake("the entropy not taken away") { X, A in (softplus(A).sum - dot(X, A)) / Double(X.rows) }
      mistake("averaged over the pixels too") { X, A in
        try excessCrossEntropy(of: X, preActivations: A) / Double(X.columns)
      }
      mistake("summed over the examples") { X, A in
        try excessCrossEntropy(of: X, preActivations: A) * Double(X.rows)
      }
      mistake("by log x̂, infinite where a unit is saturated") { X, A in
        excess(X, sigmoid(A)) { x, x̂ in xlogy(x, x / x̂) + xlogy(1 - x, (1 - x) / (1 - x̂)) }
      }
      mistake("x̂ kept between 10⁻¹² and 1 − 10⁻¹²") { X, A in
        excess(X, sigmoid(A).map { min(max($0, 1e-12), 1 - 1e-12) }) { x, x̂ in
          xlogy(x, x / x̂) + xlogy(1 - x, (1 - x) / (1 - x̂))
        }
      }
      mistake("10⁻⁸ added in each logarithm") { X, A in
        excess(X, sigmoid(A)) { x, x̂ in
          x * Double.log((x + 1e-8) / (x̂ + 1e-8)) + (1 - x) * Double.log((1 - x + 1e-8) / (1 - x̂ + 1e-8))
        }
      }
      mistake("logarithms not below −100") { X, A in
        excess(X, A) { x, a in
          xlogy(x, x) + xlogy(1 - x, 1 - x) + min(Double.softplus(-a), 100) * x + min(Double.softplus(a), 100) * (1 - x)
        }
      }
      mistake("0 log 0 is no number") { X, A in
        excess(X, A) { x, a in
          x * Double.log(x) + (1 - x) * Double.log(1 - x) + Double.softplus(a) - x * a
        }
      }
      mistake("the pixels that are off forgotten") { X, A in
        excess(X, A) { x, a in xlogy(x, x) + x * Double.softplus(-a) }
      }
      mistake("the sigmoid taken twice") { X, A in try excessCrossEntropy(of: X, preActivations: sigmoid(A)) }
      mistake("negative") { X, A in -(try excessCrossEntropy(of: X, preActivations: A)) }
    },
    Trial("softmaxGradient", softmaxGradient) { mistake in
      mistake("one word a document taken for granted") { X, A in (softmax(A) - X) / Double(X.rows) }
      mistake("summed over the documents") { X, A in
        Double(X.rows) * (try softmaxGradient(counts: X, preActivations: A))
      }
      mistake("averaged over the words") { X, A in
        Double(X.rows) / X.sum * (try softmaxGradient(counts: X, preActivations: A))
      }
      mistake("averaged over the vocabulary too") { X, A in
        try softmaxGradient(counts: X, preActivations: A) / Double(X.columns)
      }
      mistake("the other sign") { X, A in -(try softmaxGradient(counts: X, preActivations: A)) }
      mistake("counts divided by their sum") { X, A in
        let words = X.rowSums.map { max($0, 1) }
        let shares = Matrix(rows: X.rows, columns: X.columns) { n, k in X[n, k] / words[n] }
        return try softmaxGradient(counts: shares, preActivations: A)
      }
      mistake("no shift: overflow") { X, A in counted(X, unshiftedSoftmax(A)) }
      mistake("one shift for all rows: 0 / 0") { X, A in
        let largest = A.elements.greatest()
        return counted(X, unshiftedSoftmax(A.map { $0 - largest }))
      }
      mistake("the softmax over the documents") { X, A in counted(X, softmax(A.T).T) }
      mistake("a sigmoid for each word") { X, A in counted(X, sigmoid(A)) }
    },
    Trial("backPropagation", backPropagation) { mistake in
      mistake("the variances left out") { X, v, W, b, Wˢ, c in
        try backPropagation(X, variances: v.map { _ in 1 }, W: W, b: b, Wˢ: Wˢ, c: c)
      }
      mistake("standard deviations for variances") { X, v, W, b, Wˢ, c in
        try backPropagation(X, variances: v.map { $0.squareRoot() }, W: W, b: b, Wˢ: Wˢ, c: c)
      }
      mistake("the ½ forgotten") { X, v, W, b, Wˢ, c in
        let g = try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c)
        return (2 * g.W, 2 * g.Wˢ)
      }
      mistake("not divided by N") { X, v, W, b, Wˢ, c in
        let g = try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c)
        return (Double(X.rows) * g.W, Double(X.rows) * g.Wˢ)
      }
      mistake("averaged over the pixels too") { X, v, W, b, Wˢ, c in
        let g = try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c)
        return (g.W / Double(X.columns), g.Wˢ / Double(X.columns))
      }
      mistake("transposed") { X, v, W, b, Wˢ, c in
        let g = try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c)
        return (g.W.T, g.Wˢ.T)
      }
      mistake("x − x̂") { X, v, W, b, Wˢ, c in
        let g = try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c)
        return (-g.W, -g.Wˢ)
      }
      mistake("the slope of the hidden units forgotten") { X, v, W, b, Wˢ, c in
        let (H, δˢ) = forward(X, v, W, b, Wˢ, c)
        return ((δˢ * Wˢ).T * X, δˢ.T * H)
      }
      mistake("the slope at h in place of a") { X, v, W, b, Wˢ, c in
        let (H, δˢ) = forward(X, v, W, b, Wˢ, c)
        return (((δˢ * Wˢ) ⊙ slope(sigmoid(H))).T * X, δˢ.T * H)
      }
      mistake("a sigmoid's slope at the linear outputs") { X, v, W, b, Wˢ, c in
        let (H, δˢ) = forward(X, v, W, b, Wˢ, c)
        let X̂ = Double(X.rows) * (δˢ * .diagonal(v)) + X
        let δ = δˢ ⊙ slope(sigmoid(X̂))
        return (((δ * Wˢ) ⊙ slope(H)).T * X, δ.T * H)
      }
      mistake("the error carried back by the encoder's weights") { X, v, W, b, Wˢ, c in
        let (H, δˢ) = forward(X, v, W, b, Wˢ, c)
        return (((δˢ * W.T) ⊙ slope(H)).T * X, δˢ.T * H)
      }
      mistake("the biases left out") { X, v, W, b, Wˢ, c in
        try backPropagation(X, variances: v, W: W, b: b.map { _ in 0 }, Wˢ: Wˢ, c: c.map { _ in 0 })
      }
      mistake("the variances in the decoder's gradient only") { X, v, W, b, Wˢ, c in
        let plain = try backPropagation(X, variances: v.map { _ in 1 }, W: W, b: b, Wˢ: Wˢ, c: c)
        return (plain.W, try backPropagation(X, variances: v, W: W, b: b, Wˢ: Wˢ, c: c).Wˢ)
      }
    },
    Trial("deepTiedGradients", deepTiedGradients) { mistake in
      mistake("both terms of the decoder dropped") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (g.encoder₁, g.encoder₂)
      }
      mistake("the decoder's term of the inner matrix dropped") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (g.encoder₁ + g.decoder₁, g.encoder₂)
      }
      mistake("the decoder's term of the outer matrix dropped") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (g.encoder₁, g.encoder₂ + g.decoder₂)
      }
      mistake("the encoder's terms dropped") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (g.decoder₁, g.decoder₂)
      }
      mistake("the mean of the two terms") { X, W₁, W₂ in
        let g = try deepTiedGradients(X, W₁: W₁, W₂: W₂)
        return (0.5 * g.W₁, 0.5 * g.W₂)
      }
      mistake("the encoder's term twice, as if the other were its mirror") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (2 * g.encoder₁, 2 * g.encoder₂)
      }
      mistake("not divided by N") { X, W₁, W₂ in
        let g = try deepTiedGradients(X, W₁: W₁, W₂: W₂)
        return (Double(X.rows) * g.W₁, Double(X.rows) * g.W₂)
      }
      mistake("averaged over the pixels too") { X, W₁, W₂ in
        let g = try deepTiedGradients(X, W₁: W₁, W₂: W₂)
        return (g.W₁ / Double(X.columns), g.W₂ / Double(X.columns))
      }
      mistake("transposed") { X, W₁, W₂ in
        let g = try deepTiedGradients(X, W₁: W₁, W₂: W₂)
        return (g.W₁.T, g.W₂.T)
      }
      mistake("the gradient of the squared error") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂, output: slope)
        return (g.encoder₁ + g.decoder₁, g.encoder₂ + g.decoder₂)
      }
      mistake("no slope at the code") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂, code: ones)
        return (g.encoder₁ + g.decoder₁, g.encoder₂ + g.decoder₂)
      }
      mistake("no slopes at all") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂, hidden: ones, code: ones)
        return (g.encoder₁ + g.decoder₁, g.encoder₂ + g.decoder₂)
      }
      mistake("h₁ for h₃ in the decoder's term") { X, W₁, W₂ in
        let g = Deep(X, W₁, W₂)
        return (g.encoder₁ + g.H₁.T * g.δ₄, g.encoder₂ + g.decoder₂)
      }
    },
  ]
}

/// The mean over the rows of the sum over the columns of `term`.
private func excess(
  _ X: Matrix<Double>, _ Y: Matrix<Double>, _ term: (Double, Double) -> Double
) -> Double {
  zip(X.elements, Y.elements).map(term).sum() / Double(X.rows)
}

private func xlogy(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * Double.log(y) }

private func unshiftedSoftmax(_ A: Matrix<Double>) -> Matrix<Double> {
  let E = exp(A)
  let Z = E.rowSums
  return Matrix(rows: A.rows, columns: A.columns) { n, k in E[n, k] / Z[n] }
}

private func softmax(_ A: Matrix<Double>) -> Matrix<Double> {
  unshiftedSoftmax(Matrix(rows: A.rows, columns: A.columns) { n, k in A[n, k] - A.row(n).greatest() })
}

/// The gradient if `μ` were the probabilities.
private func counted(_ X: Matrix<Double>, _ μ: Matrix<Double>) -> Matrix<Double> {
  let words = X.rowSums
  return Matrix(rows: X.rows, columns: X.columns) { n, k in (words[n] * μ[n, k] - X[n, k]) / Double(X.rows) }
}

private func slope(_ H: Matrix<Double>) -> Matrix<Double> { H.map { $0 * (1 - $0) } }
private func ones(_ H: Matrix<Double>) -> Matrix<Double> { H.map { _ in 1 } }

/// The codes, and the gradient of the loss at the outputs.
private func forward(
  _ X: Matrix<Double>, _ v: [Double], _ W: Matrix<Double>, _ b: [Double], _ Wˢ: Matrix<Double>, _ c: [Double]
) -> (H: Matrix<Double>, δˢ: Matrix<Double>) {
  var A = X * W.T
  A.addToEachRow(b)
  let H = sigmoid(A)
  var X̂ = H * Wˢ.T
  X̂.addToEachRow(c)
  return (H, (X̂ - X) * .diagonal(v.map { 1 / $0 }) / Double(X.rows))
}

/// Back-propagation through two tied layers, with slopes that may be wrong.
private struct Deep {
  let H₁, δ₄, encoder₁, encoder₂, decoder₁, decoder₂: Matrix<Double>

  init(
    _ X: Matrix<Double>, _ W₁: Matrix<Double>, _ W₂: Matrix<Double>,
    hidden: (Matrix<Double>) -> Matrix<Double> = slope, code: (Matrix<Double>) -> Matrix<Double> = slope,
    output: (Matrix<Double>) -> Matrix<Double> = ones
  ) {
    H₁ = sigmoid(X * W₁.T)
    let H₂ = sigmoid(H₁ * W₂.T)
    let H₃ = sigmoid(H₂ * W₂)
    let X̂ = sigmoid(H₃ * W₁)
    δ₄ = ((X̂ - X) ⊙ output(X̂)) / Double(X.rows)
    let δ₃ = (δ₄ * W₁.T) ⊙ hidden(H₃)
    let δ₂ = (δ₃ * W₂.T) ⊙ code(H₂)
    let δ₁ = (δ₂ * W₂) ⊙ hidden(H₁)
    (encoder₁, encoder₂, decoder₁, decoder₂) = (δ₁.T * X, δ₂.T * H₁, H₃.T * δ₄, H₂.T * δ₃)
  }
}
