/// A number together with its derivative: v + v′ε, with ε² = 0 (Clifford 1873).
///
/// Arithmetic on such numbers carries derivatives along by the rules of calculus, *forward-mode* differentiation: exact
/// up to rounding, with no step size to choose. It shares nothing with back-propagation or with differences, so it makes
/// an oracle for both.
///
/// ```swift
/// let x = Dual(2.0, derivative: 1)           // x, with dx/dx = 1
/// (x * x + Dual.exp(x)).derivative           // 2x + eˣ = 11.389056098930652
/// ```
public struct Dual<Element: Scalar>: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// v.
  public var value: Element
  /// v′.
  public var derivative: Element

  /// A number with its derivative; a constant if none is given.
  public init(_ value: Element, derivative: Element = 0) {
    self.value = value
    self.derivative = derivative
  }

  public init(floatLiteral value: Double) { self.init(Element(value)) }
  public init(integerLiteral value: Int) { self.init(Element(value)) }

  /// (u + v)′ = u′ + v′
  public static func + (u: Dual, v: Dual) -> Dual {
    Dual(u.value + v.value, derivative: u.derivative + v.derivative)
  }

  /// (u − v)′ = u′ − v′
  public static func - (u: Dual, v: Dual) -> Dual {
    Dual(u.value - v.value, derivative: u.derivative - v.derivative)
  }

  /// (uv)′ = u′v + uv′
  public static func * (u: Dual, v: Dual) -> Dual {
    Dual(u.value * v.value, derivative: u.derivative * v.value + u.value * v.derivative)
  }

  /// (u/v)′ = (u′ − (u/v) v′) / v
  public static func / (u: Dual, v: Dual) -> Dual {
    let quotient = u.value / v.value
    return Dual(quotient, derivative: (u.derivative - quotient * v.derivative) / v.value)
  }

  public static func += (u: inout Dual, v: Dual) { u = u + v }

  /// −u
  public static prefix func - (u: Dual) -> Dual { Dual(-u.value, derivative: -u.derivative) }

  /// (√u)′ = u′ / 2√u
  public func squareRoot() -> Dual {
    let root = value.squareRoot()
    return Dual(root, derivative: derivative / (2 * root))
  }

  /// (eᵘ)′ = u′ eᵘ
  public static func exp(_ u: Dual) -> Dual {
    let exponential = Element.exp(u.value)
    return Dual(exponential, derivative: u.derivative * exponential)
  }

  /// (log u)′ = u′ / u
  public static func log(_ u: Dual) -> Dual { Dual(Element.log(u.value), derivative: u.derivative / u.value) }

  /// max(u, v), with the derivative of the larger; that of v if they are equal.
  public static func max(_ u: Dual, _ v: Dual) -> Dual { u.value > v.value ? u : v }
}
