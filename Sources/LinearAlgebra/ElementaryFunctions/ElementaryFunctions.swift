/// Vectors on which the elementary functions are defined lane by lane: `SIMD16<Float>` and `SIMD8<Double>`.
///
/// The functions of a platform's libm differ from one system to the next in their last bit, and a training run carries
/// such a bit into every digit of its result. These are built of operations whose result IEEE 754 fixes (sum, product,
/// fused multiply-add, quotient, bits), in a fixed order and without a branch, so they give the same bits everywhere.
///
/// All errors are below 0.85 ulp, units in the last place of the exact result. The largest found, among millions of
/// arguments against results of 33 digits for `Double` and among all 2³² arguments for `Float`:
///
/// | function | `Double` | `Float` |
/// | --- | --- | --- |
/// | ``exp(_:)`` | 0.75 | 0.77 |
/// | ``log(_:)`` | 0.66 | 0.65 |
/// | ``tanh(_:)`` | 0.77 | 0.82 |
/// | ``sigmoid(_:)`` | 0.78 | 0.80 |
/// | ``softplus(_:)`` | 0.78 | 0.80 |
/// | ``sin(_:)`` | 0.81 | 0.81 |
/// | ``cos(_:)`` | 0.81 | 0.80 |
///
/// A NaN gives a NaN.
public protocol ElementaryFunctions: SIMD where Scalar: BinaryFloatingPoint {
  /// x ← ``exp(_:)`` of x. (In place: a vector passed by address stays whole, one passed by value is cut into pieces.)
  mutating func formExp()

  /// x ← ``log(_:)`` of x.
  mutating func formLog()

  /// x ← ``tanh(_:)`` of x.
  mutating func formTanh()

  /// x ← ``sigmoid(_:)`` of x.
  mutating func formSigmoid()

  /// x ← ``softplus(_:)`` of x.
  mutating func formSoftplus()

  /// x ← ``sin(_:)`` of x.
  mutating func formSin()

  /// x ← ``cos(_:)`` of x.
  mutating func formCos()

  /// Writes `function` of each of `count` vectors, one after another in memory, to `target`, which may be `source`.
  /// Neither needs to be aligned.
  static func apply(
    _ function: ElementaryFunction, _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, count: Int)

  /// The largest |x| of which ``sin(_:)`` and ``cos(_:)`` are computed: 2³⁰ for `Double`, 2¹⁵ for `Float`.
  ///
  /// Up to here the error bound holds. Beyond it the result is NaN rather than wrong.
  static var largestAngle: Scalar { get }
}

/// A name for each of the functions of ``ElementaryFunctions``.
public enum ElementaryFunction: Sendable {
  case exp, log, tanh, sigmoid, softplus, sin, cos
}

extension ElementaryFunctions {
  /// `x`, changed in place by `function`.
  @inlinable @inline(__always)
  static func changed(_ x: Self, _ function: (inout Self) -> Void) -> Self {
    var result = x
    function(&result)
    return result
  }

  /// eˣ; ∞ above log of the largest number, gradually 0 below log of the smallest, subnormals included.
  @inlinable public static func exp(_ x: Self) -> Self { changed(x) { $0.formExp() } }

  /// The natural logarithm of x; −∞ at ±0, NaN for x < 0.
  @inlinable public static func log(_ x: Self) -> Self { changed(x) { $0.formLog() } }

  /// tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ); an odd function, also in its rounding.
  @inlinable public static func tanh(_ x: Self) -> Self { changed(x) { $0.formTanh() } }

  /// σ(x) = 1 / (1 + e⁻ˣ); accurate also for x ≪ 0, where it is nearly eˣ.
  @inlinable public static func sigmoid(_ x: Self) -> Self { changed(x) { $0.formSigmoid() } }

  /// log(1 + eˣ); accurate also for x ≪ 0, where it is nearly eˣ, and without overflow for x ≫ 0, where it is nearly x.
  @inlinable public static func softplus(_ x: Self) -> Self { changed(x) { $0.formSoftplus() } }

  /// sin x, x in radians; NaN beyond ``largestAngle``.
  @inlinable public static func sin(_ x: Self) -> Self { changed(x) { $0.formSin() } }

  /// cos x, x in radians; NaN beyond ``largestAngle``.
  @inlinable public static func cos(_ x: Self) -> Self { changed(x) { $0.formCos() } }
}

/// The same functions of one number: each is lane 0 of the vector function, hence the same bits.
///
/// They are spelled `Double.exp(x)`, so that they are not taken for Foundation's `exp(x)`, which is libm's.
extension Scalar {
  /// eˣ; see ``ElementaryFunctions/exp(_:)``.
  @inlinable public static func exp(_ x: Self) -> Self { Vector.exp(Vector(repeating: x))[0] }

  /// The natural logarithm of x; see ``ElementaryFunctions/log(_:)``.
  @inlinable public static func log(_ x: Self) -> Self { Vector.log(Vector(repeating: x))[0] }

  /// tanh x; see ``ElementaryFunctions/tanh(_:)``.
  @inlinable public static func tanh(_ x: Self) -> Self { Vector.tanh(Vector(repeating: x))[0] }

  /// σ(x) = 1 / (1 + e⁻ˣ); see ``ElementaryFunctions/sigmoid(_:)``.
  @inlinable public static func sigmoid(_ x: Self) -> Self { Vector.sigmoid(Vector(repeating: x))[0] }

  /// log(1 + eˣ); see ``ElementaryFunctions/softplus(_:)``.
  @inlinable public static func softplus(_ x: Self) -> Self { Vector.softplus(Vector(repeating: x))[0] }

  /// sin x; see ``ElementaryFunctions/sin(_:)``.
  @inlinable public static func sin(_ x: Self) -> Self { Vector.sin(Vector(repeating: x))[0] }

  /// cos x; see ``ElementaryFunctions/cos(_:)``.
  @inlinable public static func cos(_ x: Self) -> Self { Vector.cos(Vector(repeating: x))[0] }
}

/// The same functions of a vector, spelled `Element.exp(v)` in code that is generic over a matrix's elements.
extension Scalar {
  /// eˣ; see ``ElementaryFunctions/exp(_:)``.
  @inlinable public static func exp(_ x: Vector) -> Vector { Vector.exp(x) }

  /// The natural logarithm of x; see ``ElementaryFunctions/log(_:)``.
  @inlinable public static func log(_ x: Vector) -> Vector { Vector.log(x) }

  /// tanh x; see ``ElementaryFunctions/tanh(_:)``.
  @inlinable public static func tanh(_ x: Vector) -> Vector { Vector.tanh(x) }

  /// σ(x) = 1 / (1 + e⁻ˣ); see ``ElementaryFunctions/sigmoid(_:)``.
  @inlinable public static func sigmoid(_ x: Vector) -> Vector { Vector.sigmoid(x) }

  /// log(1 + eˣ); see ``ElementaryFunctions/softplus(_:)``.
  @inlinable public static func softplus(_ x: Vector) -> Vector { Vector.softplus(x) }

  /// sin x; see ``ElementaryFunctions/sin(_:)``.
  @inlinable public static func sin(_ x: Vector) -> Vector { Vector.sin(x) }

  /// cos x; see ``ElementaryFunctions/cos(_:)``.
  @inlinable public static func cos(_ x: Vector) -> Vector { Vector.cos(x) }
}
