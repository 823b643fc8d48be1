import LinearAlgebra

/// A decoder whose layers borrow their weights from an encoder, in reverse order: its layer l uses the transpose of
/// the encoder's layer L−1−l. Compare with ``Stack``.
struct TiedStack<Element: Scalar>: Sendable {
  /// The layers, from the code out.
  var layers: [TiedDense<Element>]

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func forward(_ code: Matrix<Element>, mirroring encoder: Stack<Element>, into pass: inout [LayerPass<Element>]) {
    for l in layers.indices {
      let W = encoder.layers[layers.count - 1 - l].W
      layers[l].forward(l == 0 ? code : pass[l - 1].H, W: W, into: &pass[l])
    }
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func backward(
    _ code: Matrix<Element>, mirroring encoder: Stack<Element>, pass: inout [LayerPass<Element>],
    encoderGradient: inout [LayerGradient<Element>], gradient: inout [LayerGradient<Element>]
  ) {
    for l in layers.indices.reversed() {
      let mirror = layers.count - 1 - l
      layers[l].addGradient(
        pass[l].δ, input: l == 0 ? code : pass[l - 1].H, toEncoder: &encoderGradient[mirror], own: &gradient[l])
      guard l > 0 else { return }
      layers[l].backward(pass[l].δ, W: encoder.layers[mirror].W, into: &pass[l - 1].δ)
      layers[l - 1].activation.backpropagate(&pass[l - 1].δ, A: pass[l - 1].A, H: pass[l - 1].H)
    }
  }

  /// ∂L/∂h at the code from δ̂ of the first decoder layer.
  func inputGradient(_ δ: Matrix<Element>, mirroring encoder: Stack<Element>, into codeGradient: inout Matrix<Element>)
  {
    layers[0].backward(δ, W: encoder.layers[layers.count - 1].W, into: &codeGradient)
  }

  /// The layers as independent ones with W* = Wᵀ written out.
  func untied(from encoder: Stack<Element>) -> Stack<Element> {
    Stack(
      layers.enumerated().map { l, layer in
        Dense(W: encoder.layers[layers.count - 1 - l].W.T, b: layer.b, activation: layer.activation)
      })
  }

  /// A gradient of zeros: biases only, since the weights' gradient goes to the encoder.
  var zeroGradient: [LayerGradient<Element>] {
    layers.map { LayerGradient(W: Matrix(rows: 0, columns: 0), b: Array(repeating: 0, count: $0.b.count)) }
  }
}
