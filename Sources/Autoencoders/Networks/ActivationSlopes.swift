import LinearAlgebra

extension Activation {
  /// Whether unit j's activation depends on its own pre-activation only, h_j = s(a_j): all but `softmax`.
  public var isElementwise: Bool {
    if case .softmax = self { false } else { true }
  }

  /// s′(a) and s″(a), entry by entry: both N × units. Where a ReLU has its kink both are taken as 0.
  ///
  /// - Parameters:
  ///   - A: the pre-activations a, N × units.
  ///   - H: the activations h = s(a), N × units.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func slopes<Element: Scalar>(
    _ A: Matrix<Element>, _ H: Matrix<Element>
  ) -> (first: Matrix<Element>, second: Matrix<Element>) {
    var slopes = (first: H, second: H)
    self.slopes(A, H, into: &slopes)
    return slopes
  }

  /// The same in memory that is there already.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func slopes<Element: Scalar>(
    _ A: Matrix<Element>, _ H: Matrix<Element>, into slopes: inout (first: Matrix<Element>, second: Matrix<Element>)
  ) {
    precondition(isElementwise, "the units of a softmax layer have no slope of their own")
    switch self {
    case .identity, .softmax:
      slopes.first.update(repeating: 1)
      slopes.second.update(repeating: 0)
    // s′ = h(1 − h), s″ = s′(1 − 2h)
    case .sigmoid:
      slopes.first.mapInPlace(with: H) { _, h in h * (1 - h) }
      slopes.second.mapInPlace(with: H) { _, h in h * (1 - h) * (1 - 2 * h) }
    // s′ = 1 − h², s″ = −2h s′
    case .tanh:
      slopes.first.mapInPlace(with: H) { _, h in 1 - h * h }
      slopes.second.mapInPlace(with: H) { _, h in -2 * h * (1 - h * h) }
    case .relu:
      slopes.first.mapInPlace(with: H) { _, h in h > 0 ? 1 : 0 }
      slopes.second.update(repeating: 0)
    // s′ = σ(a), s″ = σ(a)(1 − σ(a))
    case .softplus:
      slopes.first.update(from: A)
      slopes.first.applySigmoid()
      slopes.second.mapInPlace(with: slopes.first) { _, σ in σ * (1 - σ) }
    // s′ = s″ = h
    case .exponential:
      slopes.first.update(from: H)
      slopes.second.update(from: H)
    }
  }

  /// s of dual numbers, by its definition: what forward-mode differentiation needs, written without its derivative.
  ///
  /// The values must be moderate (|a| < 300 in Double): nothing is done against overflow.
  public func callAsFunction<Element: Scalar>(_ a: Dual<Element>) -> Dual<Element> {
    switch self {
    case .identity: return a
    case .sigmoid: return 1 / (1 + Dual.exp(-a))
    case .tanh:
      let (up, down) = (Dual.exp(a), Dual.exp(-a))
      return (up - down) / (up + down)
    case .relu: return Dual.max(a, 0)
    case .softplus: return Dual.log(1 + Dual.exp(a))
    case .exponential: return Dual.exp(a)
    case .softmax: preconditionFailure("a softmax unit is no function of its own pre-activation")
    }
  }
}
