import LinearAlgebra

/// The non-linearity s of a layer: h = s(a), where a is the layer's pre-activation.
public enum Activation: Sendable, Equatable {
  /// s(a) = a.
  case identity
  /// s(a) = 1 / (1 + e⁻ᵃ), in (0, 1).
  case sigmoid
  /// s(a) = tanh a, in (−1, 1).
  case tanh
  /// s(a) = max(a, 0); the slope at 0 is taken as 0.
  case relu
  /// s(a) = log(1 + eᵃ), a smooth `relu`.
  case softplus
  /// s(a) = eᵃ, for a mean that must be positive.
  case exponential
  /// s(a)_k = e^{a_k} / Σ_m e^{a_m} within each run of `classes` consecutive units.
  case softmax(classes: Int)

  /// H ← s(A), entry by entry (run by run for `softmax`). Shapes: both N × units.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func apply<Element: Scalar>(_ A: Matrix<Element>, into H: inout Matrix<Element>) {
    switch self {
    case .identity: H.update(from: A)
    case .sigmoid: H.update(from: A, applying: .sigmoid)
    case .tanh: H.update(from: A, applying: .tanh)
    case .relu: H.mapInPlace(with: A) { _, a in max(a, 0) }
    case .softplus: H.update(from: A, applying: .softplus)
    case .exponential: H.update(from: A, applying: .exp)
    case .softmax(let classes):
      H.update(from: A)
      normaliseExponentials(&H, classes)
    }
  }

  /// From the gradient in h to the gradient in a: δ ← δ ⊙ s′(a) (δ ← Jᵀδ for `softmax`).
  ///
  /// - Parameters:
  ///   - δ: ∂L/∂h on entry, ∂L/∂a on return; N × units.
  ///   - A: the pre-activations a, N × units.
  ///   - H: the activations h = s(a), N × units.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func backpropagate<Element: Scalar>(_ δ: inout Matrix<Element>, A: Matrix<Element>, H: Matrix<Element>) {
    switch self {
    case .identity: break
    // s′(a) = h (1 − h)
    case .sigmoid: δ.mapInPlace(with: H) { δ, h in δ * (h * (1 - h)) }
    // s′(a) = 1 − h²
    case .tanh: δ.mapInPlace(with: H) { δ, h in δ * (1 - h * h) }
    // s′(a) = 1 if a > 0, else 0
    case .relu: δ.mapInPlace(with: A) { δ, a in a > 0 ? δ : 0 }
    // s′(a) = 1 / (1 + e⁻ᵃ)
    case .softplus: multiplyBySigmoid(&δ, A)
    // s′(a) = h
    case .exponential: δ.mapInPlace(with: H) { δ, h in δ * h }
    // ∂h_k/∂a_m = h_k ([k = m] − h_m)
    case .softmax(let classes): multiplyBySoftmaxJacobian(&δ, H, classes)
    }
  }
}

/// δ ← δ ⊙ σ(A), a vector of entries at a time.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func multiplyBySigmoid<Element: Scalar>(_ δ: inout Matrix<Element>, _ A: Matrix<Element>) {
  precondition(
    δ.rows == A.rows && δ.columns == A.columns,
    "a gradient of \(δ.rows) × \(δ.columns) for pre-activations of \(A.rows) × \(A.columns)")
  let lanes = Element.Vector.scalarCount
  δ.withUnsafeMutableElements { δ in
    A.withUnsafeElements { a in
      let whole = a.count - a.count % lanes
      for i in stride(from: 0, to: whole, by: lanes) {
        var σ = UnsafeRawBufferPointer(a).loadUnaligned(
          fromByteOffset: i * MemoryLayout<Element>.stride, as: Element.Vector.self)
        σ.formSigmoid()
        for lane in 0..<lanes { δ[i + lane] *= σ[lane] }
      }
      for i in whole..<a.count { δ[i] *= Element.sigmoid(a[i]) }
    }
  }
}

/// Turns each run of `classes` entries a into e^{a_k} / Σ_m e^{a_m}.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func normaliseExponentials<Element: Scalar>(_ H: inout Matrix<Element>, _ classes: Int) {
  precondition(
    classes > 0 && H.columns % classes == 0, "\(H.columns) units cannot be split into runs of \(classes) classes")
  H.withUnsafeMutableElements { h in
    for start in stride(from: 0, to: h.count, by: classes) {
      // With the largest exponent at 0, no exponential overflows.
      var largest = h[start]
      for k in start..<start + classes { largest = max(largest, h[k]) }
      for k in start..<start + classes { h[k] -= largest }
    }
  }
  H.applyExp()
  H.withUnsafeMutableElements { h in
    for start in stride(from: 0, to: h.count, by: classes) {
      var sum: Element = 0
      for k in start..<start + classes { sum += h[k] }
      for k in start..<start + classes { h[k] /= sum }
    }
  }
}

/// δ ← Jᵀδ run by run: δ_k ← Σ_m δ_m ∂h_m/∂a_k = h_k (δ_k − Σ_m h_m δ_m).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func multiplyBySoftmaxJacobian<Element: Scalar>(
  _ δ: inout Matrix<Element>, _ H: Matrix<Element>, _ classes: Int
) {
  precondition(
    δ.rows == H.rows && δ.columns == H.columns,
    "a gradient of \(δ.rows) × \(δ.columns) for activations of \(H.rows) × \(H.columns)")
  δ.withUnsafeMutableElements { δ in
    H.withUnsafeElements { h in
      for start in stride(from: 0, to: h.count, by: classes) {
        var mean: Element = 0
        for k in start..<start + classes { mean += h[k] * δ[k] }
        for k in start..<start + classes { δ[k] = h[k] * (δ[k] - mean) }
      }
    }
  }
}
