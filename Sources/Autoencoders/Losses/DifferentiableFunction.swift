import LinearAlgebra

/// A function of a parameter vector θ that knows its gradient: what minimisers minimise and gradient checks check.
public protocol DifferentiableFunction<Element> {
  associatedtype Element: Scalar

  /// The θ at which minimisers start.
  var start: [Element] { get }

  /// The value at θ; `gradient`, as long as θ, is overwritten with ∂/∂θ.
  mutating func value(at θ: [Element], gradient: inout [Element]) -> Element
}

extension DifferentiableFunction {
  /// The value at θ, or at ``start``.
  public func value(at θ: [Element]? = nil) -> Element {
    var function = self
    let θ = θ ?? start
    var gradient = [Element](repeating: 0, count: θ.count)
    return function.value(at: θ, gradient: &gradient)
  }

  /// The gradient at θ, or at ``start``.
  public func gradient(at θ: [Element]? = nil) -> [Element] {
    var function = self
    let θ = θ ?? start
    var gradient = [Element](repeating: 0, count: θ.count)
    _ = function.value(at: θ, gradient: &gradient)
    return gradient
  }
}

/// A differentiable function written as a closure.
///
/// ```swift
/// let parabola = Function(start: [3.0]) { θ, gradient in
///   gradient[0] = 2 * θ[0]
///   return θ[0] * θ[0]
/// }
/// ```
public struct Function<Element: Scalar>: DifferentiableFunction {
  public let start: [Element]
  private let body: (_ θ: [Element], _ gradient: inout [Element]) -> Element

  public init(start: [Element], _ body: @escaping (_ θ: [Element], _ gradient: inout [Element]) -> Element) {
    self.start = start
    self.body = body
  }

  public func value(at θ: [Element], gradient: inout [Element]) -> Element { body(θ, &gradient) }
}

/// A loss that is a mean over examples, so that a few of them give an unbiased estimate: what stochastic optimisers
/// need.
public protocol StochasticObjective<Element> {
  associatedtype Element: Scalar

  /// The θ at which training starts.
  var start: [Element] { get }

  /// The number of training examples.
  var exampleCount: Int { get }

  /// The loss at θ averaged over the given examples; `gradient` is overwritten with ∂/∂θ.
  ///
  /// - Parameters:
  ///   - examples: which examples, by number.
  ///   - stream: the source of whatever randomness the loss itself has: corruption, sampled codes.
  mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element
}
