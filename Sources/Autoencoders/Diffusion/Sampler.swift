import LinearAlgebra

/// E[x₀ | x_t], or a network in its place: the clean points that it sees behind the noisy rows of X at a level.
public typealias Denoiser<Element: Scalar> = (_ X: Matrix<Element>, _ level: NoiseLevel) -> Matrix<Element>

/// A way from one noise level to the next smaller one.
///
/// Another sampler is one more type with this one function:
///
/// ```swift
/// struct Forgetful: Sampler {        // believes the denoiser and starts again from its guess
///   func step<Element>(
///     _ X: Matrix<Element>, from t: NoiseLevel, to s: NoiseLevel, denoiser: Denoiser<Element>,
///     using stream: inout RandomStream
///   ) -> Matrix<Element> {
///      var next = Element(s.α) * denoiser(X, t)
///     stream.addNormal(to: &next, standardDeviation: Element(s.σ))
///     return next
///   }
/// }
/// ```
public protocol Sampler: Sendable {
  /// From points at level t, one a row, to points at level s, which has less noise.
  func step<Element: Scalar>(
    _ X: Matrix<Element>, from t: NoiseLevel, to s: NoiseLevel, denoiser: Denoiser<Element>,
    using stream: inout RandomStream
  ) -> Matrix<Element>
}

/// Draws x_s from q(x_s | x_t, x₀) with the denoiser's x̂₀ in the place of x₀ (Ho, Jain & Abbeel 2020).
///
/// With a = α_t/α_s and v = σ_t² − a² σ_s², the variance added on the way from s to t:
///
/// x_s = (a σ_s²/σ_t²) x_t + (α_s v/σ_t²) x̂₀ + (σ_s √v / σ_t) ε, ε ~ N(0, I).
public struct AncestralSampler: Sampler {
  public init() {}

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func step<Element: Scalar>(
    _ X: Matrix<Element>, from t: NoiseLevel, to s: NoiseLevel, denoiser: Denoiser<Element>,
    using stream: inout RandomStream
  ) -> Matrix<Element> {
    let posterior = s.posterior(given: t)
    var next = Element(posterior.ofNoisy) * X
    next.add(scale: Element(posterior.ofClean), denoiser(X, t))
    stream.addNormal(to: &next, standardDeviation: Element(posterior.variance.squareRoot()))
    return next
  }
}

extension NoiseLevel {
  /// q(x_s | x_t, x₀) for this level s and a level t of more noise: normal, with the mean `ofNoisy` x_t + `ofClean` x₀ and
  /// the variance `variance` in each component.
  public func posterior(given t: NoiseLevel) -> (ofNoisy: Double, ofClean: Double, variance: Double) {
    let s = self
    precondition(
      t.signalToNoise <= s.signalToNoise,
      "a level of α²/σ² = \(t.signalToNoise) has no more noise than \(s.signalToNoise)")
    let (a, σs², σt²) = (t.α / s.α, s.σ * s.σ, t.σ * t.σ)
    let added = max(0, σt² - a * a * σs²)
    return (a * σs² / σt², s.α * added / σt², σs² * added / σt²)
  }
}

/// Euler's method on the probability flow dx = x̂₀ dα + ε̂ dσ, ε̂ = (x − α x̂₀)/σ: x_s = α_s x̂₀ + σ_s ε̂.
///
/// In the levels themselves, so that no time is needed; known as DDIM (Song, Meng & Ermon 2021). First order.
public struct EulerSampler: Sampler {
  public init() {}

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func step<Element: Scalar>(
    _ X: Matrix<Element>, from t: NoiseLevel, to s: NoiseLevel, denoiser: Denoiser<Element>,
    using stream: inout RandomStream
  ) -> Matrix<Element> {
    moved(X, t, s, clean: denoiser(X, t))
  }
}

