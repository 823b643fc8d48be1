import LinearAlgebra

/// The decoder of an ``Autoencoder``: layers with weights of their own, or *tied* ones, which borrow the encoder's.
///
/// What differs between the two stands here; everywhere else a decoder is a decoder.
enum Decoder<Element: Scalar>: Sendable {
  case own(Stack<Element>)
  case tied(TiedStack<Element>)

  /// The layers, if they have weights of their own.
  var own: Stack<Element>? { if case .own(let stack) = self { stack } else { nil } }

  /// The non-linearity of the output layer.
  var output: Activation {
    switch self {
    case .own(let stack): stack.layers[stack.layers.count - 1].activation
    case .tied(let stack): stack.layers[stack.layers.count - 1].activation
    }
  }

  /// The layers with all weights written out.
  func layers(mirroring encoder: Stack<Element>) -> Stack<Element> {
    switch self {
    case .own(let stack): stack
    case .tied(let stack): stack.untied(from: encoder)
    }
  }

  func checkSizes(for encoder: Stack<Element>) {
    switch self {
    case .own(let stack):
      precondition(
        stack.inputs == encoder.outputs && stack.outputs == encoder.inputs,
        "an encoder from \(encoder.inputs) to \(encoder.outputs) needs a decoder back, "
          + "not one from \(stack.inputs) to \(stack.outputs)")
    case .tied(let stack):
      precondition(
        stack.layers.count == encoder.layers.count,
        "an encoder of \(encoder.layers.count) layers for a tied decoder of \(stack.layers.count)")
      for (layer, mirror) in zip(stack.layers, encoder.layers.reversed()) {
        let (biases, outputs) = (layer.b.count, mirror.inputs)
        precondition(biases == 0 || biases == outputs, "\(biases) biases for a tied layer of \(outputs) outputs")
      }
    }
  }

  // MARK: Passes

  func forward(_ code: Matrix<Element>, mirroring encoder: Stack<Element>, into pass: inout [LayerPass<Element>]) {
    switch self {
    case .own(let stack): stack.forward(code, into: &pass)
    case .tied(let stack): stack.forward(code, mirroring: encoder, into: &pass)
    }
  }

  /// From δ̂ at the output to ∂L/∂h at the code; the weights' gradient goes where the weights are.
  func backward(
    _ code: Matrix<Element>, mirroring encoder: Stack<Element>, pass: inout [LayerPass<Element>],
    into codeGradient: inout Matrix<Element>, gradient: inout Autoencoder<Element>.Gradient
  ) {
    switch self {
    case .own(let stack):
      stack.backward(code, pass: &pass, gradient: &gradient.decoder, overwritesW: true)
      stack.layers[0].backward(pass[0].δ, into: &codeGradient)
    case .tied(let stack):
      stack.backward(
        code, mirroring: encoder, pass: &pass, encoderGradient: &gradient.encoder, gradient: &gradient.decoder)
      stack.inputGradient(pass[0].δ, mirroring: encoder, into: &codeGradient)
    }
  }

  // MARK: Parameters: a tied decoder has only its biases

  var parameterCount: Int {
    switch self {
    case .own(let stack): stack.parameterCount
    case .tied(let stack): stack.layers.reduce(0) { $0 + $1.b.count }
    }
  }

  var parameters: [Element] {
    switch self {
    case .own(let stack): stack.parameters
    case .tied(let stack): stack.layers.flatMap(\.b)
    }
  }

  var zeroGradient: [LayerGradient<Element>] {
    switch self {
    case .own(let stack): stack.zeroGradient
    case .tied(let stack): stack.zeroGradient
    }
  }

  mutating func setParameters(from θ: [Element], at offset: inout Int) {
    changeInPlace {
      $0.setParameters(from: θ, at: &offset)
    } tied: {
      for l in $0.layers.indices { $0.layers[l].b.set(from: θ, at: &offset) }
    }
  }

  mutating func step(
    by optimiser: inout any Optimiser<Element>, gradient: [LayerGradient<Element>], at offset: inout Int,
    rate η: Element
  ) {
    changeInPlace {
      $0.step(by: &optimiser, gradient: gradient, at: &offset, rate: η)
    } tied: {
      for l in $0.layers.indices {
        Autoencoders.step(&$0.layers[l].b, by: &optimiser, gradient: gradient[l].b, at: &offset, rate: η)
      }
    }
  }

  /// Changes the layers where they are. A payload that is taken out while the case still holds it would be copied, weights
  /// and all, at each step: so the case lets go of it first.
  private mutating func changeInPlace(_ own: (inout Stack<Element>) -> Void, tied: (inout TiedStack<Element>) -> Void) {
    switch self {
    case .own(var stack):
      self = .tied(TiedStack(layers: []))
      own(&stack)
      self = .own(stack)
    case .tied(var stack):
      self = .tied(TiedStack(layers: []))
      tied(&stack)
      self = .tied(stack)
    }
  }
}
