import LinearAlgebra

/// A decoder layer with tied weights, W* = Wᵀ: x̂ = s(Wᵀ h + c).
///
/// It owns its biases and borrows W, outputs × inputs *of the encoder layer*, so that there is one W to learn, and two
/// places its gradient comes from. Compare each line with its counterpart in ``Dense``.
struct TiedDense<Element: Scalar>: Sendable {
  /// The biases c, one for each input of the encoder layer; empty if the layer has none.
  var b: [Element]
  var activation: Activation

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func forward(_ H: Matrix<Element>, W: Matrix<Element>, into pass: inout LayerPass<Element>) {
    // â = Wᵀ h + c
    multiply(H, W, into: &pass.A)
    if !b.isEmpty { pass.A.addToEachRow(b) }
    // x̂ = s(â)
    activation.apply(pass.A, into: &pass.H)
  }

  /// Writes the decoder's term of ∂L/∂W into the encoder's gradient, and adds ∂L/∂c to the layer's own; δ̂ = ∂L/∂â.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func addGradient(
    _ δ: Matrix<Element>, input H: Matrix<Element>, toEncoder encoder: inout LayerGradient<Element>,
    own: inout LayerGradient<Element>
  ) {
    // ∂L/∂W = Σ_n h_n δ̂_nᵀ + (the encoder's term, which back-propagation adds later)
    multiply(H, δ, transposeA: true, into: &encoder.W)
    // ∂L/∂c = Σ_n δ̂_n
    if !b.isEmpty { δ.addColumnSums(to: &own.b) }
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func backward(_ δ: Matrix<Element>, W: Matrix<Element>, into inputGradient: inout Matrix<Element>) {
    // ∂L/∂h = W δ̂
    multiply(δ, W, transposeB: true, into: &inputGradient)
  }
}
