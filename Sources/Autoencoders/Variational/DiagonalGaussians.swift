import LinearAlgebra

/// A batch of Gaussians with diagonal covariance, one in each row: q_n(z) = Π_k N(z_k; μ_nk, σ²_nk).
///
/// Variances are kept as logarithms, s = log σ², which may be any number.
///
/// ```swift
/// let q = network.posterior(of: X)
/// let Z = q.sample(using: &stream)                // N × K
/// let divergence = q.divergence().rowSums         // KL(q_n‖N(0, I)) of each example
/// ```
public struct DiagonalGaussians<Element: Scalar>: Equatable, Sendable {
  /// The means μ, N × K.
  public let mean: Matrix<Element>
  /// The logarithms s of the variances, N × K.
  public let logVariance: Matrix<Element>

  /// Gaussians of these means and logarithms of variances, both N × K.
  public init(mean: Matrix<Element>, logVariance: Matrix<Element>) {
    precondition(
      mean.rows == logVariance.rows && mean.columns == logVariance.columns,
      "means of \(mean.rows) × \(mean.columns) with variances of \(logVariance.rows) × \(logVariance.columns)")
    self.mean = mean
    self.logVariance = logVariance
  }

  /// How many Gaussians there are, N.
  public var count: Int { mean.rows }
  /// How many numbers each is over, K.
  public var dimensions: Int { mean.columns }
  /// The standard deviations σ = e^{s/2}, N × K.
  public var standardDeviation: Matrix<Element> {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { exp(Element(0.5) * logVariance) }
  }

  /// z = μ + σ ⊙ ε: a sample of each Gaussian, as a differentiable function of its parameters (Kingma & Welling 2014).
  ///
  /// - Parameter ε: numbers from N(0, 1), N × K.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func sample(_ ε: Matrix<Element>) -> Matrix<Element> { mean + standardDeviation ⊙ ε }

  /// A sample of each Gaussian, N × K.
  public func sample(using stream: inout RandomStream) -> Matrix<Element> {
    sample(.normal(rows: count, columns: dimensions, using: &stream))
  }

  /// KL(q‖p) in nats, for each example and dimension: N × K. Its row sums are the divergences of the examples.
  ///
  /// ½ (s_p − s_q + e^{s_q − s_p} + (μ_q − μ_p)² e^{−s_p} − 1); against N(0, 1), ½ (μ² + σ² − log σ² − 1).
  ///
  /// - Parameter p: Gaussians of the same number and dimensions; N(0, I) each if nil.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func divergence(from p: DiagonalGaussians? = nil) -> Matrix<Element> {
    guard let p else {
      return Element(0.5) * (mean ⊙ mean + exp(logVariance) - logVariance).map { $0 - 1 }
    }
    precondition(
      p.count == count && p.dimensions == dimensions,
      "the divergence of \(count) × \(dimensions) Gaussians from \(p.count) × \(p.dimensions)")
    let (shift, ratio) = (mean - p.mean, logVariance - p.logVariance)
    return Element(0.5) * (shift ⊙ shift ⊙ exp(-p.logVariance) + exp(ratio) - ratio).map { $0 - 1 }
  }

  /// log q_n(z_n) in nats, for each row of Z (N × K): summed over the dimensions.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func logDensity(at Z: Matrix<Element>) -> [Element] {
    precondition(
      Z.rows == count && Z.columns == dimensions,
      "\(Z.rows) × \(Z.columns) points for \(count) × \(dimensions) Gaussians")
    let deviation = Z - mean
    // −½ ((z − μ)² / σ² + log σ² + log 2π)
    let squares = deviation ⊙ deviation ⊙ exp(-logVariance) + logVariance
    let constant = Element(dimensions) * Element.log(2 * Element.pi)
    return squares.rowSums.map { -($0 + constant) / 2 }
  }
}

extension DiagonalGaussians {
  /// B = 20: what a network says about a log-variance is kept within ±B, so that σ² stays between 2·10⁻⁹ and 5·10⁸.
  static var bound: Element { 20 }

  /// s = B tanh(a / B): the log-variance of the network's output a.
  ///
  /// It is close to a where variances are ordinary (off by 0.2 % at |a| = 1.6), smooth, and its exponential neither
  /// overflows nor vanishes, whatever a is. Its slope is 1 − (s/B)².
  static func logVariance(of a: Element) -> Element { bound * Element.tanh(a / bound) }

  /// The output a whose log-variance is s, |s| < B: a = B artanh(s / B).
  static func output(forLogVariance s: Element) -> Element {
    bound / 2 * Element.log((bound + s) / (bound - s))
  }
}
