/// A floating-point type that matrices are made of: `Float` or `Double`.
///
/// Kernels are written once, over ``Vector``: 64 bytes of scalars on every machine. The compiler splits such a vector
/// into as many registers as the processor needs (one with AVX-512, two with AVX2, four with NEON), so the order of
/// every sum, and with it every rounding error, is the same everywhere.
public protocol Scalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible {
  /// Sixteen floats or eight doubles.
  associatedtype Vector: ElementaryFunctions & Sendable where Vector.Scalar == Self
}

extension Float: Scalar {
  public typealias Vector = SIMD16<Float>
}

extension Double: Scalar {
  public typealias Vector = SIMD8<Double>
}
