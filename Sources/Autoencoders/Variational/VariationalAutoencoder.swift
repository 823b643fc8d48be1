import LinearAlgebra

/// A variational autoencoder (Kingma & Welling 2014): a model p(x) = ∫ p(x|z) N(z; 0, I) dz with a decoder for p(x|z),
/// and an encoder for an approximation q(z|x) of its posterior.
///
/// ```swift
/// var network = try VariationalAutoencoder<Double>(
///   inputs: 64, hidden: [100], latent: 8, activation: .tanh, likelihood: .bernoulli, using: &stream)
/// try network.train(on: X, optimiser: Adam(rate: 3e-3), epochs: 50, batch: 100, using: &stream)
/// let new = network.decode(.normal(rows: 10, columns: 8, using: &stream))       // ten images that never were
/// ```
///
/// The encoder has 2K linear outputs: the means μ of q(z|x) = N(μ, diag σ²), then K numbers a that give the variances,
/// log σ² = 20 tanh(a / 20). That is a itself for ordinary variances, and no output, however large, makes σ² or 1/σ²
/// infinite. Examples are rows.
public struct VariationalAutoencoder<Element: Scalar>: Sendable {
  /// The distribution p(x|z) about the decoder's output x̂.
  public enum Observation: Equatable, Sendable {
    /// Π_i x̂_i^x_i (1 − x̂_i)^(1 − x_i), with sigmoid outputs.
    ///
    /// For grey values 0 < x < 1 its logarithm is the mean log-probability of an image whose pixels are drawn to be on
    /// with the probabilities x. The bounds below are then bounds on the mean of log p over those images.
    case bernoulli
    /// Π_i N(x_i; x̂_i, σ²), with linear outputs: a density, with all its constants. If learnt, σ² is where training
    /// begins, and log σ² becomes the last of the network's parameters, bounded like the encoder's.
    case gaussian(variance: Element, learnt: Bool = false)

    var link: Activation { self == .bernoulli ? .sigmoid : .identity }
  }

  /// The layers from x (D numbers) to μ and a (2K numbers).
  public var encoder: Stack<Element> {
    didSet { checkSizes() }
  }
  /// The layers from z (K numbers) to x̂ (D numbers).
  public var decoder: Stack<Element> {
    didSet { checkSizes() }
  }
  /// The kind of p(x|z).
  public let likelihood: Observation
  /// The parameter behind a learnt variance: log σ² = 20 tanh(a / 20).
  var noiseParameter: Element

  /// A network of two given stacks: the encoder's top and the decoder's top have the activations that the class needs.
  ///
  /// - Throws: ``ParameterError`` for a variance that is not between e⁻²⁰ and e²⁰.
  public init(encoder: Stack<Element>, decoder: Stack<Element>, likelihood: Observation) throws(ParameterError) {
    self.encoder = encoder
    self.decoder = decoder
    self.likelihood = likelihood
    noiseParameter = 0
    if case .gaussian(let variance, _) = likelihood {
      let s = variance > 0 ? Element.log(variance) : .nan
      try ParameterError.check("variance of the Gaussian likelihood", variance, "between e⁻²⁰ and e²⁰") { _ in
        abs(s) < DiagonalGaussians<Element>.bound
      }
      noiseParameter = DiagonalGaussians.output(forLogVariance: s)
    }
    checkSizes()
  }

  /// A network with random weights: the encoder goes through layers of `hidden` units, the decoder back in reverse.
  ///
  /// - Parameters:
  ///   - inputs: the number of components of an example, D.
  ///   - hidden: the numbers of units of the encoder's hidden layers, from the input; may be empty.
  ///   - latent: the number of components of a code, K.
  ///   - activation: the non-linearity of all hidden layers.
  ///   - likelihood: the kind of p(x|z).
  /// - Throws: ``ParameterError`` if a size is less than 1, or the variance is out of range.
  public init(
    inputs: Int, hidden: [Int], latent: Int, activation: Activation, likelihood: Observation,
    using stream: inout RandomStream
  ) throws(ParameterError) {
    try ParameterError.check("latent dimensions", latent, "at least 1") { $0 >= 1 }
    let inner = Array(repeating: activation, count: hidden.count)
    try self.init(
      encoder: Stack(sizes: [inputs] + hidden + [2 * latent], activations: inner + [.identity], using: &stream),
      decoder: Stack(
        sizes: [latent] + hidden.reversed() + [inputs], activations: inner + [likelihood.link], using: &stream),
      likelihood: likelihood)
  }

  /// The number of components of an example, D.
  public var inputs: Int { encoder.inputs }
  /// The number of components of a code, K.
  public var latent: Int { decoder.inputs }

