import LinearAlgebra

extension Penalty {
  /// Weight decay: Ω = λ Σ_l ‖W⁽ˡ⁾‖_F².
  ///
  /// The sum runs over all weights of encoder and decoder, the shared ones of a tied network counting once; biases are
  /// free. It does not depend on the batch, so nothing is averaged.
  ///
  /// - Throws: ``ParameterError`` if λ is negative or not finite.
  public static func weightDecay(_ λ: Element) throws(ParameterError) -> Penalty {
    try ParameterError.check("weight decay λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    return .onParameters("weight decay") { network, gradient in
      var Ω: Element = 0
      for l in network.encoder.layers.indices {
        Ω += decay(network.encoder.layers[l].W, λ, &gradient.encoder[l].W)
      }
      if let decoder = network.ownOrTiedDecoder.own {
        for l in decoder.layers.indices { Ω += decay(decoder.layers[l].W, λ, &gradient.decoder[l].W) }
      }
      return Ω
    }
  }

  /// Weight decay with a strength of its own for each code unit j: Ω = Σ_j λ_j (‖w_j‖² + ‖w*_j‖²), where w_j is row j
  /// of the last encoder layer's W, and w*_j column j of the first decoder layer's W*.
  ///
  /// With distinct λ_j a linear autoencoder finds the principal components themselves, in order, and not only their
  /// span (Bao et al. 2020). In a tied network the two are one vector, which counts once.
  ///
  /// - Throws: ``ParameterError`` if a λ_j is negative or not finite.
  public static func weightDecay(perUnit λ: [Element]) throws(ParameterError) -> Penalty {
    for (j, λ) in λ.enumerated() {
      try ParameterError.check("weight decay λ of unit \(j)", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    }
    return .onParameters("weight decay per unit") { network, gradient in
      precondition(λ.count == network.hidden, "\(λ.count) strengths for \(network.hidden) code units")
      let top = network.encoder.layers.count - 1
      var Ω = decay(
        network.encoder.layers[top].W, perUnit: λ, unitsAreRows: true, &gradient.encoder[top].W)
      if let decoder = network.ownOrTiedDecoder.own {
        Ω += decay(decoder.layers[0].W, perUnit: λ, unitsAreRows: false, &gradient.decoder[0].W)
      }
      return Ω
    }
  }
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func decay<Element: Scalar>(_ W: Matrix<Element>, _ λ: Element, _ gradient: inout Matrix<Element>) -> Element {
  // ∂Ω/∂W = 2λ W
  gradient.add(scale: 2 * λ, W)
  // Ω = λ ‖W‖_F²
  return λ * W.squaredNorm
}

/// Weight decay with a strength for each row of W, or for each column: λ belongs to the code units.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func decay<Element: Scalar>(
  _ W: Matrix<Element>, perUnit λ: [Element], unitsAreRows: Bool, _ gradient: inout Matrix<Element>
) -> Element {
  var Ω: Element = 0
  for i in 0..<W.rows {
    for j in 0..<W.columns {
      let λ = λ[unitsAreRows ? i : j]
      // ∂Ω/∂W_ij = 2λ W_ij
      gradient[i, j] += 2 * λ * W[i, j]
      // Ω = Σ λ W_ij²
      Ω += λ * W[i, j] * W[i, j]
    }
  }
  return Ω
}
