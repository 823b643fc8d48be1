import LinearAlgebra

extension Trial {
  static let lesson08: [Trial] = [
    Trial("countingGradient", countingGradient) { mistake in
      mistake("the law of the natural parameter: E[x] − x") { A, X in
        map(A, X) { a, x in Double.exp(a) - x }
      }
      mistake("μ − x") { A, X in map(A, X) { a, x in Double.sigmoid(a) - x } }
      mistake("not averaged over examples") { A, X in Double(A.rows) * (try countingGradient(A, counts: X)) }
      mistake("averaged over the counts too") { A, X in (try countingGradient(A, counts: X)) / Double(A.columns) }
      mistake("the sign turned: the gradient of the likelihood") { A, X in -(try countingGradient(A, counts: X)) }
      mistake("the derivative in μ, not in a") { A, X in
        map(A, X) { a, x in 1 / (1 - Double.sigmoid(a)) - x / Double.sigmoid(a) }
      }
      mistake("successes and failure interchanged") { A, X in
        map(A, X) { a, x in x * Double.sigmoid(a) - Double.sigmoid(-a) }
      }
      mistake("the failure forgotten: p = μ^x") { A, X in map(A, X) { a, x in -x * Double.sigmoid(-a) } }
      mistake("the factor 1 − μ times E[x] − x, which is ∞ times 0 far out") { A, X in
        map(A, X) { a, x in
          let μ = Double.sigmoid(a)
          return (1 - μ) * (μ / (1 - μ) - x)
        }
      }
      mistake("as if the count were the number of trials: binomial") { A, X in
        map(A, X) { a, x in (x + 1) * Double.sigmoid(a) - 1 }
      }
    },
    Trial("chainStep", chainStep) { mistake in
      mistake("the state is the mean: not drawn") { X, W, b, c, ν, u, v in
        means(corrupted(X, ν, u), W, b, c)
      }
      mistake("rounded instead of drawn") { X, W, b, c, ν, u, v in
        means(corrupted(X, ν, u), W, b, c).map { $0 > 0.5 ? 1 : 0 }
      }
      mistake("not corrupted") { X, W, b, c, ν, u, v in drawn(means(X, W, b, c), v) }
      mistake("corrupted to 0 only: masking") { X, W, b, c, ν, u, v in
        let masked = Matrix(rows: X.rows, columns: X.columns) { n, i in u[n, i] < ν ? 0 : X[n, i] }
        return drawn(means(masked, W, b, c), v)
      }
      mistake("flipped instead of replaced") { X, W, b, c, ν, u, v in
        let flipped = Matrix(rows: X.rows, columns: X.columns) { n, i in u[n, i] < ν ? 1 - X[n, i] : X[n, i] }
        return drawn(means(flipped, W, b, c), v)
      }
      mistake("0 and 1 with probability ν each") { X, W, b, c, ν, u, v in
        drawn(means(corrupted(X, 2 * ν, u), W, b, c), v)
      }
      mistake("one random number for both stages") { X, W, b, c, ν, u, v in
        drawn(means(corrupted(X, ν, u), W, b, c), u)
      }
      mistake("the inequality of the draw turned") { X, W, b, c, ν, u, v in
        drawn(means(corrupted(X, ν, u), W, b, c), v).map { 1 - $0 }
      }
      mistake("a sigmoid in the hidden layer") { X, W, b, c, ν, u, v in
        var A = corrupted(X, ν, u) * W.T
        A.addToEachRow(b)
        var Â = sigmoid(A) * W
        Â.addToEachRow(c)
        return drawn(sigmoid(Â), v)
      }
      mistake("the hidden biases left out") { X, W, b, c, ν, u, v in
        drawn(means(corrupted(X, ν, u), W, b.map { _ in 0 }, c), v)
      }
      mistake("the output biases left out") { X, W, b, c, ν, u, v in
        drawn(means(corrupted(X, ν, u), W, b, c.map { _ in 0 }), v)
      }
      mistake("drawn first, corrupted then") { X, W, b, c, ν, u, v in
        corrupted(drawn(means(X, W, b, c), v), ν, u)
      }
      mistake("≤ at the ends") { X, W, b, c, ν, u, v in
        let x̃ = Matrix(rows: X.rows, columns: X.columns) { n, i in
          u[n, i] <= ν / 2 ? 0 : u[n, i] <= ν ? 1 : X[n, i]
        }
        return drawn(means(x̃, W, b, c), v)
      }
    },
    Trial("denoisingChain", denoisingChain) { mistake in
      mistake("the chain of corrupted states, P C") { C, P in
        let T = P * C
        return (T, (try denoisingChain(corruption: P, denoiser: C)).stationary)
      }
      mistake("the transition matrix transposed") { C, P in
        let right = try denoisingChain(corruption: C, denoiser: P)
        return (right.T.T, right.stationary)
      }
      mistake("a thousand steps") { C, P in
        let T = C * P
        var p = [Double](repeating: 1 / Double(T.rows), count: T.rows)
        for _ in 0..<1000 { p = T.T * p }
        return (T, p)
      }
      mistake("the right eigenvector: all the same") { C, P in
        (C * P, [Double](repeating: 1 / Double(C.rows), count: C.rows))
      }
      mistake("a vector of length 1 instead of probabilities") { C, P in
        let (T, π) = try denoisingChain(corruption: C, denoiser: P)
        return (T, π.map { $0 / norm(π) })
      }
      mistake("the mean row of T") { C, P in (C * P, (C * P).columnMeans) }
      mistake("the mean row of P: from equally likely corrupted states") { C, P in (C * P, P.columnMeans) }
      mistake("the diagonal, normalised") { C, P in
        let T = C * P
        let diagonal = (0..<T.rows).map { T[$0, $0] }
        return (T, diagonal.map { $0 / diagonal.sum() })
      }
    },
    Trial("jointDistribution", jointDistribution) { mistake in
      let none = Matrix<Double>(rows: 0, columns: 0)
      mistake("always compatible: x equally likely") { encoder, _ in encoder / Double(encoder.rows) }
      mistake("never compatible") { _, _ in none }
      mistake("tested on the first two rows and columns only") { encoder, decoder in
        candidate(encoder, decoder)
      }
      mistake("β for 1/β") { encoder, decoder in
        guard try jointDistribution(encoder: encoder, decoder: decoder).rows > 0 else { return none }
        let β = (0..<encoder.rows).map { encoder[$0, 0] / decoder[0, $0] }
        return Matrix(rows: encoder.rows, columns: encoder.columns) { encoder[$0, $1] * β[$0] / β.sum() }
      }
      mistake("not normalised") { encoder, decoder in
        let joint = try jointDistribution(encoder: encoder, decoder: decoder)
        return joint.rows == 0 ? none : encoder[0, 0] / joint[0, 0] * joint
      }
      mistake("transposed") { encoder, decoder in try jointDistribution(encoder: encoder, decoder: decoder).T }
      mistake("the product of the tables, entry by entry") { encoder, decoder in
        guard try jointDistribution(encoder: encoder, decoder: decoder).rows > 0 else { return none }
        let product = encoder ⊙ decoder.T
        return product / product.sum
      }
      mistake("the chain's distribution times the encoder, without a test") { encoder, decoder in
        let (_, π) = try denoisingChain(corruption: encoder, denoiser: decoder)
        return Matrix.diagonal(π) * encoder
      }
      mistake("too strict: equal to the last bit") { encoder, decoder in
        let ratio = Matrix(rows: encoder.rows, columns: encoder.columns) { encoder[$0, $1] / decoder[$1, $0] }
        for x in 0..<ratio.rows {
          for h in 0..<ratio.columns where ratio[x, h] * ratio[0, 0] != ratio[x, 0] * ratio[0, h] { return none }
        }
        return candidate(encoder, decoder)
      }
    },
  ]
}