  /// The variance σ² of a Gaussian likelihood; nil for the Bernoulli one.
  public var noiseVariance: Element? {
    switch likelihood {
    case .bernoulli: nil
    case .gaussian(let variance, learnt: false): variance
    case .gaussian(_, learnt: true): Element.exp(DiagonalGaussians.logVariance(of: noiseParameter))
    }
  }

  var learnsNoise: Bool {
    if case .gaussian(_, learnt: true) = likelihood { true } else { false }
  }

  /// How many numbers ``parameters`` has.
  public var parameterCount: Int { encoder.parameterCount + decoder.parameterCount + (learnsNoise ? 1 : 0) }

  /// All parameters θ as one vector: the encoder's, the decoder's, each as ``Stack/parameters``, then the one behind a
  /// learnt variance.
  public var parameters: [Element] {
    get { encoder.parameters + decoder.parameters + (learnsNoise ? [noiseParameter] : []) }
    set { setParameters(newValue) }
  }

  /// Sets all parameters from one vector, in place.
  mutating func setParameters(_ θ: [Element]) {
    precondition(θ.count == parameterCount, "\(θ.count) numbers for a network of \(parameterCount) parameters")
    var offset = 0
    encoder.setParameters(from: θ, at: &offset)
    decoder.setParameters(from: θ, at: &offset)
    if learnsNoise { noiseParameter = θ[offset] }
  }

  private func checkSizes() {
    precondition(
      encoder.outputs == 2 * decoder.inputs && encoder.inputs == decoder.outputs,
      "an encoder from \(encoder.inputs) to \(encoder.outputs) does not fit a decoder from \(decoder.inputs) to "
        + "\(decoder.outputs): it needs two outputs for each of the decoder's inputs, and as many inputs as that has outputs"
    )
    let tops = (
      encoder.layers[encoder.layers.count - 1].activation, decoder.layers[decoder.layers.count - 1].activation
    )
    precondition(
      tops.0 == .identity && tops.1 == likelihood.link,
      "the outputs must be \(Activation.identity) for the encoder and \(likelihood.link) for the decoder, "
        + "not \(tops.0) and \(tops.1)")
  }
}

extension VariationalAutoencoder {
  /// q(z|x) for each row of X (N × D).
  public func posterior(of X: Matrix<Element>) -> DiagonalGaussians<Element> {
    let outputs = encoder(X)
    var s = outputs[columns: latent..<2 * latent]
    s.boundLogVariance()
    return DiagonalGaussians(mean: outputs[columns: 0..<latent], logVariance: s)
  }

  /// The means x̂ of p(x|z) for codes Z (N × K): N × D.
  public func decode(_ Z: Matrix<Element>) -> Matrix<Element> { decoder(Z) }

  /// x̂ of the mean code μ, for each row of X (N × D).
  public func reconstruct(_ X: Matrix<Element>) -> Matrix<Element> { decode(posterior(of: X).mean) }

  /// What the model thinks an example looks like: x̂ of codes drawn from N(0, I), `count` × D.
  public func generate(_ count: Int, using stream: inout RandomStream) -> Matrix<Element> {
    decode(.normal(rows: count, columns: latent, using: &stream))
  }

  /// Fills in missing components: encode, decode, put back what is known, and again (Rezende, Mohamed & Wierstra 2014,
  /// with the mean code in the place of a sampled one).
  ///
  /// - Parameters:
  ///   - X: the examples, N × D; what stands in the missing components is where the iteration begins.
  ///   - known: 1 for a component that is known, 0 for one that is missing, N × D.
  ///   - iterations: how many times to encode and decode, at least 0.
  /// - Returns: X with the missing components replaced and the known ones as they were, N × D.
  public func impute(_ X: Matrix<Element>, known: Matrix<Element>, iterations: Int) -> Matrix<Element> {
    precondition(
      known.rows == X.rows && known.columns == X.columns,
      "a mask of \(known.rows) × \(known.columns) for examples of \(X.rows) × \(X.columns)")
    precondition(iterations >= 0, "cannot iterate \(iterations) times")
    let missing = known.map { 1 - $0 }
    var filled = X
    for _ in 0..<iterations {
      // x ← m ⊙ x + (1 − m) ⊙ x̂
      let X̂ = reconstruct(filled)
      filled = known ⊙ X + missing ⊙ X̂
    }
    return filled
  }
}

extension Matrix {
  /// a ← B tanh(a / B) for all entries.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func boundLogVariance() {
    let B = DiagonalGaussians<Element>.bound
    self /= B
    applyTanh()
    self *= B
  }
}
