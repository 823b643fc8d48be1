import LinearAlgebra

/// Recirculation: learning from the difference between activations on the input and on the reconstruction, without
/// back-propagation (Hinton & McClelland 1988).
///
/// Activity goes round the loop once and a half, visible → hidden → visible → hidden:
/// - h₁ = s(W x + b)
/// - x₂ = r x + (1−r) s*(W* h₁ + c)
/// - h₃ = r h₁ + (1−r) s(W x₂ + b)
///
/// and each weight changes by what its own two units see, x before minus x after, and h before minus h after:
/// - ΔW* = η (x − x₂) h₁ᵀ, Δc = η (x − x₂)
/// - ΔW = η (h₁ − h₃) x₂ᵀ, Δb = η (h₁ − h₃)
///
/// averaged over the examples of a minibatch. The *regression* r keeps x₂ close to x, so that h₁ − h₃ approximates a
/// derivative. With L the likelihood whose link s* is (the Gaussian's for identity, the Bernoulli's for sigmoid):
/// - ΔW* = −η (1−r) ∂L/∂W*, exactly;
/// - ΔW ≈ −η (1−r)² ∂L/∂W to first order in 1−r, if W* = Wᵀ.
///
/// Lesson 00 derives both, and shows how nearly training comes to W* ∝ Wᵀ.
public struct Recirculation: Sendable {
  /// The step size η, epoch by epoch.
  public var rate: LearningRate
  /// The regression r, in [0, 1).
  public var regression: Double

  public init(rate: LearningRate, regression: Double = 0.75) {
    self.rate = rate
    self.regression = regression
  }

  /// Trains an untied network of one hidden layer on the examples X (N × D).
  ///
  /// - Parameters:
  ///   - batch: examples a step; all of them if nil.
  ///   - observer: called at the end of each epoch.
  /// - Returns: the mean squared error ½ ‖s*(W* h₁ + c) − x‖² of each epoch, summed over components, averaged over
  ///   examples, each taken when its minibatch was due.
  /// - Throws: ``ParameterError`` and ``TrainingError``; the network is then what it was before.
  @discardableResult
  public func train<Element: Scalar>(
    _ network: inout Autoencoder<Element>, on X: Matrix<Element>, epochs: Int, batch: Int? = nil,
    using stream: inout RandomStream, observer: (Epoch<Element>) throws -> Void = { _ in }
  ) throws -> Training<Element> {
    precondition(
      !network.tied && network.encoder.layers.count == 1 && network.decoder.layers.count == 1,
      "recirculation is defined for an untied network of one hidden layer")
    try TrainingError.check(X, forInputs: network.inputs)
    try ParameterError.check("regression r", regression, "in [0, 1), also as \(Element.self)") {
      $0 >= 0 && Element($0) < 1
    }
    let loop = RecirculationLoop(network: network, X: X, regression: Element(regression))
    // The changes take the place of a gradient: they stand for −g, and plain descent applies them.
    let training = try loop.minimised(
      by: SGD(rate: rate), epochs: epochs, batch: batch, using: &stream, observer: observer)
    network.parameters = training.parameters
    return training
  }
}

/// Recirculation's changes as the negative of a gradient, which they resemble, so that the common training loop
/// applies.
private struct RecirculationLoop<Element: Scalar>: StochasticObjective {
  var network: Autoencoder<Element>
  let X: Matrix<Element>
  let regression: Element

  var start: [Element] { network.parameters }
  var exampleCount: Int { X.rows }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element {
    network.setParameters(θ)
    var x = Matrix<Element>(rows: examples.count, columns: X.columns)
    x.gatherRows(examples, of: X)
    let (N, r) = (Element(examples.count), regression)

    // h₁ = s(W x + b)
    let h1 = network.encode(x)
    // x₂ = r x + (1−r) s*(W* h₁ + c)
    let x̂ = network.decode(h1)
    let x2 = r * x + (1 - r) * x̂
    // h₃ = r h₁ + (1−r) s(W x₂ + b)
    let h3 = r * h1 + (1 - r) * network.encode(x2)

    var change = network.zeroGradient
    let (Δx, Δh) = (x2 - x, h3 - h1)
    // −ΔW = (h₃ − h₁) x₂ᵀ / N, −Δb = (h₃ − h₁) / N
    multiply(Δh, x2, transposeA: true, scale: 1 / N, into: &change.encoder[0].W)
    if !change.encoder[0].b.isEmpty { (Δh / N).addColumnSums(to: &change.encoder[0].b) }
    // −ΔW* = (x₂ − x) h₁ᵀ / N, −Δc = (x₂ − x) / N
    multiply(Δx, h1, transposeA: true, scale: 1 / N, into: &change.decoder[0].W)
    if !change.decoder[0].b.isEmpty { (Δx / N).addColumnSums(to: &change.decoder[0].b) }
    change.write(to: &gradient)
    return (x̂ - x).squaredNorm / (2 * N)
  }
}
