import LinearAlgebra

extension Autoencoder {
  /// How many numbers ``parameters`` has.
  public var parameterCount: Int { encoder.parameterCount + ownOrTiedDecoder.parameterCount }

  /// All parameters θ as one vector: from the input to the output, each layer's W, row after row, then its b.
  ///
  /// A tied decoder contributes its biases only.
  public var parameters: [Element] {
    get { encoder.parameters + ownOrTiedDecoder.parameters }
    set { setParameters(newValue) }
  }

  /// Sets all parameters from one vector, in place, without allocating.
  mutating func setParameters(_ θ: [Element]) {
    precondition(θ.count == parameterCount, "\(θ.count) numbers for a network of \(parameterCount) parameters")
    var offset = 0
    encoder.setParameters(from: θ, at: &offset)
    ownOrTiedDecoder.setParameters(from: θ, at: &offset)
  }

  /// The gradient of a loss in all parameters, shaped like the network.
  public struct Gradient: Sendable {
    /// The encoder's layers, from the input to the code. If the network is tied, the weights of these receive the
    /// decoder's terms as well.
    public var encoder: [LayerGradient<Element>]
    /// The decoder's layers, from the code to the output.
    public var decoder: [LayerGradient<Element>]

    /// Writes the gradient as one vector, in the order of ``Autoencoder/parameters``.
    func write(to g: inout [Element]) {
      var offset = 0
      for layer in encoder { layer.write(to: &g, at: &offset) }
      for layer in decoder { layer.write(to: &g, at: &offset) }
    }
  }

  /// A gradient of zeros.
  var zeroGradient: Gradient {
    Gradient(encoder: encoder.zeroGradient, decoder: ownOrTiedDecoder.zeroGradient)
  }
}

extension Stack {
  /// How many numbers ``parameters`` has.
  public var parameterCount: Int {
    var count = 0
    for layer in layers { count += layer.W.rows * layer.W.columns + layer.b.count }
    return count
  }

  /// All parameters as one vector: from the bottom to the top, each layer's W, row after row, then its b.
  public var parameters: [Element] { layers.flatMap { $0.W.elements + $0.b } }

  /// Sets all parameters, in place, from those numbers of θ that start at `offset`, which moves past them.
  mutating func setParameters(from θ: [Element], at offset: inout Int) {
    for l in layers.indices {
      layers[l].W.set(from: θ, at: &offset)
      layers[l].b.set(from: θ, at: &offset)
    }
  }
}

extension LayerGradient {
  /// Copies the gradient, W's then b's, into g from `offset`, which moves past it.
  func write(to g: inout [Element], at offset: inout Int) {
    g.replace(at: &offset, with: W.elements)
    g.replace(at: &offset, with: b)
  }
}

extension Matrix {
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  fileprivate mutating func set(from θ: [Element], at offset: inout Int) {
    let start = offset
    precondition(start + rows * columns <= θ.count, "\(θ.count) numbers end within weights of \(rows) × \(columns)")
    withUnsafeMutableElements { entries in
      θ.withUnsafeBufferPointer { θ in for i in 0..<entries.count { entries[i] = θ[start + i] } }
    }
    offset += rows * columns
  }
}

extension Array where Element: Scalar {
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func set(from θ: [Element], at offset: inout Int) {
    for i in indices { self[i] = θ[offset + i] }
    offset += count
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  fileprivate mutating func replace(at offset: inout Int, with part: [Element]) {
    precondition(offset + part.count <= count, "a gradient of \(count) numbers has no room for the whole network's")
    withUnsafeMutableBufferPointer { own in
      part.withUnsafeBufferPointer { part in for i in 0..<part.count { own[offset + i] = part[i] } }
    }
    offset += part.count
  }
}
