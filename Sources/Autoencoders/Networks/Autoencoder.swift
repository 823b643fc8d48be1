import LinearAlgebra

/// An autoencoder: an encoder h = f(x) and a decoder x̂ = g(h), trained so that x̂ resembles x.
///
/// ```swift
/// var stream = RandomStream(seed: 1)
/// var network = try Autoencoder<Double>(
///   inputs: 64, hidden: 8, activation: .sigmoid, output: .identity, using: &stream)
/// let H = network.encode(X)         // N × 8 codes of N examples
/// let X̂ = network.reconstruct(X)    // N × 64
/// ```
///
/// Examples are the rows of a batch. The decoder has weights of its own, or is *tied*: W* = Wᵀ, one matrix used twice.
public struct Autoencoder<Element: Scalar>: Sendable {
  /// The layers from the input to the code.
  public var encoder: Stack<Element> {
    didSet { checkSizes() }
  }
  /// The layers from the code to the output, or what they borrow from the encoder.
  var ownOrTiedDecoder: Decoder<Element>

  /// Whether the decoder's weights are the transposes of the encoder's.
  public var tied: Bool { ownOrTiedDecoder.own == nil }

  /// The layers from the code to the output.
  ///
  /// The decoder of a tied network has its weights computed from the encoder's on each reading; its biases and
  /// activations can be set, its weights only through the encoder.
  public var decoder: Stack<Element> {
    get { ownOrTiedDecoder.layers(mirroring: encoder) }
    set {
      switch ownOrTiedDecoder {
      case .own: ownOrTiedDecoder = .own(newValue)
      case .tied(var stack):
        precondition(
          newValue.layers.count == stack.layers.count,
          "a decoder of \(newValue.layers.count) layers for an encoder of \(stack.layers.count), to which it is tied")
        for (l, (new, old)) in zip(newValue.layers, stack.untied(from: encoder).layers).enumerated() {
          precondition(new.W == old.W, "the weights of a tied decoder are the encoder's, transposed: set encoder.W")
          (stack.layers[l].b, stack.layers[l].activation) = (new.b, new.activation)
        }
        ownOrTiedDecoder = .tied(stack)
      }
      checkSizes()
    }
  }

  /// An autoencoder of two given stacks, untied. The decoder takes the encoder's outputs and returns its inputs.
  public init(encoder: Stack<Element>, decoder: Stack<Element>) {
    self.encoder = encoder
    ownOrTiedDecoder = .own(decoder)
    checkSizes()
  }

  /// A tied autoencoder of a given encoder.
  ///
  /// The decoder mirrors it: layer for layer in reverse, the same non-linearities between layers, `output` at the end,
  /// with biases of zero if `biases`.
  public init(tying encoder: Stack<Element>, output: Activation, biases: Bool = true) {
    self.encoder = encoder
    let mirrored = encoder.layers.indices.reversed().map { l in
      TiedDense<Element>(
        b: biases ? Array(repeating: 0, count: encoder.layers[l].inputs) : [],
        activation: l == 0 ? output : encoder.layers[l - 1].activation)
    }
    ownOrTiedDecoder = .tied(TiedStack(layers: mirrored))
  }

  /// The number of components of an example, D.
  public var inputs: Int { encoder.inputs }
  /// The number of components of a code, K.
  public var hidden: Int { encoder.outputs }
  /// The non-linearity of the output layer.
  public var output: Activation { ownOrTiedDecoder.output }

  /// The codes h = f(x) of a batch X (N × D): N × K.
  public func encode(_ X: Matrix<Element>) -> Matrix<Element> { encoder(X) }

  /// The outputs x̂ = g(h) for codes H (N × K): N × D.
  public func decode(_ H: Matrix<Element>) -> Matrix<Element> { decoder(H) }

  /// The reconstructions x̂ = g(f(x)) of a batch X (N × D): N × D.
  public func reconstruct(_ X: Matrix<Element>) -> Matrix<Element> { decode(encode(X)) }

  private func checkSizes() { ownOrTiedDecoder.checkSizes(for: encoder) }
}
