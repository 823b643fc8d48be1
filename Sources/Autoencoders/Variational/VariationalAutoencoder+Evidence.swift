import LinearAlgebra

/// The evidence lower bound of examples, log p(x) ≥ E_q log p(x|z) − KL(q‖p), term by term: one number for each, in nats.
public struct Evidence<Element: Scalar>: Sendable {
  /// E_q log p(x|z), estimated from samples.
  public let reconstruction: [Element]
  /// KL(q(z|x)‖N(0, I)), exact.
  public let divergence: [Element]
  /// E_q log p(x|z) − KL(q‖p).
  public var bound: [Element] { zip(reconstruction, divergence).map { $0 - $1 } }

  /// The means over the examples.
  public var mean: (reconstruction: Element, divergence: Element, bound: Element) {
    let N = Element(divergence.count)
    let (r, d) = (reconstruction.reduce(0, +) / N, divergence.reduce(0, +) / N)
    return (r, d, r - d)
  }
}

extension VariationalAutoencoder {
  /// log p(x_n|z_n) in nats for each row of X (N × D) and Z (N × K), with all constants: summed over components.
  public func logLikelihood(of X: Matrix<Element>, given Z: Matrix<Element>) -> [Element] {
    precondition(
      X.rows == Z.rows && X.columns == inputs && Z.columns == latent,
      "examples of \(X.rows) × \(X.columns) given codes of \(Z.rows) × \(Z.columns), in a network of \(inputs) inputs "
        + "and \(latent) latent dimensions")
    var logarithms: [Element] = []
    decoder.forward(Z) { rows, _, pass in
      logarithms += logLikelihood(of: X[rows: rows], given: pass[pass.count - 1])
    }
    return logarithms
  }

  /// The same, given what the decoder's top layer makes of the codes.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func logLikelihood(of X: Matrix<Element>, given top: LayerPass<Element>) -> [Element] {
    guard let σ² = noiseVariance else {
      // x â − softplus(â) = −softplus(−|â|) − â ([â > 0] − x), exact for a saturated unit that is right
      var smooth = top.A
      smooth.mapInPlace { a in -abs(a) }
      smooth.applySoftplus()
      var rest = top.A
      rest.mapInPlace(with: X) { a, x in a * ((a > 0 ? 1 : 0) - x) }
      return (smooth + rest).rowSums.map { -$0 }
    }
    let residual = top.H - X
    let constant = Element(inputs) * Element.log(2 * Element.pi * σ²)
    return (residual ⊙ residual).rowSums.map { -($0 / σ² + constant) / 2 }
  }

  /// The evidence lower bound of each row of X (N × D), its reconstruction term averaged over `samples` codes.
  ///
  /// - Throws: ``ParameterError`` if `samples` is less than 1.
  public func evidence(
    of X: Matrix<Element>, samples: Int = 1, using stream: inout RandomStream
  ) throws(ParameterError) -> Evidence<Element> {
    try ParameterError.check("codes drawn for an example", samples, "at least 1") { $0 >= 1 }
    let q = posterior(of: X)
    var sums = [Element](repeating: 0, count: X.rows)
    for _ in 0..<samples {
      add(1, logLikelihood(of: X, given: q.sample(using: &stream)), to: &sums)
    }
    return Evidence(reconstruction: sums.map { $0 / Element(samples) }, divergence: q.divergence().rowSums)
  }

  /// An estimate of log p(x) in nats for each row of X (N × D): log 1/S Σ_s p(x|z_s) p(z_s) / q(z_s|x), with S codes from
  /// q (Burda, Grosse & Salakhutdinov 2016).
  ///
  /// On average it is a lower bound too, which rises with S, from the evidence lower bound for S = 1 to log p(x). The
  /// logarithm of the sum is taken relative to the largest term.
  ///
  /// - Throws: ``ParameterError`` if `samples` is less than 1.
  public func importanceWeighted(
    _ X: Matrix<Element>, samples: Int, using stream: inout RandomStream
  ) throws(ParameterError) -> [Element] {
    try ParameterError.check("codes drawn for an example", samples, "at least 1") { $0 >= 1 }
    let q = posterior(of: X)
    let prior = DiagonalGaussians(
      mean: Matrix<Element>(rows: X.rows, columns: latent), logVariance: Matrix(rows: X.rows, columns: latent))
    // log Σ w as largest + log Σ w / e^largest
    var largest = [Element](repeating: -.infinity, count: X.rows)
    var sums = [Element](repeating: 0, count: X.rows)
    for _ in 0..<samples {
      let Z = q.sample(using: &stream)
      let (likelihood, p, density) = (logLikelihood(of: X, given: Z), prior.logDensity(at: Z), q.logDensity(at: Z))
      for n in 0..<X.rows {
        let w = likelihood[n] + p[n] - density[n]
        // A density that underflows even as a logarithm adds nothing.
        if w == -.infinity { continue }
        if w > largest[n] {
          sums[n] = sums[n] * Element.exp(largest[n] - w) + 1
          largest[n] = w
        } else {
          sums[n] += Element.exp(w - largest[n])
        }
      }
    }
    return zip(largest, sums).map { $0 + Element.log($1 / Element(samples)) }
  }
}
