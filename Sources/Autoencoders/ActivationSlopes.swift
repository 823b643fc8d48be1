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
    precondition(isElementwise, "the units of a softmax layer have no slope of their own")
    var (first, second) = (H, H)
    switch self {
    case .identity, .softmax:
      first.update(repeating: 1)
      second.update(repeating: 0)
    // s′ = h(1 − h), s″ = s′(1 − 2h)
    case .sigmoid:
      first.mapInPlace { h in h * (1 - h) }
      second.mapInPlace { h in h * (1 - h) * (1 - 2 * h) }
    // s′ = 1 − h², s″ = −2h s′
    case .tanh:
      first.mapInPlace { h in 1 - h * h }
      second.mapInPlace { h in -2 * h * (1 - h * h) }
    case .relu:
      first.mapInPlace { h in h > 0 ? 1 : 0 }
      second.update(repeating: 0)
    // s′ = σ(a), s″ = σ(a)(1 − σ(a))
    case .softplus:
      first.update(from: A)
      first.applySigmoid()
      second.update(from: first)
      second.mapInPlace { σ in σ * (1 - σ) }
    // s′ = s″ = h
    case .exponential: break
    }
    return (first, second)
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