private func map(_ A: Matrix<Double>, _ X: Matrix<Double>, _ slope: (Double, Double) -> Double) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns) { n, i in slope(A[n, i], X[n, i]) / Double(A.rows) }
}

private func corrupted(_ X: Matrix<Double>, _ ν: Double, _ u: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: X.rows, columns: X.columns) { n, i in u[n, i] < ν / 2 ? 0 : u[n, i] < ν ? 1 : X[n, i] }
}

/// The network's outputs.
private func means(_ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ c: [Double]) -> Matrix<Double> {
  var A = X * W.T
  A.addToEachRow(b)
  var Â = tanh(A) * W
  Â.addToEachRow(c)
  return sigmoid(Â)
}

private func drawn(_ X̂: Matrix<Double>, _ v: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: X̂.rows, columns: X̂.columns) { n, i in v[n, i] < X̂[n, i] ? 1 : 0 }
}

/// The joint that the first column of the ratios gives, whether or not the others agree.
private func candidate(_ encoder: Matrix<Double>, _ decoder: Matrix<Double>) -> Matrix<Double> {
  let inverse = (0..<encoder.rows).map { decoder[0, $0] / encoder[$0, 0] }
  return Matrix(rows: encoder.rows, columns: encoder.columns) { encoder[$0, $1] * inverse[$0] / inverse.sum() }
}
