import LinearAlgebra

/// The buffers of a forward and backward pass through an autoencoder, and the pass itself.
struct Workspace<Element: Scalar>: Sendable, GradientWorkspace {
  let examples: Int
  /// A minibatch as the network sees it, and what it should reconstruct; both N × D.
  var input: Matrix<Element>
  var target: Matrix<Element>
  /// The activations of the layers, and the gradients on their way back.
  private var encoder: [LayerPass<Element>]
  private var decoder: [LayerPass<Element>]
  /// What penalties on the encoder add to ∂L/∂a of its layers; empty if there is no such penalty.
  private var extra: [Matrix<Element>]
  /// The encoder's Jacobians, if there is a penalty on them.
  private var jacobian: JacobianNorm<Element>?
  /// Whether a penalty adds to the gradient in the weights before the encoder's back-propagation does.
  private let weightsArePenalised: Bool
  /// ∂L/∂θ.
  private(set) var gradient: Autoencoder<Element>.Gradient

  init(_ network: Autoencoder<Element>, examples: Int, penalties: [Penalty<Element>]) {
    self.examples = examples
    input = Matrix(rows: examples, columns: network.inputs)
    target = input
    encoder = network.encoder.passes(examples: examples)
    decoder = network.decoder.passes(examples: examples)
    let onJacobian = penalties.contains { if case .contraction = $0.kind { true } else { false } }
    let onEncoder = onJacobian || penalties.contains { if case .encoder = $0.kind { true } else { false } }
    jacobian = onJacobian ? JacobianNorm(network.encoder, examples: examples) : nil
    weightsArePenalised = penalties.contains { if case .codes = $0.kind { false } else { true } }
    extra = onEncoder ? encoder.map(\.δ) : []
    gradient = network.zeroGradient
  }

  /// The loss with its penalties, and its gradient.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func evaluate(
    _ network: Autoencoder<Element>, input X: Matrix<Element>, target: Matrix<Element>, _ loss: Likelihood<Element>,
    _ penalties: [Penalty<Element>]
  ) -> Element {
    let (code, output) = (encoder.count - 1, decoder.count - 1)
    prepareGradient(tied: network.tied)
    for l in extra.indices { extra[l].update(repeating: 0) }

    // h = f(x), x̂ = g(h)
    network.encoder.forward(X, into: &encoder)
    network.ownOrTiedDecoder.forward(encoder[code].H, mirroring: network.encoder, into: &decoder)

    // L = 1/N Σ −log p(x|x̂), δ̂ = ∂L/∂â
    var L = loss(&decoder[output], activation: network.output, target: target)

    // From δ̂ to ∂L/∂h
    network.ownOrTiedDecoder.backward(
      encoder[code].H, mirroring: network.encoder, pass: &decoder, into: &encoder[code].δ, gradient: &gradient)

    // L + Σ Ω
    for penalty in penalties {
      switch penalty.kind {
      case .parameters(let Ω): L += Ω(network, &gradient)
      case .codes(let Ω): L += Ω(encoder[code].H, &encoder[code].δ)
      case .encoder(let Ω): L += Ω(network.encoder, encoder, &gradient.encoder, &extra)
      case .contraction(let λ):
        jacobian?.evaluate(network.encoder, encoder)
        L +=
          jacobian?.addGradient(of: network.encoder, scale: λ / Element(examples), to: &gradient.encoder, &extra) ?? 0
      }
    }

    // From ∂L/∂h to δ = ∂L/∂a, and down
    network.encoder.layers[code].activation.backpropagate(
      &encoder[code].δ, A: encoder[code].A, H: encoder[code].H)
    network.encoder.backward(
      X, pass: &encoder, gradient: &gradient.encoder, extra: extra, overwritesW: !network.tied && !weightsArePenalised)
    return L
  }

  /// Sets the gradient to zero, apart from what is overwritten before it is read: the decoder's weights, and the encoder's
  /// if the decoder's term, in a tied network, or back-propagation comes first.
  private mutating func prepareGradient(tied: Bool) {
    for l in gradient.encoder.indices {
      if weightsArePenalised && !tied { gradient.encoder[l].clear() } else { gradient.encoder[l].clearBiases() }
    }
    for l in gradient.decoder.indices { gradient.decoder[l].clearBiases() }
  }
}
