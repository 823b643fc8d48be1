import LinearAlgebra

extension Dense {
  /// A layer with random weights and biases of zero (or none).
  ///
  /// The weights are uniform in ±√(6 / (inputs + outputs)): the variance of activations and of gradients then neither
  /// grows nor shrinks much from layer to layer (Glorot & Bengio 2010).
  ///
  /// - Throws: ``ParameterError`` if `inputs` or `outputs` is less than 1.
  public init(
    inputs: Int, outputs: Int, activation: Activation, biases: Bool = true, using stream: inout RandomStream
  ) throws(ParameterError) {
    try ParameterError.check("units of a layer", inputs, "at least 1") { $0 >= 1 }
    try ParameterError.check("units of a layer", outputs, "at least 1") { $0 >= 1 }
    let limit = (6 / Double(inputs + outputs)).squareRoot()
    let W = Matrix<Element>(rows: outputs, columns: inputs) { _, _ in Element(limit * (2 * stream.uniform() - 1)) }
    self.init(W: W, b: biases ? Array(repeating: 0, count: outputs) : [], activation: activation)
  }
}

extension Stack {
  /// A stack with random weights: layer l maps `sizes[l]` inputs to `sizes[l + 1]` outputs through `activations[l]`.
  ///
  /// - Throws: ``ParameterError`` if a size is less than 1.
  public init(
    sizes: [Int], activations: [Activation], biases: Bool = true, using stream: inout RandomStream
  ) throws(ParameterError) {
    precondition(
      sizes.count == activations.count + 1 && !activations.isEmpty,
      "\(sizes.count) sizes make \(sizes.count - 1) layers, which cannot have \(activations.count) activations")
    var layers: [Dense<Element>] = []
    for (l, activation) in activations.enumerated() {
      let (inputs, outputs) = (sizes[l], sizes[l + 1])
      layers.append(
        try Dense(inputs: inputs, outputs: outputs, activation: activation, biases: biases, using: &stream))
    }
    self.init(layers)
  }
}

extension Autoencoder {
  /// An autoencoder of one hidden layer with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the number of components of an example, D.
  ///   - hidden: the number of hidden units, K.
  ///   - activation: the hidden units' non-linearity.
  ///   - output: the output units' non-linearity.
  ///   - tied: whether the decoder's weights are W* = Wᵀ.
  ///   - biases: whether the layers have biases.
  ///   - stream: the source of the weights, uniform in ±√(6 / (inputs + hidden)).
  /// - Throws: ``ParameterError`` if `inputs` or `hidden` is less than 1.
  public init(
    inputs: Int, hidden: Int, activation: Activation, output: Activation, tied: Bool = false, biases: Bool = true,
    using stream: inout RandomStream
  ) throws(ParameterError) {
    try self.init(
      inputs: inputs, hidden: [hidden], activation: activation, output: output, tied: tied, biases: biases,
      using: &stream)
  }

  /// A deep autoencoder with random weights: its encoder goes through layers of `hidden` units, of which the last is
  /// the code, its decoder back in reverse.
  ///
  /// - Parameters:
  ///   - hidden: the numbers of units, from the first hidden layer to the code.
  ///   - activation: the non-linearity of all hidden layers.
  ///   - code: the non-linearity of the code layer, if another.
  /// - Throws: ``ParameterError`` if a layer has less than one unit, or `hidden` is empty.
  public init(
    inputs: Int, hidden: [Int], activation: Activation, code: Activation? = nil, output: Activation,
    tied: Bool = false, biases: Bool = true, using stream: inout RandomStream
  ) throws(ParameterError) {
    try ParameterError.check("hidden layers", hidden.count, "at least 1") { $0 >= 1 }
    let sizes = [inputs] + hidden
    let inner = Array(repeating: activation, count: hidden.count - 1)
    let encoder = try Stack<Element>(
      sizes: sizes, activations: inner + [code ?? activation], biases: biases, using: &stream)
    if tied {
      self.init(tying: encoder, output: output, biases: biases)
    } else {
      let decoder = try Stack<Element>(
        sizes: sizes.reversed(), activations: inner + [output], biases: biases, using: &stream)
      self.init(encoder: encoder, decoder: decoder)
    }
  }
}
