import LinearAlgebra

/// What is done to an input before a denoising autoencoder sees it: x̃ ~ C(x̃|x). The target stays the clean x.
///
/// Another corruption is one more extension with a static member.
public struct Corruption<Element: Scalar>: Sendable {
  /// What the corruption is called in messages.
  public let name: String
  private let corrupt: @Sendable (_ X: inout Matrix<Element>, _ stream: inout RandomStream) -> Void

  /// A corruption called `name`, which changes a batch X (N × D) in place by `corrupt`.
  public init(
    _ name: String, _ corrupt: @escaping @Sendable (_ X: inout Matrix<Element>, _ stream: inout RandomStream) -> Void
  ) {
    self.name = name
    self.corrupt = corrupt
  }

  /// Corrupts the batch X in place.
  public func apply(to X: inout Matrix<Element>, using stream: inout RandomStream) { corrupt(&X, &stream) }

  /// A corrupted copy of the batch X.
  public func callAsFunction(_ X: Matrix<Element>, using stream: inout RandomStream) -> Matrix<Element> {
    var X̃ = X
    apply(to: &X̃, using: &stream)
    return X̃
  }

  /// Masking: each component becomes 0 with probability ν, independently.
  ///
  /// - Throws: ``ParameterError`` if ν is outside [0, 1].
  public static func masking(_ ν: Double) throws(ParameterError) -> Corruption {
    try ParameterError.check("masking probability ν", ν, "between 0 and 1") { $0 >= 0 && $0 <= 1 }
    return Corruption("masking") { X, stream in mask(&X, ν, &stream) }
  }

  /// Additive Gaussian noise: x̃ = x + σ ε, ε ~ N(0, I).
  ///
  /// - Throws: ``ParameterError`` if σ is negative or not finite.
  public static func gaussian(σ: Double) throws(ParameterError) -> Corruption {
    try ParameterError.check("noise level σ", σ, "at least 0, and finite as \(Element.self)") {
      $0 >= 0 && Element($0).isFinite
    }
    return Corruption("Gaussian noise") { X, stream in stream.addNormal(to: &X, standardDeviation: Element(σ)) }
  }

  /// Salt-and-pepper noise: each component becomes, with probability ν, independently, `pepper` or `salt`, with equal
  /// chances.
  ///
  /// - Throws: ``ParameterError`` if ν is outside [0, 1], or `pepper` or `salt` is not finite.
  public static func saltAndPepper(
    _ ν: Double, pepper: Element = 0, salt: Element = 1
  ) throws(ParameterError) -> Corruption {
    try ParameterError.check("salt-and-pepper probability ν", ν, "between 0 and 1") { $0 >= 0 && $0 <= 1 }
    try ParameterError.check("pepper", pepper, "finite", \.isFinite)
    try ParameterError.check("salt", salt, "finite", \.isFinite)
    return Corruption("salt and pepper") { X, stream in sprinkle(&X, ν, pepper, salt, &stream) }
  }
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func mask<Element: Scalar>(_ X: inout Matrix<Element>, _ ν: Double, _ stream: inout RandomStream) {
  stream.change(&X) { x, u in u < ν ? 0 : x }
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func sprinkle<Element: Scalar>(
  _ X: inout Matrix<Element>, _ ν: Double, _ pepper: Element, _ salt: Element, _ stream: inout RandomStream
) {
  // One draw decides both whether, and which.
  stream.change(&X) { x, u in u < ν / 2 ? pepper : u < ν ? salt : x }
}
