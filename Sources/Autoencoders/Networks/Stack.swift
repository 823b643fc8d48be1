import LinearAlgebra

/// Layers in sequence, each feeding the next.
public struct Stack<Element: Scalar>: Sendable {
  /// The layers, from the input up.
  public var layers: [Dense<Element>] {
    didSet { Self.checkSizes(layers) }
  }

  /// How many numbers the first layer takes, and how many the last one gives.
  public var inputs: Int { layers[0].inputs }
  public var outputs: Int { layers[layers.count - 1].outputs }

  /// A stack of given layers, from the input up; each layer has as many inputs as the one below has outputs.
  public init(_ layers: [Dense<Element>]) {
    Self.checkSizes(layers)
    self.layers = layers
  }

  private static func checkSizes(_ layers: [Dense<Element>]) {
    precondition(!layers.isEmpty, "a stack needs at least one layer")
    for l in 1..<layers.count {
      let (below, above) = (layers[l - 1].W, layers[l].W)
      precondition(
        below.rows == above.columns,
        "weights of \(below.rows) × \(below.columns) cannot feed weights of \(above.rows) × \(above.columns)")
    }
  }

  /// The weights of a stack of one layer, outputs × inputs.
  public var W: Matrix<Element> {
    get { only.W }
    set {
      precondition(
        newValue.rows == only.W.rows && newValue.columns == only.W.columns,
        "weights of \(newValue.rows) × \(newValue.columns) do not fit a layer of \(only.W.rows) × \(only.W.columns)")
      layers[0].W = newValue
    }
  }

  /// The biases of a stack of one layer; empty if it has none.
  public var b: [Element] {
    get { only.b }
    set {
      precondition(newValue.count == only.b.count, "\(newValue.count) biases for a layer of \(only.b.count)")
      layers[0].b = newValue
    }
  }

  private var only: Dense<Element> {
    precondition(layers.count == 1, "a stack of \(layers.count) layers has no single W and b: ask layers[l]")
    return layers[0]
  }

  /// The outputs of the top layer for a batch X (N × inputs): N × outputs.
  public func callAsFunction(_ X: Matrix<Element>) -> Matrix<Element> {
    var elements: [Element] = []
    elements.reserveCapacity(X.rows * outputs)
    forward(X) { _, _, pass in elements += pass[layers.count - 1].H.elements }
    return Matrix(rows: X.rows, columns: outputs, elements: elements)
  }

  /// Runs a batch X (N × inputs) upwards, some rows at a time: `body` gets the numbers of the rows, the rows, and what the
  /// layers left of them.
  ///
  /// No row's result depends on the others; but the memory of a few stays in a cache, and that of all of them may not.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func forward(_ X: Matrix<Element>, _ body: (Range<Int>, Matrix<Element>, [LayerPass<Element>]) -> Void) {
    precondition(
      X.columns == inputs, "examples of \(X.rows) × \(X.columns) for layers that have \(inputs) inputs")
    var pass: [LayerPass<Element>] = []
    for first in stride(from: 0, to: X.rows, by: 256) {
      let rows = first..<min(first + 256, X.rows)
      if pass.first?.A.rows != rows.count { pass = passes(examples: rows.count) }
      let block = rows.count == X.rows ? X : X[rows: rows]
      forward(block, into: &pass)
      body(rows, block, pass)
    }
  }

  /// Runs a batch X (N × inputs) upwards, leaving each layer's A and H in `pass`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func forward(_ X: Matrix<Element>, into pass: inout [LayerPass<Element>]) {
    for l in layers.indices {
      layers[l].forward(l == 0 ? X : pass[l - 1].H, into: &pass[l])
    }
  }

  /// Back-propagates ∂L/∂a of the top layer, which `pass` holds in its last δ.
  ///
  /// - Parameters:
  ///   - X: the batch of the forward pass.
  ///   - pass: what the forward pass left; each δ becomes ∂L/∂a of its layer.
  ///   - gradient: the parameter gradients are added to it.
  ///   - extra: what else the loss contributes to ∂L/∂a of each layer (a penalty's share); empty for nothing.
  ///   - overwritesW: whether the gradients in the weights replace what `gradient` has, as if that were zeros.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func backward(
    _ X: Matrix<Element>, pass: inout [LayerPass<Element>], gradient: inout [LayerGradient<Element>],
    extra: [Matrix<Element>] = [], overwritesW: Bool = false
  ) {
    for l in layers.indices.reversed() {
      if !extra.isEmpty { pass[l].δ += extra[l] }
      layers[l].addGradient(
        pass[l].δ, input: l == 0 ? X : pass[l - 1].H, to: &gradient[l], overwritesW: overwritesW)
      guard l > 0 else { return }
      // ∂L/∂h of the layer below, then δ = ∂L/∂h ⊙ s′(a)
      layers[l].backward(pass[l].δ, into: &pass[l - 1].δ)
      layers[l - 1].activation.backpropagate(&pass[l - 1].δ, A: pass[l - 1].A, H: pass[l - 1].H)
    }
  }

  /// Room for a forward and backward pass of `examples` examples.
  public func passes(examples: Int) -> [LayerPass<Element>] {
    layers.map { LayerPass(examples: examples, units: $0.outputs) }
  }

  /// A gradient of zeros.
  public var zeroGradient: [LayerGradient<Element>] {
    layers.map {
      LayerGradient(
        W: Matrix(rows: $0.outputs, columns: $0.inputs), b: Array(repeating: 0, count: $0.b.count))
    }
  }
}