/// Heun's method on the same flow: the mean of Euler's step and of one with the x̂₀ and ε̂ where Euler's step ends. Second
/// order, for two calls of the denoiser (Karras et al. 2022).
public struct HeunSampler: Sampler {
  public init() {}

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func step<Element: Scalar>(
    _ X: Matrix<Element>, from t: NoiseLevel, to s: NoiseLevel, denoiser: Denoiser<Element>,
    using stream: inout RandomStream
  ) -> Matrix<Element> {
    let first = moved(X, t, s, clean: denoiser(X, t))
    // x + (α_s − α_t) x̂₀ + (σ_s − σ_t) ε̂ with both beliefs taken at the first guess of x_s
    let x̂ = denoiser(first, s)
    let ε̂ = (first - Element(s.α) * x̂) / Element(s.σ)
    let second = X + Element(s.α - t.α) * x̂ + Element(s.σ - t.σ) * ε̂
    return Element(0.5) * (first + second)
  }
}

/// x + (α_s − α_t) x̂₀ + (σ_s − σ_t) ε̂ = α_s x̂₀ + σ_s ε̂, for x = α_t x̂₀ + σ_t ε̂.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func moved<Element: Scalar>(
  _ X: Matrix<Element>, _ t: NoiseLevel, _ s: NoiseLevel, clean x̂: Matrix<Element>
) -> Matrix<Element> {
  let share = s.σ / t.σ
  return Element(share) * X + Element(s.α - share * t.α) * x̂
}

/// Sampling came to a number that is none.
public enum SamplingError: Error, Equatable, CustomStringConvertible {
  /// After the step to this level, counted from 1; 0 is the last look at x̂₀.
  case notFinite(level: Int, of: Int)

  public var description: String {
    switch self {
    case .notFinite(let level, let count):
      "the points are no longer finite at level \(level) of \(count): the step was too long for this denoiser; "
        + "take more levels"
    }
  }
}

extension NoiseSchedule {
  /// Points at level 1, from points at level T: one step of the sampler from each level to the one below.
  ///
  /// - Parameters:
  ///   - noise: where to begin, N × D; samples of N(0, σ_T² I) if hardly anything of x₀ is left at level T.
  ///   - observer: is shown the points at each level, the first ones included.
  /// - Throws: ``SamplingError`` if a number becomes NaN or infinite.
  public func descend<Element: Scalar>(
    from noise: Matrix<Element>, by sampler: some Sampler, denoiser: Denoiser<Element>,
    using stream: inout RandomStream, observer: (_ t: Int, _ X: Matrix<Element>) throws -> Void = { _, _ in }
  ) throws -> Matrix<Element> {
    var X = noise
    for t in stride(from: count, through: 1, by: -1) {
      if t < count { X = sampler.step(X, from: self[t + 1], to: self[t], denoiser: denoiser, using: &stream) }
      guard firstNotFinite(X.elements) == nil else { throw SamplingError.notFinite(level: t, of: count) }
      try observer(t, X)
    }
    return X
  }

  /// `count` samples of the model that a denoiser and a sampler make, N × D: noise, down all levels, and x̂₀ of what is left
  /// at level 1, to which no noise is added.
  ///
  /// - Throws: ``SamplingError`` if a number becomes NaN or infinite.
  public func sample<Element: Scalar>(
    _ count: Int, dimensions D: Int, by sampler: some Sampler, denoiser: Denoiser<Element>,
    using stream: inout RandomStream
  ) throws -> Matrix<Element> {
    precondition(count > 0 && D > 0, "cannot draw \(count) points of \(D) numbers")
    let last = self[self.count]
    let noise = Element(last.σ) * Matrix<Element>.normal(rows: count, columns: D, using: &stream)
    let X = denoiser(try descend(from: noise, by: sampler, denoiser: denoiser, using: &stream), self[1])
    guard firstNotFinite(X.elements) == nil else { throw SamplingError.notFinite(level: 0, of: self.count) }
    return X
  }
}
