import LinearAlgebra

/// A loss −log p(x|μ) of a reconstruction, with its gradient: the choice of a distribution p for the inputs.
///
/// The network's output layer computes pre-activations a, and the *link* turns them into the distribution's mean
/// parameter x̂. Paired this way, ∂(−log p)/∂a = x̂ − x for every likelihood here (in the units in which the distribution counts). The loss is taken from the
/// pre-activations, where it is stable: log x̂ of a saturated unit would be log 0.
///
/// A likelihood for another kind of input is one more extension with a static member:
///
/// ```swift
/// extension Likelihood {
///   static var geometric: Likelihood {
///     Likelihood("geometric", link: .exponential, support: 0...Element.greatestFiniteMagnitude, step: 1) { A, X̂, X, δ in … }
///   }
/// }
/// ```
public struct Likelihood<Element: Scalar>: Sendable {
  /// The loss of a batch.
  ///
  /// - A: the output layer's pre-activations, N × D.
  /// - X̂: the output layer's activations, N × D.
  /// - X: the target, N × D.
  /// - δ: receives ∂L/∂a, N × D.
  /// - Returns: L = 1/N Σ_n Σ_i (loss of component i of example n): summed over components, averaged over examples.
  public typealias Loss =
    @Sendable (
      _ A: Matrix<Element>, _ X̂: Matrix<Element>, _ X: Matrix<Element>, _ δ: inout Matrix<Element>
    ) -> Element

  /// The distribution's name.
  public let name: String
  /// The activation of the output layer whose result is the distribution's mean.
  public let link: Activation
  /// The values that it allows a component of an input; nil for any number.
  public let support: ClosedRange<Element>?
  /// What every component must be a whole multiple of; nil if there are no such steps.
  let step: Element?
  /// How many consecutive components form a distribution, which adds to 1; nil if none need to.
  let classes: Int?
  let loss: Loss

  /// - Parameters:
  ///   - support: the values that it allows a component of an input, unless it is any number.
  ///   - step: what every component must be a whole multiple of, if anything.
  ///   - classes: how many consecutive components form a distribution and must add to 1, if any.
  ///   - loss: the loss and its gradient.
  public init(
    _ name: String, link: Activation, support: ClosedRange<Element>? = nil, step: Element? = nil, classes: Int? = nil,
    loss: @escaping Loss
  ) {
    self.name = name
    self.link = link
    self.support = support
    self.step = step
    self.classes = classes
    self.loss = loss
  }

  /// The loss of an output layer that has run forward; the layer's δ receives ∂L/∂a.
  ///
  /// A likelihood with identity link accepts any output non-linearity s: with μ = x̂ = s(a) in place of a, and one more
  /// factor s′(a) in the gradient.
  func callAsFunction(_ output: inout LayerPass<Element>, activation: Activation, target X: Matrix<Element>) -> Element
  {
    precondition(
      X.rows == output.H.rows && X.columns == output.H.columns,
      "a target of \(X.rows) × \(X.columns) for outputs of \(output.H.rows) × \(output.H.columns)")
    if activation == link { return loss(output.A, output.H, X, &output.δ) }
    precondition(link == .identity, "the \(name) likelihood needs \(link) outputs, not \(activation)")
    let value = loss(output.H, output.H, X, &output.δ)
    activation.backpropagate(&output.δ, A: output.A, H: output.H)
    return value
  }
}

/// δ ← (X̂ − X) / N, the gradient at the output pre-activation that every likelihood with its own link has.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func meanDifference<Element: Scalar>(_ X̂: Matrix<Element>, _ X: Matrix<Element>, into δ: inout Matrix<Element>) {
  precondition(
    X.rows == X̂.rows && X.columns == X̂.columns && δ.rows == X̂.rows && δ.columns == X̂.columns,
    "a target of \(X.rows) × \(X.columns) and a gradient of \(δ.rows) × \(δ.columns) "
      + "for outputs of \(X̂.rows) × \(X̂.columns)")
  let (scale, count) = (1 / Element(X.rows), X.rows * X.columns)
  δ.withUnsafeMutableElements { δ in
    X̂.withUnsafeElements { x̂ in
      X.withUnsafeElements { x in
        // Plain pointers: a buffer checks each index, and the loop would not be vectorised.
        guard let δ = δ.baseAddress, let x̂ = x̂.baseAddress, let x = x.baseAddress else { return }
        for i in 0..<count { δ[i] = scale * (x̂[i] - x[i]) }
      }
    }
  }
}
