import LinearAlgebra

/// A fully connected layer: h = s(W x + b).
///
/// A batch is a matrix X of N rows, one example a row, so the same line reads H = s(X Wᵀ + 1bᵀ).
public struct Dense<Element: Scalar>: Sendable {
  /// The weights, outputs × inputs: W_ji connects input i with unit j.
  public var W: Matrix<Element>
  /// The biases, one for each output; empty if the layer has none.
  public var b: [Element]
  /// The non-linearity s.
  public var activation: Activation

  /// How many numbers the layer takes, and how many units it has.
  public var inputs: Int { W.columns }
  public var outputs: Int { W.rows }

  /// A layer with given weights W (outputs × inputs) and biases b (`outputs` numbers, or none).
  public init(W: Matrix<Element>, b: [Element] = [], activation: Activation) {
    precondition(b.isEmpty || b.count == W.rows, "\(b.count) biases for weights of \(W.rows) × \(W.columns)")
    self.W = W
    self.b = b
    self.activation = activation
  }

  /// Runs the layer forward on a batch.
  ///
  /// - Parameters:
  ///   - X: the batch, N × inputs.
  ///   - pass: receives the pre-activations A and the activations H, N × outputs.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func forward(_ X: Matrix<Element>, into pass: inout LayerPass<Element>) {
    // a = W x + b
    multiply(X, W, transposeB: true, into: &pass.A)
    if !b.isEmpty { pass.A.addToEachRow(b) }
    // h = s(a)
    activation.apply(pass.A, into: &pass.H)
  }

  /// Adds the gradient in this layer's parameters to `gradient`.
  ///
  /// - Parameters:
  ///   - δ: ∂L/∂a, N × outputs.
  ///   - X: the batch of the forward pass, N × inputs.
  ///   - overwritesW: whether ∂L/∂W replaces what `gradient.W` has, as if that were zeros.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func addGradient(
    _ δ: Matrix<Element>, input X: Matrix<Element>, to gradient: inout LayerGradient<Element>,
    overwritesW: Bool
  ) {
    // ∂L/∂W = Σ_n δ_n x_nᵀ
    multiply(δ, X, transposeA: true, into: &gradient.W, accumulate: !overwritesW)
    // ∂L/∂b = Σ_n δ_n
    if !b.isEmpty { δ.addColumnSums(to: &gradient.b) }
  }

  /// Passes the gradient on to the layer below: `inputGradient` ← ∂L/∂x, N × inputs, from δ = ∂L/∂a, N × outputs.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func backward(_ δ: Matrix<Element>, into inputGradient: inout Matrix<Element>) {
    // ∂L/∂x = Wᵀ δ
    multiply(δ, W, into: &inputGradient)
  }
}

/// What a layer keeps of a forward pass for the backward pass.
public struct LayerPass<Element: Scalar>: Sendable {
  /// The pre-activations a, N × units.
  public var A: Matrix<Element>
  /// The activations h = s(a), N × units.
  public var H: Matrix<Element>
  /// Going back: first ∂L/∂h, then, multiplied by s′(a) in place, ∂L/∂a; N × units.
  public var δ: Matrix<Element>

  /// Room for `examples` examples in a layer of `units` units.
  public init(examples: Int, units: Int) {
    A = Matrix(rows: examples, columns: units)
    H = A
    δ = A
  }
}

/// The gradient of a loss in the parameters of one layer, shaped like them.
public struct LayerGradient<Element: Scalar>: Sendable {
  /// ∂L/∂W, shaped like W; 0 × 0 for a layer that borrows its weights.
  public var W: Matrix<Element>
  /// ∂L/∂b, shaped like b.
  public var b: [Element]

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func clear() {
    W.update(repeating: 0)
    clearBiases()
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func clearBiases() {
    b.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }
}
