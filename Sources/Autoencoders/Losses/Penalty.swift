import LinearAlgebra

/// A term Ω added to the loss, with its gradient: what keeps an autoencoder from learning the identity.
///
/// There are three kinds, each of which sees what it needs and nothing more: the parameters, the codes of a batch,
/// or the encoder in action on a batch. (The contractive penalty also sees memory that lasts from step to step.) A new
/// penalty is one more extension with a static member, in a file of its own:
///
/// ```swift
/// extension Penalty {
///   /// λ · 1/N Σ_n Σ_j h_j⁴
///   static func quartic(_ λ: Element) -> Penalty {
///     .onCodes("quartic") { H, gradient in … }
///   }
/// }
/// ```
public struct Penalty<Element: Scalar>: Sendable {
  /// Ω of the parameters; adds ∂Ω/∂W and ∂Ω/∂b to the gradient.
  public typealias OfParameters =
    @Sendable (_ network: Autoencoder<Element>, _ gradient: inout Autoencoder<Element>.Gradient) -> Element

  /// Ω of the codes H (N × K) of a batch; adds ∂Ω/∂H (N × K) to the gradient.
  public typealias OfCodes = @Sendable (_ H: Matrix<Element>, _ gradient: inout Matrix<Element>) -> Element

  /// Ω of the encoder and what its layers computed from a batch: their A and H. Adds the direct part of ∂Ω/∂W to
  /// the gradient, and ∂Ω/∂a of each layer (N × units) to `δ`, from which back-propagation finds the rest.
  public typealias OfEncoder =
    @Sendable (
      _ encoder: Stack<Element>, _ pass: [LayerPass<Element>], _ gradient: inout [LayerGradient<Element>],
      _ δ: inout [Matrix<Element>]
    ) -> Element

  enum Kind: Sendable {
    case parameters(OfParameters)
    case codes(OfCodes)
    case encoder(OfEncoder)
    /// λ · 1/N Σ_n ‖J_n‖_F², which needs memory of its own.
    case contraction(Element)
  }

  /// What the penalty is called in messages.
  public let name: String
  /// The only code activation it is defined for, if any.
  public let codeActivation: Activation?
  let kind: Kind

  /// A penalty on the parameters.
  public static func onParameters(_ name: String, _ Ω: @escaping OfParameters) -> Penalty {
    Penalty(name: name, codeActivation: nil, kind: .parameters(Ω))
  }

  /// A penalty on the codes, perhaps one that makes sense only if they come out of a given `activation`.
  public static func onCodes(_ name: String, activation: Activation? = nil, _ Ω: @escaping OfCodes) -> Penalty {
    Penalty(name: name, codeActivation: activation, kind: .codes(Ω))
  }

  /// A penalty on what the encoder does with a batch, such as on its Jacobian.
  public static func onEncoder(_ name: String, _ Ω: @escaping OfEncoder) -> Penalty {
    Penalty(name: name, codeActivation: nil, kind: .encoder(Ω))
  }
}
